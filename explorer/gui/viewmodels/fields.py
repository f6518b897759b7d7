"""The fields of one block as a tree, each tied to its bytes.

Nodes are made when their parent is opened, so that a block of a million fields opens
at once.
Names that we gave are translated; names found in the file are shown as they are.

Left out: editing.
"""

from collections.abc import Sequence
from enum import IntEnum

import msgspec
from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.field_words import our_name
from explorer.gui.viewmodels.wording import grouped, short_hash
from explorer.model.ledgers import Field

MAX_SHOWN_TEXT = 240
"""Characters of one value; a value is one line, the tip shows more."""

MAX_TIP_TEXT = 2_000
MAX_OPENED_CHARACTERS = 2**16
"""Longest value that is opened as JSON."""

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROOT = -1
_HEX = frozenset("0123456789abcdef")


class FieldColumn(IntEnum):
    """Columns of the tree."""

    NAME = 0
    VALUE = 1


class FieldRole(IntEnum):
    """Roles of ``FieldsModel`` besides the display text."""

    IS_HEX = Qt.ItemDataRole.UserRole + 1
    """The value is a hash, key or id in hex: mono, elided in the middle."""
    IS_OURS = Qt.ItemDataRole.UserRole + 2
    """The name is our word; otherwise it is one found in the file."""
    FIELD = Qt.ItemDataRole.UserRole + 3
    """The ``model.ledgers.Field``."""
    HAS_CHILDREN = Qt.ItemDataRole.UserRole + 4
    MARK = Qt.ItemDataRole.UserRole + 5
    """Name of the mark of the claims declared by this field; empty for none."""


class _Node:
    __slots__ = ("children", "field", "parent", "row")

    def __init__(self, field: Field, parent: int, row: int) -> None:
        self.field = field
        self.parent = parent
        self.row = row
        self.children: list[int] | None = None


class FieldsModel(QAbstractItemModel):
    """The fields of the block shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._nodes: list[_Node] = []
        self._tops: list[int] = []
        self._marks: dict[tuple[int, int, int], str] = {}

    def show(
        self, fields: Sequence[Field], marks: dict[tuple[int, int, int], str]
    ) -> None:
        """Show these fields; ``marks`` by (source, start, end) of a declared value."""
        self.beginResetModel()
        self._nodes, self._tops, self._marks = [], [], dict(marks)
        self._tops = self._made(fields, _ROOT)
        self.endResetModel()

    def field_at(self, index: _AnyIndex) -> Field | None:
        """Return the field at an index."""
        return self._nodes[index.internalId()].field if index.isValid() else None

    def bytes_of(self, index: _AnyIndex) -> ByteSpan | None:
        """Return the bytes of a field, or of the nearest field around that has some."""
        number = index.internalId() if index.isValid() else _ROOT
        while number != _ROOT:
            span = self._nodes[number].field.span
            if not isinstance(span, Absent):
                return span
            number = self._nodes[number].parent
        return None

    def index_at(self, source: int, offset: int) -> QModelIndex:
        """Return the innermost field that holds a byte; invalid if none does."""
        chosen, level = _ROOT, self._tops
        while True:
            inner = self._holding(level, source, offset)
            if inner == _ROOT:
                break
            chosen, level = inner, self._children(inner)
        return QModelIndex() if chosen == _ROOT else self._index_of(chosen)

    def index_of_span(self, span: ByteSpan) -> QModelIndex:
        """Return the innermost field of exactly these bytes, else that around them."""
        chosen, exact, level = _ROOT, _ROOT, self._tops
        while True:
            inner = self._holding(level, span.source, span.start, span.end)
            if inner == _ROOT:
                break
            chosen = inner
            if self._nodes[inner].field.span == span:
                exact = inner
            level = self._children(inner)
        chosen = chosen if exact == _ROOT else exact
        return QModelIndex() if chosen == _ROOT else self._index_of(chosen)

    def _holding(
        self, level: Sequence[int], source: int, start: int, end: int = 0
    ) -> int:
        last = max(end, start + 1)
        best, size = _ROOT, 0
        for number in level:
            span = self._nodes[number].field.span
            if isinstance(span, Absent) or span.source != source:
                continue
            holds = span.start <= start and last <= span.end
            if holds and (best == _ROOT or span.size_bytes < size):
                best, size = number, span.size_bytes
        return best

    # -- item model -----------------------------------------------------------------

    def index(self, row: int, column: int, parent: _AnyIndex = _NOWHERE) -> QModelIndex:
        """Return the index of a child."""
        level = self._level(parent)
        if not (0 <= row < len(level) and 0 <= column < len(FieldColumn)):
            return QModelIndex()
        return self.createIndex(row, column, level[row])

    def parent(self, index: _AnyIndex = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # the other overload returns the QObject
        """Return the index of the field around a field."""
        if not index.isValid():
            return QModelIndex()
        above = self._nodes[index.internalId()].parent
        return QModelIndex() if above == _ROOT else self._index_of(above)

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return how many fields stand in a field."""
        return 0 if parent.column() > 0 else len(self._level(parent))

    def hasChildren(self, parent: _AnyIndex = _NOWHERE) -> bool:
        """Return whether a field has fields in it, without making them."""
        if not parent.isValid():
            return bool(self._tops)
        return parent.column() == 0 and has_parts(
            self._nodes[parent.internalId()].field
        )

    def columnCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return the number of columns."""
        del parent
        return len(FieldColumn)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the heads of the columns."""
        if (
            orientation is not Qt.Orientation.Horizontal
            or role != Qt.ItemDataRole.DisplayRole
        ):
            return None
        heads = (translate("Inspect", "Field"), translate("Inspect", "Value"))
        return heads[section]

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return texts and marks of one field."""
        field = self.field_at(index)
        if field is None:
            return None
        is_name = index.column() == FieldColumn.NAME
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return name_text(field) if is_name else value_text(field)
            case Qt.ItemDataRole.ToolTipRole:
                return name_text(field) if is_name else _tip(field)
            case FieldRole.MARK:
                return "" if is_name else self._mark_of(field)
            case _:
                return _fact(field, role)

    def _mark_of(self, field: Field) -> str:
        span = field.span
        if isinstance(span, Absent) or not self._marks:
            return ""
        return self._marks.get((span.source, span.start, span.end), "")

    # -- nodes ----------------------------------------------------------------------

    def _level(self, parent: _AnyIndex) -> Sequence[int]:
        return self._children(parent.internalId()) if parent.isValid() else self._tops

    def _children(self, number: int) -> list[int]:
        node = self._nodes[number]
        if node.children is None:
            parts = node.field.children or json_parts(node.field.value)
            node.children = self._made(parts, number)
        return node.children

    def _made(self, fields: Sequence[Field], parent: int) -> list[int]:
        start = len(self._nodes)
        self._nodes += [_Node(each, parent, row) for row, each in enumerate(fields)]
        return list(range(start, start + len(fields)))

    def _index_of(self, number: int) -> QModelIndex:
        return self.createIndex(self._nodes[number].row, 0, number)


def has_parts(field: Field) -> bool:
    """Return whether a field can be opened; a value may only look like JSON."""
    if field.children:
        return True
    value = field.value
    looks_so = value[:1] + value[-1:] in {"{}", "[]"}
    return looks_so and 2 < len(value) <= MAX_OPENED_CHARACTERS


def json_parts(value: str) -> tuple[Field, ...]:
    """Return the parts of a JSON value, named as in the file; none of another."""
    if value[:1] not in {"{", "["} or len(value) > MAX_OPENED_CHARACTERS:
        return ()
    try:
        found: object = msgspec.json.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ()
    if isinstance(found, dict):
        return tuple(_part(str(name), each) for name, each in found.items())
    if isinstance(found, list):
        return tuple(_part(str(number), each) for number, each in enumerate(found))
    return ()


def _part(name: str, value: object) -> Field:
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return Field(name, text, Absent.NOT_IN_FORMAT, is_ours=False)


def name_text(field: Field) -> str:
    """Return the name of a field: ours translated, the file's as it is."""
    if field.is_ours:
        return our_name(field.name)
    return printable(field.name, MAX_SHOWN_TEXT)


def value_text(field: Field) -> str:
    """Return the value of a field, or how many bytes stand there."""
    if field.value or isinstance(field.span, Absent):
        return printable(field.value, MAX_SHOWN_TEXT)
    if field.children:
        return ""
    return translate("Inspect", "{0} bytes").format(grouped(field.span.size_bytes))


def is_hex(text: str) -> bool:
    """Return whether a value reads as a hash, a key or a long id in hex."""
    return len(text) >= 16 and not set(text) - _HEX


def short_value(text: str) -> str:
    """Return a value short enough to be recognised beside others."""
    return short_hash(text) if is_hex(text) else printable(text, 40)


def _tip(field: Field) -> str:
    text = printable(field.value, MAX_TIP_TEXT)
    if isinstance(field.span, Absent):
        return text
    span = field.span
    where = translate("Inspect", "{0} bytes at {1}").format(
        grouped(span.size_bytes), f"0x{span.start:x}"
    )
    return f"{text}\n{where}" if text else where


def _fact(field: Field, role: int) -> object:
    match role:
        case FieldRole.IS_HEX:
            return is_hex(field.value)
        case FieldRole.IS_OURS:
            return field.is_ours
        case FieldRole.FIELD:
            return field
        case FieldRole.HAS_CHILDREN:
            return has_parts(field)
        case _:
            return None
