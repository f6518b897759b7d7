"""Tests of JSON with places."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.encodings.canonical_json import JsonValue, parse_json
from explorer.encodings.json_places import Node, Shape, read_places


def plain(node: Node) -> object:
    if node.shape is Shape.OBJECT:
        return {name: plain(each) for name, each in node.members.items()}
    if node.shape is Shape.LIST:
        return [plain(each) for each in node.items]
    return node.value


def test_every_value_has_its_place() -> None:
    data = b' {"a" : [1, "x\\n", {}], "b":null, "c":-1.5e3 ,"d":[true,[ ]]} '
    root = read_places(data)
    assert (root.start, root.end) == (1, len(data) - 1)
    first, text, empty = root.members["a"].items
    assert data[first.start : first.end] == b"1"
    assert data[text.start : text.end] == b'"x\\n"'
    assert (text.value, empty.shape) == ("x\n", Shape.OBJECT)
    assert root.get("b") is None
    assert root.get("z") is None
    number = root.members["c"]
    assert (number.shape, number.value) == (Shape.DECIMAL, "-1.5e3")
    assert data[number.start : number.end] == b"-1.5e3"
    last = root.members["d"]
    assert data[last.start : last.end] == b"[true,[ ]]"
    assert [each.start for each in root.children()] == [
        each.start for each in root.members.values()
    ]


@pytest.mark.parametrize(
    ("text", "reason", "at"),
    [
        ("", "truncated", 0),
        ("  ", "truncated", 2),
        ("{", "truncated", 1),
        ('{"a"', "malformed", 1),
        ('{"a":', "truncated", 5),
        ('{"a":1', "truncated", 6),
        ('{"a":1,', "truncated", 7),
        ('{"a":1,}', "malformed", 7),
        ('{"a" 1}', "malformed", 1),
        ("{1:2}", "malformed", 1),
        ("[1 2]", "malformed", 3),
        ("[1}", "malformed", 2),
        ("[1,]", "malformed", 3),
        ("[,]", "malformed", 1),
        (":", "malformed", 0),
        ("01", "trailing-data", 1),
        ("NaN", "malformed", 0),
        ('"a\nb"', "malformed", 0),
        ('"\\x"', "malformed", 0),
        ('"\\ud800"', "not-utf-8", 0),
        ('{"a":1,"a":2}', "duplicate-key", 7),
        ("1 2", "trailing-data", 2),
        ("[" * 70, "too-deep", 64),
    ],
)
def test_what_is_no_json_is_refused_where_it_is(
    text: str, reason: str, at: int
) -> None:
    with pytest.raises(ReadError) as caught:
        read_places(text.encode())
    assert caught.value.reason == reason
    assert caught.value.span is not None
    assert caught.value.span.start == at


def test_bytes_that_are_no_utf_8() -> None:
    with pytest.raises(ReadError) as caught:
        read_places(b'"\xff"')
    assert caught.value.reason == "not-utf-8"


values: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values, st.sampled_from([None, 1]))
def test_it_reads_what_python_writes(value: object, indent: int | None) -> None:
    data = json.dumps(value, indent=indent).encode()
    assert plain(read_places(data)) == value


@given(st.text('{}[]:,"\\ 10eatruefls.-', max_size=30))
def test_it_takes_no_more_and_no_less_than_the_other_reader(text: str) -> None:
    data = text.encode()
    other: list[JsonValue] = []
    with suppress(ReadError):
        other.append(parse_json(data))
    ours: list[object] = []
    with suppress(ReadError):
        ours.append(plain(read_places(data)))
    assert len(ours) == len(other)
