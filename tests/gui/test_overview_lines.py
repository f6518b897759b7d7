"""The lines of the overview's cards: order, counts, nothing left out."""

from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from explorer.gui.messages import CheckCount, Progress
from explorer.gui.viewmodels.case import PageName, Place, Visit
from explorer.gui.viewmodels.overview import (
    anchor_lines,
    answers_total,
    check_lines,
    check_lines_so_far,
    not_checked_lines,
    origin_text,
    signer_lines,
    tie_sentence,
    worth_reading_lines,
)
from explorer.model.checks import Outcome, Severity
from explorer.model.ledgers import Remark
from explorer.model.verdicts import AnchoredRange, AnchorUse, Inconsistency, Verdict
from tests.gui.made_up import HASH, HOSTILE, failed_ledger, ledger, party, report

pytestmark = pytest.mark.gui


def test_failed_checks_come_first_with_all_four_counts(qtbot: QtBot) -> None:
    del qtbot
    lines = check_lines(failed_ledger())
    assert [(each.check, each.outcome) for each in lines] == [
        ("made.hash", Outcome.FAILED),
        ("made.link", Outcome.PASSED),
    ]
    assert (lines[0].passed, lines[0].failed) == (69, 1)
    assert lines[1].not_applicable == 1
    assert answers_total(lines) == 140


def test_checks_so_far_have_the_same_order() -> None:
    counts = (
        CheckCount("a", "A", 3, 0, 0, 0),
        CheckCount("b", "B", 1, 0, 2, 0),
        CheckCount("c", "C", 0, 4, 0, 0),
        CheckCount("d", "D", 0, 0, 0, 5),
    )
    lines = check_lines_so_far(Progress(1, 1, 2, 0.1, counts))
    assert [each.check for each in lines] == ["c", "b", "a", "d"]
    assert lines[-1].outcome is Outcome.NOT_APPLICABLE


def test_why_the_verdict_is_not_better_stands_before_what_was_not_checked() -> None:
    made = ledger(
        verdict_reasons=(Remark("check-open", "A check could not be done.", HASH.id),)
    )
    lines = not_checked_lines(made)
    assert [(each.mark, each.text, each.second) for each in lines] == [
        ("inconclusive", "A check could not be done.", HASH.title),
        ("not-applicable", "Whether the ledger ends here.", "block 69"),
    ]


def test_history_anchors_are_green_identity_anchors_never() -> None:
    made = ledger(
        anchors=(
            AnchorUse("identity", "Org1 CA", "from-party", "a", agrees=True),
            AnchorUse("history", "block 69", "published", "b", agrees=True),
            AnchorUse("history", "block 5", "published", "b", agrees=False),
        )
    )
    lines = anchor_lines(made)
    assert [each.mark for each in lines] == ["anchored", "inconclusive", "attributed"]
    assert lines[0].second == "published"


def test_an_origin_that_is_not_stated_is_said_so() -> None:
    assert origin_text("unstated") == "origin not stated"
    assert origin_text("inside-evidence") == "found inside the evidence"


def test_signers_are_grouped_by_organisation() -> None:
    made = ledger(parties=(party(1), party(1, anchored=True), party(2)))
    lines = signer_lines(made)
    assert [(each.text, each.mark, each.second) for each in lines] == [
        ("Org1", "attributed", "2 keys or certificates"),
        ("Org2", "apart", "02020202…0202"),
    ]


def test_findings_come_before_inconsistencies_and_refusals() -> None:
    odd = Inconsistency(
        "mass-balance", Severity.WARNING, "Out of nothing.", "f", (), ()
    )
    made = report(replace(failed_ledger(), inconsistencies=(odd,)))
    lines = worth_reading_lines(made, made.ledgers[0])
    assert [each.mark for each in lines] == [
        "failed",
        "failed",
        "inconclusive",
        "not-applicable",
        "inconsistent",
        "not-applicable",
    ]
    assert lines[4].visit == Visit(PageName.FINDINGS, Place(rule="mass-balance"))
    assert lines[0].second == "block 20 · Declared hashes match"
    assert lines[3].text == "1 thing is good to know"
    assert lines[-1].text == "9 entries refused by the network"
    visit = lines[0].visit
    assert visit is not None
    assert (visit.page, visit.place.height) == (PageName.FINDINGS, 20)


def test_a_file_that_changed_meanwhile_comes_first() -> None:
    made = report(failed_ledger())
    changed = replace(made.sources[0], unchanged=False)
    lines = worth_reading_lines(replace(made, sources=(changed,)), made.ledgers[0])
    assert lines[0].text == "This file changed while it was read."
    assert lines[0].second == "/evidence/blockfile"


def test_many_signers_and_anchors_are_counted() -> None:
    many = ledger(
        parties=tuple(party(number) for number in range(9)),
        anchors=tuple(
            AnchorUse("identity", f"CA {n}", "published", "", agrees=True)
            for n in range(20)
        ),
    )
    assert signer_lines(many)[-1].text == "3 more sign"
    assert anchor_lines(many)[-1].text == "8 more anchors"


def test_text_of_the_ledger_is_made_visible() -> None:
    made = ledger(
        parties=(replace(party(1), organisation=HOSTILE),),
        not_checked=(Remark("x", "Whether.", HOSTILE),),
    )
    texts = [
        each.text + each.second
        for each in (*signer_lines(made), *not_checked_lines(made))
    ]
    assert all("\u202e" not in text and "\u0007" not in text for text in texts)
    assert all("<U+202E>" in text for text in texts)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "You have chosen nothing outside this file to tie it to."),
        (
            {"anchors": (AnchorUse("identity", "CA", "", "", agrees=True),)},
            "What you chose does not cover all of it.",
        ),
        ({"attributed": True}, "The signatures that count are by parties you named."),
        (
            {
                "verdict": Verdict.ANCHORED,
                "anchored_to": AnchoredRange(1234, "ab", "printed", "published"),
            },
            "Tied to what existed outside it, up to block 1\u202f234.",
        ),
    ],
)
def test_what_ties_it_is_one_sentence(changes: dict[str, Any], expected: str) -> None:
    assert tie_sentence(ledger(**changes)) == expected
