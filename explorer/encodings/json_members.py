"""Where the members of a JSON object or array stand, without reading what they hold.

RFC 8259. The text must have been read as JSON before: nothing is checked here. Used to
say from which bytes a record of a larger document came.
"""

import re
from collections.abc import Iterator

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]', re.DOTALL)


def object_members(data: bytes, start: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield (key with its quotes, its offset, start and end of the value).

    ``start`` is the offset of the opening brace.
    """
    key, key_at, value_at = b"", -1, -1
    for token in _own_tokens(data, start):
        text = token[0]
        if text == b":":
            value_at = token.end()
        elif text not in {b",", b"}"}:
            if value_at < 0:
                key, key_at = text, token.start()
        elif value_at >= 0:
            yield key, key_at, *_trimmed(data, value_at, token.start())
            value_at = -1


def array_elements(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each element; ``start`` is the offset of the bracket."""
    at = start + 1
    for token in _own_tokens(data, start):
        if token[0] in {b",", b"]"}:
            begin, end = _trimmed(data, at, token.start())
            if begin < end:
                yield begin, end
            at = token.end()


def _own_tokens(data: bytes, start: int) -> Iterator[re.Match[bytes]]:
    """Yield the tokens of one object or array, its end included, not of inner ones."""
    depth = 0
    for token in _TOKEN.finditer(data, start):
        if token[0] in {b"{", b"["}:
            depth += 1
        elif depth == 1:
            yield token
            if token[0] in {b"}", b"]"}:
                return
        elif token[0] in {b"}", b"]"}:
            depth -= 1


def _trimmed(data: bytes, start: int, end: int) -> tuple[int, int]:
    inner = data[start:end]
    begin = start + len(inner) - len(inner.lstrip())
    return begin, max(begin, start + len(inner.rstrip()))
