"""A compiled expression says what the evaluator says."""

import pytest

from explorer.expressions.compiling import compiled
from explorer.expressions.evaluating import evaluate, no_functions
from explorer.expressions.parser import parse
from explorer.expressions.values import Value, number

VALUES: dict[str, Value] = {
    "a": number(3),
    "b": number(0),
    "t": "text",
    "yes": True,
    "no": False,
    "many": ("one", "two"),
}


@pytest.mark.parametrize(
    "text",
    [
        "a + 2 * b - 1 == 2",
        "a / b > 1",
        "-a < b and yes",
        "no and missing",
        "missing and no",
        "yes or missing",
        "missing or no",
        "not missing",
        "not no",
        "a in 1..3",
        "a in 4..missing",
        "a in {1, 3}",
        "a in {1, missing}",
        "missing in {1}",
        't contains "ex"',
        't matches "^te"',
        'many == "two"',
        'many != "three"',
        "exists(a) and not exists(missing)",
        "length(t) == 4",
        'lower(t) == "text"',
        "unknown(a) == 1",
        "2026-01-01 + 1 d == 2026-01-02",
    ],
)
def test_both_ways_agree(text: str) -> None:
    node = parse(text)
    assert compiled(node, no_functions)(VALUES.get) == evaluate(node, VALUES.get)
