"""JSON with places: strict, without recursion, and the same values as Python's."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.encodings.located_json import (
    JsonNode,
    documents,
    integer_of,
    parse_located,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def plain(node: JsonNode, data: bytes) -> object:
    value = node.value
    if isinstance(value, dict):
        return {key: plain(each, data) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each, data) for each in value]
    if isinstance(value, bytes):
        return int(value)
    return value


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_values_and_places_are_those_of_the_text(
    value: object, indent: int | None, ascii_only: bool
) -> None:
    data = b"  " + json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    node = parse_located(data + b"\n")
    assert plain(node, data) == value
    assert json.loads(data[node.start : node.end]) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'{"a":1,"a":2}', "duplicate-key"),
        (b'{"a":1} x', "trailing-data"),
        (b"[1,]", "malformed"),
        (b"[1 2]", "malformed"),
        (b'{"a" 1}', "malformed"),
        (b"{1:2}", "malformed"),
        (b"]", "malformed"),
        (b"01", "trailing-data"),
        (b'"\\ud800"', "not-utf-8"),
        (b'"\xff"', "not-utf-8"),
        (b'"\\x"', "malformed"),
        (b"", "malformed"),
        (b'{"a":', "malformed"),
        (b"[" * (MAX_NESTING + 1) + b"]" * (MAX_NESTING + 1), "too-deep"),
        (b"1" * 401, "number-too-long"),
    ],
)
def test_each_fault_has_its_reason(text: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        parse_located(text)
    assert caught.value.reason == reason


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for start, end in documents(data):
        try:
            parse_located(data, start, end)
        except ReadError:
            continue


def test_documents_one_after_the_other() -> None:
    data = b'{"a":"}"}\n [1]{"b":2}\n{"cut'
    pieces = [data[start:end] for start, end in documents(data)]
    assert pieces == [b'{"a":"}"}', b"[1]", b'{"b":2}', b'{"cut']
    assert list(documents(b"\xef\xbb\xbf[1]")) == [(3, 6)]


def test_integers_as_numbers_or_text() -> None:
    node = parse_located(b'{"n":-7,"t":"12","f":1.5,"w":"x","z":null}')
    assert integer_of(node.get("n")) == -7
    assert integer_of(node.get("t")) == 12
    for name in ("f", "w", "z", "missing"):
        with pytest.raises(ReadError, match="not an integer"):
            integer_of(node.get(name))
    assert node.get("w").text() == "x"
    assert node.get("n").text() == ""
    assert node.get("n").items() == []
    assert node.get("n").members() == {}
    assert node.get("n").get("x").is_null()
