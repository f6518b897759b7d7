"""Where the blocks of a chain with forks stand: columns are heights, rows branches.

The longest chain is the first row; each fork has a row of its own for as long as it
lasts. Knows no Qt.
"""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.model.checks import Outcome

NO_PARENT = -1


@dataclass(frozen=True, slots=True)
class BlockNode:
    """One block of the window shown."""

    row_id: int
    """Row of the list of blocks; names the block in every signal."""
    height: int
    hash_short: str
    """Printable and short, such as ``407534ef…``."""
    parent: int = NO_PARENT
    """Position of its parent in the same sequence; -1 if it is not there."""
    status: Outcome | Absent = Absent.NOT_IN_EXPORT
    """Worst outcome of its checks; absent while it is not checked."""
    is_configuration: bool = False
    link_fails: bool = False
    """The hash it names is not that of the block before it."""
    parent_elsewhere: bool = False
    """Its parent is known, but outside of this window."""


@dataclass(frozen=True, slots=True)
class BlockPlaces:
    """A column and a row for each block, and what each column is."""

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    heights: tuple[int, ...]
    """Height of each column; where one is missing the line has a gap."""
    parents: tuple[int, ...]
    """Position of each parent; -1 for none, also where the claim points at itself."""
    row_count: int


def place_blocks(blocks: Sequence[BlockNode]) -> BlockPlaces:
    """Return where ``blocks`` stand.

    Raises:
        ValueError: A parent is not a position of the sequence.
    """
    count = len(blocks)
    if any(not NO_PARENT <= each.parent < count for each in blocks):
        raise ValueError("a parent is not among the blocks")
    parents = tuple(
        NO_PARENT if block.parent == number else block.parent
        for number, block in enumerate(blocks)
    )
    heights = tuple(sorted({each.height for each in blocks}))
    column_of = {height: column for column, height in enumerate(heights)}
    columns = tuple(column_of[each.height] for each in blocks)
    rows, row_count = _rows(columns, parents)
    return BlockPlaces(columns, rows, heights, parents, row_count)


def _rows(
    columns: Sequence[int], parents: Sequence[int]
) -> tuple[tuple[int, ...], int]:
    branches = _branches(columns, parents)
    if not branches:
        return (), 0
    rows = [0] * len(columns)
    main, *others = branches
    main_span = _span(main, columns)
    first_row_end = -1
    free: list[int] = []
    busy: list[tuple[int, int]] = []
    used = 1
    for branch in sorted(others, key=lambda each: columns[each[0]]):
        begin, end = _span(branch, columns)
        is_clear = end < main_span[0] or begin > main_span[1]
        if is_clear and begin > first_row_end:
            first_row_end = end
            continue
        while busy and busy[0][0] < begin:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if free:
            row = heapq.heappop(free)
        else:
            row, used = used, used + 1
        heapq.heappush(busy, (end, row))
        for each in branch:
            rows[each] = row
    return tuple(rows), used


def _span(branch: Sequence[int], columns: Sequence[int]) -> tuple[int, int]:
    return columns[branch[0]], columns[branch[-1]]


def _branches(columns: Sequence[int], parents: Sequence[int]) -> list[list[int]]:
    """Return chains of blocks, the longest first; each block in one."""
    children: dict[int, list[int]] = defaultdict(list)
    for number, parent in enumerate(parents):
        if parent >= 0 and columns[parent] < columns[number]:
            children[parent].append(number)
    by_height = sorted(range(len(columns)), key=lambda each: (columns[each], each))
    length = [1] * len(columns)
    for number in reversed(by_height):
        for child in children[number]:
            length[number] = max(length[number], length[child] + 1)
    branches: list[list[int]] = []
    is_taken = [False] * len(columns)
    starts = sorted(by_height, key=lambda each: (-length[each], columns[each], each))
    for start in starts:
        if is_taken[start]:
            continue
        branch, number = [], start
        while number >= 0:
            is_taken[number] = True
            branch.append(number)
            left = [each for each in children[number] if not is_taken[each]]
            number = max(left, key=lambda each: (length[each], -each), default=-1)
        branches.append(branch)
    return branches
