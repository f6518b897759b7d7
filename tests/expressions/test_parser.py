"""Grammar: precedence, places of errors, literals, limits."""

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.expressions.errors import ExpressionError
from explorer.expressions.parser import MAX_DEPTH, MAX_OPERATORS, parse
from explorer.expressions.syntax import Binary, Call, Literal, Name, Not, Operator
from explorer.expressions.tokens import MAX_EXPRESSION_CHARACTERS
from explorer.expressions.values import Moment, Quantity

DAY_US = 86_400_000_000


def test_and_binds_closer_than_or_and_not_closest() -> None:
    node = parse("not a or b and c")
    assert isinstance(node, Binary)
    assert node.operator is Operator.OR
    assert isinstance(node.left, Not)
    assert isinstance(node.right, Binary)
    assert node.right.operator is Operator.AND


def test_products_bind_closer_than_sums() -> None:
    node = parse("a + b * c == d")
    assert isinstance(node, Binary)
    assert node.operator is Operator.EQUAL
    assert isinstance(node.left, Binary)
    assert node.left.operator is Operator.PLUS


def test_nodes_know_their_places() -> None:
    text = "  height > 12"
    node = parse(text)
    assert isinstance(node, Binary)
    assert text[node.left.start : node.left.end] == "height"
    assert text[node.right.start : node.right.end] == "12"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500 kg", Quantity(Fraction(500), "mass")),
        ("0.5吨", Quantity(Fraction(500), "mass")),
        ("3 斤", Quantity(Fraction(3, 2), "mass")),
        ("2 h", Quantity(Fraction(7_200_000_000), "duration")),
        ("1.5 万元", Quantity(Fraction(15_000), "money CNY")),
        ("25 %", Quantity(Fraction(1, 4), "")),
        ("1_000", Quantity(Fraction(1000), "")),
        ("0xff", Quantity(Fraction(255), "")),
        ("1e3", Quantity(Fraction(1000), "")),
        ("true", True),
        ('"a\\"b"', 'a"b'),
        ("'a\\d'", "a\\d"),
        ("\u201c\u68a8\u201d", "\u68a8"),
        ("1970-01-02", Moment(DAY_US, 2 * DAY_US - 1)),
        ("1970-01-01T00:01", Moment(60_000_000, 119_999_999)),
        ("1970-01-01T08:00:01+08:00", Moment(1_000_000, 1_999_999)),
        ("1970-01-01T00:00:00.5Z", Moment(500_000, 500_000)),
    ],
)
def test_literals(text: str, value: object) -> None:
    node = parse(text)
    assert isinstance(node, Literal)
    assert node.value == value


def test_full_width_signs_are_their_twins() -> None:
    wide = "（a\uff1e1）&& b"
    node = parse(wide)
    assert isinstance(node, Binary)
    assert node.operator is Operator.AND


def test_names_may_hold_any_sign_in_back_quotes() -> None:
    node = parse("payload.`example:plot` == `a b`")
    assert isinstance(node, Binary)
    assert node.left == Name("payload.example:plot", 0, 22)
    assert isinstance(node.right, Name)
    assert node.right.name == "a b"


def test_calls_take_values() -> None:
    node = parse('trace("origins", "LOT-7")')
    assert isinstance(node, Call)
    assert len(node.arguments) == 2


@pytest.mark.parametrize(
    ("text", "code", "start"),
    [
        ("", "not-understood", 0),
        ("a ==", "not-understood", 4),
        ("a == 1 == 2", "not-understood", 7),
        ("(a", "not-understood", 2),
        ("a b", "not-understood", 2),
        ("a in 3", "not-understood", 6),
        ('a == "b', "text-not-closed", 5),
        ("a == `b", "text-not-closed", 5),
        ("a # b", "unknown-sign", 2),
        ("time > 2026-02-31", "no-such-time", 7),
        ("and", "not-understood", 0),
    ],
)
def test_errors_have_their_place(text: str, code: str, start: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.start) == (code, start)
    assert caught.value.end > start or text == ""


def test_depth_length_and_number_are_bounded() -> None:
    deep = "(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1)
    for text, code in (
        (deep, "too-deep"),
        ("not " * (MAX_DEPTH + 1) + "a", "too-deep"),
        ("-" * (MAX_DEPTH + 1) + "1", "too-deep"),
        ("a or " * (MAX_OPERATORS + 1) + "a", "too-long"),
        ("a" * (MAX_EXPRESSION_CHARACTERS + 1), "too-long"),
    ):
        with pytest.raises(ExpressionError) as caught:
            parse(text)
        assert caught.value.code == code
    parse("a or " * MAX_OPERATORS + "a")


PIECES = [
    *"()[]{},<>=!+-*/%&|\"'`.\\ ",
    *("and", "or", "not", "in", "contains", "matches", "..", "==", "!=", "<="),
    *(
        "height",
        "signer",
        "check.failed",
        "1",
        "0x",
        "2026-09-01",
        "kg",
        "true",
        "\u68a8",
    ),
]


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=60)
)
def test_no_text_raises_anything_else(text: str) -> None:
    with contextlib.suppress(ExpressionError):
        parse(text)
