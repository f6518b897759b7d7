"""Puts the provenance canvas together: lanes, lines, path, nodes, tags, pinned plates.

Section 7 of the design (draw order, semantic zoom). At most some 5,000 primitives a
frame: where more are in view, the next coarser level is drawn and says what it leaves
out.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from explorer.gui.canvases.layered_layout import Ints
from explorer.gui.canvases.provenance_edges import EdgePainter
from explorer.gui.canvases.provenance_ground import GroundPainter
from explorer.gui.canvases.provenance_index import Box, DrawnGraph
from explorer.gui.canvases.provenance_layout import BOX_HEIGHT, BOX_WIDTH
from explorer.gui.canvases.provenance_nodes import NodeLook, NodePainter
from explorer.gui.canvases.provenance_style import CanvasStyle, ZoomCache, cache_for
from explorer.gui.canvases.provenance_view import Level, View, level_of
from explorer.gui.design.painting import CENTER, LEFT
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import grouped

MOST_NODES = 1_100
"""Nodes drawn one by one; where more are in view, clusters with counts."""
_MOST_TILES = 1_200
_TILE_PX = 34
_CELL_PX = 3.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What the user points at."""

    selected: int = -1
    hovered: int = -1
    is_moving: bool = False
    """The ground is dragged or zoomed: draw quickly."""


@dataclass(slots=True)
class FrameFacts:
    """What a frame drew."""

    level: Level = Level.LINES
    nodes: int = 0
    lines: int = 0
    left_out: int = 0
    """Lines in view that were not drawn."""


class GraphPainter:
    """Paints one graph in one theme; keeps paths between frames."""

    def __init__(self, theme: Theme) -> None:
        """Read the theme; make a new painter when it changes."""
        self.style = CanvasStyle(theme)
        self._cache = ZoomCache(0.0)
        self._cached_graph: DrawnGraph | None = None

    def paint(
        self, painter: QPainter, graph: DrawnGraph, view: View, shown: Shown
    ) -> FrameFacts:
        """Paint everything but the insets; return what was drawn."""
        if self._cached_graph is not graph or not self._cache.covers(view):
            self._cache, self._cached_graph = cache_for(view), graph
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = GroundPainter(self.style, graph, view)
        ground.draw_lanes(painter)
        facts = FrameFacts(level_of(view.zoom))
        nodes = graph.nodes_in(view.world())
        if facts.level >= Level.IDS and len(nodes) > MOST_NODES:
            facts.level = Level.CLUSTERS
        painter.save()
        painter.setClipRect(QRectF(0, view.head, view.width, view.height - view.head))
        if facts.level is Level.DENSITY:
            self._paint_density(painter, graph, view, facts)
        else:
            self._paint_near(painter, graph, view, shown, nodes, facts)
        ground.draw_names(painter)
        painter.restore()
        ground.draw_heads(painter)
        return facts

    def _paint_near(
        self,
        painter: QPainter,
        graph: DrawnGraph,
        view: View,
        shown: Shown,
        nodes: Ints,
        facts: FrameFacts,
    ) -> None:
        edges = EdgePainter(self.style, self._cache, graph, view, facts.level)
        chosen, facts.left_out = edges.chosen()
        facts.lines, facts.nodes = len(chosen), len(nodes)
        marked = self._edges_of(graph, shown.selected)
        edges.draw(painter, chosen, marked, is_moving=shown.is_moving)
        if facts.level is Level.CLUSTERS:
            self._paint_clusters(painter, graph, view, nodes)
            return
        self._paint_nodes(painter, graph, view, shown, nodes, facts.level)
        edges.draw_labels(painter, chosen)

    def paint_hovered(
        self, painter: QPainter, graph: DrawnGraph, view: View, node: int
    ) -> None:
        """Paint a node and its lines once more, so that they stand out."""
        level = level_of(view.zoom)
        if level < Level.IDS or not self._cache.covers(view):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(0, view.head, view.width, view.height - view.head))
        edges = EdgePainter(self.style, self._cache, graph, view, level)
        marked = self._edges_of(graph, node)
        ends = graph.layout.graph
        joined = np.array(sorted(marked), dtype=np.int64)[:200]
        edges.draw(painter, joined, marked)
        nodes = np.concatenate(([node], ends.sources[joined], ends.targets[joined]))
        shown = Shown(hovered=node)
        self._paint_nodes(painter, graph, view, shown, np.unique(nodes), level)
        painter.restore()

    def _edges_of(self, graph: DrawnGraph, node: int) -> frozenset[int]:
        if node < 0:
            return frozenset()
        return frozenset(int(edge) for edge in graph.edges_of(node))

    # -- nodes ----------------------------------------------------------------------

    def _paint_nodes(
        self,
        painter: QPainter,
        graph: DrawnGraph,
        view: View,
        shown: Shown,
        nodes: Ints,
        level: Level,
    ) -> None:
        drawing = NodePainter(self.style, self._cache, level)
        order = nodes[np.argsort(graph.is_path_node[nodes], kind="stable")]
        for number in order.tolist():
            node = graph.picture.nodes[number]
            lane = graph.picture.lanes[node.lane]
            look = NodeLook(
                is_dimmed=graph.has_path and not node.is_path,
                is_selected=number == shown.selected,
                is_hovered=number == shown.hovered,
                ground=Token.SURFACE if node.lane % 2 else Token.LANE,
                lane=lane.title,
            )
            drawing.draw(painter, node, self._corner(graph, view, number), look)

    def _corner(self, graph: DrawnGraph, view: View, node: int) -> QPointF:
        left, top = graph.layout.lefts[node], graph.layout.tops[node]
        factor = view.factor
        return QPointF(
            round(view.x) + float(left) * factor, round(view.y) + float(top) * factor
        )

    # -- clusters -------------------------------------------------------------------

    def _paint_clusters(
        self, painter: QPainter, graph: DrawnGraph, view: View, nodes: Ints
    ) -> None:
        """Draw counts for what is beside the path, and the path as small boxes."""
        hot = graph.is_path_node[nodes]
        is_folded = graph.has_path or len(nodes) > MOST_NODES
        cold = nodes[~hot] if is_folded else nodes[:0]
        rows = max(1, round(self.style.px(_TILE_PX) / (50 * view.factor)))
        numbers, counts = graph.tiles(cold, rows)
        lefts, tops = graph.layout.lefts[cold], graph.layout.tops[cold]
        count = len(counts)
        first, last = np.full(count, np.inf), np.full(count, -np.inf)
        np.minimum.at(first, numbers, tops)
        np.maximum.at(last, numbers, tops)
        left = np.zeros(count)
        left[numbers] = lefts
        for tile in np.argsort(-counts)[:_MOST_TILES].tolist():
            room = QRectF(
                round(view.x) + left[tile] * view.factor,
                round(view.y) + first[tile] * view.factor,
                BOX_WIDTH * view.factor,
                (last[tile] - first[tile] + BOX_HEIGHT) * view.factor,
            )
            self._draw_tile(painter, room, int(counts[tile]))
        self._draw_small(painter, graph, view, nodes[hot] if is_folded else nodes)

    def _draw_tile(self, painter: QPainter, room: QRectF, count: int) -> None:
        style = self.style
        painter.setPen(style.pen(Token.EDGE, 1))
        painter.setBrush(style.colors[Token.SURFACE])
        painter.drawRoundedRect(room, 2, 2)
        if count > 1 and room.height() >= style.text_height(Role.TINY):
            style.write(painter, room, grouped(count), Role.TINY, Token.INK2, CENTER)

    def _draw_small(
        self, painter: QPainter, graph: DrawnGraph, view: View, nodes: Ints
    ) -> None:
        style = self.style
        painter.setPen(style.pen(Token.ACCENT, 1.4))
        painter.setBrush(style.colors[Token.ACCENT_BG])
        size = self._cache.box
        for node in nodes[: 2 * MOST_NODES].tolist():
            room = size.translated(self._corner(graph, view, node))
            is_item = graph.picture.nodes[node].is_item
            if is_item:
                painter.drawRect(room.adjusted(-3, -3, 3, 3))
            painter.drawRect(room)

    # -- density --------------------------------------------------------------------

    def _paint_density(
        self, painter: QPainter, graph: DrawnGraph, view: View, facts: FrameFacts
    ) -> None:
        box = view.world()
        room = QRectF(0, view.head, view.width, view.height - view.head)
        painter.drawImage(room, self.density_image(graph, box, room, _CELL_PX))
        facts.nodes = len(graph.picture.nodes)
        self.draw_path(painter, graph, room, box)

    def density_image(
        self, graph: DrawnGraph, box: Box, room: QRectF, cell: float
    ) -> QImage:
        """Return a picture of how many nodes are where in ``box``."""
        columns = max(1, int(room.width() / cell))
        rows = max(1, int(room.height() / cell))
        counts = graph.density(box, columns, rows)
        most = max(2, int(counts.max()))
        strength = np.log1p(counts) / np.log1p(most)
        alpha = np.where(counts > 0, 70 + 150 * strength, 0).astype(np.uint32)
        ink = self.style.colors[Token.INK3]
        color = (ink.red() << 16) | (ink.green() << 8) | ink.blue()
        pixels = np.ascontiguousarray((alpha << 24) | np.uint32(color))
        image = QImage(
            pixels.tobytes(), columns, rows, columns * 4, QImage.Format.Format_ARGB32
        )
        return image.copy()

    def draw_path(
        self, painter: QPainter, graph: DrawnGraph, room: QRectF, box: Box
    ) -> None:
        """Draw the path small: a dot for each node, thin lines between them."""
        across = room.width() / (box[2] - box[0])
        down = room.height() / (box[3] - box[1])
        layout = graph.layout
        xs = room.left() + (layout.lefts + BOX_WIDTH / 2 - box[0]) * across
        ys = room.top() + (layout.tops + BOX_HEIGHT / 2 - box[1]) * down
        edges = np.flatnonzero(graph.is_path_edge)[: 2 * MOST_NODES]
        lines = QPainterPath()
        for edge in edges.tolist():
            one, other = layout.graph.sources[edge], layout.graph.targets[edge]
            lines.moveTo(float(xs[one]), float(ys[one]))
            lines.lineTo(float(xs[other]), float(ys[other]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.style.colors[Token.ACCENT], 1))
        painter.drawPath(lines)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.style.colors[Token.ACCENT])
        side = self.style.px(3)
        for node in graph.path_order[: 2 * MOST_NODES]:
            size = side * 2 if graph.picture.nodes[node].is_item else side
            dot = QRectF(0, 0, size * 1.4, size)
            dot.moveCenter(QPointF(float(xs[node]), float(ys[node])))
            painter.drawRect(dot)

    # -- notes ----------------------------------------------------------------------

    def draw_notes(
        self, painter: QPainter, graph: DrawnGraph, view: View, facts: FrameFacts
    ) -> None:
        """Say at the foot that the data is made up, and what is not drawn."""
        texts = []
        if graph.picture.is_fictional:
            texts.append(
                (translate("Canvas", "Fictional demonstration data"), Role.LABEL)
            )
        if facts.left_out:
            text = translate("Canvas", "{0} lines are not drawn at this zoom")
            texts.append((text.format(grouped(facts.left_out)), Role.TINY))
        style = self.style
        x, height = style.px(16), style.px(18)
        y = view.height - height - style.px(8)
        for text, role in texts:
            width = style.inks[role].measures.horizontalAdvance(text) + 1
            room = QRectF(x, y, width, height)
            plate = room.adjusted(-style.px(6), 0, style.px(6), 0)
            style.plate(painter, plate, style.colors[Token.SUNKEN])
            style.write(painter, room, text, role, Token.INK2, LEFT)
            x = plate.right() + style.px(14)
