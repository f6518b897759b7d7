"""The fields of one line with their exact places, for the detail tree.

RFC 8259, section 2. The line has been read before, so it is known to be JSON in the
canonical form without white space. A very long line is shown as one field.
"""

import re
from collections.abc import Mapping

import msgspec

from explorer.core.spans import ByteSpan
from explorer.model.ledgers import Field

MAX_LISTED_BYTES = 4 * 2**20
"""Longest line whose fields are listed one by one."""

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"')
_SCALAR = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[^,\]}]+')
_PAYLOAD = "payload"
_BRACKETS = {ord("{"): ord("}"), ord("["): ord("]")}


def line_fields(line: bytes, span: ByteSpan) -> tuple[Field, ...]:
    """Return the fields of a canonical line; ``span`` is where it stands."""
    if len(line) > MAX_LISTED_BYTES:
        return (Field("line", f"{len(line)} bytes", span),)
    root, _ = _Walk(line, span, _BRACKETS).value("line", 0, ours=True)
    return root.children


class _Walk:
    """One pass over a line."""

    def __init__(
        self, line: bytes, span: ByteSpan, brackets: Mapping[int, int]
    ) -> None:
        self._line = line
        self._source, self._start = span.source, span.start
        self._brackets = brackets

    def value(self, name: str, at: int, *, ours: bool) -> tuple[Field, int]:
        """Return the value that begins at ``at``, and where it ends.

        Names are ours down to the payload, whose own fields are the file's.
        """
        closing = self._brackets.get(self._line[at])
        if closing is None:
            end = _end_of(_SCALAR, self._line, at)
            return self._field(name, _shown(self._line[at:end]), (at, end), ours), end
        children, end = self._children(at, closing, ours=ours and name != _PAYLOAD)
        shown = f"{len(children)}"
        return self._field(name, shown, (at, end), ours, tuple(children)), end

    def _children(
        self, at: int, closing: int, *, ours: bool
    ) -> tuple[list[Field], int]:
        line, found = self._line, list[Field]()
        is_object = closing == ord("}")
        at += 1
        while line[at] != closing:
            name = str(len(found))
            if is_object:
                end = _end_of(_STRING, line, at)
                name, at = _shown(line[at:end]), end + 1
            child, at = self.value(name, at, ours=ours)
            found.append(child)
            at += line[at] == ord(",")
        return found, at + 1

    def _field(
        self,
        name: str,
        shown: str,
        place: tuple[int, int],
        ours: bool,  # noqa: FBT001
        children: tuple[Field, ...] = (),
    ) -> Field:
        start, end = place
        span = ByteSpan(self._source, self._start + start, self._start + end)
        return Field(name, shown, span, children, ours)


def _end_of(pattern: re.Pattern[bytes], line: bytes, at: int) -> int:
    match = pattern.match(line, at)
    return match.end() if match else at + 1


def _shown(text: bytes) -> str:
    """Return a text without quotes and escapes, anything else as it is written."""
    return msgspec.json.decode(text, type=str) if text[:1] == b'"' else text.decode()
