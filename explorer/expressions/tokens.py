"""Cuts an expression into words, numbers, texts and signs.

Full-width signs and Chinese quotes are taken as their Latin twins, so that nobody has
to change the keyboard to type a filter.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from explorer.expressions.errors import ExpressionError

MAX_EXPRESSION_CHARACTERS = 4_000
"""Longest expression; longer ones are no filters."""


class TokenKind(StrEnum):
    """What a token is."""

    NAME = "name"
    QUOTED_NAME = "quoted name"
    NUMBER = "number"
    TIME = "time"
    TEXT = "text"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``text`` is what it means, not always how it was typed."""

    kind: TokenKind
    text: str
    start: int
    end: int


_TWINS = {0xFEE0 + code: code for code in range(0x21, 0x7F) if not chr(code).isalnum()}
"""Full-width signs (U+FF01 to U+FF5E) and their Latin twins."""
_SIGNS = {"&&": "and", "||": "or", "!": "not", "=": "=="}
_QUOTES = {
    '"': '"',
    "'": "'",
    "\u201c": "\u201d",
    "\u2018": "\u2019",
    "\u300c": "\u300d",
}
"""Opening → closing quotes."""
_KINDS = {"time": TokenKind.TIME, "name": TokenKind.NAME, "sign": TokenKind.SIGN}
_PATTERN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<time>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?(?:Z|[+-]\d\d:\d\d)?)
  | (?P<hex>0x[0-9A-Fa-f]+)
  | (?P<number>\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d{1,2})?)
  | (?P<sign>\.\.|&&|\|\||==|!=|<=|>=|[()\[\]{},<>=!+\-*/%])
  | (?P<name>[^\W\d][\w$]*(?:\.[^\W\d][\w$]*|\.`[^`]*`)*|°C)
    """,
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\"}


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of an expression, the last of kind ``END``.

    Raises:
        ExpressionError: ``too-long``, ``unknown-sign`` or ``text-not-closed``.
    """
    if len(text) > MAX_EXPRESSION_CHARACTERS:
        raise ExpressionError(
            f"longer than {MAX_EXPRESSION_CHARACTERS} characters",
            "too-long",
            MAX_EXPRESSION_CHARACTERS,
            len(text),
        )
    plain = text.translate(_TWINS)  # one sign for one sign: places stay
    found: list[Token] = []
    at = 0
    while at < len(text):
        token, at = _next(plain, text, at)
        if token is not None:
            found.append(token)
    found.append(Token(TokenKind.END, "", len(text), len(text)))
    return found


def _next(plain: str, text: str, at: int) -> tuple[Token | None, int]:
    if text[at] in _QUOTES:
        return _text(text, at)
    if plain[at] == "`":
        return _quoted_name(text, at)
    match = _PATTERN.match(plain, at)
    if match is None:
        raise ExpressionError(
            "this sign means nothing here", "unknown-sign", at, at + 1
        )
    end = match.end()
    if match.lastgroup == "space":
        return None, end
    kind = _KINDS.get(match.lastgroup or "", TokenKind.NUMBER)
    return Token(kind, _meant(kind, match.group()), at, end), end


def _meant(kind: TokenKind, word: str) -> str:
    match kind:
        case TokenKind.NUMBER:
            return word.replace("_", "")
        case TokenKind.NAME:
            return word.replace("`", "")
        case _:
            return _SIGNS.get(word, word)


def _text(text: str, start: int) -> tuple[Token, int]:
    closing = _QUOTES[text[start]]
    parts: list[str] = []
    at = start + 1
    while at < len(text):
        sign = text[at]
        if sign == closing:
            return Token(TokenKind.TEXT, "".join(parts), start, at + 1), at + 1
        if sign == "\\" and at + 1 < len(text):
            at += 1
            following = text[at]
            # a backslash before any other sign stays: patterns are full of them
            kept = following if following == closing else "\\" + following
            sign = _ESCAPES.get(following, kept)
        parts.append(sign)
        at += 1
    raise ExpressionError(
        "the text is not closed", "text-not-closed", start, len(text), f"add {closing}"
    )


def _quoted_name(text: str, start: int) -> tuple[Token, int]:
    end = text.find("`", start + 1)
    if end < 0:
        raise ExpressionError(
            "the name is not closed", "text-not-closed", start, len(text)
        )
    return Token(TokenKind.QUOTED_NAME, text[start + 1 : end], start, end + 1), end + 1
