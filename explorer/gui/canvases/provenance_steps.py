"""Where the keyboard leads from a node: along lines, up and down, along the path."""

from enum import Enum

import numpy as np

from explorer.gui.canvases.layered_layout import Ints
from explorer.gui.canvases.provenance_index import DrawnGraph


class Step(Enum):
    """One press of an arrow key."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


def next_node(graph: DrawnGraph, node: int, step: Step) -> int:
    """Return the node one step away; the same node if there is none.

    Left and right follow lines, those of the path first, then the most level one; up
    and down stay in the column.
    """
    if node < 0:
        return first_node(graph)
    layout, ends = graph.layout, graph.layout.graph
    if step in {Step.UP, Step.DOWN}:
        own = np.flatnonzero(ends.columns == ends.columns[node])
        away = layout.tops[own] - layout.tops[node]
        return _nearest(own, away if step is Step.DOWN else -away, node)
    columns = ends.columns
    side = 1 if step is Step.RIGHT else -1
    edges = graph.edges_of(node)
    others = np.where(
        ends.sources[edges] == node, ends.targets[edges], ends.sources[edges]
    )
    ahead = (columns[others] - columns[node]) * side > 0
    if not ahead.any():
        return node
    edges, others = edges[ahead], others[ahead]
    bend = np.abs(layout.tops[others] - layout.tops[node])
    best = np.lexsort((bend, ~graph.is_path_edge[edges]))[0]
    return int(others[best])


def _nearest(
    nodes: Ints, away: np.ndarray[tuple[int], np.dtype[np.float64]], node: int
) -> int:
    ahead = away > 0
    if not ahead.any():
        return node
    return int(nodes[ahead][np.argmin(away[ahead])])


def first_node(graph: DrawnGraph) -> int:
    """Return where to begin: the thing traced, else the first node; -1 if empty."""
    if graph.item >= 0:
        return graph.item
    if graph.path_order:
        return graph.path_order[0]
    return 0 if graph.picture.nodes else -1


def path_neighbour(graph: DrawnGraph, node: int, step: int) -> int:
    """Return the next (or with -1 the previous) node of the path; -1 behind its end."""
    order = graph.path_order
    if not order:
        return -1
    if node not in order:
        return order[0] if step > 0 else order[-1]
    position = order.index(node) + step
    return order[position] if 0 <= position < len(order) else -1
