"""The time line: two axes, ties, what is late and what stands against a claim."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.core.absent import Absent
from explorer.gui.canvases.journey_data import Tie
from explorer.gui.canvases.time_ties import HEIGHT, TimeTies, day_text, paint_ties
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Token
from explorer.model.claim_sheets import DAY_US, EntryPlace

BASE = 1_788_220_800_000_000
PROMPT = Tie(EntryPlace(6, 2), "Harvest", BASE, BASE + DAY_US, 0, "")
LATE = Tie(EntryPlace(9, 0), "Inspect", BASE, BASE + 30 * DAY_US, 30, "30 days later")
AGAINST = replace(
    PROMPT, entry=EntryPlace(153, 0), what="Recall", happened_us=Absent.NOT_IN_FORMAT,
    recorded_us=BASE + 34 * DAY_US, is_against=True,
)  # fmt: skip


def drawn(theme: Theme, *ties: Tie) -> tuple[QImage, list[EntryPlace]]:
    image = QImage(600, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(theme.color(Token.SURFACE))
    painter = QPainter(image)
    targets = paint_ties(painter, theme, ties, 600)
    painter.end()
    return image, [entry for _, entry in targets]


def has(image: QImage, color: QColor) -> bool:
    return any(
        image.pixelColor(x, y) == color
        for x in range(image.width())
        for y in range(image.height())
    )


def test_every_known_time_is_a_dot(theme: Theme) -> None:
    _, targets = drawn(theme, PROMPT, LATE, AGAINST)
    assert targets.count(EntryPlace(6, 2)) == 2
    assert targets.count(EntryPlace(153, 0)) == 1


def test_late_ties_warn_and_prompt_ones_do_not(theme: Theme) -> None:
    warn = theme.color(Token.WARN)
    assert has(drawn(theme, PROMPT, LATE)[0], warn)
    assert not has(drawn(theme, PROMPT, replace(LATE, delay_days=3))[0], warn)


def test_what_stands_against_a_claim_is_marked(theme: Theme) -> None:
    fail = theme.color(Token.FAIL)
    assert has(drawn(theme, PROMPT, AGAINST)[0], fail)
    assert not has(drawn(theme, PROMPT, LATE)[0], fail)


@pytest.mark.parametrize(
    "ties", [(), (replace(AGAINST, recorded_us=Absent.UNREADABLE),)]
)
def test_without_times_it_says_so(theme: Theme, ties: tuple[Tie, ...]) -> None:
    image, targets = drawn(theme, *ties)
    assert targets == []
    assert has(image, theme.color(Token.INK3))


def test_days_and_moments_of_the_ticks() -> None:
    assert day_text(BASE, 40 * DAY_US) == "2026-09-01"
    assert day_text(BASE, DAY_US) == "09-01 00:00 UTC"
    assert day_text(2**62, DAY_US) == ""


def test_a_dot_opens_its_entry(theme: Theme, qtbot: QtBot) -> None:
    widget = TimeTies(theme)
    qtbot.addWidget(widget)
    widget.resize(600, HEIGHT)
    widget.set_ties((PROMPT, LATE))
    widget.show()
    widget.grab()
    room, entry = widget._targets[0]
    at = room.center().toPoint()
    with qtbot.waitSignal(widget.entry_chosen) as caught:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
    assert caught.args == [entry]
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert widget.accessibleDescription() == "Inspect: 30 days later"
