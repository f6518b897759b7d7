"""The fields of a record as they are written: JSON, XML, or columns of a table.

For entries that belong to no block and so have no reader of their own for the detail
tree. Every value of JSON or XML has the place where it stands. What is neither is one
text. Nothing is interpreted; names are those of the file.
"""

import json
from collections.abc import Iterator
from xml.parsers import expat

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.core.spans import ByteSpan
from explorer.encodings.json_places import Node, Shape, read_places
from explorer.model.ledgers import Field

MAX_READ_BYTES = 4 * 2**20
"""Longest record that is listed field by field."""

MAX_LISTED = 20_000
"""Values of one record that are listed one by one."""

MAX_TEXT = 20_000
"""Characters of a record that is shown as one text."""


def written_fields(raw: bytes, span: ByteSpan) -> tuple[Field, ...]:
    """Return the fields of a record, whose bytes ``raw`` stand at ``span``."""
    if len(raw) > MAX_READ_BYTES:
        return (Field("value", _start_of(raw), span),)
    first = raw.lstrip()[:1]
    if first in {b"{", b"["}:
        return _json_fields(raw, span) or _as_text(raw, span)
    if first == b"<":
        return _xml_fields(raw, span) or _as_text(raw, span)
    return _as_text(raw, span)


def column_fields(data: bytes, span: ByteSpan) -> tuple[Field, ...]:
    """Return rows of a table (JSON: a list of objects) as fields of one record."""
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError):
        return ()
    shown = [_row_fields(each, span) for each in rows if isinstance(each, dict)]
    if len(shown) == 1:
        return shown[0]
    return tuple(
        Field("line", str(number), span, fields)
        for number, fields in enumerate(shown[:MAX_LISTED])
    )


def _row_fields(row: dict[str, object], span: ByteSpan) -> tuple[Field, ...]:
    return tuple(
        Field(name, str(value), span, is_ours=False) for name, value in row.items()
    )


def _as_text(raw: bytes, span: ByteSpan) -> tuple[Field, ...]:
    return (Field("value", _start_of(raw), span),)


def _start_of(raw: bytes) -> str:
    return raw[: MAX_TEXT * 4].decode("utf-8", "replace")[:MAX_TEXT]


def _json_fields(raw: bytes, span: ByteSpan) -> tuple[Field, ...]:
    try:
        root = read_places(raw)
    except ReadError:
        return ()
    return _children(root, span, [MAX_LISTED])


def _children(node: Node, base: ByteSpan, budget: list[int]) -> tuple[Field, ...]:
    """Return what a value holds; its depth was bounded when it was read."""
    return tuple(
        _field(name, each, base, budget) for name, each in _named(node) if budget[0] > 0
    )


def _named(node: Node) -> Iterator[tuple[str, Node]]:
    if node.shape is Shape.OBJECT:
        yield from node.members.items()
    else:
        yield from ((str(index), each) for index, each in enumerate(node.items))


def _field(name: str, node: Node, base: ByteSpan, budget: list[int]) -> Field:
    budget[0] -= 1
    span = ByteSpan(base.source, base.start + node.start, base.start + node.end)
    if node.shape in {Shape.OBJECT, Shape.LIST}:
        children = _children(node, base, budget)
        return Field(name, str(len(children)), span, children, is_ours=False)
    return Field(name, _scalar(node), span, is_ours=False)


def _scalar(node: Node) -> str:
    if node.value is None or isinstance(node.value, bool):
        return json.dumps(node.value)
    return str(node.value)


def _xml_fields(raw: bytes, span: ByteSpan) -> tuple[Field, ...]:
    reader = _XmlReader(span)
    return reader.read(raw)


class _Open:
    """An element whose end was not reached yet."""

    __slots__ = ("attributes", "children", "name", "start", "text")

    def __init__(self, name: str, start: int, attributes: dict[str, str]) -> None:
        self.name, self.start, self.attributes = name, start, attributes
        self.text = ""
        self.children: list[Field] = []


class _XmlReader:
    """One element cut out of a document; prefixes need not be bound in it."""

    def __init__(self, span: ByteSpan) -> None:
        self._base = span
        self._open: list[_Open] = []
        self._found: list[Field] = []
        self._budget = MAX_LISTED
        self._is_refused = False
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse

    def read(self, raw: bytes) -> tuple[Field, ...]:
        """Return the element with what it holds; nothing if it is no whole element."""
        try:
            self._parser.Parse(raw, True)  # noqa: FBT003 - the parser's own signature
        except expat.ExpatError:
            return ()
        found = () if self._is_refused else tuple(self._found)
        is_alone = len(found) == 1 and bool(found[0].children)
        return found[0].children if is_alone else found

    def _refuse(self, *_: object) -> None:
        self._is_refused = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        self._open.append(_Open(name, start, attributes))

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def _end(self, _: str) -> None:
        done = self._open.pop()
        self._budget -= 1
        if self._budget < 0 or len(self._open) > MAX_NESTING:
            return
        end = self._end_of_tag(done.name)
        span = ByteSpan(
            self._base.source, self._base.start + done.start, self._base.start + end
        )
        named = [
            Field(f"@{name}", value, Absent.NOT_IN_EXPORT, is_ours=False)
            for name, value in done.attributes.items()
        ]
        children = (*named, *done.children)
        text = done.text.strip() or (str(len(children)) if children else "")
        field = Field(done.name, text, span, children, is_ours=False)
        (self._open[-1].children if self._open else self._found).append(field)

    def _end_of_tag(self, name: str) -> int:
        """Return where the end tag just met ends; ``<a/>`` ends where it began."""
        at = self._parser.CurrentByteIndex
        size = self._base.size_bytes
        return min(size, at + len(name.encode()) + len("</>"))
