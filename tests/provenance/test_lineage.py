from explorer.model.content import EntryContent
from explorer.model.events import EventKind, EventPlace, Quantity, TraceEvent
from explorer.model.statements import Statements
from explorer.provenance.lineage import Lineage
from tests.payloads.story import NOWHERE, Story, pear_story, said
from tests.provenance.event_stories import quantity


def seen(*things: str, quantities: tuple[Quantity, ...] = ()) -> TraceEvent:
    return TraceEvent(
        kind=EventKind.OBSERVATION,
        place=EventPlace(0, 0, NOWHERE),
        event_time_us=9_000_000,
        step="packed",
        things=things,
        quantities=quantities,
    )


def told(lineage: Lineage, content: EntryContent, *events: TraceEvent) -> Statements:
    """Return what an entry says at once and, as it is the only one, at the end."""
    lineage.collect(content, events)
    first = lineage.add(content, events)
    rest = list(lineage.finish())
    return Statements(
        (*first.things, *(t for each in rest for t in each.things)),
        (*first.flows, *(f for each in rest for f in each.flows)),
        first.acts,
    )


def test_keys_and_events_are_both_told() -> None:
    content = Story().tx("Pack", (), ("box/1",))
    found = told(Lineage(), content, seen("X1"))
    assert [each.thing for each in found.things] == ["pear/box/1", "X1"]
    assert [each.what for each in found.acts] == ["packed"]


def test_keys_alone_have_the_act_of_their_entry() -> None:
    found = told(Lineage(), Story().tx("Pack", (), ("box/1",)))
    assert [each.thing for each in found.things] == ["pear/box/1"]
    assert [each.what for each in found.acts] == ["Pack"]


def test_events_alone_and_nothing_at_all() -> None:
    assert [t.thing for t in told(Lineage(), said(1), seen("a")).things] == ["a"]
    assert told(Lineage(), said(2)).acts == ()


def test_a_profile_adds_amounts_to_keys_and_tells_no_thing_twice() -> None:
    lineage = Lineage()
    content = Story().tx("Pack", (), ("box/1", "box/2"))
    mapped = (seen(quantities=(quantity("pear/box/1", "10.5"),)),)
    lineage.collect(content, (), mapped)
    found = lineage.add(content, (), mapped)
    amounts = {each.thing: (str(each.amount), each.unit) for each in found.things}
    assert amounts["pear/box/1"] == ("10.5", "KGM")
    assert amounts["pear/box/2"] == ("not-in-export", "")
    assert [s for s in lineage.finish() if s.things] == []
    assert [each.what for each in found.acts] == ["Pack"]


def test_a_profile_of_documents_tells_things() -> None:
    lineage = Lineage()
    lineage.collect(said(1), (), (seen("a"),))
    assert [each.what for each in lineage.add(said(1), (), (seen("a"),)).acts] == [
        "packed"
    ]
    assert [t.thing for s in lineage.finish() for t in s.things] == ["a"]


def test_every_flow_joins_versions_that_were_told() -> None:
    lineage = Lineage()
    known = set()
    for content in pear_story().contents:
        found = lineage.add(content)
        known |= {(each.thing, each.block, each.entry) for each in found.things}
        for flow in found.flows:
            assert flow.source in known
            assert flow.target in known


def test_two_lineages_know_nothing_of_each_other() -> None:
    first, second = Lineage(), Lineage()
    told(first, said(1), seen("a"))
    assert told(second, said(2), seen("a")).flows == ()
    assert second.unread == {}
