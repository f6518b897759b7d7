"""Tests of DER, written and read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.der import (
    TAG_INTEGER,
    TAG_OCTET_STRING,
    encode_bit_string,
    encode_element,
    encode_integer,
    encode_octet_string,
    encode_sequence,
    encode_signature,
    read_element,
    read_integer,
    read_signature,
    skip_element,
)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (0, "020100"),
        (1, "020101"),
        (127, "02017f"),
        (128, "02020080"),
        (255, "020200ff"),
        (256, "02020100"),
        (1 << 64, "0209010000000000000000"),
    ],
)
def test_integers_in_the_shortest_form(value: int, wanted: str) -> None:
    """The examples of X.690, 8.3, and the edges of the sign bit."""
    assert encode_integer(value).hex() == wanted
    assert read_integer(bytes.fromhex(wanted), 0) == (value, len(wanted) // 2)


def test_negative_integers_are_not_written() -> None:
    with pytest.raises(ValueError, match="negative"):
        encode_integer(-1)


@pytest.mark.parametrize(
    ("size", "head"),
    [(0, "0400"), (127, "047f"), (128, "048180"), (255, "0481ff"), (256, "04820100")],
)
def test_lengths_in_the_shortest_form(size: int, head: str) -> None:
    data = encode_octet_string(bytes(size))
    assert data.hex().startswith(head)
    start, end = read_element(data, 0, TAG_OCTET_STRING)
    assert (start, end) == (len(head) // 2, len(data))
    assert skip_element(data, 0) == len(data)


def test_sequences_and_bit_strings() -> None:
    inner = encode_integer(5)
    assert encode_sequence(inner, inner).hex() == "3006020105020105"
    assert encode_bit_string(b"\xff").hex() == "030200ff"
    assert encode_sequence() == b"\x30\x00"


@pytest.mark.parametrize(
    ("data", "reason", "at"),
    [
        ("", "truncated", 0),
        ("02", "truncated", 0),
        ("0201", "truncated", 0),
        ("020201", "truncated", 0),
        ("0401", "malformed", 0),
        ("0280", "malformed", 1),
        ("02850000000001", "malformed", 1),
        ("0282", "truncated", 1),
        ("028200", "truncated", 1),
        ("02810100", "malformed", 1),
        ("0282000100", "malformed", 1),
        ("0200", "malformed", 0),
        ("0201ff", "malformed", 0),
        ("02020001", "malformed", 0),
    ],
)
def test_integers_that_are_refused(data: str, reason: str, at: int) -> None:
    with pytest.raises(ReadError) as caught:
        read_integer(bytes.fromhex(data), 0)
    assert caught.value.reason == reason
    assert caught.value.span == ByteSpan(0, at, at + 1)


def test_skipping_past_the_end() -> None:
    with pytest.raises(ReadError) as caught:
        skip_element(b"", 0)
    assert caught.value.reason == "truncated"


@given(st.integers(0, 1 << 300), st.integers(0, 1 << 300))
def test_signatures_there_and_back(r: int, s: int) -> None:
    assert read_signature(encode_signature(r, s)) == (r, s)


@given(st.binary(max_size=80))
def test_there_is_one_encoding_only(data: bytes) -> None:
    for each in (data, encode_sequence(data), encode_sequence(encode_integer(1), data)):
        assert _is_refused(each) or encode_signature(*read_signature(each)) == each


def _is_refused(data: bytes) -> bool:
    try:
        read_signature(data)
    except ReadError as error:
        return error.reason in {"malformed", "truncated", "trailing-data"}
    return False


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (encode_signature(1, 2) + b"\x00", 8),
        (encode_sequence(encode_integer(1), encode_integer(2), encode_integer(3)), 8),
    ],
)
def test_trailing_bytes(data: bytes, at: int) -> None:
    with pytest.raises(ReadError) as caught:
        read_signature(data)
    assert caught.value.reason == "trailing-data"
    assert caught.value.span == ByteSpan(0, at, at + 1)


def test_an_integer_may_not_reach_beyond_its_sequence() -> None:
    data = bytes.fromhex("3003020101") + encode_integer(2)
    with pytest.raises(ReadError) as caught:
        read_signature(data)
    assert caught.value.reason == "trailing-data"
    crossing = encode_element(0x30, encode_integer(1) + b"\x02\x7f")
    with pytest.raises(ReadError) as caught:
        read_signature(crossing)
    assert caught.value.reason == "truncated"
    assert encode_element(TAG_INTEGER, b"\x05") == encode_integer(5)
