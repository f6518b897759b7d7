"""The line below the menus: what is open, search, and the verdict."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from explorer.gui.canvases.verdict_chip import VerdictChip
from explorer.gui.design.controls import Chip, ElidedLabel, Label, LineEdit
from explorer.gui.design.icons import Icon, IconView
from explorer.gui.design.painting import TextStyle
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_M, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, Phase
from explorer.gui.viewmodels.status import evidence_facts, evidence_name
from explorer.gui.views.status_line import Bar

BAR_HEIGHT = 52
SEARCH_WIDTH = 300


class EvidenceBar(Bar):
    """Name, read-only, file, size and digest; search; the verdict, always in sight."""

    search_wanted = Signal(str)
    overview_wanted = Signal()

    def __init__(self, theme: Theme, case: CaseModel) -> None:
        """Follow ``case``."""
        super().__init__(theme, BAR_HEIGHT, line_above=False)
        self._case = case
        self._name = ElidedLabel(theme, "", TextStyle(Role.ANSWER))
        fitting = QSizePolicy.Policy.Maximum
        self._name.setSizePolicy(fitting, QSizePolicy.Policy.Fixed)
        self._read_only = Label(theme, "", Role.SMALL, Token.INK2)
        self._read_only.setText(translate("Bars", "read-only"))
        self._fiction = Chip(theme, translate("Bars", "fictional data"))
        facts = TextStyle(Role.SMALL, Token.INK2)
        self._facts = ElidedLabel(theme, "", facts)
        self.search = LineEdit(
            theme,
            translate("Bars", "Find a hash, height, id or word"),
            icon=Icon.SEARCH,
        )
        self.search.setMaximumWidth(theme.whole_px(SEARCH_WIDTH))
        self.search.setMinimumWidth(theme.whole_px(160))
        self.search.returnPressed.connect(self._search)
        self.chip = VerdictChip(theme)
        self.chip.clicked.connect(self.overview_wanted)
        for widget in (
            self._name,
            self._fiction,
            IconView(theme, Icon.LOCK, 14),
            self._read_only,
        ):
            self.row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.row.addWidget(self._facts, 1)
        self.row.addSpacing(theme.whole_px(SPACE_M))
        self.row.addWidget(self.search, 1)
        self.row.addSpacing(theme.whole_px(4))
        self.row.addWidget(self.chip)
        case.phase_changed.connect(self._show)
        case.report_changed.connect(self._show)
        case.progress_changed.connect(self._show_chip)
        case.ledger_changed.connect(self._show)
        self._show()

    def _search(self) -> None:
        self.search_wanted.emit(self.search.text())

    def _show(self, _: object = None) -> None:
        self._name.set_text(evidence_name(self._case))
        ledger = self._case.ledger_report()
        self._fiction.setVisible(ledger is not None and ledger.is_fictional)
        self._facts.set_text(evidence_facts(self._case))
        self._show_chip()

    def _show_chip(self, _: object = None) -> None:
        case = self._case
        progress = case.progress
        failed = progress.failed if progress is not None else 0
        self.chip.setVisible(case.phase not in {Phase.EMPTY, Phase.BROKEN})
        if case.phase is Phase.CHECKING:
            self.chip.show_checking(failed)
        elif case.phase is Phase.STOPPED:
            self.chip.show_stopped()
        elif case.phase is Phase.DONE and case.report is not None:
            self.chip.show_verdict(case.report.verdict)
