"""The provenance graph of a whole ledger as arrays: who comes from whom, at once.

Compressed sparse rows in both directions: for each node the slice of its neighbours. No
function recurses, each node is visited once, so cycles, hubs and very long paths end. A
struck edge (of an entry that the ledger refused) is kept but only followed when asked.

Left out: anything about what the nodes are; that is looked up through ``records``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Nodes = npt.NDArray[np.int32]
Edges = npt.NDArray[np.int32]

_FEW = 64
"""Up to so many open nodes plain loops are quicker than array operations."""

_NONE = -1


@dataclass(frozen=True)
class _Half:
    """One direction: those of node ``n`` lie at ``offsets[n]:offsets[n + 1]``."""

    offsets: npt.NDArray[np.int64]
    neighbours: Nodes
    edges: Edges


class ProvenanceGraph:
    """Nodes 0 to ``node_count - 1`` (thing versions) and directed edges (flows)."""

    def __init__(
        self,
        node_count: int,
        sources: npt.ArrayLike,
        targets: npt.ArrayLike,
        rows: npt.ArrayLike,
        struck: npt.ArrayLike,
    ) -> None:
        """Index the edges; edge *i* leads from ``sources[i]`` to ``targets[i]``.

        ``rows`` holds the number by which the caller knows each flow.

        Raises:
            ValueError: If the arrays differ in length or name a node that is not there.
        """
        self.node_count = node_count
        self.sources: Nodes = np.asarray(sources, dtype=np.int32)
        self.targets: Nodes = np.asarray(targets, dtype=np.int32)
        self.rows: npt.NDArray[np.int64] = np.asarray(rows, dtype=np.int64)
        self.struck: npt.NDArray[np.bool_] = np.asarray(struck, dtype=np.bool_)
        sizes = {len(self.sources), len(self.targets), len(self.rows), len(self.struck)}
        if len(sizes) != 1:
            raise ValueError("sources, targets, rows and struck differ in length")
        for ends in (self.sources, self.targets):
            if len(ends) and (int(ends.min()) < 0 or int(ends.max()) >= node_count):
                raise ValueError(f"an edge names a node outside 0..{node_count - 1}")

    @classmethod
    def from_rows(
        cls, node_count: int, edges: Iterable[tuple[int, int, int, bool]]
    ) -> "ProvenanceGraph":
        """Return the graph of (source, target, row, is struck) tuples."""
        table = np.array(list(edges), dtype=np.int64).reshape(-1, 4)
        return cls(node_count, table[:, 0], table[:, 1], table[:, 2], table[:, 3] != 0)

    @property
    def edge_count(self) -> int:
        """Return how many edges there are, struck ones included."""
        return len(self.sources)

    def ancestors(self, *nodes: int, include_struck: bool = False) -> Nodes:
        """Return every node from which a path leads to ``nodes``, without them."""
        return self._others(self._backward(include_struck), nodes)

    def descendants(self, *nodes: int, include_struck: bool = False) -> Nodes:
        """Return every node to which a path leads from ``nodes``, without them."""
        return self._others(self._forward(include_struck), nodes)

    def shortest_path(
        self, source: int, target: int, *, include_struck: bool = False
    ) -> tuple[int, ...]:
        """Return the nodes of a path with the fewest edges; empty if there is none."""
        half = self._forward(include_struck)
        parents = self._search(half, (source,), target)
        if parents[target] == _NONE:
            return ()
        path = [target]
        while path[-1] != source:
            path.append(int(parents[path[-1]]))
        return tuple(reversed(path))

    def between(self, source: int, target: int) -> Nodes:
        """Return every node on any path from ``source`` to ``target``, with both.

        Empty if no path leads there.
        """
        below = self._search(self._forward(struck=False), (source,)) != _NONE
        above = self._search(self._backward(struck=False), (target,)) != _NONE
        return np.flatnonzero(below & above).astype(np.int32)

    def edges_into(self, nodes: npt.ArrayLike) -> Edges:
        """Return the accepted edges that end in ``nodes``, ascending."""
        return _slices(self._backward(struck=False), np.asarray(nodes, dtype=np.int64))

    def edges_out_of(self, nodes: npt.ArrayLike) -> Edges:
        """Return the accepted edges that begin in ``nodes``, ascending."""
        return _slices(self._forward(struck=False), np.asarray(nodes, dtype=np.int64))

    def struck_edges(self, sources: npt.ArrayLike, targets: npt.ArrayLike) -> Edges:
        """Return the struck edges out of ``sources`` or into ``targets``, ascending."""
        struck = self._struck_edges
        wanted = np.isin(self.sources[struck], np.asarray(sources, dtype=np.int32))
        wanted |= np.isin(self.targets[struck], np.asarray(targets, dtype=np.int32))
        return struck[wanted]

    @cached_property
    def _struck_edges(self) -> Edges:
        return np.flatnonzero(self.struck).astype(np.int32)

    def _forward(self, struck: bool) -> _Half:  # noqa: FBT001 - private switch
        return self._all_forward if struck else self._accepted_forward

    def _backward(self, struck: bool) -> _Half:  # noqa: FBT001 - private switch
        return self._all_backward if struck else self._accepted_backward

    @cached_property
    def _accepted(self) -> Edges:
        return np.flatnonzero(~self.struck).astype(np.int32)

    @cached_property
    def _accepted_forward(self) -> _Half:
        return self._half(self.sources, self.targets, self._accepted)

    @cached_property
    def _accepted_backward(self) -> _Half:
        return self._half(self.targets, self.sources, self._accepted)

    @cached_property
    def _all_forward(self) -> _Half:
        every = np.arange(self.edge_count, dtype=np.int32)
        return self._half(self.sources, self.targets, every)

    @cached_property
    def _all_backward(self) -> _Half:
        every = np.arange(self.edge_count, dtype=np.int32)
        return self._half(self.targets, self.sources, every)

    def _half(self, ends: Nodes, others: Nodes, edges: Edges) -> _Half:
        chosen = ends[edges]
        ordered = edges[_stable_order(chosen)]
        offsets = np.zeros(self.node_count + 1, dtype=np.int64)
        np.cumsum(np.bincount(chosen, minlength=self.node_count), out=offsets[1:])
        return _Half(offsets, others[ordered], ordered)

    def _others(self, half: _Half, nodes: Sequence[int]) -> Nodes:
        reached = self._search(half, nodes) != _NONE
        reached[np.asarray(nodes, dtype=np.int64)] = False
        return np.flatnonzero(reached).astype(np.int32)

    def _search(self, half: _Half, starts: Sequence[int], stop: int = _NONE) -> Nodes:
        """Return for each node the one it was reached from; -1 if it was not.

        Breadth first, so the way back is a shortest path. A start is its own.

        Raises:
            ValueError: If a start is not a node.
        """
        if any(not 0 <= each < self.node_count for each in starts):
            raise ValueError(f"no such node in 0..{self.node_count - 1}")
        parents = np.full(self.node_count, _NONE, dtype=np.int32)
        parents[np.asarray(starts, dtype=np.int64)] = starts
        slots = np.empty(self.node_count, dtype=np.int32)
        frontier = np.array(sorted(set(starts)), dtype=np.int32)
        while len(frontier) and (stop == _NONE or parents[stop] == _NONE):
            if len(frontier) <= _FEW:
                frontier = _step_few(half, frontier, parents, stop)
            else:
                frontier = _step_many(half, frontier, parents, slots)
        return parents


def _step_few(half: _Half, frontier: Nodes, parents: Nodes, stop: int) -> Nodes:
    """Go on level by level while few nodes are open; return the next open nodes."""
    offsets, neighbours = half.offsets.data, half.neighbours.data
    reached = parents.data
    level = frontier.tolist()
    while 0 < len(level) <= _FEW:
        found = []
        for node in level:
            for each in neighbours[offsets[node] : offsets[node + 1]]:
                if reached[each] < 0:
                    reached[each] = node
                    found.append(each)
        level = found
        if stop >= 0 and reached[stop] >= 0:
            break
    return np.array(level, dtype=np.int32)


def _step_many(half: _Half, frontier: Nodes, parents: Nodes, slots: Nodes) -> Nodes:
    """Open all neighbours of ``frontier`` at once; return those that are new."""
    places, counts = _ranges(half.offsets, frontier)
    found = half.neighbours[places]
    new = parents[found] == _NONE
    found = found[new]
    parents[found] = np.repeat(frontier, counts)[new]
    # Each node once: of its several slots only the last writer finds itself there.
    order = np.arange(len(found), dtype=np.int32)
    slots[found] = order
    opened: Nodes = found[slots[found] == order]
    return opened


def _slices(half: _Half, nodes: npt.NDArray[np.int64]) -> Edges:
    places, _ = _ranges(half.offsets, nodes)
    return np.sort(half.edges[places])


def _ranges(
    offsets: npt.NDArray[np.int64], nodes: npt.NDArray[np.int32 | np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the positions of all neighbours of ``nodes``, and how many each has."""
    starts = offsets[nodes]
    counts = offsets[nodes.astype(np.int64) + 1] - starts
    before = np.cumsum(counts) - counts
    total = int(counts.sum())
    places = np.repeat(starts - before, counts) + np.arange(total, dtype=np.int64)
    return places, counts


def _stable_order(values: Nodes) -> npt.NDArray[np.intp]:
    """Return the stable sorting order; two passes of 16 bits use numpy's radix sort."""
    low = np.argsort((values & 0xFFFF).astype(np.uint16), kind="stable")
    high = (values >> 16).astype(np.uint16)[low]
    return low[np.argsort(high, kind="stable")]
