"""What could stand at the caret: fields, functions, choices, operators."""

import re
from dataclasses import dataclass

from explorer.expressions.errors import ExpressionError
from explorer.expressions.fields import FieldKind, Schema
from explorer.expressions.tokens import Token, TokenKind, tokens_of

MAX_COMPLETIONS = 50
"""Most suggestions; nobody reads more."""

_OPERATORS = {
    FieldKind.FLAG: ("and", "or"),
    FieldKind.TEXT: ("==", "!=", "contains", "matches", "in"),
    FieldKind.TEXTS: ("==", "!=", "contains", "matches", "in"),
    FieldKind.NUMBER: ("==", "!=", "<", "<=", ">", ">=", "in"),
    FieldKind.QUANTITY: ("==", "!=", "<", "<=", ">", ">=", "in"),
    FieldKind.TIME: ("==", "<", "<=", ">", ">=", "in"),
    FieldKind.ANY: ("==", "!=", "<", "<=", ">", ">=", "contains", "matches", "in"),
}
_WORD = re.compile(r"[\w.$`]*\Z")


@dataclass(frozen=True, slots=True)
class Completion:
    """One suggestion: replaces the text from ``start`` to the caret."""

    text: str
    title: str
    start: int


def completions(text: str, caret: int, names: Schema) -> list[Completion]:
    """Return what could be typed at ``caret``, the likeliest first."""
    before = text[:caret]
    match = _WORD.search(before)
    word = match.group() if match else ""
    start = caret - len(word)
    try:
        tokens = tokens_of(before[:start])[:-1]
    except ExpressionError:
        return []
    found = _after(tokens, names, word)
    return [Completion(each, title, start) for each, title in found][:MAX_COMPLETIONS]


def _after(tokens: list[Token], names: Schema, word: str) -> list[tuple[str, str]]:
    last = tokens[-1] if tokens else None
    if last is not None and last.kind is TokenKind.NAME:
        known = names.find(last.text)
        if known is not None:
            signs = _OPERATORS[known.kind]
            return [(each, "") for each in signs if each.startswith(word)]
    choices = _choices(tokens, names)
    if choices:
        return [(f'"{each}"', "") for each in choices if word in each]
    if last is not None and last.kind in {
        TokenKind.TEXT,
        TokenKind.NUMBER,
        TokenKind.TIME,
    }:
        return [(each, "") for each in ("and", "or") if each.startswith(word)]
    fields = [(each.name, each.title) for each in names.fields.values()]
    calls = [(f"{each.name}(", each.title) for each in names.functions.values()]
    everything = [*fields, *calls, ("not", "")]
    begun = [each for each in everything if each[0].startswith(word)]
    return begun + [
        each for each in everything if word in each[0] and each not in begun
    ]


def _choices(tokens: list[Token], names: Schema) -> tuple[str, ...]:
    """Return the known values of the field that an ``==`` or ``!=`` follows."""
    if len(tokens) < 2 or tokens[-1].text not in {"==", "!="}:
        return ()
    known = names.find(tokens[-2].text)
    return known.choices if known is not None else ()
