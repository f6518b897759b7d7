"""Protocol Buffers: the wire format, its places, its one deterministic form."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.encodings.protobuf import (
    FieldKind,
    FieldRule,
    FieldTable,
    canonical_fault,
    content,
    encode_bytes,
    encode_integer,
    encode_varint,
    merged,
    number,
    pair,
    read_varint,
    scan,
    scan_map,
    text,
    unwrap,
    walk,
)

INNER: FieldTable = {
    1: FieldRule(1, "count", FieldKind.INTEGER),
    2: FieldRule(2, "name", FieldKind.TEXT),
}
OUTER: FieldTable = {
    1: FieldRule(1, "inner", FieldKind.MESSAGE, message="Inner"),
    2: FieldRule(2, "items", FieldKind.BYTES, is_repeated=True),
    3: FieldRule(3, "number", FieldKind.INTEGER),
}
TABLES = MappingProxyType({"Inner": INNER, "Outer": OUTER})


def fault(data: bytes) -> int:
    return canonical_fault(data, (0, len(data)), TABLES, "Outer")


@pytest.mark.parametrize(
    ("value", "octets"),
    [(0, "00"), (1, "01"), (127, "7f"), (128, "8001"), (300, "ac02")],
)
def test_published_varints(value: int, octets: str) -> None:
    # Protocol Buffers documentation, "Encoding", Base 128 varints.
    assert encode_varint(value).hex() == octets
    assert read_varint(bytes.fromhex(octets), 0, len(octets) // 2)[0] == value


@given(st.integers(0, 2**64 - 1))
def test_varints_return(value: int) -> None:
    data = encode_varint(value)
    assert read_varint(data, 0, len(data)) == (value, len(data))


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        ("80", "truncated"),
        ("ff" * 9, "truncated"),
        ("ff" * 10, "malformed"),
        ("ffffffffffffffffff02", "malformed"),
    ],
)
def test_varints_that_are_none(octets: str, reason: str) -> None:
    data = bytes.fromhex(octets)
    with pytest.raises(ReadError) as caught:
        read_varint(data, 0, len(data))
    assert caught.value.reason == reason


def test_a_published_message() -> None:
    # "Encoding": Test2 { b = "testing" } is 12 07 74 65 73 74 69 6e 67.
    data = bytes.fromhex("120774657374696e67")
    assert scan(data, 0, len(data)) == [(0x12, 2, 9)]
    assert text(data, scan(data, 0, len(data)), 0x12) == "testing"


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        ("0a05aa", "truncated"),
        ("0a", "truncated"),
        ("08", "truncated"),
        ("0d0000", "truncated"),
        ("0900", "truncated"),
        ("0b00", "malformed"),
        ("0c00", "malformed"),
        ("0e00", "malformed"),
        ("0200", "malformed"),
        ("0000", "malformed"),
        ("0a80", "truncated"),
    ],
)
@pytest.mark.parametrize("reader", [scan, scan_map])
def test_refusals(reader: object, octets: str, reason: str) -> None:
    data = bytes.fromhex(octets)
    assert callable(reader)
    with pytest.raises(ReadError) as caught:
        reader(data, 0, len(data))
    assert caught.value.reason == reason


@pytest.mark.parametrize("reader", [scan, scan_map])
def test_a_field_may_not_reach_into_the_next_message(reader: object) -> None:
    data = bytes.fromhex("0a03aabbcc") + b"behind"
    assert callable(reader)
    for end in (1, 2, 3, 4):
        with pytest.raises(ReadError):
            reader(data, 0, end)


FIELDS = st.lists(
    st.one_of(
        st.tuples(st.integers(1, 40), st.binary(max_size=300)),
        st.tuples(st.integers(1, 40), st.integers(1, 2**64 - 1)),
    ),
    max_size=20,
)


@given(FIELDS)
def test_what_is_written_is_read(fields: list[tuple[int, bytes | int]]) -> None:
    data = b"".join(
        encode_bytes(key, value)
        if isinstance(value, bytes)
        else encode_integer(key, value)
        for key, value in fields
    )
    found = scan(data, 0, len(data))
    assert [
        (tag >> 3, data[first:last] if tag & 7 == 2 else first)
        for tag, first, last in found
    ] == fields
    last = {tag: (first, end) for tag, first, end in found}
    assert scan_map(data, 0, len(data)) == last


@given(st.binary(max_size=80))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for reader in (scan, scan_map):
        try:
            reader(data, 0, len(data))
        except ReadError:
            continue


@given(st.binary(max_size=60))
def test_both_readers_agree(data: bytes) -> None:
    def outcome(reader: object) -> object:
        assert callable(reader)
        try:
            found = reader(data, 0, len(data))
        except ReadError:
            return "refused"
        return (
            dict(found)
            if isinstance(found, dict)
            else {tag: (first, last) for tag, first, last in found}
        )

    assert outcome(scan) == outcome(scan_map)


NEARLY_PAIRS = st.one_of(
    st.binary(max_size=60),
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from([1, 2]), st.binary(max_size=200)),
            st.tuples(st.sampled_from([1, 2, 3]), st.integers(1, 300)),
        ),
        max_size=3,
    ).map(
        lambda fields: b"".join(
            encode_bytes(key, value)
            if isinstance(value, bytes)
            else encode_integer(key, value)
            for key, value in fields
        )
    ),
    st.tuples(st.binary(max_size=20), st.binary(max_size=20)).map(
        # lengths of three octets, as no writer needs them
        lambda two: b"".join(
            bytes((tag, len(each) | 0x80, 0x80, 0x00)) + each
            for tag, each in zip((0x0A, 0x12), two, strict=True)
        )
    ),
)


@given(NEARLY_PAIRS, st.binary(max_size=4), st.binary(max_size=4))
def test_the_quick_ways_agree_with_the_slow_one(
    message: bytes, before: bytes, behind: bytes
) -> None:
    data = before + message + behind
    at, end = len(before), len(before) + len(message)
    try:
        fields = scan_map(data, at, end)
    except ReadError:
        for quick in (pair, unwrap):
            with pytest.raises(ReadError):
                quick(data, at, end)
        return
    first, second = fields.get(0x0A, (at, at)), fields.get(0x12, (at, at))
    assert pair(data, at, end) == (*first, *second)
    assert unwrap(data, at, end) == first


def test_repeated_fields_merge_or_the_last_counts() -> None:
    data = encode_bytes(1, b"ab") + encode_bytes(1, b"cd") + encode_integer(3, 5)
    fields = scan(data, 0, len(data))
    assert content(data, fields, 0x0A) == b"cd"
    assert merged(data, fields, 0x0A) == b"abcd"
    assert number(fields, 0x18) == 5
    assert number(fields, 0x20) == 0
    with pytest.raises(ReadError):
        text(b"\x0a\x01\xff", [(0x0A, 2, 3)], 0x0A)


def test_walk_names_every_field_with_its_place() -> None:
    inner = encode_integer(1, 300)
    data = encode_bytes(1, inner) + encode_bytes(9, b"?") + encode_integer(3, 7)
    nodes = walk(data, 0, len(data), OUTER)
    assert [
        (each.rule.name, each.tag_start, each.start, each.end, each.is_known)
        for each in nodes
    ] == [
        ("inner", 0, 2, 5, True),
        ("field 9", 5, 7, 8, False),
        ("number", 8, 9, 10, True),
    ]
    assert nodes[2].number == 7


GOOD = (
    encode_bytes(1, encode_integer(1, 5) + encode_bytes(2, b"x"))
    + encode_bytes(2, b"")
    + encode_bytes(2, b"b")
    + encode_integer(3, 1)
)


def test_the_deterministic_form() -> None:
    assert fault(GOOD) == -1
    assert fault(b"") == -1
    assert fault(encode_bytes(1, b"")) == -1  # an empty message is present


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (encode_integer(3, 1) + encode_bytes(2, b"b"), 2),  # order
        (encode_bytes(1, b"") + encode_bytes(1, b""), 2),  # twice
        (b"\x18\x00", 0),  # default value
        (b"\x18\x81\x00", 0),  # long varint
        (b"\x12\x81\x00b", 0),  # long length
        (b"\x92\x00\x01b", 0),  # long tag
        (encode_bytes(4, b"?"), 0),  # unknown field
        (b"\x1a\x01\x01", 0),  # wrong wire type
        (encode_bytes(1, encode_bytes(2, b"")), 2),  # empty text inside
        (encode_bytes(1, b"\xff"), 2),  # unreadable inside
    ],
)
def test_departures_are_placed(data: bytes, at: int) -> None:
    assert fault(data) == at


def test_depth_is_bounded() -> None:
    table: FieldTable = {1: FieldRule(1, "next", FieldKind.MESSAGE, message="Node")}
    data = b""
    for _ in range(500):
        data = encode_bytes(1, data)
    assert canonical_fault(data, (0, len(data)), {"Node": table}, "Node") >= 0
