"""Recursive Length Prefix of Ethereum, strict, with the place of every item.

Ethereum Yellow Paper (Shanghai version), appendix B. Every value has exactly one
encoding, and any other is refused: a length that would fit a shorter form, a length
with leading zeros, a single byte below 0x80 behind a prefix, an item that ends beyond
the list around it, bytes behind the end. Integers (``to_int``) are big-endian without
leading zeros; zero is the empty string.

``decode_plain`` serves the hot path and yields nested lists of bytes; ``decode`` also
tells where everything stands. Neither recurses: nesting ends at ``MAX_NESTING`` and the
number of lists at ``MAX_LISTS``, so that a small file cannot ask for much memory.
"""

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.core.spans import ByteSpan

MAX_LISTS = 2_000_000
"""Lists in one decoded item; a block of Ethereum's largest size stays far below."""

Plain: TypeAlias = "bytes | list[Plain]"
"""A decoded item without places."""
Encodable: TypeAlias = "bytes | Sequence[Encodable]"
"""What ``encode`` takes."""


class Item(msgspec.Struct, frozen=True):
    """One item with its place in the data it was decoded from."""

    start: int
    """Where the prefix begins."""
    payload: int
    """Where the content begins; a single byte below 0x80 is its own prefix."""
    end: int
    value: bytes
    """Content of a string; empty for a list."""
    items: tuple["Item", ...]
    """Content of a list; empty for a string."""
    is_list: bool


def decode(data: bytes, start: int = 0, end: int | None = None) -> Item:
    """Return the one item that fills ``data`` from ``start`` to ``end``, with places.

    Raises:
        ReadError: With the place (of source 0) and one of the reasons ``truncated``,
            ``trailing-data``, ``non-minimal-length``, ``non-minimal-byte``,
            ``too-deep``, ``too-many-lists``.
    """
    stop = len(data) if end is None else end
    found: list[Item] = []
    open_lists: list[tuple[int, int, int, list[Item]]] = []
    at, limit, lists = start, stop, 0
    while not found or open_lists:
        if open_lists and at == limit:
            head, payload, outer, siblings = open_lists.pop()
            siblings.append(Item(head, payload, limit, b"", tuple(found), is_list=True))
            found, limit = siblings, outer
            continue
        is_list, payload, item_end = read_prefix(data, at, limit)
        if is_list:
            lists += 1
            _demand_bounds(len(open_lists), lists, at)
            open_lists.append((at, payload, limit, found))
            found, at, limit = [], payload, item_end
        else:
            value = data[payload:item_end]
            found.append(Item(at, payload, item_end, value, (), is_list=False))
            at = item_end
    if at != stop:
        raise _fault("trailing-data", "bytes behind the item", at, stop)
    return found[0]


def decode_plain(data: bytes, start: int = 0, end: int | None = None) -> Plain:
    """Return the one item that fills ``data`` as bytes or nested lists of bytes.

    Raises:
        ReadError: As ``decode`` does.
    """
    stop = len(data) if end is None else end
    is_list, payload, item_end = read_prefix(data, start, stop)
    if item_end != stop:
        raise _fault("trailing-data", "bytes behind the item", item_end, stop)
    return _plain_list(data, payload, stop) if is_list else data[payload:stop]


def _plain_list(data: bytes, at: int, limit: int) -> list[Plain]:
    """Return the items between ``at`` and ``limit``; the loop that must be fast."""
    out: list[Plain] = []
    result = out
    open_lists: list[tuple[list[Plain], int]] = []
    lists = 0
    while True:
        while at < limit:
            prefix = data[at]
            if prefix < 0x80:
                out.append(_SINGLE[prefix])
                at += 1
                continue
            if 0x81 < prefix < 0xB8:  # two to 55 bytes, the usual string
                payload, at = at + 1, at + prefix - 0x7F
                if at > limit:
                    raise _fault("truncated", "an item ends too late", payload, limit)
                out.append(data[payload:at])
                continue
            head = at
            is_list, payload, at = read_prefix(data, head, limit)
            if not is_list:
                out.append(data[payload:at])
                continue
            lists += 1
            _demand_bounds(len(open_lists) + 1, lists, head)
            open_lists.append((out, limit))
            inner: list[Plain] = []
            out.append(inner)
            out, at, limit = inner, payload, at
        if not open_lists:
            return result
        out, limit = open_lists.pop()


def read_prefix(data: bytes, at: int, limit: int) -> tuple[bool, int, int]:
    """Return whether the item at ``at`` is a list, where its content begins and ends.

    Serves to walk over a file of items without decoding them.

    Raises:
        ReadError: As ``decode`` does, but for what lies inside a list.
    """
    if at >= limit:
        raise _fault("truncated", "an item is missing", at, limit)
    prefix = data[at]
    if prefix < 0x80:
        return False, at, at + 1
    is_list = prefix >= 0xC0
    size = prefix - (0xC0 if is_list else 0x80)
    payload = at + 1
    if size > 55:
        payload += size - 55
        size = _long_size(data, at + 1, payload, limit)
    end = payload + size
    if end > limit:
        raise _fault("truncated", "an item ends too late", at, limit)
    if size == 1 and not is_list and data[payload] < 0x80:
        raise _fault("non-minimal-byte", "a byte below 0x80 needs no prefix", at, end)
    return is_list, payload, end


def _long_size(data: bytes, at: int, payload: int, limit: int) -> int:
    if payload > limit:
        raise _fault("truncated", "a length ends too late", at, limit)
    size = int.from_bytes(data[at:payload], "big")
    if data[at] == 0 or size < 56:
        raise _fault("non-minimal-length", "a length has a shorter form", at, payload)
    return size


def to_int(value: bytes) -> int:
    """Return the unsigned integer that ``value`` is the only encoding of.

    Raises:
        ReadError: ``leading-zero`` for another encoding of it.
    """
    if value[:1] == b"\x00":
        raise ReadError("an integer with a leading zero", "leading-zero")
    return int.from_bytes(value, "big")


def from_int(value: int) -> bytes:
    """Return the content of the string that encodes an unsigned integer."""
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def encode(item: Encodable) -> bytes:
    """Return the encoding of bytes, or of a sequence of encodable items.

    Raises:
        ReadError: ``too-deep`` beyond ``MAX_NESTING`` lists in one another.
    """
    return _encode(item, MAX_NESTING)


def _encode(item: Encodable, depth: int) -> bytes:
    if isinstance(item, bytes):
        if len(item) == 1 and item < b"\x80":
            return item
        return _prefix(0x80, len(item)) + item
    if not depth:
        raise ReadError("lists are nested too deeply", "too-deep")
    content = b"".join([_encode(each, depth - 1) for each in item])
    return _prefix(0xC0, len(content)) + content


def _prefix(base: int, size: int) -> bytes:
    if size < 56:
        return bytes((base + size,))
    length = from_int(size)
    return bytes((base + 55 + len(length),)) + length


def _demand_bounds(depth: int, lists: int, at: int) -> None:
    if depth >= MAX_NESTING:
        raise _fault("too-deep", f"more than {MAX_NESTING} lists in one another", at)
    if lists > MAX_LISTS:
        raise _fault("too-many-lists", f"more than {MAX_LISTS} lists", at)


def _fault(reason: str, message: str, at: int, end: int | None = None) -> ReadError:
    return ReadError(message, reason, ByteSpan(0, at, at + 1 if end is None else end))


_SINGLE = tuple(bytes((value,)) for value in range(0x80))
