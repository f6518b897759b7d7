import pytest

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.encodings.epcis.json_text import Number
from explorer.model.events import EntryPlace, EventKind, EventPlace, TraceEvent
from explorer.payloads.plain_events import plain_event

PLACE = EventPlace(0, 0, ByteSpan(0, 0, 1))
ENTRY = EntryPlace(0, 0, "", "", False, True, Absent.NOT_IN_FORMAT)


def read(value: object) -> TraceEvent:
    event = plain_event(value, PLACE, ENTRY)
    assert event is not None
    return event


def test_inputs_and_outputs() -> None:
    value = {"inputs": ["a", {"id": "b"}], "outputs": [Number("3")], "what": "mixed"}
    event = read({**value, "type": "mixing", "time": "1970-01-01T00:00:01Z"})
    assert (event.kind, event.step) == (EventKind.TRANSFORMATION, "mixed")
    assert (event.inputs, event.outputs) == (("a", "b"), ("3",))
    assert event.event_time_us == 1_000_000


def test_an_item_is_seen() -> None:
    assert read({"item": "X1"}).things == ("X1",)
    assert read({"items": ["X1", "X2", "X1", ""]}).things == ("X1", "X2")
    assert read({"item": {"id": "X1"}}).kind is EventKind.OBSERVATION


def test_an_item_beside_outputs_is_the_input() -> None:
    event = read({"item": "X1", "outputs": ["Y1"]})
    assert (event.inputs, event.outputs) == (("X1",), ("Y1",))


def test_identifiers_are_canonical_and_text_is_sound() -> None:
    event = read({"item": "(01)04012345111118(21)7", "what": "\ud800" + "x" * 300})
    assert event.things == ("https://id.gs1.org/01/04012345111118/21/7",)
    assert len(event.step) == 200
    event.step.encode()


@pytest.mark.parametrize(
    "value",
    [
        3,
        {},
        {"weight": "3"},
        {"inputs": [], "outputs": []},
        {"inputs": "a"},
        {"item": Number("1.5")},
        {"item": {"name": "x"}},
        {"item": True},
        {"items": [["a"]]},
    ],
)
def test_other_objects_are_no_events(value: object) -> None:
    assert plain_event(value, PLACE, ENTRY) is None
