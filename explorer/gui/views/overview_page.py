"""The answer on one page: verdict, chain, what was checked and not, what ties it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.canvases.band_states import CheckingShown
from explorer.gui.canvases.verdict_band import VerdictBand
from explorer.gui.design.controls import Button, ButtonKind, FilterChip
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_L, SPACE_S, SPACE_XXL
from explorer.gui.translations import translate
from explorer.gui.viewmodels.band import band_state
from explorer.gui.viewmodels.case import CaseModel, PageName, Phase, Place, Visit
from explorer.gui.viewmodels.strip import StripModel
from explorer.gui.viewmodels.wording import grouped
from explorer.gui.views.chain_card import ChainCard
from explorer.gui.views.layouts import wrapping_policy
from explorer.gui.views.lines import clear_layout
from explorer.gui.views.overview_cards import OverviewCards
from explorer.gui.views.page import Page
from explorer.gui.views.problem_card import ProblemCard
from explorer.model.checks import Outcome
from explorer.model.verdicts import LedgerReport, Verdict


class OverviewPage(Page):
    """The first page of an open evidence."""

    stop_wanted = Signal()
    trust_wanted = Signal()
    report_wanted = Signal()
    again_wanted = Signal()

    def __init__(
        self, theme: Theme, strip: StripModel, parent: QWidget | None = None
    ) -> None:
        """Show the chain from ``strip``."""
        super().__init__(theme, parent)
        self._strip = strip
        self._case: CaseModel | None = None
        self._chips: list[FilterChip] = []
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def title(self) -> str:
        """Return the name of the page."""
        return translate("Overview", "Overview")

    def show_case(self, case: CaseModel) -> None:
        """Build the page over ``case`` and follow it."""
        self._case = case
        theme = self.theme
        self._ledgers = QHBoxLayout()
        self._ledgers.setSpacing(theme.whole_px(SPACE_S))
        self._band = VerdictBand(
            theme, CheckingShown(0, 0, 0, Absent.NOT_IN_EXPORT, 0, 0)
        )
        self._band.stop_wanted.connect(self.stop_wanted)
        self._band.setSizePolicy(wrapping_policy())
        self._problem = ProblemCard(theme)
        self._problem.again_wanted.connect(self.again_wanted)
        self._chain = ChainCard(theme, case, self._strip)
        self._chain.visit_wanted.connect(self.visit_wanted)
        self._cards = OverviewCards(theme, case)
        self._cards.visit_wanted.connect(self.visit_wanted)
        self._cards.trust_wanted.connect(self.trust_wanted)
        self._cards.report_wanted.connect(self.report_wanted)
        column = QWidget()
        layout = self._layout = QVBoxLayout(column)
        side, low = theme.whole_px(SPACE_XXL), theme.whole_px(20)
        layout.setContentsMargins(side, low, side, low)
        layout.setSpacing(theme.whole_px(SPACE_L))
        layout.addLayout(self._ledgers)
        for widget in (self._band, self._problem, self._chain):
            layout.addWidget(widget)
        layout.addWidget(self._cards, 1)
        layout.addStretch(0)
        self._scroll.setWidget(column)
        case.phase_changed.connect(self._follow_phase)
        case.report_changed.connect(self._show)
        case.ledger_changed.connect(self._show)
        case.progress_changed.connect(self._show_band_if_seen)
        self._show()

    def ledger_chips(self) -> list[FilterChip]:
        """Return the chips that choose a ledger; none for a single one."""
        return list(self._chips)

    def memory(self) -> object:
        """Return how far the page is scrolled."""
        return self._scroll.verticalScrollBar().value()

    def recall(self, memory: object) -> None:
        """Scroll as far as before."""
        if isinstance(memory, int):
            self._scroll.verticalScrollBar().setValue(memory)

    def _follow_phase(self, phase: Phase) -> None:
        if phase in {Phase.STOPPED, Phase.BROKEN}:  # else the report changes, too
            self._show()

    def _show(self, _: object = None) -> None:
        case = self._case
        if case is None:
            return
        self._show_ledgers(case)
        self._show_band()
        ledger = case.ledger_report()
        is_unread = case.phase is Phase.DONE and ledger is None
        self._problem.show_case(case)
        self._problem.setVisible(case.phase is Phase.BROKEN or is_unread)
        self._chain.setVisible(not is_unread and case.has_blocks())
        has_cards = not is_unread and case.phase is not Phase.BROKEN
        self._cards.setVisible(has_cards)
        self._layout.setStretch(self._layout.count() - 1, int(not has_cards))
        self._cards.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened behind another page."""
        super().showEvent(event)
        self._show_band()

    def _show_band_if_seen(self, _: object) -> None:
        if self.isVisible():
            self._show_band()

    def _show_band(self, _: object = None) -> None:
        case = self._case
        state = band_state(case) if case is not None else None
        self._band.setVisible(state is not None)
        if case is None or state is None:
            return
        self._band.show_state(state)
        self._band.set_actions(*self._actions(case.ledger_report()))

    def _actions(self, ledger: LedgerReport | None) -> list[QWidget]:
        if ledger is None:
            return []
        if ledger.verdict is Verdict.FAILED:
            return self._way_to_failure(ledger)
        if ledger.verdict is Verdict.ANCHORED:
            return []
        trust = Button(self.theme, translate("Overview", "Choose what you trust…"))
        trust.clicked.connect(self.trust_wanted)
        return [trust]

    def _way_to_failure(self, ledger: LedgerReport) -> list[QWidget]:
        roots = [
            each
            for each in ledger.findings
            if each.outcome is Outcome.FAILED and each.is_root
        ]
        height = roots[0].block if roots else None
        words = (
            translate("Overview", "Go to the first finding")
            if height is None
            else translate("Overview", "Go to block {0}").format(grouped(height))
        )
        button = Button(self.theme, words, ButtonKind.PRIMARY)
        number = self._case.ledger if self._case is not None else 0
        there = Visit(PageName.FINDINGS, Place(number, height))
        button.clicked.connect(lambda: self.visit_wanted.emit(there))
        return [button]

    def _show_ledgers(self, case: CaseModel) -> None:
        clear_layout(self._ledgers)
        self._chips = []
        ledgers = case.report.ledgers if case.report is not None else ()
        if len(ledgers) < 2:
            return
        for number, ledger in enumerate(ledgers):
            name = printable(ledger.title, 40) or str(number)
            chip = FilterChip(self.theme, name, checkable=True)
            chip.setAutoExclusive(True)
            chip.setChecked(number == case.ledger)
            chip.clicked.connect(
                lambda _=False, number=number: case.show_ledger(number)
            )
            self._ledgers.addWidget(chip)
            self._chips.append(chip)
        self._ledgers.addStretch(1)
