"""Draws blocks, the links to their parents, forks, torn and failing links.

A failing link is a zigzag, a missing parent a torn stub, a missing height a gap: shape
before colour. Blocks not checked yet are drawn quietly.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from explorer.core.absent import Absent
from explorer.gui.canvases.block_places import BlockNode, BlockPlaces
from explorer.gui.canvases.provenance_view import View
from explorer.gui.design.grades import zigzag
from explorer.gui.design.marks import Mark, draw_mark, mark_of_outcome
from explorer.gui.design.painting import LEFT, TextStyle, draw_line
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import grouped
from explorer.model.checks import Outcome

BLOCK_WIDTH, BLOCK_HEIGHT = 104.0, 48.0
PITCH_X, PITCH_Y = 140.0, 72.0
MARGIN_X, MARGIN_Y = 40.0, 24.0
_TEXT_ZOOM, _HASH_ZOOM = 0.4, 0.75
_STUB = 26.0
_STRAIGHT = 10.0


@dataclass(frozen=True, slots=True)
class BlockLook:
    """How a block stands among the others."""

    is_selected: bool = False
    is_hovered: bool = False


def block_corner(places: BlockPlaces, block: int) -> tuple[float, float]:
    """Return the left upper corner of a block in px at zoom 1."""
    x = MARGIN_X + places.columns[block] * PITCH_X
    return x, MARGIN_Y + places.rows[block] * PITCH_Y


def world_size(places: BlockPlaces) -> tuple[float, float]:
    """Return width and height of everything in px at zoom 1."""
    width = 2 * MARGIN_X + len(places.heights) * PITCH_X - (PITCH_X - BLOCK_WIDTH)
    height = 2 * MARGIN_Y + places.row_count * PITCH_Y - (PITCH_Y - BLOCK_HEIGHT)
    return max(1.0, width), max(1.0, height)


class BlockPainter:
    """Draws in one theme and one view."""

    def __init__(self, theme: Theme, places: BlockPlaces, view: View) -> None:
        """Draw blocks at ``places`` as ``view`` shows them."""
        self._theme, self._places, self._view = theme, places, view

    def room(self, block: int) -> QRectF:
        """Return where a block is on the widget."""
        x, y = block_corner(self._places, block)
        size = BLOCK_WIDTH * self._view.factor, BLOCK_HEIGHT * self._view.factor
        return QRectF(self._view.at_x(x), self._view.at_y(y), *size)

    # -- links ----------------------------------------------------------------------

    def draw_link(
        self, painter: QPainter, node: BlockNode, block: int, *, is_near: bool
    ) -> None:
        """Draw what leads from a block to its parent; ``is_near`` of the selection."""
        theme, parent = self._theme, self._places.parents[block]
        token = Token.ACCENT if is_near else Token.INK3
        color = theme.color(Token.FAIL if node.link_fails else token)
        width = theme.px(2.0 if node.link_fails or is_near else 1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, width))
        if parent >= 0:
            self._draw_to_parent(painter, node, self._link(block, parent), color)
        elif node.parent_elsewhere:
            self._draw_stub(painter, block, color, is_torn=False)
        elif node.height > 0:
            self._draw_stub(painter, block, color, is_torn=True)

    def _link(self, block: int, parent: int) -> QPainterPath:
        """Return the line from a block back to its parent; it bends between columns."""
        child, older = self.room(block), self.room(parent)
        start = QPointF(child.left(), child.center().y())
        end = QPointF(older.right(), older.center().y())
        path = QPainterPath(start)
        if abs(start.y() - end.y()) < 1:
            path.lineTo(end)
            return path
        factor = self._view.factor
        gap = (PITCH_X - BLOCK_WIDTH) * factor
        turn = child.left() - gap / 2
        into = QPointF(child.left() - gap, end.y())
        path.cubicTo(QPointF(turn, start.y()), QPointF(turn, end.y()), into)
        path.lineTo(end)
        return path

    def _draw_to_parent(
        self, painter: QPainter, node: BlockNode, path: QPainterPath, color: QColor
    ) -> None:
        if node.link_fails:
            painter.drawPath(zigzag(path))
            return
        painter.drawPath(path)
        end = path.pointAtPercent(1)
        size = self._theme.px(6) * min(1.0, self._view.zoom + 0.3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        tip = [QPointF(0, 0), QPointF(size, size / 2), QPointF(size, -size / 2)]
        painter.drawPolygon(QPolygonF([end + each for each in tip]))

    def _draw_stub(
        self, painter: QPainter, block: int, color: QColor, *, is_torn: bool
    ) -> None:
        """Draw a line that leads out of the window, or one that is torn off."""
        room, unit = self.room(block), self._view.factor
        y, right = room.center().y(), room.left()
        left = right - _STUB * unit
        pen = QPen(color, self._theme.px(1.5))
        if not is_torn:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(right, y), QPointF(left, y))
        if is_torn:
            edge = [(-2, -9), (2, -4), (-3, 1), (2, 5), (-2, 9)]
            points = [QPointF(left + x * unit, y + dy * unit) for x, dy in edge]
            painter.setPen(QPen(color, self._theme.px(1.5)))
            painter.drawPolyline(QPolygonF(points))

    def draw_gap(self, painter: QPainter, column: int) -> None:
        """Draw a break before a column whose height does not follow the one before."""
        view = self._view
        x = view.at_x(MARGIN_X + column * PITCH_X - (PITCH_X - BLOCK_WIDTH) / 2)
        pen = QPen(self._theme.color(Token.FAINT), self._theme.px(1.2))
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, view.head), QPointF(x, view.height))

    # -- blocks ---------------------------------------------------------------------

    def draw_block(
        self, painter: QPainter, node: BlockNode, block: int, look: BlockLook
    ) -> None:
        """Draw a block: height, hash, mark."""
        theme, room = self._theme, self.room(block)
        failed = node.status is Outcome.FAILED
        line, fill, width = Token.EDGE, Token.SURFACE, 1.2
        if failed:
            line, width = Token.FAIL, 1.8
        elif node.is_configuration:
            line, width = Token.ACCENT, 1.6
        if look.is_selected:
            fill = Token.ACCENT_BG
            away = theme.px(4)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color(Token.ACCENT), theme.px(2)))
            ring = room.adjusted(-away, -away, away, away)
            painter.drawRoundedRect(ring, theme.px(6), theme.px(6))
        painter.setPen(QPen(theme.color(line), theme.px(width)))
        painter.setBrush(theme.color(fill))
        painter.drawRoundedRect(room, theme.px(3), theme.px(3))
        if node.is_configuration and self._view.zoom >= _TEXT_ZOOM:
            # A second outline inside: seen in grey as well.
            inset = theme.px(2.5)
            painter.setPen(QPen(theme.color(line), theme.px(0.8)))
            inner = room.adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(inner, theme.px(2), theme.px(2))
        self._draw_text(painter, node, room)
        self._draw_mark(painter, node, room, fill)

    def _draw_text(self, painter: QPainter, node: BlockNode, room: QRectF) -> None:
        theme, zoom = self._theme, self._view.zoom
        if zoom < _TEXT_ZOOM:
            return
        pad = theme.px(8)
        has_hash = zoom >= _HASH_ZOOM
        height = theme.line_height(Role.SMALL_STRONG)
        top = room.center().y() - (height if has_hash else height / 2)
        reserved = theme.px(20) if self._mark(node) is not None else pad
        line = QRectF(room.left() + pad, top, room.width() - pad - reserved, height)
        is_checked = not isinstance(node.status, Absent)
        style = TextStyle(Role.SMALL_STRONG, Token.INK if is_checked else Token.INK2)
        draw_line(painter, theme, line, grouped(node.height), style)
        if has_hash:
            below = QRectF(line.left(), line.bottom(), room.width() - 2 * pad, height)
            mono = TextStyle(Role.MONO_SMALL, Token.INK3, LEFT)
            draw_line(painter, theme, below, node.hash_short, mono)

    def _mark(self, node: BlockNode) -> Mark | None:
        if isinstance(node.status, Absent):
            return None
        return mark_of_outcome(node.status, quiet=True)

    def _draw_mark(
        self, painter: QPainter, node: BlockNode, room: QRectF, ground: Token
    ) -> None:
        mark = self._mark(node)
        is_loud = mark not in {None, Mark.TICK, Mark.NOT_APPLICABLE}
        if mark is None or (not is_loud and self._view.zoom < _TEXT_ZOOM):
            return
        side = self._theme.px(14 if is_loud else 11)
        corner = QPointF(room.right() - side - self._theme.px(5), 0)
        if self._view.zoom < _TEXT_ZOOM:
            side = min(side, room.height())
            corner = QPointF(room.center().x() - side / 2, 0)
            corner.setY(room.center().y() - side / 2)
        else:
            corner.setY(room.top() + self._theme.px(5))
        painter.setFont(self._theme.font(Role.LABEL))
        box = QRectF(corner.x(), corner.y(), side, side)
        draw_mark(painter, self._theme, mark, box, ground)


def block_words(node: BlockNode, parent: int) -> list[str]:
    """Return what is known of a block, line by line."""
    words = [
        translate("Canvas", "Block {0}").format(grouped(node.height)),
        node.hash_short,
    ]
    if node.is_configuration:
        words.append(translate("Canvas", "changes the configuration"))
    if isinstance(node.status, Absent):
        words.append(translate("Canvas", "not checked yet"))
    elif node.status is Outcome.FAILED:
        words.append(translate("Canvas", "a check of this block failed"))
    if node.link_fails:
        words.append(
            translate("Canvas", "the hash it names is not that of the block before it")
        )
    elif parent < 0 and node.height > 0 and not node.parent_elsewhere:
        words.append(translate("Canvas", "the block before it is not in this export"))
    return words
