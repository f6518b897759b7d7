"""Tests of RLP, written and read strictly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.encodings import rlp
from explorer.encodings.rlp import Item, Plain

LOREM = b"Lorem ipsum dolor sit amet, consectetur adipisicing elit"

VECTORS: list[tuple[Plain, str]] = [
    (b"dog", "83646f67"),
    ([b"cat", b"dog"], "c88363617483646f67"),
    (b"", "80"),
    ([], "c0"),
    (b"\x00", "00"),
    (b"\x0f", "0f"),
    (b"\x04\x00", "820400"),
    ([[], [[]], [[], [[]]]], "c7c0c1c0c3c0c1c0"),
    (LOREM, "b838" + LOREM.hex()),
    (b"\x80", "8180"),
    (b"a" * 1024, "b90400" + "61" * 1024),
    ([LOREM], "f83ab838" + LOREM.hex()),
]
"""The examples of the Ethereum wiki page and yellow paper, appendix B."""


@pytest.mark.parametrize(("plain", "wanted"), VECTORS)
def test_published_examples_both_ways(plain: Plain, wanted: str) -> None:
    data = bytes.fromhex(wanted)
    assert rlp.encode(plain) == data
    assert rlp.decode_plain(data) == plain
    assert _plain(rlp.decode(data)) == plain


@pytest.mark.parametrize(
    ("text", "reason", "start"),
    [
        ("", "truncated", 0),
        ("83646f", "truncated", 0),
        ("c88363617483646f", "truncated", 0),
        ("c28363", "truncated", 1),
        ("b8", "truncated", 1),
        ("b838", "truncated", 0),
        ("ff", "truncated", 1),
        ("8100", "non-minimal-byte", 0),
        ("c2817f", "non-minimal-byte", 1),
        ("b801ff", "non-minimal-length", 1),
        ("b90038" + "61" * 56, "non-minimal-length", 1),
        ("f800", "non-minimal-length", 1),
        ("83646f6700", "trailing-data", 4),
        ("c000", "trailing-data", 1),
        ("bfffffffffffffffff", "truncated", 0),
    ],
)
def test_every_other_form_is_refused(text: str, reason: str, start: int) -> None:
    for function in (rlp.decode, rlp.decode_plain):
        with pytest.raises(ReadError) as caught:
            function(bytes.fromhex(text))
        assert caught.value.reason == reason
        if function is rlp.decode:
            assert caught.value.span is not None
            assert caught.value.span.start == start


def test_nesting_ends_at_its_limit() -> None:
    deepest: Plain = []
    for _ in range(MAX_NESTING - 1):
        deepest = [deepest]
    data = rlp.encode(deepest)
    assert rlp.decode_plain(data) == deepest
    assert _plain(rlp.decode(data)) == deepest
    with pytest.raises(ReadError, match="too deeply"):
        rlp.encode([deepest])
    deep = _wrapped(b"\xc0", MAX_NESTING)
    for function in (rlp.decode, rlp.decode_plain):
        with pytest.raises(ReadError) as caught:
            function(deep)
        assert caught.value.reason == "too-deep"


def test_the_number_of_lists_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rlp, "MAX_LISTS", 4)
    many = rlp.encode([[], [], [], [], []])
    for function in (rlp.decode, rlp.decode_plain):
        with pytest.raises(ReadError) as caught:
            function(many)
        assert caught.value.reason == "too-many-lists"


def test_places_of_items() -> None:
    data = b"??" + rlp.encode([b"cat", [b"\x01", LOREM]]) + b"?"
    item = rlp.decode(data, 2, len(data) - 1)
    assert (item.start, item.payload, item.end) == (2, 4, len(data) - 1)
    cat, inner = item.items
    assert data[cat.payload : cat.end] == b"cat"
    assert (cat.start, cat.value, cat.is_list) == (4, b"cat", False)
    one, text = inner.items
    assert (one.start, one.payload, one.end) == (one.start, one.start, one.start + 1)
    assert data[text.payload : text.end] == text.value == LOREM


def test_items_of_a_file_are_walked_without_decoding() -> None:
    parts = [rlp.encode([b"a" * size]) for size in (1, 60, 300)]
    data = b"".join(parts)
    at, found = 0, []
    while at < len(data):
        is_list, _, end = rlp.read_prefix(data, at, len(data))
        assert is_list
        found.append(data[at:end])
        at = end
    assert found == parts


def test_integers_have_one_form() -> None:
    for value in (0, 1, 0x7F, 0x80, 0xFFFF, 1 << 255):
        assert rlp.to_int(rlp.from_int(value)) == value
    assert rlp.from_int(0) == b""
    with pytest.raises(ReadError) as caught:
        rlp.to_int(b"\x00\x01")
    assert caught.value.reason == "leading-zero"


plains: st.SearchStrategy[Plain] = st.recursive(
    st.binary(max_size=70), lambda inner: st.lists(inner, max_size=5), max_leaves=20
)


@given(plains)
@settings(max_examples=60)
def test_what_is_encoded_decodes_to_itself(plain: Plain) -> None:
    data = rlp.encode(plain)
    assert rlp.decode_plain(data) == plain
    assert _plain(rlp.decode(data)) == plain


@given(st.binary(max_size=80))
@settings(max_examples=200)
def test_no_bytes_have_two_readings(data: bytes) -> None:
    """Both readers agree on everything, and what they take encodes to the same."""
    outcomes: list[Plain | None] = []
    for function in (rlp.decode_plain, _decode):
        try:
            outcomes.append(function(data))
        except ReadError:
            outcomes.append(None)
    assert outcomes[0] == outcomes[1]
    if outcomes[0] is not None:
        assert rlp.encode(outcomes[0]) == data


def _decode(data: bytes) -> Plain:
    return _plain(rlp.decode(data))


def _plain(item: Item) -> Plain:
    return [_plain(each) for each in item.items] if item.is_list else item.value


def _wrapped(inner: bytes, times: int) -> bytes:
    for _ in range(times):
        inner = rlp._prefix(0xC0, len(inner)) + inner
    return inner
