"""JSON in which every value knows its place: RFC 8259, read strictly and once.

For exports whose fields are hashed one by one, so that each claim can point at its
bytes. Refused, each with its own reason: equal keys in one object, anything but UTF-8,
nesting beyond a limit, too many values, numbers with a fraction or of many digits where
they are asked for as integers. Several documents may follow one another, as they do
when replies of a server are collected in one file. Left out: reading in pieces.
"""

import json
import re
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.core.spans import ByteSpan

MAX_VALUES = 5_000_000
"""Values of one document."""

MAX_DIGITS = 400
"""Longest number."""

_TOKEN = re.compile(
    rb"[ \t\n\r]*(?:"
    rb'("[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*")'
    rb"|([\[\]{},:])"
    rb"|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)"
    rb"|(true|false|null))",
    re.DOTALL,
)
_BRACKETS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
"""A text without an end goes on to the end: trying again inside takes square time."""
_SPACE = b" \t\n\r"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WORDS = {b"true": True, b"false": False, b"null": None}

Plain: TypeAlias = "dict[str, JsonNode] | list[JsonNode] | str | bytes | bool | None"
"""What a node holds; a number is kept as the ``bytes`` it is written with."""


class JsonNode(msgspec.Struct, frozen=True):
    """One value with its place in the data."""

    value: Plain
    start: int
    end: int

    def get(self, name: str) -> "JsonNode":
        """Return the member called ``name``; a null node if there is none."""
        if isinstance(self.value, dict):
            return self.value.get(name, NULL)
        return NULL

    def members(self) -> dict[str, "JsonNode"]:
        """Return the members of an object, none of anything else."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> list["JsonNode"]:
        """Return the elements of an array, none of anything else."""
        return self.value if isinstance(self.value, list) else []

    def text(self) -> str:
        """Return a text, or an empty one for anything else."""
        return self.value if isinstance(self.value, str) else ""

    def is_null(self) -> bool:
        """Return whether it is null or not there."""
        return self.value is None


NULL = JsonNode(None, 0, 0)


def integer_of(node: JsonNode) -> int:
    """Return an integer, written as a number or as text.

    Raises:
        ReadError: ``not-an-integer`` for anything else.
    """
    value = node.value
    raw = value.encode() if isinstance(value, str) else value
    if isinstance(raw, bytes) and len(raw) <= MAX_DIGITS:
        digits = raw[1:] if raw[:1] == b"-" else raw
        if digits.isdigit():
            return int(raw)
    raise ReadError("not an integer", "not-an-integer", _span(node))


def parse_located(data: bytes, start: int = 0, end: int = -1) -> JsonNode:
    """Return the one value that stands between ``start`` and ``end``.

    Raises:
        ReadError: ``malformed``, ``not-utf-8``, ``duplicate-key``, ``too-deep``,
            ``too-many-values``, ``number-too-long`` or ``trailing-data``.
    """
    return _Scanner(data, start, len(data) if end < 0 else end).parse()


def documents(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield start and end of each object or array at the top, in order.

    Only brackets and texts are looked at; what stands between two documents, or an
    unfinished last one, is part of the next piece, so that parsing it fails there. A
    byte order mark before the first is none of it.
    """
    depth = 0
    begin = len(BYTE_ORDER_MARK) if data.startswith(BYTE_ORDER_MARK) else 0
    for token in _BRACKETS.finditer(data):
        sign = token[0][:1]
        if sign in b"[{":
            depth += 1
        elif sign in b"]}" and depth:
            depth -= 1
            if depth == 0:
                yield _skip_space(data, begin), token.end()
                begin = token.end()
    rest = _skip_space(data, begin)
    if rest < len(data):
        yield rest, len(data)


class _Scanner:
    """Reads one document without recursion."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self._data = data
        self._at = start
        self._end = end
        self._values = 0

    def parse(self) -> JsonNode:
        root = self._value()
        if _skip_space(self._data, self._at) < self._end:
            raise self._fault("bytes after the value", "trailing-data")
        return root

    def _next(self) -> re.Match[bytes]:
        found = _TOKEN.match(self._data, self._at, self._end)
        if found is None:
            raise self._fault("no JSON value here")
        self._at = found.end()
        return found

    def _value(self) -> JsonNode:
        """Return the value at the current place.

        1. Open containers wait on a stack with the key that they will stand under.
        2. A finished value goes into the innermost one; the outermost is the answer.
        """
        stack: list[tuple[dict[str, JsonNode] | list[JsonNode], int]] = []
        keys: list[str] = []
        while True:
            node = self._begin(stack, keys)
            while node is not None:  # a value is finished: 2.
                if not stack:
                    return node
                node = self._store(node, stack, keys)

    def _begin(
        self,
        stack: list[tuple[dict[str, JsonNode] | list[JsonNode], int]],
        keys: list[str],
    ) -> JsonNode | None:
        """Read the beginning of a value; return it if it is finished already."""
        token = self._next()
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._fault(f"over {MAX_VALUES} values", "too-many-values")
        if token.lastindex != 2:
            return self._scalar(token)
        sign, start = token[2], token.start(2)
        if len(stack) >= MAX_NESTING:
            raise self._fault("nested too deep", "too-deep")
        if sign == b"{":
            if self._closes(b"}"):
                return JsonNode({}, start, self._at)
            members: dict[str, JsonNode] = {}
            stack.append((members, start))
            keys.append(self._key(members))
        elif sign == b"[":
            if self._closes(b"]"):
                return JsonNode([], start, self._at)
            stack.append(([], start))
            keys.append("")
        else:
            raise self._fault("a value is missing")
        return None

    def _store(
        self,
        node: JsonNode,
        stack: list[tuple[dict[str, JsonNode] | list[JsonNode], int]],
        keys: list[str],
    ) -> JsonNode | None:
        """Put a value into its container; return the container if that ends with it."""
        inside, start = stack[-1]
        closing = b"]"
        if isinstance(inside, dict):
            inside[keys[-1]] = node
            closing = b"}"
        else:
            inside.append(node)
        sign = self._next()[2]
        if sign == closing:
            stack.pop()
            keys.pop()
            return JsonNode(inside, start, self._at)
        if sign != b",":
            raise self._fault("a comma or a closing bracket is missing")
        if isinstance(inside, dict):
            keys[-1] = self._key(inside)
        return None

    def _closes(self, sign: bytes) -> bool:
        at = _skip_space(self._data, self._at)
        if at < self._end and self._data[at : at + 1] == sign:
            self._at = at + 1
            return True
        return False

    def _key(self, members: dict[str, JsonNode]) -> str:
        token = self._next()
        if token.lastindex != 1:
            raise self._fault("a key is missing")
        key = self._text(token[1])
        if key in members:
            raise self._fault("a key stands twice in one object", "duplicate-key")
        if self._next()[2] != b":":
            raise self._fault("a colon is missing")
        return key

    def _scalar(self, token: re.Match[bytes]) -> JsonNode:
        kind = token.lastindex or 0
        raw, start = token[kind], token.start(kind)
        value: Plain
        if kind == 1:
            value = self._text(raw)
        elif kind == 3:
            if len(raw) > MAX_DIGITS:
                raise self._fault("a number is too long", "number-too-long")
            value = raw
        else:
            value = _WORDS[raw]
        return JsonNode(value, start, self._at)

    def _text(self, raw: bytes) -> str:
        try:
            if b"\\" not in raw:
                return raw[1:-1].decode()
            text: str = json.loads(raw)
            text.encode()  # refuses a lone surrogate
        except UnicodeError as error:
            raise self._fault("not UTF-8", "not-utf-8") from error
        except ValueError as error:
            raise self._fault("a text is broken") from error
        return text

    def _fault(self, message: str, reason: str = "malformed") -> ReadError:
        return ReadError(
            f"JSON: {message}", reason, ByteSpan(0, self._at, self._at + 1)
        )


def _skip_space(data: bytes, at: int) -> int:
    while data[at : at + 1] and data[at] in _SPACE:
        at += 1
    return at


def _span(node: JsonNode) -> ByteSpan:
    return ByteSpan(0, node.start, node.end)
