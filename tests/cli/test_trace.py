"""``trace``: hops with grades and evidence, forms of output, what cannot be found."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from explorer.model.checks import Outcome
from explorer.session.evidence_ladder import SENTENCES
from tests.cli.running import FABRIC, PEARS, STORE, TIP, Runner

INTACT = PEARS / "pears.jsonl"
ANCHORS = FABRIC / "trust_anchors"
BOX = "pear/box/X00012"


def ladder(result: dict[str, Any], block: int) -> dict[str, dict[str, Any]]:
    hop = next(each for each in result["trace"]["hops"] if each["block"] == block)
    return {each["rung"]: each for each in hop["evidence"]}


def test_a_box_comes_from_two_orchards_through_what_the_rules_enforce(
    run: Runner,
) -> None:
    ran = run("trace", "--json", "--trust", ANCHORS, STORE, "--item", "X00012")
    assert ran.status == 0
    result = ran.result
    assert (result["found"], result["verdict"]) == ("ending", "attributed")
    trace = result["trace"]
    assert trace["item"] == BOX
    origins = {each.split("@")[0] for each in trace["origins"]}
    assert len(origins) == 2
    assert all(each.startswith("pear/orchard/") for each in origins)
    assert trace["weakest"] == {"link": "enforced", "fact": "signed"}
    assert {each["fact"] for each in trace["hops"]} == {"signed"}


def test_no_rung_but_a_history_anchor_is_anchored(run: Runner) -> None:
    words = ("trace", "--json", "--trust", ANCHORS, STORE, "--item", BOX)
    rungs = ladder(run(*words).result, 42)
    assert list(rungs) == [
        "entry",
        "block",
        "link",
        "signature",
        "rules",
        "signer",
        "anchor",
    ]
    assert rungs.pop("anchor")["code"] == "not-tied"
    assert {each["outcome"] for each in rungs.values()} == {Outcome.PASSED.word}
    assert not any(each["anchored"] for each in rungs.values())


def test_a_printed_hash_ties_the_hops_below_it(run: Runner) -> None:
    words = ("trace", "--json", INTACT, "--item", "00001")
    plain, tied = run(*words).result, run(*words, "--checkpoint", TIP).result
    block = plain["trace"]["hops"][0]["block"]
    assert ladder(plain, block)["anchor"]["code"] == "not-tied"
    anchor = ladder(tied, block)["anchor"]
    assert (anchor["code"], anchor["anchored"]) == ("tied-to-history", True)
    assert tied["fictional"] is True


def test_forward_goes_the_other_way(run: Runner) -> None:
    words = ("trace", "--json", "--forward", STORE, "--item", "orchard/GY05")
    trace = run(*words).result["trace"]
    assert trace["direction"] == "forward"
    assert trace["origins"] == []
    assert any(each.startswith(f"{BOX}@") for each in trace["destinations"])


def test_the_text_numbers_hops_and_says_both_grades(run: Runner) -> None:
    ran = run("trace", "--trust", ANCHORS, STORE, "--item", BOX)
    lines = ran.out.splitlines()
    assert lines[0].startswith(f"{BOX}: 13 hops back to 2 origins (pear-trace)")
    assert "Weakest: record link enforced, fact signed." in lines
    merge = next(n for n, line in enumerate(lines) if "-> pear/lot/HB20260001" in line)
    assert lines[merge].split()[:2] == ["5", "---"]
    assert "block 42 entry 0: MergeLots" in lines[merge + 1]
    assert lines[merge + 2].strip() == "record link enforced, fact signed"
    assert "entry, block, link, signature, rules, signer" in lines[merge + 3]
    assert SENTENCES["not-tied"] in lines[merge + 4]
    legend = "=== enforced 0  --- signed 13  - - stated 0  ... inferred 0"
    assert any(line.startswith(legend) for line in lines)
    assert "What this path does not settle:" in lines


def test_a_fictional_ledger_says_so(run: Runner) -> None:
    ran = run("trace", INTACT, "--item", "00001")
    assert "Fictional demonstration data." in ran.out.splitlines()
    dot = run("trace", "--dot", INTACT, "--item", "00001").out
    assert "Fictional demonstration data" in dot


def test_an_unknown_item_lists_what_comes_near_and_ends_with_3(run: Runner) -> None:
    ran = run("trace", STORE, "--item", "X0001")
    assert ran.status == 3
    assert ran.out.startswith("Nothing is called X0001. These contain it:\n")
    assert f"  {BOX}\n" in ran.out
    silent = run("trace", STORE, "--item", "nowhere")
    assert silent.status == 3
    assert silent.out == f"No record in {STORE} names nowhere.\n"


def test_an_ambiguous_item_asks_which_one(run: Runner) -> None:
    ran = run("trace", "--json", INTACT, "--item", "1")
    assert ran.status == 3
    result = ran.result
    assert (result["found"], result["trace"]) == ("ambiguous", None)
    assert "process/urn:example:grading:1" in result["candidates"]
    assert "Which do you mean?" in run("trace", INTACT, "--item", "1").out


def test_text_of_the_asker_is_made_printable(run: Runner) -> None:
    ran = run("trace", STORE, "--item", "a\u202eb")
    assert "\u202e" not in ran.out
    assert "a<U+202E>b" in ran.out


def test_a_trace_in_an_altered_ledger_ends_with_1_and_shows_the_rung(
    run: Runner,
) -> None:
    path = PEARS / "pears_one-digit.jsonl"
    ran = run("trace", "--json", path, "--item", "00001")
    assert ran.status == 1
    assert ran.result["verdict"] == "failed"
    assert ran.result["trace"]["hops"]


def test_what_cannot_be_read_is_said_and_ends_with_3(
    run: Runner, tmp_path: Path
) -> None:
    path = tmp_path / "nothing.bin"
    path.write_bytes(b"\0" * 20)
    ran = run("trace", path, "--item", "X")
    assert ran.status == 3
    assert "could not be read: no reader recognises these bytes" in ran.out
    result = run("trace", "--json", path, "--item", "X").result
    assert (result["found"], result["trace"]) == ("unknown", None)


def test_graph_files_are_well_formed(run: Runner) -> None:
    words = (STORE, "--item", BOX)
    root = ET.fromstring(run("trace", "--graphml", *words).out)  # noqa: S314 - our own
    assert root.tag.endswith("graphml")
    assert '"pear/box/X00012@' in run("trace", "--dot", *words).out
    prov = json.loads(run("trace", "--prov-json", *words).out)
    assert prov["wasDerivedFrom"]


def test_a_graph_file_of_nothing_prints_nothing(run: Runner) -> None:
    ran = run("trace", "--dot", STORE, "--item", "nowhere")
    assert (ran.status, ran.out) == (3, "")
    assert "names nowhere" in ran.err


def test_a_graph_file_holds_one_trace(run: Runner) -> None:
    ran = run("trace", "--dot", INTACT, INTACT, "--item", "00001")
    assert ran.status == 3
    assert "2 ledgers name this item" in ran.err


@pytest.mark.parametrize("form", ["--json", "--dot"])
def test_the_same_trace_is_printed_twice_alike(run: Runner, form: str) -> None:
    words = ("trace", form, INTACT, "--item", "00001")
    assert run(*words).out == run(*words).out


def test_evidence_that_does_not_know_the_item_stands_beside_one_that_does(
    run: Runner,
) -> None:
    ran = run("trace", "--json", INTACT, STORE, "--item", "box/X00012")
    assert ran.status == 0
    assert [each["found"] for each in ran.json["results"]] == ["unknown", "ending"]
