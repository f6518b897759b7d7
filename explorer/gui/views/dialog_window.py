"""The dialogs of the main window, each made when it is wanted."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMainWindow

from explorer.gui.design.theme import Theme
from explorer.gui.look import Look
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, Visit
from explorer.gui.viewmodels.opinions import Opinions, opinions_text
from explorer.gui.views.services import Services
from explorer.model.verdicts import EvidenceReport

if TYPE_CHECKING:
    from explorer.model.profiles import Profile
    from explorer.session.options import VerifyOptions

TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm"})
"""Ends of the names of files whose columns can be mapped."""


class DialogWindow(QMainWindow):
    """A window with one case that opens the dialogs about it."""

    def __init__(self, services: Services) -> None:
        """Know the case and what the dialogs need."""
        super().__init__()
        self._services = services
        self._theme, self._control = services.theme, services.control
        self._case = services.control.case
        self._look = services.look
        self.opinions = Opinions(self._look.preferences.folder / "notes", self)
        self._case.report_changed.connect(self._follow_notes)

    @property
    def case(self) -> CaseModel:
        """Return the open case."""
        return self._case

    @property
    def look(self) -> Look:
        """Return what changes theme, language and size."""
        return self._look

    @property
    def theme(self) -> Theme:
        """Return the theme in use."""
        return self._theme

    @abstractmethod
    def visit(self, visit: Visit) -> None:
        """Show a page at a place."""

    @abstractmethod
    def open_paths(self, paths: Iterable[Path]) -> None:
        """Open these paths together as one evidence."""

    def judge_again(self, options: "VerifyOptions | None" = None) -> None:
        """Verify the open evidence anew, with other trust if ``options`` are given."""
        self._control.judge_again(options)

    # -- dialogs ----------------------------------------------------------------------

    def open_legend(self) -> None:
        """Show what the signs mean."""
        from explorer.gui.views.help_dialogs import LegendDialog

        LegendDialog(self._theme, self).open()

    def _open_about(self) -> None:
        from explorer.gui.views.help_dialogs import AboutDialog

        AboutDialog(self._theme, self).open()

    def open_trust(self) -> None:
        """Let the user choose what to trust."""
        from explorer.gui.views.trust_dialog import TrustDialog

        dialog = TrustDialog(self._theme, self._case, self)
        dialog.judge_wanted.connect(self._control.judge_again)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_report(self) -> None:
        """Let the user write a report, once there is a result."""
        if self._case.report is None:
            return
        from explorer.gui.views.report_dialog import ReportDialog

        notes = opinions_text(self.opinions.all())
        dialog = ReportDialog(self._theme, self._case, self, notes)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _follow_notes(self, report: EvidenceReport | None) -> None:
        if report is not None:
            self.opinions.follow(report)

    def add_note(self) -> None:
        """Write a note on what is selected, or on the whole evidence."""
        from explorer.gui.views.notes_dialogs import NoteDialog

        if not self.opinions.can_keep:
            return
        place = replace(self._case.selection, span=None, explain=False, rule="")
        dialog = NoteDialog(self._theme, self.opinions, place, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_notes(self) -> None:
        """Show all notes on the evidence."""
        from explorer.gui.views.notes_dialogs import NotesDialog

        dialog = NotesDialog(self._theme, self.opinions, self)
        dialog.visit_wanted.connect(self.visit)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_palette(self) -> None:
        """Offer everything the menus offer, by typing."""
        from explorer.gui.views.command_palette import CommandPalette

        palette = CommandPalette(self._theme, self.menuBar(), self)
        palette.finished.connect(palette.deleteLater)
        palette.open()

    def map_columns(self) -> None:
        """Let the user say what the columns of a table are."""
        own = [path for path in self._case.paths if path.suffix.lower() in TABLES]
        if own:
            self.open_mapper(own[0])
            return
        title = translate("Window", "Choose a table")
        kinds = "CSV, XLSX (*.csv *.tsv *.txt *.xlsx)"
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.open_mapper(Path(name))

    def open_mapper(self, path: Path) -> None:
        """Map the columns of a table; the table is read with the result if wanted."""
        from explorer.gui.views.mapper_dialog import MapperDialog

        dialog = MapperDialog(self._theme, self._services.query, path, self)
        dialog.profile_wanted.connect(partial(self._read_with, path))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read_with(self, path: Path, profile: "Profile") -> None:
        if path not in self._case.paths:
            self.open_paths([path])
        if self._case.options is not None:
            self.judge_again(replace(self._case.options, profiles=(profile,)))

    def open_reconcile(self) -> None:
        """Compare the ledger with a party's own list."""
        from explorer.gui.views.reconcile_dialog import ReconcileDialog

        dialog = ReconcileDialog(self._theme, self._case, self)
        dialog.visit_wanted.connect(self.visit)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def copy_command(self) -> None:
        """Copy the command that repeats the verification without a window."""
        from explorer.gui.viewmodels.reporting import command_line

        if self._case.options is not None:
            command = command_line(self._case.paths, self._case.options)
            QGuiApplication.clipboard().setText(command)
