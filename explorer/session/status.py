"""The exit status of the command line."""

from collections.abc import Sequence

from explorer.model.verdicts import EvidenceReport, Verdict


def exit_status(reports: Sequence[EvidenceReport], required: Sequence[str]) -> int:
    """Return 1 if anything failed, else 3 unreadable, else 2 indeterminate, else 0.

    ``required`` holds ``attributed`` and ``anchored``, each at most once; one that a
    ledger does not meet counts as indeterminate.
    """
    verdicts = {
        verdict
        for report in reports
        for verdict in (report.verdict, *(each.verdict for each in report.ledgers))
    }
    if Verdict.FAILED in verdicts:
        return 1
    if Verdict.UNREADABLE in verdicts:
        return 3
    met = all(_meets(report, required) for report in reports)
    return 0 if met and Verdict.INDETERMINATE not in verdicts else 2


def _meets(report: EvidenceReport, required: Sequence[str]) -> bool:
    if not required:
        return True
    return bool(report.ledgers) and all(
        ("attributed" not in required or each.attributed)
        and ("anchored" not in required or each.verdict is Verdict.ANCHORED)
        for each in report.ledgers
    )
