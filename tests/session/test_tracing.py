"""Tracing from a case file: what is reached, how graded, what stands behind it."""

import pytest

from explorer.core.absent import Absent
from explorer.model.checks import Kind, Outcome
from explorer.model.statements import Act, FactGrade, LinkGrade
from explorer.model.verdicts import LedgerReport
from explorer.provenance.exports import to_json
from explorer.provenance.items import Found
from explorer.provenance.lineage import Lineage
from explorer.provenance.records import MemoryRecords
from explorer.provenance.trace import Direction, Trace, trace
from explorer.session.evidence_ladder import SENTENCES, Rung, RungKind
from explorer.session.tracing import (
    TraceAnswer,
    Tracer,
    grade_counts,
    trace_item,
    trace_json,
)
from tests.payloads.story import Story, pear_story
from tests.session.traced_case import (
    AGENT,
    BLOCK_HASH,
    case_reader,
    check_row,
    finding,
    ledger_report,
)

BACK, FORWARD = Direction.BACK, Direction.FORWARD


def traced(answer: TraceAnswer) -> Trace:
    assert isinstance(answer.trace, Trace)
    return answer.trace


def things(answer: TraceAnswer) -> set[str]:
    return {each.thing.removeprefix("pear/") for each in traced(answer).things}


def rungs(
    block: int, report: LedgerReport | None, *findings: tuple[Kind, int, int | None]
) -> dict[RungKind, Rung]:
    reader = case_reader(findings=[finding(*each) for each in findings])
    answer = trace_item(reader, 0, "box/X1", BACK, report)
    return {each.kind: each for each in answer.evidence[block, 0]}


def test_a_box_is_traced_back_to_both_orchards_and_no_further() -> None:
    answer = trace_item(case_reader(), 0, "pear/box/X1", BACK, None)
    assert answer.item.found is Found.EXACT
    expected = {"orchard/GY1", "orchard/GY2", "lot/PC1", "lot/PC2"}
    expected |= {"lot/HB1", "lot/FJ1", "box/X1"}
    assert things(answer) == expected
    ends = [traced(answer).versions[each].thing for each in traced(answer).ends]
    assert ends == ["pear/orchard/GY1", "pear/orchard/GY2"]


def test_an_orchard_is_traced_forward_to_what_was_sold() -> None:
    answer = trace_item(case_reader(), 0, "orchard/GY2", FORWARD, None)
    assert answer.item.found is Found.ENDING
    assert {"box/X1", "box/X2", "shipment/YS1", "sale/XS1"} <= things(answer)
    assert "orchard/GY1" not in things(answer)


def test_the_same_trace_from_a_case_file_and_from_memory() -> None:
    lineage = Lineage()
    records = MemoryRecords(lineage.add(each) for each in pear_story().contents)
    for direction in Direction:
        expected = trace(records.graph(), records, "pear/lot/PC2", direction)
        found = trace_item(case_reader(), 0, "pear/lot/PC2", direction, None)
        assert to_json(traced(found)) == to_json(expected)


def test_a_ledger_beside_another_keeps_its_own_things() -> None:
    reader = case_reader(ledgers=2)
    assert trace_item(reader, 0, "box/X1", BACK, None).item.found is Found.UNKNOWN
    assert trace_item(reader, 1, "box/X1", BACK, None).item.found is Found.ENDING


def test_an_unknown_item_is_not_traced_and_similar_ones_are_named() -> None:
    answer = trace_item(case_reader(), 0, "X", BACK, ledger_report())
    assert answer.item.found is Found.UNKNOWN
    assert answer.trace is Absent.NOT_IN_EXPORT
    assert answer.evidence == {}
    assert "pear/box/X1" in answer.item.candidates
    assert trace_json(answer) is None


@pytest.mark.parametrize("text", ["%", "_", "box\\X1", "box/X_", "\ud800x", ""])
def test_wildcards_and_strange_text_name_nothing(text: str) -> None:
    answer = trace_item(case_reader(), 0, text, BACK, None)
    assert answer.item.found is Found.UNKNOWN
    assert answer.item.candidates == ()


def test_a_fact_about_goods_is_never_above_signed_however_firm_the_records() -> None:
    found = traced(trace_item(case_reader(), 0, "box/X1", BACK, None))
    assert found.link is LinkGrade.ENFORCED
    assert found.fact is FactGrade.SIGNED
    assert grade_counts(found.hops)[FactGrade.ENFORCED] == 0


def test_a_chain_carries_its_weakest_grade() -> None:
    story = Story()
    story.tx("Harvest", (), ("lot/A",))
    story.tx("Pack", ("lot/A",), ("box/B",), verified=False)
    story.tx("Sell", ("box/B",), ("sale/C",))
    found = traced(trace_item(case_reader(story), 0, "sale/C", BACK, None))
    assert found.fact is FactGrade.STATED
    assert [each.fact for each in found.hops] == [FactGrade.STATED, FactGrade.SIGNED]
    counts = grade_counts(found.hops)
    assert (counts[FactGrade.STATED], counts[FactGrade.INFERRED]) == (1, 0)


def test_every_rung_of_a_whole_ledger_passes_and_only_the_anchor_is_green() -> None:
    found = rungs(6, ledger_report(anchored=True, anchored_to=15))
    assert list(found) == list(RungKind)
    assert {each.outcome for each in found.values()} == {Outcome.PASSED}
    assert [each.kind for each in found.values() if each.is_anchor] == [RungKind.ANCHOR]
    assert found[RungKind.ENTRY].value == "tx6"
    assert found[RungKind.BLOCK].value == BLOCK_HASH[6].hex()
    assert found[RungKind.SIGNATURE].value == AGENT


def test_without_anchors_the_upper_rungs_are_open() -> None:
    found = rungs(6, ledger_report())
    assert found[RungKind.SIGNATURE].outcome is Outcome.PASSED
    assert found[RungKind.SIGNER].code == "signer-not-named"
    assert found[RungKind.ANCHOR].code == "not-tied"
    assert found[RungKind.ANCHOR].outcome is Outcome.INCONCLUSIVE
    assert not found[RungKind.ANCHOR].is_anchor


def test_a_block_above_the_anchor_is_not_tied() -> None:
    report = ledger_report(anchored=True, anchored_to=6)
    assert rungs(6, report)[RungKind.ANCHOR].code == "tied-to-history"
    assert rungs(7, report)[RungKind.ANCHOR].code == "not-tied"


@pytest.mark.parametrize(
    ("kind", "rung", "code"),
    [
        (Kind.HASH, RungKind.BLOCK, "block-hash-differs"),
        (Kind.TREE, RungKind.BLOCK, "block-hash-differs"),
        (Kind.LINK, RungKind.LINK, "links-differ"),
        (Kind.SIGNATURE, RungKind.RULES, "rules-not-met"),
        (Kind.IDENTITY, RungKind.RULES, "rules-not-met"),
        (Kind.REPLAY, RungKind.RULES, "rules-not-met"),
    ],
)
def test_a_failed_check_fails_its_rung_and_cuts_the_anchor(
    kind: Kind, rung: RungKind, code: str
) -> None:
    report = ledger_report(anchored=True, anchored_to=15)
    found = rungs(6, report, (kind, 6, None))
    assert found[rung].outcome is Outcome.FAILED
    assert found[rung].code == code
    assert found[RungKind.ANCHOR].code == "not-tied"


@pytest.mark.parametrize(
    ("kind", "rung", "code"),
    [
        (Kind.HASH, RungKind.BLOCK, "block-hash-differs"),
        (Kind.SIGNATURE, RungKind.SIGNATURE, "author-signature-differs"),
        (Kind.IDENTITY, RungKind.SIGNER, "signer-differs"),
        (Kind.QUORUM, RungKind.RULES, "rules-not-met"),
    ],
)
def test_a_failure_of_the_entry_itself_fails_its_rung(
    kind: Kind, rung: RungKind, code: str
) -> None:
    found = rungs(6, ledger_report(anchored=True), (kind, 6, 0))
    assert (found[rung].outcome, found[rung].code) == (Outcome.FAILED, code)


def test_a_number_that_repeats_says_nothing_about_links() -> None:
    found = rungs(6, ledger_report(), (Kind.NUMBER, 6, 0), (Kind.NUMBER, 7, None))
    assert found[RungKind.LINK].code == "links-agree"


def test_a_link_that_breaks_behind_the_block_fails_its_rung_too() -> None:
    found = rungs(6, ledger_report(), (Kind.LINK, 7, None))
    assert found[RungKind.LINK].code == "links-differ"
    assert found[RungKind.BLOCK].code == "block-hash-equal"
    assert rungs(5, ledger_report(), (Kind.LINK, 7, None)) == rungs(5, ledger_report())


def test_a_finding_on_another_entry_of_the_block_says_nothing_here() -> None:
    found = rungs(6, ledger_report(), (Kind.HASH, 6, 1), (Kind.SIGNATURE, 6, 1))
    assert found[RungKind.BLOCK].code == "block-hash-equal"
    assert found[RungKind.SIGNATURE].code == "author-signed"


def test_a_check_that_did_not_answer_for_every_block_passes_nothing() -> None:
    report = ledger_report(checks=(check_row(Kind.HASH, 15), check_row(Kind.LINK, 3)))
    found = rungs(6, report)
    for rung in (RungKind.BLOCK, RungKind.LINK):
        assert found[rung].code == "no-such-check"
        assert found[rung].outcome is Outcome.NOT_APPLICABLE
    assert RungKind.RULES not in found


def test_an_inconclusive_check_leaves_its_rung_open() -> None:
    doubt = finding(Kind.HASH, 6, None, Outcome.INCONCLUSIVE, "unsupported")
    reader = case_reader(findings=[doubt])
    answer = trace_item(reader, 0, "box/X1", BACK, ledger_report())
    found = {each.kind: each for each in answer.evidence[6, 0]}
    assert found[RungKind.BLOCK].outcome is Outcome.INCONCLUSIVE
    assert found[RungKind.BLOCK].code == "block-hash-open"


def test_while_checking_nothing_is_said_to_hold() -> None:
    found = rungs(6, None)
    assert found.pop(RungKind.ENTRY).code == "entry-recorded"
    assert {each.code for each in found.values()} == {"not-checked-yet"}


def test_a_refused_attempt_is_never_recorded_as_a_fact() -> None:
    answer = trace_item(case_reader(), 0, "box/X1", BACK, ledger_report())
    attempt = answer.evidence[12, 0]
    assert attempt[0].code == "entry-refused"
    assert attempt[0].outcome is Outcome.NOT_APPLICABLE
    assert RungKind.RULES not in {each.kind for each in attempt}


def test_an_unverified_author_leaves_signature_and_signer_open() -> None:
    story = Story()
    story.tx("Harvest", (), ("lot/A",))
    story.tx("Pack", ("lot/A",), ("box/B",), verified=False)
    report = ledger_report(anchored=True)
    answer = trace_item(case_reader(story), 0, "box/B", BACK, report)
    found = {each.kind: each for each in answer.evidence[2, 0]}
    assert found[RungKind.SIGNATURE].code == "author-not-verified"
    assert found[RungKind.SIGNER].code == "signer-unknown"


def test_a_version_whose_entry_is_missing_has_one_open_rung() -> None:
    story = Story()
    story.block = 4
    story.tx("Pack", ("lot/A",), ("box/B",), at={"lot/A": (90, 2)})
    story.tx("Pack", ("lot/A",), ("box/B",), at={"lot/A": (3, 2)})
    answer = trace_item(case_reader(story), 0, "box/B", BACK, ledger_report())
    (only,) = answer.evidence[3, 2]
    assert only.code == "entry-not-in-evidence"
    assert only.outcome is Outcome.INCONCLUSIVE


def test_json_carries_the_ladder_of_each_hop() -> None:
    answer = trace_item(case_reader(), 0, "box/X1", BACK, ledger_report())
    document = trace_json(answer)
    assert document is not None
    merge = next(each for each in document["hops"] if each["block"] == 6)
    assert merge["evidence"][0] == {
        "rung": "entry",
        "outcome": "passed",
        "code": "entry-recorded",
        "sentence": SENTENCES["entry-recorded"],
        "value": "tx6",
        "anchored": False,
    }
    assert document["attempts"][0]["evidence"]


def test_choices_offer_what_is_typed_and_count_kinds() -> None:
    tracer = Tracer(case_reader(), 0)
    found = tracer.choices("x1")
    assert [each.thing for each in found.found] == ["pear/box/X1"]
    assert found.found[0].kind == "box"
    assert dict(found.kinds)["lot"] == 7
    assert tracer.choices("").found[0].thing == "pear/box/X1"
    assert tracer.choices("50%").found == ()


def test_values_are_what_was_recorded() -> None:
    tracer = Tracer(case_reader(), 0)
    found = traced(tracer.trace("lot/HB1", BACK, None))
    assert tracer.values(found.starts) == {found.starts[0]: b"Recall lot/HB1"}


def test_neighbours_are_counted_before_they_are_added() -> None:
    tracer = Tracer(case_reader(), 0)
    found = tracer.neighbours("pear/lot/HB1", "", 50)
    names = {(each.thing.removeprefix("pear/"), each.is_source) for each in found.found}
    assert names == {
        ("lot/PC1", True),
        ("lot/PC2", True),
        ("lot/FJ1", False),
        ("lot/FJ2", False),
        ("recall/ZH1", False),
    }
    assert (found.total, found.matching) == (5, 5)
    some = tracer.neighbours("pear/lot/HB1", "fj", 1)
    assert (some.total, some.matching, len(some.found)) == (5, 2, 1)
    assert some.found[0].step.block == 7
    assert isinstance(some.found[0].act, Act)
    assert some.found[0].act.what == "Split"
    assert tracer.neighbours("pear/lot/none", "", 50).total == 0
