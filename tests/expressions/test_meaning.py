"""Expressions and words are told apart."""

import pytest

from explorer.expressions.fields import Field, FieldKind, Schema
from explorer.expressions.meaning import is_meant_as_expression

NAMES = Schema({"check.failed": Field("check.failed", FieldKind.FLAG, "")})


@pytest.mark.parametrize(
    ("text", "is_expression"),
    [
        ("lot 7", False),
        ("98750f08a2", False),
        ("\u68a8 recall", False),
        ("harvest and ship", False),
        ("contains", False),
        ("#7", False),
        ("check.failed", True),
        ("height > 3", True),
        ("height >", True),
        ('signer == "Orch', True),
        ('kind contains "a"', True),
        ('trace("origins", "x")', True),
    ],
)
def test_expressions_and_words(text: str, is_expression: bool) -> None:
    assert is_meant_as_expression(text, NAMES) is is_expression
