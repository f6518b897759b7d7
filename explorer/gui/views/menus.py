"""The menus, with the shortcuts of the platform; the window owns what they do."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from explorer.gui.translations import LanguageChoice, translate
from explorer.gui.viewmodels.case import PageName
from explorer.gui.viewmodels.preferences import ThemeChoice
from explorer.gui.views.rail import RAIL_PAGES, page_title

_Key = QKeySequence.StandardKey | str | None


@dataclass(frozen=True, slots=True)
class Doings:
    """What the window can do, as the menus name it."""

    open_file: Callable[[], None]
    open_folder: Callable[[], None]
    close_evidence: Callable[[], None]
    report: Callable[[], None]
    quit: Callable[[], None]
    copy: Callable[[], None]
    find: Callable[[], None]
    go_to_block: Callable[[], None]
    go_back: Callable[[], None]
    go_forward: Callable[[], None]
    next_finding: Callable[[], None]
    finding_before: Callable[[], None]
    visit: Callable[[PageName], None]
    judge_again: Callable[[], None]
    stop: Callable[[], None]
    trust: Callable[[], None]
    trace: Callable[[], None]
    claim: Callable[[], None]
    lessons: Callable[[], None]
    theme: Callable[[ThemeChoice], None]
    language: Callable[[LanguageChoice], None]
    larger: Callable[[], None]
    smaller: Callable[[], None]
    usual_size: Callable[[], None]
    full_screen: Callable[[], None]
    copy_command: Callable[[], None]
    palette: Callable[[], None]
    add_note: Callable[[], None]
    notes: Callable[[], None]
    map_columns: Callable[[], None]
    reconcile: Callable[[], None]
    legend: Callable[[], None]
    about: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen now, for the ticks in the menus."""

    theme: ThemeChoice
    language: LanguageChoice


class Menus(QObject):
    """Fills a menu bar."""

    def __init__(self, bar: QMenuBar, do: Doings, chosen: Choices) -> None:
        """Fill ``bar``; it is emptied first."""
        super().__init__(bar)
        self._bar, self._do, self._chosen = bar, do, chosen
        self._needing_case: list[QAction] = []
        bar.clear()
        self._file()
        self._edit()
        self._view()
        self._go()
        self._verify()
        self._trace()
        self._tools()
        self._window()
        self._help()

    def set_has_case(self, *, has_case: bool) -> None:
        """Enable what needs an open evidence, or disable it."""
        for action in self._needing_case:
            action.setEnabled(has_case)

    # -- menus ----------------------------------------------------------------------

    def _file(self) -> None:
        menu, do = self._menu(translate("Menus", "&File")), self._do
        keys = QKeySequence.StandardKey
        self._add(menu, translate("Menus", "Open file…"), do.open_file, keys.Open)
        folder = translate("Menus", "Open folder…")
        self._add(menu, folder, do.open_folder, "Ctrl+Shift+O")
        close = translate("Menus", "Close evidence")
        self._add_for_case(menu, close, do.close_evidence, keys.Close)
        menu.addSeparator()
        report = translate("Menus", "Report…")
        self._add_for_case(menu, report, do.report, "Ctrl+Shift+R")
        menu.addSeparator()
        leave = self._add(menu, translate("Menus", "Quit"), do.quit, keys.Quit)
        leave.setMenuRole(QAction.MenuRole.QuitRole)

    def _edit(self) -> None:
        menu, do = self._menu(translate("Menus", "&Edit")), self._do
        keys = QKeySequence.StandardKey
        self._add(menu, translate("Menus", "Copy"), do.copy, keys.Copy)
        find = translate("Menus", "Find…")
        self._add_for_case(menu, find, do.find, keys.Find)
        menu.addSeparator()
        note = translate("Menus", "Add a note…")
        self._add_for_case(menu, note, do.add_note, "Ctrl+Shift+N")
        notes = translate("Menus", "Notes and bookmarks…")
        self._add_for_case(menu, notes, do.notes, "Ctrl+Shift+B")

    def _view(self) -> None:
        menu, do = self._menu(translate("Menus", "&View")), self._do
        theme = menu.addMenu(translate("Menus", "Theme"))
        themes = {
            ThemeChoice.SYSTEM: translate("Menus", "As the system"),
            ThemeChoice.LIGHT: translate("Menus", "Light"),
            ThemeChoice.DARK: translate("Menus", "Dark"),
        }
        group = QActionGroup(theme)
        for choice, words in themes.items():
            action = self._add(theme, words, partial(do.theme, choice))
            self._tick(action, group, chosen=choice is self._chosen.theme)
        language = menu.addMenu("Language · 语言")
        languages = {
            LanguageChoice.SYSTEM: translate("Menus", "As the system"),
            LanguageChoice.EN: "English",
            LanguageChoice.ZH: "简体中文",
        }
        group = QActionGroup(language)
        for tongue, words in languages.items():
            action = self._add(language, words, partial(do.language, tongue))
            self._tick(action, group, chosen=tongue is self._chosen.language)
        menu.addSeparator()
        larger = self._add(menu, translate("Menus", "Larger (projector)"), do.larger)
        larger.setShortcuts([QKeySequence("Ctrl+Shift+="), QKeySequence("Ctrl++")])
        smaller = self._add(menu, translate("Menus", "Smaller"), do.smaller)
        smaller.setShortcuts([QKeySequence("Ctrl+Shift+-"), QKeySequence("Ctrl+-")])
        usual = translate("Menus", "Usual size")
        self._add(menu, usual, do.usual_size, "Ctrl+0")

    def _go(self) -> None:
        menu, do = self._menu(translate("Menus", "&Go")), self._do
        back = translate("Menus", "Back")
        self._add_for_case(menu, back, do.go_back, "Alt+Left")
        forward = translate("Menus", "Forward")
        self._add_for_case(menu, forward, do.go_forward, "Alt+Right")
        menu.addSeparator()
        palette = translate("Menus", "Command palette…")
        self._add(menu, palette, do.palette, "Ctrl+K")
        block = translate("Menus", "Go to block…")
        self._add_for_case(menu, block, do.go_to_block, "Ctrl+G")
        menu.addSeparator()
        after = translate("Menus", "Next finding")
        self._add_for_case(menu, after, do.next_finding, "F8")
        before = translate("Menus", "Finding before")
        self._add_for_case(menu, before, do.finding_before, "Shift+F8")

    def _verify(self) -> None:
        menu, do = self._menu(translate("Menus", "&Verify")), self._do
        trust = translate("Menus", "Choose what you trust…")
        self._add_for_case(menu, trust, do.trust, "Ctrl+T")
        again = translate("Menus", "Check again")
        self._add_for_case(menu, again, do.judge_again, "F5")
        stop = translate("Menus", "Stop checking")
        self._add_for_case(menu, stop, do.stop, "Ctrl+.")

    def _trace(self) -> None:
        menu, do = self._menu(translate("Menus", "&Trace")), self._do
        trace = translate("Menus", "Trace an item…")
        self._add_for_case(menu, trace, do.trace, "Ctrl+I")
        claim = translate("Menus", "Check a claim…")
        self._add(menu, claim, do.claim, "Ctrl+Shift+I")

    def _tools(self) -> None:
        menu, do = self._menu(translate("Menus", "T&ools")), self._do
        lessons = translate("Menus", "Lessons")
        self._add(menu, lessons, do.lessons, "Ctrl+Shift+L")
        command = translate("Menus", "Copy the command that repeats this")
        self._add_for_case(menu, command, do.copy_command, "Ctrl+Shift+E")
        menu.addSeparator()
        columns = translate("Menus", "Map columns of a table…")
        self._add(menu, columns, do.map_columns, "Ctrl+M")
        reconcile = translate("Menus", "Reconcile with a list…")
        self._add_for_case(menu, reconcile, do.reconcile, "Ctrl+Shift+L")

    def _window(self) -> None:
        menu, do = self._menu(translate("Menus", "&Window")), self._do
        for number, page in enumerate(RAIL_PAGES, 1):
            self._add_for_case(
                menu,
                page_title(page),
                partial(do.visit, page),
                f"Ctrl+{number}",
            )
        menu.addSeparator()
        full = translate("Menus", "Full screen")
        self._add(menu, full, do.full_screen, "F11")

    def _help(self) -> None:
        menu, do = self._menu(translate("Menus", "&Help")), self._do
        self._add(menu, translate("Menus", "What the signs mean"), do.legend, "F1")
        about = self._add(menu, translate("Menus", "About"), do.about)
        about.setMenuRole(QAction.MenuRole.AboutRole)

    # -- pieces ---------------------------------------------------------------------

    def _menu(self, title: str) -> QMenu:
        return self._bar.addMenu(title)

    def _add(
        self, menu: QMenu, text: str, act: Callable[[], None], key: _Key = None
    ) -> QAction:
        action = QAction(text, menu)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False: act())
        menu.addAction(action)
        return action

    def _add_for_case(
        self, menu: QMenu, text: str, act: Callable[[], None], key: _Key = None
    ) -> None:
        self._needing_case.append(self._add(menu, text, act, key))

    def _tick(self, action: QAction, group: QActionGroup, *, chosen: bool) -> None:
        action.setCheckable(True)
        action.setChecked(chosen)
        group.addAction(action)
