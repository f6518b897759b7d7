"""JSON with the place of every value.

Strictness is that of ``encodings.canonical_json`` (RFC 8259, no equal keys); the same
bytes are walked once more for the places. Left out: numbers with a fraction, which no
export of the family writes; they are kept as text.
"""

import json
import re
from typing import TypeAlias

import msgspec

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.canonical_json import parse_json

_TOKEN = re.compile(
    rb'("[^"\\]*(?:\\.[^"\\]*)*")([ \t\n\r]*:)?|([{\[])|([}\]])|([^\s{}\[\],:"]+)',
    re.DOTALL,
)
_CONSTANTS = {b"true": True, b"false": False, b"null": None}
MAX_VALUES = 5_000_000
"""Values in one document."""

Scalar: TypeAlias = "str | int | bool | None"


class Node(msgspec.Struct, gc=False):
    """A JSON value with its place."""

    start: int
    """Where its key begins if it has one, else where it begins itself."""
    value_start: int
    end: int
    scalar: Scalar = None
    members: dict[str, "Node"] | None = None
    elements: list["Node"] | None = None

    def span(self, source: int) -> ByteSpan:
        """Return the place of the value in the evidence, without its key."""
        return ByteSpan(source, self.value_start, self.end)

    def get(self, name: str) -> "Node | None":
        """Return a member; nothing where it is missing or ``null``."""
        found = self.members.get(name) if self.members is not None else None
        return None if found is None or found.is_null else found

    @property
    def is_null(self) -> bool:
        """Return whether it is ``null``."""
        is_plain = self.members is None and self.elements is None
        return is_plain and self.scalar is None


def parse_places(data: bytes, base: int = 0) -> Node:
    """Return the one value of ``data``; places count from ``base`` before it.

    Raises:
        ReadError: As ``parse_json`` does; ``too-many-values`` beyond ``MAX_VALUES``.
    """
    parse_json(data, place=ByteSpan(0, base, base + len(data)))
    root = Node(base, base, base, elements=[])
    open_nodes = [root]
    key, key_start = "", -1
    for count, found in enumerate(_TOKEN.finditer(data)):
        if found[4]:
            open_nodes.pop().end = base + found.end()
            continue
        if found[2]:
            key, key_start = _text(found[1]), base + found.start()
            continue
        if count > MAX_VALUES:
            raise ReadError(f"more than {MAX_VALUES} values", "too-many-values")
        node = _node(found, base + found.start(), base + found.end())
        node.start = node.value_start if key_start < 0 else key_start
        above = open_nodes[-1]
        if above.members is not None:
            above.members[key] = node
        elif above.elements is not None:
            above.elements.append(node)
        key_start = -1
        if found[3]:
            open_nodes.append(node)
    return (root.elements or [root])[0]


def _node(found: re.Match[bytes], start: int, end: int) -> Node:
    if found[3] == b"{":
        return Node(start, start, end, members={})
    if found[3] == b"[":
        return Node(start, start, end, elements=[])
    if found[1]:
        return Node(start, start, end, _text(found[1]))
    token = found[5]
    if token in _CONSTANTS:
        return Node(start, start, end, _CONSTANTS[token])
    try:
        return Node(start, start, end, int(token))
    except ValueError:
        return Node(start, start, end, token.decode())


def _text(token: bytes) -> str:
    if b"\\" in token:
        found = json.loads(token)
        return found if isinstance(found, str) else ""
    return token[1:-1].decode()
