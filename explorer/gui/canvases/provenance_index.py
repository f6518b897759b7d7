"""A laid-out picture with what is needed to find and count its parts quickly.

Whole arrays are compared at once (0.2 ms for 100,000 boxes), which is faster here than
a tree that is walked in Python.
"""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from explorer.gui.canvases.graph_picture import GraphPicture, graph_of
from explorer.gui.canvases.layered_layout import Bools, Floats, Ints
from explorer.gui.canvases.provenance_layout import BOX_HEIGHT, BOX_WIDTH, Layout
from explorer.gui.canvases.provenance_routing import ROW, lay_out

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in px of the world."""


class DrawnGraph:
    """A picture in its place; never changed after it was made."""

    def __init__(self, picture: GraphPicture, row: float = ROW) -> None:
        """Lay ``picture`` out with rows ``row`` px apart."""
        self.picture = picture
        self.row = row
        self.layout: Layout = lay_out(graph_of(picture), row)
        nodes, edges = picture.nodes, picture.edges
        self.is_path_node: Bools = np.array([n.is_path for n in nodes], dtype=np.bool_)
        self.is_path_edge = self.layout.graph.is_path
        self.numbers = {each.key: number for number, each in enumerate(nodes)}
        self.has_path = any(each.is_path for each in nodes) and not (
            all(each.is_path for each in nodes) and all(e.is_path for e in edges)
        )
        """Whether there is a path and something beside it that steps back."""

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the world."""
        return self.layout.width, self.layout.height

    def box(self, node: int) -> Box:
        """Return where a node is."""
        left, top = float(self.layout.lefts[node]), float(self.layout.tops[node])
        return left, top, left + BOX_WIDTH, top + BOX_HEIGHT

    def nodes_in(self, box: Box, margin: float = 10.0) -> Ints:
        """Return the nodes that reach into ``box``."""
        lefts, tops = self.layout.lefts, self.layout.tops
        left, top, right, bottom = box
        inside = (
            (lefts <= right + margin)
            & (lefts >= left - BOX_WIDTH - margin)
            & (tops <= bottom + margin)
            & (tops >= top - BOX_HEIGHT - margin)
        )
        return np.flatnonzero(inside)

    def edges_in(self, box: Box) -> Ints:
        """Return the edges whose bounds meet ``box``, those of the path last."""
        left, top, right, bottom = box
        bounds = self._bounds
        inside = (
            (bounds[0] <= right)
            & (bounds[1] <= bottom)
            & (bounds[2] >= left)
            & (bounds[3] >= top)
        )
        found = np.flatnonzero(inside)
        return found[np.argsort(self.is_path_edge[found], kind="stable")]

    def node_at(self, x: float, y: float, reach: float = 0.0) -> int:
        """Return the node at a point, or within ``reach`` of it; -1 if none is."""
        found = self.nodes_in((x, y, x, y), reach)
        if not len(found):
            return -1
        middles_x = self.layout.lefts[found] + BOX_WIDTH / 2
        middles_y = self.layout.tops[found] + BOX_HEIGHT / 2
        away = np.abs(middles_x - x) / BOX_WIDTH + np.abs(middles_y - y) / BOX_HEIGHT
        return int(found[np.argmin(away)])

    def lane_of(self, node: int) -> int:
        """Return the lane of a node."""
        return int(self.layout.graph.lanes[node])

    def edges_of(self, node: int) -> Ints:
        """Return the edges that begin or end at a node."""
        graph = self.layout.graph
        return np.flatnonzero((graph.sources == node) | (graph.targets == node))

    @cached_property
    def path_order(self) -> list[int]:
        """Return the nodes of the path from left to right, then downwards."""
        nodes = np.flatnonzero(self.is_path_node)
        order = np.lexsort((self.layout.tops[nodes], self.layout.lefts[nodes]))
        return [int(each) for each in nodes[order]]

    @cached_property
    def item(self) -> int:
        """Return the thing traced; -1 if there is none."""
        nodes = enumerate(self.picture.nodes)
        return next((number for number, each in nodes if each.is_item), -1)

    @cached_property
    def _bounds(self) -> tuple[Floats, Floats, Floats, Floats]:
        columns = np.ascontiguousarray(self.layout.lines.bounds.T)
        return columns[0], columns[1], columns[2], columns[3]

    def tiles(self, nodes: Ints, rows: int) -> tuple[Ints, Ints]:
        """Return nodes grouped into tiles of one column, one lane and ``rows`` rows.

        The first array has a tile number for each node, the second the count of each.
        """
        graph, own = self.layout.graph, self.layout.rows.rows
        keys = np.stack((graph.columns[nodes], graph.lanes[nodes], own[nodes] // rows))
        if not len(nodes):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        _, numbers, counts = np.unique(
            keys, axis=1, return_inverse=True, return_counts=True
        )
        return numbers.reshape(-1).astype(np.int64), counts.astype(np.int64)

    def density(self, box: Box, columns: int, rows: int) -> npt.NDArray[np.int64]:
        """Return how many nodes are in each cell of ``box``, from the top left."""
        left, top, right, bottom = box
        x = (self.layout.lefts + BOX_WIDTH / 2 - left) * (columns / (right - left))
        y = (self.layout.tops + BOX_HEIGHT / 2 - top) * (rows / (bottom - top))
        inside = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
        cells = y[inside].astype(np.int64) * columns + x[inside].astype(np.int64)
        counts = np.bincount(cells, minlength=rows * columns)
        return counts.reshape(rows, columns)
