"""JSON read strictly, every value with the place where it stands.

RFC 8259. As ``canonical_json.parse_json``, but for records whose values are hashed one
by one, so that a finding can point at the very digits. Refused: equal keys in one
object, NaN, control characters in texts, bytes that are not UTF-8, bytes behind the
value, nesting beyond a limit. Numbers are integers or, with a fraction or an exponent,
their text. Does not recurse.
"""

import json
import re
from collections.abc import Iterator
from enum import Enum
from typing import NoReturn

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.core.spans import ByteSpan

_TOKEN = re.compile(
    rb"[ \t\n\r]*(?:"
    rb'("[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*")'
    rb"|(-?(?:0|[1-9][0-9]{0,3999})(?![0-9.eE]))"
    rb"|(-?(?:0|[1-9][0-9]{0,3999})(?:\.[0-9]{1,3999})?(?:[eE][+-]?[0-9]{1,9})?)"
    rb"|(true|false|null)"
    rb"|([{}\[\],:]))"
)
_KEY = re.compile(
    rb'[ \t\n\r]*("[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*")[ \t\n\r]*:[ \t\n\r]*'
)
_NEXT = re.compile(rb"[ \t\n\r]*([,}\]])")
_SPACE = re.compile(rb"[ \t\n\r]*")
_TEXT, _INTEGER, _DECIMAL, _WORD, _MARK = range(1, 6)
_WORDS = {b"true": True, b"false": False, b"null": None}

Scalar = str | int | bool | None


class Shape(Enum):
    """What kind of value a node is."""

    SCALAR = 0
    LIST = 1
    OBJECT = 2
    DECIMAL = 3
    """A number that is no integer; its value is its text."""


class Node(msgspec.Struct):
    """One value with its place, offsets in the data it was read from."""

    shape: Shape
    start: int
    end: int
    value: Scalar = None
    items: list["Node"] = []
    """Elements of a list."""
    members: dict[str, "Node"] = {}
    """Members of an object."""

    def get(self, name: str) -> "Node | None":
        """Return the member of this name; ``null`` and a missing one are none."""
        found = self.members.get(name)
        if found is None or (found.value is None and found.shape is Shape.SCALAR):
            return None
        return found

    def children(self) -> Iterator["Node"]:
        """Return what it holds, in order."""
        yield from self.members.values() if self.members else self.items


def read_places(
    data: bytes, start: int = 0, end: int | None = None, max_depth: int = MAX_NESTING
) -> Node:
    """Return the one value that ``data`` holds from ``start`` to ``end``.

    Raises:
        ReadError: ``malformed``, ``truncated``, ``duplicate-key``, ``too-deep``,
            ``not-utf-8`` or ``trailing-data``, with the place in source 0.
    """
    stop = len(data) if end is None else end
    reader = _Reader(data, start, stop, max_depth)
    root = reader.read()
    at = _space_end(data, reader.at, stop)
    if at != stop:
        raise _fault("trailing-data", "bytes behind the value", at)
    return root


class _Reader:
    """Reads one value; containers that are still open lie on a stack."""

    def __init__(self, data: bytes, at: int, end: int, max_depth: int) -> None:
        self._data = data
        self.at = at
        self._end = end
        self._max_depth = max_depth
        self._open: list[Node] = []
        self._key: str | None = None

    def read(self) -> Node:
        """Read values until the outermost one is closed."""
        while True:
            node = self._value()
            if node is not None:
                done = self._finish(node)
                if done is not None:
                    return done

    def _token(self) -> tuple[int, int, int]:
        match = _TOKEN.match(self._data, self.at, self._end)
        if match is None or match.lastindex is None:
            at = _space_end(self._data, self.at, self._end)
            reason = "truncated" if at >= self._end else "malformed"
            raise _fault(reason, "no JSON value here", at)
        self.at = match.end()
        return match.lastindex, match.start(match.lastindex), match.end()

    def _value(self) -> Node | None:
        """Return a scalar or an empty container; open any other container."""
        kind, start, end = self._token()
        if kind != _MARK:
            return self._scalar(kind, start, end)
        mark = self._data[start]
        if mark == 0x7B:
            return self._begin(Node(Shape.OBJECT, start, end, members={}), 0x7D)
        if mark == 0x5B:
            return self._begin(Node(Shape.LIST, start, end, items=[]), 0x5D)
        raise _fault("malformed", "a value is missing", start)

    def _scalar(self, kind: int, start: int, end: int) -> Node:
        raw = self._data[start:end]
        if kind == _TEXT:
            return Node(Shape.SCALAR, start, end, _text(raw, start))
        if kind == _INTEGER:
            return Node(Shape.SCALAR, start, end, int(raw))
        if kind == _WORD:
            return Node(Shape.SCALAR, start, end, _WORDS[raw])
        return Node(Shape.DECIMAL, start, end, raw.decode())

    def _begin(self, node: Node, closing: int) -> Node | None:
        """Open a container and read its first key; an empty one is closed at once."""
        if len(self._open) >= self._max_depth:
            raise _fault("too-deep", f"deeper than {self._max_depth}", node.start)
        at = _space_end(self._data, self.at, self._end)
        if at < self._end and self._data[at] == closing:
            self.at = node.end = at + 1
            return node
        if node.shape is Shape.OBJECT:
            self._put(node)
            self._open.append(node)
            self._read_key(node)
        else:
            self._put(node)
            self._open.append(node)
        return None

    def _put(self, node: Node) -> None:
        """Hang a value into the innermost open container."""
        if not self._open:
            return
        holder = self._open[-1]
        if holder.shape is Shape.LIST:
            holder.items.append(node)
        elif self._key is not None:
            holder.members[self._key] = node

    def _finish(self, node: Node) -> Node | None:
        """Take a complete value; close what ends behind it; return the outermost."""
        self._put(node)
        while self._open:
            holder = self._open[-1]
            match = _NEXT.match(self._data, self.at, self._end)
            mark = self._data[match.end() - 1] if match else 0
            is_end = mark == (0x7D if holder.shape is Shape.OBJECT else 0x5D)
            if match is None or not (is_end or mark == 0x2C):
                self._refuse_next()
            self.at = match.end()
            if mark == 0x2C:
                if holder.shape is Shape.OBJECT:
                    self._read_key(holder)
                return None
            holder.end = self.at
            node = self._open.pop()
        return node

    def _refuse_next(self) -> NoReturn:
        at = _space_end(self._data, self.at, self._end)
        reason = "truncated" if at >= self._end else "malformed"
        raise _fault(reason, "no comma and no end", at)

    def _read_key(self, holder: Node) -> None:
        match = _KEY.match(self._data, self.at, self._end)
        if match is None:
            at = _space_end(self._data, self.at, self._end)
            reason = "truncated" if at >= self._end else "malformed"
            raise _fault(reason, "a key and a colon are missing", at)
        start = match.start(1)
        key = _text(match[1], start)
        if key in holder.members:
            raise _fault("duplicate-key", f"key {key[:80]!r} stands twice", start)
        self.at = match.end()
        self._key = key


def _text(raw: bytes, at: int) -> str:
    try:
        text = raw[1:-1].decode()
        if "\\" not in text:
            return text
        text = str(json.loads(raw))
        text.encode()  # a lone surrogate by an escape
    except UnicodeError as error:
        raise _fault("not-utf-8", "a text is not UTF-8", at) from error
    except ValueError as error:
        raise _fault("malformed", "an escape is none", at) from error
    return text


def _space_end(data: bytes, at: int, end: int) -> int:
    match = _SPACE.match(data, at, end)
    return match.end() if match else at


def _fault(reason: str, message: str, at: int) -> ReadError:
    return ReadError(f"JSON: {message}", reason, ByteSpan(0, at, at + 1))
