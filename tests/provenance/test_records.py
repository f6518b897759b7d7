from explorer.model.statements import FactGrade, LinkGrade, Statements
from explorer.provenance.records import MemoryRecords, Step
from tests.provenance.conftest import plain_records


def test_versions_of_a_thing_come_in_order(pears: MemoryRecords) -> None:
    nodes = pears.versions_of(["pear/lot/PC1", "pear/none"])
    assert list(nodes) == ["pear/lot/PC1"]
    found = pears.versions(nodes["pear/lot/PC1"])
    assert [each.block for each in found] == [3, 5, 6]


def test_a_version_told_twice_is_one_node() -> None:
    records = plain_records(2, [(0, 1)])
    twice = MemoryRecords([records_statements(records), records_statements(records)])
    assert twice.graph().node_count == 2
    assert twice.graph().edge_count == 2


def records_statements(records: MemoryRecords) -> Statements:
    return Statements(tuple(records.versions([0, 1])), tuple(records._flows))


def test_steps_and_acts_are_looked_up(pears: MemoryRecords) -> None:
    graph = pears.graph()
    (first,) = pears.steps(graph.rows[:1].tolist())
    assert first == Step(
        3, 0, "derivation", LinkGrade.ENFORCED, FactGrade.SIGNED, is_struck=False
    )
    acts = pears.acts({(3, 0), (99, 0)})
    assert list(acts) == [(3, 0)]
    assert acts[3, 0].what == "Harvest"


def test_things_are_found_by_their_text(pears: MemoryRecords) -> None:
    assert pears.things_ending("x1", 9) == ["pear/box/X1"]
    assert pears.things_containing("/LOT/", 3) == [
        "pear/lot/FJ1",
        "pear/lot/FJ2",
        "pear/lot/HB1",
    ]
