import msgspec
import networkx as nx  # type: ignore[import-untyped]  # has no type hints
import pytest

from explorer.core.absent import Absent
from explorer.provenance.exports import to_json, to_networkx, utc_text
from explorer.provenance.records import MemoryRecords
from explorer.provenance.trace import Direction, trace


def test_the_json_of_a_small_trace(pears: MemoryRecords) -> None:
    found = trace(pears.graph(), pears, "pear/lot/PC1", Direction.BACK)
    value = to_json(found)
    assert value["item"] == "pear/lot/PC1"
    assert value["direction"] == "back"
    assert value["starts"] == ["pear/lot/PC1@6:0"]
    assert value["origins"] == ["pear/orchard/GY1@1:0"]
    assert value["destinations"] == []
    assert value["weakest"] == {"link": "enforced", "fact": "signed"}
    assert value["nodes"][0] == {
        "id": "pear/orchard/GY1@1:0",
        "thing": "pear/orchard/GY1",
        "label": "GY1",
        "kind": "orchard",
        "block": 1,
        "entry": 0,
        "deleted": False,
        "amount": None,
        "unit": "",
        "share": "1",
    }
    assert value["hops"][0] == {
        "from": ["pear/orchard/GY1@1:0"],
        "to": ["pear/lot/PC1@3:0"],
        "block": 3,
        "entry": 0,
        "entry_id": "tx3",
        "what": "Harvest",
        "agent": "OrchardMSP",
        "time": "1970-01-01T00:00:03.000000Z",
        "relation": "derivation",
        "link": "enforced",
        "fact": "signed",
        "struck": False,
        "evidence": [],
    }
    assert [each["id"] for each in value["beside"]] == ["pear/inspection/JC1@5:0"]
    assert value["not_known"][0]["code"] == "origin-not-recorded"
    assert msgspec.json.decode(msgspec.json.encode(value)) == value


def test_forward_has_destinations_and_struck_attempts(pears: MemoryRecords) -> None:
    value = to_json(trace(pears.graph(), pears, "pear/box/X1", Direction.FORWARD))
    assert value["origins"] == []
    assert value["destinations"] == ["pear/box/X1@11:0"]
    assert [each["struck"] for each in value["attempts"]] == [True]
    assert not any(each["struck"] for each in value["hops"])


def test_an_empty_trace_has_null_grades(pears: MemoryRecords) -> None:
    value = to_json(trace(pears.graph(), pears, "nothing", Direction.BACK))
    assert value["weakest"] == {"link": None, "fact": None}
    assert value["nodes"] == []


def test_the_networkx_graph_has_the_same_path(pears: MemoryRecords) -> None:
    found = trace(pears.graph(), pears, "pear/box/X1", Direction.BACK)
    graph = to_networkx(found)
    item = "pear/box/X1@11:0"
    assert set(graph) == nx.ancestors(graph, item) | {item}
    assert graph.nodes[item]["label"] == "X1"
    edge = graph.edges["pear/lot/FJ1@7:0", "pear/box/X1@8:0"]
    assert (edge["what"], edge["link"], edge["fact"]) == ("Pack", "enforced", "signed")
    assert edge["time"] == "1970-01-01T00:00:08.000000Z"
    assert graph.graph == {"item": "pear/box/X1", "direction": "back"}


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (0, "1970-01-01T00:00:00.000000Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
        (10**20, "100000000000000000000 µs"),
        (Absent.UNREADABLE, ""),
    ],
)
def test_times_are_utc_text(time: int | Absent, text: str) -> None:
    assert utc_text(time) == text
