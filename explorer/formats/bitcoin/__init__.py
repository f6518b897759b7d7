"""Bitcoin: files of a node, single blocks, JSON, headers; all networks."""

from explorer.formats.bitcoin.family import (
    CHECKS,
    NAME,
    REFERENCE,
    TITLE,
    may_differ,
    open_ledgers,
    probe,
)
from explorer.formats.bitcoin.remarks import EXPORT_HINT

__all__ = [
    "CHECKS",
    "EXPORT_HINT",
    "NAME",
    "REFERENCE",
    "TITLE",
    "may_differ",
    "open_ledgers",
    "probe",
]
