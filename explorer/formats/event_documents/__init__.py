"""Files of EPCIS events as evidence of their own (docs/formats/epcis.md)."""

from explorer.formats.event_documents.pipeline import (
    EXPORT_HINT,
    NAME,
    REFERENCE,
    TITLE,
)
from explorer.formats.event_documents.recognising import (
    may_differ,
    open_ledgers,
    probe,
)
from explorer.formats.event_documents.specs import CHECKS

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
