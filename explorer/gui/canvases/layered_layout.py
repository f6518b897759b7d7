"""Columns and rows for a graph that is read from left to right.

Longest-path layering with cycles broken in the order given (Sugiyama, Tagawa and Toda,
1981, steps 1 and 2), then 12 barycentre sweeps. Nodes keep their lane: within a lane
they have whole rows. Knows no Qt and no px; ``provenance_routing`` measures and draws
the lines.

Left out: minimal width; the order of the lanes, which says who handed to whom.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

SWEEPS = 12
_PATH_WEIGHT = 8.0
"""How much more an edge of the path pulls than another."""
_MOST_BATCHES = 400
"""Up to so many columns are swept one by one; more are swept all at once."""


@dataclass(frozen=True, slots=True)
class LayeredGraph:
    """Nodes by number, each in a column and a lane; edges by their two ends."""

    columns: Ints
    lanes: Ints
    sources: Ints
    targets: Ints
    is_path: Bools
    """Per edge: part of the path, which is kept straight."""

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        count = len(self.columns)
        if len(self.lanes) != count:
            raise ValueError("a lane is needed for every node")
        if not len(self.sources) == len(self.targets) == len(self.is_path):
            raise ValueError("an edge has two ends and one state")
        ends = np.concatenate((self.sources, self.targets))
        if len(ends) and not 0 <= int(ends.min()) <= int(ends.max()) < count:
            raise ValueError("an edge ends at no node")
        if count and min(int(self.columns.min()), int(self.lanes.min())) < 0:
            raise ValueError("columns and lanes count from 0")


def columns_of(node_count: int, sources: Ints, targets: Ints) -> Ints:
    """Return the longest-path column of every node, from 0.

    Where edges run in a circle, the node that comes first in the order given is taken
    as its beginning; the edges back to it are not followed.
    """
    order = np.argsort(sources, kind="stable")
    firsts = np.searchsorted(sources[order], np.arange(node_count + 1)).tolist()
    followers = targets[order].tolist()
    waiting = np.bincount(targets, minlength=node_count).tolist()
    columns = [0] * node_count
    is_done = [False] * node_count
    for first in _entry_points(waiting, is_done):
        stack = [first]
        while stack:
            node = stack.pop()
            is_done[node] = True
            after = columns[node] + 1
            for follower in followers[firsts[node] : firsts[node + 1]]:
                if is_done[follower]:
                    continue
                columns[follower] = max(columns[follower], after)
                waiting[follower] -= 1
                if waiting[follower] == 0:
                    stack.append(follower)
    return np.array(columns, dtype=np.int64)


def _entry_points(waiting: Sequence[int], is_done: Sequence[bool]) -> Iterator[int]:
    """Yield nodes without sources, then the first that is left in a circle."""
    yield from [node for node, count in enumerate(waiting) if count == 0]
    for node in range(len(is_done)):
        if not is_done[node]:
            yield node


@dataclass(frozen=True, slots=True)
class Rows:
    """Where nodes stand in their lanes."""

    rows: Ints
    """Per node, from 0 within its lane."""
    lane_rows: Ints
    """Per lane: rows that its fullest column needs."""


def rows_of(graph: LayeredGraph) -> Rows:
    """Return rows with few crossings and a straight path, one node a place."""
    count = len(graph.columns)
    lane_count = int(graph.lanes.max()) + 1 if count else 0
    cells = graph.columns * lane_count + graph.lanes
    if not count:
        return Rows(cells, cells)
    order, slots, sizes = _cell_slots(cells)
    lane_rows = np.zeros(lane_count, dtype=np.int64)
    np.maximum.at(lane_rows, graph.lanes[order], sizes)
    bases = np.concatenate(([0], np.cumsum(lane_rows + 1)[:-1]))
    heights = np.empty(count, dtype=np.float64)
    heights[order] = slots + bases[graph.lanes[order]]
    is_single = int(graph.columns.max()) < _MOST_BATCHES
    rightwards, leftwards = _batches(graph, cells, is_single=is_single)
    for sweep in range(SWEEPS):
        batches = leftwards[::-1] if sweep % 2 else rightwards
        for batch in batches:
            batch.settle(heights, bases, lane_rows)
    rows = np.rint(heights).astype(np.int64) - bases[graph.lanes]
    return Rows(rows, lane_rows)


def _cell_slots(cells: Ints) -> tuple[Ints, Ints, Ints]:
    """Return nodes by cell, the place of each in its cell, and its cell's size."""
    order = np.argsort(cells, kind="stable")
    firsts, sizes = _runs(cells[order])
    slots = np.arange(len(cells)) - np.repeat(firsts, sizes)
    return order, slots, np.repeat(sizes, sizes)


def _runs(values: npt.NDArray[np.generic]) -> tuple[Ints, Ints]:
    """Return where runs of equal values begin, and how long they are."""
    changes = np.flatnonzero(values[1:] != values[:-1]) + 1
    firsts = np.concatenate(([0], changes)).astype(np.int64)
    sizes = np.diff(np.concatenate((firsts, [len(values)]))).astype(np.int64)
    return firsts, sizes


class _Batch:
    """Nodes that settle at one time, with the neighbours that pull them."""

    def __init__(
        self,
        graph: LayeredGraph,
        cells: Ints,
        nodes: Ints,
        pulls: tuple[Ints, Ints, Floats],
    ) -> None:
        order, self._slots, self._sizes = _cell_slots(cells[nodes])
        self._nodes = nodes[order]
        self._cells = cells[self._nodes]
        self._lanes = graph.lanes[self._nodes]
        _, lengths = _runs(self._cells)
        self._numbers = np.repeat(np.arange(len(lengths)), lengths)
        local = np.empty(len(cells), dtype=np.int64)
        local[self._nodes] = np.arange(len(nodes))
        pulled, self._pullers, self._weights = pulls
        self._pulled = local[pulled]
        totals = np.bincount(self._pulled, self._weights, len(nodes))
        self._is_pulled = totals > 0
        self._totals = np.where(self._is_pulled, totals, 1.0)

    def settle(self, heights: Floats, bases: Ints, lane_rows: Ints) -> None:
        """Put the nodes near the middle of their neighbours, in that order."""
        nodes = self._nodes
        pull = self._weights * heights[self._pullers]
        means = np.bincount(self._pulled, pull, len(nodes)) / self._totals
        means = np.where(self._is_pulled, means, heights[nodes])
        ranked = np.lexsort((heights[nodes], means, self._numbers))
        room = lane_rows[self._lanes]
        wanted = np.rint(means[ranked]).astype(np.int64) - bases[self._lanes]
        wanted = np.clip(wanted, 0, room - 1) - self._slots
        # Rows grow by at least one: the mean of pushing down and of pushing up.
        far = 2 * int(lane_rows.max()) + 2
        shift = self._numbers * far
        down = np.maximum.accumulate(wanted + shift) - shift
        up = np.minimum.accumulate((wanted + shift)[::-1])[::-1] - shift
        rows = np.clip((down + up) // 2, 0, room - self._sizes) + self._slots
        heights[nodes[ranked]] = rows + bases[self._lanes]


def _batches(
    graph: LayeredGraph, cells: Ints, *, is_single: bool
) -> tuple[list[_Batch], list[_Batch]]:
    """Return what settles by its sources, and what settles by its targets.

    Ends in one column pull each other both ways.
    """
    sources, targets = graph.sources, graph.targets
    weights = np.where(graph.is_path, _PATH_WEIGHT, 1.0)
    ahead = graph.columns[sources] <= graph.columns[targets]
    back = graph.columns[sources] >= graph.columns[targets]
    by_left = _joined((targets, sources, weights), ahead, back)
    by_right = _joined((sources, targets, weights), ahead, back)
    groups = [np.arange(len(cells))]
    if is_single:
        order = np.argsort(graph.columns, kind="stable")
        firsts, _ = _runs(graph.columns[order])
        groups = np.split(order, firsts[1:])
    return (
        _grouped(graph, cells, groups, by_left),
        _grouped(graph, cells, groups, by_right),
    )


def _joined(
    pulls: tuple[Ints, Ints, Floats], ahead: Bools, back: Bools
) -> tuple[Ints, Ints, Floats]:
    pulled, pullers, weights = pulls
    return (
        np.concatenate((pulled[ahead], pullers[back])),
        np.concatenate((pullers[ahead], pulled[back])),
        np.concatenate((weights[ahead], weights[back])),
    )


def _grouped(
    graph: LayeredGraph,
    cells: Ints,
    groups: Sequence[Ints],
    pulls: tuple[Ints, Ints, Floats],
) -> list[_Batch]:
    owner = np.empty(len(cells), dtype=np.int64)
    for number, nodes in enumerate(groups):
        owner[nodes] = number
    pulled, pullers, weights = pulls
    order = np.argsort(owner[pulled], kind="stable")
    limits = np.searchsorted(owner[pulled][order], np.arange(len(groups) + 1))
    batches = []
    for number, nodes in enumerate(groups):
        part = order[limits[number] : limits[number + 1]]
        own = (pulled[part], pullers[part], weights[part])
        batches.append(_Batch(graph, cells, nodes, own))
    return batches
