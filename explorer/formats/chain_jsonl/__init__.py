"""Hash chains in JSON Lines (docs/formats/chain-jsonl.md, version 1)."""

from explorer.formats.chain_jsonl.pipeline import EXPORT_HINT, NAME, REFERENCE, TITLE
from explorer.formats.chain_jsonl.recognising import may_differ, open_ledgers, probe
from explorer.formats.chain_jsonl.specs import CHECKS

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
