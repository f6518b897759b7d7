"""Events in JSON payloads, read into one plain shape.

GS1 EPCIS 2.0.1, section 9 (JSON binding) with the document shapes of
``docs/formats/epcis.md``, section 1.1: document, query result, single event, list of
events. Besides, plain objects ``{"inputs": […], "outputs": […]}`` and ``{"item": …}``.

Left out for now: XML, quantities, places, sensor data, error declarations, and the
canonical form of identifiers: two spellings of one identifier are two things.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import msgspec

from explorer.core.absent import Absent
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.model.content import Document

MAX_WHAT_CHARACTERS = 200
"""Longest text that says what an event did."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class EventKind(StrEnum):
    """What an event does to the things it names."""

    SEEN = "seen"
    """They are observed, begun or ended; nothing goes into anything."""
    MADE = "made"
    """Inputs become outputs."""
    HELD = "held"
    """Children are put into or taken out of a parent, or attached to it."""
    TIED = "tied"
    """Things are tied to business documents."""


class ReadEvent(msgspec.Struct, frozen=True, gc=False):
    """One event; which lists are filled depends on its kind."""

    kind: EventKind
    what: str
    time_us: int | Absent
    """Microseconds since 1970-01-01 UTC."""
    action: str = ""
    """``ADD``, ``OBSERVE`` or ``DELETE``; empty where there is none."""
    inputs: tuple[str, ...] = ()
    """Things seen, used or put in."""
    outputs: tuple[str, ...] = ()
    """Things made, or documents that things are tied to."""
    parent: str = ""
    process: str = ""
    """Events of one process share this name."""
    relation: str = ""
    """``containment`` or ``association`` for a parent."""
    ended: frozenset[str] = frozenset()
    """Inputs that exist no longer."""


class Unread(msgspec.Struct, frozen=True, gc=False):
    """Why a document, or one event of it, was not used."""

    reason: str


class _Quantity(msgspec.Struct):
    epcClass: str = ""  # noqa: N815 - the format's own name


class _Transaction(msgspec.Struct):
    bizTransaction: str = ""  # noqa: N815 - the format's own name


_NOTHING = msgspec.Raw(b"")
_Names = list[str] | None
_Quantities = list[_Quantity] | None


class _Epcis(msgspec.Struct, rename="camel"):
    type: str
    event_time: str = ""
    action: str = ""
    biz_step: str = ""
    epc_list: _Names = None
    quantity_list: _Quantities = None
    input_list: _Names = msgspec.field(default=None, name="inputEPCList")
    input_quantity_list: _Quantities = None
    output_list: _Names = msgspec.field(default=None, name="outputEPCList")
    output_quantity_list: _Quantities = None
    parent: str = msgspec.field(default="", name="parentID")
    child_list: _Names = msgspec.field(default=None, name="childEPCs")
    child_quantity_list: _Quantities = None
    process: str = msgspec.field(default="", name="transformationID")
    biz_transaction_list: list[_Transaction] | None = None


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


class _Results(msgspec.Struct, rename="camel"):
    results_body: "_Body | None" = None


class _Body(msgspec.Struct, rename="camel"):
    event_list: list[msgspec.Raw] | None = None
    event: msgspec.Raw = _NOTHING
    query_results: _Results | None = None


class _Top(msgspec.Struct, rename="camel"):
    epcis_body: _Body | None = None
    event_list: list[msgspec.Raw] | None = None
    type: str = ""


_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_TOP = msgspec.json.Decoder(_Top)
_EPCIS = msgspec.json.Decoder(_Epcis)
_PLAIN = msgspec.json.Decoder(_Plain)


def read_events(document: Document) -> list[ReadEvent | Unread]:
    """Return the events of a payload, with a reason for each that cannot be used."""
    if not _is_json(document.media_type):
        return [Unread("media-type-not-read")]
    if len(document.data) > MAX_RECORD_BYTES:
        return [Unread("too-long")]
    try:
        document.data.decode()  # strings that are skipped would go unchecked
        raw = _split(document.data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return [Unread("not-readable-json")]
    except RecursionError:
        return [Unread("nested-too-deep")]
    return [_read_one(each) for each in raw]


def time_us(text: str) -> int | Absent:
    """Return microseconds since 1970-01-01 UTC; a time without zone is taken as UTC."""
    if not text:
        return Absent.NOT_IN_EXPORT
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return Absent.UNREADABLE
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // _MICROSECOND


def _is_json(media_type: str) -> bool:
    plain = media_type.partition(";")[0].strip().lower()
    return plain in {"", "application/json", "text/json"} or plain.endswith("+json")


def _split(data: bytes) -> list[msgspec.Raw]:
    if data.lstrip()[:1] == b"[":
        return _LIST.decode(data)
    top = _TOP.decode(data)
    body = top.epcis_body
    if body is not None and body.query_results is not None:
        body = body.query_results.results_body
    if body is None:
        return [msgspec.Raw(data)] if top.event_list is None else top.event_list
    events = body.event_list or []
    return [*events, body.event] if bytes(body.event) else events


def _read_one(raw: msgspec.Raw) -> ReadEvent | Unread:
    reason = Unread("not-an-event")
    try:
        found = _epcis_event(_EPCIS.decode(raw))
        if isinstance(found, ReadEvent):
            return found
        reason = found
    except msgspec.DecodeError:
        pass  # not shaped like an EPCIS event; it may still be a plain one
    except RecursionError:
        return Unread("nested-too-deep")
    try:
        plain = _plain_event(_PLAIN.decode(raw))
    except msgspec.DecodeError:
        return reason
    return reason if isinstance(plain, Unread) else plain


def _epcis_event(event: _Epcis) -> ReadEvent | Unread:
    what = _last_word(event.biz_step or event.type)[:MAX_WHAT_CHARACTERS]
    time = time_us(event.event_time)
    seen = _names(event.epc_list, event.quantity_list)
    match event.type.rpartition(":")[2]:
        case "ObjectEvent":
            ended = frozenset(event.epc_list or ()) if event.action == "DELETE" else ()
            return ReadEvent(
                EventKind.SEEN, what, time, event.action, seen, ended=frozenset(ended)
            )
        case "TransformationEvent":
            used = _names(event.input_list, event.input_quantity_list)
            made = _names(event.output_list, event.output_quantity_list)
            return ReadEvent(
                EventKind.MADE, what, time, "", used, made, process=event.process
            )
        case "AggregationEvent":
            return _held(event, what, time, "containment")
        case "AssociationEvent":
            return _held(event, what, time, "association")
        case "TransactionEvent":
            tied = tuple(dict.fromkeys(filter(None, (event.parent, *seen))))
            papers = [each.bizTransaction for each in event.biz_transaction_list or ()]
            documents = tuple(dict.fromkeys(filter(None, papers)))
            return ReadEvent(EventKind.TIED, what, time, event.action, tied, documents)
        case other:
            is_event = other.endswith("Event")
            return Unread("event-type-not-read" if is_event else "not-an-event")


def _held(event: _Epcis, what: str, time: int | Absent, relation: str) -> ReadEvent:
    children = _names(event.child_list, event.child_quantity_list)
    return ReadEvent(
        EventKind.HELD,
        what,
        time,
        event.action,
        children,
        parent=event.parent,
        relation=relation,
    )


def _plain_event(event: _Plain) -> ReadEvent | Unread:
    items = [*event.items, *([event.item] if event.item is not None else [])]
    used, made = _plain_names(event.inputs), _plain_names(event.outputs)
    if not (items or used or made):
        return Unread("not-an-event")
    time = time_us(event.time)
    what = event.what[:MAX_WHAT_CHARACTERS]
    if items and not (used or made):
        return ReadEvent(EventKind.SEEN, what, time, "", _plain_names(items))
    used = used or _plain_names(items)
    return ReadEvent(EventKind.MADE, what, time, "", used, made)


def _plain_names(items: list[_Item]) -> tuple[str, ...]:
    names = (str(each.id if isinstance(each, _Named) else each) for each in items)
    return tuple(dict.fromkeys(filter(None, names)))


def _names(items: _Names, quantities: _Quantities) -> tuple[str, ...]:
    classes = [each.epcClass for each in quantities or ()]
    return tuple(dict.fromkeys(filter(None, [*(items or ()), *classes])))


def _last_word(text: str) -> str:
    """Return the word of a business step in any of its four spellings."""
    last = text.rpartition("/")[2].rpartition(":")[2]
    return last.removeprefix("BizStep-") or text
