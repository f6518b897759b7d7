"""The command palette offers what the menus offer, and does it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenuBar
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.views.command_palette import CommandPalette

pytestmark = pytest.mark.gui


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> QMenuBar:
    del qapp
    made = QMenuBar()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def palette(qtbot: QtBot, bar: QMenuBar, done: list[str]) -> CommandPalette:
    file = bar.addMenu("&File")
    file.addAction("&Open…").triggered.connect(lambda: done.append("open"))
    file.addAction("Save && close").triggered.connect(lambda: done.append("save"))
    file.addSeparator()
    file.addAction("Not now").setEnabled(False)
    view = bar.addMenu("视图(&V)").addMenu("Theme")
    view.addAction("Dark").triggered.connect(lambda: done.append("dark"))
    made = CommandPalette(Theme(register_fonts(resource("fonts"))), bar, None)
    qtbot.addWidget(made)
    made.show()
    return made


def test_everything_that_can_be_done_is_offered(palette: CommandPalette) -> None:
    assert palette.shown() == ["Open…", "Save & close", "Dark"]


def test_words_of_the_menu_count_and_enter_acts(
    palette: CommandPalette, done: list[str]
) -> None:
    QTest.keyClicks(palette.edit, "theme d")
    assert palette.shown() == ["Dark"]
    assert palette._shown[0].menu == "视图 · Theme"
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert done == ["dark"]
    assert not palette.isVisible()


def test_arrows_choose(palette: CommandPalette, done: list[str]) -> None:
    QTest.keyClick(palette.edit, Qt.Key.Key_Down)
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert done == ["save"]


def test_nothing_fits(palette: CommandPalette, done: list[str]) -> None:
    palette.edit.setText("zzz")
    assert palette.shown() == []
    palette.run()
    assert done == []
