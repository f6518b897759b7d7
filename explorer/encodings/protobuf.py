"""Protocol Buffers wire format, read with the exact place of every field.

Protocol Buffers encoding guide (version 3 syntax) and its deterministic form: fields in
ascending order, the shortest varints, no default values, no unknown fields. Refused:
groups, reserved wire types, field number 0, varints above 64 bits, lengths beyond the
end of the message around them. Left out: packed fields of anything but varints.

``scan`` serves the hot path; ``walk`` and ``canonical_fault`` follow field tables.
"""

from collections.abc import Mapping, Sequence
from enum import Enum

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.core.spans import ByteSpan

WIRE_VARINT = 0
WIRE_FIXED64 = 1
WIRE_BYTES = 2
WIRE_FIXED32 = 5

MAX_VARINT_OCTETS = 10
MAX_NUMBER = 2**29 - 1
"""Largest field number."""

RawField = tuple[int, int, int]
"""(tag, start, end) of the content; for a varint (tag, value, end)."""


class FieldKind(Enum):
    """How the content of a field is read."""

    INTEGER = 0
    """Varint: integers, booleans, enumerations."""
    TEXT = 1
    BYTES = 2
    MESSAGE = 3
    """An embedded message; present even when empty."""
    WRAPPED = 4
    """A ``bytes`` field that holds a serialised message."""
    PACKED = 5
    """Repeated varints in one length-delimited field."""


class FieldRule(msgspec.Struct, frozen=True, gc=False):
    """One field of a message, as its ``.proto`` file declares it."""

    number: int
    name: str
    kind: FieldKind
    is_repeated: bool = False
    message: str = ""
    """Name of the message inside; empty where that depends on other fields."""


FieldTable = Mapping[int, FieldRule]
FieldTables = Mapping[str, FieldTable]


class FieldNode(msgspec.Struct, frozen=True):
    """One field as it stands in the data."""

    rule: FieldRule
    tag_start: int
    start: int
    """Where the content begins; for a varint, where the value begins."""
    end: int
    number: int = 0
    """Value of a varint."""
    is_known: bool = True


def read_varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Return the varint at ``at`` and where it ends.

    Raises:
        ReadError: ``truncated`` past ``end``, ``malformed`` above 64 bits.
    """
    if at + 1 < end:
        value = data[at]
        if value < 0x80:
            return value, at + 1
        octet = data[at + 1]
        if octet < 0x80:  # two octets, the usual length of a length
            return value + (octet << 7) - 0x80, at + 2
    return _read_any_varint(data, at, end)


def _read_any_varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    value = shift = 0
    start = at
    for octet in data[at : min(at + MAX_VARINT_OCTETS, end)]:
        at += 1
        value += (octet & 0x7F) << shift
        if octet < 0x80:
            if value >> 64:
                break
            return value, at
        shift += 7
    is_whole = at == start + MAX_VARINT_OCTETS
    reason = "malformed" if is_whole else "truncated"
    raise _fault(reason, "varint without end", at)


_SHORT = tuple(bytes((value,)) for value in range(0x80))


def encode_varint(value: int) -> bytes:
    """Return the shortest varint of a number from 0 to 2**64 - 1."""
    if value < 0x80:
        return _SHORT[value]
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def encode_bytes(number: int, value: bytes) -> bytes:
    """Return a length-delimited field, also when it is empty."""
    size = len(value)
    if number < 16 and size < 0x80:
        return _SHORT[number << 3 | WIRE_BYTES] + _SHORT[size] + value
    return encode_varint(number << 3 | WIRE_BYTES) + encode_varint(size) + value


def encode_integer(number: int, value: int) -> bytes:
    """Return a varint field; nothing for 0, which is never written."""
    if not value:
        return b""
    return encode_varint(number << 3) + encode_varint(value & (2**64 - 1))


def scan(data: bytes, at: int, end: int) -> list[RawField]:
    """Return every field of the message from ``at`` to ``end``, in file order.

    Raises:
        ReadError: ``malformed`` or ``truncated``.
    """
    found: list[RawField] = []
    try:
        while at < end:
            tag = data[at]
            at += 1
            if tag > 0x7F or tag & 7 != 2 or tag == 2:
                field, at = _scan_other(data, at - 1, end)
                found.append(field)
                continue
            stop = data[at]
            at += 1
            if stop > 0x7F:
                if data[at] > 0x7F:
                    stop, at = read_varint(data, at - 1, end)
                else:
                    stop += (data[at] << 7) - 0x80
                    at += 1
            stop += at
            if stop > end:
                raise _fault("truncated", "a field ends behind its message", at)
            found.append((tag, at, stop))
            at = stop
    except IndexError as error:
        raise _fault("truncated", "the data ends inside a field", at) from error
    if at != end:
        raise _fault("truncated", "a field ends behind its message", at)
    return found


def scan_map(data: bytes, at: int, end: int) -> dict[int, tuple[int, int]]:
    """Return tag → (start, end) of the last field with that tag, as ``scan`` does.

    Raises:
        ReadError: ``malformed`` or ``truncated``.
    """
    found: dict[int, tuple[int, int]] = {}
    try:
        while at < end:
            tag, stop = data[at], data[at + 1]
            at += 2
            if tag & 7 != 2 or tag > 0x7F or tag == 2:
                if tag & 0x87 == 0 and tag > 7 and stop < 0x80:
                    found[tag] = (stop, at)
                    continue
                (tag, start, stop), at = _scan_other(data, at - 2, end)
                found[tag] = (start, stop)
                continue
            if stop > 0x7F:
                stop, at = read_varint(data, at - 1, end)
            stop += at
            found[tag] = (at, stop)
            at = stop
    except IndexError as error:
        raise _fault("truncated", "the data ends inside a field", at) from error
    if at != end:
        raise _fault("truncated", "a field ends behind its message", at)
    return found


def pair(data: bytes, at: int, end: int) -> tuple[int, int, int, int]:
    """Return the places of the length-delimited fields 1 and 2, the last of each.

    Many messages hold just these two, in this order and once; that is read in one go.
    The place of a missing field is empty.

    Raises:
        ReadError: ``malformed`` or ``truncated``.
    """
    try:
        size, first = data[at + 1], at + 2
        if size > 0x7F:
            size += (data[first] << 7) - 0x80
            first += 1
        middle = first + size
        size, second = data[middle + 1], middle + 2
        if size > 0x7F:
            size += (data[second] << 7) - 0x80
            second += 1
        is_short = data[first - 1] < 0x80 and data[second - 1] < 0x80
        is_pair = data[at] == 0x0A and data[middle] == 0x12
        if is_short and is_pair and second + size == end:
            return first, middle, second, end
    except IndexError:  # a longer length, or no such pair: read below
        pass
    fields = scan_map(data, at, end)
    return (*fields.get(0x0A, (at, at)), *fields.get(0x12, (at, at)))


def unwrap(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Return the place of the last field 1 of a message, empty if there is none.

    Raises:
        ReadError: ``malformed`` or ``truncated``.
    """
    if at + 2 < end and data[at] == 0x0A:
        size, start = data[at + 1], at + 2
        if size > 0x7F:
            size += (data[start] << 7) - 0x80
            start += 1
        if start + size == end and data[start - 1] < 0x80:
            return start, end
    return scan_map(data, at, end).get(0x0A, (at, at))


def _scan_other(data: bytes, at: int, end: int) -> tuple[RawField, int]:
    """Return the field at ``at``, of any kind, and where it ends."""
    tag = data[at]
    at += 1
    if tag > 0x7F:
        tag, at = read_varint(data, at - 1, end)
    if tag & 7 == WIRE_VARINT and tag > 7:
        value, at = read_varint(data, at, end)
    else:
        value, at = _scan_value(data, tag, at, end)
    return (tag, value, at), at


def _scan_value(data: bytes, tag: int, at: int, end: int) -> tuple[int, int]:
    """Return value (varint) or start (others), and the end, of a field."""
    wire = tag & 7
    if not 8 <= tag <= MAX_NUMBER << 3 | 7:
        raise _fault("malformed", f"field number {tag >> 3}", at)
    if wire == WIRE_VARINT:
        return read_varint(data, at, end)
    stop = -1
    if wire == WIRE_BYTES:
        size, at = read_varint(data, at, end)
        stop = at + size
    elif wire in (WIRE_FIXED64, WIRE_FIXED32):
        stop = at + (8 if wire == WIRE_FIXED64 else 4)
    if stop < 0:
        raise _fault("malformed", f"wire type {wire}", at)
    if stop > end:
        raise _fault("truncated", "a field ends behind its message", at)
    return at, stop


def content(data: bytes, fields: Sequence[RawField], tag: int) -> bytes:
    """Return the bytes of the last field with ``tag``, empty if there is none."""
    for each in reversed(fields):
        if each[0] == tag:
            return data[each[1] : each[2]]
    return b""


def number(fields: Sequence[RawField], tag: int) -> int:
    """Return the value of the last varint field with ``tag``, 0 if there is none."""
    for each in reversed(fields):
        if each[0] == tag:
            return each[1]
    return 0


def merged(data: bytes, fields: Sequence[RawField], tag: int) -> bytes:
    """Return an embedded message: all its occurrences joined, as parsers merge them."""
    return b"".join(data[each[1] : each[2]] for each in fields if each[0] == tag)


def text(data: bytes, fields: Sequence[RawField], tag: int) -> str:
    """Return the last text field with ``tag``.

    Raises:
        ReadError: ``malformed`` if it is not UTF-8.
    """
    value = content(data, fields, tag)
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise _fault("malformed", "text is not UTF-8", 0) from error


def walk(data: bytes, at: int, end: int, table: FieldTable) -> list[FieldNode]:
    """Return every field of a message with its name and place, in file order.

    Raises:
        ReadError: ``malformed`` or ``truncated``.
    """
    nodes: list[FieldNode] = []
    while at < end:
        tag_start = at
        tag, start = read_varint(data, at, end)
        value, at = _scan_value(data, tag, start, end)
        if tag & 7 != WIRE_VARINT:
            start, value = value, 0
        nodes.append(_named(table, tag, (tag_start, start, at), value))
    return nodes


def _named(
    table: FieldTable, tag: int, places: tuple[int, int, int], value: int
) -> FieldNode:
    rule = table.get(tag >> 3)
    is_bytes = tag & 7 == WIRE_BYTES
    if rule is None or is_bytes is (rule.kind is FieldKind.INTEGER):
        kind = FieldKind.BYTES if is_bytes else FieldKind.INTEGER
        unknown = FieldRule(tag >> 3, f"field {tag >> 3}", kind)
        return FieldNode(unknown, *places, value, is_known=False)
    return FieldNode(rule, *places, value)


def canonical_fault(
    data: bytes,
    span: tuple[int, int],
    tables: FieldTables,
    message: str,
    depth: int = 0,
) -> int:
    """Return where a message first differs from its deterministic form, -1 if nowhere.

    ``WRAPPED`` fields are followed where the table names their message.
    """
    if depth > MAX_NESTING:
        return span[0]
    table = tables[message]
    try:
        nodes = walk(data, *span, table)
    except ReadError:
        return span[0]
    last = 0
    for node in nodes:
        rule = node.rule
        in_order = rule.number > last or (rule.number == last and rule.is_repeated)
        if not (node.is_known and in_order and _is_minimal(data, node)):
            return node.tag_start
        last = rule.number
        if rule.message:
            inside = (node.start, node.end)
            fault = canonical_fault(data, inside, tables, rule.message, depth + 1)
            if fault >= 0:
                return fault
    return -1


def _is_minimal(data: bytes, node: FieldNode) -> bool:
    """Return whether tag, length and number are shortest and no default is written."""
    rule = node.rule
    if rule.kind is FieldKind.INTEGER:
        head = encode_varint(rule.number << 3) + encode_varint(node.number)
        if node.number == 0 and not rule.is_repeated:
            return False
        return data[node.tag_start : node.end] == head
    size = node.end - node.start
    may_be_empty = rule.is_repeated or rule.kind is FieldKind.MESSAGE
    if size == 0 and not may_be_empty:
        return False
    head = encode_varint(rule.number << 3 | WIRE_BYTES) + encode_varint(size)
    return data[node.tag_start : node.start] == head


def _fault(reason: str, what: str, at: int) -> ReadError:
    return ReadError(f"protobuf: {what}", reason, ByteSpan(0, at, at + 1))
