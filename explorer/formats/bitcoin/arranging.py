"""Puts the blocks of the evidence in order: heights, the best branch, gaps.

Files hold blocks in the order of their arrival, with branches that lost. The branch
with the most work (of the evidence) is the ledger; others are set aside. Heights count
from the first block of all, from a height that an export, the coinbase (BIP-34) or an
anchor of the user states, or from 0 where nothing does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from explorer.encodings.bitcoin_headers import work_of
from explorer.formats.bitcoin.networks import TARGET_SPACING_S, Network
from explorer.formats.bitcoin.readers import Row

_GENESIS_PARENT = bytes(32)
NEAR_S = 2 * 1_024 * TARGET_SPACING_S
"""A node asks for blocks at most 1,024 ahead; blocks further apart in time are a
selection, in which a missing parent is no fault."""


class Placed(msgspec.Struct, gc=False):
    """A block with its place in the ledger."""

    row: Row
    height: int
    is_aside: bool
    gap: str = ""
    """How the block before it is missing: see ``GAPS``; empty if it is there."""
    is_guessed: bool = False
    """The height only counts from the first block of the evidence."""


FIRST, PARTIAL, MISSING, OPEN = "first", "partial", "missing", "open"
"""Gaps: nothing comes before · an export of some blocks · a file of a node that must
hold it does not · a file of a node whose neighbour may hold it."""


@dataclass(slots=True)
class _Tree:
    """Blocks that hang together, by index, parents before children."""

    blocks: list[int]
    tip: int
    work: int
    first: int
    is_guessed: bool


class Arranger:
    """Arranges rows; used once."""

    def __init__(
        self,
        rows: Sequence[Row],
        network: Network,
        known: Mapping[bytes, int],
        stated: Callable[[Row], int],
        is_store: Callable[[Row], bool],
    ) -> None:
        """Take the blocks in file order.

        ``known`` holds heights that the user's anchors give to hashes; ``stated``
        reads the height that a block itself states (-1: none).
        """
        self._rows = rows
        self._network = network
        self._known = known
        self._stated = stated
        self._is_store = is_store
        self._first_of: dict[bytes, int] = {}
        for index, row in enumerate(rows):
            self._first_of.setdefault(row.hash, index)
        self._parents = [self._parent_of(index) for index in range(len(rows))]
        self._gaps: dict[int, str] = {}

    def arrange(self) -> list[Placed]:
        """Return all blocks in the order of the ledger."""
        self._attach_roots()
        trees = [self._tree(root, kids) for root, kids in self._roots()]
        trees.sort(key=lambda tree: -tree.work)
        placed: list[tuple[int, bool, int, Placed]] = []
        taken: list[tuple[int, int]] = []
        heights = self._heights
        self._number(trees)
        for tree in trees:
            path = self._path(tree.tip)
            span = (tree.first, heights[tree.tip])
            beaten = any(a <= span[1] and span[0] <= b for a, b in taken)
            if not beaten:
                taken.append(span)
            for index in tree.blocks:
                aside = beaten or index not in path
                one = Placed(
                    self._rows[index],
                    heights[index],
                    aside,
                    self._gaps.get(index, ""),
                    tree.is_guessed,
                )
                placed.append((heights[index], aside, index, one))
        placed.sort(key=lambda each: each[:3])
        return [each[3] for each in placed]

    def _parent_of(self, index: int) -> int:
        row = self._rows[index]
        if row.parent == _GENESIS_PARENT:
            return -1
        return self._first_of.get(row.parent, -1)

    def _attach_roots(self) -> None:
        """Hang blocks of a store whose parent is nowhere behind the block before.

        Where blocks visibly arrived out of order, the parent may be in a file that is
        not here.
        """
        parents, rows = self._parents, self._rows
        is_disordered = any(p > i for i, p in enumerate(parents))
        roots = _Roots(parents)
        for index, row in enumerate(rows):
            if parents[index] >= 0:
                continue
            if row.parent == _GENESIS_PARENT:
                self._gaps[index] = FIRST
                continue
            before = index - 1
            follows = before >= 0 and _is_near(rows[before], row)
            if not (follows and self._is_store(row)):
                self._gaps[index] = PARTIAL
                continue
            self._gaps[index] = OPEN if is_disordered else MISSING
            if roots.of(before) != roots.of(index):
                parents[index] = before
                roots.join(index, before)

    def _roots(self) -> list[tuple[int, dict[int, list[int]]]]:
        children: dict[int, list[int]] = {}
        for index, parent in enumerate(self._parents):
            if parent >= 0:
                children.setdefault(parent, []).append(index)
        self._heights = [0] * len(self._rows)
        return [(i, children) for i, p in enumerate(self._parents) if p < 0]

    def _tree(self, root: int, children: dict[int, list[int]]) -> _Tree:
        """Return the tree of a root with heights set, the root's own included."""
        first, is_guessed = self._root_height(root)
        heights, rows = self._heights, self._rows
        heights[root] = first
        works = {root: work_of(rows[root].bits)}
        best, order, at = root, [root], 0
        while at < len(order):
            index = order[at]
            at += 1
            if works[index] > works[best]:
                best = index
            for child in children.get(index, ()):
                heights[child] = self._child_height(child, heights[index])
                works[child] = works[index] + work_of(rows[child].bits)
                order.append(child)
        return _Tree(order, best, works[best], first, is_guessed)

    def _root_height(self, root: int) -> tuple[int, bool]:
        row = self._rows[root]
        if row.parent == _GENESIS_PARENT:
            return 0, False
        found = max(self._known.get(row.hash, -1), row.height)
        if found < 0:
            found = self._stated(row)
        if found < 0:
            found = self._from_descendant(root)
        return (found, False) if found >= 0 else (0, True)

    def _from_descendant(self, root: int) -> int:
        """Return the height that an anchor on the branch above gives the root."""
        if not self._known:
            return -1
        for block_hash, height in self._known.items():
            at, steps = self._first_of.get(block_hash, -1), 0
            while at >= 0 and at != root:
                at, steps = self._parents[at], steps + 1
            if at == root:
                return max(height - steps, -1)
        return -1

    def _child_height(self, child: int, before: int) -> int:
        """Return the height behind ``before``; across a gap one that is stated."""
        if child in self._gaps:
            stated = self._stated(self._rows[child])
            if stated > before:
                return stated
        return before + 1

    def _number(self, trees: list[_Tree]) -> None:
        """Give trees of unknown height places above all others, not next to them."""
        known = [t for t in trees if not t.is_guessed]
        top = max((self._heights[i] for t in known for i in t.blocks), default=-2)
        for tree in trees:
            if not tree.is_guessed:
                continue
            tree.first = top + 2
            for index in tree.blocks:
                self._heights[index] += tree.first
            top = max(self._heights[index] for index in tree.blocks)

    def _path(self, tip: int) -> set[int]:
        path: set[int] = set()
        while tip >= 0:
            path.add(tip)
            tip = self._parents[tip]
        return path


def _is_near(one: Row, other: Row) -> bool:
    """Return whether one block can stand behind another in a file of a node."""
    apart = abs(one.time_s - other.time_s)
    return one.reader == other.reader and apart <= NEAR_S


class _Roots:
    """Which root each block hangs on, kept while roots are joined."""

    def __init__(self, parents: list[int]) -> None:
        self._up = [p if p >= 0 else i for i, p in enumerate(parents)]

    def of(self, index: int) -> int:
        up = self._up
        while up[index] != index:
            up[index] = up[up[index]]
            index = up[index]
        return index

    def join(self, root: int, other: int) -> None:
        self._up[root] = self.of(other)
