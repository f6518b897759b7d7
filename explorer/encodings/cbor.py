"""CBOR read with limits: RFC 8949, definite and indefinite lengths, few tags.

``cbor2`` decodes; before it does, the shape of the data is walked without recursion, so
that depth, count and sizes are bounded and only tags that are asked for occur (others
make a decoder build dates, big numbers or regular expressions). COSE (RFC 9052) needs
the exact bytes of a protected header, which stay a byte string. Left out: streaming.
"""

from collections.abc import Collection

import cbor2

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan

MAX_CBOR_BYTES = 16 * 2**20
MAX_CBOR_DEPTH = 32
MAX_CBOR_ITEMS = 1_000_000

_BREAK = 0xFF
_BYTES, _TEXT, _ARRAY, _MAP, _TAG, _OTHER = 2, 3, 4, 5, 6, 7
_ENDLESS = -1


def load_cbor(data: bytes, tags: Collection[int] = ()) -> object:
    """Return the one item of ``data``; ``tags`` are those that may occur.

    Raises:
        ReadError: ``malformed``, ``too-deep``, ``too-many-values``, ``too-long``,
            ``tag-not-expected`` or ``trailing-data``.
    """
    if len(data) > MAX_CBOR_BYTES:
        raise _fault("too-long", f"over {MAX_CBOR_BYTES} bytes", 0)
    end = _walk(data, frozenset(tags))
    if end != len(data):
        raise _fault("trailing-data", "bytes after the item", end)
    try:
        value: object = cbor2.loads(data)
    except (cbor2.CBORDecodeError, ValueError, OverflowError, TypeError) as error:
        raise _fault("malformed", str(error), 0) from error
    return value


def _walk(data: bytes, tags: frozenset[int]) -> int:
    """Return where the first item ends.

    Each open container waits on a stack with the items it still needs, ``_ENDLESS``
    for one that a break ends.
    """
    open_items = [1]
    at = count = 0
    while open_items:
        if open_items[-1] == 0:
            open_items.pop()
            continue
        count += 1
        if count > MAX_CBOR_ITEMS:
            raise _fault("too-many-values", f"over {MAX_CBOR_ITEMS} items", at)
        if at < len(data) and data[at] == _BREAK and open_items[-1] == _ENDLESS:
            open_items.pop()
            at += 1
            continue
        if open_items[-1] > 0:
            open_items[-1] -= 1
        at, inside = _step(data, at, tags)
        if inside:
            open_items.append(inside)
        if len(open_items) > MAX_CBOR_DEPTH:
            raise _fault("too-deep", f"deeper than {MAX_CBOR_DEPTH}", at)
    return at


def _step(data: bytes, at: int, tags: frozenset[int]) -> tuple[int, int]:
    """Return where the head of an item (and its bytes) end, and how much is inside."""
    if at >= len(data):
        raise _fault("malformed", "the data ends before an item", at)
    major, value, after = _head(data, at)
    if major in {_BYTES, _TEXT} and value != _ENDLESS:
        if after + value > len(data):
            raise _fault("malformed", "a string ends behind the data", at)
        return after + value, 0
    if major == _TAG:
        if value not in tags:
            raise _fault("tag-not-expected", f"tag {value}", at)
        return after, 1
    if major in {_BYTES, _TEXT, _ARRAY}:
        return after, value
    if major == _MAP:
        return after, value if value == _ENDLESS else 2 * value
    return after, 0


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return major type, argument and where the head ends."""
    major, short = data[at] >> 5, data[at] & 0x1F
    at += 1
    if short < 24:
        return major, short, at
    if short == 31 and major in {_BYTES, _TEXT, _ARRAY, _MAP}:
        return major, _ENDLESS, at
    if short > 27:
        raise _fault("malformed", "a reserved length", at - 1)
    size = 1 << (short - 24)
    if at + size > len(data):
        raise _fault("malformed", "the data ends inside a length", at)
    return major, int.from_bytes(data[at : at + size], "big"), at + size


def _fault(reason: str, what: str, at: int) -> ReadError:
    return ReadError(f"CBOR: {what}", reason, ByteSpan(0, at, at + 1))
