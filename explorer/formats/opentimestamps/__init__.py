"""OpenTimestamps: ``.ots`` proofs with their files and the headers of blocks."""

from explorer.formats.opentimestamps.family import (
    CHECKS,
    NAME,
    REFERENCE,
    TITLE,
    may_differ,
    open_ledgers,
    probe,
)
from explorer.formats.opentimestamps.pipeline import EXPORT_HINT

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
