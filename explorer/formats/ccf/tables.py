"""The public part of an entry: which tables it writes, key by key.

CCF ``src/kv/generic_serialise_wrapper.h``: entry type, version, claims and evidence
digests if the type has them, greatest conflict, then tables until the end. All integers
are little-endian, lengths have 64 bits. Left out: the encrypted part behind it.
"""

import hashlib
import struct
from dataclasses import dataclass, field

from explorer.core.errors import ReadError
from explorer.formats.ccf.chunks import FIXED_BYTES, RawEntry

WRITE_SET, SNAPSHOT = 0, 1
WITH_CLAIMS, WITH_EVIDENCE, WITH_BOTH = 2, 3, 4
MAX_TABLES = 10_000
MAX_WRITES = 1_000_000
DIGEST_BYTES = 32
_U64 = struct.Struct("<Q")
_HEAD = struct.Struct("<Bq")
_COUNTS = struct.Struct("<QQ")
"""Version that was read of a table, and how many keys were read."""

Span = tuple[int, int]


@dataclass(slots=True)
class Table:
    """What an entry writes to one table; places are offsets in the entry."""

    name: str
    writes: list[tuple[Span, Span]] = field(default_factory=list)
    """(key, value) of each write."""
    removals: list[Span] = field(default_factory=list)
    end: int = 0


@dataclass(slots=True)
class PublicPart:
    """The public part of an entry, read."""

    kind: int
    version: int
    claims: bytes = b""
    evidence: bytes = b""
    """Digest of the commit evidence."""
    tables: list[Table] = field(default_factory=list)

    def leaf(self, entry: bytes) -> bytes:
        """Return the entry's leaf in the Merkle tree."""
        digest = hashlib.sha256(entry).digest()
        if self.kind in {WRITE_SET, SNAPSHOT}:
            return digest
        return hashlib.sha256(digest + self.evidence + self.claims).digest()

    def table(self, name: str) -> Table | None:
        """Return what is written to one table."""
        for each in self.tables:
            if each.name == name:
                return each
        return None


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
            part.tables.append(table)
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
    (start, stop), at = _octets(data, at, end)
    name = data[start:stop].decode("utf-8", "replace")
    _, reads = _COUNTS.unpack_from(data, at)
    at += _COUNTS.size
    if reads:
        raise _malformed("a table with reads")
    table = Table(name)
    writes, at = _count(data, at, end)
    for _ in range(writes):
        key, at = _octets(data, at, end)
        value, at = _octets(data, at, end)
        table.writes.append((key, value))
    removals, at = _count(data, at, end)
    for _ in range(removals):
        key, at = _octets(data, at, end)
        table.removals.append(key)
    table.end = at
    return table, at


def _octets(data: bytes, at: int, end: int) -> tuple[Span, int]:
    start = at + 8
    stop = start + _U64.unpack_from(data, at)[0]
    if stop > end:
        raise _malformed("a key or value ends behind the public part")
    return (start, stop), stop


def _count(data: bytes, at: int, end: int) -> tuple[int, int]:
    count = _U64.unpack_from(data, at)[0]
    if count > MAX_WRITES or count * 8 > end - at:
        raise _malformed("more keys than there is room for")
    return count, at + 8


def _malformed(what: str) -> ReadError:
    return ReadError(what, "public-malformed")
