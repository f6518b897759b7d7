"""Parts a PROV-N text into tokens.

W3C PROV-N (30 April 2013), section 3.7 (terminals). Names are taken wide: everything
but white space and the marks of the grammar, so that dates, numbers and names with odd
characters are one token; what they are is decided by where they stand.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from explorer.core.errors import ReadError


class TokenKind(StrEnum):
    """What a token is."""

    WORD = "word"
    """A name, a number, a time, or ``-``."""
    MARK = "mark"
    TEXT = "text"
    """A string; its quotes are gone and its escapes undone."""
    QUOTED = "quoted"
    """A name in single quotes."""
    IRI = "iri"
    LANGUAGE = "language"
    END = "end"


class Token(msgspec.Struct, frozen=True, gc=False):
    """One token."""

    kind: TokenKind
    text: str
    start: int
    """Offset in characters."""
    end: int


_TOKEN = re.compile(
    r"(?P<space>\s+|//[^\n]*|/\*.*?\*/)"
    r'|(?P<long>"""(?:[^\\]|\\.)*?""")'
    r'|(?P<text>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<quoted>'(?:[^'\\\n]|\\.)*')"
    r"|(?P<iri><[^<>\s]*>)"
    r"|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    r"|(?P<mark>%%|[(),;\[\]=])"
    r"|(?P<word>(?:\\.|[^\s\\,;()\[\]=<>\"'])+)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_KINDS = {
    "text": TokenKind.TEXT,
    "long": TokenKind.TEXT,
    "quoted": TokenKind.QUOTED,
    "iri": TokenKind.IRI,
    "language": TokenKind.LANGUAGE,
    "mark": TokenKind.MARK,
    "word": TokenKind.WORD,
}
_TRIMMED = {"text": 1, "long": 3, "quoted": 1, "iri": 1}


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text and an end token.

    Raises:
        ReadError: ``syntax`` where no token can begin; the message says where.
    """
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ReadError(f"no token can begin at character {at}", "syntax")
        at = found.end()
        group = found.lastgroup or ""
        if group != "space":
            yield _token(group, found)
    yield Token(TokenKind.END, "", len(text), len(text))


def _token(group: str, found: re.Match[str]) -> Token:
    cut = _TRIMMED.get(group, 0)
    text = found[0][cut : len(found[0]) - cut]
    if group in {"text", "long"}:
        text = _ESCAPE.sub(lambda each: _ESCAPES.get(each[1], each[1]), text)
    elif group in {"quoted", "word"}:
        text = _ESCAPE.sub(r"\1", text)
    elif group == "language":
        text = text[1:]
    return Token(_KINDS[group], text, found.start(), found.end())
