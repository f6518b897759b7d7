"""Opens evidence, judges again, stops: ties engine, query thread and case together."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.gui.case_source import CaseSource
from explorer.gui.messages import Failure, Progress, VerifyOrder
from explorer.gui.tasks import EngineService, QueryService
from explorer.gui.viewmodels.case import CaseModel, Phase
from explorer.model.verdicts import EvidenceReport

if (
    TYPE_CHECKING
):  # loads the cryptography library, which the first paint can do without
    from explorer.session.options import VerifyOptions


class CaseControl(QObject):
    """The one place that starts and ends verifications."""

    concluded = Signal(object)
    """``EvidenceReport``: a verification came to its end."""

    def __init__(
        self,
        engine: EngineService,
        query: QueryService,
        cases_folder: Path,
        parent: QObject | None = None,
    ) -> None:
        """Keep case files in ``cases_folder``."""
        super().__init__(parent)
        self.case = CaseModel(query, self)
        self._engine = engine
        self._query = query
        self._folder = cases_folder
        engine.case_opened.connect(self._show_rows)
        engine.progressed.connect(self._advance)
        engine.verified.connect(self._conclude)
        engine.words_indexed.connect(self.case.note_words)
        engine.covered.connect(self.case.note_coverage)
        engine.stopped.connect(self.case.stop)
        engine.failed.connect(self._fail)

    def open(self, paths: Sequence[Path]) -> None:
        """Open evidence: all ``paths`` together are one."""
        from explorer.crypto.trust import TrustStore
        from explorer.session.options import VerifyOptions

        options = VerifyOptions(TrustStore(), keep_statements=True)
        self._verify(tuple(path.absolute() for path in paths), options)

    def judge_again(self, options: "VerifyOptions | None" = None) -> None:
        """Verify the open evidence anew, with other trust if ``options`` are given."""
        if self.case.paths and self.case.options is not None:
            self._verify(self.case.paths, options or self.case.options)

    def stop(self) -> None:
        """Stop the verification; what was read stays."""
        self._engine.cancel()

    def close(self) -> None:
        """Close the evidence."""
        self._engine.cancel()
        self._query.close_case()
        self.case.close()

    def _verify(self, paths: tuple[Path, ...], options: "VerifyOptions") -> None:
        self._query.close_case()
        self.case.begin(paths, options)
        self._engine.verify(
            lambda number: VerifyOrder(number, paths, options, self._folder)
        )

    def _show_rows(self, case_file: Path) -> None:
        options = self.case.options
        if options is None:
            return
        self._query.open_case(
            CaseSource(
                case_file,
                self.case.paths,
                options.trust,
                options.format,
                options.profiles,
            )
        )
        self.case.rows_changed.emit()

    def _advance(self, progress: Progress) -> None:
        if self.case.phase is Phase.CHECKING:
            self.case.advance(progress)

    def _conclude(self, report: EvidenceReport) -> None:
        if self.case.phase is Phase.CHECKING:
            self.case.conclude(report)
            self.concluded.emit(report)

    def _fail(self, failure: Failure) -> None:
        if self.case.phase is Phase.CHECKING:
            self.case.fail(failure)
