"""Files of blocks in RLP, one after the other, as nodes export them.

``geth export``, ``besu blocks export --format=RLP``: each block is [header,
[transactions], [uncles], [withdrawals]?], nothing between them; a typed transaction is
a string with type and fields (EIP-2718). Behind damage the next block is looked for by
the form of its beginning.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import Protocol

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_ENTRIES_PER_BLOCK, MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.rlp import decode_plain, encode, read_prefix
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.headers import Header, header_of
from explorer.formats.ethereum.octets import Octets
from explorer.formats.ethereum.records import RawBlock, RawTransaction
from explorer.formats.ethereum.transactions import parse_transaction
from explorer.model.blocks import Unreadable

CHUNK_BYTES = 4 * 2**20
PREFIX_BYTES = 9
MAX_SEARCHES = 1_000
"""How often the next block is looked for in one file."""
_BLOCK_START = re.compile(rb"[\xf9\xfa\xfb].{2,4}?\xf9[\x01-\x07].\xa0", re.DOTALL)
_DIFFICULTY_FIELD, _NUMBER_FIELD = 7, 8
_BLOOM_PREFIX, _BLOOM_END = b"\xb9\x01\x00", 445


def looks_like_blocks(head: bytes) -> bool:
    """Return whether a file begins like a block in RLP."""
    try:
        is_list, payload, end = read_prefix(head, 0, 2**40)
        is_header, fields, header_end = read_prefix(head, payload, end)
    except (ReadError, IndexError):
        return False
    is_plausible = is_list and is_header and 400 < header_end - fields < 2**20
    return is_plausible and head[fields : fields + 1] == b"\xa0"


class RlpBlocks:
    """The blocks of one or more files, in the order of each file's first block.

    One export holds blocks without a gap; between two exports some may be left out.
    """

    is_contiguous = True

    def __init__(self, files: Sequence[Octets]) -> None:
        """Read ``files`` when asked."""
        self._files = sorted(files, key=_first_number)
        self.total_bytes = sum(each.packed_bytes for each in files)
        self._offsets: list[tuple[array[int], array[int]]] = []
        """For each file: numbers of its blocks and where they begin."""

    def numbers(self) -> Iterator[int]:
        """Yield the number of each block without reading it, in file order."""
        self._offsets = []
        for octets in self._files:
            numbers, starts = array("Q"), array("Q")
            self._offsets.append((numbers, starts))
            for item in _walk(octets):
                if isinstance(item, Unreadable):
                    continue
                data, base, start, end = item
                number = _peek_number(data, start, end)
                if 0 <= number < 2**63:
                    numbers.append(number)
                    starts.append(base + start)
                    yield number

    def blocks(self) -> Iterator[RawBlock | Unreadable]:
        """Yield blocks and damage from the first on."""
        before = 0
        for octets in self._files:
            is_first = True
            for item in _walk(octets):
                if isinstance(item, Unreadable):
                    yield item
                    continue
                for each in _block_or_damage(octets, *item, before):
                    if isinstance(each, RawBlock):
                        each.is_contiguous = not is_first
                    yield each
                is_first = False
            before += octets.packed_bytes

    def one(self, height: int, span: ByteSpan) -> RawBlock:
        """Return one block again.

        Raises:
            ReadError: If it cannot be read.
        """
        octets = next(each for each in self._files if each.source == span.source)
        start, end = span.start, span.end
        if octets.is_packed:
            start, end = self._place_inside(octets, height)
        return parse_block(octets, octets.read(start, end), start, 0, end - start)

    def _place_inside(self, octets: Octets, height: int) -> tuple[int, int]:
        if not self._offsets:
            list(self.numbers())
        numbers, starts = self._offsets[self._files.index(octets)]
        if height not in numbers:
            raise ReadError(f"no block {height}", "block-malformed")
        index = numbers.index(height)
        last = index + 1 == len(starts)
        return starts[index], octets.size if last else starts[index + 1]


_Item = tuple[bytes, int, int, int]
"""Buffer, offset of the buffer in the file, start and end of the item in the buffer."""


def _walk(octets: Octets) -> Iterator[_Item | Unreadable]:
    """Yield the items of a file; bytes that are none are damage."""
    at, base, buffer, searches = 0, 0, b"", 0
    while at < octets.size:
        if at + PREFIX_BYTES > base + len(buffer) and base + len(buffer) < octets.size:
            base, buffer = at, octets.read(at, at + CHUNK_BYTES)
        start = at - base
        reason = ""
        try:
            is_list, _, end = read_prefix(buffer, start, octets.size - base)
            reason = "" if is_list else "not-a-block"
        except ReadError as error:
            reason, end = error.reason, start
        if not reason and end - start > MAX_RECORD_BYTES:
            reason = "too-long"
        if not reason and end > len(buffer):
            base, buffer = at, octets.read(at, max(at + CHUNK_BYTES, base + end))
            start, end = 0, end - start
        if not reason:
            reason = _shape_fault(buffer, start, end)
        if not reason:
            yield buffer, base, start, end
            at = base + end
            continue
        searches += 1
        found = _next_start(octets, at + 1) if searches <= MAX_SEARCHES else octets.size
        yield Unreadable(checks.FRAMING, reason, octets.span(at, found), -1)
        at, base, buffer = found, found, b""


def _shape_fault(data: bytes, start: int, end: int) -> str:
    """Return why an item is not even shaped like a block, else an empty text."""
    try:
        _, payload, _ = read_prefix(data, start, end)
        is_list, _, header_end = read_prefix(data, payload, end)
        if not is_list:
            return "not-a-block"
        is_list, _, _ = read_prefix(data, header_end, end)
    except ReadError as error:
        return error.reason
    return "" if is_list else "not-a-block"


def _next_start(octets: Octets, at: int) -> int:
    """Return where the next block seems to begin, or the end of the file."""
    while at < octets.size:
        data = octets.read(at, at + CHUNK_BYTES)
        for found in _BLOCK_START.finditer(data):
            start = at + found.start()
            head = octets.read(start, start + 2_048)
            if looks_like_blocks(head):
                return start
        at += max(len(data) - 16, 1)
    return octets.size


def _first_number(octets: Octets) -> int:
    """Return the number of a file's first block, -1 if it cannot be read."""
    found = next(_walk(octets), None)
    if found is None or isinstance(found, Unreadable):
        return -1
    data, _, start, end = found
    return _peek_number(data, start, end)


def _peek_number(data: bytes, start: int, end: int) -> int:
    """Return the number in a block's header, -1 if it cannot be read."""
    try:
        _, payload, _ = read_prefix(data, start, end)
        _, at, header_end = read_prefix(data, payload, end)
        first = 0
        if data[at : at + 1] == b"\xa0" and data[at + 186 : at + 189] == _BLOOM_PREFIX:
            at, first = at + _BLOOM_END, _DIFFICULTY_FIELD  # fields of fixed sizes
        for _ in range(first, _NUMBER_FIELD):
            _, _, at = read_prefix(data, at, header_end)
        _, value, stop = read_prefix(data, at, header_end)
    except ReadError:
        return -1
    return int.from_bytes(data[value:stop], "big")


def _block_or_damage(
    octets: Octets, data: bytes, base: int, start: int, end: int, before: int
) -> Iterator[RawBlock | Unreadable]:
    try:
        block = parse_block(octets, data, base, start, end)
    except ReadError as error:
        number = _peek_number(data, start, end)
        span = octets.span(base + start, base + end)
        height = number if 0 <= number < 2**63 else -1
        yield Unreadable(checks.FRAMING, error.reason, span, height, str(error))
        return
    block.done_bytes = before + octets.done(base + end)
    yield block


class Places(Protocol):
    """Tells where bytes stand in the evidence."""

    is_packed: bool

    def span(self, start: int, end: int) -> ByteSpan:
        """Return the place of bytes in the evidence."""


def parse_block(
    octets: Places, data: bytes, base: int, start: int, end: int
) -> RawBlock:
    """Return the block between ``start`` and ``end`` of ``data``.

    ``base`` is where ``data`` begins in the file.

    Raises:
        ReadError: If it is no block.
    """
    parts = _parts(data, start, end)
    header_at, header_end = parts[0]
    header = _header(data, header_at, header_end)
    block = RawBlock(
        header.number,
        octets.span(base + start, base + end),
        header,
        octets.span(base + header_at, base + header_end),
        header.parent_hash,
        header.time,
        transactions_span=octets.span(base + parts[1][0], base + parts[1][1]),
        uncles_span=octets.span(base + parts[2][0], base + parts[2][1]),
        is_exact=not octets.is_packed,
    )
    block.transactions = read_transactions(octets, data, base, *parts[1])
    block.uncles_raw = data[parts[2][0] : parts[2][1]]
    block.uncles = read_uncles(block.uncles_raw)
    if len(parts) == 4:
        block.withdrawals = read_withdrawals(data, *parts[3])
        block.withdrawals_span = octets.span(base + parts[3][0], base + parts[3][1])
    return block


def _header(data: bytes, start: int, end: int) -> Header:
    fields = decode_plain(data, start, end)
    if not isinstance(fields, list):
        raise ReadError("a header is a list", "header-malformed")
    return header_of(fields, data[start:end])


def _parts(data: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Return (start, end) of the three or four lists of a block."""
    _, at, stop = read_prefix(data, start, end)
    found: list[tuple[int, int]] = []
    while at < stop:
        is_list, _, next_at = read_prefix(data, at, stop)
        if not is_list or len(found) == 4:
            raise ReadError("a block has other items", "block-malformed")
        found.append((at, next_at))
        at = next_at
    if len(found) < 3:
        raise ReadError(f"a block of {len(found)} items", "block-malformed")
    return found


def read_transactions(
    octets: Places, data: bytes, base: int, start: int, end: int
) -> list[RawTransaction]:
    """Return the transactions of a list; what cannot be read carries its reason."""
    _, at, stop = read_prefix(data, start, end)
    found: list[RawTransaction] = []
    while at < stop:
        is_list, payload, next_at = read_prefix(data, at, stop)
        envelope = data[at if is_list else payload : next_at]
        begin = at if is_list else payload
        found.append(read_envelope(envelope, octets.span(base + begin, base + next_at)))
        at = next_at
        if len(found) > MAX_ENTRIES_PER_BLOCK:
            raise ReadError("too many transactions", "too-many-entries")
    return found


def read_envelope(envelope: bytes, span: ByteSpan) -> RawTransaction:
    """Return a transaction, or why its bytes are none."""
    try:
        return RawTransaction(envelope, span, parse_transaction(envelope))
    except ReadError as error:
        return RawTransaction(envelope, span, fault=error.reason)


def read_uncles(raw: bytes) -> list[Header]:
    """Return the headers of the list of uncles.

    Raises:
        ReadError: If one is no header.
    """
    if raw == b"\xc0":
        return []
    _, at, stop = read_prefix(raw, 0, len(raw))
    found: list[Header] = []
    while at < stop:
        _, _, next_at = read_prefix(raw, at, stop)
        found.append(_header(raw, at, next_at))
        at = next_at
    return found


_WITHDRAWAL_BYTES = (8, 8, 20, 8)


def read_withdrawals(data: bytes, start: int, end: int) -> tuple[bytes, ...]:
    """Return the RLP of each withdrawal (EIP-4895).

    Raises:
        ReadError: ``withdrawal-malformed``, or what the RLP decoder refuses.
    """
    items = decode_plain(data, start, end)
    found: list[bytes] = []
    for item in items:
        if not isinstance(item, list) or len(item) != len(_WITHDRAWAL_BYTES):
            raise ReadError("a withdrawal has other fields", "withdrawal-malformed")
        for position, most in enumerate(_WITHDRAWAL_BYTES):
            value = item[position]
            is_number = position != 2
            if not isinstance(value, bytes) or len(value) > most:
                raise ReadError("a withdrawal is out of range", "withdrawal-malformed")
            if value[:1] == b"\x00" if is_number else len(value) != most:
                raise ReadError("a withdrawal is malformed", "withdrawal-malformed")
        found.append(encode(item))
    return tuple(found)
