"""History anchors: how far they reach, and what contradicts them."""

from explorer.crypto.trust import AnchorOrigin, HistoryAnchor
from explorer.model.checks import Outcome
from explorer.session.anchoring import (
    HeightKeeper,
    Heights,
    anchors_from_copy,
    compare_with_anchors,
)


def block_hash(height: int) -> bytes:
    return height.to_bytes(32, "big")


def anchor(height: int, value: bytes | None = None) -> HistoryAnchor:
    return HistoryAnchor(
        height, value or block_hash(height), AnchorOrigin.PUBLISHED, "printed", "me"
    )


def chain(*heights: int) -> Heights:
    keeper = HeightKeeper((), keep_all=True)
    keeper.add(heights, [block_hash(each) for each in heights])
    return keeper.heights()


def test_an_anchor_at_the_tip_ties_every_block() -> None:
    found = compare_with_anchors(chain(0, 1, 2), [anchor(2)])
    assert found.is_full
    assert found.anchored_to is not None
    assert (found.anchored_to.height, found.passed) == (2, 1)


def test_a_tail_above_the_anchor_stays_untied() -> None:
    found = compare_with_anchors(chain(0, 1, 2), [anchor(1), anchor(0)])
    assert not found.is_full
    assert found.anchored_to is not None
    assert found.anchored_to.height == 1


def test_a_gap_unties_what_is_below_it() -> None:
    assert not compare_with_anchors(chain(0, 1, 3), [anchor(3)]).is_full


def test_another_hash_fails_at_its_height() -> None:
    found = compare_with_anchors(chain(0, 1, 2), [anchor(1, b"\x07" * 32)])
    (result,) = found.results
    assert (result.outcome, result.reason) == (Outcome.FAILED, "anchor-differs")
    assert (result.block, result.decisive) == (1, True)
    assert found.anchored_to is None


def test_a_height_the_ledger_does_not_reach_ties_nothing() -> None:
    found = compare_with_anchors(chain(0, 1, 2), [anchor(9)])
    (result,) = found.results
    assert result.reason == "anchor-out-of-range"
    assert (result.outcome, result.decisive) == (Outcome.INCONCLUSIVE, False)
    assert not found.is_full


def test_a_copy_gives_its_highest_shared_block() -> None:
    theirs = iter([(0, block_hash(0)), (1, block_hash(1)), (9, block_hash(9))])
    results, tie = anchors_from_copy(chain(0, 1, 2), theirs, "copy")
    assert results == []
    assert tie is not None
    assert (tie.height, tie.block_hash) == (1, block_hash(1))


def test_a_copy_that_differs_says_where_first() -> None:
    theirs = iter([(0, block_hash(0)), (1, b"\x01" * 32), (2, b"\x02" * 32)])
    results, tie = anchors_from_copy(chain(0, 1, 2), theirs, "copy")
    assert [(each.reason, each.block) for each in results] == [("copy-differs", 1)]
    assert tie is None


def test_a_copy_of_something_else_ties_nothing() -> None:
    results, tie = anchors_from_copy(chain(0), iter([]), "copy")
    assert results[0].reason == "copy-shares-nothing"
    assert tie is None


def test_the_keeper_remembers_only_wanted_hashes() -> None:
    keeper = HeightKeeper([1], keep_all=False)
    keeper.add([0, 1, 2], [block_hash(each) for each in range(3)])
    assert keeper.heights() == Heights({1: block_hash(1)}, ((0, 2),))
    assert keeper.last_hash == block_hash(2)


def test_a_hash_that_cannot_be_worked_out_is_not_compared() -> None:
    keeper = HeightKeeper((), keep_all=True)
    keeper.add((0, 1), [block_hash(0), b""])
    heights = keeper.heights()
    found = compare_with_anchors(heights, [anchor(1)])
    (result,) = found.results
    assert (result.outcome, result.reason) == (
        Outcome.INCONCLUSIVE,
        "anchor-not-comparable",
    )
    assert found.anchored_to is None
    results, shared = anchors_from_copy(
        heights, iter([(0, block_hash(0)), (1, block_hash(1))]), "copy"
    )
    assert results == []
    assert shared is not None
    assert shared.height == 0
