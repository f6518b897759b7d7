from collections.abc import Iterable
from decimal import Decimal

import msgspec
import networkx as nx  # type: ignore[import-untyped]  # has no type hints
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.content import EntryContent
from explorer.model.events import EventKind, Reference
from explorer.model.statements import FactGrade, Flow, LinkGrade, Statements
from explorer.provenance.containment import Containment
from explorer.provenance.event_lineage import EventLineage, act_of
from explorer.provenance.event_table import Entry
from explorer.provenance.hops import CARRIAGE
from explorer.provenance.records import MemoryRecords
from explorer.provenance.trace import Direction, Trace, trace
from tests.payloads.story import said
from tests.provenance.event_stories import OBSERVE, Tale, quantity, void
from tests.provenance.test_containment import Move, brute_force, told


def flows(tale: Tale) -> set[tuple[str, str, str]]:
    return short(each for part in tale.statements() for each in part.flows)


def short(flows: Iterable[Flow]) -> set[tuple[str, str, str]]:
    def name(version: tuple[str, int, int]) -> str:
        return f"{version[0]}@{version[2]}"

    return {(name(f.source), name(f.target), f.relation) for f in flows}


def path(tale: Tale, item: str, direction: Direction = Direction.BACK) -> Trace:
    records = MemoryRecords(tale.statements())
    return trace(records.graph(), records, item, direction)


def entries(found: Trace) -> list[int]:
    """Return the entries of all versions on a path, in order."""
    return sorted({found.versions[each].entry for each in found.nodes})


def test_each_event_makes_a_version_in_the_order_of_time() -> None:
    tale = Tale()
    tale.seen("a", at=3)
    tale.made("a", at=1)
    assert flows(tale) == {("a@1", "a@0", "revision")}
    things = [each for part in tale.statements() for each in part.things]
    assert [(each.entry, each.rank) for each in things] == [(1, 1), (0, 2)]


def test_a_transformation_leads_inputs_into_outputs() -> None:
    tale = Tale()
    tale.made("a")
    tale.turned(["a", quantity("b", 5)], [quantity("c", 4)])
    assert flows(tale) == {
        ("a@0", "a@1", "revision"),
        ("a@1", "c@1", "derivation"),
        ("b@1", "c@1", "derivation"),
    }
    things = {t.thing: t for part in tale.statements() for t in part.things}
    assert (things["c"].amount, things["c"].unit) == (Decimal(4), "KGM")


def test_a_thing_that_is_input_and_output_is_only_revised() -> None:
    tale = Tale()
    tale.seen("a")
    tale.turned(["a"], ["a"])
    assert flows(tale) == {("a@0", "a@1", "revision")}


def test_events_of_one_process_meet() -> None:
    tale = Tale()
    tale.turned(["a"], [], process="t")
    tale.turned([], ["z"], process="t")
    tale.turned(["b"], [], process="t")
    assert flows(tale) == {
        ("a@0", "process/t@0", "derivation"),
        ("process/t@0", "z@1", "derivation"),
        ("b@2", "process/t@0", "derivation"),
    }


def test_packing_leads_children_into_the_parent() -> None:
    tale = Tale()
    tale.packed("p", "a", "b")
    assert flows(tale) == {("a@0", "p@0", "containment"), ("b@0", "p@0", "containment")}


def pallet() -> Tale:
    """0 a, b packed in p; 1 p shipped; 2 b put in another; 3 p received; 4 unpacked."""
    tale = Tale()
    tale.packed("p", "a", "b")
    tale.seen("p", step="shipping")
    tale.unpacked("p", "b")
    tale.seen("p", step="receiving")
    tale.unpacked("p", "a")
    tale.seen("p", step="shipping")
    return tale


def test_a_thing_inherits_the_events_of_its_container_while_inside() -> None:
    tale = pallet()
    assert entries(path(tale, "a")) == [0, 1, 3, 4]
    assert entries(path(tale, "b")) == [0, 1, 2]


def test_what_lay_beside_a_thing_is_not_on_its_path() -> None:
    for item, other in (("a", "b"), ("b", "a")):
        for direction in Direction:
            found = path(pallet(), item, direction)
            assert other not in {found.versions[n].thing for n in found.nodes}


def test_a_load_is_no_origin_and_the_inheritance_is_inferred() -> None:
    found = path(pallet(), "a")
    assert [found.versions[n].thing for n in found.ends] == ["a"]
    kinds = {found.versions[n].kind for n in found.nodes}
    assert CARRIAGE in kinds
    inherited = [h for h in found.hops if h.relation == "containment"]
    assert {h.fact for h in inherited} == {FactGrade.INFERRED}
    assert {h.what for h in found.hops} == {""}
    assert found.fact is FactGrade.INFERRED


def test_a_thing_still_inside_has_a_last_version() -> None:
    tale = Tale()
    tale.packed("p", "a")
    tale.seen("p")
    tale.seen("p")
    found = path(tale, "a")
    assert entries(found) == [0, 1, 2]
    assert found.versions[found.starts[0]].entry == 2


def test_nested_containers_hand_their_events_down_clipped() -> None:
    tale = Tale()
    tale.packed("box", "old")
    tale.packed("pallet", "box")
    tale.seen("pallet")  # 2: before "new" was put in
    tale.packed("box", "new")
    tale.seen("pallet")  # 4
    tale.unpacked("pallet", "box")
    tale.seen("pallet")  # 6: the box is out
    tale.seen("box")  # 7
    tale.unpacked("box")
    assert entries(path(tale, "old")) == [0, 1, 2, 4, 5, 7, 8]
    assert entries(path(tale, "new")) == [3, 4, 5, 7, 8]


def test_a_box_filled_on_a_pallet_that_went_on_begins_a_new_load() -> None:
    tale = Tale()
    tale.packed("pallet", "box")
    tale.packed("box", "old")
    tale.seen("pallet")  # 2: before "new" was put in; the box itself was not seen
    tale.packed("box", "new")
    tale.seen("box")
    assert entries(path(tale, "old")) == [1, 2, 4]
    assert entries(path(tale, "new")) == [3, 4]


def test_a_carrier_filled_again_does_not_hold_its_old_load() -> None:
    tale = Tale()
    tale.packed("crate", "a")
    tale.unpacked("crate")
    tale.packed("crate", "b")
    assert ("crate@1", "crate@2", "revision") not in flows(tale)
    found = path(tale, "crate")
    assert "a" not in {found.versions[n].thing for n in found.nodes}


def test_an_own_event_inside_knows_where_its_container_was() -> None:
    tale = Tale()
    tale.packed("p", "a")
    tale.seen("p")
    tale.seen("a")
    assert ("p#1@1", "a@2", "containment") in flows(tale)


def test_a_snapshot_is_an_event_of_the_container() -> None:
    tale = Tale()
    tale.packed("p", "a")
    tale.packed("p", "a", action=OBSERVE)
    assert entries(path(tale, "a")) == [0, 1]


def test_an_association_attaches_and_hands_down() -> None:
    tale = Tale()
    tale.event(EventKind.ASSOCIATION, action="ADD", parent="truck", children=("s",))
    tale.seen("truck")
    assert ("s@0", "truck@0", "association") in flows(tale)
    assert entries(path(tale, "s")) == [0, 1]


def test_containers_that_hold_each_other_end() -> None:
    tale = Tale()
    tale.packed("a", "b")
    tale.packed("b", "a")
    for _ in range(3):
        tale.seen("a")
        tale.seen("b")
    assert entries(path(tale, "a"))


def test_too_many_loads_are_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.provenance.event_lineage.MAX_LOADS", 3)
    tale = Tale()
    for number in range(5):
        tale.packed("p", f"a{number}")
        tale.seen("p")
    data = tale.data()
    lineage = EventLineage(data, Containment(data))
    list(lineage.statements())
    assert lineage.is_cut


def test_a_transaction_is_about_things() -> None:
    tale = Tale()
    tale.event(
        EventKind.TRANSACTION, things=("a",), transactions=(Reference("po", "po-1"),)
    )
    assert flows(tale) == {("a@0", "po-1@0", "about")}
    kinds = {t.thing: t.kind for part in tale.statements() for t in part.things}
    assert kinds == {"a": "", "po-1": "document"}


def test_the_end_of_a_thing_is_a_deletion_but_not_of_a_lot() -> None:
    tale = Tale()
    tale.ended("a", quantities=(quantity("lot", 5),))
    deleted = {t.thing: t.is_deleted for p in tale.statements() for t in p.things}
    assert deleted == {"a": True, "lot": False}


def test_events_of_one_entry_share_its_version() -> None:
    tale = Tale()
    entry = Entry(1, 0)
    tale.turned(["a"], ["b"], entry=entry)
    tale.turned(["a"], ["b"], entry=entry)
    tale.ended("b", entry=entry)
    records = MemoryRecords(tale.statements())
    assert flows(tale) == {("a@0", "b@0", "derivation")}
    (b,) = records.versions(records.versions_of(["b"])["b"])
    assert b.is_deleted


def test_a_refused_entry_changes_nothing() -> None:
    tale = Tale()
    refused = Entry(2, 0, accepted=False)
    tale.seen("a")
    tale.turned(["a"], ["c"], process="t", entry=refused)
    tale.packed("p", "a", entry=refused)
    tale.seen("p")
    struck = {f.is_struck for part in tale.statements()[1:3] for f in part.flows}
    assert struck == {True}
    assert entries(path(tale, "a")) == [0]
    assert path(tale, "c").starts == ()


def test_a_void_event_is_struck_and_stays_visible() -> None:
    tale = Tale()
    tale.made("a")
    tale.turned(["a"], ["c"], declared_id="e1")
    tale.events.append(void(tale.events[1]))
    tale.entries.append(Entry(-1, 2))
    found = path(tale, "a", Direction.FORWARD)
    assert [found.versions[n].thing for n in found.nodes] == ["a"]
    assert {hop.entry for hop in found.attempts} == {1, 2}
    assert [r.code for r in found.not_known][-1] == "declared-void"
    acts = [
        act_of(said(-1, entry=number), [tale.events[number]]) for number in range(3)
    ]
    records = MemoryRecords([*tale.statements(), Statements(acts=tuple(acts))])
    again = trace(records.graph(), records, "a", Direction.FORWARD)
    assert [r.code for r in again.not_known][-1] == "declared-void"
    assert path(tale, "c").starts == ()


def test_a_repeat_says_nothing() -> None:
    tale = Tale()
    for _ in range(2):
        tale.seen("a", at=0, declared_id="e1")
    assert [len(part.things) for part in tale.statements()] == [1]


def test_grades_are_those_of_the_entry() -> None:
    tale = Tale()
    tale.turned(["a"], ["b"], entry=Entry(1, 0, verified=True))
    tale.turned(["b"], ["c"], entry=Entry(1, 1))
    facts = [f.fact for part in tale.statements() for f in part.flows]
    assert facts == [FactGrade.SIGNED, FactGrade.STATED, FactGrade.STATED]
    links = {f.link for part in tale.statements() for f in part.flows}
    assert links == {LinkGrade.NAMED}


def test_hostile_counts_are_gathered() -> None:
    tale = Tale()
    tale.turned([f"a{i}" for i in range(200)], [f"b{i}" for i in range(200)])
    (told_at_once,) = tale.statements()
    assert len(told_at_once.flows) == 400
    assert "entry" in {t.kind for t in told_at_once.things}


def test_the_act_says_what_and_when() -> None:
    tale = Tale()
    tale.seen("a", step="packing", event_time_us=5_000_000)
    tale.seen("b")
    content: EntryContent = said(9, verified=False)
    act = act_of(content, tale.events)
    assert (act.what, act.time_us) == ("packing, object", 5_000_000)
    assert (act.agent, act.fact) == ("Alice", FactGrade.STATED)
    bare = msgspec.structs.replace(tale.events[0], event_time_us="not-in-export")
    assert act_of(content, [bare]).what == "packing"


def _moves(container: str, fitting: str) -> st.SearchStrategy[Move]:
    return st.tuples(
        st.sampled_from(("in", "out", "see", "end")),
        st.just(container),
        st.frozensets(st.sampled_from(fitting), max_size=3),
    )


LOADS = st.lists(
    st.one_of(_moves("d", "abc"), _moves("e", "abcd"), _moves("f", "abcde")),
    max_size=25,
)
"""Boxes d, pallets e and trucks f, each in a larger one only."""


@given(LOADS)
def test_what_is_inherited_equals_a_model_that_looks_at_every_moment(
    moves: list[Move],
) -> None:
    tale = told(moves)
    inside = brute_force(moves)
    for thing in "abc":
        assert entries(path(tale, thing)) == _expected(moves, inside, thing)


def _expected(moves: list[Move], inside: list[dict[str, str]], thing: str) -> list[int]:
    """Return the events of the thing, and of whatever it was in just then.

    Filling a container and taking something else out of it are no events of what it
    holds; being put in, taken out or ended itself is one.
    """
    expected: list[int] = []
    for event, (what, named, _) in enumerate(moves):
        before = inside[event - 1] if event else {}
        around = [thing]
        while before.get(around[-1]):
            around.append(before[around[-1]])
        told_of = _moved(moves[event], before) if what in {"in", "out"} else {named}
        if not told_of.isdisjoint(around):
            expected.append(event)
    return expected


def _moved(move: Move, inside: dict[str, str]) -> frozenset[str]:
    what, parent, children = move
    if what == "out" and not children:
        return frozenset(child for child, other in inside.items() if other == parent)
    return children


@given(LOADS, st.data())
def test_traces_equal_networkx_on_the_same_statements(
    moves: list[Move], data: st.DataObject
) -> None:
    parts = told(moves).statements()
    flows = [flow for part in parts for flow in part.flows]
    peer = nx.DiGraph((flow.source, flow.target) for flow in flows)
    records = MemoryRecords(parts)
    graph = records.graph()
    thing = data.draw(st.sampled_from("abcdef"))
    for direction, search in (
        (Direction.BACK, nx.ancestors),
        (Direction.FORWARD, nx.descendants),
    ):
        found = trace(graph, records, thing, direction)
        names = [
            (v.thing, v.block, v.entry)
            for v in (found.versions[node] for node in found.starts)
        ]
        expected = set(names)
        for name in names:
            expected |= search(peer, name) if name in peer else set()
        reached = (found.versions[node] for node in found.nodes)
        assert {(v.thing, v.block, v.entry) for v in reached} == expected
