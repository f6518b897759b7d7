"""What is checked, and what a check answers."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NoReturn

import msgspec

from explorer.core.spans import ByteSpan


class Kind(StrEnum):
    """What a check is about; part of the command-line contract."""

    FRAMING = "framing"
    MALFORMED = "malformed"
    NUMBER = "number"
    LINK = "link"
    HASH = "hash"
    TREE = "tree"
    SIGNATURE = "signature"
    IDENTITY = "identity"
    QUORUM = "quorum"
    WORK = "work"
    REPLAY = "replay"
    ANCHOR = "anchor"
    PROOF = "proof"


class Outcome(IntEnum):
    """The five answers of a check. ``word`` is the stable text."""

    PASSED = 0
    FAILED = 1
    INCONCLUSIVE = 2
    """Material is missing."""
    NOT_APPLICABLE = 3
    BROKEN = 4
    """Our own defect."""

    @property
    def word(self) -> str:
        """Return the word used in JSON and in tables."""
        return self.name.lower().replace("_", "-")


class Severity(StrEnum):
    """How loudly a finding speaks."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Reason:
    """A stable code and the one sentence that goes with it."""

    code: str
    """Kebab-case; never changes."""
    sentence: str
    """Plain English; the window translates it."""


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """One check of one ledger family, as listed in ``docs/checks.md``."""

    id: str
    """``family.kebab-case``, named for what holds when it passes."""
    kind: Kind
    title: str
    """What holds when it passes."""
    reasons: tuple[Reason, ...]
    """Every reason with which it can answer anything but passed."""
    core: bool = False
    """Whether the verdict needs it: see DESIGN, "Verdict"."""


class CheckResult(msgspec.Struct, frozen=True, gc=False):
    """One answer, with everything needed to argue about it."""

    check: str
    outcome: Outcome
    reason: str
    """Stable code, listed with the check: ``parent-hash-mismatch``."""
    block: int = -1
    """Height, or -1 if it belongs to no block."""
    entry: int = -1
    """Position in the block from 0, or -1."""
    expected: str = ""
    """What would agree; hex for bytes."""
    computed: str = ""
    """What was worked out here; hex for bytes."""
    spans: tuple[ByteSpan, ...] = ()
    decisive: bool = True
    """False for a premise: its failure alone does not fail the ledger."""
    detail: str = ""
    """A name or value that makes the sentence concrete; text of the ledger."""

    def __bool__(self) -> NoReturn:
        """Refuse to be truth-tested; ``if result:`` hides three of five answers."""
        raise TypeError("compare result.outcome instead")
