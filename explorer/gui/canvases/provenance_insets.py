"""Mini-map and key of shapes: in the emptiest corner, foldable, out of the way.

Section 7 of the design, "free space is used".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from explorer.gui.canvases.graph_picture import NodeShape
from explorer.gui.canvases.provenance_index import Box, DrawnGraph
from explorer.gui.canvases.provenance_nodes import draw_sample
from explorer.gui.canvases.provenance_painting import GraphPainter
from explorer.gui.canvases.provenance_view import View
from explorer.gui.design.icons import Icon, icon_pixmap
from explorer.gui.design.painting import LEFT
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import counted

_TITLE_PX, _MAP_PX, _PAD_PX, _MARGIN_PX = 20, (200, 118), 8, 14
_KEY_ROW_PX, _SAMPLE_PX = 30, (36, 20)


class Inset(StrEnum):
    """A small picture in a corner."""

    MAP = "map"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class PlacedInset:
    """Where an inset is on the widget."""

    inset: Inset
    room: QRectF
    is_folded: bool

    def title_room(self, height: float) -> QRectF:
        """Return the line that folds and unfolds it."""
        room = self.room
        return QRectF(room.left(), room.top(), room.width(), height)


def shape_word(shape: NodeShape) -> str:
    """Return what a shape means."""
    words = {
        NodeShape.PLACE: translate("Canvas", "origin"),
        NodeShape.LOT: translate("Canvas", "thing, lot"),
        NodeShape.ITEM: translate("Canvas", "single item"),
        NodeShape.DOCUMENT: translate("Canvas", "document"),
        NodeShape.STEP: translate("Canvas", "step"),
        NodeShape.WARNING: translate("Canvas", "warning raised"),
    }
    return words[shape]


class InsetPainter:
    """Places and draws the insets of one graph."""

    def __init__(self, painting: GraphPainter, graph: DrawnGraph) -> None:
        """Prepare the small picture of ``graph``."""
        self._painting, self._style = painting, painting.style
        self._graph = graph
        used = {each.shape for each in graph.picture.nodes}
        self._shapes = [each for each in NodeShape if each in used]
        self._overview: QImage | None = None

    # -- places ---------------------------------------------------------------------

    def place(
        self,
        view: View,
        wanted: Sequence[Inset],
        folded: frozenset[Inset],
        pinned: frozenset[Inset],
    ) -> list[PlacedInset]:
        """Return the insets in the emptiest corners.

        Where no corner is free they are folded, unless they are ``pinned``.
        """
        placed: list[PlacedInset] = []
        boxes = self._boxes(view)
        for inset in wanted:
            taken = [each.room for each in placed]
            is_folded = inset in folded
            width, height = self._size(inset, is_folded=is_folded)
            room, covered = self._best(view, width, height, boxes, taken)
            if covered and not is_folded and inset not in pinned:
                is_folded = True
                width, height = self._size(inset, is_folded=True)
                room, _ = self._best(view, width, height, boxes, taken)
            placed.append(PlacedInset(inset, room, is_folded))
        return placed

    def _boxes(self, view: View) -> list[QRectF]:
        nodes = self._graph.nodes_in(view.world())[:3000]
        factor = view.factor
        result = []
        for node in nodes.tolist():
            left, top, right, bottom = self._graph.box(node)
            size = (right - left) * factor, (bottom - top) * factor
            result.append(QRectF(view.at_x(left), view.at_y(top), *size))
        return result

    def _best(
        self,
        view: View,
        width: float,
        height: float,
        boxes: Sequence[QRectF],
        taken: Sequence[QRectF],
    ) -> tuple[QRectF, int]:
        style = self._style
        margin = style.px(_MARGIN_PX)
        top, bottom = view.head + style.px(28), view.height - height - style.px(34)
        left, right = margin, view.width - width - margin
        corners = [(right, top), (right, bottom), (left, bottom), (left, top)]
        for each in taken:
            beside = min(each.top(), bottom)
            corners.append((each.left() - width - margin, beside))
            corners.append((each.right() + margin, beside))
        best, least = QRectF(right, top, width, height), 1 << 30
        for x, y in corners:
            room = QRectF(x, y, width, height)
            near = room.adjusted(-6, -6, 6, 6)
            covered = sum(near.intersects(each) for each in boxes)
            covered += 1000 * any(near.intersects(each) for each in taken)
            covered += 1000 * (x < 0 or x + width > view.width or y < view.head)
            if covered < least:
                best, least = room, covered
        return best, least

    def _size(self, inset: Inset, *, is_folded: bool) -> tuple[float, float]:
        style = self._style
        title = style.inks[Role.TINY].measures.horizontalAdvance(self.title(inset))
        width, height = title + style.px(34), style.px(_TITLE_PX + 4)
        if is_folded:
            return width, height
        if inset is Inset.MAP:
            return max(width, style.px(_MAP_PX[0])), height + style.px(_MAP_PX[1])
        rows = (len(self._shapes) + 1) // 2
        return (
            max(width, 2 * self._key_column() + style.px(2 * _PAD_PX)),
            height + rows * style.px(_KEY_ROW_PX) + style.px(_PAD_PX),
        )

    def _key_column(self) -> float:
        measures = self._style.inks[Role.TINY].measures
        widths = [measures.horizontalAdvance(shape_word(e)) for e in self._shapes]
        return max(widths, default=0.0) + self._style.px(_SAMPLE_PX[0] + 26)

    def title(self, inset: Inset) -> str:
        """Return the title of an inset, which is also its accessible name."""
        if inset is Inset.KEY:
            return translate("Canvas", "Shapes")
        count = len(self._graph.picture.nodes)
        one = translate("Canvas", "Whole picture · 1 node")
        return counted(count, one, translate("Canvas", "Whole picture · {0} nodes"))

    # -- drawing --------------------------------------------------------------------

    def draw(self, painter: QPainter, placed: PlacedInset, view: View) -> None:
        """Draw one inset on its plate."""
        style = self._style
        painter.setPen(style.pen(Token.HAIR, 1))
        painter.setBrush(style.colors[Token.SURFACE])
        painter.drawRoundedRect(placed.room, style.px(4), style.px(4))
        height = style.px(_TITLE_PX + 4)
        title = placed.title_room(height)
        line = title.adjusted(style.px(_PAD_PX), 0, -style.px(22), 0)
        style.write(
            painter, line, self.title(placed.inset), Role.TINY, Token.INK3, LEFT
        )
        icon = Icon.CHEVRON_RIGHT if placed.is_folded else Icon.CHEVRON_DOWN
        size = style.px(10)
        pixmap = icon_pixmap(icon, size, style.colors[Token.INK3])
        at = QPointF(title.right() - style.px(17), title.center().y() - size / 2)
        painter.drawPixmap(at, pixmap)
        if placed.is_folded:
            return
        if placed.inset is Inset.MAP:
            self._draw_map(painter, placed, view)
        else:
            self._draw_key(painter, placed)

    def map_room(self, placed: PlacedInset) -> QRectF:
        """Return where the world is drawn in a mini-map, in its own proportions."""
        style = self._style
        pad = style.px(_PAD_PX)
        top = style.px(_TITLE_PX + 4)
        return placed.room.adjusted(pad, top, -pad, -pad)

    def world_at(self, placed: PlacedInset, at: QPointF) -> tuple[float, float]:
        """Return the place of the world under a point of a mini-map."""
        room = self.map_room(placed)
        _, _, width, height = self._world()
        across = min(1.0, max(0.0, (at.x() - room.left()) / room.width()))
        down = min(1.0, max(0.0, (at.y() - room.top()) / room.height()))
        return across * width, down * height

    def _world(self) -> Box:
        width, height = self._graph.size
        return 0.0, 0.0, max(1.0, width), max(1.0, height)

    def _draw_map(self, painter: QPainter, placed: PlacedInset, view: View) -> None:
        room, style = self.map_room(placed), self._style
        if self._overview is None:
            self._overview = self._painting.density_image(
                self._graph, self._world(), room, 2.0
            )
        painter.drawImage(room, self._overview)
        self._painting.draw_path(painter, self._graph, room, self._world())
        left, top, right, bottom = view.world()
        _, _, width, height = self._world()
        frame = QRectF(
            QPointF(
                room.left() + max(0.0, left / width) * room.width(),
                room.top() + max(0.0, top / height) * room.height(),
            ),
            QPointF(
                room.left() + min(1.0, right / width) * room.width(),
                room.top() + min(1.0, bottom / height) * room.height(),
            ),
        )
        painter.setPen(QPen(style.colors[Token.ACCENT], style.px(1.4)))
        painter.setBrush(style.theme.color(Token.ACCENT, 22))
        painter.drawRect(frame)

    def _draw_key(self, painter: QPainter, placed: PlacedInset) -> None:
        style = self._style
        pad, row = style.px(_PAD_PX), style.px(_KEY_ROW_PX)
        left = placed.room.left() + pad
        top = placed.room.top() + style.px(_TITLE_PX + 4)
        rows = (len(self._shapes) + 1) // 2
        sample_width, sample_height = (style.px(each) for each in _SAMPLE_PX)
        for number, shape in enumerate(self._shapes):
            x = left + (number // rows) * self._key_column()
            y = top + (number % rows) * row
            sample = QRectF(
                x, y + (row - sample_height) / 2, sample_width, sample_height
            )
            draw_sample(painter, style, shape, sample)
            beside = sample.right() + style.px(8)
            width = self._key_column() - sample_width - style.px(10)
            room = QRectF(beside, y, width, row)
            style.write(painter, room, shape_word(shape), Role.TINY, Token.INK2, LEFT)
