"""Counting answers: passed ones become numbers, the others findings."""

from collections.abc import Iterable, Mapping, Sequence

from explorer.checks.reasons import SENTENCES
from explorer.core.errors import ExplorerError
from explorer.model.blocks import Entry, Unreadable
from explorer.model.checks import (
    CheckResult,
    CheckSpec,
    Outcome,
    Severity,
)
from explorer.model.evidence import Evidence
from explorer.model.verdicts import CheckRow, Finding, Place

_SEVERITIES = {
    Outcome.FAILED: Severity.ERROR,
    Outcome.BROKEN: Severity.ERROR,
    Outcome.INCONCLUSIVE: Severity.WARNING,
    Outcome.NOT_APPLICABLE: Severity.NOTE,
    Outcome.PASSED: Severity.NOTE,
}
_RANK = (
    Outcome.PASSED,
    Outcome.NOT_APPLICABLE,
    Outcome.INCONCLUSIVE,
    Outcome.BROKEN,
    Outcome.FAILED,
)


MAX_FINDINGS_KEPT = 50_000
"""Findings kept of one ledger; a file made of faults would fill the memory else."""


class Tallies:
    """The answers of one ledger's checks so far."""

    def __init__(self, specs: Sequence[CheckSpec], evidence: Evidence) -> None:
        """Count for the checks in ``specs`` and no others."""
        self.rows = {spec.id: CheckRow(spec) for spec in specs}
        self.findings: list[Finding] = []
        self.findings_total = 0
        """All findings, also those behind ``MAX_FINDINGS_KEPT``."""
        self._evidence = evidence

    def add_passed(self, passed: Iterable[tuple[str, int]]) -> None:
        """Count passed answers: (check id, how many)."""
        for check, times in passed:
            if times == 0:
                continue
            counts = self._row(check).counts
            counts[Outcome.PASSED] = counts.get(Outcome.PASSED, 0) + times

    def add_results(
        self, results: Iterable[CheckResult], entries: Sequence[Entry] = ()
    ) -> None:
        """Count other answers; keep each that somebody should see as a finding.

        ``entries`` are searched for the ids of entries that results speak of.
        """
        ids: Mapping[tuple[int, int], str] | None = None
        for result in results:
            if result.outcome is Outcome.PASSED:
                self.add_passed([(result.check, 1)])
                continue
            if ids is None:
                ids = {(each.block, each.position): each.id for each in entries}
            self._count(result)
            if result.outcome is not Outcome.NOT_APPLICABLE:
                self.findings_total += 1
                if len(self.findings) >= MAX_FINDINGS_KEPT:
                    continue
                entry_id = ids.get((result.block, result.entry))
                self.findings.append(self._finding(result, entry_id))

    def add_damage(self, damage: Iterable[Unreadable]) -> None:
        """Count unreadable parts as failures of their framing check."""
        for each in damage:
            result = CheckResult(
                each.check,
                Outcome.FAILED,
                each.reason,
                each.block,
                each.entry,
                spans=(each.span,),
                detail=each.detail,
            )
            self.add_results([result])

    def _row(self, check: str) -> CheckRow:
        row = self.rows.get(check)
        if row is None:
            raise ExplorerError(f"check {check} is not in the list of its family")
        return row

    def _count(self, result: CheckResult) -> None:
        row = self._row(result.check)
        row.reasons[result.reason] = row.reasons.get(result.reason, 0) + 1
        if is_premise_failure(result):
            row.premises_not_met += 1
        else:
            row.counts[result.outcome] = row.counts.get(result.outcome, 0) + 1
            row.open_decisive += result.decisive and (
                result.outcome is Outcome.INCONCLUSIVE
            )

    def _finding(self, result: CheckResult, entry_id: str | None) -> Finding:
        spec = self._row(result.check).spec
        outcome = shown_outcome(result)
        sources = self._evidence.sources
        return Finding(
            result.check,
            spec.kind,
            outcome,
            _SEVERITIES[outcome],
            result.reason,
            result.block if result.block >= 0 else None,
            result.entry if result.entry >= 0 else None,
            entry_id,
            sentence_of(spec, result.reason),
            result.expected,
            result.computed,
            result.detail,
            tuple(
                Place(sources[span.source].path, span.start, span.end)
                for span in result.spans
                if 0 <= span.source < len(sources)
            ),
        )


def is_premise_failure(result: CheckResult) -> bool:
    """Return whether a premise did not hold, which alone is no fault of the ledger."""
    return not result.decisive and result.outcome is Outcome.FAILED


def shown_outcome(result: CheckResult) -> Outcome:
    """Return the outcome as people see it: a failed premise is not applicable."""
    if is_premise_failure(result):
        return Outcome.NOT_APPLICABLE
    return result.outcome


def sentence_of(spec: CheckSpec, reason: str) -> str:
    """Return the sentence of a reason: the check's own, else the shared one."""
    for each in spec.reasons:
        if each.code == reason:
            return each.sentence
    return SENTENCES.get(reason, reason)


def worst_by_block(results: Iterable[CheckResult]) -> dict[int, int]:
    """Return the worst shown outcome for each height that results speak of."""
    worst: dict[int, int] = {}
    for result in results:
        outcome = shown_outcome(result)
        known = Outcome(worst.get(result.block, Outcome.PASSED))
        if _RANK.index(outcome) > _RANK.index(known):
            worst[result.block] = int(outcome)
    return worst
