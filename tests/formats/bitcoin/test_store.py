"""Tests of recognising store files and their keys."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.bitcoin_headers import HEADER_BYTES
from explorer.formats.bitcoin.networks import MAIN, REGTEST
from explorer.formats.bitcoin.store import recognised, uncovered
from tests.formats.bitcoin.making import covered_with, framed, genesis

KEY = bytes(range(7, 15))


@given(st.binary(max_size=40), st.binary(min_size=8, max_size=8), st.integers(0, 20))
def test_uncovering_twice_changes_nothing(data: bytes, key: bytes, start: int) -> None:
    once = uncovered(data, key, start)
    assert uncovered(once, key, start) == data
    whole = covered_with(bytes(start) + data, key)
    assert whole[start:] == once


def test_networks_and_keys() -> None:
    head = framed([genesis()])[:100]
    assert recognised(head, b"") == (REGTEST, b"")
    assert recognised(framed([genesis()], MAIN.magic)[:100], b"") == (MAIN, b"")
    covered = covered_with(head, KEY)
    assert recognised(covered, KEY) == (REGTEST, KEY)
    assert recognised(covered, bytes(8)) is None
    assert recognised(covered, b"") == (REGTEST, KEY)
    assert recognised(covered[:80], b"") is None
    assert recognised(b"pears" * 40, b"") is None


def test_a_key_is_taken_only_if_the_header_has_done_its_work() -> None:
    block = genesis()
    bits = block[:72] + b"\xff\xff\x00\x1d" + block[76:]
    covered = covered_with(framed([bits])[:100], KEY)
    assert recognised(covered, b"") is None
    assert len(block) > HEADER_BYTES
