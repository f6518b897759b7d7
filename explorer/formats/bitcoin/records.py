"""Blocks and transactions as parsed: positions in bytes, nothing judged.

Bitcoin Core 29, ``src/primitives/transaction.h`` and BIP-144 (witness serialisation).
Positions count bytes of ``RawBlock.data``; ``Places`` says where these stand in the
evidence, which may hold them as they are, obfuscated or written in hex.
"""

from bisect import bisect_right

import msgspec

from explorer.core.spans import ByteSpan
from explorer.model.blocks import Unreadable

HEADER_BYTES = 80
NULL_OUTPOINT = bytes(32) + b"\xff\xff\xff\xff"
"""What the input of a coinbase spends."""


class Transaction(msgspec.Struct, gc=False):
    """One transaction; all numbers are positions in the block's bytes."""

    start: int
    end: int
    inputs_start: int
    """Of the number of inputs, behind the marker of a witness."""
    outputs_start: int
    """Of the number of outputs."""
    outputs_end: int
    inputs: list[tuple[int, int, int]]
    """(outpoint, start of the script, end of the script); a sequence follows."""
    outputs: list[tuple[int, int, int]]
    """(value, start of the script, end of the script)."""
    witnesses: list[list[tuple[int, int]]]
    """For each input its items; empty where no input has any."""
    txid: bytes


class Spent(msgspec.Struct, frozen=True, gc=False):
    """An output that an input spends."""

    value: int
    script: bytes
    block: int
    """Height of the block that made it; -1: unknown."""
    entry: int
    """Position of the transaction that made it; -1: unknown."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Some bytes of the block that stand together in the evidence."""

    start: int
    end: int
    at: int
    """Offset in the source."""
    size: int
    """Bytes of the source: as many, twice as many for hex, or a number as text."""


class Places(msgspec.Struct, frozen=True, gc=False):
    """Where the bytes of a block stand in the evidence."""

    source: int
    pieces: tuple[Piece, ...]
    whole: ByteSpan
    """Given for bytes that stand nowhere."""

    def span(self, start: int, end: int) -> ByteSpan:
        """Return the place of some bytes; of parts that lie apart, the largest."""
        pieces = self.pieces
        index = 0
        if len(pieces) > 1:
            index = bisect_right(pieces, start, key=_start_of) - 1
        if index < 0 or not pieces:
            return self.whole
        piece = pieces[index]
        if end > piece.end:
            return self._largest(start, end)
        if (start, end) == (piece.start, piece.end):
            return ByteSpan(self.source, piece.at, piece.at + piece.size)
        scale = piece.size // (piece.end - piece.start)
        at = piece.at - piece.start * scale
        return ByteSpan(self.source, at + start * scale, at + end * scale)

    def _largest(self, start: int, end: int) -> ByteSpan:
        inside = [e for e in self.pieces if start <= e.start and e.end <= end]
        if not inside:
            return self.whole
        best = max(inside, key=_size_of)
        return ByteSpan(self.source, best.at, best.at + best.size)


def _start_of(piece: Piece) -> int:
    return piece.start


def _size_of(piece: Piece) -> int:
    return piece.size


class Declared(msgspec.Struct, frozen=True, gc=False):
    """What a JSON export says about a block besides its bytes."""

    block_hash: bytes = b""
    height: int = -1
    txids: tuple[bytes, ...] = ()
    wtxids: tuple[bytes, ...] = ()
    entry_count: int = -1
    hash_place: ByteSpan | None = None
    ids_place: ByteSpan | None = None
    """Where the list of ids stands that is there instead of transactions."""
    listed: int = -1
    """Transactions or ids that the export lists; -1: it has no list."""


NOTHING_DECLARED = Declared()


class RawBlock(msgspec.Struct, gc=False):
    """One block as read."""

    hash: bytes
    data: bytes
    """Header and transactions, or the header alone."""
    places: Places
    transactions: list[Transaction]
    has_body: bool
    """Whether the evidence holds the transactions and not only the header."""
    declared: Declared = NOTHING_DECLARED
    spent: list[Spent | None] | None = None
    """What the inputs spend, in order without the coinbase, where the export says."""
    damage: Unreadable | None = None
    """Why the transactions could not be read."""
    frame_fault: str = ""
    """Why the length before the block is wrong."""

    @property
    def header(self) -> bytes:
        """Return the 80 bytes whose hash is the block's."""
        return self.data[:HEADER_BYTES]

    @property
    def span(self) -> ByteSpan:
        """Return where the whole block stands."""
        return self.places.whole


def shown(value: bytes) -> str:
    """Return a hash as Bitcoin programs print it: backwards, in hex."""
    return value[::-1].hex()
