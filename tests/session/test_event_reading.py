from explorer.core.resources import resource
from explorer.model.content import EntryContent
from explorer.session.event_reading import KEPT_ENTRIES, EventReading
from tests.payloads.story import Story, said

EVENT = {
    "type": "ObjectEvent",
    "eventTime": "2026-09-01T06:00:00+08:00",
    "action": "OBSERVE",
    "epcList": ["urn:x:1"],
}


def read(reading: EventReading, *contents: EntryContent) -> list[int]:
    """Return the blocks of the entries that come out."""
    found = [r for c in contents for r in reading.feed(c)]
    return [each.content.block for each in (*found, *reading.finish())]


def test_the_events_of_documents_are_read() -> None:
    reading = EventReading("chain-jsonl", "t")
    (one,) = (*reading.feed(said(1, EVENT)), *reading.finish())
    assert [each.things for each in one.events] == [("urn:x:1",)]


def test_payloads_without_a_sign_of_events_are_passed_over() -> None:
    reading = EventReading("chain-jsonl", "t")
    (one,) = (*reading.feed(said(1, {"note": "hello"})), *reading.finish())
    assert one.events == ()
    assert reading.unread == {}


def test_what_cannot_be_used_is_counted() -> None:
    reading = EventReading("chain-jsonl", "t")
    assert read(reading, said(1, {"type": "OddEvent", "eventTime": "x"})) == [1]
    assert reading.unread == {"event-type-not-read": 1}


def test_entries_come_out_in_order_whether_a_profile_is_meant_or_not() -> None:
    story = Story()
    contents = [story.tx("Note", (), (f"note/{i}",)) for i in range(250)]
    assert read(EventReading("fabric", "t"), *contents) == list(range(1, 251))
    assert KEPT_ENTRIES > 250


def test_entries_before_the_first_that_shows_the_profile_are_mapped_too() -> None:
    assert resource("profiles", "fabric-pear-trace.toml").is_file()
    reading = EventReading("fabric", "pear-trace")
    story = Story()
    contents = [
        story.tx("CreateOrchard", (), ("orchard/GY1",)),
        story.tx("HarvestLot", ("orchard/GY1",), ("lot/PC1",)),
    ]
    assert read(reading, *contents) == [1, 2]
