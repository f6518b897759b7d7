"""Lines of the provenance canvas: grade by style, path by accent and width.

Sections 6 and 7 of the design.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from explorer.gui.canvases.layered_layout import Ints
from explorer.gui.canvases.provenance_index import DrawnGraph
from explorer.gui.canvases.provenance_style import CanvasStyle, ZoomCache
from explorer.gui.canvases.provenance_view import Level, View
from explorer.gui.design.grades import CONTEXT_WIDTH, PATH_WIDTH, draw_grade_line
from explorer.gui.design.painting import CENTER, dashed_pen
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate
from explorer.model.statements import FactGrade

MOST_LINES = 800
"""Context lines of a frame: with their nodes they stay below 5,000 primitives."""
CROWDED = 150
"""From so many lines on, moving frames draw them plain."""


@dataclass(frozen=True, slots=True)
class _Stroke:
    color: QColor
    ground: QColor
    width: float


class EdgePainter:
    """Draws the lines of a graph in one view."""

    def __init__(
        self,
        style: CanvasStyle,
        cache: ZoomCache,
        graph: DrawnGraph,
        view: View,
        level: Level,
    ) -> None:
        """Draw the part of ``graph`` that ``view`` shows."""
        self._is_crowded = self._is_plain = False
        self._style, self._cache = style, cache
        self._graph, self._view, self._level = graph, view, level

    def chosen(self) -> tuple[Ints, int]:
        """Return the edges to draw, the path last, and how many are left out."""
        graph, box = self._graph, self._view.world()
        found = graph.edges_in(box)
        hot = graph.is_path_edge[found]
        cold, path = found[~hot], found[hot]
        extra = len(cold) - MOST_LINES
        if extra > 0:
            ends = graph.layout.graph
            shown = np.zeros(len(graph.picture.nodes), dtype=np.int64)
            shown[graph.nodes_in(box)] = 1
            near = shown[ends.sources[cold]] + shown[ends.targets[cold]]
            cold = np.sort(cold[np.argsort(-near, kind="stable")[:MOST_LINES]])
        if len(path) > 2 * MOST_LINES:
            extra = max(0, extra) + len(path) - 2 * MOST_LINES
            path = path[: 2 * MOST_LINES]
        return np.concatenate((cold, path)), max(0, extra)

    def draw(
        self,
        painter: QPainter,
        edges: Ints,
        marked: frozenset[int],
        *,
        is_moving: bool = False,
    ) -> None:
        """Draw ``edges``; those of ``marked`` stand out though not on the path.

        While ``is_moving``, crowds of lines are drawn plain and thin.
        """
        self._is_crowded = len(edges) > CROWDED
        is_plain = self._level <= Level.CLUSTERS
        self._is_plain = is_plain or (is_moving and self._is_crowded)
        painter.save()
        smooth = not (is_moving and self._is_crowded)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=smooth)
        painter.translate(round(self._view.x), round(self._view.y))
        for edge in edges.tolist():
            self._draw_line(painter, edge, is_marked=edge in marked)
        painter.restore()

    def _draw_line(self, painter: QPainter, edge: int, *, is_marked: bool) -> None:
        parts = self._cache.edge(self._graph.layout, edge)
        if not parts:
            return
        line = self._graph.picture.edges[edge]
        stroke = self._stroke(edge, is_marked=is_marked)
        if self._is_plain:
            self._draw_plain(painter, parts, QPen(stroke.color, 1))
            return
        color, ground, width = stroke.color, stroke.ground, stroke.width
        if line.grade is FactGrade.INFERRED and self._is_crowded:
            # Square dots at the same distance: a tenth of the cost of round ones.
            dot = width * 1.15
            self._draw_plain(painter, parts, dashed_pen(color, dot, dot, dot * 1.6))
            self._draw_head(painter, parts[-1], color, is_path=line.is_path)
            return
        for path in parts:
            draw_grade_line(painter, path, line.grade, color, ground, width)
        if line.grade is not FactGrade.CONTRADICTED:
            self._draw_head(painter, parts[-1], color, is_path=line.is_path)

    def _draw_plain(
        self, painter: QPainter, parts: Sequence[QPainterPath], pen: QPen
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        for path in parts:
            painter.drawPath(path)

    def _stroke(self, edge: int, *, is_marked: bool) -> _Stroke:
        style, line = self._style, self._graph.picture.edges[edge]
        lane = self._graph.layout.graph.lanes[self._graph.layout.lines.rights[edge]]
        ground = Token.SURFACE if lane % 2 else Token.LANE
        width = style.px(PATH_WIDTH if line.is_path else CONTEXT_WIDTH)
        if line.grade is FactGrade.CONTRADICTED:
            color = style.colors[Token.FAIL]
        elif line.is_struck:
            color = style.colors[Token.FAINT]
        elif line.is_path:
            color = style.colors[Token.ACCENT]
        elif is_marked or not self._graph.has_path:
            color = style.colors[Token.INK2]
        else:
            color = style.quiet_lines[ground]
        return _Stroke(color, style.colors[ground], width)

    def _draw_head(
        self, painter: QPainter, path: QPainterPath, color: QColor, *, is_path: bool
    ) -> None:
        """Draw the arrow head; the last stretch of every line is straight."""
        size = self._style.px(7.0 if is_path else 5.5) * min(1.0, self._view.zoom + 0.3)
        count = path.elementCount()
        last, before = path.elementAt(count - 1), path.elementAt(count - 2)
        dx, dy = last.x - before.x, last.y - before.y
        length = (dx * dx + dy * dy) ** 0.5
        if length == 0:
            return
        dx, dy = dx / length * size, dy / length * size
        tip = QPointF(last.x, last.y)
        left = QPointF(last.x - dx - dy / 2, last.y - dy + dx / 2)
        right = QPointF(last.x - dx + dy / 2, last.y - dy - dx / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF([tip, left, right]))

    # -- labels ---------------------------------------------------------------------

    def draw_labels(self, painter: QPainter, edges: Ints) -> None:
        """Draw quantities of the path on plates, and the word at contradictions."""
        for edge in edges.tolist():
            line = self._graph.picture.edges[edge]
            if line.grade is FactGrade.CONTRADICTED:
                text = translate("Canvas", "contradicts")
                parts = self._cache.edge(self._graph.layout, edge)
                if parts:
                    middle = parts[len(parts) // 2].pointAtPercent(0.5)
                    self._draw_tag(painter, middle, text, Token.FAIL, edge)
            elif line.label and line.is_path:
                self._draw_label(painter, edge, line.label)

    def _draw_label(self, painter: QPainter, edge: int, text: str) -> None:
        layout = self._graph.layout
        lines, factor = layout.lines, self._view.factor
        right = int(lines.rights[edge])
        end = float(layout.lefts[right])
        column = int(layout.graph.columns[right])
        begin = float(layout.column_lefts[column - 1]) + 96 if column else end
        ink = self._style.inks[Role.LABEL]
        room = (end - begin) * factor
        if ink.measures.horizontalAdvance(text) > room - self._style.px(4):
            return
        x = (begin + end) / 2 * factor
        y = float(lines.ends[edge]) * factor - self._style.px(11)
        self._draw_tag(painter, QPointF(x, y), text, Token.ACCENT, edge)

    def _draw_tag(
        self, painter: QPainter, middle: QPointF, text: str, token: Token, edge: int
    ) -> None:
        style = self._style
        ink = style.inks[Role.LABEL]
        width = ink.measures.horizontalAdvance(text) + style.px(6)
        room = QRectF(0, 0, width, style.px(15))
        corner = QPointF(round(self._view.x), round(self._view.y))
        room.moveCenter(middle + corner)
        lane = self._graph.layout.graph.lanes[self._graph.layout.lines.rights[edge]]
        style.plate(
            painter, room, style.colors[Token.SURFACE if lane % 2 else Token.LANE]
        )
        style.write(painter, room, text, Role.LABEL, token, CENTER)
