"""What entries of a chain-jsonl ledger say, for payload readers and lists.

docs/formats/chain-jsonl.md version 1, section 3, point 6. Only the top level of a
payload is looked at; reading EPCIS itself is the payload readers' work.
"""

from collections.abc import Mapping
from typing import Final

JSON_TYPE: Final = "application/json"
LINKED_TYPE: Final = "application/ld+json"
MAX_SUMMARY = 200
"""Longest summary, in characters."""

_EVENT_TYPES = frozenset(
    {
        "ObjectEvent",
        "AggregationEvent",
        "TransactionEvent",
        "TransformationEvent",
        "AssociationEvent",
    }
)
_DOCUMENT_TYPES = frozenset({"EPCISDocument", "EPCISQueryDocument"})
_ITEM_FIELDS = (
    "parentID",
    "epcList",
    "childEPCs",
    "quantityList",
    "inputEPCList",
    "outputEPCList",
    "inputQuantityList",
    "outputQuantityList",
)
_MOST_PARTS = 6


def media_type(payload: Mapping[str, object]) -> str:
    """Return the media type of a payload: linked data for EPCIS, else plain JSON."""
    kind = payload.get("type")
    is_event = kind in _EVENT_TYPES and "eventTime" in payload
    return LINKED_TYPE if is_event or kind in _DOCUMENT_TYPES else JSON_TYPE


def summary(payload: Mapping[str, object]) -> str:
    """Return what a payload is about, in its own words, at most 200 characters."""
    parts = _event_parts(payload) if "eventTime" in payload else payload.values()
    words: list[str] = []
    for each in parts:
        if type(each) is str:
            words.append(each)
        elif type(each) is int:
            words.append(str(each))
        if len(words) == _MOST_PARTS:
            break
    return " · ".join(words)[:MAX_SUMMARY]


def _event_parts(payload: Mapping[str, object]) -> list[object]:
    found: list[object] = [payload.get("bizStep")]
    for name in _ITEM_FIELDS:
        value = payload.get(name)
        found += [
            each.get("epcClass") if isinstance(each, dict) else each
            for each in (value if isinstance(value, list) else [value])
        ]
    return found
