"""The bytes of one file, plain or packed with gzip.

RFC 1952. A packed file is unpacked into memory, within limits on size and ratio: bytes
inside it have no place of their own in the evidence, so each place is all behind its
header.
"""

import zlib

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.formats.opening import EvidenceFiles

GZIP_MAGIC = b"\x1f\x8b\x08"
MAX_UNPACKED_BYTES = 400 * 2**20
"""Most bytes that a packed file may hold."""
MAX_RATIO = 100
"""Most bytes for one packed byte, above ``FREE_BYTES``."""
FREE_BYTES = 2**20
HEADER_BYTES = 10
"""Of a gzip file; they say when and where it was packed, which nothing checks."""
_STEP_BYTES = 2**20
_HEAD_STEP = 64


class Octets:
    """Reads one file of the evidence by offset."""

    def __init__(self, files: EvidenceFiles, source: int) -> None:
        """Unpack the file if it is packed.

        Raises:
            ReadError: ``gzip-malformed`` or ``unpacked-too-large``.
        """
        self._files = files
        self.source = source
        self.packed_bytes = files.evidence.sources[source].size_bytes
        self._unpacked = b""
        self.is_packed = files.head(source, 3) == GZIP_MAGIC
        self.size = self.packed_bytes
        if self.is_packed:
            packed = files.read(ByteSpan(source, 0, self.packed_bytes))
            self._unpacked = unpack(packed)
            self.size = len(self._unpacked)

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes between two offsets, fewer if the file ends before."""
        if self.is_packed:
            return self._unpacked[start:end]
        return self._files.read(ByteSpan(self.source, start, end))

    def span(self, start: int, end: int) -> ByteSpan:
        """Return the place of bytes in the evidence."""
        if self.is_packed:
            return ByteSpan(self.source, HEADER_BYTES, self.packed_bytes)
        return ByteSpan(self.source, start, end)

    def done(self, offset: int) -> int:
        """Return how many bytes of the file lie before an offset, about."""
        if self.is_packed:
            return self.packed_bytes * offset // max(self.size, 1)
        return offset


def unpack(packed: bytes) -> bytes:
    """Return what a gzip file of one or more members holds.

    Raises:
        ReadError: ``gzip-malformed``, ``gzip-truncated`` or ``unpacked-too-large``.
    """
    out: list[bytes] = []
    total, rest = 0, packed
    while rest:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            try:
                part = member.decompress(rest, _STEP_BYTES)
            except zlib.error as error:
                raise ReadError(str(error), "gzip-malformed") from error
            total += len(part)
            if total > min(MAX_UNPACKED_BYTES, FREE_BYTES + MAX_RATIO * len(packed)):
                raise ReadError(f"over {total} bytes", "unpacked-too-large")
            out.append(part)
            rest = member.unconsumed_tail
            if not part and not rest and not member.eof:
                raise ReadError("the file ends too early", "gzip-truncated")
        rest = member.unused_data
    return b"".join(out)


def unpack_head(packed: bytes) -> bytes:
    """Return what the beginning of a gzip file holds, as far as it can be read."""
    member = zlib.decompressobj(wbits=31)
    out = b""
    for at in range(0, len(packed), _HEAD_STEP):
        try:
            out += member.decompress(packed[at : at + _HEAD_STEP], _STEP_BYTES)
        except zlib.error:
            break
    return out
