"""Archives of blocks before the merge: era1.

The era1 specification of Ethereum's ``e2store-format-specs``: records of type (2
bytes), length (4, little-endian) and two zero bytes; first a version, then for each
block header, body, receipts (RLP packed with framed Snappy) and total difficulty (32
bytes, little-endian), then the accumulator and the index. Left out: ``ere`` archives,
which hold other records.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import cramjam

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.encodings.rlp import Plain, decode_plain, encode, read_prefix
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.headers import header_of
from explorer.formats.ethereum.octets import Octets
from explorer.formats.ethereum.receipts import receipt_from_rlp
from explorer.formats.ethereum.records import RawBlock, RawReceipts
from explorer.formats.ethereum.rlp_reader import read_envelope, read_uncles
from explorer.model.blocks import Unreadable

VERSION, HEADER, BODY, RECEIPTS = 0x3265, 0x03, 0x04, 0x05
DIFFICULTY, ACCUMULATOR, INDEX = 0x06, 0x07, 0x3266
MAX_BLOCKS = 8_192
MAX_RECORD_BYTES = 32 * 2**20
MAX_UNPACKED_BYTES = 128 * 2**20
HEAD_BYTES = 8
_SMALL_BYTES = 32
"""Records up to this size are remembered."""
_STREAM = b"\xff\x06\x00\x00sNaPpY"
_MAGIC = b"e2\x00\x00\x00\x00\x00\x00"


class Record(NamedTuple):
    """One record of an archive."""

    kind: int
    start: int
    payload: int
    end: int


class EraTail(NamedTuple):
    """What stands behind the blocks of one archive."""

    source: int
    accumulator: bytes
    accumulator_span: ByteSpan | None
    index_record: bytes
    index_span: ByteSpan | None
    starts: Sequence[int]
    """Where the record of each block's header begins."""
    index_start: int
    blocks_span: ByteSpan
    first: int
    """Number of the first block, -1 if none could be read."""
    leaves: Sequence[bytes]
    """Hash and total difficulty of each block; empty if one could not be read."""


def looks_like_era1(head: bytes) -> bool:
    """Return whether a file begins like an era1 archive."""
    return head.startswith(_MAGIC) and head[8:10] == b"\x03\x00"


class EraBlocks:
    """The blocks of one or more archives, in their order."""

    is_contiguous = True

    def __init__(self, files: Sequence[Octets]) -> None:
        """Read ``files`` when asked."""
        self._files = files
        self.total_bytes = sum(each.packed_bytes for each in files)

    def numbers(self) -> Iterator[int]:
        """Yield nothing: archives hold one chain, so there is no branch to find."""
        return iter(())

    def blocks(self) -> Iterator[RawBlock | Unreadable | EraTail]:
        """Yield blocks, damage and what stands behind the blocks of each file."""
        before = 0
        for octets in self._files:
            yield from _archive(octets, before)
            before += octets.size

    def one(self, height: int, span: ByteSpan) -> RawBlock:
        """Return one block again.

        Raises:
            ReadError: If it cannot be read.
        """
        del height
        octets = next(each for each in self._files if each.source == span.source)
        data = octets.read(span.start, span.end)
        records: list[Record] = []
        at = 0
        while at < len(data) and len(records) < 4:
            record = _record(data, at, len(data))
            records.append(record)
            at = record.end
        return _block(octets, data, span.start, records)


def _record(data: bytes, at: int, limit: int) -> Record:
    head = data[at : at + HEAD_BYTES]
    if len(head) < HEAD_BYTES:
        raise ReadError("a record ends too early", "truncated")
    size = int.from_bytes(head[2:6], "little")
    if head[6:8] != b"\x00\x00" or size > MAX_RECORD_BYTES:
        raise ReadError("no head of a record", "era1-record-malformed")
    end = at + HEAD_BYTES + size
    if end > limit:
        raise ReadError("a record ends too late", "truncated")
    return Record(int.from_bytes(head[:2], "little"), at, at + HEAD_BYTES, end)


def _archive(octets: Octets, before: int) -> Iterator[RawBlock | Unreadable | EraTail]:
    """Yield the blocks of one archive, then its tail."""
    data = octets.read(0, octets.size)
    at, open_records = 0, list[Record]()
    starts: list[int] = []
    tail: dict[int, Record] = {}
    leaves = _Leaves()
    while at < len(data):
        try:
            record = _record(data, at, len(data))
        except ReadError as error:
            span = octets.span(at, len(data))
            yield Unreadable(checks.FRAMING, error.reason, span, -1, str(error))
            break
        at = record.end
        if record.kind in {HEADER, BODY, RECEIPTS, DIFFICULTY}:
            open_records.append(record)
            if record.kind == DIFFICULTY:
                starts.append(open_records[0].start)
                item = _block_or_damage(octets, data, open_records, before)
                leaves.add(item)
                yield item
                open_records = []
        elif fault := _tail_fault(record, tail, has_blocks=bool(starts)):
            span = octets.span(record.start, record.end)
            yield Unreadable(checks.FRAMING, fault, span, -1)
        else:
            tail[record.kind] = record
    if open_records:
        span = octets.span(open_records[0].start, open_records[-1].end)
        yield Unreadable(checks.FRAMING, "era1-block-incomplete", span, -1)
    yield _tail(octets, data, tail, starts, leaves)


def _tail_fault(record: Record, tail: dict[int, Record], *, has_blocks: bool) -> str:
    """Return why a record that belongs to no block may not stand here."""
    if record.kind not in {VERSION, ACCUMULATOR, INDEX} or record.kind in tail:
        return "era1-record-unknown"
    is_version = record.kind == VERSION
    if is_version and (record.start or record.end != HEAD_BYTES):
        return "era1-record-unknown"
    if not is_version and not has_blocks:
        return "era1-record-unknown"
    is_early = record.kind == ACCUMULATOR and INDEX in tail
    return "era1-record-unknown" if is_early else ""


class _Leaves:
    """Collects what the accumulator is made of."""

    def __init__(self) -> None:
        self.first = -1
        self.found: list[bytes] = []
        self._total = b""
        self._last = b""
        self._is_whole = True

    def add(self, item: RawBlock | Unreadable) -> None:
        """Take the next block; its parent hash is the hash of the one before."""
        if isinstance(item, Unreadable) or item.header is None:
            self._is_whole = False
            return
        if self._total:
            self.found.append(item.parent_hash + self._total)
        self.first = item.number if self.first < 0 else self.first
        self._total = item.total_difficulty.to_bytes(32, "little")
        self._last = item.header.raw

    def all(self) -> list[bytes]:
        """Return all leaves, or none if a block is missing."""
        if not self._is_whole or not self._last:
            return []
        last = digest(HashAlgorithm.KECCAK256, self._last)
        return [*self.found, last + self._total]


def _tail(
    octets: Octets,
    data: bytes,
    tail: dict[int, Record],
    starts: Sequence[int],
    leaves: _Leaves,
) -> EraTail:
    found: dict[int, tuple[bytes, ByteSpan]] = {
        kind: (data[each.payload : each.end], octets.span(each.start, each.end))
        for kind, each in tail.items()
    }
    accumulator, accumulator_span = found.get(ACCUMULATOR, (b"", None))
    index, index_span = found.get(INDEX, (b"", None))
    index_start = tail[INDEX].start if INDEX in tail else 0
    end = min((each.start for kind, each in tail.items() if kind != VERSION), default=0)
    return EraTail(
        octets.source,
        accumulator,
        accumulator_span,
        index,
        index_span,
        starts,
        index_start,
        octets.span(HEAD_BYTES, end or len(data)),
        leaves.first,
        leaves.all(),
    )


def _block_or_damage(
    octets: Octets, data: bytes, records: list[Record], before: int
) -> RawBlock | Unreadable:
    try:
        block = _block(octets, data, 0, records)
    except ReadError as error:
        span = octets.span(records[0].start, records[-1].end)
        return Unreadable(checks.FRAMING, error.reason, span, -1, str(error))
    block.done_bytes = before + records[-1].end
    return block


def _block(
    octets: Octets, data: bytes, base: int, records: Sequence[Record]
) -> RawBlock:
    if [each.kind for each in records] != [HEADER, BODY, RECEIPTS, DIFFICULTY]:
        raise ReadError("a block has other records", "era1-block-incomplete")
    spans = [octets.span(base + each.start, base + each.end) for each in records]
    raw = unpack(data[records[0].payload : records[0].end])
    body, receipts = (_unpack_small(data[e.payload : e.end]) for e in records[1:3])
    fields = decode_plain(raw)
    if not isinstance(fields, list):
        raise ReadError("a header is a list", "header-malformed")
    header = header_of(fields, raw)
    total = data[records[3].payload : records[3].end]
    if len(total) != 32:
        raise ReadError("a total difficulty of other size", "era1-record-malformed")
    block = RawBlock(
        header.number,
        ByteSpan(octets.source, spans[0].start, spans[3].end),
        header,
        spans[0],
        header.parent_hash,
        header.time,
        transactions_span=spans[1],
        uncles_span=spans[1],
        total_difficulty=int.from_bytes(total, "little"),
        total_span=spans[3],
    )
    _fill(block, body, receipts, spans)
    return block


def _fill(
    block: RawBlock, body: bytes, receipts: bytes, spans: Sequence[ByteSpan]
) -> None:
    if body == b"\xc2\xc0\xc0":  # most of the first eight thousand
        block.uncles_raw = b"\xc0"
    else:
        is_list, at, end = read_prefix(body, 0, len(body))
        _, listed, middle = read_prefix(body, at, end)
        _, _, uncles_end = read_prefix(body, middle, end)
        if not is_list or uncles_end != len(body):
            raise ReadError("a body has other items", "block-malformed")
        while listed < middle:
            is_list, payload, next_at = read_prefix(body, listed, middle)
            envelope = body[listed if is_list else payload : next_at]
            block.transactions.append(read_envelope(envelope, spans[1]))
            listed = next_at
        block.uncles_raw = body[middle:uncles_end]
        block.uncles = read_uncles(block.uncles_raw)
    found = [] if receipts == b"\xc0" else _receipts(decode_plain(receipts))
    encoded = [receipt_from_rlp(each) for each in found]
    block.receipts = RawReceipts(encoded, spans[2], [spans[2]] * len(encoded))


def _receipts(items: Plain) -> list[bytes]:
    if isinstance(items, bytes):
        raise ReadError("receipts are a list", "receipt-malformed")
    return [each if isinstance(each, bytes) else encode(each) for each in items]


def unpack(packed: bytes) -> bytes:
    """Return what framed Snappy holds.

    Raises:
        ReadError: ``snappy-malformed`` or ``unpacked-too-large``.
    """
    if not packed.startswith(_STREAM):
        raise ReadError("no stream of framed Snappy", "snappy-malformed")
    _demand_size(packed)
    try:
        return bytes(cramjam.snappy.decompress(packed))
    except cramjam.DecompressionError as error:
        raise ReadError(str(error), "snappy-malformed") from error


def _unpack_small(packed: bytes) -> bytes:
    """Return what framed Snappy holds; most early blocks hold the same nothing."""
    if len(packed) > _SMALL_BYTES:
        return unpack(packed)
    return _unpack_again(packed)


@lru_cache(maxsize=64)
def _unpack_again(packed: bytes) -> bytes:
    return unpack(packed)


def _demand_size(packed: bytes) -> None:
    """Refuse a stream that states more than the limit before unpacking it."""
    at, total = len(_STREAM), 0
    while at + 4 <= len(packed):
        size = int.from_bytes(packed[at + 1 : at + 4], "little")
        if packed[at] == 0:  # packed data: behind the checksum stands its full length
            total += _varint(packed, at + 8)
        elif packed[at] == 1:
            total += size
        at += 4 + size
    if at != len(packed):
        raise ReadError("a chunk ends too late", "snappy-malformed")
    if total > MAX_UNPACKED_BYTES:
        raise ReadError(f"{total} bytes", "unpacked-too-large")


def _varint(data: bytes, at: int) -> int:
    value = 0
    for position, byte in enumerate(data[at : at + 5]):
        value |= (byte & 0x7F) << (7 * position)
        if byte < 0x80:
            break
    return value
