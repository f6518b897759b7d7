"""Entries that belong to no block: found again with their claims, and as a detail.

Their readers give no block to open. The evidence is read once more, up to a limit, so
that the claims about an entry can be worked out step by step like those of a block.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.model.blocks import NO_BLOCK, Block, Entry
from explorer.model.claims import Claim, QuorumClaim
from explorer.model.content import ROWS_TYPE
from explorer.model.ledgers import Batch, BlockDetail, Field, Pipeline
from explorer.session.written_fields import column_fields, written_fields

MAX_REREAD_BYTES = 32 * 2**20
"""Evidence up to this size is read again for the claims of its loose entries."""

MAX_KEPT = 200_000
"""Entries kept; what comes after is shown without its claims."""


@dataclass(slots=True)
class Loose:
    """One entry without a block, and what is claimed about it."""

    entry: Entry
    claims: list[Claim] = field(default_factory=list)
    rows: bytes = b""
    """Rows of a table, as JSON."""


@dataclass(frozen=True, slots=True)
class LooseEntries:
    """The entries without a block of one ledger, by their position."""

    found: dict[int, Loose]

    def at(self, position: int, span: ByteSpan) -> Loose | None:
        """Return the entry of a position, if its bytes are those the caller knows."""
        loose = self.found.get(position)
        return loose if loose is not None and loose.entry.span == span else None


def read_loose(pipeline: Pipeline[Any]) -> LooseEntries:
    """Return the entries without a block of a pipeline that nobody has read yet."""
    found: dict[int, Loose] = {}
    for parsed in pipeline.read():
        batch = pipeline.resolve(parsed)
        for entry in batch.entries:
            if entry.block == NO_BLOCK and len(found) < MAX_KEPT:
                found.setdefault(entry.position, Loose(entry))
        for claim, position in _claims_of(batch):
            loose = found.get(position)
            if loose is not None:
                loose.claims.append(claim)
        if batch.entries and pipeline.entry_unit == "row":
            _take_rows(pipeline, parsed, batch, found)
    return LooseEntries(found)


def _claims_of(batch: Batch) -> Iterator[tuple[Claim, int]]:
    """Yield claims about loose entries; quorums count claims of the whole batch."""
    for claim in batch.claims:
        if isinstance(claim, QuorumClaim):
            continue
        position = getattr(claim, "entry", -1)
        if claim.block == NO_BLOCK and position >= 0:
            yield claim, position


def _take_rows(
    pipeline: Pipeline[Any], parsed: object, batch: Batch, found: dict[int, Loose]
) -> None:
    for content in pipeline.replay(parsed, batch, ()).contents:
        loose = found.get(content.entry)
        for document in content.documents:
            if loose is not None and document.media_type == ROWS_TYPE:
                loose.rows = document.data


def loose_detail(entry: Entry, raw: bytes, loose: Loose | None) -> BlockDetail:
    """Return an entry as a detail; its block is only its own bytes, without a hash."""
    span = entry.span
    alone = Block(NO_BLOCK, span, HashAlgorithm.SHA256, b"", b"", 1, entry.time_us)
    fields: tuple[Field, ...] = ()
    if loose is not None and loose.rows:
        fields = column_fields(loose.rows, span)
    claims = () if loose is None else tuple(loose.claims)
    return BlockDetail(alone, (entry,), fields or written_fields(raw, span), claims)
