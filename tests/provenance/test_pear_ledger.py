"""Traces in a recorded Fabric ledger, held against what its records say in words.

The values of boxes and lots name the lot, the lots or the orchard that they come from;
the lineage uses only key versions. Both must tell the same.
"""

import json
from pathlib import Path

import msgspec
import pytest

from explorer.provenance.graph import ProvenanceGraph
from explorer.provenance.items import find_item
from explorer.provenance.lineage import Lineage
from explorer.provenance.records import MemoryRecords
from explorer.provenance.trace import Direction, Trace, trace
from tests.provenance.peer_blocks import contents_of

STORE = "fabric/raw_peer_Orchard/ledgersData/chains/chains/pear-trace/blockfile_000000"


class Value(msgspec.Struct):
    """The fields of a record that name where it comes from."""

    lot: str = ""
    orchard: str = ""
    inputs: list[str] = []


class Ledger:
    def __init__(self, path: Path) -> None:
        self.contents = list(contents_of(path))
        self.lineage = Lineage()
        self.records = MemoryRecords(self.lineage.add(each) for each in self.contents)
        self.graph: ProvenanceGraph = self.records.graph()

    def trace(self, item: str, direction: Direction = Direction.BACK) -> Trace:
        thing = find_item(self.records, item).thing
        return trace(self.graph, self.records, thing, direction)

    def named_origins(self, key: str) -> set[str]:
        """Return every thing that the values name, from ``key`` back."""
        values = {
            write.key: write.value
            for content in self.contents
            for write in content.writes
            if content.accepted and write.space == "pear" and write.value
        }
        found, rest = set(), [key]
        while rest:
            name = rest.pop()
            found.add(name)
            value = msgspec.json.decode(values[name], type=Value)
            if name.startswith("box/"):
                rest.append(f"lot/{value.lot}")
            elif name.startswith("lot/"):
                rest += [f"lot/{each}" for each in value.inputs]
                rest += [f"orchard/{value.orchard}"] if value.orchard else []
        return found


@pytest.fixture(scope="module")
def ledger(corpora: Path) -> Ledger:
    return Ledger(corpora / STORE)


@pytest.fixture(scope="module")
def facts(corpora: Path) -> dict[str, list[list[int]]]:
    found = json.loads((corpora / "fabric" / "facts.json").read_text())
    planted = {each["kind"]: each for each in found["planted"]}
    mixing = planted["merges_and_splits"]
    return {
        "merges": mixing["at_merges"],
        "splits": mixing["at_splits"],
        "refused": [each[:2] for each in found["invalid"]],
    }


def keys_of(found: Trace) -> set[str]:
    return {each.thing.removeprefix("pear/") for each in found.things}


def test_every_box_comes_from_what_its_records_name(ledger: Ledger) -> None:
    boxes = ledger.records.things_containing("pear/box/", 10_000)
    assert len(boxes) == 96
    for box in boxes:
        assert keys_of(ledger.trace(box)) == ledger.named_origins(box[5:])


def test_a_box_ends_in_two_orchards(ledger: Ledger) -> None:
    found = ledger.trace("X00012")
    ends = [found.versions[each].thing for each in found.ends]
    assert ends == ["pear/orchard/GY03", "pear/orchard/GY05"]
    assert [hop.what for hop in found.hops] == [
        "HarvestLot",
        "HarvestLot",
        "Inspect",
        "Inspect",
        "MergeLots",
        "SplitLot",
        "PackBoxes",
        "Ship",
        "Receive",
        "Sell",
        "Scan",
        "Scan",
        "Scan",
    ]
    recalls = [hop.block for hop in found.about if hop.what == "RecallRange"]
    assert recalls == [153]


def test_merges_and_splits_are_where_they_are(
    ledger: Ledger, facts: dict[str, list[list[int]]]
) -> None:
    merges, splits = set(), set()
    things = ledger.records.things_containing("pear/lot/", 10_000)
    for lot in things:
        for hop in ledger.trace(lot, Direction.FORWARD).hops:
            if hop.relation == "derivation" and hop.what == "MergeLots":
                merges.add((hop.block, hop.entry))
            if len(hop.targets) > 1 and hop.what == "SplitLot":
                splits.add((hop.block, hop.entry))
    assert merges == {tuple(each) for each in facts["merges"]}
    assert splits == {tuple(each) for each in facts["splits"]}


def test_the_merge_of_five_takes_five(ledger: Ledger) -> None:
    found = ledger.trace("lot/HB20260006")
    (merge,) = [hop for hop in found.hops if hop.what == "MergeLots"]
    assert len(merge.sources) == 5


def test_refused_entries_are_never_on_a_path(
    ledger: Ledger, facts: dict[str, list[list[int]]]
) -> None:
    refused = {tuple(each) for each in facts["refused"]}
    graph = ledger.graph
    steps = ledger.records.steps(graph.rows.tolist())
    assert {(s.block, s.entry) for s in steps if s.is_struck} <= refused
    assert not {(s.block, s.entry) for s in steps if not s.is_struck} & refused
    acts = ledger.records.acts({(block, entry) for block, entry in refused})
    assert {each.is_struck for each in acts.values()} == {True}


def test_a_lot_goes_forward_to_twelve_boxes(ledger: Ledger) -> None:
    found = ledger.trace("lot/PC20260002", Direction.FORWARD)
    ends = [found.versions[each].thing for each in found.ends]
    assert sorted(ends) == [f"pear/box/X000{i}" for i in range(12, 24)]


def test_deleted_and_registered_again(ledger: Ledger) -> None:
    again = ledger.trace("PC20260045")
    assert [(hop.what, hop.block) for hop in again.hops] == [("HarvestLot", 157)]
    gone = ledger.trace("PC20260044")
    assert [hop.what for hop in gone.hops][-1] == "Delete"
    assert "deleted" in {each.code for each in gone.not_known}


def test_a_version_made_by_a_policy_change_keeps_the_line(ledger: Ledger) -> None:
    found = ledger.trace("X00000")
    assert ("SetKeyEP", 81) in [(hop.what, hop.block) for hop in found.hops]
    assert [(hop.what, hop.block) for hop in found.attempts if hop.block == 82]
