"""What the resolver found out about a block, kept for the replay."""

from dataclasses import dataclass, field

import msgspec

from explorer.formats.fabric.config import ChannelConfig
from explorer.formats.fabric.identities import Identity
from explorer.formats.fabric.membership import Membership
from explorer.formats.fabric.metadata import BlockMetadata
from explorer.formats.fabric.records import RawBlock
from explorer.formats.fabric.transactions import Transaction
from explorer.model.blocks import Unreadable


class TxPlan(msgspec.Struct, gc=False):
    """One transaction with the places of its claims in the batch; -1: no claim."""

    tx: Transaction
    position: int
    creator: Identity | None = None
    creator_claim: int = -1
    id_claim: int = -1
    proposal_claim: int = -1
    endorsers: list[tuple[Identity, int]] = []
    """Signer and claim of each endorsement, in order."""
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Epoch:
    """A configuration in force, with those it makes members."""

    config: ChannelConfig
    membership: Membership
    has_lifecycle: bool = True
    """Whether the application capabilities are V2_0 or later."""


@dataclass(slots=True)
class BlockPlan:
    """One block, resolved."""

    raw: RawBlock
    height: int
    metadata: BlockMetadata
    epoch: Epoch | None
    """Configuration in force before the block; ``None`` if it is not at hand."""
    transactions: list[TxPlan] = field(default_factory=list)
    link_claim: int = -1
    data_hash_claim: int = -1
    quorum_claim: int = -1
    orderer_claims: list[int] = field(default_factory=list)
    orderers: list[Identity] = field(default_factory=list)
    has_gap_before: bool = False
    is_config: bool = False


@dataclass(slots=True)
class ParsedBlocks:
    """Some consecutive blocks or damage, in file order."""

    items: list[RawBlock | Unreadable]
    transactions: list[list[Transaction]]
    """One list for each item, empty for damage."""
    done_bytes: int
    total_bytes: int
    plan: list[BlockPlan | None] = field(default_factory=list)
    """Filled by the resolver; ``None`` stands for a block that could not be read."""
