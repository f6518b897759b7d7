import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.gui.canvases.chain_strip import ChainStrip
from explorer.gui.canvases.strip_data import (
    BlockStatus,
    StripBlocks,
    StripEvent,
    StripHover,
    StripPlace,
    StripRange,
    Window,
)
from explorer.gui.canvases.strip_painter import LEAST_MARK_PX
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, HEIGHT_RULER, Token
from tests.gui.canvases.strips import blocks_of

LEFT = Qt.MouseButton.LeftButton


def _strip(
    theme: Theme, qtbot: QtBot, blocks: StripBlocks, *, compact: bool = False
) -> ChainStrip:
    strip = ChainStrip(theme, compact=compact)
    qtbot.addWidget(strip)
    strip.resize(1004, strip.sizeHint().height())
    strip.show_blocks(blocks)
    strip.show()
    return strip


def _columns_with(image: QImage, color: QColor, rows: range) -> list[int]:
    rgb = color.rgb()
    return [
        x for x in range(image.width()) if any(image.pixel(x, y) == rgb for y in rows)
    ]


@pytest.mark.parametrize("compact", [True, False])
@pytest.mark.parametrize("at", [0, 200_000, 402_459])
def test_one_failed_block_of_402460_is_seen(
    theme: Theme, qtbot: QtBot, at: int, compact: bool
) -> None:
    strip = _strip(theme, qtbot, blocks_of(402_460, (at,)), compact=compact)
    image = strip.grab().toImage()
    red = _columns_with(image, theme.color(Token.FAIL), range(image.height()))
    assert red[-1] - red[0] + 1 >= LEAST_MARK_PX - 2


def test_a_failed_column_is_red_over_its_full_height(
    theme: Theme, qtbot: QtBot
) -> None:
    strip = _strip(theme, qtbot, blocks_of(50, (25,)))
    room = strip._look().room
    image = strip.grab().toImage()
    rows = range(round(room.top()) + 2, round(room.bottom()) - 2)
    red = _columns_with(image, theme.color(Token.FAIL), rows)
    middle = red[len(red) // 2]
    rgb = theme.color(Token.FAIL).rgb()
    assert all(image.pixel(middle, y) == rgb for y in rows)
    assert 500 < middle < 530


def test_what_is_not_checked_is_grey_until_it_is(theme: Theme, qtbot: QtBot) -> None:
    strip = _strip(theme, qtbot, blocks_of(100, checked=30))
    rows = range(100, 110)
    grey = _columns_with(strip.grab().toImage(), theme.color(Token.FAINT), rows)
    assert 300 < min(grey) < 310
    strip.show_blocks(blocks_of(100, checked=80))
    grey = _columns_with(strip.grab().toImage(), theme.color(Token.FAINT), rows)
    assert 800 < min(grey) < 810
    strip.show_blocks(blocks_of(100))
    image = strip.grab().toImage()
    assert not _columns_with(image, theme.color(Token.FAINT), rows)


def test_refused_entries_hang_below_the_base_line(theme: Theme, qtbot: QtBot) -> None:
    strip = _strip(theme, qtbot, blocks_of(50))
    base = round(strip._look().room.bottom())
    image = strip.grab().toImage()
    hanging = _columns_with(image, theme.color(Token.WARN), range(base + 2, base + 12))
    assert hanging
    assert all(40 < x < 64 for x in hanging)


def test_a_click_selects_and_a_double_click_opens(theme: Theme, qtbot: QtBot) -> None:
    strip = _strip(theme, qtbot, blocks_of(100))
    with qtbot.waitSignal(strip.block_selected, timeout=60_000) as chosen:
        QTest.mouseClick(strip, LEFT, pos=QPoint(507, 90))
    assert chosen.args == [StripPlace(50, 150)]
    with qtbot.waitSignal(strip.block_opened, timeout=60_000) as opened:
        QTest.mouseDClick(strip, LEFT, pos=QPoint(507, 90))
    assert opened.args == [StripPlace(50, 150)]


def test_a_click_on_many_blocks_means_the_failed_one(
    theme: Theme, qtbot: QtBot
) -> None:
    strip = _strip(theme, qtbot, blocks_of(100_000, (50_013,)))
    x = round(strip._look().x_of(50_013))
    with qtbot.waitSignal(strip.block_selected, timeout=60_000) as chosen:
        QTest.mouseClick(strip, LEFT, pos=QPoint(x, 90))
    assert chosen.args == [StripPlace(50_013, 50_113)]


def test_a_drag_brushes_a_range_and_escape_gives_it_up(
    theme: Theme, qtbot: QtBot
) -> None:
    strip = _strip(theme, qtbot, blocks_of(100))
    QTest.mousePress(strip, LEFT, pos=QPoint(407, 90))
    QTest.mouseMove(strip, QPoint(300, 90))
    QTest.mouseMove(strip, QPoint(207, 90))
    with qtbot.waitSignal(strip.range_brushed, timeout=60_000) as brushed:
        QTest.mouseRelease(strip, LEFT, pos=QPoint(207, 90))
    assert brushed.args == [StripRange(StripPlace(20, 120), StripPlace(40, 140))]
    with qtbot.waitSignal(strip.range_brushed, timeout=60_000) as given_up:
        QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert given_up.args == [None]


def test_hovering_tells_counts_and_leaving_tells_nothing(
    theme: Theme, qtbot: QtBot
) -> None:
    strip = _strip(theme, qtbot, blocks_of(100, (2,)))
    with qtbot.waitSignal(strip.hovered, timeout=60_000) as told:
        QTest.mouseMove(strip, QPoint(28, 90))
    place = StripPlace(2, 102)
    expected = StripHover(StripRange(place, place), 3, 1, BlockStatus.FAILED, 28)
    assert told.args == [expected]


def _wheel(strip: ChainStrip, x: float, turn: int) -> None:
    event = QWheelEvent(
        QPointF(x, 50),
        QPointF(x, 50),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    strip.wheelEvent(event)


def test_the_wheel_zooms_at_the_pointer(theme: Theme, qtbot: QtBot) -> None:
    strip = _strip(theme, qtbot, blocks_of(10_000))
    before = strip._look().position_at(700)
    with qtbot.waitSignal(strip.window_changed, timeout=60_000):
        _wheel(strip, 700, 240)
    assert strip._look().position_at(700) == pytest.approx(before, abs=1)
    assert strip.window_shown().size == pytest.approx(6_400)
    strip.show_all()
    assert strip.window_shown() == Window(0, 10_000)


def test_keys_walk_along_the_chain(theme: Theme, qtbot: QtBot) -> None:
    strip = _strip(theme, qtbot, blocks_of(100, (40, 60)))
    seen: list[int] = []
    strip.block_selected.connect(lambda place: seen.append(place.position))
    for key in (
        Qt.Key.Key_Home,
        Qt.Key.Key_Right,
        Qt.Key.Key_F,
        Qt.Key.Key_F,
        Qt.Key.Key_F,
        Qt.Key.Key_End,
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
    ):
        QTest.keyClick(strip, key)
    assert seen == [0, 1, 40, 60, 40, 99, 99, 98]
    with qtbot.waitSignal(strip.block_opened, timeout=60_000) as opened:
        QTest.keyClick(strip, Qt.Key.Key_Return)
    assert opened.args == [StripPlace(98, 198)]


def test_zoom_keys(theme: Theme, qtbot: QtBot) -> None:
    strip = _strip(theme, qtbot, blocks_of(1_000))
    QTest.keyClick(strip, Qt.Key.Key_Plus)
    assert strip.window_shown().size == 500
    QTest.keyClick(strip, Qt.Key.Key_Minus)
    assert strip.window_shown() == Window(0, 1_000)
    QTest.keyClick(strip, Qt.Key.Key_Plus)
    QTest.keyClick(strip, Qt.Key.Key_0)
    assert strip.window_shown() == Window(0, 1_000)


def test_selecting_brings_a_block_into_view(theme: Theme, qtbot: QtBot) -> None:
    strip = _strip(theme, qtbot, blocks_of(1_000))
    strip.show_window(Window(0, 100))
    strip.select_height(100 + 900)
    window = strip.window_shown()
    assert window.start <= 900 < window.end
    assert "selected: block 1\u202f000" in strip.accessibleDescription()
    strip.select_height(5)
    assert "selected" not in strip.accessibleDescription()


def test_growing_while_it_is_read_keeps_what_is_shown(
    theme: Theme, qtbot: QtBot
) -> None:
    strip = _strip(theme, qtbot, blocks_of(100))
    strip.show_blocks(blocks_of(200))
    assert strip.window_shown() == Window(0, 200)
    strip.show_window(Window(50, 90))
    strip.show_blocks(blocks_of(400))
    assert strip.window_shown() == Window(50, 90)
    strip.show_blocks(blocks_of(10))
    assert strip.window_shown() == Window(0, 10)


def test_the_description_counts_what_does_not_match(theme: Theme, qtbot: QtBot) -> None:
    strip = _strip(theme, qtbot, blocks_of(100, (4, 9), checked=60))
    text = strip.accessibleDescription()
    assert text == "100 blocks, 2 do not match, checked up to position 60"


@pytest.mark.parametrize("count", [0, 1, 2, 7])
@pytest.mark.parametrize("compact", [True, False])
def test_few_blocks_are_drawn_too(
    theme: Theme, qtbot: QtBot, count: int, compact: bool
) -> None:
    strip = _strip(theme, qtbot, blocks_of(count), compact=compact)
    strip.set_events((StripEvent(0, "configuration"), StripEvent(5, "recall")))
    strip.set_range(0, 3)
    assert not strip.grab().isNull()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_F, Qt.Key.Key_Plus, Qt.Key.Key_Escape):
        QTest.keyClick(strip, key)
    QTest.mouseClick(strip, LEFT, pos=QPoint(20, 10))


def test_the_ruler_has_its_height_and_follows_the_scale(
    theme: Theme, qtbot: QtBot
) -> None:
    ruler = _strip(theme, qtbot, blocks_of(30), compact=True)
    assert ruler.height() == HEIGHT_RULER
    theme.set_scale(2)
    assert ruler.height() == 2 * HEIGHT_RULER
    theme.set_palette(DARK)
    image = ruler.grab().toImage()
    assert image.pixel(0, 0) == theme.color(Token.PAPER).rgb()


def test_a_torn_end_is_drawn(theme: Theme, qtbot: QtBot) -> None:
    whole = blocks_of(50)
    torn = StripBlocks(
        whole.heights,
        whole.entries,
        whole.refused,
        whole.status,
        whole.is_config,
        ends_torn=True,
    )
    first = _strip(theme, qtbot, whole).grab().toImage()
    second = _strip(theme, qtbot, torn).grab().toImage()
    assert first.copy(0, 0, 900, 180) == second.copy(0, 0, 900, 180)
    assert first != second


def test_configuration_blocks_are_in_accent(theme: Theme, qtbot: QtBot) -> None:
    plain = blocks_of(50)
    config = np.zeros(50, np.bool_)
    config[10] = True
    blocks = StripBlocks(
        plain.heights, plain.entries, plain.refused, plain.status, config
    )
    image = _strip(theme, qtbot, blocks).grab().toImage()
    found = _columns_with(image, theme.color(Token.ACCENT), range(60, 100))
    assert found
    assert all(200 <= x <= 222 for x in found)
