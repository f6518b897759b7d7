"""The frame around the pages of an open case: bars, ruler, rail, pages, status."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from explorer.gui.design.controls import Hairline
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Token
from explorer.gui.viewmodels.case import CaseModel, PageName, Visit
from explorer.gui.viewmodels.preferences import Preferences
from explorer.gui.viewmodels.strip import StripModel
from explorer.gui.views.bars import EvidenceBar
from explorer.gui.views.chain_card import Ruler
from explorer.gui.views.findings_page import FindingsPage
from explorer.gui.views.overview_page import OverviewPage
from explorer.gui.views.page import Page
from explorer.gui.views.rail import Rail, page_title
from explorer.gui.views.signers_page import SignersPage
from explorer.model.checks import Outcome

NARROW = 1024
"""Px of the window below which the rail shows icons only."""

PROJECTOR_SCALE = 1.5
"""Scale from which on the rail shows icons only."""


class Frame(QWidget):
    """Makes each page when it is first visited."""

    visit_wanted = Signal(object)
    """``Visit``"""
    search_wanted = Signal(str)
    trust_wanted = Signal()
    report_wanted = Signal()
    stop_wanted = Signal()
    again_wanted = Signal()
    projector_wanted = Signal()

    def __init__(
        self, theme: Theme, case: CaseModel, preferences: Preferences | None = None
    ) -> None:
        """Show ``case`` on no page yet; filters are kept in ``preferences``."""
        super().__init__()
        self._preferences = preferences
        self._theme, self._case = theme, case
        self.strip = StripModel(case, self)
        self.pages: dict[PageName, Page] = {}
        self.memories: dict[PageName, object] = {}
        """What pages of the frame before this one had to remember."""
        self.bar = EvidenceBar(theme, case)
        self.bar.search_wanted.connect(self.search_wanted)
        overview = Visit(PageName.OVERVIEW)
        self.bar.overview_wanted.connect(lambda: self.visit_wanted.emit(overview))
        self.rail = Rail(theme)
        self.rail.page_wanted.connect(self._want_page)
        self._ruler = QWidget()
        self._shown = PageName.OVERVIEW
        self._stack = QStackedWidget()
        self._stack.currentChanged.connect(self._turned)
        self._lay_out()
        case.report_changed.connect(self._show_badges)
        case.report_changed.connect(self._show_ruler)
        case.ledger_changed.connect(self._show_ruler)
        case.progress_changed.connect(self._show_badges)
        case.ledger_changed.connect(self._show_badges)
        self._show_badges()

    def page(self, name: PageName) -> Page:
        """Return a page, made and connected now if it was not visited before."""
        known = self.pages.get(name)
        if known is not None:
            return known
        page = _MAKERS[name](self)
        self.pages[name] = page
        page.setAccessibleName(page_title(name))
        page.visit_wanted.connect(self.visit_wanted)
        self._connect(page)
        page.show_case(self._case)
        if self._preferences is not None:
            page.keep_filters(self._preferences)
        self._stack.addWidget(page)
        if name in self.memories:
            page.recall(self.memories.pop(name))
        return page

    def show_page(self, name: PageName) -> Page:
        """Bring a page to the front."""
        page = self.page(name)
        self._stack.setCurrentWidget(page)
        self.rail.show_page(name)
        self._shown = name
        self._show_ruler()
        return page

    def _show_ruler(self, _: object = None) -> None:
        """Show the chain below the bar, except where it stands already or is none."""
        is_wanted = self._shown not in {PageName.OVERVIEW, PageName.TEACH}
        self._ruler.setVisible(is_wanted and self._case.has_blocks())

    @property
    def theme(self) -> Theme:
        """Return the look."""
        return self._theme

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shrink the rail when there is little room."""
        super().resizeEvent(event)
        scale = self._theme.scale
        narrow = self.width() / scale < NARROW or scale >= PROJECTOR_SCALE
        self.rail.set_narrow(narrow=narrow)

    def _lay_out(self) -> None:
        theme = self._theme
        ruler = QVBoxLayout(self._ruler)
        ruler.setContentsMargins(0, 0, 0, 0)
        ruler.setSpacing(0)
        ruler.addWidget(Ruler(theme, self._case, self.strip))
        ruler.addWidget(Hairline(theme))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._ruler)
        layout.addLayout(middle, 1)

    def _connect(self, page: Page) -> None:
        if isinstance(page, OverviewPage):
            page.stop_wanted.connect(self.stop_wanted)
            page.again_wanted.connect(self.again_wanted)
        if isinstance(page, OverviewPage | FindingsPage | SignersPage):
            page.trust_wanted.connect(self.trust_wanted)
        if isinstance(page, OverviewPage | FindingsPage):
            page.report_wanted.connect(self.report_wanted)

    def _turned(self, _: int) -> None:
        page = self._stack.currentWidget()
        if page is not None:
            page.setFocus()

    def _want_page(self, page: PageName) -> None:
        selection = self._case.selection
        self.visit_wanted.emit(Visit(page, selection))

    def _show_badges(self, _: object = None) -> None:
        findings = self._case.findings()
        worth = [
            each.outcome
            for each in findings
            if each.outcome is not Outcome.NOT_APPLICABLE
        ]
        failed = Outcome.FAILED in worth
        token = Token.FAIL if failed else Token.WARN
        self.rail.set_badge(PageName.FINDINGS, len(worth), token)


def _inspect(frame: Frame) -> Page:
    from explorer.gui.views.inspect_page import InspectPage

    return InspectPage(frame.theme)


def _provenance(frame: Frame) -> Page:
    from explorer.gui.views.provenance_page import ProvenancePage

    return ProvenancePage(frame.theme)


def _claim(frame: Frame) -> Page:
    from explorer.gui.views.claim_page import ClaimPage

    return ClaimPage(frame.theme)


def _teach(frame: Frame) -> Page:
    from explorer.gui.views.teach_page import TeachPage

    page = TeachPage(frame.theme)
    page.projector_wanted.connect(frame.projector_wanted)
    return page


def _overview(frame: Frame) -> Page:
    return OverviewPage(frame.theme, frame.strip)


def _plain(kind: Callable[[Theme], Page], frame: Frame) -> Page:
    return kind(frame.theme)


_MAKERS: Mapping[PageName, Callable[[Frame], Page]] = {
    PageName.OVERVIEW: _overview,
    PageName.INSPECT: _inspect,
    PageName.FINDINGS: partial(_plain, FindingsPage),
    PageName.PROVENANCE: _provenance,
    PageName.CLAIM: _claim,
    PageName.SIGNERS: partial(_plain, SignersPage),
    PageName.TEACH: _teach,
}
