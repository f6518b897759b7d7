"""The verdict ladder, rung by rung."""

from dataclasses import replace

import pytest

from explorer.model.checks import CheckSpec, Kind, Outcome
from explorer.model.verdicts import CheckRow, Verdict
from explorer.session.judging import Ties, doubts, is_attributed, judge, worst

HASHES = CheckSpec("t.hash", Kind.HASH, "hashes agree", (), core=True)
EXTRA = CheckSpec("t.extra", Kind.SIGNATURE, "signatures hold", ())
NO_TIES = Ties(
    entries=0,
    blocks=5,
    has_identity_anchors=False,
    authorities_agree=0,
    uncovered=(),
    unattributed=0,
    is_fully_anchored=False,
)
SIGNED = Ties(
    entries=0,
    blocks=5,
    has_identity_anchors=True,
    authorities_agree=2,
    uncovered=(),
    unattributed=0,
    is_fully_anchored=False,
)


def row(spec: CheckSpec, *, open_decisive: int = 0, **counts: int) -> CheckRow:
    found = {Outcome[name.upper()]: number for name, number in counts.items()}
    return CheckRow(spec, found, open_decisive=open_decisive)


def test_one_decisive_failure_fails() -> None:
    rows = [row(HASHES, passed=10, failed=1)]
    assert judge(rows, SIGNED) is Verdict.FAILED


def test_failures_without_any_block_are_unreadable() -> None:
    assert (
        judge([row(HASHES, failed=1)], replace(NO_TIES, blocks=0)) is Verdict.UNREADABLE
    )


@pytest.mark.parametrize("blocks", [0, 5])
def test_nothing_checked_is_never_consistent(blocks: int) -> None:
    ties = replace(NO_TIES, blocks=blocks)
    assert judge([], ties) is Verdict.INDETERMINATE
    rows = [row(EXTRA, passed=3)]
    assert judge(rows, ties) is Verdict.INDETERMINATE
    assert [each.code for each in doubts(rows)] == ["no-core-check"]


def test_a_broken_check_makes_it_indeterminate() -> None:
    rows = [row(HASHES, passed=3), row(EXTRA, broken=1)]
    assert judge(rows, SIGNED) is Verdict.INDETERMINATE
    assert doubts(rows)[0].detail == "t.extra"


def test_an_open_decisive_claim_makes_it_indeterminate_a_premise_does_not() -> None:
    held = row(HASHES, passed=3)
    opened = row(EXTRA, inconclusive=1, open_decisive=1)
    assert judge([held, opened], NO_TIES) is Verdict.INDETERMINATE
    premise = row(EXTRA, inconclusive=1)
    assert judge([held, premise], NO_TIES) is Verdict.CONSISTENT


def test_agreeing_with_itself_is_consistent() -> None:
    assert judge([row(HASHES, passed=1)], NO_TIES) is Verdict.CONSISTENT


def test_attributed_needs_every_block_and_every_organisation() -> None:
    rows = [row(HASHES, passed=1)]
    assert judge(rows, SIGNED) is Verdict.ATTRIBUTED
    for ties in (
        replace(SIGNED, uncovered=("RetailMSP",)),
        replace(SIGNED, unattributed=1),
        replace(SIGNED, authorities_agree=0),
        replace(SIGNED, has_identity_anchors=False),
    ):
        assert not is_attributed(ties)
        assert judge(rows, ties) is Verdict.CONSISTENT


def test_a_ledger_without_blocks_is_not_attributed() -> None:
    assert not is_attributed(replace(SIGNED, blocks=0))


def test_anchored_does_not_need_attribution() -> None:
    ties = replace(NO_TIES, is_fully_anchored=True)
    assert judge([row(HASHES, passed=1)], ties) is Verdict.ANCHORED
    assert not is_attributed(ties)


def test_the_worst_verdict_stands_for_all() -> None:
    assert worst([Verdict.ANCHORED, Verdict.CONSISTENT]) is Verdict.CONSISTENT
    assert worst([Verdict.UNREADABLE, Verdict.FAILED]) is Verdict.FAILED
    assert worst([]) is Verdict.UNREADABLE
