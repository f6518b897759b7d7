"""Strips made by hand for the tests."""

import numpy as np

from explorer.gui.canvases.strip_data import BlockStatus, StripBlocks


def blocks_of(
    count: int, failed: tuple[int, ...] = (), checked: int | None = None
) -> StripBlocks:
    """Return blocks of heights 100, 101, … with 3 entries each, one refused in 2."""
    status = np.full(count, BlockStatus.PASSED, np.uint8)
    status[list(failed)] = BlockStatus.FAILED
    if checked is not None:
        status[checked:] = BlockStatus.UNCHECKED
    refused = np.zeros(count, np.uint32)
    if count > 2:
        refused[2] = 1
    return StripBlocks(
        np.arange(100, 100 + count, dtype=np.int64),
        np.full(count, 3, np.uint32),
        refused,
        status,
        np.zeros(count, np.bool_),
    )
