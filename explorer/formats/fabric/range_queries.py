"""Phantom reads: a range of keys must still hold what the transaction saw in it.

``core/ledger/kvledger/txmgmt/validation/rangequery_validator.go`` and
``rwsetutil/query_results_helper.go`` of Fabric 3.1. Many results are recorded as a
summary: hashes of groups of ``degree + 1`` results, hashed again level by level. Left
out: rich queries, which Fabric does not check at commit either.
"""

import hashlib
from collections.abc import Iterator

from explorer.encodings.protobuf import encode_bytes, encode_integer
from explorer.formats.fabric.rwsets import RangeQuery, Read, Version
from explorer.formats.fabric.state import BlockUpdates, WorldState

MIN_DEGREE = 2


def still_holds(
    query: RangeQuery, space: str, state: WorldState, updates: BlockUpdates
) -> bool:
    """Return whether running the query again gives what it gave."""
    results = _results(query, space, state, updates)
    if query.degree:
        return _summary_holds(query, results)
    for read in query.reads:
        if next(results, None) != read:
            return False
    return next(results, None) is None


def _results(
    query: RangeQuery, space: str, state: WorldState, updates: BlockUpdates
) -> Iterator[Read]:
    """Yield key and version from committed state and this block's updates, in order."""
    start, end = query.start_key, query.end_key
    with_end = not query.is_exhausted
    committed = state.public(space)
    changes = updates.public.get(space, {})
    found = state.sorted_keys(space).between(start, end, with_end=with_end)
    fresh = sorted(
        key
        for key in changes
        if key not in committed
        and start <= key
        and (not end or key < end or (with_end and key == end))
    )
    for key in _merged(found, fresh):
        update = changes.get(key)
        if update is None:
            yield key, committed[key].version
        elif not update.is_delete:
            yield key, update.version


def _merged(first: Iterator[bytes], second: list[bytes]) -> Iterator[bytes]:
    if not second:
        yield from first
        return
    at = 0
    for key in first:
        while at < len(second) and second[at] < key:
            yield second[at]
            at += 1
        yield key
    yield from second[at:]


def _summary_holds(query: RangeQuery, results: Iterator[Read]) -> bool:
    if query.degree < MIN_DEGREE:
        return False
    summary = MerkleSummary(query.degree)
    for read in results:
        summary.add(read)
        if len(summary.hashes()) > len(query.hashes) and summary.level >= query.level:
            return False
    summary.finish()
    return (summary.level, summary.hashes()) == (query.level, list(query.hashes))


class MerkleSummary:
    """Builds the summary of a range query's results."""

    def __init__(self, degree: int) -> None:
        """Begin with no result; groups have ``degree + 1`` members."""
        self._degree = degree
        self._pending: list[Read] = []
        self._tree: dict[int, list[bytes]] = {}
        self.level = 1

    def add(self, read: Read) -> None:
        """Take the next result."""
        self._pending.append(read)
        if len(self._pending) > self._degree:
            self._hash_pending()

    def hashes(self) -> list[bytes]:
        """Return the hashes of the highest level."""
        return self._tree.get(self.level, [])

    def finish(self) -> None:
        """Fold the levels upward; few results leave no hash at all."""
        if self.level == 1 and not self.hashes():
            return
        if self._pending:
            self._hash_pending()
        for level in range(1, self.level):
            hashes = self._tree.pop(level, [])
            if hashes:
                above = hashes[0] if len(hashes) == 1 else _joined(hashes)
                self._tree.setdefault(level + 1, []).append(above)
        if len(self.hashes()) > self._degree:
            hashes = self._tree.pop(self.level)
            self.level += 1
            self._tree[self.level] = [_joined(hashes)]

    def _hash_pending(self) -> None:
        body = b"".join(encode_bytes(1, encode_read(each)) for each in self._pending)
        self._pending = []
        self._tree.setdefault(1, []).append(hashlib.sha256(body).digest())
        level = 1
        while len(self._tree[level]) > self._degree:
            hashes = self._tree.pop(level)
            level += 1
            self._tree.setdefault(level, []).append(_joined(hashes))
            self.level = max(self.level, level)


def _joined(hashes: list[bytes]) -> bytes:
    return hashlib.sha256(b"".join(hashes)).digest()


def encode_read(read: Read) -> bytes:
    """Return the ``KVRead`` message of a result."""
    key, version = read
    head = encode_bytes(1, key) if key else b""
    return head if version is None else head + encode_bytes(2, encode_version(version))


def encode_version(version: Version) -> bytes:
    """Return the ``Version`` message of block and transaction."""
    return encode_integer(1, version[0]) + encode_integer(2, version[1])
