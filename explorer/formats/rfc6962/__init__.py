"""Inclusion and consistency proofs of RFC 6962 and RFC 9162, in JSON."""

from explorer.formats.rfc6962.family import (
    CHECKS,
    NAME,
    REFERENCE,
    TITLE,
    may_differ,
    open_ledgers,
    probe,
)
from explorer.formats.rfc6962.pipeline import EXPORT_HINT

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
