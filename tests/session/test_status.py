"""Exit status: 1 failed, 3 unreadable, 2 indeterminate or not met, 0 otherwise."""

from dataclasses import replace

import pytest

from explorer.core.absent import Absent
from explorer.model.verdicts import EvidenceReport, LedgerReport, Verdict
from explorer.session.status import exit_status

LEDGER = LedgerReport(
    format="t",
    title="t",
    entry_unit="record",
    verdict=Verdict.CONSISTENT,
    anchors=(),
    attributed=False,
    anchored_to=None,
    blocks=1,
    entries=0,
    refused=0,
    signatures=0,
    first=0,
    last=0,
    last_hash="",
    first_time_us=Absent.NOT_IN_EXPORT,
    last_time_us=Absent.NOT_IN_EXPORT,
    checks=(),
    findings=(),
    not_checked=(),
    parties=(),
    uncovered=(),
    is_fictional=False,
    export_hint="",
)


def report(verdict: Verdict, *, attributed: bool = False) -> EvidenceReport:
    ledger = replace(LEDGER, verdict=verdict, attributed=attributed)
    ledgers = () if verdict is Verdict.UNREADABLE else (ledger,)
    return EvidenceReport("p", verdict, ledgers, ())


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ([Verdict.CONSISTENT], 0),
        ([Verdict.ANCHORED, Verdict.INDETERMINATE], 2),
        ([Verdict.INDETERMINATE, Verdict.UNREADABLE], 3),
        ([Verdict.UNREADABLE, Verdict.FAILED], 1),
    ],
)
def test_the_worst_counts(verdicts: list[Verdict], status: int) -> None:
    assert exit_status([report(each) for each in verdicts], []) == status


def test_a_demand_that_is_not_met_is_indeterminate() -> None:
    attributed = report(Verdict.ATTRIBUTED, attributed=True)
    anchored = report(Verdict.ANCHORED)
    both = report(Verdict.ANCHORED, attributed=True)
    assert exit_status([attributed], ["attributed"]) == 0
    assert exit_status([attributed], ["anchored"]) == 2
    assert exit_status([anchored], ["anchored"]) == 0
    assert exit_status([anchored], ["anchored", "attributed"]) == 2
    assert exit_status([both], ["anchored", "attributed"]) == 0
