"""Conflicts of a transaction with what was committed before, and its updates.

``core/ledger/kvledger/txmgmt/validation/validator.go`` and ``tx_ops.go`` of Fabric 3.1:
every key read must have the version that was read and not be written by an earlier
valid transaction of the block. Blind writes never conflict. Left out: CouchDB's own
refusals (``INVALID_WRITESET``).
"""

from collections.abc import Callable

from explorer.formats.fabric.range_queries import still_holds
from explorer.formats.fabric.records import RawBlock
from explorer.formats.fabric.rwsets import (
    Collection,
    MetadataWrite,
    Read,
    Space,
    Version,
    Write,
)
from explorer.formats.fabric.state import (
    BlockUpdates,
    Keys,
    KeyState,
    Update,
    Updates,
    WorldState,
)

VALID = 0
MVCC_READ_CONFLICT = 11
PHANTOM_READ_CONFLICT = 12

ValueOf = Callable[[KeyState], bytes]
"""Reads the value of a key again."""


def conflict(spaces: list[Space], state: WorldState, updates: BlockUpdates) -> int:
    """Return the code of the first conflict, ``VALID`` if there is none."""
    for space in spaces:
        name = space.name
        changes = updates.public.get(name)
        if not _reads_hold(space.reads, state.public(name), changes):
            return MVCC_READ_CONFLICT
        for query in space.ranges:
            if not still_holds(query, name, state, updates):
                return PHANTOM_READ_CONFLICT
        for each in space.collections:
            changes = updates.hashed.get(name, {}).get(each.name)
            if not _reads_hold(each.reads, state.hashed(name, each.name), changes):
                return MVCC_READ_CONFLICT
    return VALID


def _reads_hold(reads: list[Read], keys: Keys, changes: Updates | None) -> bool:
    for key, version in reads:
        if changes is not None and key in changes:
            return False
        found = keys.get(key)
        if version != (None if found is None else found.version):
            return False
    return True


class UpdateBuilder:
    """Applies the write sets of a block's valid transactions, in order."""

    def __init__(self, state: WorldState, value_of: ValueOf) -> None:
        """Build on ``state``, which stays as it is."""
        self._state = state
        self._value_of = value_of
        self.updates = BlockUpdates()
        self.is_complete = True
        """False once a value was needed that is not in the evidence."""

    def apply(self, spaces: list[Space], version: Version, block: RawBlock) -> None:
        """Apply what one transaction writes."""
        for space in spaces:
            name = space.name
            if space.writes or space.metadata:
                changes = self.updates.public.setdefault(name, {})
                self._write(space, changes, self._state.public(name), version, block)
            for each in space.collections:
                if each.writes or each.metadata:
                    changes = self.updates.collection(name, each.name)
                    keys = self._state.hashed(name, each.name)
                    self._write(each, changes, keys, version, block)

    def _write(
        self,
        source: Space | Collection,
        changes: Updates,
        keys: Keys,
        version: Version,
        block: RawBlock,
    ) -> None:
        metadata = {each.key: each for each in source.metadata}
        fresh: dict[bytes, Update] = {}
        for write in source.writes:
            given = metadata.pop(write.key, None)
            fresh[write.key] = self._update(
                write, given, (changes, keys), version, block
            )
        for key, each in metadata.items():
            self._metadata_only(key, each, (changes, keys), version, fresh)
        changes.update(fresh)

    def _update(
        self,
        write: Write,
        given: MetadataWrite | None,
        known: tuple[Updates, Keys],
        version: Version,
        block: RawBlock,
    ) -> Update:
        place = block.span(write.start, write.end)
        if write.is_delete:
            return Update(version, True, b"", place, None)  # noqa: FBT003
        value = block.data[write.start : write.end]
        metadata = (
            given.entries or None if given else _latest_metadata(write.key, known)
        )
        return Update(version, False, value, place, metadata)  # noqa: FBT003

    def _metadata_only(
        self,
        key: bytes,
        given: MetadataWrite,
        known: tuple[Updates, Keys],
        version: Version,
        fresh: dict[bytes, Update],
    ) -> None:
        """Keep the value and give it a new version; nothing if the key is not there."""
        changes, keys = known
        earlier = changes.get(key)
        entries = given.entries or None
        if earlier is not None and not earlier.is_delete:
            fresh[key] = Update(
                version,
                False,  # noqa: FBT003
                earlier.value,
                earlier.place,
                entries,
            )
            return
        committed = keys.get(key)
        if committed is None:
            self.is_complete = False
            return
        value = committed.value
        if value is None:
            value = self._value_of(committed)
        fresh[key] = Update(version, False, value, committed.place, entries)  # noqa: FBT003


def _latest_metadata(
    key: bytes, known: tuple[Updates, Keys]
) -> dict[str, bytes] | None:
    """Return the metadata in force; a deletion in the same block does not clear it."""
    changes, keys = known
    earlier = changes.get(key)
    if earlier is not None and not earlier.is_delete:
        return earlier.metadata
    committed = keys.get(key)
    return None if committed is None else committed.metadata


def metadata_written(spaces: list[Space]) -> list[tuple[str, str, bytes]]:
    """Return (namespace, collection, key) of every metadata write."""
    found = [(space.name, "", each.key) for space in spaces for each in space.metadata]
    found += [
        (space.name, part.name, each.key)
        for space in spaces
        for part in space.collections
        for each in part.metadata
    ]
    return found
