"""Chunk files of a CCF ledger: framing, order, the table of positions.

CCF 5 documentation, "Ledger": ``ledger_<first>-<last>.committed``, ``ledger_<first>``
while it is written. File: place of the position table (64 bits, little-endian; 0 while
open), entries, table. Entry: version, flags, 48 bits of size, then that many bytes.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.formats.ccf import checks
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable

NAME = re.compile(
    r"ledger_(\d{1,18})(?:-(\d{1,18}))?(?:\.committed)?(?:\.recovery)?\Z", re.ASCII
)
WINDOW_BYTES = 4 * 2**20
HEADER_BYTES = 8
ENTRY_HEADER_BYTES = 8
FIXED_BYTES = 44
"""Entry header, GCM tag and nonce, and the size of the public part."""
ENTRY_VERSION = 1
MAX_FLAGS = 3
_FIXED = struct.Struct("<16sQIQ")
"""Tag, sequence number, view, size of the public part; behind the entry header."""
_VIEW_MASK = 0x7FFFFFFF
_SIZE = struct.Struct("<Q")


class RawEntry(msgspec.Struct, frozen=True, gc=False):
    """One entry as it stands in its file."""

    seqno: int
    view: int
    data: bytes
    """All bytes, header included: what the tree's leaf is made of."""
    public_end: int
    """Where the public part ends in ``data``; it begins at ``FIXED_BYTES``."""
    source: int
    start: int
    span: ByteSpan
    """Where the entry stands."""

    def place(self, start: int, end: int) -> ByteSpan:
        """Return where some of its bytes stand."""
        return ByteSpan(self.source, self.start + start, self.start + end)


@dataclass(frozen=True, slots=True)
class ChunkEnd:
    """The end of a chunk whose framing holds."""

    source: int
    covered: tuple[ByteSpan, ...]


ChunkItem = RawEntry | Unreadable | ChunkEnd


def looks_like_chunk(head: bytes, size_bytes: int) -> bool:
    """Return whether a file begins like a chunk."""
    if len(head) < HEADER_BYTES + FIXED_BYTES + 9:
        return False
    table = _SIZE.unpack_from(head)[0]
    if table and not HEADER_BYTES < table <= size_bytes:
        return False
    entry = head[HEADER_BYTES:]
    return looks_like_entry(entry, size_bytes - HEADER_BYTES)


def looks_like_entry(head: bytes, size_bytes: int) -> bool:
    """Return whether bytes begin like an entry that states its number twice alike."""
    if len(head) < FIXED_BYTES + 9 or head[0] != ENTRY_VERSION or head[1] > MAX_FLAGS:
        return False
    size = int.from_bytes(head[2:8], "little")
    _, seqno, _, public = _FIXED.unpack_from(head, ENTRY_HEADER_BYTES)
    stated = struct.unpack_from("<Q", head, FIXED_BYTES + 1)[0]
    fits = FIXED_BYTES + public <= ENTRY_HEADER_BYTES + size <= size_bytes
    return fits and head[FIXED_BYTES] <= 4 and stated == seqno


def read_entry(data: bytes, source: int, start: int) -> RawEntry | None:
    """Return the entry that is all of ``data``; ``None`` if it cannot be one."""
    if len(data) < FIXED_BYTES or data[0] != ENTRY_VERSION or data[1] > MAX_FLAGS:
        return None
    _, seqno, view, public = _FIXED.unpack_from(data, ENTRY_HEADER_BYTES)
    end = FIXED_BYTES + public
    if end > len(data) or seqno >= 2**62:
        return None
    span = ByteSpan(source, start, start + len(data))
    return RawEntry(seqno, view & _VIEW_MASK, data, end, source, start, span)


class ChunkReader:
    """Reads one chunk from its first entry to its table."""

    def __init__(self, files: EvidenceFiles, source: int) -> None:
        """Read nothing yet."""
        self._files = files
        self._source = source
        self._size = files.evidence.sources[source].size_bytes
        self._starts: list[int] = []
        self._first = self._last = -1

    def items(self) -> Iterator[ChunkItem]:
        """Yield entries in order, and damage; an end only where the framing holds."""
        source, size = self._source, self._size
        head = self._files.head(source, HEADER_BYTES)
        whole = ByteSpan(source, 0, size)
        if len(head) < HEADER_BYTES:
            yield Unreadable(checks.FRAMING, "truncated", whole, -1)
            return
        table = _SIZE.unpack(head)[0]
        if table and not HEADER_BYTES <= table <= size:
            place = ByteSpan(source, 0, HEADER_BYTES)
            yield Unreadable(checks.FRAMING, "header-malformed", place, -1)
            table = 0
        damage: Unreadable | None = None
        for item in self._entries(table or size):
            damage = item if isinstance(item, Unreadable) else damage
            yield item
        fault = self._fault(table)
        if fault:
            place = ByteSpan(source, table, size) if table else whole
            yield Unreadable(checks.POSITIONS, fault, place, self._last)
        elif damage is None:
            yield ChunkEnd(source, self._covered(table))

    def _entries(self, end: int) -> Iterator[RawEntry | Unreadable]:
        at, window, base = HEADER_BYTES, b"", HEADER_BYTES
        while at < end:
            offset = at - base
            if len(window) - offset < ENTRY_HEADER_BYTES:
                base, offset = at, 0
                window = self._read(at, min(end, at + WINDOW_BYTES))
            size = int.from_bytes(window[offset + 2 : offset + 8], "little")
            stop = at + ENTRY_HEADER_BYTES + size
            fault = self._framing_fault(window[offset : offset + 2], size, stop, end)
            if fault:
                place = ByteSpan(self._source, at, end)
                yield Unreadable(checks.FRAMING, fault, place, self._last + 1)
                return
            if stop - base > len(window):
                base, offset = at, 0
                window = self._read(at, min(end, max(stop, at + WINDOW_BYTES)))
            data = window[offset : offset + stop - at]
            entry = read_entry(data, self._source, at)
            if entry is None:
                place = ByteSpan(self._source, at, stop)
                number = self._last + 1
                yield Unreadable(checks.FRAMING, "entry-malformed", place, number)
                self._last = number
            else:
                self._last = entry.seqno
                yield entry
            if not self._starts:
                self._first = self._last
            self._starts.append(at)
            at = stop

    def _framing_fault(self, head: bytes, size: int, stop: int, end: int) -> str:
        if head[:1] != bytes((ENTRY_VERSION,)):
            return "entry-malformed" if len(head) == 2 else "truncated"
        if size > MAX_RECORD_BYTES:
            return "entry-too-long"
        return "truncated" if stop > end else ""

    def _fault(self, table: int) -> str:
        """Return what is wrong with the table or the name of the file."""
        if table:
            stated = self._read(table, self._size)
            wanted = struct.pack(f"<{len(self._starts)}I", *map(_low, self._starts))
            if stated != wanted:
                return "positions-differ"
        named = NAME.match(self._files.path(self._source).name)
        if named is None or not self._starts:
            return ""
        last = int(named[2]) if named[2] else self._last
        is_fitting = (int(named[1]), last) == (self._first, self._last)
        return "" if is_fitting else "range-differs"

    def _covered(self, table: int) -> tuple[ByteSpan, ...]:
        head = ByteSpan(self._source, 0, HEADER_BYTES)
        tail = ByteSpan(self._source, table, self._size)
        return (head, tail) if table else (head,)

    def _read(self, start: int, end: int) -> bytes:
        return self._files.read(ByteSpan(self._source, start, end))


def _low(value: int) -> int:
    return value & 0xFFFFFFFF
