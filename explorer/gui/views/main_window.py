"""The window: menus, start page or frame, history, drops, shortcuts.

Everything that acts is here; pages only ask. When language, theme or scale change, the
frame and its pages are made anew and recall how they were left.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.gui.design.controls import LineEdit
from explorer.gui.design.theme import PROJECTOR_SCALE
from explorer.gui.design.tokens import Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import PageName, Phase, Place, Visit
from explorer.gui.viewmodels.history import History
from explorer.gui.viewmodels.preferences import RecentEvidence
from explorer.gui.viewmodels.status import evidence_name
from explorer.gui.views.dialog_window import DialogWindow
from explorer.gui.views.menus import Choices, Doings, Menus
from explorer.gui.views.services import Services
from explorer.gui.views.start_page import StartPage
from explorer.gui.views.status_line import StatusLine
from explorer.model.verdicts import EvidenceReport
from explorer.session.claims_files import is_document

if TYPE_CHECKING:  # loads numpy, which the start page does not need
    from explorer.gui.views.claim_page import ClaimPage
    from explorer.gui.views.frame import Frame
    from explorer.gui.views.page import Page
    from explorer.gui.views.teach_page import TeachPage

USUAL_SIZE = (1440, 900)
LEAST_SIZE = (720, 480)


class MainWindow(DialogWindow):
    """One window with one evidence at a time."""

    shown = Signal()
    """The window was shown for the first time."""

    def __init__(self, services: Services) -> None:
        """Show the start page."""
        super().__init__(services)
        self._history = History(self)
        self._frame: Frame | None = None
        self._page: Page | None = None
        self._claim: ClaimPage | None = None
        self._lessons: TeachPage | None = None
        self._was_shown = False
        self._root = QStackedWidget()
        self._status = StatusLine(self._theme, self._case)
        self._lay_out()
        self.setAcceptDrops(True)
        self._start = self._make_start()
        self._menus = self._make_menus()
        self._fit_sizes()
        self._renew_soon = QTimer(self, interval=0, singleShot=True)
        self._renew_soon.timeout.connect(self._renew)
        self._theme.changed.connect(self._renew_soon.start)
        self._case.phase_changed.connect(self._follow_phase)
        self._case.selection_changed.connect(self._amend)
        self._case.report_changed.connect(self._show_title)
        self._control.concluded.connect(self._remember)
        self._show_title()

    @property
    def page(self) -> "Page | None":
        """Return the page that is shown; none while the start page is."""
        return self._page

    def close_evidence(self) -> None:
        """Close the evidence and show the start page."""
        self._control.close()

    def stop(self) -> None:
        """Stop the verification; what was read stays."""
        self._control.stop()

    # -- opening ----------------------------------------------------------------------

    def open_paths(self, paths: Iterable[Path]) -> None:
        """Open these paths together as one evidence."""
        chosen = tuple(paths)
        if not chosen:
            return
        self._history.clear()
        if self._frame is not None:
            self._frame.memories = {}
        claim = None if self._claim is None else self._claim.memory()
        self._close_claim()
        self._control.open(chosen)
        if claim is None:
            self.visit(Visit(PageName.OVERVIEW))
        else:
            self._ensure_frame().memories[PageName.CLAIM] = claim
            self.visit(Visit(PageName.CLAIM))

    def check_claim(self, paths: Iterable[Path] = ()) -> None:
        """Show the claim page, without a ledger if none is open; attach ``paths``."""
        page: Page | None
        if self._case.phase is Phase.EMPTY:
            page = self.claim_alone()
        else:
            self._visit_page(PageName.CLAIM)
            page = self._page
        files = list(paths)
        if files and page is not None:
            page.add_files(files)

    def claim_alone(self) -> "ClaimPage":
        """Show the claim page that needs no ledger, made now if it is not there."""
        if self._claim is None:
            from explorer.gui.views.claim_page import ClaimPage

            page = ClaimPage(self._theme)
            page.show_case(self._case)
            page.start_wanted.connect(self._leave_claim)
            page.ledger_wanted.connect(self._open_file)
            self._root.addWidget(page)
            self._claim = page
        self._root.setCurrentWidget(self._claim)
        return self._claim

    def open_lessons(self) -> None:
        """Show the lessons; they need no ledger."""
        if self._case.phase is Phase.EMPTY:
            self._root.setCurrentWidget(self.lessons_page())
            self.lessons_page().setFocus()
        else:
            self._visit_page(PageName.TEACH)

    def lessons_page(self) -> "TeachPage":
        """Return the page of lessons that needs no ledger, made now if need be."""
        if self._lessons is None:
            from explorer.gui.views.teach_page import TeachPage

            page = TeachPage(self._theme)
            page.show_case(self._case)
            page.stand_alone()
            page.start_wanted.connect(self._leave_claim)
            page.projector_wanted.connect(self._toggle_projector)
            self._root.addWidget(page)
            self._lessons = page
        return self._lessons

    def _toggle_projector(self) -> None:
        is_usual = self._theme.scale < PROJECTOR_SCALE
        self._look.choose_scale(PROJECTOR_SCALE if is_usual else 1.0)

    def _renew_lessons(self, *, is_shown: bool) -> None:
        """Make the lessons anew where they stand without a ledger."""
        old, self._lessons = self._lessons, None
        if old is None:
            return
        memory = old.memory()
        self._root.removeWidget(old)
        old.deleteLater()
        if is_shown:
            self.open_lessons()
            self.lessons_page().recall(memory)

    def _leave_claim(self) -> None:
        self._root.setCurrentWidget(self._start)

    def _close_claim(self) -> None:
        if self._claim is not None:
            self._root.removeWidget(self._claim)
            self._claim.deleteLater()
            self._claim = None

    def _open_file(self) -> None:
        title = translate("Window", "Open a ledger")
        names, _ = QFileDialog.getOpenFileNames(self, title)
        self.open_paths(Path(name) for name in names)

    def _open_folder(self) -> None:
        title = translate("Window", "Open a folder that holds a ledger")
        name = QFileDialog.getExistingDirectory(self, title)
        if name:
            self.open_paths([Path(name)])

    def _locate(self, recent: RecentEvidence) -> None:
        title = translate("Window", "Where is {0} now?").format(
            Path(recent.paths[0]).name
        )
        name, _ = QFileDialog.getOpenFileName(self, title)
        if name:
            self._look.preferences.forget(recent.paths)
            self.open_paths([Path(name)])

    def _remember(self, report: EvidenceReport) -> None:
        self._look.preferences.remember(self._case.paths, report)

    # -- going ------------------------------------------------------------------------

    def visit(self, visit: Visit) -> None:
        """Go to a place on a page, and write it into the history."""
        self._history.visit(visit)
        self._arrive(visit)

    def _arrive(self, visit: Visit) -> None:
        if self._case.phase is Phase.EMPTY:
            return
        frame = self._ensure_frame()
        page = frame.show_page(visit.page)
        self._page = page
        self._root.setCurrentWidget(frame)
        self._case.select(visit.place)
        page.go_to(visit.place)

    def go(self, steps: int) -> None:
        """Go back or forward in the history."""
        there = self._history.go(steps)
        if there is not None:
            self._arrive(there)

    def _amend(self, place: Place) -> None:
        present = self._history.present
        if present is not None:
            self._history.amend(Visit(present.page, place))

    def _visit_page(self, page: PageName) -> None:
        self.visit(Visit(page, self._case.selection))

    def _search(self, text: str) -> None:
        if text.strip():
            self._visit_page(PageName.INSPECT)
            if self._page is not None:
                self._page.search_text(text)

    def _go_to_block(self) -> None:
        title, words = translate("Window", "Go to block"), translate("Window", "Height")
        text, is_chosen = QInputDialog.getText(self, title, words)
        digits = "".join(text.split())
        if is_chosen and digits.isascii() and digits.isdigit() and len(digits) < 19:
            place = Place(self._case.ledger, int(digits))
            self.visit(Visit(PageName.INSPECT, place))

    def _step_finding(self, by: int) -> None:
        from explorer.gui.views.findings_page import FindingsPage

        if isinstance(self._page, FindingsPage):
            self._page.step(by)
        else:
            self._visit_page(PageName.FINDINGS)

    def search_field(self) -> LineEdit | None:
        """Return the search field; none while the start page is shown."""
        return self._frame.bar.search if self._frame is not None else None

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        field = self.search_field()
        if field is not None:
            field.setFocus()
            field.selectAll()

    # -- following the case -----------------------------------------------------------

    def _follow_phase(self, phase: Phase) -> None:
        has_case = phase is not Phase.EMPTY
        self._menus.set_has_case(has_case=has_case)
        if not has_case:
            self._history.clear()
            self._page = None
            self._root.setCurrentWidget(self._start)
        self._show_title()

    def _show_title(self, _: object = None) -> None:
        name = "Provenance Explorer"
        if self._case.phase is not Phase.EMPTY:
            words = translate("Window", "{0} (read-only) — {1}")
            name = words.format(evidence_name(self._case), name)
        self.setWindowTitle(name)

    # -- parts ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        central = QWidget()
        self._column = QVBoxLayout(central)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._root, 1)
        self._column.addWidget(self._status)
        self.setCentralWidget(central)

    def _renew_status(self) -> None:
        self._column.removeWidget(self._status)
        self._status.deleteLater()
        self._status = StatusLine(self._theme, self._case)
        self._column.addWidget(self._status)

    def _ensure_frame(self) -> "Frame":
        if self._frame is None:
            from explorer.gui.views.frame import Frame

            frame = Frame(self._theme, self._case, self._look.preferences)
            frame.visit_wanted.connect(self.visit)
            frame.search_wanted.connect(self._search)
            frame.trust_wanted.connect(self.open_trust)
            frame.report_wanted.connect(self.open_report)
            frame.stop_wanted.connect(self._control.stop)
            frame.again_wanted.connect(self._control.judge_again)
            frame.projector_wanted.connect(self._toggle_projector)
            self._root.addWidget(frame)
            self._frame = frame
        return self._frame

    def _make_start(self) -> StartPage:
        start = StartPage(self._theme, self._look.preferences, self._services.query)
        start.paths_chosen.connect(self.open_paths)
        start.file_wanted.connect(self._open_file)
        start.folder_wanted.connect(self._open_folder)
        start.locate_wanted.connect(self._locate)
        start.claim_wanted.connect(self.check_claim)
        start.lessons_wanted.connect(self.open_lessons)
        self._root.addWidget(start)
        return start

    def _make_menus(self) -> Menus:
        preferences = self._look.preferences
        chosen = Choices(preferences.theme, preferences.language)
        menus = Menus(self.menuBar(), self._doings(), chosen)
        menus.set_has_case(has_case=self._case.phase is not Phase.EMPTY)
        return menus

    def _doings(self) -> Doings:
        look = self._look
        return Doings(
            open_file=self._open_file,
            open_folder=self._open_folder,
            close_evidence=self.close_evidence,
            report=self.open_report,
            quit=self._quit,
            copy=copy_from_focus,
            find=self.focus_search,
            go_to_block=self._go_to_block,
            go_back=lambda: self.go(-1),
            go_forward=lambda: self.go(1),
            next_finding=lambda: self._step_finding(1),
            finding_before=lambda: self._step_finding(-1),
            visit=self._visit_page,
            judge_again=self.judge_again,
            stop=self.stop,
            trust=self.open_trust,
            trace=lambda: self._visit_page(PageName.PROVENANCE),
            claim=self.check_claim,
            lessons=self.open_lessons,
            theme=look.choose_theme,
            language=look.choose_language,
            larger=lambda: look.step_scale(1),
            smaller=lambda: look.step_scale(-1),
            usual_size=lambda: look.choose_scale(1.0),
            full_screen=self._toggle_full_screen,
            copy_command=self.copy_command,
            palette=self.open_palette,
            add_note=self.add_note,
            notes=self.open_notes,
            map_columns=self.map_columns,
            reconcile=self.open_reconcile,
            legend=self.open_legend,
            about=self._open_about,
        )

    def _renew(self) -> None:
        """Make everything anew in the present language, theme and scale."""
        old_start, old_frame = self._start, self._frame
        memories: dict[PageName, object] = {}
        if old_frame is not None:
            memories = dict(old_frame.memories)
            memories |= {name: page.memory() for name, page in old_frame.pages.items()}
        self._frame, self._page = None, None
        claim, is_claim = self._claim, self._root.currentWidget() is self._claim
        draft = None if claim is None else claim.memory()
        is_lesson = self._root.currentWidget() is self._lessons is not None
        self._close_claim()
        self._start = self._make_start()
        self._menus = self._make_menus()
        self._renew_status()
        self._fit_sizes()
        present = self._history.present
        if present is not None and self._case.phase is not Phase.EMPTY:
            self._ensure_frame().memories = memories
            self._arrive(present)
        else:
            self._root.setCurrentWidget(self._start)
            if draft is not None:
                self.claim_alone().recall(draft)
                if not is_claim:
                    self._root.setCurrentWidget(self._start)
        self._renew_lessons(is_shown=is_lesson)
        for widget in (old_start, old_frame):
            if widget is not None:
                self._root.removeWidget(widget)
                widget.deleteLater()
        self._show_title()

    def _fit_sizes(self) -> None:
        scale = min(1.0, self._theme.scale)
        self.setMinimumSize(*(round(each * scale) for each in LEAST_SIZE))
        hair, side = self._theme.hex(Token.HAIR), self._theme.whole_px(13)
        self.menuBar().setStyleSheet(
            f"QMenuBar{{border-bottom:1px solid {hair};padding-left:{side}px}}"
        )

    # -- screen -----------------------------------------------------------------------

    def _quit(self) -> None:
        self.close()

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # -- events -----------------------------------------------------------------------

    def restore_place(self) -> None:
        """Stand where the window stood before, or in the usual size."""
        geometry = self._look.preferences.geometry
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(*USUAL_SIZE)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the window is there, once it has painted."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            QTimer.singleShot(0, self, self.shown.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if local_paths(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped together as one evidence; attach photos, documents."""
        paths = local_paths(event.mimeData().urls())
        if not paths:
            return
        event.acceptProposedAction()
        if all(is_document(path) for path in paths):
            self.check_claim(paths)
        else:
            self.open_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place and end the work."""
        self._look.preferences.geometry = self.saveGeometry()
        self._services.engine.shutdown()
        self._services.query.shutdown()
        super().closeEvent(event)


def local_paths(urls: Iterable[QUrl]) -> list[Path]:
    """Return the paths of local files among dropped addresses."""
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def copy_from_focus() -> None:
    """Copy what is chosen in the widget that has the keyboard."""
    widget: QWidget | None = QApplication.focusWidget()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        widget.copy()
        return
    text = ""
    if isinstance(widget, QLabel):
        text = widget.selectedText()
    elif isinstance(widget, QAbstractItemView):
        text = str(widget.currentIndex().data() or "")
    if text:
        QGuiApplication.clipboard().setText(text)
