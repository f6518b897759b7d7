from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.content import Document, EntryContent, KeyWrite
from explorer.model.events import (
    Action,
    EntryPlace,
    EventKind,
    EventPlace,
    Reference,
    TraceEvent,
)
from explorer.payloads.trace_events import Unread, events_of, has_event_values
from tests.formats.event_documents.driving import drive
from tests.payloads.story import NOWHERE, document, said

OBSERVED = {
    "type": "ObjectEvent",
    "eventTime": "2026-09-01T06:00:00.000001+08:00",
    "action": "OBSERVE",
    "bizStep": "https://ref.gs1.org/cbv/BizStep-shipping",
    "epcList": ["a", "a", ""],
    "quantityList": [{"epcClass": "lot", "quantity": 12.5, "uom": "KGM"}],
}


def read(*documents: Document) -> list[TraceEvent | Unread]:
    content = said(1)
    return events_of(msgspec.structs.replace(content, documents=documents))


def one(value: object) -> TraceEvent:
    (event,) = read(document(value))
    assert isinstance(event, TraceEvent), event
    return event


def refused(value: object) -> str:
    (event,) = read(document(value))
    assert isinstance(event, Unread), event
    return event.reason


@pytest.mark.parametrize(
    "shape",
    [
        OBSERVED,
        [OBSERVED],
        {"type": "EPCISDocument", "epcisBody": {"eventList": [OBSERVED]}},
        {"epcisBody": {"event": OBSERVED}},
        {"epcisBody": {"queryResults": {"resultsBody": {"eventList": [OBSERVED]}}}},
        {"eventList": [OBSERVED]},
    ],
)
def test_all_shapes_of_documents_hold_the_event(shape: object) -> None:
    event = one(shape)
    assert event.kind is EventKind.OBJECT
    assert event.things == ("a",)
    assert [each.thing for each in event.quantities] == ["lot"]
    assert event.step == "shipping"
    assert event.event_time_us == 1_788_213_600_000_001


def test_every_event_knows_its_entry_and_its_bytes() -> None:
    data = msgspec.json.encode({"eventList": [OBSERVED, OBSERVED]})
    span = ByteSpan(3, 100, 100 + len(data))
    content = EntryContent(
        7,
        2,
        "tx",
        "record",
        "Alice",
        author_verified=True,
        accepted=False,
        time_us=5,
        documents=(Document("application/json", data, span),),
    )
    first, second = events_of(content)
    assert isinstance(first, TraceEvent)
    assert isinstance(second, TraceEvent)
    assert first.entry == EntryPlace(7, 2, "tx", "Alice", True, False, 5)
    assert (first.place.source, second.place.position) == (3, 1)
    cut = second.place.span
    assert msgspec.json.decode(data[cut.start - 100 : cut.end - 100]) == OBSERVED


def test_a_document_that_does_not_lie_there_as_it_is_has_the_place_of_all() -> None:
    data = msgspec.json.encode(OBSERVED)
    span = ByteSpan(0, 10, 11)
    (event,) = read(Document("", data, span))
    assert isinstance(event, TraceEvent)
    assert event.place == EventPlace(0, 0, span)


def test_the_same_events_in_a_document_a_value_and_a_list(tmp_path: Path) -> None:
    """A chain's entry, a Fabric value and a file of events say the same."""
    data = msgspec.json.encode({"eventList": [OBSERVED, OBSERVED | {"action": "ADD"}]})
    inside = Document("application/ld+json", data, ByteSpan(0, 0, len(data)))
    write = KeyWrite("cc", "e/1", data, False, ByteSpan(0, 0, len(data)))
    path = tmp_path / "e.json"
    path.write_bytes(data)
    found: list[list[TraceEvent | Unread]] = [
        events_of(msgspec.structs.replace(said(1), documents=(inside,))),
        events_of(msgspec.structs.replace(said(1), documents=(), writes=(write,))),
        [event for content in drive(path).contents for event in content.events],
    ]
    bare = [
        [
            msgspec.structs.replace(each, entry=Absent.NOT_IN_FORMAT)
            for each in events
            if isinstance(each, TraceEvent)
        ]
        for events in found
    ]
    assert len(bare[0]) == 2
    assert bare[0] == bare[1] == bare[2]


def test_other_values_are_nothing_to_events() -> None:
    values = (b'{"eventTime": "x", "item": "a"}', b'{"item": "a"}', b"x", b"")
    writes = tuple(KeyWrite("cc", "k", each, False, NOWHERE) for each in values)
    content = msgspec.structs.replace(said(1), documents=(), writes=writes)
    assert events_of(content) == []
    assert has_event_values(content)  # worth a look by its words
    content = msgspec.structs.replace(content, writes=writes[1:])
    assert not has_event_values(content)


def test_events_read_by_the_format_come_first() -> None:
    event = one(OBSERVED)
    content = msgspec.structs.replace(said(1, OBSERVED), events=(event,))
    assert [type(each) for each in events_of(content)] == [TraceEvent, TraceEvent]


def test_xml_is_read_where_it_is_said_to_be() -> None:
    data = b"<ObjectEvent><epcList><epc>a</epc></epcList></ObjectEvent>"
    for media_type in (
        "application/xml",
        "text/xml; charset=utf-8",
        "application/x+xml",
    ):
        (event,) = read(Document(media_type, data, NOWHERE))
        assert isinstance(event, TraceEvent)
        assert event.things == ("a",)
    assert read(Document("application/json", data, NOWHERE)) == [
        Unread("not-readable-json")
    ]
    assert read(Document("text/xml", b"{}", NOWHERE)) == [Unread("not-readable-xml")]
    bad = b"<!DOCTYPE a [<!ENTITY b 'c'>]><ObjectEvent/>"
    assert read(Document("text/xml", bad, NOWHERE)) == [Unread("doctype-refused")]
    assert read(Document("text/xml", b"<a>", NOWHERE)) == [Unread("not-readable-xml")]
    assert read(Document("text/xml", b"<a/>", NOWHERE)) == [Unread("not-an-event")]


def test_a_transaction_ties_things_to_papers() -> None:
    event = one(
        {
            "type": "TransactionEvent",
            "action": "ADD",
            "parentID": "p",
            "epcList": ["a"],
            "bizTransactionList": [{"type": "po", "bizTransaction": "urn:po:1"}],
        }
    )
    assert (event.parent, event.things) == ("p", ("a",))
    assert event.transactions == (Reference("po", "urn:po:1"),)
    assert event.action is Action.ADD


def test_plain_events_stand_beside_those_of_the_standard() -> None:
    found = read(
        document([{"item": "X1"}, OBSERVED, {"inputs": ["a"], "outputs": ["b"]}])
    )
    assert [each.kind for each in found if isinstance(each, TraceEvent)] == [
        EventKind.OBSERVATION,
        EventKind.OBJECT,
        EventKind.TRANSFORMATION,
    ]
    assert one({"item": "X1"}).things == ("X1",)


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (b"", {"not-readable-json"}),
        (b"  ", {"not-readable-json"}),
        (b"{", {"not-readable-json"}),
        (b'{"item": "\xff"}', {"not-readable-json"}),
        (b"[" * 200_000, {"not-readable-json", "nested-too-deep"}),
        (b"3", {"not-readable-json"}),
        (b"[]", {"not-an-event"}),
        (b"{}", {"not-an-event"}),
        (b'{"inputs": NaN}', {"not-an-event"}),
    ],
)
def test_unreadable_bytes_are_counted_not_raised(
    data: bytes, reasons: set[str]
) -> None:
    (event,) = read(document(data))
    assert isinstance(event, Unread)
    assert event.reason in reasons


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"weight": 3}, "not-an-event"),
        ({"type": "HarvestEvent", "epcClass": "x"}, "event-type-not-read"),
        ([{"type": "HarvestEvent"}], "event-type-not-read"),
        ({"type": "EPCISMasterDataDocument"}, "not-an-event"),
        ({"type": "EPCISDocument", "epcisBody": {"eventList": []}}, "not-an-event"),
    ],
)
def test_what_is_no_event_says_why(value: object, reason: str) -> None:
    assert refused(value) == reason


def test_other_media_types_are_not_read() -> None:
    assert read(document({"item": "x"}, "image/png")) == [Unread("media-type-not-read")]
    (event,) = read(document({"item": "x"}, "application/ld+json; charset=x"))
    assert isinstance(event, TraceEvent)


def test_an_over_long_document_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.payloads.trace_events.MAX_RECORD_BYTES", 5)
    assert refused({"item": "x"}) == "too-long"


def test_one_bad_event_hides_none_of_the_others() -> None:
    events = read(document({"eventList": [OBSERVED, {"type": 3}, OBSERVED]}))
    assert [type(each) for each in events] == [TraceEvent, Unread, TraceEvent]


def test_times_without_a_zone_are_utc() -> None:
    event = one({**OBSERVED, "eventTime": "1970-01-01T00:00:01"})
    assert event.event_time_us == 1_000_000
    assert event.written_zone_minutes is Absent.NOT_IN_EXPORT


@given(st.binary(max_size=200), st.sampled_from(["", "text/xml"]))
def test_no_bytes_make_it_raise(data: bytes, media_type: str) -> None:
    read(Document(media_type, data, NOWHERE))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "epcList", "inputs", "item", "eventList", "id", "readPoint"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_json_makes_it_raise(value: object) -> None:
    # Integers beyond 64 bits cannot be written by msgspec; they are read as numbers.
    try:
        data = msgspec.json.encode(value)
    except OverflowError:
        return
    read(Document("", data, NOWHERE))
    read(Document("", b'{"eventList": [%s]}' % data, NOWHERE))
    read(Document("", b'{"type": "ObjectEvent", "epcList": %s}' % data, NOWHERE))
