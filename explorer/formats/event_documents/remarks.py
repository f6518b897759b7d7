"""What must be known beside the verdict on files of events."""

from collections import Counter
from collections.abc import Callable
from typing import Protocol

from explorer.formats.event_documents.index import EventIndex
from explorer.model.ledgers import Remark

MAX_NAMED = 10

_SENTENCES = {
    "events-without-hash": (
        "These events have no id that is a hash: nothing in the files shows whether "
        "they were changed."
    ),
    "hash-needs-a-copy": (
        "An event id that is a hash proves something only against a copy of the id "
        "kept elsewhere: whoever changes an event can compute its id again."
    ),
    "hash-variants": (
        "These event ids are hashes in another way of writing than the canonical one."
    ),
    "hash-ambiguous": (
        "Values of these events could be read as several fields: the scheme has no "
        "separators, so that their hash fits other content as well."
    ),
    "events-repeated": (
        "These events stand in more than one place with the same content and are "
        "told once."
    ),
    "events-void": (
        "These events were declared errors later and are told as attempts, not facts."
    ),
    "no-events": "These documents hold no events.",
    "nobody-signed": (
        "Nobody has signed the events: who wrote them is not known from the files."
    ),
}


class Counted(Protocol):
    """What was counted while the events were read."""

    hashed: int
    matched: int
    variants: Counter[str]
    ambiguous: int
    repeated: int
    void: int


def remarks(
    index: EventIndex, counts: Counted, name_of: Callable[[int], str]
) -> tuple[Remark, ...]:
    """Return all remarks, in the order of weight."""
    others = {k: v for k, v in counts.variants.items() if k != "canonical"}
    empty = [
        " ".join(filter(None, (name_of(each.source), each.root)))
        for each in index.documents
        if not each.events
    ]
    found = [
        ("events-without-hash", len(index) - counts.hashed),
        ("hash-needs-a-copy", counts.matched),
        ("hash-ambiguous", counts.ambiguous),
        ("events-repeated", counts.repeated),
        ("events-void", counts.void),
        ("nobody-signed", len(index)),
    ]
    told = [_remark(code, str(number)) for code, number in found if number]
    if others:
        names = ", ".join(f"{name}: {number}" for name, number in others.items())
        told.append(_remark("hash-variants", names))
    if empty:
        told.append(_remark("no-events", ", ".join(empty[:MAX_NAMED])))
    return tuple(told)


def _remark(code: str, detail: str) -> Remark:
    return Remark(code, _SENTENCES[code], detail)
