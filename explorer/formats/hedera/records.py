"""Record files, signature files and address books as values.

Hashes are raw bytes, places are offsets in the unpacked file.
"""

from dataclasses import dataclass, field

from explorer.core.spans import ByteSpan
from explorer.model.keys import PublicKey

HASH_BYTES = 48
MAX_ITEMS = 1_000_000
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """A transaction with its record."""

    record: Place
    transaction: Place
    whole: Place


@dataclass(frozen=True, slots=True)
class SidecarName:
    """A sidecar file as a record file names it."""

    number: int
    hash: bytes


@dataclass(slots=True)
class RecordFile:
    """A record file, read."""

    version: int
    data: bytes
    """The whole file, unpacked."""
    hapi: tuple[int, int, int]
    start_hash: bytes
    """Running hash before the first record; in version 2 the previous file's hash."""
    items: list[Item] = field(default_factory=list)
    end_hash: bytes = b""
    """Running hash behind the last record; empty before version 5."""
    start_place: Place = (0, 0)
    end_place: Place = (0, 0)
    number: int = -1
    """Block number, from version 6 on."""
    sidecars: list[SidecarName] = field(default_factory=list)
    source: int = -1
    packed_at: int = -1
    """Where the compressed data begins, -1 in a plain file. Places mean nothing in a
    compressed file, and its head is covered by nothing."""
    size_bytes: int = 0
    """Of the file as it lies in the evidence."""

    def span(self, place: Place) -> ByteSpan:
        """Return a place as a span of the evidence: the whole file if compressed."""
        return self.whole if self.packed_at >= 0 else ByteSpan(self.source, *place)

    @property
    def whole(self) -> ByteSpan:
        """Return the whole file, without the head of a compressed one."""
        return ByteSpan(self.source, max(0, self.packed_at), self.size_bytes)


@dataclass(frozen=True, slots=True)
class Signed:
    """A hash and the signature over it."""

    hash: bytes
    signature: bytes
    hash_place: ByteSpan
    signature_place: ByteSpan


@dataclass(frozen=True, slots=True)
class SignatureFile:
    """What one node signed."""

    node: str
    """Account of the node, such as ``0.0.3``; empty where nothing names it."""
    file: Signed
    metadata: Signed | None
    source: int


@dataclass(frozen=True, slots=True)
class NodeKey:
    """A node of an address book."""

    node: str
    key: PublicKey
    place: ByteSpan


@dataclass(frozen=True, slots=True)
class AddressBook:
    """The nodes of a network with their keys."""

    nodes: tuple[NodeKey, ...]
    source: int
