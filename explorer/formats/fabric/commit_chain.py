"""Compares recorded commit hashes with computed ones, along the chain of blocks.

See ``commit_hashes`` for the rule. A hash that does not match is one finding: the next
block may follow the recorded value or the computed one. Left out: ledgers begun before
Fabric 2.0, which have no commit hashes at all; that is said once.
"""

import msgspec

from explorer.core.spans import ByteSpan
from explorer.formats.fabric import checks
from explorer.formats.fabric.commit_hashes import commit_hash
from explorer.formats.fabric.metadata import COMMIT_HASH, FLAGS
from explorer.formats.fabric.plans import BlockPlan
from explorer.model.checks import CheckResult, Outcome

MAX_NAMED_BLOCKS = 100
"""Blocks without a commit hash before the first that has one, named one by one."""


class Candidate(msgspec.Struct, frozen=True):
    """Flags, and the updates that the transactions marked valid by them make."""

    flags: bytes
    updates: bytes | None
    """``None`` if they depend on blocks that are not at hand."""


class CommitChain:
    """The commit hashes of one ledger."""

    def __init__(self, *, is_store: bool) -> None:
        """Know no commit hash; in a store, all blocks or none must have one."""
        self._is_store = is_store
        self._previous: list[bytes] = []
        self._height = -2
        self._without: list[tuple[int, ByteSpan, Outcome]] = []
        """The first blocks without one: height, place, how it is answered for."""
        self.is_recorded = False
        """Whether a block read so far has a commit hash."""
        self.not_recorded = 0
        """Blocks without a commit hash in a ledger that has none so far."""
        self.unlinked = 0
        """Blocks whose commit hash depends on blocks that are not at hand."""
        self.results: list[CheckResult] = []
        self.passed = 0

    def check(self, plan: BlockPlan, recorded: Candidate, computed: Candidate) -> bool:
        """Answer for one block; return whether its hash vouches for ``computed``."""
        declared = plan.metadata.commit_hash
        previous = self._previous if self._height == plan.height - 1 else []
        self._height = plan.height
        if plan.height == 0:
            self._previous = [b""]
            if declared:
                self._fail(plan, "commit-hash-mismatch", "")
            return False
        made = _hashes(recorded, previous)
        vouched = _hashes(computed, previous)
        self._previous = list(dict.fromkeys([declared, *made, *vouched]))[:6]
        if not declared:
            self._absent(plan, made)
            return False
        self._note_recorded()
        if not made:
            self.unlinked += 1
            self._previous = [declared]
            return False
        if declared in made:
            self.passed += 1
        else:
            self._fail(plan, "commit-hash-mismatch", made[0].hex())
        return computed.flags != recorded.flags and declared in vouched

    def _absent(self, plan: BlockPlan, made: list[bytes]) -> None:
        self._previous = made[:1]
        place = plan.raw.span(*plan.raw.slot_place(COMMIT_HASH))
        # Among single files it may be an orderer's copy, which has no flags either.
        is_failure = self._is_store or bool(plan.raw.slot(FLAGS))
        outcome = Outcome.FAILED if is_failure else Outcome.INCONCLUSIVE
        block = plan.height, place, outcome
        if self.is_recorded:
            self.results.append(_missing(*block, made[0].hex() if made else ""))
            return
        self.not_recorded += 1
        if len(self._without) < MAX_NAMED_BLOCKS:
            self._without.append(block)

    def _note_recorded(self) -> None:
        """Learn that the ledger has commit hashes, so earlier blocks lost theirs."""
        self.results += [_missing(*block) for block in self._without]
        self._without = []
        self.not_recorded = 0
        self.is_recorded = True

    def _fail(self, plan: BlockPlan, reason: str, computed: str) -> None:
        self.results.append(
            CheckResult(
                checks.COMMIT_HASH,
                Outcome.FAILED,
                reason,
                plan.height,
                expected=plan.metadata.commit_hash.hex(),
                computed=computed,
                spans=(plan.raw.span(*plan.raw.slot_place(COMMIT_HASH)),),
            )
        )


def _hashes(candidate: Candidate, previous: list[bytes]) -> list[bytes]:
    if candidate.updates is None:
        return []
    return [commit_hash(candidate.flags, candidate.updates, each) for each in previous]


def _missing(
    height: int, place: ByteSpan, outcome: Outcome, computed: str = ""
) -> CheckResult:
    return CheckResult(
        checks.COMMIT_HASH,
        outcome,
        "commit-hash-missing",
        height,
        computed=computed,
        spans=(place,),
    )
