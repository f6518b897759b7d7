"""FISCO BCOS 2.x and 3.x (docs/formats/fisco-bcos.md)."""

from explorer.formats.fisco.pipeline import NAME, REFERENCE, TITLE
from explorer.formats.fisco.recognising import may_differ, open_ledgers, probe
from explorer.formats.fisco.remarks import EXPORT_HINT
from explorer.formats.fisco.specs import CHECKS

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
