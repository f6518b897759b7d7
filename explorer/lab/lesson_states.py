"""What the program said of a working copy, put so that it can be drawn.

Every value comes from a verification of the copy's bytes; nothing is worked out here.
``RESTS_ON_NOTHING`` alone is an inference, and the only one: a block that comes after a
broken hash, root, link or block still fits its neighbour, but no longer rests on
anything.
"""

from dataclasses import dataclass
from enum import StrEnum

from explorer.lab.values import EditableValue
from explorer.model.verdicts import LedgerReport, Verdict


class Standing(StrEnum):
    """How a block stands after a verification."""

    HOLDS = "holds"
    FAILED = "failed"
    OPEN = "open"
    """Something could not be checked."""
    RESTS_ON_NOTHING = "rests-on-nothing"
    """Its own checks passed, but those of a block before it did not."""


@dataclass(frozen=True, slots=True)
class BlockState:
    """One block of a copy."""

    height: int
    entry_ids: tuple[str, ...]
    says: tuple[str, ...]
    """What the entries are about, in their own words; text of the file."""
    declared_parent: str
    """Hex, as a person would compare it."""
    declared_hash: str
    """Hex; empty where the format declares none."""
    computed_hash: str
    standing: Standing
    link_fits: bool
    """Whether it declares the hash of the block before it (or there is none)."""
    hash_fits: bool
    tree_fits: bool
    signatures_hold: bool
    reasons: tuple[str, ...] = ()
    """Reason codes of what failed or stayed open."""
    sentences: tuple[str, ...] = ()
    """The sentences of these, static and English."""
    computed_root: str = ""
    """Root over the entries as they are now, where it is not the declared one."""
    values: tuple[EditableValue, ...] = ()
    """What of the records can be edited in place."""


@dataclass(frozen=True, slots=True)
class CopyState:
    """One copy at one moment."""

    copy: str
    verdict: Verdict
    report: LedgerReport
    blocks: tuple[BlockState, ...]
    last_hash: str
    others: tuple[str, ...] = ()
    """Sentences of findings that belong to no block."""


@dataclass(frozen=True, slots=True)
class AnchorState:
    """The hash printed elsewhere against the hash of the last row."""

    height: int
    printed: str
    computed: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class FactLine:
    """Something worked out beside the rows."""

    code: str
    """``path``, ``vote``, ``tries``; the words belong to whoever shows it."""
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepState:
    """Everything a step shows."""

    copies: tuple[CopyState, ...]
    anchor: AnchorState | None
    facts: tuple[FactLine, ...]
