"""Documents of W3C PROV: PROV-JSON, PROV-N and PROV-XML."""

from explorer.formats.prov.pipeline import EXPORT_HINT, NAME, REFERENCE, TITLE
from explorer.formats.prov.recognising import may_differ, open_ledgers, probe
from explorer.formats.prov.specs import CHECKS

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
