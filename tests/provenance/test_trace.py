import random
from collections.abc import Iterable, Sequence

import msgspec
import networkx as nx  # type: ignore[import-untyped]  # has no type hints
import pytest

from explorer.core.absent import Absent
from explorer.model.statements import FactGrade, LinkGrade, Statements, ThingVersion
from explorer.provenance.exports import to_json, version_id
from explorer.provenance.graph import ProvenanceGraph
from explorer.provenance.hops import Hop
from explorer.provenance.lineage import Lineage
from explorer.provenance.records import MemoryRecords
from explorer.provenance.trace import Direction, Trace, trace
from tests.payloads.story import Story, pear_story
from tests.provenance.conftest import plain_records, told


def back(records: MemoryRecords, thing: str) -> Trace:
    return trace(records.graph(), records, f"pear/{thing}", Direction.BACK)


def forward(records: MemoryRecords, thing: str) -> Trace:
    return trace(records.graph(), records, f"pear/{thing}", Direction.FORWARD)


def names(found: Trace, nodes: Iterable[int]) -> list[str]:
    return [
        version_id(found.versions[each]).removeprefix("pear/").removesuffix(":0")
        for each in nodes
    ]


def lines(found: Trace, hops: Sequence[Hop]) -> list[str]:
    return [
        f"{hop.what}: {' '.join(names(found, hop.sources))} > "
        f"{' '.join(names(found, hop.targets))}"
        for hop in hops
    ]


def codes(found: Trace) -> dict[str, str]:
    return {each.code: each.detail for each in found.not_known}


def test_a_box_goes_back_to_its_orchards(pears: MemoryRecords) -> None:
    found = back(pears, "box/X1")
    assert lines(found, found.hops) == [
        "Harvest: orchard/GY1@1 > lot/PC1@3",
        "Harvest: orchard/GY2@2 > lot/PC2@4",
        "Inspect: lot/PC1@3 > lot/PC1@5",
        "Merge: lot/PC2@4 lot/PC1@5 > lot/HB1@6",
        "Split: lot/HB1@6 > lot/FJ1@7",
        "Pack: lot/FJ1@7 > box/X1@8",
        "Ship: box/X1@8 > box/X1@9",
        "Sell: box/X1@9 > box/X1@11",
    ]
    assert names(found, found.starts) == ["box/X1@11"]
    assert names(found, found.ends) == ["orchard/GY1@1", "orchard/GY2@2"]
    assert (found.link, found.fact) == (LinkGrade.ENFORCED, FactGrade.SIGNED)
    assert codes(found)["origin-not-recorded"] == "pear/orchard/GY1, pear/orchard/GY2"
    hop = found.hops[5]
    assert (hop.block, hop.entry, hop.entry_id) == (8, 0, "tx8")
    assert (hop.agent, hop.time_us) == ("OrchardMSP", 8_000_000)


def test_what_happened_to_a_lot_afterwards_does_not_flow_in(
    pears: MemoryRecords,
) -> None:
    # PC2 was rewritten at block 10, after the merge; the box took it as it was at 4.
    found = back(pears, "box/X1")
    assert "lot/PC2@4" in names(found, found.nodes)
    assert not {"lot/PC2@6", "lot/PC2@10", "lot/PC1@6"} & set(names(found, found.nodes))
    assert "box/X2@8" not in names(found, found.nodes)


def test_documents_about_the_path_stand_beside_it(pears: MemoryRecords) -> None:
    found = back(pears, "box/X1")
    assert lines(found, found.about) == [
        "Inspect: lot/PC1@3 > inspection/JC1@5",
        "Ship: box/X1@8 > shipment/YS1@9",
        "Sell: box/X1@9 > sale/XS1@11",
        "Recall: lot/HB1@7 > recall/ZH1@14",
    ]


def test_refused_attempts_are_apart(pears: MemoryRecords) -> None:
    found = back(pears, "box/X1")
    assert lines(found, found.attempts) == ["Scan: box/X1@11 > box/X1@12"]
    assert found.attempts[0].is_struck
    assert codes(found)["refused-attempts"] == "12:0"
    orchard = forward(pears, "orchard/GY1")
    assert "Harvest: orchard/GY1@1 > lot/PC9@13" in lines(orchard, orchard.attempts)
    assert "lot/PC9@13" not in names(orchard, orchard.nodes)


def test_an_attempt_on_another_thing_is_not_this_things(pears: MemoryRecords) -> None:
    found = back(pears, "lot/PC1")
    assert found.attempts == ()
    assert "refused-attempts" not in codes(found)


def test_an_item_that_only_refused_entries_name(pears: MemoryRecords) -> None:
    for found in (back(pears, "lot/PC9"), forward(pears, "lot/PC9")):
        assert (found.starts, found.nodes, found.hops, found.ends) == ((), (), (), ())
        assert list(codes(found)) == ["only-refused", "refused-attempts"]
        assert lines(found, found.attempts) == ["Harvest: orchard/GY1@1 > lot/PC9@13"]
        assert found.link is Absent.NOT_IN_EXPORT


def test_an_item_that_is_not_there(pears: MemoryRecords) -> None:
    found = back(pears, "lot/none")
    assert codes(found) == {"item-not-found": ""}
    assert found.things == ()


def test_a_lot_goes_forward_to_its_boxes(pears: MemoryRecords) -> None:
    found = forward(pears, "lot/PC1")
    assert names(found, found.starts) == ["lot/PC1@3", "lot/PC1@5", "lot/PC1@6"]
    assert names(found, found.ends) == ["lot/FJ2@7", "box/X2@9", "box/X1@11"]
    things = {each.thing.removeprefix("pear/") for each in found.things}
    assert {"recall/ZH1", "shipment/YS1", "inspection/JC1"} <= things
    assert "lot/PC2" not in things
    assert codes(found)["destination-not-recorded"].startswith("pear/lot/FJ2")


def test_back_and_forward_agree(pears: MemoryRecords) -> None:
    graph = pears.graph()
    for source in range(graph.node_count):
        for target in graph.descendants(source).tolist():
            assert source in graph.ancestors(target).tolist()


def test_a_deleted_thing_says_so(pears: MemoryRecords) -> None:
    found = back(pears, "lot/PC3")
    assert codes(found)["deleted"] == "pear/lot/PC3"
    assert names(found, found.starts) == ["lot/PC3@15"]
    ended = forward(pears, "lot/PC3")
    assert "destination-not-recorded" not in codes(ended)


def test_a_thing_made_again_does_not_come_from_its_former_self() -> None:
    story = pear_story()
    story.tx("Harvest", ("lot/PC3", "orchard/GY2"), ("lot/PC3",))
    found = back(told(story), "lot/PC3")
    assert lines(found, found.hops) == ["Harvest: orchard/GY2@2 > lot/PC3@16"]
    assert "deleted" not in codes(found)


def test_a_chain_carries_its_weakest_grade() -> None:
    story = Story()
    story.tx("Create", (), ("lot/1",))
    story.tx("Pack", ("lot/1",), ("box/1",), verified=False)
    story.tx("Ship", ("box/1",), ("box/1",))
    records = told(story)
    assert back(records, "box/1").fact is FactGrade.STATED
    assert forward(records, "lot/1").link is LinkGrade.ENFORCED


def test_an_unsigned_origin_weakens_what_came_from_it() -> None:
    story = Story()
    story.tx("Create", (), ("lot/1",), verified=False)
    story.tx("Pack", ("lot/1",), ("box/1",))
    found = back(told(story), "box/1")
    assert {hop.fact for hop in found.hops} == {FactGrade.SIGNED}
    assert found.fact is FactGrade.STATED


def test_an_unsigned_beginning_weakens_where_it_went() -> None:
    story = Story()
    story.tx("Create", (), ("lot/1",), verified=False)
    story.tx("Pack", ("lot/1",), ("box/1",))
    assert forward(told(story), "lot/1").fact is FactGrade.STATED


def test_documents_on_the_path_are_not_listed_beside_it(pears: MemoryRecords) -> None:
    found = forward(pears, "lot/PC1")
    assert found.about == ()
    assert {hop.what for hop in found.hops if hop.relation == "about"} == {
        "Inspect",
        "Ship",
        "Sell",
        "Recall",
    }


def test_a_document_goes_nowhere_and_back_to_what_it_is_about(
    pears: MemoryRecords,
) -> None:
    found = forward(pears, "recall/ZH1")
    assert names(found, found.ends) == ["recall/ZH1@14"]
    origins = back(pears, "recall/ZH1")
    assert names(origins, origins.ends) == ["orchard/GY1@1", "orchard/GY2@2"]


def test_an_item_without_hops_has_its_own_support() -> None:
    story = Story()
    story.tx("Create", (), ("lot/1",))
    found = back(told(story), "lot/1")
    assert (found.link, found.fact) == (Absent.NOT_IN_EXPORT, FactGrade.SIGNED)
    assert names(found, found.ends) == ["lot/1@1"]


def test_a_version_whose_writing_is_not_here_says_so() -> None:
    story = Story(enforced=False)
    story.block = 99
    story.tx("Pack", (), ("box/1",), at={"lot/1": (7, 0)})
    found = back(told(story), "box/1")
    assert codes(found) == {"writing-not-in-evidence": "pear/lot/1"}
    assert found.link is LinkGrade.NAMED


def test_a_made_up_version_of_a_refused_entry_is_no_start() -> None:
    story = Story()
    story.tx("Create", (), ("lot/1",))
    story.block = 8
    story.tx("Take", (), ("box/1",), at={"lot/1": (7, 0)}, accepted=False)
    found = back(told(story), "lot/1")
    assert names(found, found.starts) == ["lot/1@1"]


def test_a_widely_shared_thing_is_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.provenance.remarks.WIDELY_SHARED", 5)
    story = Story()
    story.tx("Set", (), ("config",))
    for number in range(6):
        story.tx("Make", ("config",), (f"box/{number}",))
    found = back(told(story), "box/3")
    assert codes(found)["widely-shared"] == "pear/config"
    assert found.things[0].degree == 6


def test_too_much_beside_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.provenance.trace.MAX_BESIDE", 1)
    found = back(told(pear_story()), "box/X1")
    assert codes(found)["not-all-beside"] == ""


def test_many_names_are_counted() -> None:
    story = Story()
    lots = tuple(f"lot/{i:02}" for i in range(25))
    story.tx("Create", (), lots)
    story.tx("Merge", lots, ("lot/all",))
    found = back(told(story), "lot/all")
    assert codes(found)["origin-not-recorded"].endswith("pear/lot/19 (+5)")


def test_records_that_go_round_end_and_say_so() -> None:
    records = plain_records(3, [(0, 1), (1, 2), (2, 0), (1, 1)])
    for direction in Direction:
        found = trace(records.graph(), records, "t/0", direction)
        assert len(found.nodes) == 3
        assert found.ends == ()
        assert [each.code for each in found.not_known] == ["leads-back-to-itself"]


def shuffled(story: Story, seed: int) -> MemoryRecords:
    """Return the same statements, numbered in another order."""
    lineage = Lineage()
    said = [lineage.add(each) for each in story.contents]
    things = [each for one in said for each in one.things]
    flows = [each for one in said for each in one.flows]
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    chance.shuffle(things)
    chance.shuffle(flows)
    acts = tuple(each for one in said for each in one.acts)
    return MemoryRecords([Statements(tuple(things), tuple(flows), acts)])


@pytest.mark.parametrize("direction", list(Direction))
def test_numbering_does_not_change_the_answer(direction: Direction) -> None:
    story = pear_story()
    plain = told(story)
    for thing in ("pear/box/X1", "pear/lot/PC1", "pear/lot/PC3"):
        expected = msgspec.json.encode(
            to_json(trace(plain.graph(), plain, thing, direction))
        )
        for seed in range(5):
            mixed = shuffled(story, seed)
            found = trace(mixed.graph(), mixed, thing, direction)
            assert msgspec.json.encode(to_json(found)) == expected


@pytest.mark.parametrize("acyclic", [True, False])
def test_a_thousand_random_traces_agree_with_networkx(acyclic: bool) -> None:
    chance = random.Random(11 + acyclic)  # noqa: S311 - repeatable, not secret
    for number in range(1_000):
        count = chance.randint(1, 10)
        edges = [
            (chance.randrange(count), chance.randrange(count))
            for _ in range(chance.randint(0, 2 * count))
        ]
        if acyclic:
            edges = [(a, b) if a < b else (b, a) for a, b in edges if a != b]
        records = plain_records(count, edges)
        peer = nx.DiGraph(edges)
        peer.add_nodes_from(range(count))
        node = chance.randrange(count)
        direction = list(Direction)[number % 2]
        reach = nx.ancestors if direction is Direction.BACK else nx.descendants
        expected = reach(peer, node) | {node}
        found = trace(records.graph(), records, f"t/{node}", direction)
        assert set(found.nodes) == expected
        pairs = {pair for hop in found.hops for pair in hop.pairs()}
        assert pairs == {(a, b) for a, b in edges if {a, b} <= expected}
        if direction is Direction.BACK:
            roots = {each for each in expected if peer.in_degree(each) == 0}
            assert set(found.ends) == roots


def test_a_trace_runs_on_the_whole_graph_not_on_a_part() -> None:
    # What is drawn is a part of the graph; its answers would differ.
    records = plain_records(3, [(0, 1), (1, 2)])
    whole = records.graph()
    part = ProvenanceGraph.from_rows(3, [(1, 2, 1, False)])
    assert len(trace(whole, records, "t/2", Direction.BACK).nodes) == 3
    assert len(trace(part, records, "t/2", Direction.BACK).nodes) == 2


@pytest.mark.slow
def test_very_long_and_very_wide_traces_end() -> None:
    long = plain_records(20_000, [(i, i + 1) for i in range(19_999)])
    found = trace(long.graph(), long, "t/19999", Direction.BACK)
    assert len(found.hops) == 19_999
    wide = plain_records(20_000, [(0, i) for i in range(1, 20_000)])
    found = trace(wide.graph(), wide, "t/0", Direction.FORWARD)
    assert len(found.ends) == 19_999


def test_a_version_of_a_thing_keeps_its_value(pears: MemoryRecords) -> None:
    found = back(pears, "box/X1")
    values: list[ThingVersion] = [found.versions[each] for each in found.starts]
    assert [each.value for each in values] == [b"Sell box/X1"]


def test_only_what_lies_between_two_items(pears: MemoryRecords) -> None:
    graph = pears.graph()
    whole = trace(graph, pears, "pear/box/X1", Direction.BACK)
    back = trace(graph, pears, "pear/box/X1", Direction.BACK, "pear/orchard/GY1")
    ahead = trace(graph, pears, "pear/orchard/GY1", Direction.FORWARD, "pear/box/X1")
    things = {back.versions[node].thing for node in back.nodes}
    assert "pear/orchard/GY2" not in things
    assert {"pear/orchard/GY1", "pear/lot/HB1", "pear/box/X1"} <= things
    assert set(back.nodes) < set(whole.nodes)
    assert set(back.nodes) <= set(ahead.nodes)
    assert [back.versions[node].thing for node in back.ends] == ["pear/orchard/GY1"]
    assert [each.code for each in back.not_known] == ["refused-attempts"]


def test_no_path_between_two_items_is_said(pears: MemoryRecords) -> None:
    found = trace(pears.graph(), pears, "pear/box/X1", Direction.BACK, "pear/lot/PC3")
    assert (found.nodes, found.hops) == ((), ())
    assert found.not_known[0].code == "no-path-between"
    unknown = trace(pears.graph(), pears, "pear/box/X1", Direction.BACK, "nothing")
    assert unknown.not_known[0].code == "no-path-between"
