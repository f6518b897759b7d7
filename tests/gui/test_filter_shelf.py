"""Filters are kept as chips and in the history, over the end of the program."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.preferences import MAX_FILTERS, Preferences, Shelf
from explorer.gui.views.inspect_page import InspectPage
from tests.gui.opened_case import PEARS, opened

pytestmark = pytest.mark.gui

FILTER = "block.height < 3"


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "settings.ini")


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, preferences: Preferences) -> InspectPage:
    del qapp
    made = InspectPage(Theme(register_fonts(resource("fonts"))))
    qtbot.addWidget(made)
    made.show_case(opened(PEARS))
    made.keep_filters(preferences)
    made.show()
    return made


def test_a_filter_becomes_a_chip_and_a_chip_filters(
    page: InspectPage, preferences: Preferences, tmp_path: Path
) -> None:
    assert page.shelf.isHidden()
    page.search.take(FILTER)
    assert page.shelf.keep.isVisible()
    page.shelf.keep.click()
    (chip,) = page.shelf.chips
    assert page.shelf.keep.isHidden()
    page.search.clear()
    chip.click()
    assert page.search.edit.text() == FILTER
    del preferences
    again = Preferences(tmp_path / "settings.ini")
    assert again.filters(Shelf.SAVED) == [FILTER]
    chip.actions()[0].trigger()
    assert page.shelf.chips == []


def test_entered_filters_stand_in_the_history(page: InspectPage) -> None:
    QTest.keyClicks(page.search.edit, FILTER)
    QTest.keyClick(page.search.edit, Qt.Key.Key_Return)
    page.search.clear()
    assert page.shelf.history.isVisible()
    (action,) = page.shelf.history_menu().actions()
    action.trigger()
    assert page.search.edit.text() == FILTER


def test_words_and_wrong_filters_are_not_kept(
    page: InspectPage, preferences: Preferences
) -> None:
    for text in ("pear", "block.height <"):
        page.search.take(text)
        page.shelf.note()
        page.shelf.keep.click()
    assert preferences.filters(Shelf.USED) == []
    assert preferences.filters(Shelf.SAVED) == []


def test_a_shelf_holds_no_more_than_its_most(preferences: Preferences) -> None:
    for number in range(MAX_FILTERS + 5):
        preferences.keep_filter(Shelf.USED, f"block.height == {number}")
    found = preferences.filters(Shelf.USED)
    assert len(found) == MAX_FILTERS
    assert found[0].endswith(str(MAX_FILTERS + 4))
    preferences.drop_filter(Shelf.USED, found[0])
    assert preferences.filters(Shelf.USED) == found[1:]
