import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.gui.canvases.byte_spans import ByteRange, LitSpan, SpanKind
from explorer.gui.canvases.hex_view import BytesPane
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, Token

LEFT = Qt.MouseButton.LeftButton
DATA = bytes(range(256)) * 8


class Source:
    """Gives bytes and remembers what was asked."""

    def __init__(self, size_bytes: int, data: bytes = DATA) -> None:
        self.size_bytes, self.data = size_bytes, data
        self.asked: list[tuple[int, int]] = []

    def read(self, offset: int, length: int) -> bytes:
        self.asked.append((offset, length))
        if self.size_bytes == len(self.data):
            return self.data[offset : offset + length]
        return bytes(max(0, min(length, self.size_bytes - offset)))


def _pane(theme: Theme, qtbot: QtBot, source: Source) -> BytesPane:
    pane = BytesPane(theme)
    qtbot.addWidget(pane)
    pane.resize(820, 21 * 10 + 8)
    pane.show_source(source.size_bytes, source.read)
    pane.show()
    return pane


def _count(image: QImage, color: QColor) -> int:
    rgb = color.rgb()
    return sum(
        image.pixel(x, y) == rgb
        for y in range(image.height())
        for x in range(image.width())
    )


def _click_at(pane: BytesPane, offset: int) -> QPoint:
    grid = pane._grid()
    row, column = divmod(offset - pane._first_row() * 16, 16)
    x = grid.hex_x(column) + grid.cell
    return QPoint(round(x), round(grid.row_y(row) + grid.row / 2))


@pytest.mark.parametrize("offset", [0, 7, 8, 15, 16, 100])
def test_a_click_on_hex_selects_that_byte(
    theme: Theme, qtbot: QtBot, offset: int
) -> None:
    pane = _pane(theme, qtbot, Source(len(DATA)))
    with qtbot.waitSignal(pane.offset_selected, timeout=60_000) as told:
        QTest.mouseClick(pane.viewport(), LEFT, pos=_click_at(pane, offset))
    assert told.args == [offset]
    assert pane.selection() == ByteRange(offset, offset + 1)
    assert pane.selected_bytes() == DATA[offset : offset + 1]


def test_a_click_on_text_selects_that_byte(theme: Theme, qtbot: QtBot) -> None:
    pane = _pane(theme, qtbot, Source(len(DATA)))
    grid = pane._grid()
    place = QPoint(round(grid.text_x(5) + grid.cell / 2), round(grid.row_y(2) + 8))
    with qtbot.waitSignal(pane.offset_selected, timeout=60_000) as told:
        QTest.mouseClick(pane.viewport(), LEFT, pos=place)
    assert told.args == [37]


def test_dragging_and_shift_extend_the_selection(theme: Theme, qtbot: QtBot) -> None:
    pane = _pane(theme, qtbot, Source(len(DATA)))
    view = pane.viewport()
    QTest.mousePress(view, LEFT, pos=_click_at(pane, 20))
    pane._move_caret(40, extend=True)
    QTest.mouseRelease(view, LEFT, pos=_click_at(pane, 40))
    assert pane.selection() == ByteRange(20, 41)
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(view, LEFT, shift, _click_at(pane, 4))
    assert pane.selection() == ByteRange(4, 21)


def test_keys_move_and_extend(theme: Theme, qtbot: QtBot) -> None:
    pane = _pane(theme, qtbot, Source(len(DATA)))
    seen: list[int] = []
    pane.offset_selected.connect(seen.append)
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(pane, key)
    QTest.keyClick(pane, Qt.Key.Key_End, control)
    QTest.keyClick(pane, Qt.Key.Key_Down)
    QTest.keyClick(pane, Qt.Key.Key_Home, control)
    assert seen == [1, 17, 31, 16, 2047, 2047, 0]
    QTest.keyClick(pane, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert pane.selection() == ByteRange(0, 17)


def test_the_selection_is_copied_as_hex(theme: Theme, qtbot: QtBot) -> None:
    pane = _pane(theme, qtbot, Source(len(DATA)))
    pane.select(ByteRange(10, 13))
    QTest.keyClick(pane, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "0a 0b 0c"


def test_only_the_screen_is_read(theme: Theme, qtbot: QtBot) -> None:
    source = Source(1 << 40)
    pane = _pane(theme, qtbot, source)
    pane.go_to((1 << 39) + 5)
    pane.grab()
    offset, length = source.asked[-1]
    assert length < 400
    assert offset <= (1 << 39) + 5 < offset + length
    assert all(asked < 400 for _, asked in source.asked)


def test_the_end_of_a_very_large_file_can_be_reached(
    theme: Theme, qtbot: QtBot
) -> None:
    source = Source(1 << 40)
    pane = _pane(theme, qtbot, source)
    bar = pane.verticalScrollBar()
    assert bar.maximum() < 2**31
    bar.setValue(bar.maximum())
    screen = pane._screen()
    assert screen.end == 1 << 40
    assert bar.isVisible()
    pane.go_to(0)
    assert pane._screen().start == 0
    assert bar.value() == 0


def test_bytes_that_are_not_at_hand_are_left_free(theme: Theme, qtbot: QtBot) -> None:
    pane = BytesPane(theme)
    qtbot.addWidget(pane)
    pane.resize(820, 200)
    pane.show_source(1000, lambda _offset, _length: b"")
    pane.show()
    empty = pane.viewport().grab().toImage()
    pane.show_source(len(DATA), Source(len(DATA)).read)
    assert pane.viewport().grab().toImage() != empty
    pane.show_source(0, lambda _offset, _length: b"")
    QTest.keyClick(pane, Qt.Key.Key_Down)
    QTest.mouseClick(pane.viewport(), LEFT, pos=QPoint(200, 20))
    assert pane.selection() is None


def test_spans_are_lit_without_outcome_colours(theme: Theme, qtbot: QtBot) -> None:
    pane = _pane(theme, qtbot, Source(len(DATA)))
    pane.set_spans(
        (
            LitSpan(2, 34, SpanKind.SELECTED, "data hash"),
            LitSpan(36, 68, SpanKind.LINKED, "previous hash"),
            LitSpan(70, 90, SpanKind.CONTEXT, "entry 0"),
            LitSpan(100, 120, SpanKind.UNCOVERED, "covered by no check"),
        )
    )
    image = pane.viewport().grab().toImage()
    for token in (Token.OK, Token.FAIL, Token.WARN, Token.OK_BG, Token.FAIL_BG):
        assert _count(image, theme.color(token)) == 0
    assert _count(image, theme.color(Token.ACCENT_BG)) > 500
    assert _count(image, theme.color(Token.SUNKEN)) > 500
    pane.set_spans((LitSpan(5, 6, SpanKind.CHANGED, "differs", "was 33"),))
    image = pane.viewport().grab().toImage()
    assert _count(image, theme.color(Token.FAIL)) > 20


def test_names_in_the_margin_do_not_cover_each_other(
    theme: Theme, qtbot: QtBot
) -> None:
    spans = tuple(
        LitSpan(at, at + 2, SpanKind.LINKED, f"field {at}") for at in range(0, 16, 2)
    )
    pane = _pane(theme, qtbot, Source(len(DATA)))
    pane.set_spans(spans)
    image = pane.viewport().grab().toImage()
    left = round(pane._grid().margin_left + 22)
    surface = theme.color(Token.SURFACE).rgb()
    rows = [
        any(image.pixel(x, y) != surface for x in range(left, left + 60))
        for y in range(image.height())
    ]
    starts = [y for y in range(1, len(rows)) if rows[y] and not rows[y - 1]]
    assert len(starts) >= len(spans)


def test_selecting_brings_into_view_and_is_described(
    theme: Theme, qtbot: QtBot
) -> None:
    pane = _pane(theme, qtbot, Source(len(DATA)))
    with qtbot.waitSignal(pane.selection_changed, timeout=60_000) as told:
        pane.select(ByteRange(1600, 1632))
    assert told.args == [ByteRange(1600, 1632)]
    screen = pane._screen()
    assert screen.start <= 1600 < screen.end
    assert "32 bytes selected from offset 1\u202f600" in pane.accessibleDescription()
    pane.select(None)
    assert pane.selected_bytes() == b""


def test_the_pane_follows_theme_and_scale(theme: Theme, qtbot: QtBot) -> None:
    pane = _pane(theme, qtbot, Source(len(DATA)))
    before = pane._grid()
    theme.set_palette(DARK)
    theme.set_scale(2)
    assert pane._grid().row == 2 * before.row
    image = pane.viewport().grab().toImage()
    assert image.pixel(1, 1) == theme.color(Token.SURFACE).rgb()
