"""Names and kinds: what is refused before anything is looked at, and where."""

import pytest

from explorer.expressions.checking import calculated, understood
from explorer.expressions.errors import ExpressionError
from explorer.expressions.fields import Field, FieldKind, Schema
from explorer.expressions.patterns import MAX_PATTERN_CHARACTERS, matches, pattern_of

FIELDS = (
    Field("signer", FieldKind.TEXT, ""),
    Field("height", FieldKind.NUMBER, ""),
    Field("weight", FieldKind.QUANTITY, "", "mass"),
    Field("time", FieldKind.TIME, ""),
    Field("late", FieldKind.FLAG, ""),
    Field("reasons", FieldKind.TEXTS, ""),
)
NAMES = Schema({each.name: each for each in FIELDS}, open_prefixes=("payload.",))


@pytest.mark.parametrize(
    "text",
    [
        "late",
        "late == true and height in 1..3",
        'signer in {"a", "b"}',
        "weight * 2 > 500 kg",
        "weight / 2 kg < 3",
        "time - 2026-01-01 > 3 d",
        "time + 2 h <= 2026-01-01",
        'payload.anything matches "^x"',
        "payload.a > payload.b",
        'reasons != "x"',
        "exists(payload.a) or length(signer) > 3",
        'lower(signer) contains "msp"',
    ],
)
def test_what_has_sense_is_understood(text: str) -> None:
    understood(text, NAMES)


@pytest.mark.parametrize(
    ("text", "code", "start"),
    [
        ("sgner == 1", "unknown-field", 0),
        ("late and lowr(signer)", "unknown-function", 9),
        ("height", "not-a-condition", 0),
        ("late and height", "wrong-kind", 9),
        ("height == signer", "wrong-kind", 0),
        ("weight > 500", "unlike-units", 0),
        ("weight > 3 h", "unlike-units", 0),
        ("weight * weight > 1 kg", "wrong-kind", 0),
        ("height / weight > 1", "wrong-kind", 0),
        ("time + time > 2026-01-01", "wrong-kind", 0),
        ("time * 2 > 2026-01-01", "wrong-kind", 0),
        ('signer < "x"', "wrong-kind", 0),
        ('signer in "a".."b"', "wrong-kind", 10),
        ('height contains "1"', "wrong-kind", 0),
        ("signer matches signer", "wrong-kind", 15),
        ('signer matches "("', "wrong-pattern", 15),
        ("-signer == 1", "wrong-kind", 1),
        ("not height", "wrong-kind", 4),
        ("exists(3)", "wrong-kind", 7),
        ("length(height) > 1", "wrong-kind", 7),
        ("length() > 1", "wrong-kind", 0),
        ("{1, 2} == height", "not-understood", 0),
    ],
)
def test_nonsense_is_refused_at_its_place(text: str, code: str, start: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        understood(text, NAMES)
    assert (caught.value.code, caught.value.start) == (code, start)


def test_a_near_name_is_offered() -> None:
    with pytest.raises(ExpressionError) as caught:
        understood("sgner == 1", NAMES)
    assert "signer" in caught.value.advice()
    assert "character 1" in caught.value.advice()


def test_values_of_any_kind_can_be_asked_for() -> None:
    _, found = calculated("weight / 2", NAMES)
    assert (found.kind, found.dimension) == (FieldKind.QUANTITY, "mass")


def test_patterns_that_run_away_are_stopped() -> None:
    assert matches(pattern_of("(a|aa)+$"), "a" * 50_000 + "b") is None
    assert matches(pattern_of("a+"), "caab") is True
    long = "a" * (MAX_PATTERN_CHARACTERS + 1)
    with pytest.raises(ExpressionError):
        understood(f'signer matches "{long}"', NAMES)
