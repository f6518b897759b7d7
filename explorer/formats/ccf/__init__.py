"""Microsoft CCF: ledger directories, snapshots and receipts."""

from explorer.formats.ccf.family import (
    CHECKS,
    EXPORT_HINT,
    NAME,
    REFERENCE,
    TITLE,
    may_differ,
    open_ledgers,
    probe,
)

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
