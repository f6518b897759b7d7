import csv
import io
import json
import re

import networkx as nx  # type: ignore[import-untyped]  # has no type hints
import pytest

from explorer.model.statements import Statements, ThingVersion
from explorer.provenance.exports import to_networkx
from explorer.provenance.lineage import Lineage
from explorer.provenance.records import MemoryRecords
from explorer.provenance.trace import Direction, Trace, trace
from explorer.reports.graph_files import (
    FICTIONAL,
    to_csv,
    to_dot,
    to_graphml,
    to_prov_json,
)
from tests.payloads.story import Story, pear_story
from tests.provenance.event_stories import Tale

HOSTILE = 'box/"]; evil [label="\\n<b>\u202e\x07&'


def traced(story: Story, thing: str, direction: Direction = Direction.BACK) -> Trace:
    lineage = Lineage()
    records = MemoryRecords(lineage.add(each) for each in story.contents)
    return trace(records.graph(), records, thing, direction)


@pytest.fixture(scope="module")
def box() -> Trace:
    return traced(pear_story(), "pear/box/X1")


@pytest.fixture(scope="module")
def hostile() -> Trace:
    story = Story()
    story.tx("<i>Make", (), ("lot/1",))
    story.tx('Say "x"', ("lot/1",), (HOSTILE,))
    return traced(story, f"pear/{HOSTILE}")


def test_dot_has_every_version_and_every_step(box: Trace) -> None:
    text = to_dot(box)
    assert text.startswith("digraph trace {\n  rankdir=LR;\n")
    assert text.endswith("}\n")
    assert text.count(" -> ") == sum(len(hop.pairs()) for hop in box.hops)
    assert len(re.findall(r"^  n\d+ \[", text, re.MULTILINE)) == len(box.nodes)
    assert '[label="X1\\nbox 11:0", tooltip="pear/box/X1@11:0", penwidth=2]' in text
    assert '[label="Pack\\n8:0", style=solid, tooltip="derivation, ' in text


def test_dot_draws_the_grade_of_the_fact() -> None:
    story = Story()
    story.tx("Create", (), ("lot/1",))
    story.tx("Pack", ("lot/1",), ("box/1",), verified=False)
    assert "style=dashed" in to_dot(traced(story, "pear/box/1"))


def test_hostile_text_stays_text_in_dot(hostile: Trace) -> None:
    text = to_dot(hostile)
    assert "\u202e" not in text
    assert "\x07" not in text
    assert '\\"]; evil [label=\\"\\\\n<b><U+202E><U+0007>&' in text
    # With strings taken out, only what we write ourselves is left.
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "S", text)
    assert "evil" not in bare
    assert set(re.findall(r"\w+", bare)) <= {
        "digraph", "trace", "rankdir", "LR", "node", "shape", "box", "n0", "n1",
        "label", "tooltip", "penwidth", "2", "style", "rounded", "solid", "S",
    }  # fmt: skip


def test_graphml_is_read_back_by_networkx(box: Trace) -> None:
    graph = nx.read_graphml(io.BytesIO(to_graphml(box).encode()))
    plain = to_networkx(box)
    assert set(graph) == set(plain)
    assert set(graph.edges) == set(plain.edges)
    for node in plain:
        assert graph.nodes[node] == plain.nodes[node]
    for edge in plain.edges:
        assert {**graph.edges[edge]} == plain.edges[edge]
    assert graph.graph["item"] == "pear/box/X1"


def test_hostile_text_stays_text_in_graphml(hostile: Trace) -> None:
    graph = nx.read_graphml(io.BytesIO(to_graphml(hostile).encode()))
    labels = {facts["label"] for _, facts in graph.nodes(data=True)}
    assert labels == {"1", '"]; evil [label="\\n<b><U+202E><U+0007>&'}
    assert graph.number_of_nodes() == 2


def test_prov_json_says_who_did_what(box: Trace) -> None:
    value = json.loads(to_prov_json(box))
    assert value["prefix"] == {"pe": "urn:provenance-explorer:trace:"}
    names = {facts["pe:thing"]: key for key, facts in value["entity"].items()}
    assert len(value["entity"]) == len(box.nodes)
    derived = [
        facts
        for facts in value["wasDerivedFrom"].values()
        if facts["prov:activity"] == "pe:entry-8-0"
    ]
    (packed,) = derived
    lot = packed["prov:usedEntity"]
    assert value["entity"][lot]["pe:thing"] == "pear/lot/FJ1"
    assert (packed["pe:link"], packed["pe:fact"]) == ("enforced", "signed")
    assert value["activity"]["pe:entry-8-0"] == {
        "pe:entry_id": "tx8",
        "prov:endTime": "1970-01-01T00:00:08.000000Z",
        "prov:label": "Pack",
    }
    (agent,) = value["agent"].values()
    assert agent == {"prov:label": "OrchardMSP"}
    types = [facts.get("prov:type") for facts in value["wasDerivedFrom"].values()]
    assert types.count("prov:Revision") == 3
    assert names["pear/box/X1"] in value["entity"]


def test_prov_json_names_only_what_it_defines(box: Trace) -> None:
    value = json.loads(to_prov_json(box))
    known = {*value["entity"], *value["activity"], *value["agent"]}
    ends = ("prov:entity", "prov:activity", "prov:agent", "prov:usedEntity",
            "prov:generatedEntity")  # fmt: skip
    for kind in ("used", "wasGeneratedBy", "wasDerivedFrom", "wasAssociatedWith"):
        for facts in value[kind].values():
            assert {facts[each] for each in ends if each in facts} <= known


def test_containment_is_influence_in_prov_json() -> None:
    tale = Tale()
    tale.packed("p", "a")
    records = MemoryRecords(tale.statements())
    found = trace(records.graph(), records, "p", Direction.BACK)
    (facts,) = json.loads(to_prov_json(found))["wasInfluencedBy"].values()
    assert facts["pe:relation"] == "containment"


def test_an_empty_trace_gives_whole_files() -> None:
    records = MemoryRecords([Statements((ThingVersion("a", 1, 0, "a", ""),))])
    found = trace(records.graph(), records, "none", Direction.BACK)
    assert to_dot(found).endswith("}\n")
    assert (
        nx.read_graphml(io.BytesIO(to_graphml(found).encode())).number_of_nodes() == 0
    )
    assert list(json.loads(to_prov_json(found))) == ["prefix"]


@pytest.mark.parametrize("write", [to_dot, to_graphml, to_prov_json])
def test_fictional_data_says_so_only_when_it_is(write: object, box: Trace) -> None:
    assert callable(write)
    assert FICTIONAL in write(box, is_fictional=True)
    assert FICTIONAL not in write(box)


@pytest.mark.parametrize("write", [to_dot, to_graphml, to_prov_json])
def test_the_same_trace_gives_the_same_text(write: object, box: Trace) -> None:
    assert callable(write)
    assert write(box) == write(traced(pear_story(), "pear/box/X1"))


def test_csv_has_a_row_for_each_step_and_marks_formulas(box: Trace) -> None:
    lines = to_csv(box, is_fictional=True).split("\r\n")
    assert lines[-1] == ""
    heads = next(csv.reader(lines[:1]))
    assert heads[:2] == ["source", "target"]
    rows = list(csv.reader(lines[1:-1]))
    assert len(rows) == sum(len(hop.pairs()) for hop in box.hops)
    assert all(len(row) == len(heads) and row[-1] == FICTIONAL for row in rows)
    for row in rows:
        assert not any(each.startswith(("=", "+", "@")) for each in row)
