"""What the verdict band says about the case as it stands: numbers and our sentences."""

from collections import Counter

from explorer.core.absent import Absent
from explorer.crypto.trust import AnchorOrigin
from explorer.gui.canvases.band_states import (
    AnchorTally,
    BandState,
    CheckingShown,
    Figure,
    StoppedShown,
    VerdictShown,
    is_short_id,
)
from explorer.gui.messages import Progress
from explorer.gui.translations import current_language, translate
from explorer.gui.viewmodels.case import CaseModel, Phase
from explorer.gui.viewmodels.wording import units_word
from explorer.model.verdicts import AnchorUse, EvidenceReport, LedgerReport
from explorer.reports.words import evidence_words, ledger_words


def band_state(case: CaseModel) -> BandState | None:
    """Return the state of the band; nothing when there is no evidence or we broke."""
    match case.phase:
        case Phase.CHECKING:
            return _checking(case.progress)
        case Phase.STOPPED:
            return _stopped(case.progress)
        case Phase.DONE if case.report is not None:
            ledger = case.ledger_report()
            return _unread(case.report) if ledger is None else _settled(case, ledger)
        case _:
            return None


def _checking(progress: Progress | None) -> CheckingShown:
    if progress is None:
        return CheckingShown(0, 0, 0, Absent.NOT_IN_EXPORT, 0, 0)
    remaining = progress.remaining_s()
    return CheckingShown(
        progress.done_bytes,
        progress.total_bytes,
        round(progress.bytes_per_second()),
        Absent.NOT_IN_EXPORT if remaining is None else round(remaining),
        progress.failed,
        sum(
            each.passed + each.failed + each.open + each.not_applicable
            for each in progress.checks
        ),
    )


def _stopped(progress: Progress | None) -> StoppedShown:
    if progress is None:
        return StoppedShown(0, 0, 0)
    return StoppedShown(progress.done_bytes, progress.total_bytes, progress.failed)


def _unread(report: EvidenceReport) -> VerdictShown:
    return VerdictShown(report.verdict, evidence_words(report, current_language()))


def _settled(case: CaseModel, ledger: LedgerReport) -> VerdictShown:
    figures = [
        Figure(ledger.entries, units_word(ledger.entry_unit)),
        Figure(ledger.signatures, translate("Overview", "signatures")),
        Figure(ledger.failed_checks(), translate("Overview", "failed checks")),
    ]
    if ledger.blocks or not ledger.entries:
        figures.insert(0, Figure(ledger.blocks, translate("Overview", "blocks")))
    several = case.report is not None and len(case.report.ledgers) > 1
    subject = ledger.title if several and is_short_id(ledger.title) else ""
    return VerdictShown(
        ledger.verdict,
        ledger_words(ledger, current_language()),
        tuple(figures),
        _tallies(ledger.anchors),
        subject=subject,
    )


def _tallies(anchors: tuple[AnchorUse, ...]) -> tuple[AnchorTally, ...]:
    counts = Counter((each.kind == "history", each.origin) for each in anchors)
    return tuple(
        AnchorTally(is_history, AnchorOrigin(origin), count)
        for (is_history, origin), count in counts.items()
    )
