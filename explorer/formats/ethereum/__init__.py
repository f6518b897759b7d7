"""The Ethereum family: public chains and consortium chains sealed by validators."""

from explorer.formats.ethereum.differences import may_differ
from explorer.formats.ethereum.family import (
    CHECKS,
    NAME,
    REFERENCE,
    TITLE,
    open_ledgers,
    probe,
)

__all__ = [
    "CHECKS",
    "NAME",
    "REFERENCE",
    "TITLE",
    "may_differ",
    "open_ledgers",
    "probe",
]
