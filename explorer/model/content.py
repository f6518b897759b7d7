"""What entries say, in words that no ledger family owns."""

import msgspec

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.events import TraceEvent
from explorer.model.prov import Statement

ROWS_TYPE = "application/vnd.provenance-explorer.rows+json"
"""Media type of the rows of one event of a table: a JSON list of objects, each column
to text."""


class KeyRead(msgspec.Struct, frozen=True, gc=False):
    """A state key that an entry read."""

    space: str
    """Namespace, such as the chaincode's name."""
    key: str
    version: tuple[int, int] | Absent
    """(block, entry) that wrote it; ``Absent`` when the key did not exist."""


class KeyWrite(msgspec.Struct, frozen=True, gc=False):
    """A state key that an entry wrote or deleted."""

    space: str
    key: str
    value: bytes
    is_delete: bool
    span: ByteSpan


class Document(msgspec.Struct, frozen=True, gc=False):
    """A payload with its media type."""

    media_type: str
    data: bytes
    span: ByteSpan


class Transfer(msgspec.Struct, frozen=True, gc=False):
    """An amount of one asset, or one unique token, that went to another account."""

    asset: str
    """What the ledger calls it: ``ether``, a contract's address, address and token."""
    amount: int
    """In the asset's smallest unit; 1 for a unique token."""
    source: str
    """Account it came from; empty where it was made."""
    target: str
    """Account it went to; empty where it was ended."""
    is_unique: bool
    """One token with its own number, followed as one thing."""
    span: ByteSpan


class EntryContent(msgspec.Struct, frozen=True, gc=False):
    """What one entry says, with who said it and when."""

    block: int
    entry: int
    entry_id: str
    kind: str
    author: str
    author_verified: bool
    """Whether a signature that covers this content was verified as the author's."""
    accepted: bool
    """False when the ledger, and our replay, refuse the entry."""
    time_us: int | Absent
    """Declared time, microseconds since 1970-01-01 UTC."""
    reads: tuple[KeyRead, ...] = ()
    writes: tuple[KeyWrite, ...] = ()
    documents: tuple[Document, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    statements: tuple[Statement, ...] = ()
    """Statements of PROV that the entry itself is."""
    arguments: tuple[str, ...] = ()
    """Arguments of the call, where the ledger records one."""
    events: tuple[TraceEvent, ...] = ()
    """Events that the reader of the format has read itself; those in ``documents`` are
    read by ``payloads.trace_events``."""
    enforced: bool = False
    """Whether the ledger's rules make the reads exact (versions were replayed)."""
