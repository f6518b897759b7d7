"""Records are listed field by field, each value with the place where it stands."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.ledgers import Field
from explorer.session import written_fields as module
from explorer.session.written_fields import column_fields, written_fields


def listed(raw: bytes, start: int = 10) -> tuple[Field, ...]:
    return written_fields(raw, ByteSpan(2, start, start + len(raw)))


def test_json_values_have_their_places() -> None:
    raw = b'{"type": "ObjectEvent", "epcList": ["a", "b"], "n": 1.50, "x": null}'
    found = {each.name: each for each in listed(raw)}
    assert found["type"].value == "ObjectEvent"
    span = found["type"].span
    assert isinstance(span, ByteSpan)
    assert (span.source, raw[span.start - 10 : span.end - 10]) == (2, b'"ObjectEvent"')
    assert [each.value for each in found["epcList"].children] == ["a", "b"]
    assert (found["n"].value, found["x"].value) == ("1.50", "null")
    assert not found["type"].is_ours


def test_xml_elements_have_their_places_without_bound_prefixes() -> None:
    raw = b'<ObjectEvent><action type="x">ADD</action><ns:lot>7</ns:lot></ObjectEvent>'
    action, lot = listed(raw)
    assert (action.name, action.value, lot.name, lot.value) == (
        "action",
        "ADD",
        "ns:lot",
        "7",
    )
    assert isinstance(action.span, ByteSpan)
    cut = raw[action.span.start - 10 : action.span.end - 10]
    assert cut == b'<action type="x">ADD</action>'
    assert action.children[0].name == "@type"
    assert isinstance(action.children[0].span, Absent)


@pytest.mark.parametrize(
    "raw",
    [
        b"entity(e1)",
        b"{broken",
        b"<open>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"",
    ],
)
def test_what_is_neither_is_one_text(raw: bytes) -> None:
    (only,) = listed(raw)
    assert only.value == raw.decode()


def test_long_records_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_READ_BYTES", 8)
    (only,) = listed(b'{"a": "bcdef"}')
    assert only.name == "value"


def test_a_list_of_many_values_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LISTED", 5)
    (numbers,) = listed(json.dumps({"a": list(range(50))}).encode())
    assert len(numbers.children) == 4


def test_columns_of_one_row_and_of_several() -> None:
    span = ByteSpan(0, 0, 5)
    one = column_fields('[{"批次": "L1", "Qty": "5"}]'.encode(), span)
    assert [(each.name, each.value) for each in one] == [("批次", "L1"), ("Qty", "5")]
    two = column_fields(b'[{"a": "1"}, {"a": "2"}]', span)
    assert [each.children[0].value for each in two] == ["1", "2"]
    assert column_fields(b"no", span) == ()


@settings(max_examples=60)
@given(st.binary(max_size=200) | st.text(alphabet="<>ab/\"'={}[]:,&; ", max_size=60))
def test_no_bytes_make_it_raise(data: bytes | str) -> None:
    raw = data if isinstance(data, bytes) else data.encode()
    span = ByteSpan(0, 0, len(raw))
    for field in written_fields(raw, span):
        if isinstance(field.span, ByteSpan):
            assert 0 <= field.span.start <= field.span.end <= len(raw)
    column_fields(raw, span)
