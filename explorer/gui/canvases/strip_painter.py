"""How the chain strip looks: columns, refused entries, marks, ticks, selection.

Section 8 of the design. The hero and the ruler of 34 px are the same picture at two
heights; only room and the axis differ. Every failed column is red over the full height
and lies under a mark that never shrinks below 12 px.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from explorer.gui.canvases.strip_data import (
    BlockStatus,
    StripBlocks,
    StripColumns,
    StripEvent,
    Window,
    apart,
)
from explorer.gui.design.marks import Mark, draw_mark
from explorer.gui.design.painting import CENTER, LEFT, RIGHT, TextStyle, draw_line
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.viewmodels.wording import grouped

LEAST_MARK_PX = 12.0
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class StripLook:
    """Everything a frame needs besides the theme."""

    blocks: StripBlocks
    columns: StripColumns
    window: Window
    room: QRectF
    is_compact: bool
    events: tuple[StripEvent, ...] = ()
    selected: int = -1
    """Position, or -1."""
    brushed: tuple[int, int] | None = None
    """First and last position of the filter's range."""
    front: int = 0
    """Position up to which blocks are checked."""
    has_focus: bool = False
    ground: Token = field(default=Token.SURFACE)

    def x_of(self, position: float) -> float:
        """Return where a position begins, in px."""
        share = (position - self.window.start) / max(1e-9, self.window.size)
        return self.room.left() + share * self.room.width()

    def position_at(self, x_px: float) -> float:
        """Return the position at ``x_px``."""
        share = (x_px - self.room.left()) / max(1.0, self.room.width())
        return self.window.start + share * self.window.size


def strip_room(theme: Theme, width: float, height: float, *, compact: bool) -> QRectF:
    """Return where the columns stand: from the top of the highest to the base line."""
    side = theme.px(2)
    top, low = (theme.px(5), theme.px(10)) if compact else (theme.px(40), theme.px(46))
    return QRectF(side, top, max(1.0, width - 2 * side), max(4.0, height - top - low))


class StripPainter:
    """Draws one frame."""

    def __init__(self, painter: QPainter, theme: Theme, look: StripLook) -> None:
        """Draw with ``painter``."""
        self._painter, self._theme, self._look = painter, theme, look
        columns = look.columns
        self._lefts = self._places(columns.firsts)
        self._rights = self._places(columns.lasts + 1)
        self._base = look.room.bottom()

    def draw(self) -> None:
        """Draw everything from the ground up."""
        self._range()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if not self._look.is_compact:
            self._scale_line()
        self._bars()
        self._refused()
        base = QRectF(self._look.room.left(), self._base, self._look.room.width(), 1)
        self._painter.fillRect(base, self._theme.color(Token.EDGE))
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._look.blocks.ends_torn:
            self._torn_edge()
        self._front()
        if not self._look.is_compact:
            self._axis()
            self._events()
        self._marks()
        self._selection()

    def _places(self, positions: NDArray[np.int64]) -> NDArray[np.float64]:
        look = self._look
        share = (positions - look.window.start) / max(1e-9, look.window.size)
        places = look.room.left() + share * look.room.width()
        return places.astype(np.float64)

    def _range(self) -> None:
        look = self._look
        if look.brushed is None:
            return
        left = max(look.room.left(), look.x_of(look.brushed[0]))
        right = min(look.room.right(), look.x_of(look.brushed[1] + 1))
        if right <= left:
            return
        over = self._theme.px(3)
        high = look.room.height() + self._theme.px(10)
        place = QRectF(left, look.room.top() - over, max(2.0, right - left), high)
        self._painter.fillRect(place, self._theme.color(Token.ACCENT_BG))
        edge = self._theme.color(Token.ACCENT)
        for x in (place.left(), place.right() - 1):
            self._painter.fillRect(QRectF(x, place.top(), 1, high), edge)

    def _scale_line(self) -> None:
        room = self._look.room
        line = QRectF(room.left(), room.top(), room.width(), 1)
        self._painter.fillRect(line, self._theme.color(Token.HAIR))

    def _bars(self) -> None:
        columns, room = self._look.columns, self._look.room
        accepted = columns.entries.astype(np.int64) - columns.refused
        unit = room.height() / max(1, columns.most_entries)
        high = np.where(accepted > 0, np.maximum(2.0, accepted * unit), 0.0)
        failed = columns.status == BlockStatus.FAILED
        high = np.where(failed, room.height(), high)
        fresh = columns.status == BlockStatus.UNCHECKED
        plain = ~failed & ~fresh
        groups = (
            (plain & ~columns.is_config, Token.INK3),
            (fresh, Token.FAINT),
            (plain & columns.is_config, Token.ACCENT),
            (failed, Token.FAIL),
        )
        for chosen, token in groups:
            self._fill(np.flatnonzero(chosen & (high > 0)), high, token)

    def _fill(
        self, chosen: NDArray[np.intp], high: NDArray[np.float64], token: Token
    ) -> None:
        """Fill some columns; neighbours keep a gap while there is room for one."""
        color, fill = self._theme.color(token), self._painter.fillRect
        base = round(self._base)
        lefts, rights = np.rint(self._lefts[chosen]), np.rint(self._rights[chosen])
        wide = rights - lefts
        wide = np.maximum(1, np.where(wide > 3, wide - 1, wide)).astype(int)
        tall = np.maximum(1, np.rint(high[chosen])).astype(int)
        rows = zip(
            lefts.astype(int).tolist(), wide.tolist(), tall.tolist(), strict=True
        )
        for left, width, height in rows:
            fill(left, base - height, width, height, color)

    def _refused(self) -> None:
        columns, theme = self._look.columns, self._theme
        chosen = np.flatnonzero(columns.refused)
        compact = self._look.is_compact
        top = round(self._base) + (2 if compact else round(theme.px(3)))
        most = theme.px(6 if compact else 22)
        each = theme.px(1.6 if compact else 3.2)
        self._painter.setPen(QPen(theme.color(Token.WARN), 1))
        self._painter.setBrush(theme.color(self._look.ground))
        for index in chosen.tolist():
            left, right = round(self._lefts[index]), round(self._rights[index])
            number = int(columns.refused[index])
            tall = round(min(most, theme.px(3 if compact else 4) + number * each))
            wide = max(2, right - left - (2 if right - left > 4 else 1))
            self._painter.drawRect(left, top, wide, tall)

    def _torn_edge(self) -> None:
        """Draw that the file ends inside a block."""
        room, step = self._look.room, self._theme.px(4)
        if self._look.window.end < len(self._look.blocks):
            return
        points, y, turn = [], room.top(), 0
        while y <= self._base + step:
            points.append(QPointF(room.right() - (step if turn % 2 else 0), y))
            y, turn = y + step, turn + 1
        self._painter.setPen(QPen(self._theme.color(Token.WARN), 1.6))
        self._painter.drawPolyline(QPolygonF(points))

    def _front(self) -> None:
        look = self._look
        if not 0 < look.front < len(look.blocks):
            return
        x = look.x_of(look.front)
        if look.room.left() <= x <= look.room.right():
            self._painter.setPen(QPen(self._theme.color(Token.ACCENT), 1.6))
            over = self._theme.px(4)
            top, low = look.room.top() - over, self._base + over
            self._painter.drawLine(QPointF(x, top), QPointF(x, low))

    def _marks(self) -> None:
        look, theme = self._look, self._theme
        columns = look.columns
        failed = np.flatnonzero(columns.status == BlockStatus.FAILED)
        middles = (self._lefts[failed] + self._rights[failed]) / 2
        side = max(LEAST_MARK_PX, theme.px(12 if look.is_compact else 16))
        top = 0.5 if look.is_compact else look.room.top() - side - theme.px(1)
        held = np.clip(middles, side / 2, look.room.right() - side / 2)
        for index in apart(held, side + 1):
            square = QRectF(held[index] - side / 2, top, side, side)
            draw_mark(self._painter, theme, Mark.FAILED, square, look.ground)

    def _selection(self) -> None:
        look, theme = self._look, self._theme
        if look.selected < 0:
            return
        left, right = look.x_of(look.selected), look.x_of(look.selected + 1)
        if right < look.room.left() or left > look.room.right():
            return
        middle, wide = (left + right) / 2, max(theme.px(7), right - left + 3)
        over = theme.px(4)
        top, high = look.room.top() - over, look.room.height() + 2 * over
        frame = QRectF(middle - wide / 2, top, wide, high)
        self._painter.setBrush(theme.color(Token.ACCENT, 0))
        width = theme.px(2.4 if look.has_focus else 1.8)
        self._painter.setPen(QPen(theme.color(Token.ACCENT), width))
        self._painter.drawRoundedRect(frame, 2, 2)

    def _axis(self) -> None:
        look, theme = self._look, self._theme
        top = self._base + theme.px(27)
        high = theme.line_height(Role.TINY)
        last = min(len(look.blocks), int(np.ceil(look.window.end))) - 1
        if last < 0:
            return
        style = TextStyle(Role.TINY, Token.INK3, CENTER)
        end_text = grouped(int(look.blocks.heights[last]))
        end_wide = theme.width(end_text, Role.TINY) + 4
        end = QRectF(look.room.right() - end_wide, top, end_wide, high)
        right = TextStyle(Role.TINY, Token.INK3, RIGHT)
        draw_line(self._painter, theme, end, end_text, right)
        for position in self._ticks(last):
            x = look.x_of(position + 0.5)
            text = grouped(int(look.blocks.heights[position]))
            wide = theme.width(text, Role.TINY) + 4
            place = QRectF(x - wide / 2, top, wide, high)
            if place.left() < look.room.left():
                place.moveLeft(look.room.left())
            if place.right() > end.left() - theme.px(8):
                continue
            tick = QRectF(x, top - theme.px(5), 1, theme.px(4))
            self._painter.fillRect(tick, theme.color(Token.EDGE))
            draw_line(self._painter, theme, place, text, style)

    def _ticks(self, last: int) -> range:
        look = self._look
        sample = grouped(int(look.blocks.heights[last]))
        room = self._theme.width(sample, Role.TINY) + self._theme.px(56)
        least = max(1.0, look.window.size * room / max(1.0, look.room.width()))
        power = 10 ** int(np.floor(np.log10(least)))
        fitting = [step * power for step in (*_STEPS, 10) if step * power >= least]
        step = fitting[0]
        first = int(np.ceil(max(0.0, look.window.start) / step)) * step
        return range(first, last + 1, step)

    def _events(self) -> None:
        """Draw the ticks of events, and each label that has room beside its tick."""
        look, theme = self._look, self._theme
        events = sorted(look.events, key=lambda each: each.position)
        shown = [(look.x_of(each.position + 0.5), each.label) for each in events]
        inside = [
            each for each in shown if look.room.left() <= each[0] <= look.room.right()
        ]
        if not inside:
            return
        high, taken = theme.line_height(Role.TINY), look.room.left()
        ends = [x for x, _ in inside[1:]] + [look.room.right()]
        for (x, label), end in zip(inside, ends, strict=True):
            tick = QRectF(x, theme.px(3), 1, look.room.top() - theme.px(5))
            self._painter.fillRect(tick, theme.color(Token.INK2))
            wide, gap = theme.width(label, Role.TINY) + 2, theme.px(6)
            left, align = x + gap, LEFT
            if left + wide > end - gap / 2:
                left, align = x - gap - wide, RIGHT
            if left < taken:
                taken = max(taken, x + gap)
                continue
            place = QRectF(left, theme.px(2), wide, high)
            style = TextStyle(Role.TINY, Token.INK2, align)
            draw_line(self._painter, theme, place, label, style)
            taken = max(left + wide, x) + gap
