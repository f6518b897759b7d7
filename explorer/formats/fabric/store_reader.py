"""Raw block stores of peers and orderers: ``blockfile_NNNNNN``.

``common/ledger/blkstorage`` of Fabric 3.1: a file is a sequence of uvarint length and
record; a record never crosses files; there is no file header, checksum or padding. A
store begun from a snapshot has ``bootstrappingSnapshot.info``. Left out: the LevelDB
index, which holds nothing that the files do not.

Damage is yielded and reading goes on: behind a record whose inner fields do not fit, at
the end of the inner fields when only the outer length is wrong, or at the next bytes
that have the form of a record.
"""

from collections.abc import Iterator, Sequence

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.protobuf import encode_varint, read_varint
from explorer.formats.fabric.records import (
    HASH_BYTES,
    MAX_HEIGHT,
    RawBlock,
    parse_record,
)
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable

FRAMING = "fabric.block-framing"
WINDOW_BYTES = 8 * 2**20
"""How much of a file is held at once; a longer record is read whole."""
MAX_CANDIDATES = 200
"""Places tried as the next record of one file before the rest of it is given up."""
MAX_SIGNATURE_BYTES = 1_024
"""Most bytes that the signature of a plausible envelope takes, its tag included."""
MIN_RECORD_BYTES = 128
"""A record holds two hashes and a signed envelope; so no text begins like a store."""
_LENGTH_BYTES = 10
_HEAD_BYTES = 192
"""Enough for everything in front of the first payload."""

Found = RawBlock | Unreadable


def looks_like_store(head: bytes) -> bool:
    """Return whether ``head`` begins like a block file: length, number, two hashes."""
    return _plausible(head, 0)


def _plausible(data: bytes, at: int) -> bool:
    """Return whether a record seems to begin at ``at``: length, then a body."""
    try:
        length, start = read_varint(data, at, len(data))
    except ReadError:
        return False
    return length >= MIN_RECORD_BYTES and _plausible_body(data, start)


def _plausible_body(data: bytes, at: int) -> bool:
    """Return whether a number, two hashes and a first envelope stand at ``at``."""
    end = len(data)
    try:
        number, after = read_varint(data, at, end)
        hash_size, after = read_varint(data, after, end)
        previous_size, behind = read_varint(data, after + hash_size, end)
        _, after = read_varint(data, behind + previous_size, end)
        envelope_size, start = read_varint(data, after, end)
        payload_size, inside = read_varint(data, start + 1, end)
    except ReadError:
        return False
    is_sized = hash_size == HASH_BYTES and previous_size in (0, HASH_BYTES)
    signature_size = envelope_size - payload_size - (inside - start)
    is_envelope = data[start : start + 1] == b"\x0a" and payload_size > 0
    is_envelope = is_envelope and 0 <= signature_size <= MAX_SIGNATURE_BYTES
    return is_sized and is_envelope and (previous_size == 0) is (number == 0)


def read_record(files: EvidenceFiles, span: ByteSpan) -> RawBlock:
    """Return the block of the record at ``span``, read alone.

    Raises:
        ReadError: If no block can be read there.
    """
    data = files.read(span)
    length, start = read_varint(data, 0, len(data))
    block, _ = parse_record(data, (0, start), len(data))
    block.source, block.base, block.store_length = span.source, span.start, length
    return block


class StoreReader:
    """Reads the block files of one store, in the order of their names."""

    def __init__(self, files: EvidenceFiles, sources: Sequence[int]) -> None:
        """Read nothing yet; ``sources`` are in the order of the file names."""
        self._files = files
        self._sources = sources
        self._next_number = 0
        self._candidates = 0
        self._source = 0
        self._size = 0
        self._base = 0
        self._data = b""

    def __iter__(self) -> Iterator[Found]:
        """Yield blocks and damage from the first file to the last."""
        for source in self._sources:
            self._source = source
            self._size = self._files.evidence.sources[source].size_bytes
            self._base, self._data, self._candidates = 0, b"", 0
            at = 0
            while at < self._size:
                found, end = self._record(at)
                if isinstance(found, RawBlock):
                    found.source, found.base = source, self._base
                    self._next_number = min(found.number, MAX_HEIGHT) + 1
                else:
                    self._next_number += 1
                yield found
                at = end

    def _load(self, at: int, size_bytes: int) -> int:
        """Hold at least ``size_bytes`` from ``at``, and return where it is held."""
        held = self._base <= at and at + size_bytes <= self._base + len(self._data)
        ends_here = self._base + len(self._data) >= self._size and self._base <= at
        if not held and not (ends_here and self._data):
            span = ByteSpan(self._source, at, at + max(size_bytes, WINDOW_BYTES))
            self._base, self._data = at, self._files.read(span)
            if len(self._data) < min(span.end, self._size) - at:
                self._size = at + len(self._data)  # the file became shorter
        return at - self._base

    def _record(self, at: int) -> tuple[Found, int]:
        """Return what begins at ``at`` in the file, and where the next begins."""
        place = self._load(at, _LENGTH_BYTES)
        try:
            length, start = read_varint(self._data, place, len(self._data))
        except ReadError:
            return self._lost(at, -1)
        length_bytes = start - place
        end = at + length_bytes + length
        if length > MAX_RECORD_BYTES or end > self._size:
            return self._resumed(at, length_bytes, -1)
        place = self._load(at, length_bytes + length)
        start = place + length_bytes
        try:
            block, after = parse_record(self._data, (place, start), start + length)
        except ReadError:
            return self._resumed(at, length_bytes, end)
        block.store_length = length
        if after == start + length:
            if length_bytes != len(encode_varint(length)):
                block.fault = "record-not-canonical"
            return block, end
        return self._shorter(block, after, end)

    def _shorter(self, block: RawBlock, after: int, end: int) -> tuple[Found, int]:
        """Answer for a record whose fields end before its stated length does."""
        block.fault = "record-trailing-bytes"
        inner_end = self._base + after
        if not self._begins(end) and self._begins(inner_end):
            block.fault = "record-length-mismatch"
            return block, inner_end
        block.place = (block.place[0], end - self._base)
        return block, end

    def _begins(self, at: int) -> bool:
        """Return whether a record seems to begin at ``at``, or the file ends there."""
        if at == self._size:
            return True
        head = self._files.read(ByteSpan(self._source, at, at + _HEAD_BYTES))
        return at < self._size and _plausible(head, 0)

    def _resumed(self, at: int, length_bytes: int, end: int) -> tuple[Found, int]:
        """Answer for a record that its stated length does not hold."""
        place = self._load(at, min(self._size - at, MAX_RECORD_BYTES))
        start = place + length_bytes
        if _plausible_body(self._data, start):
            try:
                block, after = parse_record(self._data, (place, start), len(self._data))
            except ReadError:
                return self._lost(at, end)
            if self._begins(self._base + after):
                block.fault = "record-length-mismatch"
                return block, self._base + after
        return self._lost(at, end)

    def _lost(self, at: int, end: int) -> tuple[Found, int]:
        """Answer for bytes that are no record; ``end`` is where they should end."""
        if end > at and self._begins(end):
            return self._unreadable("record-malformed", at, end), end
        place = self._load(at, _LENGTH_BYTES)
        is_record = _plausible(self._data, place)
        found = self._search(at + 1)
        if found < self._size:
            return self._unreadable("record-malformed", at, found), found
        reason = "truncated" if is_record else "trailing-bytes"
        return self._unreadable(reason, at, self._size), self._size

    def _unreadable(self, reason: str, start: int, end: int) -> Unreadable:
        span = ByteSpan(self._source, start, end)
        detail = f"{end - start} bytes"
        return Unreadable(FRAMING, reason, span, self._next_number, detail)

    def _search(self, at: int) -> int:
        """Return where the next record begins, the end of the file if none does."""
        wanted = [
            encode_varint(number) + bytes((HASH_BYTES,))
            for number in range(self._next_number, self._next_number + 3)
        ]
        while at < self._size:
            place = self._load(at, min(self._size - at, WINDOW_BYTES))
            hits = (self._data.find(each, place) for each in wanted)
            hit = min((each for each in hits if each >= 0), default=-1)
            if hit < 0:
                at = max(at + 1, self._base + len(self._data) - len(wanted[-1]))
                if self._base + len(self._data) >= self._size:
                    break
                continue
            at = self._base + hit
            begin = self._record_before(at)
            if begin >= 0:
                return begin
            at += 1
        return self._size

    def _record_before(self, at: int) -> int:
        """Return where the record with its body at ``at`` begins, -1 if it is none."""
        lead = min(at, _LENGTH_BYTES)
        size_bytes = min(self._size - at + lead, MAX_RECORD_BYTES)
        body = self._load(at - lead, size_bytes) + lead
        if not _plausible_body(self._data, body) or self._candidates > MAX_CANDIDATES:
            return -1
        self._candidates += 1
        try:
            _, after = parse_record(self._data, (body, body), len(self._data))
        except ReadError:
            return -1
        length = encode_varint(after - body)
        begin = body - len(length)
        if begin < 0 or self._data[begin:body] != length:
            return -1
        return self._base + begin
