import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.model.content import Document
from explorer.payloads.event_documents import (
    EventKind,
    ReadEvent,
    Unread,
    read_events,
    time_us,
)
from tests.payloads.story import NOWHERE, document

OBSERVED = {
    "type": "ObjectEvent",
    "eventTime": "2026-09-01T06:00:00.000001+08:00",
    "action": "OBSERVE",
    "bizStep": "https://ref.gs1.org/cbv/BizStep-shipping",
    "epcList": ["a", "a", ""],
    "quantityList": [{"epcClass": "lot", "quantity": 12.5, "uom": "KGM"}],
}


def one(value: object) -> ReadEvent:
    (event,) = read_events(document(value))
    assert isinstance(event, ReadEvent), event
    return event


def refused(value: object) -> str:
    (event,) = read_events(document(value))
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
    assert event.kind is EventKind.SEEN
    assert event.inputs == ("a", "lot")
    assert event.what == "shipping"
    assert event.time_us == 1_788_213_600_000_001


def test_the_end_of_an_object_ends_instances_but_not_lots() -> None:
    event = one(OBSERVED | {"action": "DELETE"})
    assert event.ended == frozenset({"a", ""})
    assert "lot" not in event.ended


def test_a_transformation_has_inputs_and_outputs() -> None:
    event = one(
        {
            "type": "TransformationEvent",
            "inputEPCList": ["a"],
            "inputQuantityList": [{"epcClass": "b"}],
            "outputEPCList": ["c"],
            "outputQuantityList": [{"epcClass": "d"}],
            "transformationID": "t1",
        }
    )
    assert event.kind is EventKind.MADE
    assert (event.inputs, event.outputs) == (("a", "b"), ("c", "d"))
    assert (event.process, event.what) == ("t1", "TransformationEvent")


@pytest.mark.parametrize(
    ("name", "relation"),
    [("AggregationEvent", "containment"), ("AssociationEvent", "association")],
)
def test_children_and_parent(name: str, relation: str) -> None:
    event = one(
        {
            "type": name,
            "action": "ADD",
            "parentID": "p",
            "childEPCs": ["a"],
            "childQuantityList": [{"epcClass": "b"}],
        }
    )
    assert (event.kind, event.relation) == (EventKind.HELD, relation)
    assert (event.parent, event.inputs, event.action) == ("p", ("a", "b"), "ADD")


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
    assert event.kind is EventKind.TIED
    assert (event.inputs, event.outputs) == (("p", "a"), ("urn:po:1",))


@pytest.mark.parametrize(
    ("spelling", "word"),
    [
        ("shipping", "shipping"),
        ("cbv:BizStep-shipping", "shipping"),
        ("urn:epcglobal:cbv:bizstep:shipping", "shipping"),
        ("https://ref.gs1.org/cbv/BizStep-shipping", "shipping"),
        ("x/", "x/"),
    ],
)
def test_a_step_has_one_word_in_all_spellings(spelling: str, word: str) -> None:
    assert one(OBSERVED | {"bizStep": spelling}).what == word


def test_plain_inputs_and_outputs() -> None:
    value = {"inputs": ["a", {"id": "b"}], "outputs": [3], "what": "mixed"}
    event = one(value | {"type": "mixing", "time": "2026-09-01T00:00:00Z"})
    assert (event.kind, event.what) == (EventKind.MADE, "mixed")
    assert (event.inputs, event.outputs) == (("a", "b"), ("3",))
    assert event.time_us == 1_788_220_800_000_000


def test_a_plain_item_is_seen() -> None:
    assert one({"item": "X1"}).inputs == ("X1",)
    assert one({"items": ["X1", "X2"]}).inputs == ("X1", "X2")


def test_an_item_beside_outputs_is_the_input() -> None:
    event = one({"item": "X1", "outputs": ["Y1"]})
    assert (event.inputs, event.outputs) == (("X1",), ("Y1",))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-readable-json"),
        (b"{", "not-readable-json"),
        (b'{"inputs": NaN}', "not-readable-json"),
        (b'{"item": "\xff"}', "not-readable-json"),
        (b"[" * 200_000, "not-readable-json"),
        (b"3", "not-readable-json"),
    ],
)
def test_unreadable_bytes_are_counted_not_raised(data: bytes, reason: str) -> None:
    (event,) = read_events(document(data))
    assert isinstance(event, Unread)
    assert event.reason in {reason, "nested-too-deep"}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({}, "not-an-event"),
        ({"weight": 3}, "not-an-event"),
        ({"inputs": [], "outputs": []}, "not-an-event"),
        ({"item": 1.5}, "not-an-event"),
        ({"item": {"name": "x"}}, "not-an-event"),
        ({"type": "QuantityEvent", "epcClass": "x"}, "event-type-not-read"),
        ({"type": "EPCISMasterDataDocument"}, "not-an-event"),
        (OBSERVED | {"epcList": "a"}, "not-an-event"),
    ],
)
def test_what_is_no_event_says_why(value: object, reason: str) -> None:
    assert refused(value) == reason


def test_other_media_types_are_not_read() -> None:
    (event,) = read_events(document({"item": "x"}, "image/png"))
    assert event == Unread("media-type-not-read")
    (event,) = read_events(document({"item": "x"}, "application/ld+json; charset=x"))
    assert isinstance(event, ReadEvent)


def test_an_over_long_document_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.payloads.event_documents.MAX_RECORD_BYTES", 5)
    assert refused({"item": "x"}) == "too-long"


def test_one_bad_event_hides_none_of_the_others() -> None:
    events = read_events(document({"eventList": [OBSERVED, {"type": 3}, OBSERVED]}))
    assert [type(each) for each in events] == [ReadEvent, Unread, ReadEvent]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00.000001Z", 1),
        ("1970-01-01T08:00:00+08:00", 0),
        ("1970-01-01T00:00:00", 0),
        ("0001-01-01T00:00:00+14:00", -62_135_596_800_000_000 - 14 * 3_600_000_000),
        ("", Absent.NOT_IN_EXPORT),
        ("22-07-2026", Absent.UNREADABLE),
        ("2016-12-31T23:59:60Z", Absent.UNREADABLE),
    ],
)
def test_times_are_exact_microseconds(text: str, expected: int | Absent) -> None:
    assert time_us(text) == expected


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    read_events(Document("application/json", data, NOWHERE))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "epcList", "inputs", "item", "eventList", "id"]),
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
    read_events(Document("", data, NOWHERE))


def test_a_deep_event_in_a_document_is_refused_or_skipped() -> None:
    deep = b'{"type": "ObjectEvent", "epcList": ["a"], "x": ' + b"[" * 100_000
    (event,) = read_events(document(b'{"eventList": [' + deep))
    assert isinstance(event, Unread)
    assert event.reason in {"not-readable-json", "nested-too-deep"}
