"""Block files of a node: ``blk?????.dat``, also obfuscated; ``bootstrap.dat`` too.

Bitcoin Core 29, ``src/node/blockstorage.cpp``: magic bytes, length, block; zeros where
space was set aside. Since version 28 the bytes of ``blk`` and ``rev`` files are
combined (exclusive or) with the eight bytes of ``xor.dat``, by their place in the file.
Without that file the key is worked out from what the first frame must hold, and taken
only if the header found with it has done its work.

Damage: where no frame begins, reading goes on at the next magic bytes.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.crypto.bitcoin_headers import is_worked
from explorer.encodings.bitcoin_headers import target_of
from explorer.formats.bitcoin import checks
from explorer.formats.bitcoin.networks import BY_MAGIC, NETWORKS, Network
from explorer.formats.bitcoin.parsing import read_block
from explorer.formats.bitcoin.records import HEADER_BYTES
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable

KEY_BYTES: Final = 8
FRAME_HEAD: Final = 8
_SEARCH_BYTES = 2**20
_GENESIS_LENGTH = (285).to_bytes(4, "little")


class Frame(msgspec.Struct, frozen=True, gc=False):
    """One frame of a file: where its block stands, and its header."""

    start: int
    end: int
    header: bytes
    fault: str
    """Reason why the length before the block is wrong; mostly empty."""


class StoreFile:
    """One file of frames; reads through the obfuscation."""

    def __init__(
        self, files: EvidenceFiles, source: int, magic: bytes, key: bytes
    ) -> None:
        """Read ``source``; an empty key is none."""
        self._files = files
        self.source = source
        self.magic = magic
        self._key = key if any(key) else b""
        self.size = files.evidence.sources[source].size_bytes

    def read(self, start: int, end: int) -> bytes:
        """Return plain bytes, fewer if the file ends before.

        Raises:
            ReadError: If the file can no longer be read.
        """
        data = self._files.read(ByteSpan(self.source, start, end))
        return uncovered(data, self._key, start) if self._key else data

    def frames(self) -> Iterator[Frame | Unreadable]:
        """Yield the frames in file order; damage between them is part of them.

        Raises:
            ReadError: If the file can no longer be read.
        """
        at = 0
        while at < self.size:
            head = self.read(at, at + FRAME_HEAD + HEADER_BYTES)
            if head[:4] != self.magic:
                found, is_empty = self._next_frame(at)
                if not is_empty:
                    yield self._stray(at, found)
                at = found
                continue
            if len(head) < FRAME_HEAD + HEADER_BYTES:
                yield self._damage("truncated", at, self.size)
                return
            start = at + FRAME_HEAD
            end = start + int.from_bytes(head[4:8], "little")
            fault = self._length_fault(start, end)
            if fault:
                end, _ = self._next_frame(start + HEADER_BYTES)
            yield Frame(start, end, head[FRAME_HEAD:], fault)
            at = end

    def _length_fault(self, start: int, end: int) -> str:
        if not HEADER_BYTES < end - start <= MAX_RECORD_BYTES:
            return "frame-length-impossible"
        if end > self.size:
            return "frame-beyond-end"
        behind = self.read(end, end + 4)
        if behind == self.magic[: len(behind)] or not behind.strip(b"\x00"):
            return ""
        return "" if self._is_block(start, end) else "frame-length-differs"

    def _is_block(self, start: int, end: int) -> bool:
        """Return whether a whole block stands there: what follows is stray then."""
        try:
            return read_block(self.read(start, end))[1] == end - start
        except ReadError:
            return False

    def _next_frame(self, at: int) -> tuple[int, bool]:
        """Return where the next magic bytes or the end are; whether all is zero."""
        is_empty = True
        while at < self.size:
            data = self.read(at, at + _SEARCH_BYTES)
            found = data.find(self.magic)
            if found >= 0:
                return at + found, is_empty and not data[:found].strip(b"\x00")
            is_empty = is_empty and not data.strip(b"\x00")
            if at + len(data) >= self.size or not data:
                break
            at += len(data) - 3
        return self.size, is_empty

    def _stray(self, start: int, end: int) -> Unreadable:
        is_tail = end >= self.size
        return self._damage("trailing-bytes" if is_tail else "stray-bytes", start, end)

    def _damage(self, reason: str, start: int, end: int) -> Unreadable:
        span = ByteSpan(self.source, start, end)
        return Unreadable(checks.FRAMING, reason, span, -1, f"{end - start} bytes")


def uncovered(data: bytes, key: bytes, start: int) -> bytes:
    """Return bytes that stand at ``start`` of a file, combined with the key."""
    turned = key[start % KEY_BYTES :] + key[: start % KEY_BYTES]
    mask = (turned * (len(data) // KEY_BYTES + 1))[: len(data)]
    number = int.from_bytes(data, "little") ^ int.from_bytes(mask, "little")
    return number.to_bytes(len(data), "little")


def recognised(head: bytes, key: bytes) -> tuple[Network, bytes] | None:
    """Return the network and the key of a file that begins with ``head``.

    ``key`` is that of ``xor.dat``, empty without one.
    """
    plain = BY_MAGIC.get(head[:4])
    if plain is not None:
        return plain, b""
    if len(key) == KEY_BYTES:
        network = BY_MAGIC.get(uncovered(head[:4], key, 0))
        return (network, key) if network is not None else None
    return _recovered(head)


def _recovered(head: bytes) -> tuple[Network, bytes] | None:
    """Work the key out from the magic bytes and what must stand behind them.

    Bytes 4 to 7 are the length of the first block of all, or, with the difficulty of
    later years, bytes of the parent's hash that are zero.
    """
    if len(head) < FRAME_HEAD + HEADER_BYTES:
        return None
    for network in NETWORKS:
        first = _combined(head[:4], network.magic)
        for second in (_combined(head[4:8], _GENESIS_LENGTH), head[36:40]):
            key = first + second
            header = uncovered(head[:88], key, 0)[FRAME_HEAD:]
            target = target_of(int.from_bytes(header[72:76], "little"))
            is_possible = target is not None and target <= network.limit
            is_zero = not header[32:36].strip(b"\x00")
            if is_possible and is_zero and is_worked(header):
                return network, key
    return None


def _combined(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
