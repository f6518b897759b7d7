"""Hedera record streams: record files, signatures, sidecars, address books."""

from explorer.formats.hedera.family import (
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
