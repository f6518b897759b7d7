import pytest

from explorer.model.statements import FactGrade, LinkGrade, ThingVersion
from explorer.provenance.folding import (
    thing_degrees,
    thing_links,
    weakest_fact,
    weakest_link,
)
from explorer.provenance.hops import make_hops
from explorer.provenance.records import MemoryRecords, Step
from explorer.provenance.trace import Direction, trace
from tests.provenance.conftest import plain_records

STEP = Step(2, 0, "derivation", LinkGrade.NAMED, FactGrade.STATED, is_struck=False)


def test_the_weakest_grade_wins() -> None:
    enforced, named = LinkGrade.ENFORCED, LinkGrade.NAMED
    assert weakest_link([enforced, named, enforced]) is named
    assert weakest_link([enforced]) is enforced


@pytest.mark.parametrize("position", range(1, len(FactGrade)))
def test_facts_are_ordered_from_enforced_to_contradicted(position: int) -> None:
    grades = list(FactGrade)
    assert weakest_fact(grades[: position + 1]) is grades[position]
    assert weakest_fact(list(reversed(grades))) is FactGrade.CONTRADICTED


def test_versions_of_one_thing_become_one(pears: MemoryRecords) -> None:
    found = trace(pears.graph(), pears, "pear/box/X1", Direction.BACK)
    names = [each.thing.removeprefix("pear/") for each in found.things]
    assert names == [
        "orchard/GY1",
        "orchard/GY2",
        "lot/PC1",
        "lot/PC2",
        "lot/HB1",
        "lot/FJ1",
        "box/X1",
    ]
    box = found.things[-1]
    assert [found.versions[each].block for each in box.versions] == [8, 9, 11]
    assert (box.is_item, box.is_end, box.kind, box.label) == (True, False, "box", "X1")
    steps = [found.hops[each].what for each in box.hops]
    assert steps == ["Pack", "Ship", "Sell"]
    lines = {
        (found.things[each.source].label, found.things[each.target].label)
        for each in found.links
    }
    assert lines == {
        ("GY1", "PC1"),
        ("GY2", "PC2"),
        ("PC1", "HB1"),
        ("PC2", "HB1"),
        ("HB1", "FJ1"),
        ("FJ1", "X1"),
    }


def test_links_name_their_hops_and_weakest_grades(pears: MemoryRecords) -> None:
    found = trace(pears.graph(), pears, "pear/lot/HB1", Direction.BACK)
    (merge,) = [
        each
        for each in found.links
        if found.things[each.target].label == "HB1"
        and found.things[each.source].label == "PC1"
    ]
    assert [found.hops[each].what for each in merge.hops] == ["Merge"]
    assert (merge.link, merge.fact) == (LinkGrade.ENFORCED, FactGrade.SIGNED)


def test_degree_counts_flows_to_other_things_only(pears: MemoryRecords) -> None:
    # GY1: PC1 and PC3, not the refused PC9. X1: FJ1, YS1, XS1, not its own revisions.
    graph = pears.graph()
    nodes = pears.versions_of(["pear/orchard/GY1", "pear/box/X1"])
    assert thing_degrees(graph, list(nodes.values())) == [2, 3]


def test_degree_of_a_thing_without_flows() -> None:
    assert thing_degrees(plain_records(1, []).graph(), [[0]]) == [0]


def test_versions_of_one_thing_are_not_linked_to_each_other() -> None:
    versions = {i: ThingVersion("t", i, 0, "", "") for i in (1, 2)}
    hops = make_hops([(1, 2, STEP)], versions, {})
    assert thing_links(["t"], versions, hops) == ()


def test_a_link_of_several_hops_has_the_weakest_grades() -> None:
    versions = {i: ThingVersion(f"t{i % 2}", i, 0, "", "") for i in range(4)}
    better = Step(3, 0, "derivation", LinkGrade.ENFORCED, FactGrade.SIGNED, False)
    hops = make_hops([(0, 1, STEP), (2, 3, better)], versions, {})
    (link,) = thing_links(["t0", "t1"], versions, hops)
    assert (link.source, link.target, link.hops) == (0, 1, (0, 1))
    assert (link.link, link.fact) == (LinkGrade.NAMED, FactGrade.STATED)
