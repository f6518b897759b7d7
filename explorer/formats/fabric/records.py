"""Blocks as they lie in a file: header, envelopes and metadata, each with its place.

Raw store: ``common/ledger/blkstorage/block_serialization.go`` of Fabric 3.1 (data hash
before previous hash, no message around it). Single block: ``common.Block`` of
``common/common.proto``. Header hash: ``BlockHeaderBytes`` of ``protoutil`` (DER of
number, previous hash, data hash). Left out: everything inside an envelope.
"""

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_ENTRIES_PER_BLOCK
from explorer.core.spans import ByteSpan
from explorer.encodings import protobuf
from explorer.encodings.der import encode_integer
from explorer.encodings.protobuf import content, encode_bytes, read_varint, scan

HASH_BYTES = 32
MAX_HEIGHT = 2**62
"""No ledger is that long; a larger number is taken for a damaged one."""
MAX_METADATA_SLOTS = 64

Place = tuple[int, int]
"""Start and end in the buffer of the block."""


class RawBlock(msgspec.Struct, gc=False):
    """One block of a file, not yet looked into."""

    data: bytes
    """The buffer that all places refer to; other blocks may share it."""
    source: int
    base: int
    """Offset of the buffer in the file."""
    place: Place
    number: int
    data_hash: bytes
    previous_hash: bytes
    number_place: Place
    data_hash_place: Place
    previous_hash_place: Place
    envelopes: list[Place]
    metadata: list[Place]
    header: bytes
    """The DER that is hashed and, with the metadata value, signed by the orderers."""
    is_exact: bool = True
    """False when the bytes were made from JSON: places in the file are not known."""
    fault: str = ""
    """Reason of a framing fault that did not keep the block from being read."""
    can_rehash: bool = True
    """False for a configuration block made from JSON, whose maps lost their order."""
    store_length: int = -1
    """Length that the store states for the record, -1 outside a store."""

    def span(self, start: int, end: int) -> ByteSpan:
        """Return the place in the file of a range of the buffer."""
        if self.is_exact:
            return ByteSpan(self.source, self.base + start, self.base + end)
        return ByteSpan(self.source, 0, self.base)

    @property
    def whole(self) -> ByteSpan:
        """Return the place of the whole block."""
        return self.span(*self.place)

    @property
    def header_span(self) -> ByteSpan:
        """Return the place of number, data hash and previous hash together."""
        places = (self.number_place, self.data_hash_place, self.previous_hash_place)
        return self.span(
            min(start for start, _ in places), max(end for _, end in places)
        )

    def slot(self, index: int) -> bytes:
        """Return a metadata slot, empty if the block does not have it."""
        if index >= len(self.metadata):
            return b""
        start, end = self.metadata[index]
        return self.data[start:end]

    def slot_place(self, index: int) -> Place:
        """Return where a metadata slot is; the whole block if it is not there."""
        if index < len(self.metadata):
            return self.metadata[index]
        return self.place


def header_der(number: int, previous_hash: bytes, data_hash: bytes) -> bytes:
    """Return the bytes whose SHA-256 is the block's hash."""
    hashes = b"\x04" + _der_length(previous_hash) + b"\x04" + _der_length(data_hash)
    body = encode_integer(number) + hashes
    return b"\x30" + _der_length(body)


def _der_length(value: bytes) -> bytes:
    """Return DER length and content."""
    size = len(value)
    if size < 0x80:
        return bytes((size,)) + value
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(octets),)) + octets + value


def parse_record(data: bytes, place: Place, end: int) -> tuple[RawBlock, int]:
    """Read the record body of a store from ``place[1]``, and return where it ends.

    ``place`` is where the record's length field begins and ends; ``end`` is the last
    byte that may be used.

    Raises:
        ReadError: ``truncated``, ``malformed`` or ``too-many`` with the place reached.
    """
    start, at = place
    number, after_number = read_varint(data, at, end)
    data_hash = _sized(data, after_number, end)
    previous_hash = _sized(data, data_hash[1], end)
    envelopes, after = _list(data, previous_hash[1], end, MAX_ENTRIES_PER_BLOCK)
    metadata, after = _list(data, after, end, MAX_METADATA_SLOTS)
    first = data[data_hash[0] : data_hash[1]]
    second = data[previous_hash[0] : previous_hash[1]]
    sizes = [data_hash, previous_hash, *envelopes, *metadata]
    least = _varint_size(number) + _varint_size(len(envelopes))
    least += _varint_size(len(metadata))
    least += sum(_varint_size(b - a) + b - a for a, b in sizes)
    block = RawBlock(
        data,
        0,
        0,
        (start, after),
        number,
        first,
        second,
        (at, after_number),
        data_hash,
        previous_hash,
        envelopes,
        metadata,
        header_der(number, second, first),
        fault="" if least == after - at else "record-not-canonical",
    )
    return block, after


def _varint_size(value: int) -> int:
    return (value.bit_length() + 6) // 7 or 1


def _sized(data: bytes, at: int, end: int) -> Place:
    size, start = read_varint(data, at, end)
    if start + size > end:
        raise ReadError("bytes end behind the record", "truncated", _at(at, end))
    return start, start + size


def _list(data: bytes, at: int, end: int, limit: int) -> tuple[list[Place], int]:
    count, at = read_varint(data, at, end)
    if count > limit:
        raise ReadError(f"{count} elements", "too-many", _at(at, end))
    found: list[Place] = []
    for _ in range(count):
        place = _sized(data, at, end)
        found.append(place)
        at = place[1]
    return found, at


def _at(start: int, end: int) -> ByteSpan:
    return ByteSpan(0, start, max(start, end))


def parse_block_message(data: bytes) -> RawBlock:
    """Read a ``common.Block``.

    Raises:
        ReadError: ``malformed``, ``truncated`` or ``too-many``.
    """
    fields = scan(data, 0, len(data))
    by_tag = {tag: (start, end) for tag, start, end in fields}
    header_place = by_tag.get(0x0A)
    data_place = by_tag.get(0x12)
    if header_place is None or data_place is None:
        raise ReadError("no block header or no block data", "malformed")
    header = scan(data, *header_place)
    envelopes = _repeated(data, data_place, MAX_ENTRIES_PER_BLOCK)
    metadata_place = by_tag.get(0x1A, (len(data), len(data)))
    metadata = _repeated(data, metadata_place, MAX_METADATA_SLOTS)
    places = {tag: (start, end) for tag, start, end in header}
    previous_hash = content(data, header, 0x12)
    data_hash = content(data, header, 0x1A)
    number = protobuf.number(header, 0x08)
    block = RawBlock(
        data,
        0,
        0,
        (0, len(data)),
        number,
        data_hash,
        previous_hash,
        header_place,
        places.get(0x1A, header_place),
        places.get(0x12, header_place),
        envelopes,
        metadata,
        header_der(number, previous_hash, data_hash),
    )
    is_bare = 0x1A not in by_tag
    if _repacked(block, is_bare=is_bare) != data:
        block.fault = "block-not-canonical"
    return block


def _repeated(data: bytes, place: Place, limit: int) -> list[Place]:
    found = [(start, end) for tag, start, end in scan(data, *place) if tag == 0x0A]
    if len(found) > limit:
        raise ReadError(f"{len(found)} elements", "too-many")
    return found


def _repacked(block: RawBlock, *, is_bare: bool) -> bytes:
    """Return the block as Fabric would write it again."""
    data = block.data
    envelopes = [data[start:end] for start, end in block.envelopes]
    metadata = [data[start:end] for start, end in block.metadata]
    header = (block.number, block.previous_hash, block.data_hash)
    message = block_message(header, envelopes, metadata)
    return message[: -len(encode_bytes(3, b""))] if is_bare else message


def block_message(
    header: tuple[int, bytes, bytes], envelopes: list[bytes], metadata: list[bytes]
) -> bytes:
    """Return a ``common.Block``; ``header`` is number, previous hash, data hash."""
    number, previous_hash, data_hash = header
    head = protobuf.encode_integer(1, number)
    head += encode_bytes(2, previous_hash) if previous_hash else b""
    head += encode_bytes(3, data_hash) if data_hash else b""
    body = b"".join(encode_bytes(1, each) for each in envelopes)
    slots = b"".join(encode_bytes(1, each) for each in metadata)
    return encode_bytes(1, head) + encode_bytes(2, body) + encode_bytes(3, slots)
