"""The time line: a stretch drawn over it filters the list."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.canvases.time_line import TimeLine, filter_of
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.views.inspect_page import TIMES_TAB, InspectPage
from explorer.store.time_queries import TimeData
from tests.gui.opened_case import PEARS, opened

pytestmark = pytest.mark.gui

DATA = TimeData(0, 399, np.array([3, 0, 1, 2]), np.array([1, 0, 0, 0]), 1)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    del qapp
    return Theme(register_fonts(resource("fonts")))


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> TimeLine:
    made = TimeLine(theme)
    qtbot.addWidget(made)
    made.resize(432, 160)
    made.show_times(DATA)
    made.show()
    return made


def test_a_stretch_is_drawn_with_the_mouse(qtbot: QtBot, line: TimeLine) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(line, left, pos=QPoint(140, 80))
    QTest.mouseMove(line, QPoint(250, 80))
    with qtbot.waitSignal(line.chosen) as caught:
        QTest.mouseRelease(line, left, pos=QPoint(250, 80))
    assert line.stretch == (1, 2)
    assert caught.args == [100, 299]


def test_keys_move_lengthen_take_and_let_go(qtbot: QtBot, line: TimeLine) -> None:
    line.choose(0, 0)
    QTest.keyClick(line, Qt.Key.Key_Right)
    QTest.keyClick(line, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert line.stretch == (1, 2)
    with qtbot.waitSignal(line.chosen):
        QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.stretch == (-1, -1)


def test_it_paints_with_and_without_times(line: TimeLine) -> None:
    line.choose(1, 2)
    assert not line.grab().isNull()
    assert "1 entry without a time" in line.accessibleDescription()
    line.show_times(None)
    line.take()
    assert not line.grab().isNull()
    assert line.accessibleDescription() == "No entry here states a time."


def test_a_stretch_becomes_a_filter(qtbot: QtBot, theme: Theme) -> None:
    page = InspectPage(theme)
    qtbot.addWidget(page)
    page.resize(1300, 760)
    page.show_case(opened(PEARS))
    page.show()
    page._list_pane.show_tab(TIMES_TAB)
    data = page.times._data
    assert data is not None
    part = int(np.flatnonzero(data.counts)[0])
    page.times.choose(part, part)
    page.times.take()
    model = page._model
    assert model is not None
    assert model.is_filter
    assert model.filter_error is None
    assert len(model.hits) >= int(data.counts[part])


def test_times_beyond_the_calendar_give_no_filter() -> None:
    assert filter_of(2**62, 2**62) == ""
    assert filter_of(0, 999_999).endswith("entry.time <= 1970-01-01T00:00:00")
