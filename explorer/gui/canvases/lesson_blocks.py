"""One copy of a lesson as a row of blocks with their links, drawn as section 9.7 says.

A broken hash or root has a ground of its own, a broken link is cut, blocks that rest on
nothing are dashed and marked "?", hashes that differ from the first row are underlined.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from explorer.core.text import printable
from explorer.gui.design.marks import Mark, draw_mark
from explorer.gui.design.painting import (
    TextStyle,
    dashed_pen,
    draw_line,
    fill_rounded,
    line_pen,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_CARD, Role, Token
from explorer.gui.translations import translate
from explorer.lab.lesson_states import BlockState, CopyState, Standing
from explorer.lab.values import EditableValue

SHOWN_AT_ONCE = 6
"""Blocks of a row."""

MARKS: Mapping[Standing, Mark] = MappingProxyType(
    {
        Standing.HOLDS: Mark.PASSED,
        Standing.FAILED: Mark.FAILED,
        Standing.OPEN: Mark.INCONCLUSIVE,
        Standing.RESTS_ON_NOTHING: Mark.INCONCLUSIVE,
    }
)
_GAP_PX, _HEAD_PX, _PAD_PX, _LINE_PX = 34, 28, 12, 19
_MOST_VALUES = 2


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row: which blocks, and how fully."""

    copy: CopyState
    first: CopyState
    """The first row, with which hashes are compared."""
    focus: int
    is_full: bool
    chosen: int = -1
    """Height of the block that has the keyboard; -1: none."""

    def blocks(self) -> tuple[BlockState, ...]:
        """Return the blocks that are drawn."""
        later = tuple(each for each in self.copy.blocks if each.height >= self.focus)
        return later[:SHOWN_AT_ONCE]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    role: Role
    token: Token
    is_bad: bool = False
    is_new: bool = False
    value: EditableValue | None = None


def row_shown(
    copy: CopyState, first: CopyState, focus: int, chosen: int = -1
) -> RowShown:
    """Return a row, in full where a block of it does not hold."""
    is_full = any(each.standing is not Standing.HOLDS for each in copy.blocks)
    return RowShown(copy, first, focus, is_full, chosen)


def row_height(theme: Theme, row: RowShown) -> float:
    """Return how high a row is."""
    lines = max((len(_lines(row, each)) for each in row.blocks()), default=0)
    return theme.px(_HEAD_PX + 2 * 8 + lines * _LINE_PX)


def block_rooms(theme: Theme, row: RowShown, room: QRectF) -> dict[int, QRectF]:
    """Return where each block is drawn."""
    gap = theme.px(_GAP_PX)
    wide = (room.width() - gap * (SHOWN_AT_ONCE - 1)) / SHOWN_AT_ONCE
    return {
        block.height: QRectF(
            room.left() + place * (wide + gap), room.top(), wide, room.height()
        )
        for place, block in enumerate(row.blocks())
    }


def value_at(
    theme: Theme, row: RowShown, room: QRectF, at: QPointF
) -> tuple[BlockState, EditableValue, QRectF] | None:
    """Return the value that can be edited at a point, with its room."""
    rooms = block_rooms(theme, row, room)
    for block in row.blocks():
        for line, place in _placed(theme, row, block, rooms[block.height]):
            if line.value is not None and place.contains(at):
                return block, line.value, place
    return None


def first_value(
    theme: Theme, row: RowShown, room: QRectF, height: int
) -> tuple[BlockState, EditableValue, QRectF] | None:
    """Return the value of a block that the keyboard edits: its last number or text."""
    rooms = block_rooms(theme, row, room)
    found = None
    for block in row.blocks():
        if block.height == height:
            for line, place in _placed(theme, row, block, rooms[height]):
                if line.value is not None:
                    found = (block, line.value, place)
    return found


def draw_row(painter: QPainter, theme: Theme, row: RowShown, room: QRectF) -> None:
    """Draw the blocks of one copy and the links between them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rooms = block_rooms(theme, row, room)
    blocks = row.blocks()
    for block in blocks:
        _draw_block(painter, theme, row, block, rooms[block.height])
    for before, after in pairwise(blocks):
        start = rooms[after.height].left()
        end = rooms[before.height].right()
        _draw_link(painter, theme, QPointF(start, room.center().y()), end, after)


def _draw_block(
    painter: QPainter, theme: Theme, row: RowShown, block: BlockState, room: QRectF
) -> None:
    inside = room.adjusted(1, 1, -1, -1)
    fill_rounded(
        painter,
        inside,
        theme.px(RADIUS_CARD),
        theme.color(Token.SURFACE),
        _edge(theme, block),
    )
    if block.height == row.chosen:
        ring = line_pen(theme.color(Token.ACCENT), theme.px(2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ring)
        out = room.adjusted(-2, -2, 2, 2)
        painter.drawRoundedRect(out, theme.px(RADIUS_CARD), theme.px(RADIUS_CARD))
    pad, head, side = theme.px(_PAD_PX), theme.px(_HEAD_PX), theme.px(16)
    title = QRectF(room.left() + pad, room.top(), room.width() - 2 * pad - side, head)
    words = translate("Teach", "Block {0}").format(block.height)
    draw_line(painter, theme, title, words, TextStyle(Role.STRONG, Token.INK))
    mark = QRectF(room.right() - pad - side, room.top() + (head - side) / 2, side, side)
    draw_mark(painter, theme, MARKS[block.standing], mark, Token.SURFACE)
    painter.setPen(QPen(theme.color(Token.HAIR), 1))
    under = room.top() + head
    painter.drawLine(QPointF(room.left() + 2, under), QPointF(room.right() - 2, under))
    for line, place in _placed(theme, row, block, room):
        _draw_text(painter, theme, line, place)


def _draw_text(painter: QPainter, theme: Theme, line: _Line, place: QRectF) -> None:
    if line.is_bad:
        around = place.adjusted(-theme.px(4), 1, theme.px(4), -1)
        painter.fillRect(around, theme.color(Token.FAIL_BG))
    draw_line(painter, theme, place, line.text, TextStyle(line.role, line.token))
    if line.is_new:
        wide = min(place.width(), theme.width(line.text, line.role))
        pen = QPen(theme.color(Token.WARN), theme.px(1.6))
        painter.setPen(pen)
        low = place.bottom() - theme.px(1)
        painter.drawLine(QPointF(place.left(), low), QPointF(place.left() + wide, low))


def _draw_link(
    painter: QPainter, theme: Theme, start: QPointF, end: float, after: BlockState
) -> None:
    token = Token.INK2 if after.link_fits else Token.FAIL
    pen = line_pen(theme.color(token), theme.px(1.6))
    painter.setPen(pen)
    tip = QPointF(end + theme.px(2), start.y())
    if after.link_fits:
        painter.drawLine(start, tip)
    else:
        middle, reach = (start.x() + end) / 2, theme.px(4)
        painter.drawLine(start, QPointF(middle + reach, start.y()))
        painter.drawLine(QPointF(middle - reach, start.y()), tip)
        for shift in (-reach / 2, reach):
            painter.drawLine(
                QPointF(middle + shift - reach / 2, start.y() + theme.px(6)),
                QPointF(middle + shift + reach / 2, start.y() - theme.px(6)),
            )
    painter.setBrush(theme.color(token))
    long, high = theme.px(7), theme.px(4)
    painter.drawPolygon(
        QPolygonF([tip, tip + QPointF(long, -high), tip + QPointF(long, high)])
    )


def _edge(theme: Theme, block: BlockState) -> QPen:
    if block.standing is Standing.FAILED:
        return line_pen(theme.color(Token.FAIL), theme.px(2))
    if block.standing is Standing.RESTS_ON_NOTHING:
        return dashed_pen(theme.color(Token.EDGE), theme.px(1.5), 6, 4)
    return line_pen(theme.color(Token.EDGE), theme.px(1.2))


def _placed(
    theme: Theme, row: RowShown, block: BlockState, room: QRectF
) -> list[tuple[_Line, QRectF]]:
    pad, high = theme.px(_PAD_PX), theme.px(_LINE_PX)
    top = room.top() + theme.px(_HEAD_PX + 8)
    return [
        (
            line,
            QRectF(room.left() + pad, top + place * high, room.width() - 2 * pad, high),
        )
        for place, line in enumerate(_lines(row, block))
    ]


def _lines(row: RowShown, block: BlockState) -> list[_Line]:
    there = {each.height: each for each in row.first.blocks}.get(block.height)
    lines = [*_said(block, there, is_full=row.is_full)]
    is_new = there is not None and there.computed_hash != block.computed_hash
    if not row.is_full:
        text = _short(block.computed_hash)
        lines.append(_Line(text, Role.MONO_SMALL, Token.INK2, is_new=is_new))
        return lines
    previous = translate("Teach", "previous hash")
    lines += _pair(previous, block.declared_parent, is_bad=not block.link_fits)
    if block.computed_root:
        root = translate("Teach", "root of the entries now")
        lines += _pair(root, block.computed_root, is_bad=True)
    if block.declared_hash:
        lines += _pair(translate("Teach", "stored hash"), block.declared_hash)
    is_bad = not block.hash_fits
    computed = translate("Teach", "computed hash")
    lines += _pair(computed, block.computed_hash, is_bad=is_bad, is_new=is_new)
    return lines


def _said(block: BlockState, there: BlockState | None, *, is_full: bool) -> list[_Line]:
    lines: list[_Line] = []
    if is_full and block.entry_ids:
        record = translate("Teach", "record {0}").format(
            printable(block.entry_ids[0], 20)
        )
        lines.append(_Line(record, Role.TINY, Token.INK3))
    before = [each.text for each in there.values] if there is not None else []
    for place, value in enumerate(block.values[:_MOST_VALUES]):
        is_other = place < len(before) and before[place] != value.text
        token = Token.FAIL if is_other else Token.INK
        text = printable(value.text if not value.is_number else _named(value), 60)
        role = Role.SMALL_STRONG if is_other else Role.SMALL
        lines.append(_Line(text, role, token, is_bad=is_other, value=value))
    if not block.values:
        says = block.says[0] if block.says else ""
        lines.append(_Line(printable(says, 60), Role.SMALL, Token.INK))
    while len(lines) < _MOST_VALUES + is_full:
        lines.append(_Line("", Role.SMALL, Token.INK))
    return lines


def _named(value: EditableValue) -> str:
    """Return a number with the end of its name, which says its unit."""
    unit = value.name.rpartition("_")[2]
    return f"{value.text} {unit}"


def _pair(
    name: str, digits: str, *, is_bad: bool = False, is_new: bool = False
) -> list[_Line]:
    token = Token.FAIL if is_bad else Token.INK
    return [
        _Line(name, Role.TINY, Token.INK3),
        _Line(_short(digits), Role.MONO_SMALL, token, is_bad, is_new),
    ]


def _short(digits: str) -> str:
    return f"{digits[:13]}…" if digits else "—"
