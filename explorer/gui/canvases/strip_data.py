"""All blocks of a chain as arrays, gathered into one column for each pixel.

Section 8 of the design ("Chain strip"). Up to one block a column as long as there is
room; beyond that a column shows the most of its blocks (``numpy.maximum.reduceat``), so
that one failed block among 402,460 is never lost.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from explorer.gui.design.marks import Mark


class BlockStatus(IntEnum):
    """How a block stands, the louder the larger, so that the loudest wins a column."""

    UNCHECKED = 0
    PASSED = 1
    OPEN = 2
    """Something about it could not be checked."""
    FAILED = 3


@dataclass(frozen=True, slots=True, eq=False)
class StripBlocks:
    """The blocks in the order of the evidence; position counts from 0."""

    heights: NDArray[np.int64]
    entries: NDArray[np.uint32]
    refused: NDArray[np.uint32]
    """Entries that the network itself refused; part of ``entries``."""
    status: NDArray[np.uint8]
    """``BlockStatus``."""
    is_config: NDArray[np.bool_]
    ends_torn: bool = False
    """Whether the file ends inside a block."""

    def __post_init__(self) -> None:
        """Refuse arrays of different lengths."""
        arrays = (self.entries, self.refused, self.status, self.is_config)
        if any(len(each) != len(self.heights) for each in arrays):
            raise ValueError("the arrays of a strip differ in length")

    def __len__(self) -> int:
        """Return the number of blocks."""
        return len(self.heights)

    def position_of(self, height: int) -> int:
        """Return the position of a height, or -1 if no block has it."""
        found = np.flatnonzero(self.heights == height)
        return int(found[0]) if len(found) else -1

    def front(self) -> int:
        """Return the position from which on nothing is checked yet."""
        checked = np.flatnonzero(self.status)
        return int(checked[-1]) + 1 if len(checked) else 0


def no_blocks() -> StripBlocks:
    """Return a strip of nothing."""
    numbers = np.zeros(0, np.uint32)
    return StripBlocks(
        np.zeros(0, np.int64),
        numbers,
        numbers,
        np.zeros(0, np.uint8),
        np.zeros(0, np.bool_),
    )


@dataclass(frozen=True, slots=True)
class StripEvent:
    """A tick worth knowing above the strip, such as a recall."""

    position: int
    label: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class StripPlace:
    """A block of the strip."""

    position: int
    height: int


@dataclass(frozen=True, slots=True)
class StripRange:
    """Some neighbouring blocks, both ends included."""

    first: StripPlace
    last: StripPlace


@dataclass(frozen=True, slots=True)
class StripHover:
    """What lies under the pointer: one block, or the blocks of one column."""

    blocks: StripRange
    entries: int
    refused: int
    status: BlockStatus
    """The loudest of the column."""
    x_px: int


@dataclass(frozen=True, slots=True)
class Window:
    """The part that is shown: positions ``start`` up to, not including, ``end``."""

    start: float
    end: float

    @property
    def size(self) -> float:
        """Return how many blocks are shown."""
        return self.end - self.start

    def zoomed(self, at: float, factor: float, total: int, least: float) -> "Window":
        """Return the window made larger by ``factor`` around position ``at``."""
        size = min(float(total), max(min(least, total), self.size * factor))
        share = (at - self.start) / self.size if self.size else 0.5
        start = min(max(0.0, at - share * size), total - size)
        return Window(start, start + size)

    def moved(self, by: float, total: int) -> "Window":
        """Return the window moved by some blocks, held within the chain."""
        start = min(max(0.0, self.start + by), max(0.0, total - self.size))
        return Window(start, start + self.size)


@dataclass(frozen=True, slots=True, eq=False)
class StripColumns:
    """What is drawn: one entry for each column from left to right."""

    firsts: NDArray[np.int64]
    """Position of the first block of each column; the next one's first ends it."""
    lasts: NDArray[np.int64]
    entries: NDArray[np.uint32]
    refused: NDArray[np.uint32]
    status: NDArray[np.uint8]
    is_config: NDArray[np.bool_]
    most_entries: int

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.firsts)


def gather(blocks: StripBlocks, window: Window, most: int) -> StripColumns:
    """Return the columns of a window, at most ``most`` of them.

    A column of several blocks shows the largest number of entries and of refused ones,
    and the loudest status among them.
    """
    start = max(0, int(window.start))
    end = min(len(blocks), int(np.ceil(window.end)))
    count = end - start
    if count <= 0 or most <= 0:
        empty = np.zeros(0, np.int64)
        none = no_blocks()
        return StripColumns(
            empty, empty, none.entries, none.refused, none.status, none.is_config, 0
        )
    columns = min(count, most)
    firsts = start + np.arange(columns, dtype=np.int64) * count // columns
    lasts = np.append(firsts[1:], end) - 1
    inside = slice(start, end)
    cuts = firsts - start
    entries = np.maximum.reduceat(blocks.entries[inside], cuts)
    return StripColumns(
        firsts,
        lasts,
        entries,
        np.maximum.reduceat(blocks.refused[inside], cuts),
        np.maximum.reduceat(blocks.status[inside], cuts),
        np.logical_or.reduceat(blocks.is_config[inside], cuts),
        int(entries.max()),
    )


def apart(places_px: NDArray[np.float64], least_px: float) -> list[int]:
    """Return the indices of places that are at least so far from the one before.

    Marks stand at these; a place left out lies under the mark of a close neighbour.
    """
    kept: list[int] = []
    edge = -np.inf
    for index, place in enumerate(places_px):
        if place - edge >= least_px:
            kept.append(index)
            edge = float(place)
    return kept
