"""The open case: what is known of it so far, and what is selected in it.

All pages share one ``CaseModel``. Values that come from the engine are immutable; rows,
details, search and traces are asked of the query thread (``CaseModel.query``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.core.spans import ByteSpan
from explorer.gui.messages import Covered, Failure, Progress
from explorer.gui.tasks import QueryService
from explorer.model.verdicts import EvidenceReport, Finding, LedgerReport

if (
    TYPE_CHECKING
):  # loads the cryptography library, which the first paint can do without
    from explorer.session.options import VerifyOptions


class Phase(StrEnum):
    """What is going on with the case."""

    EMPTY = "empty"
    """No evidence is open."""
    CHECKING = "checking"
    """The engine is at work; rows read so far can be looked at."""
    DONE = "done"
    """``CaseModel.report`` holds the result."""
    STOPPED = "stopped"
    """The user stopped it; what was read can be looked at, there is no verdict."""
    BROKEN = "broken"
    """Our own defect or the end of the engine; ``CaseModel.failure`` says it."""


class PageName(StrEnum):
    """The pages of the window."""

    START = "start"
    OVERVIEW = "overview"
    INSPECT = "inspect"
    FINDINGS = "findings"
    PROVENANCE = "provenance"
    CLAIM = "claim"
    SIGNERS = "signers"
    TEACH = "teach"


@dataclass(frozen=True, slots=True)
class Selection:
    """Nothing is selected unless it is said; ``None`` means not chosen."""

    ledger: int = 0
    height: int | None = None
    entry: int | None = None
    """Position in the block; ``None`` for the block itself."""
    span: ByteSpan | None = None
    """Bytes within the evidence, such as a field's or a finding's."""
    item: str = ""
    """Identifier of a traced thing, such as ``pear/box/X00012``."""
    rule: str = ""
    """Id of a rule that records do not fit, for the page of findings."""
    explain: bool = False
    """The user asks how the hash there is computed (Inspect opens its panel)."""

    def explained(self) -> "Selection":
        """Return the same place with the question how its hash is computed."""
        return replace(self, explain=True)


Place = Selection
"""A place in the evidence; the same value says what is selected."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page together with the place it shows: one step of the history."""

    page: PageName
    place: Place = field(default_factory=Place)

    def within(self, ledger: int) -> "Visit":
        """Return the same visit to another ledger of the evidence."""
        return replace(self, place=replace(self.place, ledger=ledger))


class CaseModel(QObject):
    """The open case, its state and its selection; lives in the window's thread."""

    phase_changed = Signal(object)
    """``Phase``; also emitted when another evidence is opened."""
    progress_changed = Signal(object)
    """``tasks.Progress``, at most ten times a second."""
    report_changed = Signal(object)
    """``EvidenceReport``, complete; or ``None`` when a verification began."""
    rows_changed = Signal()
    """The case file holds more rows than before, or is another one."""
    words_indexed = Signal()
    """Search by words works from now on; ids, hashes and heights worked before."""
    coverage_changed = Signal()
    """``coverage`` is known, or no longer."""
    ledger_changed = Signal(object)
    """Number of the ledger that the pages show."""
    selection_changed = Signal(object)
    """``Selection``."""

    def __init__(self, query: QueryService, parent: QObject | None = None) -> None:
        """Ask for rows through ``query``."""
        super().__init__(parent)
        self.query = query
        self.phase = Phase.EMPTY
        self.paths: tuple[Path, ...] = ()
        self.options: VerifyOptions | None = None
        self.progress: Progress | None = None
        self.report: EvidenceReport | None = None
        self.failure: Failure | None = None
        self.coverage: Covered | None = None
        self.has_words = False
        self._ledger = 0
        self._selection = Selection()

    @property
    def ledger(self) -> int:
        """Return the number of the ledger that the pages show."""
        return self._ledger

    @property
    def selection(self) -> Selection:
        """Return what is selected."""
        return self._selection

    def ledger_report(self) -> LedgerReport | None:
        """Return the report of the ledger shown, once there is one."""
        if self.report is None or self._ledger >= len(self.report.ledgers):
            return None
        return self.report.ledgers[self._ledger]

    def findings(self) -> Sequence[Finding]:
        """Return the findings of the ledger shown, or those known so far."""
        ledger = self.ledger_report()
        if ledger is not None:
            return ledger.findings
        return self.progress.findings if self.progress is not None else ()

    def has_blocks(self) -> bool:
        """Return whether the ledger shown has blocks, or may still have some."""
        ledger = self.ledger_report()
        return ledger is None or ledger.blocks > 0 or not ledger.entries

    def check_titles(self) -> dict[str, str]:
        """Return the title of each check of the ledger shown, by its id."""
        ledger = self.ledger_report()
        if ledger is not None:
            return {row.spec.id: row.spec.title for row in ledger.checks}
        checks = self.progress.checks if self.progress is not None else ()
        return {each.check: each.title for each in checks}

    def select(self, place: Place) -> None:
        """Select a place; a place of another ledger shows that ledger."""
        if place == self._selection:
            return
        self._selection = place
        self.show_ledger(place.ledger)
        self.selection_changed.emit(place)

    def show_ledger(self, number: int) -> None:
        """Show another ledger of the evidence."""
        if number == self._ledger:
            return
        self._ledger = number
        if self._selection.ledger != number:
            self._selection = Selection(number)
            self.selection_changed.emit(self._selection)
        self.ledger_changed.emit(number)

    def begin(self, paths: tuple[Path, ...], options: "VerifyOptions") -> None:
        """Start over: this evidence is being verified now."""
        is_same = paths == self.paths
        self.paths, self.options = paths, options
        self.report, self.progress, self.failure = None, None, None
        self.coverage = None
        self.has_words = False
        if not is_same:
            self._ledger = 0
            self._selection = Selection()
            self.selection_changed.emit(self._selection)
        self._enter(Phase.CHECKING)
        self.report_changed.emit(None)
        self.rows_changed.emit()

    def advance(self, progress: Progress) -> None:
        """Take news of the verification."""
        self.progress = progress
        self.progress_changed.emit(progress)
        self.rows_changed.emit()

    def conclude(self, report: EvidenceReport) -> None:
        """Take the result."""
        self.report = report
        self._enter(Phase.DONE)
        self.report_changed.emit(report)
        self.rows_changed.emit()

    def stop(self) -> None:
        """Note that the user stopped the verification."""
        if self.phase is not Phase.CHECKING:
            return
        self._enter(Phase.STOPPED)
        self.rows_changed.emit()

    def fail(self, failure: Failure) -> None:
        """Note that the engine could not do its work."""
        self.failure = failure
        self._enter(Phase.BROKEN)

    def close(self) -> None:
        """Forget everything."""
        self.paths, self.options = (), None
        self.report, self.progress, self.failure = None, None, None
        self.coverage = None
        self.has_words = False
        self._ledger = 0
        self._selection = Selection()
        self._enter(Phase.EMPTY)
        self.report_changed.emit(None)
        self.rows_changed.emit()

    def note_coverage(self, coverage: Covered) -> None:
        """Take which bytes are protected by what."""
        self.coverage = coverage
        self.coverage_changed.emit()

    def note_words(self) -> None:
        """Note that the word index is there."""
        self.has_words = True
        self.words_indexed.emit()

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.phase_changed.emit(phase)
