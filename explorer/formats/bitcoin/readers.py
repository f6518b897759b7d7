"""Where blocks come from: frames of a store, single blocks, hex, JSON, headers.

Each reader lists its blocks by header (``rows``) and reads one of them in full when
asked (``load``), so that nothing but the headers is kept of a large evidence.
"""

import re
from collections.abc import Iterator
from typing import Protocol

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import hash_function
from explorer.formats.bitcoin import checks
from explorer.formats.bitcoin.json_blocks import json_block, json_spans
from explorer.formats.bitcoin.parsing import read_block
from explorer.formats.bitcoin.records import (
    HEADER_BYTES,
    NOTHING_DECLARED,
    Declared,
    Piece,
    Places,
    RawBlock,
    Transaction,
)
from explorer.formats.bitcoin.scripts import pushed_height
from explorer.formats.bitcoin.store import Frame, StoreFile
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable

PEEK_BYTES = 512
"""How much of a block is read to see the height that its coinbase states."""
_HEX = re.compile(rb"[0-9A-Fa-f]+")
_sha256d = hash_function(HashAlgorithm.SHA256D)


class Row(msgspec.Struct, frozen=True, gc=False):
    """One block of the evidence, by its header."""

    hash: bytes
    parent: bytes
    bits: int
    time_s: int
    reader: int
    """Index of its reader."""
    span: ByteSpan
    has_body: bool
    fault: str = ""
    height: int = -1
    """Height that the export states; -1: none."""


class BlockReader(Protocol):
    """Lists and reads the blocks of one file."""

    is_store: bool
    """A node's own file: it holds every block it received, in the order of arrival."""

    def rows(self, number: int) -> Iterator[Row | Unreadable]:
        """Yield the blocks in file order; ``number`` is the index of this reader."""

    def load(self, row: Row) -> RawBlock:
        """Return a block in full.

        Raises:
            ReadError: If it can no longer be read.
        """

    def content(self, row: Row) -> bytes:
        """Return the bytes of a block, header first, without parsing them.

        Raises:
            ReadError: If it can no longer be read.
        """


def row_of(
    header: bytes, number: int, span: ByteSpan, *, has_body: bool, fault: str = ""
) -> Row:
    """Return the row of a header."""
    return Row(
        _sha256d(header),
        header[4:36],
        int.from_bytes(header[72:76], "little"),
        int.from_bytes(header[68:72], "little"),
        number,
        span,
        has_body,
        fault,
    )


class StoreReader:
    """The frames of one store file."""

    is_store = True

    def __init__(self, store: StoreFile) -> None:
        """Read ``store``."""
        self._store = store

    def rows(self, number: int) -> Iterator[Row | Unreadable]:
        """Yield the frames; a frame too short for a header is damage."""
        source = self._store.source
        for frame in self._store.frames():
            if not isinstance(frame, Frame):
                yield frame
                continue
            span = ByteSpan(source, frame.start, frame.end)
            yield row_of(frame.header, number, span, has_body=True, fault=frame.fault)

    def load(self, row: Row) -> RawBlock:
        """Return the block of a frame."""
        span, data = row.span, self.content(row)
        piece = Piece(0, len(data), span.start, len(data))
        places = Places(span.source, (piece,), span)
        return block_of(data, places, row.fault)

    def content(self, row: Row) -> bytes:
        """Return the plain bytes of a frame."""
        return self._store.read(row.span.start, row.span.end)


class RawReader:
    """A file that is one block, or headers one behind the other."""

    is_store = False

    def __init__(self, files: EvidenceFiles, source: int, *, are_headers: bool) -> None:
        """Read ``source`` as it stands."""
        self._files = files
        self._source = source
        self._size = files.evidence.sources[source].size_bytes
        self._are_headers = are_headers

    def rows(self, number: int) -> Iterator[Row | Unreadable]:
        """Yield the one block, or every header."""
        if self._size > MAX_RECORD_BYTES and not self._are_headers:
            span = ByteSpan(self._source, 0, self._size)
            yield Unreadable(checks.FRAMING, "too-long", span, -1)
            return
        step = HEADER_BYTES if self._are_headers else max(self._size, 1)
        for at in range(0, self._size, step):
            span = ByteSpan(self._source, at, min(at + step, self._size))
            header = self._files.read(ByteSpan(self._source, at, at + HEADER_BYTES))
            if len(header) < HEADER_BYTES:
                yield Unreadable(checks.FRAMING, "truncated", span, -1)
                return
            yield row_of(header, number, span, has_body=span.size_bytes > HEADER_BYTES)

    def load(self, row: Row) -> RawBlock:
        """Return the block or the header."""
        data = self.content(row)
        piece = Piece(0, len(data), row.span.start, len(data))
        return block_of(data, Places(self._source, (piece,), row.span), row.fault)

    def content(self, row: Row) -> bytes:
        """Return the bytes as they stand."""
        return self._files.read(row.span)


class HexReader:
    """A text file of blocks or headers in hex, one behind the other."""

    is_store = False

    def __init__(self, files: EvidenceFiles, source: int) -> None:
        """Read ``source`` when asked."""
        self._files = files
        self._source = source
        self._size = files.evidence.sources[source].size_bytes

    def rows(self, number: int) -> Iterator[Row | Unreadable]:
        """Yield one block for each run of hex digits."""
        whole = ByteSpan(self._source, 0, self._size)
        if self._size > MAX_RECORD_BYTES:
            yield Unreadable(checks.FRAMING, "too-long", whole, -1)
            return
        for found in _HEX.finditer(self._files.read(whole)):
            for start, end in _pieces(found[0]):
                span = ByteSpan(
                    self._source, found.start() + start, found.start() + end
                )
                if span.size_bytes < 2 * HEADER_BYTES or span.size_bytes % 2:
                    yield Unreadable(checks.FRAMING, "truncated", span, -1)
                    continue
                header = _header_at(found[0], start)
                has_body = span.size_bytes > 2 * HEADER_BYTES
                yield row_of(header, number, span, has_body=has_body)

    def load(self, row: Row) -> RawBlock:
        """Return a block written in hex."""
        data = self.content(row)
        piece = Piece(0, len(data), row.span.start, 2 * len(data))
        return block_of(data, Places(self._source, (piece,), row.span), row.fault)

    def content(self, row: Row) -> bytes:
        """Return the bytes that the hex stands for."""
        return _from_hex(self._files.read(row.span), row.span)


class JsonReader:
    """A JSON file: one block, a list, one on each line, or an answer of a node."""

    is_store = False

    def __init__(self, files: EvidenceFiles, source: int) -> None:
        """Read ``source`` when asked."""
        self._files = files
        self._source = source
        self._size = files.evidence.sources[source].size_bytes

    def rows(self, number: int) -> Iterator[Row | Unreadable]:
        """Yield the blocks in file order."""
        whole = ByteSpan(self._source, 0, self._size)
        if self._size > MAX_RECORD_BYTES:
            yield Unreadable(checks.FRAMING, "too-long", whole, -1)
            return
        data = self._files.read(whole)
        try:
            spans = json_spans(data)
        except ReadError as error:
            yield Unreadable(checks.FRAMING, "not-json", whole, -1, str(error))
            return
        for start, end in spans:
            span = ByteSpan(self._source, start, end)
            try:
                found = json_block(data[start:end])
            except ReadError as error:
                yield Unreadable(checks.FORM, error.reason, span, -1, str(error))
                continue
            header = found.data[:HEADER_BYTES]
            row = row_of(header, number, span, has_body=found.has_body)
            yield msgspec.structs.replace(row, height=found.declared.height)

    def load(self, row: Row) -> RawBlock:
        """Return a block written in JSON."""
        found = json_block(self._files.read(row.span))
        pieces = tuple(
            Piece(each.start, each.end, row.span.start + each.at, each.size)
            for each in found.pieces
        )
        block = block_of(found.data, Places(self._source, pieces, row.span), row.fault)
        block.declared = _moved(found.declared, row.span)
        block.spent = found.spent
        return block

    def content(self, row: Row) -> bytes:
        """Return the bytes that the fields stand for."""
        return json_block(self._files.read(row.span)).data


def _moved(declared: Declared, span: ByteSpan) -> Declared:
    """Return the same with places counted from the start of the file."""

    def moved(place: ByteSpan | None) -> ByteSpan | None:
        if place is None:
            return None
        start = span.start
        return ByteSpan(span.source, start + place.start, start + place.end)

    return msgspec.structs.replace(
        declared,
        hash_place=moved(declared.hash_place),
        ids_place=moved(declared.ids_place),
    )


def block_of(data: bytes, places: Places, fault: str = "") -> RawBlock:
    """Return a block from its bytes; what cannot be read is said in it."""
    transactions: list[Transaction] = []
    damage: Unreadable | None = None
    has_body = len(data) > HEADER_BYTES
    if has_body:
        try:
            transactions, end = read_block(data)
            if end != len(data) and not fault:
                damage = _damage("trailing-bytes", places.span(end, len(data)))
        except ReadError as error:
            damage = _damage(error.reason, places.whole, str(error))
            has_body = False
    return RawBlock(
        _sha256d(data[:HEADER_BYTES]),
        data,
        places,
        transactions,
        has_body,
        NOTHING_DECLARED,
        None,
        damage,
        fault,
    )


def _damage(reason: str, span: ByteSpan, detail: str = "") -> Unreadable:
    return Unreadable(checks.FORM, reason, span, -1, detail)


def coinbase_height(block: RawBlock) -> int:
    """Return the height that the coinbase states; -1 if it states none."""
    if not block.transactions or not block.transactions[0].inputs:
        return -1
    _, start, end = block.transactions[0].inputs[0]
    return pushed_height(block.data[start:end])


def _pieces(run: bytes) -> Iterator[tuple[int, int]]:
    """Yield start and end of each block in one run of hex digits.

    A node's REST answer writes headers one behind the other, without a space.
    """
    step = 2 * HEADER_BYTES
    is_many = len(run) >= 2 * step and len(run) % step == 0
    if is_many and _header_at(run, step)[4:36] == _sha256d(_header_at(run, 0)):
        yield from ((at, at + step) for at in range(0, len(run), step))
    else:
        yield 0, len(run)


def _header_at(run: bytes, start: int) -> bytes:
    return bytes.fromhex(run[start : start + 2 * HEADER_BYTES].decode())


def _from_hex(text: bytes, span: ByteSpan) -> bytes:
    try:
        return bytes.fromhex(text.decode("ascii"))
    except ValueError as error:
        raise ReadError("no longer hex", "cannot-read", span) from error
