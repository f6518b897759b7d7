"""What the names of a pack mean for a record; what is not there is unknown."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.spans import ByteSpan
from explorer.expressions.values import Quantity, Value, number
from explorer.model.content import Document, EntryContent
from explorer.model.packs import Form, Pack, PackField, PackRule
from explorer.payloads.packs.records import Names, Record, records_of

SPAN = ByteSpan(0, 0, 1)
RULE = PackRule("conservation", "x", Form.CONDITION, "x", "x", demand="true")
PACK = Pack(
    1,
    "p",
    "P",
    "P",
    (RULE,),
    field=(
        PackField("kg", "weight", "", "", kind="number", unit="kg"),
        PackField("fen", "fen", "", "", kind="number", unit="元", factor="0.01"),
        PackField("parts", "fen", "", "", kind="number", each="list"),
        PackField("when", "at", "", "", kind="time"),
        PackField("name", "deep.name", "", ""),
    ),
)


def content(data: bytes) -> EntryContent:
    document = Document("application/json", data, SPAN)
    return EntryContent(
        7, 1, "E1", "k", "me", True, True, 1_000_000, documents=(document,)
    )


def value(data: bytes, name: str) -> Value:
    entry = content(data)
    (payload,) = records_of(entry, PACK)
    return Record(payload, entry, 0, Names(PACK))(name)


@pytest.mark.parametrize(
    ("data", "name", "wanted"),
    [
        (b'{"weight":3}', "kg", Quantity(Fraction(3), "mass")),
        (b'{"weight":"2.5"}', "kg", Quantity(Fraction(5, 2), "mass")),
        (b'{"fen":250}', "fen", Quantity(Fraction(5, 2), "money CNY")),
        (b'{"weight":true}', "kg", None),
        (b'{"weight":"many"}', "kg", None),
        (b'{"weight":1e999999999}', "kg", None),
        (b'{"weight":"1e999999999"}', "kg", None),
        (b'{"list":[{"fen":1},{"fen":2}]}', "parts", number(3)),
        (b'{"list":[{"fen":1},{}]}', "parts", None),
        (b'{"list":5}', "parts", None),
        (b'{"deep":{"name":"n"}}', "name", "n"),
        (b'{"deep":[1]}', "name", None),
        (b"{}", "name", None),
        (b'{"x":{"y":"z"}}', "payload.x.y", "z"),
        (b'{"x":["a","b"]}', "payload.x", ("a", "b")),
        (b'{"x":null}', "payload.x", None),
        (b"{}", "entry.author", "me"),
        (b"{}", "entry.block", number(7)),
        (b"{}", "earlier.name", None),
        (b'{"at":"yesterday"}', "when", None),
    ],
)
def test_values(data: bytes, name: str, wanted: Value) -> None:
    assert value(data, name) == wanted


def test_what_is_no_object_is_no_record() -> None:
    for data in (b"plain", b"{broken", b'{"a":1,"a":2}', b"[1]", b'"text"', b""):
        assert list(records_of(content(data), PACK)) == []
    assert len(list(records_of(content(b'[{"a":1},{"a":2}]'), PACK))) == 2


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=120))
def test_no_bytes_break_it(data: bytes) -> None:
    entry = content(data)
    for payload in records_of(entry, PACK):
        for name in ("kg", "fen", "parts", "when", "name", "payload.a"):
            Record(payload, entry, 0, Names(PACK))(name)
