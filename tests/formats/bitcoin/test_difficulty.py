"""Tests of the target that must follow."""

from explorer.encodings.bitcoin_headers import bits_of, target_of
from explorer.formats.bitcoin.difficulty import Difficulty
from explorer.formats.bitcoin.networks import (
    MAIN,
    REGTEST,
    RETARGET_BLOCKS,
    TESTNET3,
    TESTNET4,
    Network,
)

EASY = 0x1D00FFFF
HARD = 0x1B0404CB
SPACING = 600


def _follow(
    network: Network, first: int, headers: list[tuple[int, int]]
) -> tuple[Difficulty, list[int]]:
    difficulty = Difficulty(network)
    wanted = [
        difficulty.follow(first + at, bits, time_s, is_linked=at > 0)
        for at, (bits, time_s) in enumerate(headers)
    ]
    return difficulty, wanted


def test_between_periods_the_target_stays() -> None:
    _, wanted = _follow(MAIN, 5000, [(HARD, 0), (HARD, 600), (HARD, 1200)])
    assert wanted == [-1, HARD, HARD]


def _period(bits: int, took: int) -> list[tuple[int, int]]:
    step = took / (RETARGET_BLOCKS - 1)
    return [(bits, round(at * step)) for at in range(RETARGET_BLOCKS)]


def test_a_new_period_scales_the_target() -> None:
    difficulty, wanted = _follow(MAIN, 2 * RETARGET_BLOCKS, _period(HARD, 604_800))
    assert set(wanted[1:]) == {HARD}
    target = target_of(HARD)
    assert target is not None
    found = difficulty.follow(3 * RETARGET_BLOCKS, 0, 0, is_linked=True)
    assert found == bits_of(target // 2)


def test_by_four_at_most_and_never_above_the_limit() -> None:
    target = target_of(HARD)
    assert target is not None
    slow, _ = _follow(MAIN, 0, _period(HARD, 604_800 * 100))
    assert slow.follow(RETARGET_BLOCKS, 0, 0, is_linked=True) == bits_of(target * 4)
    fast, _ = _follow(MAIN, 0, _period(HARD, 0))
    assert fast.follow(RETARGET_BLOCKS, 0, 0, is_linked=True) == bits_of(target // 4)
    easy, _ = _follow(MAIN, 0, _period(EASY, 604_800 * 100))
    assert easy.follow(RETARGET_BLOCKS, 0, 0, is_linked=True) == EASY


def test_a_part_of_a_period_is_not_enough() -> None:
    headers = _period(HARD, 604_800)[1:]
    difficulty, _ = _follow(MAIN, RETARGET_BLOCKS + 1, headers)
    assert difficulty.follow(2 * RETARGET_BLOCKS, 0, 0, is_linked=True) == -1


def test_a_gap_begins_anew() -> None:
    difficulty, _ = _follow(MAIN, 5000, [(HARD, 0), (HARD, 600)])
    assert difficulty.follow(5003, HARD, 900, is_linked=True) == -1
    assert difficulty.follow(5004, HARD, 900, is_linked=False) == -1


def test_the_network_that_never_changes() -> None:
    _, wanted = _follow(REGTEST, RETARGET_BLOCKS - 1, [(HARD, 0), (HARD, 1)])
    assert wanted == [-1, HARD]


def test_easy_blocks_of_test_networks() -> None:
    headers = [(HARD, 0), (EASY, 1300), (HARD, 1400), (EASY, 2700), (HARD, 2800)]
    _, wanted = _follow(TESTNET3, 5000, headers)
    assert wanted == [-1, EASY, HARD, EASY, HARD]
    _, wanted = _follow(TESTNET3, 5000, [(EASY, 0), (EASY, 600)])
    assert wanted == [-1, -1]  # which target came before is not here
    _, wanted = _follow(TESTNET3, RETARGET_BLOCKS, [(EASY, 0), (EASY, 600)])
    assert wanted == [-1, EASY]


def test_the_fourth_test_network_scales_from_the_first_block() -> None:
    target = target_of(HARD)
    assert target is not None
    headers = _period(HARD, 604_800)
    headers[-1] = (EASY, headers[-1][1])
    for network, base in ((TESTNET4, target), (TESTNET3, 0xFFFF << 208)):
        difficulty, _ = _follow(network, RETARGET_BLOCKS, headers)
        found = difficulty.follow(2 * RETARGET_BLOCKS, 0, 0, is_linked=True)
        assert found == bits_of(base // 2)
