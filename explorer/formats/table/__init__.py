"""Spreadsheets: CSV and XLSX, read with a mapping profile."""

from explorer.formats.table.pipeline import EXPORT_HINT, NAME, REFERENCE, TITLE
from explorer.formats.table.recognising import may_differ, open_ledgers, probe
from explorer.formats.table.specs import CHECKS

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
