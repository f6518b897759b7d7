"""Rows of delimited text, with the bytes that each came from.

RFC 4180, and what people make of it: other delimiters, lone line feeds, UTF-8 with and
without a byte order mark, UTF-16, GB18030 (GB 18030-2022). A text that is not UTF-8 is
taken for GB18030 where its bytes allow it, and that is said. Left out: escapes by
backslash, comments.
"""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from explorer.core.errors import ReadError

DELIMITERS = ",;\t|"
"""Tried in this order; the one that stands most often in the first line is taken."""

MAX_CELLS = 2_000
"""Most cells of one row."""

MAX_CELL_CHARACTERS = 100_000
"""Longest cell."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FIRST_BYTES = 4_096


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row of a table."""

    number: int
    """Line or row in its file or sheet, from 1."""
    cells: tuple[str, ...]
    start: int
    """Offset in bytes; start and end are both 0 where it is not known."""
    end: int
    flaw: str = ""
    """``quote-not-closed``, ``text-behind-quote``, ``too-many-cells``…"""


class DecodedText(msgspec.Struct, frozen=True):
    """A text with what it was decoded by."""

    text: str
    encoding: str
    first: int
    """Bytes before the text: the byte order mark."""
    is_guessed: bool
    """The encoding is not stated, and it is not UTF-8."""


def decoded(data: bytes, encoding: str = "") -> DecodedText:
    """Return the text of a file.

    Raises:
        ReadError: ``encoding-not-known`` if the bytes fit none that is tried.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = _try(data[len(mark) :], encoding or name)
            if text is not None:
                return DecodedText(text, encoding or name, len(mark), is_guessed=False)
    tried = [encoding] if encoding else [*_without_mark(data), "utf-8", "gb18030"]
    for name in tried:
        text = _try(data, name)
        if text is not None:
            is_guessed = not encoding and name != "utf-8"
            return DecodedText(text, name, 0, is_guessed=is_guessed)
    raise ReadError("the bytes fit no encoding", "encoding-not-known")


def delimiter_of(text: str) -> str:
    """Return the delimiter of a text; empty if its first line has only one cell."""
    line = text.lstrip("\r\n").split("\n", 1)[0][:MAX_CELL_CHARACTERS]
    bare = re.sub(r'"[^"]*"', "", line)
    best = max(DELIMITERS, key=bare.count)
    return best if bare.count(best) else ""


def rows(source: DecodedText, delimiter: str) -> Iterator[Row]:
    """Yield the rows that are not empty; damage is noted in a row."""
    text, at, number = source.text, 0, 1
    byte = source.first
    pattern = _cell_pattern(delimiter)
    while at < len(text):
        cells, end, flaw = _row(text, at, pattern)
        raw = text[at:end]
        size = (
            len(raw)
            if raw.isascii() and source.encoding == "utf-8"
            else len(raw.encode(source.encoding, "surrogatepass"))
        )
        if flaw or any(cells):
            yield Row(number, tuple(cells), byte, byte + size, flaw)
        number += raw.count("\n") or 1
        byte += size
        at = end


def _row(text: str, at: int, pattern: re.Pattern[str]) -> tuple[list[str], int, str]:
    cells: list[str] = []
    flaw = ""
    while True:
        found = pattern.match(text, at)
        if found is None:  # a quote that is never closed, or text behind one
            end = text.find("\n", at) + 1 or len(text)
            is_open = text.count('"', at, end) % 2 == 1
            return cells, end, "quote-not-closed" if is_open else "text-behind-quote"
        at = found.end()
        if len(cells) < MAX_CELLS:
            cells.append(_cell(found))
        else:
            flaw = "too-many-cells"
        mark = found["end"]
        if mark in {"\n", "\r", "\r\n", ""}:
            return cells, at, flaw


def _cell(found: re.Match[str]) -> str:
    quoted = found["quoted"]
    text = found["plain"] if quoted is None else quoted.replace('""', '"')
    return text[:MAX_CELL_CHARACTERS].strip()


@lru_cache(maxsize=16)
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(
        r'(?:[ ]*"(?P<quoted>(?:[^"]|"")*)"[ ]*|(?P<plain>[^"'
        + mark
        + r"\r\n][^"
        + mark
        + r"\r\n]*|))(?P<end>"
        + mark
        + r"|\r\n|\n|\r|\Z)"
    )


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _without_mark(data: bytes) -> list[str]:
    """Return the kind of UTF-16 that the zeros of mostly Latin text betray."""
    head = data[:_FIRST_BYTES]
    if len(head) < 4 or not head.count(0):
        return []
    odd = head[1::2].count(0)
    return ["utf-16-le" if odd > head[::2].count(0) else "utf-16-be"]
