"""The neutral events of an entry, whatever it holds them in.

Events that the format's reader has read itself are taken as they are; documents of JSON
or XML, and written values that are events of the standard, are read here with the one
reader of ``encodings.epcis``. Every event knows its
entry and how far that is accepted and signed.
"""

from collections.abc import Iterator

import msgspec

from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.epcis.documents import (
    HEAD_BYTES,
    is_event_document,
    is_xml,
    read_document,
)
from explorer.encodings.epcis.nodes import (
    Damage,
    DocumentEnd,
    EventTree,
    Item,
    OtherValue,
)
from explorer.encodings.epcis.trace_events import trace_event
from explorer.model.content import Document, EntryContent
from explorer.model.events import EntryPlace, EventPlace, TraceEvent
from explorer.payloads.plain_events import plain_event


class Unread(msgspec.Struct, frozen=True, gc=False):
    """Why a document, or one event of it, was not used."""

    reason: str


_JSON_TYPES = frozenset({"", "application/json", "text/json"})
_XML_TYPES = frozenset({"application/xml", "text/xml"})
_BEGINNINGS = frozenset({b"{", b"[", b"<"})
_NOT_JSON = "not-readable-json"
_DAMAGE = {"too-deep": "nested-too-deep", "doctype-refused": "doctype-refused"}
"""Reason of the reader → reason here; all others say that it is not readable."""


def events_of(content: EntryContent) -> list[TraceEvent | Unread]:
    """Return the events of an entry in order, with a reason for each not used."""
    found: list[TraceEvent | Unread] = list(content.events)
    entry = entry_place(content)
    for document in content.documents:
        found += _read(document, entry, len(found))
    for document in _values_with_events(content):
        found += _standard_events(document, entry, len(found))
    return found


def has_event_values(content: EntryContent) -> bool:
    """Return whether a value that an entry writes is an event by its own words."""
    return any(True for _ in _values_with_events(content))


def entry_place(content: EntryContent) -> EntryPlace:
    """Return what an event says of the entry that it stands in."""
    return EntryPlace(
        content.block,
        content.entry,
        content.entry_id,
        content.author,
        content.author_verified,
        content.accepted,
        content.time_us,
    )


def _values_with_events(content: EntryContent) -> Iterator[Document]:
    """Yield written values that are events by their own words."""
    for write in content.writes:
        value = write.value
        if value[:1] in _BEGINNINGS and is_event_document(value[:HEAD_BYTES]):
            media_type = "application/xml" if is_xml(value) else "application/json"
            yield Document(media_type, value, write.span)


def _read(
    document: Document, entry: EntryPlace, position: int
) -> Iterator[TraceEvent | Unread]:
    data = document.data
    media_type = document.media_type.partition(";")[0].strip().lower()
    wants_xml = media_type in _XML_TYPES or media_type.endswith("+xml")
    if not (wants_xml or media_type in _JSON_TYPES or media_type.endswith("+json")):
        yield Unread("media-type-not-read")
        return
    if len(data) > MAX_RECORD_BYTES:
        yield Unread("too-long")
        return
    if wants_xml != is_xml(data):
        yield Unread("not-readable-xml" if wants_xml else _NOT_JSON)
        return
    if not wants_xml and not _is_utf_8(data):
        yield Unread(_NOT_JSON)
        return
    is_empty = True
    for item in read_document(lambda: iter((data,))):
        for each in _events_in(item, document, entry, position):
            is_empty = False
            position += 1
            yield each
    if is_empty:
        yield Unread(_NOT_JSON if not data.strip() else "not-an-event")


def _standard_events(
    document: Document, entry: EntryPlace, position: int
) -> list[TraceEvent]:
    """Return the events of the standard in a value; what else it is, is not asked."""
    trees = [
        each
        for each in read_document(lambda: iter((document.data,)))
        if isinstance(each, EventTree)
    ]
    return [
        trace_event(each, _place(document, each, number), entry)
        for number, each in enumerate(trees, position)
    ]


def _events_in(
    item: Item, document: Document, entry: EntryPlace, position: int
) -> Iterator[TraceEvent | Unread]:
    match item:
        case EventTree():
            yield trace_event(item, _place(document, item, position), entry)
        case OtherValue():
            place = _place(document, item, position)
            event = plain_event(item.value, place, entry)
            yield event or Unread(_why_not(item.type))
        case DocumentEnd(values=values) if values and not _is_document(item):
            event = plain_event(dict(values), _place(document, item, position), entry)
            yield event or Unread(_why_not(item.root))
        case Damage(reason=reason) if reason != "comment-in-json":
            is_deep = "too deep" in item.detail
            default = "not-readable-xml" if is_xml(document.data) else _NOT_JSON
            known = _DAMAGE.get(reason, default)
            yield Unread("nested-too-deep" if is_deep else known)
        case _:
            pass


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_document(item: DocumentEnd) -> bool:
    """Return whether a JSON object was entered on the way to events."""
    return any(item.values.get(name) is not None for name in ("epcisBody", "eventList"))


def _why_not(kind: str) -> str:
    return "event-type-not-read" if kind.endswith("Event") else "not-an-event"


def _place(
    document: Document, item: EventTree | OtherValue | DocumentEnd, position: int
) -> EventPlace:
    """Return the bytes of an event, if the document lies in the evidence as it is."""
    whole = document.span
    if whole.size_bytes != len(document.data):
        return EventPlace(whole.source, position, whole)
    span = ByteSpan(whole.source, whole.start + item.start, whole.start + item.end)
    return EventPlace(whole.source, position, span)
