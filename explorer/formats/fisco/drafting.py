"""The batch that the resolver fills, with what the replay needs beside it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from explorer.core.spans import ByteSpan
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, Kind
from explorer.model.claims import Claim
from explorer.model.content import EntryContent
from explorer.model.ledgers import Batch, HashPart


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """What an entry says, and which claims must hold for its author to have said it."""

    content: EntryContent
    """With ``author_verified`` still to be found out."""
    claims: tuple[int, ...]
    """Claims of the batch that all must pass; empty: nobody is proven."""
    receipt: tuple[int, ...]
    """Claims that tie the receipt to the block; empty: nothing does."""


@dataclass(frozen=True, slots=True)
class FiscoBatch(Batch):
    """A batch with what its entries say."""

    plans: Sequence[EntryPlan] = ()
    unsigned: Sequence[int] = ()
    """Heights without signatures of sealers."""


@dataclass(slots=True)
class Draft:
    """A batch in the making."""

    blocks: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    damage: list[Unreadable] = field(default_factory=list)
    results: list[CheckResult] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    plans: list[EntryPlan] = field(default_factory=list)
    unsigned: list[int] = field(default_factory=list)
    covered: list[tuple[Kind, ByteSpan]] = field(default_factory=list)
    wants_parts: bool = False
    """Whether the pieces of hashed bytes are kept, for explaining."""
    header_parts: tuple[HashPart, ...] = ()
    """Of the last block, for its detail."""
    claim_parts: dict[int, tuple[HashPart, ...]] = field(default_factory=dict)
    """What the bytes of a claim are made of."""

    def claim(self, claim: Claim) -> int:
        """Take a claim and return its index."""
        self.claims.append(claim)
        return len(self.claims) - 1

    def batch(self, done_bytes: int, total_bytes: int) -> FiscoBatch:
        """Return everything taken so far."""
        return FiscoBatch(
            blocks=self.blocks,
            entries=self.entries,
            claims=self.claims,
            damage=self.damage,
            passed=tuple(self.passed.items()),
            results=self.results,
            done_bytes=done_bytes,
            total_bytes=total_bytes,
            covered=self.covered,
            plans=self.plans,
            unsigned=self.unsigned,
        )
