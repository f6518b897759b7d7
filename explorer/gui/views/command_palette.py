"""The command palette: everything the menus offer, found by typing a part of its name.

Arrows choose, Enter acts, Esc leaves. What cannot be done now is not offered.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QMenu, QMenuBar, QVBoxLayout, QWidget

from explorer.gui.design.controls import Label, LineEdit
from explorer.gui.design.icons import Icon
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_M, SPACE_S, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.claim_cells import Cell, CellRow
from explorer.gui.views.cell_table import CellTable

MOST_ROWS = 12
_SIGN_BEHIND = re.compile(r"\(&\w\)")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done, with the menu it stands in."""

    name: str
    menu: str
    keys: str
    action: QAction


def commands_of(bar: QMenuBar) -> list[Command]:
    """Return what the menus offer now, in their order."""
    found: list[Command] = []
    for top in bar.actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            found += _commands_in(menu, _plain(top.text()))
    return found


def matching(commands: Sequence[Command], text: str) -> list[Command]:
    """Return the commands whose words hold every word typed; names first."""
    words = text.casefold().split()
    found = [
        each
        for each in commands
        if all(word in f"{each.menu} {each.name}".casefold() for word in words)
    ]
    first = words[0] if words else ""
    found.sort(key=lambda each: not each.name.casefold().startswith(first))
    return found


def _commands_in(menu: QMenu, path: str) -> Iterator[Command]:
    for action in menu.actions():
        inner = action.menu()
        name = _plain(action.text())
        if isinstance(inner, QMenu):
            yield from _commands_in(inner, f"{path} · {name}")
        elif name and action.isEnabled() and not action.isSeparator():
            native = QKeySequence.SequenceFormat.NativeText
            yield Command(name, path, action.shortcut().toString(native), action)


def _plain(text: str) -> str:
    """Return the text of an action without its sign for the keyboard.

    In Chinese the sign stands behind the words: ``(&F)``.
    """
    text = _SIGN_BEHIND.sub("", text)
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


class CommandPalette(QDialog):
    """The field to type in, and what fits."""

    def __init__(self, theme: Theme, bar: QMenuBar, parent: QWidget | None) -> None:
        """Offer what the menus in ``bar`` offer now."""
        super().__init__(parent)
        self._commands = commands_of(bar)
        self._shown: list[Command] = []
        self.setWindowTitle(translate("Palette", "Command palette"))
        self.resize(theme.whole_px(620), theme.whole_px(520))
        layout = QVBoxLayout(self)
        side = theme.whole_px(SPACE_M)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.whole_px(SPACE_S))
        hint = translate("Palette", "What do you want to do?")
        self.edit = LineEdit(theme, hint, icon=Icon.SEARCH)
        self.edit.setAccessibleName(hint)
        heads = (
            translate("Palette", "Command"),
            translate("Palette", "Menu"),
            translate("Palette", "Keys"),
        )
        self.table = CellTable(theme, heads, (0, 170, 110), most_rows=MOST_ROWS)
        self.table.setAccessibleName(translate("Palette", "Commands"))
        self._none = Label(
            theme, translate("Palette", "No command fits."), Role.BODY, Token.INK3
        )
        for widget in (self.edit, self.table, self._none):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.edit.textChanged.connect(self._show)
        self.edit.installEventFilter(self)
        self.table.activated.connect(lambda _: self.run())
        self._show("")
        self.edit.setFocus()

    def shown(self) -> list[str]:
        """Return the names of the commands shown."""
        return [each.name for each in self._shown]

    def run(self) -> None:
        """Do what is chosen, after the palette is closed."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._shown):
            action = self._shown[row].action
            self.accept()
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the field move through the commands."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            key = Qt.Key(event.key())
            if key in steps:
                self._step(steps[key])
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.run()
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        last = len(self._shown) - 1
        row = self.table.currentIndex().row() + by
        self.table.selectRow(max(0, min(last, row)))

    def _show(self, text: str) -> None:
        self._shown = matching(self._commands, text)
        self.table.show_rows(
            [
                CellRow((Cell(each.name), Cell(each.menu), Cell(each.keys)))
                for each in self._shown
            ]
        )
        self.table.setVisible(bool(self._shown))
        self._none.setVisible(not self._shown)
        if self._shown:
            self.table.selectRow(0)
