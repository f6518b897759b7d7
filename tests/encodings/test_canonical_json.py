"""Tests of strict and canonical JSON."""

import json
import math
import struct
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.core.spans import ByteSpan
from explorer.encodings.canonical_json import (
    MAX_NUMBER_CHARACTERS,
    JsonValue,
    canonical_bytes,
    canonical_fault,
    is_canonical,
    number_text,
    parse_json,
)

NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]
"""RFC 8785, appendix B: the bits of a double and how it is written."""


@pytest.mark.parametrize(("bits", "wanted"), NUMBERS)
def test_numbers_of_appendix_b(bits: str, wanted: str) -> None:
    (double,) = struct.unpack(">d", bytes.fromhex(bits))
    assert number_text(double) == wanted


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 10**400, "1E400"])
def test_numbers_that_cannot_be_written(value: float | str) -> None:
    number = Decimal(value) if isinstance(value, str) else value
    with pytest.raises(ReadError) as caught:
        canonical_bytes(number)
    assert caught.value.reason == "number-out-of-range"


def test_the_example_of_section_3() -> None:
    """RFC 8785, sections 3.2.2 to 3.2.4."""
    data = (
        rb'{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3,'
        rb" 0.000000000000000000000000001],"
        rb'"string": "\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/",'
        rb'"literals": [null, true, false]}'
    )
    wanted = (
        rb'{"literals":[null,true,false],'
        rb'"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$'
        rb"\u000f\nA" + b"'" + rb'B\"\\\\\"/"}'
    )
    assert canonical_bytes(parse_json(data)) == wanted
    assert is_canonical(wanted) == ""
    assert is_canonical(data) == "not-canonical"


def test_keys_in_the_order_of_utf_16() -> None:
    """RFC 8785, section 3.2.3: a pair of surrogates sorts before U+FB33."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\xf6"]
    value: JsonValue = dict.fromkeys(keys, 0)
    found = json.loads(canonical_bytes(value))
    assert list(found) == ["\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33"]


def test_empty_and_nested_values() -> None:
    value: JsonValue = {"b": [], "a": {}, "c": [[{}], "", -0.0, -5, 2**53 + 1]}
    wanted = b'{"a":{},"b":[],"c":[[{}],"",0,-5,9007199254740992]}'
    assert canonical_bytes(value) == wanted


def test_control_characters() -> None:
    every = "".join(map(chr, range(0x20))) + '"\\\x7f\u2028'
    wanted = (
        r'"\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f'
        r"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b"
        r"\u001c\u001d\u001e\u001f" + '\\"\\\\\x7f\u2028"'
    )
    assert canonical_bytes(every).decode() == wanted


@pytest.mark.parametrize("value", ["\ud800", "a\udc00", {"\ud83d": 1}, ["\udfff"]])
def test_lone_surrogates_are_not_written(value: JsonValue) -> None:
    with pytest.raises(ReadError) as caught:
        canonical_bytes(value)
    assert caught.value.reason == "not-utf-8"


def test_writing_needs_no_recursion() -> None:
    value: JsonValue = []
    for _ in range(100_000):
        value = [value]
    assert len(canonical_bytes(value)) == 200_002
    # Taken apart level by level: freeing it at once would recurse in C.
    while isinstance(value, list) and value:
        value = value.pop()


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=500)
def test_every_double_is_read_back(value: float) -> None:
    text = number_text(value)
    assert float(text) == value
    assert "E" not in text
    assert not text.startswith("-0") or text.startswith("-0.")


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXTS
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_VALUES)
def test_what_is_written_is_canonical_and_reads_as_the_same(value: JsonValue) -> None:
    data = canonical_bytes(value)
    assert is_canonical(data) == ""
    assert canonical_bytes(parse_json(data)) == data
    assert json.loads(data, parse_int=float) == value


@given(_VALUES)
def test_other_spellings_have_the_same_canonical_form(value: JsonValue) -> None:
    spaced = json.dumps(value, indent=1).encode()
    assert canonical_bytes(parse_json(spaced)) == canonical_bytes(value)


def test_numbers_stay_exact() -> None:
    digits = "123456789" * 9
    value = parse_json(f"[{digits}, -{digits}, 0.{digits}, 1E400, -0, 1.0]".encode())
    assert value == [
        int(digits),
        -int(digits),
        Decimal("0." + digits),
        Decimal("1E400"),
        0,
        Decimal("1.0"),
    ]
    assert isinstance(value, list)
    assert [type(each) for each in value] == [int, int, Decimal, Decimal, int, Decimal]


@pytest.mark.parametrize(
    ("data", "reason", "at"),
    [
        (b"", "malformed", 0),
        (b" ", "malformed", 1),
        (b"\xef\xbb\xbf{}", "byte-order-mark", 0),
        (b'"\xff"', "not-utf-8", 1),
        (b'["a", "\xc0\xaf"]', "not-utf-8", 7),
        (b'"\xed\xa0\x80"', "not-utf-8", 1),
        (b"[\x00]", "malformed", 1),
        ("[1]".encode("utf-16"), "not-utf-8", 0),
        (b'"\\ud800"', "not-utf-8", 0),
        (b'["ok", "\\udc00\\ud800"]', "not-utf-8", 7),
        (b'{"\\uDFFF": 1}', "not-utf-8", 1),
        (b"NaN", "not-a-number", 0),
        (b'["NaN", NaN]', "not-a-number", 8),
        (b"[Infinity]", "not-a-number", 1),
        (b'{"a": -Infinity}', "not-a-number", 6),
        (b'{"a":1,"a":1}', "duplicate-key", 7),
        (b'{"a":1,"\\u0061" :2}', "duplicate-key", 7),
        (b'[{"x":"a:{","y":[{"a":1,"b":{"a":1},"a":2}]}]', "duplicate-key", 36),
        (b'{"a":{"b":1,"b":2},"a":3}', "duplicate-key", 12),
        (b"1 2", "trailing-data", 2),
        (b"{}{}", "trailing-data", 2),
        (b"[1]]", "trailing-data", 3),
        (b"01", "trailing-data", 1),
        (b"1.", "trailing-data", 1),
        ('"é" x'.encode(), "trailing-data", 5),
        (b"[1,]", "malformed", 3),
        (b"[,1]", "malformed", 1),
        (b'{"a":1,}', "malformed", 7),
        (b"{'a':1}", "malformed", 1),
        (b'{"a" 1}', "malformed", 5),
        (b"{a:1}", "malformed", 1),
        (b"[1", "malformed", 2),
        (b'["', "malformed", 1),
        (b'["\\x"]', "malformed", 2),
        (b'["\\u12"]', "malformed", 3),
        (b'["\t"]', "malformed", 2),
        (b"+1", "malformed", 0),
        (b"-", "malformed", 0),
        (b".5", "malformed", 0),
        (b"0x1F", "trailing-data", 1),
        (b"True", "malformed", 0),
        (b"nul", "malformed", 0),
        (b"/* */ 1", "malformed", 0),
        (b"1e99999999999999999999", "number-too-long", 0),
        (b"\x0c[1]", "malformed", 0),
        ("\u00a0[1]".encode(), "malformed", 0),
    ],
)
def test_what_is_refused_and_where(data: bytes, reason: str, at: int) -> None:
    with pytest.raises(ReadError) as caught:
        parse_json(data)
    assert caught.value.reason == reason
    assert caught.value.span == ByteSpan(0, at, at + 1)
    assert is_canonical(data) == reason


def test_spans_count_from_where_the_document_begins() -> None:
    with pytest.raises(ReadError) as caught:
        parse_json(b"[1,]", place=ByteSpan(3, 100, 104))
    assert caught.value.span == ByteSpan(3, 103, 104)


@pytest.mark.parametrize("head", [b"[", b'{"a":', b'[{"b":'])
def test_depth(head: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        parse_json(head * 1_000_000)
    assert caught.value.reason == "too-deep"
    assert caught.value.span is not None


def test_the_limit_of_depth_exactly() -> None:
    deepest = b"[" * MAX_NESTING + b"]" * MAX_NESTING
    assert parse_json(deepest) is not None
    assert parse_json(b"[" + b"[],{}," * 200 + b"0]") is not None
    with pytest.raises(ReadError) as caught:
        parse_json(b"[" + deepest + b"]")
    assert caught.value.reason == "too-deep"
    assert caught.value.span == ByteSpan(0, MAX_NESTING, MAX_NESTING + 1)
    with pytest.raises(ReadError, match="deeper than 3 levels"):
        parse_json(b"[[[[]]]]", max_depth=3)


def test_brackets_in_texts_are_no_depth() -> None:
    text = "[" * 500 + '\\"' + "{" * 500
    assert parse_json(f'["{text}"]'.encode()) == [text.replace("\\", "")]
    assert parse_json(f'{{"{text}": []}}'.encode())


def test_brackets_out_of_balance_are_malformed_not_deep() -> None:
    with pytest.raises(ReadError) as caught:
        parse_json(b"[]" * 100)
    assert caught.value.reason == "trailing-data"
    with pytest.raises(ReadError) as caught:
        parse_json(b"[" * 60 + b"]" * 100 + b"[" * 60)
    assert caught.value.reason == "trailing-data"


def test_a_limit_that_python_cannot_follow() -> None:
    data = b"[" * 200_000 + b"]" * 200_000
    with pytest.raises(ReadError) as caught:
        parse_json(data, max_depth=1_000_000)
    assert caught.value.reason == "too-deep"


def test_long_numbers() -> None:
    longest = b"9" * MAX_NUMBER_CHARACTERS
    assert parse_json(longest) == int(longest)
    assert parse_json(b'["' + longest * 2 + b'"]') == [(longest * 2).decode()]
    with pytest.raises(ReadError) as caught:
        parse_json(b'["' + longest * 2 + b'", ' + longest + b"9]")
    assert caught.value.reason == "number-too-long"
    at = 2 + 2 * MAX_NUMBER_CHARACTERS + 3
    assert caught.value.span == ByteSpan(0, at, at + 1)


def test_surrogates_in_pairs_are_one_character() -> None:
    assert parse_json(b'"\\ud83d\\ude00"') == "\U0001f600"
    assert parse_json(b'["\\\\ud800"]') == ["\\ud800"]


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (b'{"b":1,"a":2}', 2),
        (b"[1, 2]", 3),
        (b"[1]\n", 3),
        (b"1.0", 1),
        (b"1E3", 1),
        (b"-0", 0),
        (b"9007199254740993", 15),
        (b'"\\u0041"', 1),
        (b'"\\/"', 1),
        (b'"\\u000A"', 2),
        ('"\u00e9"'.encode().replace(b"\xc3\xa9", b"\\u00e9"), 1),
    ],
)
def test_what_is_not_canonical_and_where(data: bytes, at: int) -> None:
    assert canonical_fault(data) == ("not-canonical", at)
    assert is_canonical(data) == "not-canonical"


def test_a_number_without_a_double_is_not_canonical() -> None:
    assert canonical_fault(b"1E400") == ("number-out-of-range", 0)


def test_no_fault() -> None:
    assert canonical_fault(b"[1]") == ("", 3)


@given(st.binary(max_size=60))
def test_no_bytes_make_anything_but_a_read_error(data: bytes) -> None:
    for each in (data, b'["' + data, b'{"a":' + data + b"}"):
        reason = is_canonical(each)
        assert reason in REASONS


@given(st.text(st.sampled_from('[]{}",:\\u0123dDe-. nul'), max_size=40))
@settings(max_examples=300)
def test_nothing_is_taken_that_python_refuses(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        assert is_canonical(text.encode()) in REASONS - {"", "not-canonical"}


REASONS = {
    "",
    "not-canonical",
    "number-out-of-range",
    "byte-order-mark",
    "not-utf-8",
    "too-deep",
    "duplicate-key",
    "not-a-number",
    "number-too-long",
    "trailing-data",
    "malformed",
}
