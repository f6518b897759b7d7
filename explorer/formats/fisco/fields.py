"""The members of one record, read as numbers, bytes and texts, each with its place.

JSON-RPC of 2.x writes numbers as ``0x…``, SDKs, the console and WeBASE as integers or
decimal text; bytes are hex with or without ``0x``. Both are read everywhere.
"""

from collections.abc import Iterator

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_ENTRIES_PER_BLOCK
from explorer.core.spans import ByteSpan
from explorer.encodings.json_places import Node, Shape, read_places

FIELD_MISSING = "field-missing"
FIELD_MALFORMED = "field-malformed"
MAX_DIGITS = 80
"""Longest number that is read, in characters: 256 bits and some leading zeros."""


class Fields:
    """One JSON object of a record."""

    __slots__ = ("_base", "_node", "_source")

    def __init__(self, node: Node, source: int, base: int) -> None:
        """Read ``node``, whose places count from ``base`` in the file."""
        self._node = node
        self._source = source
        self._base = base

    @property
    def node(self) -> Node:
        """Return the object itself."""
        return self._node

    def has(self, name: str) -> bool:
        """Return whether there is a member of this name other than ``null``."""
        return self._node.get(name) is not None

    def need(self, name: str) -> Node:
        """Return a member.

        Raises:
            ReadError: ``field-missing``; the message is the name.
        """
        found = self._node.get(name)
        if found is None:
            raise ReadError(name, FIELD_MISSING)
        return found

    def place(self, node: Node) -> ByteSpan:
        """Return where a value of this record stands in the file."""
        base = self._base
        return ByteSpan(self._source, base + node.start, base + node.end)

    def span(self, name: str = "") -> ByteSpan:
        """Return where a member stands; the whole object if it has none."""
        return self.place(self._node.get(name) or self._node)

    def octets(self, name: str) -> bytes:
        """Return bytes written in hex.

        Raises:
            ReadError: ``field-missing`` or ``field-malformed``.
        """
        return octets_of(self.need(name), name)

    def fixed(self, name: str, size: int) -> bytes:
        """Return exactly ``size`` bytes.

        Raises:
            ReadError: As ``octets`` does.
        """
        value = self.octets(name)
        if len(value) != size:
            raise ReadError(f"{name}: {len(value)} bytes", FIELD_MALFORMED)
        return value

    def number(self, name: str) -> int:
        """Return an unsigned number.

        Raises:
            ReadError: As ``octets`` does.
        """
        return number_of(self.need(name), name)

    def text(self, name: str) -> str:
        """Return a text, or a number as its digits.

        Raises:
            ReadError: As ``octets`` does.
        """
        value = self.need(name).value
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ReadError(f"{name}: no text", FIELD_MALFORMED)
        return str(value)

    def items(self, name: str) -> list[Node]:
        """Return the elements of a list.

        Raises:
            ReadError: As ``octets`` does.
        """
        found = self.need(name)
        if found.shape is not Shape.LIST:
            raise ReadError(f"{name}: no list", FIELD_MALFORMED)
        if len(found.items) > MAX_ENTRIES_PER_BLOCK:
            raise ReadError(f"{name}: {len(found.items)} elements", FIELD_MALFORMED)
        return found.items

    def objects(self, name: str) -> Iterator["Fields"]:
        """Yield the elements of a list of objects.

        Raises:
            ReadError: As ``octets`` does.
        """
        for each in self.items(name):
            yield self.inside(each, name)

    def inside(self, node: Node, name: str) -> "Fields":
        """Return an object inside this one.

        Raises:
            ReadError: ``field-malformed`` if it is none.
        """
        if node.shape is not Shape.OBJECT:
            raise ReadError(f"{name}: no object", FIELD_MALFORMED)
        return Fields(node, self._source, self._base)


def fields_at(text: bytes, span: ByteSpan) -> Fields:
    """Return the fields of the record that ``text`` is, which stands at ``span``.

    Raises:
        ReadError: If it is no JSON object.
    """
    node = read_places(text)
    if node.shape is not Shape.OBJECT:
        raise ReadError("no object", "not-json")
    return Fields(node, span.source, span.start)


def octets_of(node: Node, name: str) -> bytes:
    """Return the bytes that a hex text means.

    Raises:
        ReadError: ``field-malformed``.
    """
    value = node.value
    if not isinstance(value, str):
        raise ReadError(f"{name}: no hex text", FIELD_MALFORMED)
    digits = value[2:] if value[:2] in {"0x", "0X"} else value
    try:
        if digits.isalnum() or not digits:
            return bytes.fromhex(digits)
    except ValueError:
        pass
    raise ReadError(f"{name}: no hex", FIELD_MALFORMED)


def number_of(node: Node, name: str) -> int:
    """Return the unsigned number that an integer, hex or decimal text means.

    Raises:
        ReadError: ``field-malformed``.
    """
    value = node.value
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and 0 < len(value) <= MAX_DIGITS and value.isascii():
        is_hex = value[:2] in {"0x", "0X"}
        digits = value[2:] if is_hex else value
        try:
            if digits.isalnum() or (is_hex and not digits):
                return int(digits or "0", 16 if is_hex else 10)
        except ValueError:
            pass
    raise ReadError(f"{name}: no number", FIELD_MALFORMED)
