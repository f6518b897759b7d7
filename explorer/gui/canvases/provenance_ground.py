"""Lanes and column heads of the provenance canvas: pinned while the picture moves.

Section 7 of the design: the lane's name at its left, its signer at its right, plain
verbs above the columns, each on a plate of the ground.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.gui.canvases.provenance_index import DrawnGraph
from explorer.gui.canvases.provenance_layout import BOX_WIDTH
from explorer.gui.canvases.provenance_style import CanvasStyle
from explorer.gui.canvases.provenance_view import View
from explorer.gui.design.icons import Icon, icon_pixmap
from explorer.gui.design.painting import CENTER, LEFT, RIGHT
from explorer.gui.design.tokens import Role, Token

HEAD_PX = 32
_NAME_LEFT_PX, _NAME_HEIGHT_PX = 16, 18


class GroundPainter:
    """Draws what lies behind the graph, and what is pinned over it."""

    def __init__(self, style: CanvasStyle, graph: DrawnGraph, view: View) -> None:
        """Draw the lanes of ``graph`` as ``view`` shows them."""
        self._style, self._graph, self._view = style, graph, view

    def _lanes(self) -> list[tuple[int, float, float]]:
        """Return number, top and bottom of the lanes in view, in px of the widget."""
        tops = self._graph.layout.lane_tops
        spans = [
            (number, self._view.at_y(float(tops[number])), self._view.at_y(float(end)))
            for number, end in enumerate(tops[1:])
        ]
        return [
            each
            for each in spans
            if each[2] > self._view.head and each[1] < self._view.height
        ]

    def draw_lanes(self, painter: QPainter) -> None:
        """Draw the ground of the lanes and the islands."""
        style, view = self._style, self._view
        painter.fillRect(
            QRectF(0, 0, view.width, view.height), style.colors[Token.SURFACE]
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for number, top, bottom in self._lanes():
            lane = self._graph.picture.lanes[number]
            if lane.is_outside:
                continue
            room = QRectF(0, top, view.width, bottom - top)
            if number % 2 == 0:
                painter.fillRect(room, style.colors[Token.LANE])
            painter.setPen(style.pen(Token.HAIR, 1))
            for y in (top, bottom):
                painter.drawLine(QPointF(0, round(y)), QPointF(view.width, round(y)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, top, bottom in self._lanes():
            if self._graph.picture.lanes[number].is_outside:
                self._draw_island(painter, number, top, bottom)

    def _draw_island(
        self, painter: QPainter, number: int, top: float, bottom: float
    ) -> None:
        """Draw the dashed border round evidence from outside the ledger."""
        style, view = self._style, self._view
        lefts = self._graph.layout.lefts[self._graph.layout.graph.lanes == number]
        if not len(lefts):
            return
        away = style.px(14)
        left = view.at_x(float(lefts.min())) - away
        right = view.at_x(float(lefts.max()) + BOX_WIDTH) + away
        pen = QPen(style.colors[Token.EDGE], style.px(1.2), Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(style.colors[Token.SURFACE])
        gap = style.px(4)
        room = QRectF(left, top + gap, right - left, bottom - top - 2 * gap)
        painter.drawRoundedRect(room, style.px(6), style.px(6))

    def draw_names(self, painter: QPainter) -> None:
        """Draw names and signers over the lines, pinned to the sides."""
        style, view = self._style, self._view
        height = style.px(_NAME_HEIGHT_PX)
        side = style.px(_NAME_LEFT_PX)
        for number, top, bottom in self._lanes():
            lane = self._graph.picture.lanes[number]
            y = max(top, view.head) + style.px(4)
            if y + height > bottom or not lane.title + lane.note:
                continue
            ground = Token.SURFACE if number % 2 or lane.is_outside else Token.LANE
            half = max(1.0, view.width / 2 - side - style.px(8))
            for text, role, token, align in (
                (lane.title, Role.SMALL_STRONG, Token.INK2, LEFT),
                (lane.note, Role.TINY, Token.INK3, RIGHT),
            ):
                ink = style.inks[role]
                width = min(half, ink.measures.horizontalAdvance(text) + 1)
                left = side if align == LEFT else view.width - side - width
                room = QRectF(left, y, width, height)
                if text:
                    plate = room.adjusted(-style.px(4), 0, style.px(4), 0)
                    style.plate(painter, plate, style.colors[ground])
                    style.write(painter, room, text, role, token, align)

    def draw_heads(self, painter: QPainter) -> None:
        """Draw the verbs above the columns on their plate."""
        style, view = self._style, self._view
        plate = QRectF(0, 0, view.width, view.head)
        painter.fillRect(plate, style.colors[Token.SURFACE])
        painter.setPen(style.pen(Token.HAIR, 1))
        painter.drawLine(plate.bottomLeft(), plate.bottomRight())
        lefts = self._graph.layout.column_lefts
        least = style.px(48)
        heads = self._graph.picture.columns
        free_from = 0.0
        for column in range(min(len(heads), len(lefts))):
            left = view.at_x(float(lefts[column]))
            width = BOX_WIDTH * view.factor
            if left > view.width or left + width < 0:
                continue
            room = self._head_room(column, left, width, free_from)
            needed = style.inks[Role.SMALL_STRONG].measures.horizontalAdvance(
                heads[column]
            )
            if room.width() < min(least, needed) or not heads[column]:
                continue
            style.write(
                painter, room, heads[column], Role.SMALL_STRONG, Token.INK2, CENTER
            )
            free_from = room.right() + style.px(6)
            self._draw_arrow(painter, column, room)

    def _head_room(
        self, column: int, left: float, width: float, free_from: float
    ) -> QRectF:
        """Return room for a head: its column, and the gaps at both sides if needed."""
        lefts = self._graph.layout.column_lefts
        gap = self._style.px(8)
        if column + 1 < len(lefts):
            after = self._view.at_x(float(lefts[column + 1])) - left - width
            gap = max(gap, after / 2 - self._style.px(10))
        begin = max(left - gap, free_from)
        return QRectF(begin, 0, max(0.0, left + width + gap - begin), self._view.head)

    def _draw_arrow(self, painter: QPainter, column: int, head: QRectF) -> None:
        lefts, view = self._graph.layout.column_lefts, self._view
        if column + 1 >= min(len(lefts), len(self._graph.picture.columns)):
            return
        size = self._style.px(12)
        left = view.at_x(float(lefts[column]) + BOX_WIDTH)
        right = view.at_x(float(lefts[column + 1]))
        middle = (left + right) / 2
        if right - left < size + 4 or middle - size / 2 < head.right():
            return
        pixmap = icon_pixmap(Icon.ARROW_RIGHT, size, self._style.colors[Token.FAINT])
        painter.drawPixmap(QPointF(middle - size / 2, (view.head - size) / 2), pixmap)
