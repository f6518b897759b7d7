"""Blocks and entries as a reader finds them: declared values only."""

import msgspec

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan


class Block(msgspec.Struct, frozen=True, gc=False):
    """One block of a ledger."""

    height: int
    span: ByteSpan
    algorithm: HashAlgorithm
    header: bytes
    """The exact bytes whose hash is this block's hash; empty where the export does not
    hold all of them."""
    declared_parent: bytes
    """Hash of the block before, as this block states it; empty for a first block."""
    entry_count: int
    time_us: int | Absent = Absent.NOT_IN_FORMAT
    """Declared time, microseconds since 1970-01-01 UTC."""
    refused_count: int = 0
    """Entries that the ledger itself marks as refused."""
    is_configuration: bool = False
    is_aside: bool = False
    """On a branch that the ledger's own rule leaves aside: drawn, never anchored."""
    stated_hash: bytes = b""
    """Its hash as the export states it; used where ``header`` is empty, because the
    export lacks a field of it."""


NO_BLOCK = -1
"""Height of an entry that belongs to no block: an event of a document, a proof."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One entry (transaction, record) of a block, or of a document without blocks."""

    block: int
    """Height of its block, or ``NO_BLOCK``."""
    position: int
    """Position in the block, or in its file, from 0."""
    id: str
    kind: str
    """What the ledger calls this kind of entry: a function, a record type."""
    author: str
    """Who signed or is named as author: an organisation or party."""
    span: ByteSpan
    time_us: int | Absent = Absent.NOT_IN_FORMAT
    """Declared time, microseconds since 1970-01-01 UTC."""
    refused: str = ""
    """The ledger's own code for a refused entry, empty for an accepted one."""
    summary: str = ""
    """What it is about, in the ledger's words (keys, items), at most 200 characters."""


class Unreadable(msgspec.Struct, frozen=True, gc=False):
    """Bytes that could not be read. Reading goes on behind them where it can."""

    check: str
    """Id of the framing check that this damage fails."""
    reason: str
    span: ByteSpan
    block: int
    """Height that was being read or expected; -1 if unknown."""
    detail: str = ""
    entry: int = -1
