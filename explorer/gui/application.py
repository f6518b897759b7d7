"""Starts the window: fonts, look, services; the engine loads after the first paint."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication

from explorer import __version__
from explorer.core.resources import resource
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.style import AppStyle
from explorer.gui.design.theme import Theme
from explorer.gui.look import Look
from explorer.gui.tasks import EngineService, QueryService
from explorer.gui.translations import Translations
from explorer.gui.viewmodels.case_control import CaseControl
from explorer.gui.viewmodels.preferences import Preferences
from explorer.gui.views.main_window import MainWindow
from explorer.gui.views.services import Services
from explorer.gui.warming import Warming

NO_WINDOW_STATUS = 3
"""Exit status when there is no display, or the words are not understood."""


def run_window(words: Sequence[str]) -> int:
    """Open the window on the paths in ``words`` and return the exit status."""
    unknown = [word for word in words if word.startswith("-")]
    if unknown:
        sys.stderr.write(
            f"provenance-explorer: {unknown[0]} is no option of the window; "
            "provenance-explorer --help lists the commands\n"
        )
        return NO_WINDOW_STATUS
    if not has_display():
        sys.stderr.write(
            "provenance-explorer: there is no display for a window here. "
            "`provenance-explorer verify PATH` does the same work without one; "
            "provenance-explorer --help lists the commands\n"
        )
        return NO_WINDOW_STATUS
    application = make_application()
    window = make_window(application, settings_path(), cases_folder())
    window.restore_place()
    window.show()
    window.open_paths(Path(word) for word in words)
    return application.exec()


def has_display() -> bool:
    """Return whether a window can be shown; only Linux has machines without."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


def make_application() -> QApplication:
    """Return the application object with its names set."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(["provenance-explorer"])
    application.setApplicationName("provenance-explorer")
    application.setApplicationDisplayName("Provenance Explorer")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("provenance-explorer")
    return application


def make_window(
    application: QApplication, settings: Path, cases: Path, jobs: int = 0
) -> MainWindow:
    """Return the window with everything it needs; nothing is shown yet.

    ``settings`` is the file of preferences, ``cases`` the folder of case files and
    ``jobs`` the number of processes that verify signatures (0: one for each core).
    """
    preferences = Preferences(settings, application)
    theme = Theme(register_fonts(resource("fonts")), application)
    look = Look(theme, preferences, Translations(application), application)
    AppStyle(application, theme)
    query = QueryService(application)
    engine = EngineService(application, jobs)
    control = CaseControl(engine, query, cases, application)
    window = MainWindow(Services(theme, look, engine, query, control))
    warming = Warming(query, window)
    window.shown.connect(engine.start)
    window.shown.connect(warming.start)
    return window


def settings_path() -> Path:
    """Return the file in which preferences are kept."""
    place = QStandardPaths.StandardLocation.AppConfigLocation
    return Path(QStandardPaths.writableLocation(place)) / "settings.ini"


def cases_folder() -> Path:
    """Return the folder in which case files are kept; it may be deleted at any time."""
    place = QStandardPaths.StandardLocation.CacheLocation
    return Path(QStandardPaths.writableLocation(place)) / "cases"
