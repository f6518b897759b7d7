"""What is offered at the caret."""

import pytest

from explorer.expressions.completing import completions
from explorer.expressions.fields import Field, FieldKind, Schema

FIELDS = (
    Field("check.kind", FieldKind.TEXTS, "", choices=("hash", "link")),
    Field("check.failed", FieldKind.FLAG, ""),
    Field("height", FieldKind.NUMBER, ""),
)
NAMES = Schema({each.name: each for each in FIELDS})


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("che", "check.kind"),
        ("fail", "check.failed"),
        ("height ", "=="),
        ("check.kind == ", '"hash"'),
        ("height > 3 ", "and"),
        ("height > 3 and h", "height"),
    ],
)
def test_the_likeliest_comes_first(text: str, first: str) -> None:
    found = completions(text, len(text), NAMES)
    assert found[0].text == first
    assert text[: found[0].start] + found[0].text


def test_nothing_is_offered_inside_an_open_text() -> None:
    assert completions('signer == "Orch', 15, NAMES) == []
