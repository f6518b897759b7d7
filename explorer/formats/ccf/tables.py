"""The public part of an entry: which tables it writes, key by key.

CCF ``src/kv/generic_serialise_wrapper.h``: entry type, version, claims and evidence
digests if the type has them, greatest conflict, then tables until the end. All integers
are little-endian, lengths have 64 bits. Left out: the encrypted part behind it.
"""

import hashlib
import struct

import msgspec

from explorer.core.errors import ReadError
from explorer.formats.ccf.chunks import FIXED_BYTES, RawEntry

WRITE_SET, SNAPSHOT = 0, 1
WITH_CLAIMS, WITH_EVIDENCE, WITH_BOTH = 2, 3, 4
MAX_TABLES = 10_000
MAX_WRITES = 1_000_000
DIGEST_BYTES = 32
_U64 = struct.Struct("<Q")
_HEAD = struct.Struct("<Bq")
_COUNTS = struct.Struct("<QQQ")
"""Version that was read of a table, how many keys were read and how many written."""

Span = tuple[int, int]


class Table(msgspec.Struct):
    """What an entry writes to one table; places are offsets in the entry."""

    name: str
    writes: list[tuple[Span, Span]] = []
    """(key, value) of each write."""
    removals: list[Span] = []
    end: int = 0


class PublicPart(msgspec.Struct):
    """The public part of an entry, read."""

    kind: int
    version: int
    claims: bytes = b""
    evidence: bytes = b""
    """Digest of the commit evidence."""
    tables: dict[str, Table] = {}
    """Name → what is written, in the order of the entry."""

    def leaf(self, entry: bytes) -> bytes:
        """Return the entry's leaf in the Merkle tree."""
        digest = hashlib.sha256(entry).digest()
        if self.kind in {WRITE_SET, SNAPSHOT}:
            return digest
        return hashlib.sha256(digest + self.evidence + self.claims).digest()


def read_public(entry: RawEntry) -> PublicPart:
    """Return the public part of an entry.

    Raises:
        ReadError: ``public-malformed``.
    """
    data, end = entry.data, entry.public_end
    try:
        part, at = _head(data)
        if part.kind == SNAPSHOT:
            return part
        at += 8  # the greatest version that it may conflict with
        while at < end:
            if len(part.tables) >= MAX_TABLES:
                raise _malformed(f"over {MAX_TABLES} tables")
            table, at = _table(data, at, end)
            if table.name in part.tables:
                raise _malformed("a table stands twice in one entry")
            part.tables[table.name] = table
    except struct.error as error:
        raise _malformed("the public part ends too early") from error
    if at != end:
        raise _malformed("the public part ends inside a table")
    return part


def _head(data: bytes) -> tuple[PublicPart, int]:
    kind, version = _HEAD.unpack_from(data, FIXED_BYTES)
    if kind > WITH_BOTH:
        raise _malformed(f"entry type {kind}")
    part = PublicPart(kind, version)
    at = FIXED_BYTES + _HEAD.size
    if kind in {WITH_CLAIMS, WITH_BOTH}:
        part.claims, at = data[at : at + DIGEST_BYTES], at + DIGEST_BYTES
    if kind in {WITH_EVIDENCE, WITH_BOTH}:
        part.evidence, at = data[at : at + DIGEST_BYTES], at + DIGEST_BYTES
    return part, at


def _table(data: bytes, at: int, end: int) -> tuple[Table, int]:
    """Return the table at ``at`` and where it ends; written out for its speed."""
    size = _U64.unpack_from
    start = at + 8
    at = start + size(data, at)[0]
    if at > end:
        raise _malformed("a name ends behind the public part")
    table = Table(data[start:at].decode("utf-8", "replace"))
    _, reads, writes = _COUNTS.unpack_from(data, at)
    at += _COUNTS.size
    if reads:
        raise _malformed("a table with reads")
    _demand_room(writes, at, end)
    for _ in range(writes):
        key = at + 8
        key_end = key + size(data, at)[0]
        value = key_end + 8
        if value > end:
            raise _malformed("a key ends behind the public part")
        at = value + size(data, key_end)[0]
        if at > end:
            raise _malformed("a value ends behind the public part")
        table.writes.append(((key, key_end), (value, at)))
    removals = size(data, at)[0]
    at += 8
    _demand_room(removals, at, end)
    for _ in range(removals):
        start = at + 8
        at = start + size(data, at)[0]
        if at > end:
            raise _malformed("a key ends behind the public part")
        table.removals.append((start, at))
    table.end = at
    return table, at


def _demand_room(count: int, at: int, end: int) -> None:
    if count > MAX_WRITES or count * 8 > end - at:
        raise _malformed("more keys than there is room for")


def _malformed(what: str) -> ReadError:
    return ReadError(what, "public-malformed")
