"""World state: which version of each key is in force, and the updates of one block.

``core/ledger/kvledger/txmgmt`` of Fabric 3.1 (``statedb``, ``privacyenabledstate``,
``validation/tx_ops.go``). Values of public keys stay in the evidence and are read again
in the rare case that they are needed. Left out: private values, history, CouchDB's
indexes and its refusal of some keys.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator

import msgspec

from explorer.core.spans import ByteSpan
from explorer.formats.fabric.rwsets import Version

_RUN = 1_000
"""Keys in one run of the sorted index; runs of twice that are split."""


class KeyState(msgspec.Struct, frozen=True, gc=False):
    """A key that exists."""

    version: Version
    place: ByteSpan
    """Where its value is."""
    value: bytes | None
    """The value, where it is short or cannot be read again."""
    metadata: dict[str, bytes] | None
    """Such as its own endorsement policy; ``None`` is the same as none."""


class Update(msgspec.Struct, gc=False):
    """What a block does to a key in the end."""

    version: Version
    is_delete: bool
    value: bytes
    place: ByteSpan
    metadata: dict[str, bytes] | None


_KEPT_BYTES = 32
"""Values up to this size are kept; longer ones are read again from the evidence."""

Keys = dict[bytes, KeyState]
Updates = dict[bytes, Update]


class SortedKeys:
    """The keys of one namespace in byte order."""

    def __init__(self, keys: list[bytes]) -> None:
        """Sort ``keys`` once."""
        keys.sort()
        self._runs = [keys[at : at + _RUN] for at in range(0, len(keys), _RUN)] or [[]]

    def add(self, key: bytes) -> None:
        """Insert a key that is not there."""
        index = self._run_of(key)
        run = self._runs[index]
        insort(run, key)
        if len(run) > 2 * _RUN:
            self._runs[index : index + 1] = [run[:_RUN], run[_RUN:]]

    def discard(self, key: bytes) -> None:
        """Remove a key if it is there."""
        run = self._runs[self._run_of(key)]
        at = bisect_left(run, key)
        if at < len(run) and run[at] == key:
            del run[at]

    def between(self, start: bytes, end: bytes, *, with_end: bool) -> Iterator[bytes]:
        """Yield the keys from ``start`` to ``end``; an empty ``end`` is none."""
        for index in range(self._run_of(start), len(self._runs)):
            run = self._runs[index]
            if end and run and run[0] > end:
                return
            stop = len(run)
            if end:
                stop = bisect_right(run, end) if with_end else bisect_left(run, end)
            yield from run[bisect_left(run, start) : stop]

    def _run_of(self, key: bytes) -> int:
        """Return the index of the run in which ``key`` belongs."""
        low, high = 0, len(self._runs) - 1
        while low < high:
            middle = (low + high + 1) // 2
            run = self._runs[middle]
            if not run or run[0] > key:
                high = middle - 1
            else:
                low = middle
        return low


class BlockUpdates:
    """The updates of one block so far, public and hashed."""

    def __init__(self) -> None:
        """Hold no update."""
        self.public: dict[str, Updates] = {}
        self.hashed: dict[str, dict[str, Updates]] = {}

    def collection(self, space: str, name: str) -> Updates:
        """Return the updates of a collection's hashes, to be changed."""
        return self.hashed.setdefault(space, {}).setdefault(name, {})

    def spaces(self) -> list[str]:
        """Return the namespaces with updates, sorted as the peer does."""
        return sorted(self.public.keys() | self.hashed.keys(), key=str.encode)


class ExpiringKey(msgspec.Struct, frozen=True, gc=False):
    """A key hash that is removed at a certain block unless it is written again."""

    space: str
    collection: str
    key: bytes
    version: Version


class WorldState:
    """The committed state of one channel."""

    def __init__(self) -> None:
        """Hold no key."""
        self._public: dict[str, Keys] = {}
        self._hashed: dict[tuple[str, str], Keys] = {}
        self._sorted: dict[str, SortedKeys] = {}
        self._expiring: dict[int, list[ExpiringKey]] = {}
        self.lifecycle_changes = 0
        """How often chaincode definitions were changed."""

    def public(self, space: str) -> Keys:
        """Return the keys of a namespace; not to be changed."""
        return self._public.get(space, {})

    def hashed(self, space: str, collection: str) -> Keys:
        """Return the key hashes of a collection; not to be changed."""
        return self._hashed.get((space, collection), {})

    def sorted_keys(self, space: str) -> SortedKeys:
        """Return the keys of a namespace in order; built on first use, then kept."""
        known = self._sorted.get(space)
        if known is None:
            known = self._sorted[space] = SortedKeys(list(self.public(space)))
        return known

    def expire_at(self, block: int, key: ExpiringKey) -> None:
        """Have a key hash removed when ``block`` is committed."""
        self._expiring.setdefault(block, []).append(key)

    def expire(self, block: int, updates: BlockUpdates) -> None:
        """Remove what expires at ``block``; called before its updates are committed.

        ``pvtstatepurgemgmt`` of Fabric: a key that the block writes, or that has
        another version by now, stays.
        """
        for each in self._expiring.pop(block, ()):
            written = updates.hashed.get(each.space, {}).get(each.collection, {})
            keys = self._hashed.get((each.space, each.collection), {})
            known = keys.get(each.key)
            if known is None or known.version != each.version:
                continue
            if each.key not in written:
                del keys[each.key]

    def commit(self, updates: BlockUpdates) -> None:
        """Put the updates of a block in force."""
        for space, changes in updates.public.items():
            keys = self._public.setdefault(space, {})
            self._commit(keys, changes, self._sorted.get(space))
            if space == "_lifecycle":
                self.lifecycle_changes += 1
        for space, collections in updates.hashed.items():
            for name, changes in collections.items():
                keys = self._hashed.setdefault((space, name), {})
                self._commit(keys, changes, None)

    def _commit(self, keys: Keys, changes: Updates, index: SortedKeys | None) -> None:
        for key, update in changes.items():
            if update.is_delete:
                if keys.pop(key, None) is not None and index is not None:
                    index.discard(key)
                continue
            if index is not None and key not in keys:
                index.add(key)
            size_bytes = len(update.value)
            is_found = size_bytes == update.place.size_bytes > _KEPT_BYTES
            value = None if is_found else update.value
            keys[key] = KeyState(update.version, update.place, value, update.metadata)
