"""What the resolver works with and leaves for the replay."""

from dataclasses import dataclass, field

from explorer.formats.cometbft.records import (
    Header,
    Height,
    TxResult,
    ValidatorSet,
)
from explorer.model.blocks import Entry
from explorer.model.content import Transfer


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """One transaction of a block or of a search."""

    entry: Entry
    transfers: tuple[Transfer, ...]
    """What the transaction itself asks for."""
    result: TxResult | None


@dataclass(slots=True)
class Around:
    """A height together with what its neighbours say."""

    here: Height
    before: Height | None
    after: Height | None


@dataclass(slots=True)
class HeightPlan:
    """What the resolver found out about a height, kept for the replay."""

    height: int
    header: Header | None = None
    validators: ValidatorSet | None = None
    next_validators: ValidatorSet | None = None
    link_claim: int = -1
    quorums: list[int] = field(default_factory=list)
    votes: dict[bytes, int] = field(default_factory=dict)
    """Address → claim of a vote for this block."""
    entries: list[EntryPlan] = field(default_factory=list)
