"""Neutral trace events from the documents that entries hold.

GS1 EPCIS in the shapes of ``docs/formats/epcis.md``, section 1.1 (JSON and XML), read
by ``encodings.epcis``; besides, plain objects ``{"inputs": […], "outputs": […]}`` and
``{"item": …}``. Left out: master data inside the documents of ledger entries.
"""

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from explorer.core.absent import Absent
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.encodings.epcis.documents import is_event_document, read_document
from explorer.encodings.epcis.nodes import Damage, EventTree, OtherValue
from explorer.encodings.epcis.times import read_time
from explorer.encodings.epcis.trace_events import trace_event
from explorer.encodings.gs1.links import canonical
from explorer.model.content import Document, EntryContent
from explorer.model.events import EntryPlace, EventKind, EventPlace, TraceEvent

MAX_STEP = 200
"""Longest text that says what a plain event did, in characters."""

MAX_EVENTS = 1_000_000
"""Most events taken from one entry."""

_PLAIN_SIGNS = re.compile(rb'"(?:inputs|outputs|items?)"\s*:')


class _Named(msgspec.Struct):
    id: str | int


_Item = str | int | _Named


class _Plain(msgspec.Struct):
    inputs: list[_Item] = []
    outputs: list[_Item] = []
    item: _Item | None = None
    items: list[_Item] = []
    what: str = ""
    time: str = ""


_PLAIN = msgspec.json.Decoder(_Plain)


def trace_events(
    content: EntryContent, unread: Counter[str]
) -> tuple[TraceEvent, ...]:
    """Return the events in the documents of an entry, in order.

    What cannot be used is counted in ``unread`` by kebab-case reason.
    """
    found: list[TraceEvent] = []
    for document in content.documents:
        for event in _events(document, content, len(found), unread):
            if len(found) == MAX_EVENTS:
                unread["too-many-events"] += 1
                break
            found.append(event)
    return tuple(found)


def _events(
    document: Document, content: EntryContent, first: int, unread: Counter[str]
) -> Iterator[TraceEvent]:
    reason = _refusal(document)
    if reason:
        unread[reason] += 1
        return
    entry = _entry_place(content)
    number = first
    if is_event_document(document.data):
        for item in read_document(lambda: iter((document.data,))):
            place = EventPlace(document.span.source, number, document.span)
            if isinstance(item, EventTree):
                number += 1
                yield trace_event(item, place, entry)
            elif isinstance(item, Damage):
                unread[item.reason] += 1
            elif isinstance(item, OtherValue):
                unread["not-an-event"] += 1
    else:
        place = EventPlace(document.span.source, number, document.span)
        event = _plain_event(document.data, place, entry)
        if event is None:
            unread["not-an-event"] += 1
        else:
            yield event


def _refusal(document: Document) -> str:
    """Return why a document is not looked into, or an empty text."""
    plain = document.media_type.partition(";")[0].strip().lower()
    is_known = plain in {"", "application/json", "text/json", "text/xml"}
    if not (is_known or plain.endswith(("+json", "xml"))):
        return "media-type-not-read"
    return "too-long" if len(document.data) > MAX_RECORD_BYTES else ""


def _entry_place(content: EntryContent) -> EntryPlace:
    return EntryPlace(
        content.block,
        content.entry,
        content.entry_id,
        content.author,
        content.author_verified,
        content.accepted,
        content.time_us,
    )


def _plain_event(
    data: bytes, place: EventPlace, entry: EntryPlace
) -> TraceEvent | None:
    if _PLAIN_SIGNS.search(data) is None:
        return None
    try:
        plain = _PLAIN.decode(data)
    except (msgspec.DecodeError, RecursionError):
        return None
    items = [*plain.items, *([plain.item] if plain.item is not None else [])]
    used, made = _names(plain.inputs), _names(plain.outputs)
    is_seen = not (used or made)
    if is_seen and not items:
        return None
    time_us = read_time(plain.time)[0] if plain.time else Absent.NOT_IN_EXPORT
    return TraceEvent(
        kind=EventKind.OBSERVATION if is_seen else EventKind.TRANSFORMATION,
        place=place,
        entry=entry,
        event_time_us=time_us,
        step=plain.what[:MAX_STEP],
        things=_names(items) if is_seen else (),
        inputs=() if is_seen else used or _names(items),
        outputs=made,
    )


def _names(items: list[_Item]) -> tuple[str, ...]:
    names = (str(each.id if isinstance(each, _Named) else each) for each in items)
    return tuple(dict.fromkeys(canonical(each) for each in names if each))
