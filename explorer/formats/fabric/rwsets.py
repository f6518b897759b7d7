"""Read and write sets of transactions.

``ledger/rwset/rwset.proto`` and ``kvrwset/kv_rwset.proto`` of Fabric 3.1. Keys stay
bytes (UTF-8), because the peer sorts them by bytes; hashed collections have keys that
are hashes. Left out: private values, which are not in blocks.
"""

import msgspec

from explorer.core.errors import ReadError
from explorer.encodings.protobuf import pair, read_varint, scan, scan_map

Version = tuple[int, int]
"""(block, transaction) that last wrote a key."""
Read = tuple[bytes, Version | None]
"""Key and version; ``None``: the key did not exist."""

NO_PLACE = (0, 0)
MAX_REMEMBERED_BYTES = 256
MAX_REMEMBERED = 4_096


class Write(msgspec.Struct, gc=False):
    """A key written or deleted."""

    key: bytes
    is_delete: bool
    start: int
    """Where the value is, or its hash in a collection."""
    end: int
    place: tuple[int, int]
    """Where the whole write is."""


class RangeQuery(msgspec.Struct, gc=False):
    """A range of keys that was read."""

    start_key: bytes
    end_key: bytes
    """Exclusive, unless the reader stopped there; empty: no end."""
    is_exhausted: bool
    reads: list[Read]
    """What was seen, unless it is summarised."""
    degree: int = 0
    """Most results or hashes on one level of the summary; 0: not summarised."""
    level: int = 0
    hashes: tuple[bytes, ...] = ()


class MetadataWrite(msgspec.Struct, gc=False):
    """Metadata of a key, replaced as a whole."""

    key: bytes
    entries: dict[str, bytes]


class Collection(msgspec.Struct, gc=False):
    """What a transaction did in a private collection, as hashes."""

    name: str
    reads: list[Read]
    writes: list[Write]
    metadata: list[MetadataWrite]


class Space(msgspec.Struct, gc=False):
    """What a transaction did in one namespace."""

    name: str
    reads: list[Read]
    ranges: list[RangeQuery]
    writes: list[Write]
    metadata: list[MetadataWrite]
    collections: list[Collection]

    def has_writes(self) -> bool:
        """Return whether the transaction writes here, metadata and hashes included."""
        if self.writes or self.metadata:
            return True
        return any(each.writes or each.metadata for each in self.collections)


class RwsetParser:
    """Parses read and write sets; small ones without writes are parsed once.

    Every call of a chaincode reads its definition's sequence: the same bytes in almost
    every transaction.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[bytes, Space] = {}

    def parse(self, data: bytes, start: int, end: int) -> list[Space]:
        """Return the namespaces of a ``TxReadWriteSet``.

        Raises:
            ReadError: If it, or a message in it, cannot be read.
        """
        try:
            return [
                self._space(data, first, last)
                for tag, first, last in scan(data, start, end)
                if tag == 0x12
            ]
        except UnicodeDecodeError as error:
            raise ReadError("a key or name is not UTF-8") from error

    def _space(self, data: bytes, start: int, end: int) -> Space:
        if end - start > MAX_REMEMBERED_BYTES:
            return _space(data, start, end)
        exact = data[start:end]
        known = self._known.get(exact)
        if known is None:
            known = _space(data, start, end)
            if not known.has_writes():  # places would be those of another block
                if len(self._known) >= MAX_REMEMBERED:
                    self._known.clear()
                self._known[exact] = known
        return known


def _space(data: bytes, start: int, end: int) -> Space:
    space = Space("", [], [], [], [], [])
    for tag, first, last in scan(data, start, end):
        if tag == 0x0A:
            space.name = data[first:last].decode()
        elif tag == 0x12:
            _public(data, first, last, space)
        elif tag == 0x1A:
            space.collections.append(_collection(data, first, last))
    return space


def _public(data: bytes, start: int, end: int, space: Space) -> None:
    reads, writes = space.reads, space.writes
    for tag, first, last in scan(data, start, end):
        if tag == 0x0A:
            reads.append(_read(data, first, last))
        elif tag == 0x1A:
            writes.append(_write(data, first, last))
        elif tag == 0x12:
            space.ranges.append(_range(data, first, last))
        elif tag == 0x22:
            space.metadata.append(_metadata(data, first, last))
    for key, _ in reads:
        key.decode()
    for write in writes:
        write.key.decode()


def _collection(data: bytes, start: int, end: int) -> Collection:
    found = Collection("", [], [], [])
    for tag, first, last in scan(data, start, end):
        if tag == 0x0A:
            found.name = data[first:last].decode()
        elif tag == 0x12:
            _hashed(data, first, last, found)
    return found


def _hashed(data: bytes, start: int, end: int, found: Collection) -> None:
    for tag, first, last in scan(data, start, end):
        if tag == 0x0A:
            found.reads.append(_read(data, first, last))
        elif tag == 0x12:
            found.writes.append(_write(data, first, last))
        elif tag == 0x1A:
            found.metadata.append(_metadata(data, first, last))


def _read(data: bytes, start: int, end: int) -> Read:
    at, middle, first, last = pair(data, start, end)
    key = data[at:middle]
    if last == start:  # no version; an empty one would stand behind its tag
        return key, None
    return key, _version(data, first, last)


def _version(data: bytes, start: int, end: int) -> Version:
    """Return a ``Version``; block and transaction in this order are read at once."""
    if end - start > 1 and data[start] == 0x08:
        block, at = read_varint(data, start + 1, end)
        if at == end:
            return block, 0
        if data[at] == 0x10:
            position, at = read_varint(data, at + 1, end)
            if at == end:
                return block, position
    inner = scan_map(data, start, end)
    return inner.get(0x08, NO_PLACE)[0], inner.get(0x10, NO_PLACE)[0]


def _write(data: bytes, start: int, end: int) -> Write:
    fields = scan_map(data, start, end)
    key = fields.get(0x0A, NO_PLACE)
    value = fields.get(0x1A, (end, end))
    # An empty value deletes too: rwsetutil.IsKVWriteDelete.
    is_delete = fields.get(0x10, NO_PLACE)[0] != 0 or value[0] == value[1]
    return Write(data[key[0] : key[1]], is_delete, *value, (start, end))


def _metadata(data: bytes, start: int, end: int) -> MetadataWrite:
    found = MetadataWrite(b"", {})
    for tag, first, last in scan(data, start, end):
        if tag == 0x0A:
            found.key = data[first:last]
        elif tag == 0x12:
            entry = scan_map(data, first, last)
            name = entry.get(0x0A, NO_PLACE)
            value = entry.get(0x12, NO_PLACE)
            text = data[name[0] : name[1]].decode()
            found.entries[text] = data[value[0] : value[1]]
    return found


def _range(data: bytes, start: int, end: int) -> RangeQuery:
    fields = scan_map(data, start, end)
    first = fields.get(0x0A, NO_PLACE)
    last = fields.get(0x12, NO_PLACE)
    query = RangeQuery(
        data[first[0] : first[1]],
        data[last[0] : last[1]],
        fields.get(0x18, NO_PLACE)[0] != 0,
        [],
    )
    if 0x2A in fields:
        summary = scan(data, *fields[0x2A])
        query.degree = next((a for tag, a, _ in summary if tag == 0x08), 0)
        query.level = next((a for tag, a, _ in summary if tag == 0x10), 0)
        query.hashes = tuple(data[a:b] for tag, a, b in summary if tag == 0x1A)
        query.degree = query.degree or -1
    elif 0x22 in fields:
        query.reads = [
            _read(data, a, b) for tag, a, b in scan(data, *fields[0x22]) if tag == 0x0A
        ]
    return query
