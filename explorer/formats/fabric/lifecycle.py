"""Chaincode definitions, taken from the ledger itself.

``core/chaincode/lifecycle`` of Fabric 3.1: namespace ``_lifecycle``, keys
``namespaces/metadata/<name>`` and ``namespaces/fields/<name>/…``, values ``StateData``.
A definition counts from the block behind the one that commits it. Left out: legacy
definitions (``lscc``) and validation plugins other than ``vscc``; both are recognised.
"""

import msgspec

from explorer.core.errors import ReadError
from explorer.encodings.protobuf import content, number, scan, scan_map, text
from explorer.formats.fabric.mvcc import ValueOf
from explorer.formats.fabric.state import WorldState

SPACE = "_lifecycle"
LEGACY_SPACE = "lscc"
SYSTEM_CHAINCODES = frozenset({"lscc", "cscc", "qscc", "escc", "vscc"})
DEFAULT_PLUGIN = "vscc"


class Part(msgspec.Struct, frozen=True, gc=False):
    """A static collection."""

    policy: bytes
    """Its own endorsement policy, or empty."""
    blocks_to_live: int
    """Blocks after which its keys expire; 0: never."""


class Definition(msgspec.Struct, frozen=True):
    """A committed chaincode definition."""

    policy: bytes
    """``ApplicationPolicy``; empty where there is none."""
    collections: dict[str, "Part"]
    """Static collections by name."""
    is_judged: bool = True
    """False for definitions that this program cannot judge by."""


class Definitions:
    """Reads definitions from the world state and remembers them until they change."""

    def __init__(self, state: WorldState, value_of: ValueOf) -> None:
        """Read from ``state``."""
        self._state = state
        self._value_of = value_of
        self._known: dict[str, Definition | None] = {}
        self._changes = 0

    def get(self, name: str) -> Definition | None:
        """Return the definition in force, ``None`` if the chaincode has none."""
        if self._changes != self._state.lifecycle_changes:
            self._changes = self._state.lifecycle_changes
            self._known.clear()
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def blocks_to_live(self, name: str, collection: str) -> int:
        """Return after how many blocks keys of a collection expire; 0: never."""
        definition = self.get(name) if name != SPACE else None
        part = definition.collections.get(collection) if definition else None
        return part.blocks_to_live if part is not None else 0

    def _read(self, name: str) -> Definition | None:
        if not self._value(f"namespaces/metadata/{name}"):
            legacy = self._state.public(LEGACY_SPACE)
            if name in SYSTEM_CHAINCODES or name.encode() in legacy:
                return Definition(b"", {}, is_judged=False)
            return None
        try:
            fields = f"namespaces/fields/{name}"
            validation = _bytes_of(self._value(f"{fields}/ValidationInfo"))
            collections = _bytes_of(self._value(f"{fields}/Collections"))
            found = scan(validation, 0, len(validation))
            plugin = text(validation, found, 0x0A)
            policy = content(validation, found, 0x12)
            parts = _collections(collections)
        except ReadError:
            return Definition(b"", {}, is_judged=False)
        return Definition(policy, parts, is_judged=plugin == DEFAULT_PLUGIN)

    def _value(self, key: str) -> bytes:
        found = self._state.public(SPACE).get(key.encode())
        if found is None:
            return b""
        return self._value_of(found) if found.value is None else found.value


def _bytes_of(state_data: bytes) -> bytes:
    """Return the ``Bytes`` of a ``StateData``."""
    return content(state_data, scan(state_data, 0, len(state_data)), 0x12)


def _collections(package: bytes) -> dict[str, Part]:
    """Return the collections of a ``CollectionConfigPackage`` by name."""
    found: dict[str, Part] = {}
    for tag, first, last in scan(package, 0, len(package)):
        if tag != 0x0A:
            continue
        inner = scan_map(package, first, last).get(0x0A, (last, last))
        fields = scan(package, *inner)
        policy, life = content(package, fields, 0x42), number(fields, 0x28)
        found[text(package, fields, 0x0A)] = Part(policy, life)
    return found
