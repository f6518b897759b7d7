"""Tests of reading transactions and blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.formats.bitcoin.parsing import (
    outpoint_of,
    read_block,
    read_size,
    read_transactions,
    sequence_of,
    write_size,
    wtxid_of,
)
from tests.formats.bitcoin.making import Input, serialise, sha256d


@given(st.integers(0, (1 << 64) - 1))
def test_sizes_there_and_back(size: int) -> None:
    data = write_size(size)
    assert read_size(data + b"x", 0) == (size, len(data))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "truncated"),
        (b"\xfd\x01", "truncated"),
        (b"\xfd\xfc\x00", "not-canonical"),
        (b"\xfe\xff\xff\x00\x00", "not-canonical"),
        (b"\xff\xff\xff\xff\xff\x00\x00\x00\x00", "not-canonical"),
    ],
)
def test_sizes_that_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_size(data, 0)
    assert caught.value.reason == reason


def test_a_transaction_with_and_without_witness() -> None:
    one = Input(b"\x05" * 36, 0, b"", script_sig=b"\x51" * 300)
    bare = serialise([one], [(7, b"\x52" * 260), (8, b"")])
    one.witness = [b"w" * 300, b""]
    whole = serialise([one], [(7, b"\x52" * 260), (8, b"")])
    for data in (bare, whole):
        (found,), end = read_transactions(data, 0, 1)
        assert end == len(data)
        assert found.txid == sha256d(bare)
        assert wtxid_of(data, found) == sha256d(data)
        assert outpoint_of(data, found.inputs[0]) == b"\x05" * 36
        assert sequence_of(data, found.inputs[0]) == b"\xff" * 4
        assert [value for value, _, _ in found.outputs] == [7, 8]
    (found,), _ = read_transactions(whole, 0, 1)
    assert [whole[a:b] for a, b in found.witnesses[0]] == [b"w" * 300, b""]


@pytest.mark.parametrize("cut", range(1, 60))
def test_every_cut_is_found(cut: int) -> None:
    one = Input(b"\x05" * 36, 0, b"", witness=[b"w"])
    data = serialise([one], [(7, b"\x52")])
    with pytest.raises(ReadError) as caught:
        read_transactions(data[:-cut], 0, 1)
    assert caught.value.reason in {"truncated", "malformed"}


def test_a_marker_without_any_witness() -> None:
    one = Input(b"\x05" * 36, 0, b"")
    bare = serialise([one], [(7, b"\x52")])
    marked = bare[:4] + b"\x00\x01" + bare[4:-4] + b"\x00" + bare[-4:]
    with pytest.raises(ReadError, match="no witness"):
        read_transactions(marked, 0, 1)
    other = bare[:4] + b"\x00\x02" + bare[4:]
    with pytest.raises(ReadError, match="unknown flag"):
        read_transactions(other, 0, 1)


def test_a_length_beyond_what_a_computer_counts() -> None:
    length = b"\xff" + b"\xff" * 8
    one_input = b"\x01" + bytes(36) + b"\x00" + bytes(4)
    output = bytes(8) + length + bytes(20)
    for data in (
        bytes(4) + b"\x01" + bytes(36) + length + bytes(60),
        bytes(4)[:3] + b"\x01" + one_input + b"\x02" + output,
    ):
        with pytest.raises(ReadError) as caught:
            read_transactions(data, 0, 1)
        assert caught.value.reason in {"truncated", "malformed"}


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for body in (data, bytes(80) + data):
        try:
            _, end = read_block(body)
        except ReadError:
            continue
        assert end <= len(body)


def test_sizes_beyond_every_index() -> None:
    """A length of 64 bits once made the library itself overflow."""
    huge = b"\xff" + b"\xff" * 8
    head = bytes(4) + b"\x01" + bytes(36)
    one = bytes(4) + b"\x01" + bytes(36) + b"\x00" + bytes(4)
    for data in (head + huge, one + b"\x02" + bytes(8) + huge, one + huge):
        with pytest.raises(ReadError) as caught:
            read_transactions(data + bytes(60), 0, 1)
        assert caught.value.reason == "truncated"
