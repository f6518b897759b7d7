"""How one screen of the bytes pane looks.

Section 8 of the design: 16 bytes a row with a gap after 8, offset in hex, UTF-8 drawn
as one glyph over the cells of its bytes (section 15), lit spans with ground, underline
and a bracket with the name in the margin.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.gui.canvases.byte_spans import ByteRange, LitSpan, SpanKind, glyphs
from explorer.gui.design.painting import (
    CENTER,
    LEFT,
    TextStyle,
    dashed_pen,
    draw_line,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token

ROW_BYTES = 16
ROW_PX = 21
_TOP_PX = 8
_LANES, _LANE_PX = 3, 6
"""Brackets that stand beside each other when spans lie within spans."""

_UNDERLINE: Mapping[SpanKind, tuple[Token, float]] = MappingProxyType(
    {
        SpanKind.SELECTED: (Token.ACCENT, 2.6),
        SpanKind.LINKED: (Token.INK, 2.0),
        SpanKind.CONTEXT: (Token.INK3, 1.0),
    }
)
_ORDER = (
    SpanKind.UNCOVERED,
    SpanKind.CONTEXT,
    SpanKind.LINKED,
    SpanKind.SELECTED,
    SpanKind.CHANGED,
)


@dataclass(frozen=True, slots=True)
class BytesGrid:
    """Where rows and cells stand; all in px."""

    cell: float
    """Width of one hex digit."""
    row: float
    top: float
    offset_left: float
    hex_left: float
    text_left: float
    margin_left: float

    def hex_x(self, column: int) -> float:
        """Return the left edge of a byte in the hex part."""
        gap = self.cell if column >= ROW_BYTES // 2 else 0.0
        return self.hex_left + column * 3 * self.cell + gap

    def text_x(self, column: int) -> float:
        """Return the left edge of a byte in the text part."""
        return self.text_left + column * self.cell

    def row_y(self, row: int) -> float:
        """Return the top of a row on the screen."""
        return self.top + row * self.row

    def column_at(self, x: float) -> int:
        """Return the byte of a row under ``x``, in the hex or the text part."""
        if x >= self.text_left - self.cell:
            column = int((x - self.text_left) / self.cell)
        else:
            half = ROW_BYTES // 2
            column = int((x - self.hex_left + self.cell / 2) / (3 * self.cell))
            if column >= half:
                past = x - self.hex_left - self.cell / 2
                column = max(half, int(past / (3 * self.cell)))
        return min(ROW_BYTES - 1, max(0, column))


def bytes_grid(theme: Theme, digits: int) -> BytesGrid:
    """Return the grid for offsets of so many hex digits."""
    cell = theme.width("0", Role.MONO)
    offset_left = theme.px(16)
    hex_left = offset_left + cell * (digits + 1) + theme.px(10)
    text_left = hex_left + cell * (3 * ROW_BYTES + 1) + theme.px(18)
    margin_left = text_left + ROW_BYTES * cell + theme.px(28)
    row, top = theme.px(ROW_PX), theme.px(_TOP_PX)
    return BytesGrid(cell, row, top, offset_left, hex_left, text_left, margin_left)


@dataclass(frozen=True, slots=True)
class BytesScreen:
    """What one screen shows."""

    first_row: int
    rows: int
    before: bytes
    """Up to four bytes before the first row."""
    data: bytes
    """The bytes of the rows, and up to four after them."""
    size_bytes: int
    """Length of the whole source."""
    spans: tuple[LitSpan, ...]
    selection: ByteRange | None
    caret: int
    has_focus: bool
    digits: int

    @property
    def start(self) -> int:
        """Return the offset of the first byte shown."""
        return self.first_row * ROW_BYTES

    @property
    def end(self) -> int:
        """Return the offset behind the last byte that could be shown."""
        return min(self.size_bytes, self.start + self.rows * ROW_BYTES)


@dataclass(frozen=True, slots=True)
class _Run:
    """The part of a span within one row: columns ``first`` to ``last``."""

    row: int
    first: int
    last: int


class BytesPainter:
    """Draws one screen."""

    def __init__(
        self, painter: QPainter, theme: Theme, grid: BytesGrid, screen: BytesScreen
    ) -> None:
        """Draw with ``painter``."""
        self._painter, self._theme = painter, theme
        self._grid, self._screen = grid, screen

    def draw(self, width: float) -> None:
        """Draw grounds first, then digits and glyphs, then the margin."""
        shown = sorted(self._screen.spans, key=lambda each: _ORDER.index(each.kind))
        for span in shown:
            self._light(span)
        self._selection()
        self._digits()
        self._glyphs()
        self._margin(width)

    def _runs(self, start: int, end: int) -> list[_Run]:
        screen = self._screen
        first, last = max(start, screen.start), min(end, screen.end) - 1
        runs = []
        while first <= last:
            row = (first - screen.start) // ROW_BYTES
            row_end = screen.start + (row + 1) * ROW_BYTES - 1
            stop = min(last, row_end)
            runs.append(_Run(row, first % ROW_BYTES, stop % ROW_BYTES))
            first = stop + 1
        return runs

    def _rooms(self, run: _Run) -> tuple[QRectF, QRectF]:
        """Return the run's ground among the digits and among the glyphs."""
        grid = self._grid
        top, high = grid.row_y(run.row) + 1, grid.row - 4
        left = grid.hex_x(run.first) - 2
        right = grid.hex_x(run.last) + 2 * grid.cell + 2
        text_left = grid.text_x(run.first)
        wide = (run.last - run.first + 1) * grid.cell
        return (
            QRectF(left, top, right - left, high),
            QRectF(text_left, top, wide, high),
        )

    def _light(self, span: LitSpan) -> None:
        for run in self._runs(span.start, span.end):
            for room in self._rooms(run):
                if span.kind is SpanKind.CHANGED:
                    self._box(room)
                elif span.kind is SpanKind.UNCOVERED:
                    self._dotted(room)
                else:
                    self._ground(room, span.kind)

    def _ground(self, room: QRectF, kind: SpanKind) -> None:
        chosen = kind is SpanKind.SELECTED
        ground = Token.ACCENT_BG if chosen else Token.SUNKEN
        self._painter.fillRect(room, self._theme.color(ground))
        token, width = _UNDERLINE[kind]
        line = QRectF(room.left(), room.bottom() - 0.4, room.width(), width)
        self._painter.fillRect(line, self._theme.color(token))

    def _box(self, room: QRectF) -> None:
        theme = self._theme
        self._painter.fillRect(room, theme.color(Token.FAIL_BG))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(theme.color(Token.FAIL), 1.4))
        self._painter.drawRect(room.adjusted(0.5, 0.5, -0.5, 0.5))

    def _dotted(self, room: QRectF) -> None:
        self._painter.setPen(dashed_pen(self._theme.color(Token.INK3), 1.4, 1.4, 2.2))
        foot = room.bottom() + 1
        self._painter.drawLine(QPointF(room.left(), foot), QPointF(room.right(), foot))

    def _selection(self) -> None:
        chosen, theme = self._screen.selection, self._theme
        if chosen is not None:
            for run in self._runs(chosen.start, chosen.end):
                for room in self._rooms(run):
                    self._ground(room, SpanKind.SELECTED)
        if self._screen.has_focus:
            caret = self._screen.caret
            for run in self._runs(caret, caret + 1):
                self._painter.setBrush(Qt.BrushStyle.NoBrush)
                self._painter.setPen(QPen(theme.color(Token.ACCENT), 2))
                for room in self._rooms(run):
                    self._painter.drawRect(room)

    def _kind_at(self, offset: int) -> SpanKind | None:
        found = None
        for span in self._screen.spans:
            is_here = span.start <= offset < span.end
            is_louder = found is None or _ORDER.index(span.kind) > _ORDER.index(found)
            if is_here and is_louder:
                found = span.kind
        return found

    def _digits(self) -> None:
        theme, grid, screen = self._theme, self._grid, self._screen
        self._painter.setFont(theme.font(Role.MONO))
        quiet, lit = theme.color(Token.INK3), theme.color(Token.INK)
        changed = theme.color(Token.FAIL)
        for row in range(screen.rows):
            offset = screen.start + row * ROW_BYTES
            if offset >= screen.size_bytes:
                break
            room = QRectF(grid.offset_left, grid.row_y(row), 400, grid.row - 2)
            self._painter.setPen(quiet)
            self._painter.drawText(room, int(LEFT), f"{offset:0{screen.digits}x}")
            for column in range(ROW_BYTES):
                at = offset + column - screen.start
                if at >= len(screen.data) or offset + column >= screen.end:
                    break
                kind = self._kind_at(offset + column)
                is_lit = kind is not None and kind is not SpanKind.UNCOVERED
                pen = changed if kind is SpanKind.CHANGED else lit if is_lit else quiet
                self._painter.setPen(pen)
                place = QRectF(
                    grid.hex_x(column), grid.row_y(row), 3 * grid.cell, grid.row - 2
                )
                self._painter.drawText(place, int(LEFT), f"{screen.data[at]:02x}")

    def _glyphs(self) -> None:
        """Draw characters over their bytes; a dot for every byte that is in none."""
        screen, grid, theme = self._screen, self._grid, self._theme
        lead = len(screen.before)
        shown = screen.end - screen.start
        taken: set[int] = set()
        self._painter.setPen(theme.color(Token.INK2))
        narrow, wide = theme.font(Role.MONO), theme.font(Role.SMALL)
        for glyph in glyphs(screen.before + screen.data):
            at = glyph.at - lead
            taken.update(range(at, at + glyph.size_bytes))
            if not 0 <= at < shown:
                continue
            row, column = divmod(at, ROW_BYTES)
            self._painter.setFont(narrow if glyph.size_bytes == 1 else wide)
            place = QRectF(
                grid.text_x(column),
                grid.row_y(row),
                glyph.size_bytes * grid.cell,
                grid.row - 2,
            )
            flags = int(CENTER | Qt.TextFlag.TextDontClip)
            self._painter.drawText(place, flags, glyph.text)
        dot = theme.color(Token.FAINT)
        for at in range(min(shown, len(screen.data))):
            if at not in taken:
                row, column = divmod(at, ROW_BYTES)
                x = grid.text_x(column) + grid.cell / 2 - 0.8
                y = grid.row_y(row) + (grid.row - 2) / 2
                self._painter.fillRect(QRectF(x, y, 1.6, 1.6), dot)

    def _margin(self, width: float) -> None:
        """Draw a bracket and a name for each span; names never cover each other."""
        theme, grid = self._theme, self._grid
        room = width - grid.margin_left - theme.px(8)
        if room < theme.px(40):
            return
        free, ends = grid.row_y(0), [0.0]
        for span in self._named():
            top, bottom = self._reach(span)
            lane = next((at for at, end in enumerate(ends) if end <= top), len(ends))
            ends[lane : lane + 1] = [bottom]
            self._bracket(span.kind, min(lane, _LANES - 1), top, bottom)
            free = self._name(span, max(free, top - 3), room)

    def _reach(self, span: LitSpan) -> tuple[float, float]:
        """Return from where to where the bracket of a span goes."""
        grid, screen = self._grid, self._screen
        runs = self._runs(span.start, span.end)
        top = grid.row_y(runs[0].row) + 3
        bottom = grid.row_y(runs[-1].row) + grid.row - 5
        if runs[0].first and len(runs) > 1:
            top += grid.row * 0.45
        if runs[-1].last < ROW_BYTES - 1 and span.end <= screen.end and len(runs) > 1:
            bottom -= grid.row * 0.45
        return top, bottom

    def _named(self) -> Sequence[LitSpan]:
        screen = self._screen
        inside = [
            span
            for span in screen.spans
            if (span.name or span.note)
            and span.start < screen.end
            and span.end > screen.start
            and span.start < span.end
        ]
        return sorted(inside, key=lambda each: (each.start, each.end))

    def _bracket(self, kind: SpanKind, lane: int, top: float, bottom: float) -> None:
        token, _ = _UNDERLINE.get(kind, (Token.INK3, 1.0))
        token = Token.FAIL if kind is SpanKind.CHANGED else token
        color = self._theme.color(token)
        left = self._grid.margin_left + lane * self._theme.px(_LANE_PX)
        if kind is SpanKind.UNCOVERED:
            self._painter.setPen(dashed_pen(color, 1.6, 1.6, 2.4))
            self._painter.drawLine(QPointF(left, top), QPointF(left, bottom))
            return
        width = 2.6 if kind is SpanKind.SELECTED else 2.0
        self._painter.fillRect(QRectF(left - 1, top, width, bottom - top), color)

    def _name(self, span: LitSpan, top: float, room: float) -> float:
        """Write name and note; return where the next name may begin."""
        theme = self._theme
        left = self._grid.margin_left + theme.px(9 + _LANE_PX * (_LANES - 1))
        high = theme.line_height(Role.TINY)
        for text, token in ((span.name, Token.INK2), (span.note, Token.FAIL)):
            if text:
                place = QRectF(left, top, room - theme.px(26), high + 2)
                style = TextStyle(Role.TINY, token)
                draw_line(self._painter, theme, place, text, style)
                top += high
        return top + theme.px(3)
