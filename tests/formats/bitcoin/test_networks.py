"""Tests of targets, work and new coins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.bitcoin_headers import bits_of, target_of, work_of
from explorer.formats.bitcoin.networks import (
    COIN,
    MAIN,
    NETWORKS,
    REGTEST,
    network_named,
    subsidy,
)


@pytest.mark.parametrize(
    ("bits", "target"),
    [
        (0x1D00FFFF, 0xFFFF << 208),
        (0x207FFFFF, 0x7FFFFF << 232),
        (0x01123456, 0x12),
        (0x02008000, 0x80),
        (0x05009234, 0x92340000),
        (0x04123456, 0x12345600),
        (0x00123456, None),
        (0x01003456, None),
        (0x04923456, None),
        (0x01FEDCBA, None),
        (0xFF123456, None),
        (0x23000001, None),
        (0x22000001, 1 << 248),
    ],
)
def test_compact_targets(bits: int, target: int | None) -> None:
    assert target_of(bits) == target


@given(st.integers(1, (1 << 256) - 1))
def test_the_compact_form_keeps_the_leading_bytes(target: int) -> None:
    found = target_of(bits_of(target))
    assert found is not None
    assert found <= target
    assert target - found < max(target >> 15, 1)
    assert bits_of(found) == bits_of(target)


def test_work() -> None:
    assert work_of(0x1D00FFFF) == 0x100010001
    assert work_of(0x207FFFFF) == 2
    assert work_of(0) == 0


def test_new_coins() -> None:
    assert subsidy(MAIN, 0) == 50 * COIN
    assert subsidy(MAIN, 209_999) == 50 * COIN
    assert subsidy(MAIN, 210_000) == 25 * COIN
    assert subsidy(MAIN, 64 * 210_000) == 0
    assert subsidy(REGTEST, 150) == 25 * COIN


def test_names() -> None:
    assert [network_named(each.name) for each in NETWORKS] == list(NETWORKS)
    assert network_named("Mainnet") is MAIN
    assert network_named("moon") is None
    assert all(bits_of(each.limit) for each in NETWORKS)
