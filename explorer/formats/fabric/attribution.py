"""Which blocks nobody whom the user named has signed, directly or by a link.

The first block of a channel is signed by nobody, and a block whose configuration in
force is not in the evidence cannot be counted (``protoutil/blockutils.go`` of Fabric
3.1). Such a block is tied to somebody only by the previous hash of a later block, in an
unbroken run of links, that enough orderers under the user's anchors signed. Left out:
blocks whose quorum is claimed; that check answers for them.
"""

from collections.abc import Sequence

from explorer.crypto.policies import satisfied
from explorer.formats.fabric.plans import BlockPlan
from explorer.model.checks import Outcome
from explorer.model.claims import Claim, QuorumClaim, Voter


class Attribution:
    """Remembers the blocks of one ledger without signatures until a link ties them."""

    def __init__(self) -> None:
        """Know no block."""
        self._loose: list[int] = []
        """Blocks that nothing can tie any more."""
        self._waiting: list[int] = []
        """Blocks that a later one may still tie."""
        self._height = -2

    def lose(self) -> None:
        """Note that a block could not be read: no link leads past it."""
        self._break()

    def note(
        self,
        plan: BlockPlan,
        claims: Sequence[Claim],
        outcomes: Sequence[int],
        *,
        is_counted: bool,
    ) -> None:
        """Take the next block with everything claimed in its batch.

        ``is_counted`` says that the block is known not to be attributed anyway.
        """
        is_linked = plan.link_claim >= 0 and _holds(plan.link_claim, outcomes)
        if plan.height != self._height + 1 or not is_linked:
            self._break()
        self._height = plan.height
        is_signed = _is_attributed(plan, claims, outcomes)
        if is_signed:
            self._waiting.clear()
        if is_counted:
            return
        has_content = plan.data_hash_claim >= 0
        if has_content and _holds(plan.data_hash_claim, outcomes):
            if plan.quorum_claim < 0:
                self._waiting.append(plan.height)
        elif is_signed or plan.quorum_claim < 0:
            self._loose.append(plan.height)  # signatures cover only the header

    def remaining(self) -> list[int]:
        """Return the heights that nothing ties to the user's anchors, in order."""
        return sorted({*self._loose, *self._waiting})

    def _break(self) -> None:
        self._loose += self._waiting
        self._waiting.clear()
        self._height = -2


def _is_attributed(
    plan: BlockPlan, claims: Sequence[Claim], outcomes: Sequence[int]
) -> bool:
    """Return whether enough orderers under the user's anchors signed the block."""
    if plan.quorum_claim < 0:
        return False
    claim = claims[plan.quorum_claim]
    if not isinstance(claim, QuorumClaim) or satisfied(claim.rule, []):
        return False
    return satisfied(
        claim.rule, [each for each in claim.voters if _counts(each, outcomes)]
    )


def _counts(voter: Voter, outcomes: Sequence[int]) -> bool:
    return voter.anchored and voter.claim >= 0 and _holds(voter.claim, outcomes)


def _holds(claim: int, outcomes: Sequence[int]) -> bool:
    return outcomes[claim] == Outcome.PASSED
