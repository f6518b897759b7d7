import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.gui.canvases.strip_data import (
    BlockStatus,
    StripBlocks,
    Window,
    apart,
    gather,
    no_blocks,
)
from tests.gui.canvases.strips import blocks_of


@given(
    st.integers(1, 5_000),
    st.integers(1, 900),
    st.data(),
)
def test_no_failed_block_is_lost(count: int, columns: int, data: st.DataObject) -> None:
    failed = data.draw(st.sets(st.integers(0, count - 1), max_size=5))
    blocks = blocks_of(count, tuple(failed))
    gathered = gather(blocks, Window(0, count), columns)
    shown = np.flatnonzero(gathered.status == BlockStatus.FAILED)
    covered = {
        position
        for column in shown.tolist()
        for position in range(gathered.firsts[column], gathered.lasts[column] + 1)
    }
    assert failed <= covered
    assert len(gathered) == min(count, columns)


@given(st.integers(1, 3_000), st.integers(1, 500))
def test_columns_cover_every_block_once(count: int, columns: int) -> None:
    gathered = gather(blocks_of(count), Window(0, count), columns)
    assert gathered.firsts[0] == 0
    assert gathered.lasts[-1] == count - 1
    assert (gathered.firsts[1:] == gathered.lasts[:-1] + 1).all()


def test_402460_blocks_in_1400_columns_keep_their_one_failure() -> None:
    blocks = blocks_of(402_460, (123_456,))
    gathered = gather(blocks, Window(0, 402_460), 1_400)
    assert np.count_nonzero(gathered.status == BlockStatus.FAILED) == 1
    assert gathered.most_entries == 3


def test_a_window_shows_its_part() -> None:
    gathered = gather(blocks_of(100, (50,)), Window(40, 60), 800)
    assert (gathered.firsts[0], gathered.lasts[-1]) == (40, 59)
    assert gathered.status.tolist().index(BlockStatus.FAILED) == 10


def test_nothing_is_gathered_from_nothing() -> None:
    assert len(gather(no_blocks(), Window(0, 0), 100)) == 0
    assert len(gather(blocks_of(4), Window(0, 4), 0)) == 0


def test_arrays_of_different_lengths_are_refused() -> None:
    good = blocks_of(3)
    with pytest.raises(ValueError, match="differ in length"):
        StripBlocks(
            good.heights, good.entries[:2], good.refused, good.status, good.is_config
        )


def test_the_front_is_where_checking_stands() -> None:
    assert blocks_of(10, checked=4).front() == 4
    assert blocks_of(10, checked=0).front() == 0
    assert blocks_of(10).front() == 10


def test_heights_are_found() -> None:
    assert blocks_of(10).position_of(104) == 4
    assert blocks_of(10).position_of(7) == -1


def test_zooming_keeps_the_place_under_the_pointer_and_stays_inside() -> None:
    window = Window(0, 1000).zoomed(250, 0.5, 1000, 8)
    assert window == Window(125, 625)
    assert window.zoomed(300, 1e-6, 1000, 8).size == 8
    assert window.zoomed(300, 1e6, 1000, 8) == Window(0, 1000)
    assert Window(0, 4).zoomed(2, 0.1, 4, 8) == Window(0, 4)
    assert Window(900, 1000).moved(50, 1000) == Window(900, 1000)
    assert Window(0, 100).moved(-5, 1000) == Window(0, 100)


def test_marks_that_would_overlap_are_joined() -> None:
    places = np.array([0.0, 3.0, 12.0, 14.0, 40.0])
    assert apart(places, 12) == [0, 2, 4]
    assert apart(np.array([]), 12) == []
