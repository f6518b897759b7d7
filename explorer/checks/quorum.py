"""Check of quorums: the signers whose signatures hold satisfy the rule in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.checks.structure import PASSED
from explorer.crypto.policies import principals_of, satisfied
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import QuorumClaim, Voter


@dataclass(frozen=True, slots=True)
class QuorumAnswer:
    """Whether the rule is met, and whether by identities under the user's anchors."""

    result: CheckResult
    is_attributed: bool


class QuorumCheck:
    """These signers are enough."""

    def examine(self, claim: QuorumClaim, outcomes: Sequence[int]) -> QuorumAnswer:
        """Answer for one claim.

        ``outcomes`` are those of the batch's claims; a voter without a signature that
        holds is not counted. A rule that demands nothing attributes nothing.
        """
        held = [each for each in claim.voters if _signature_holds(each, outcomes)]
        if not satisfied(claim.rule, held):
            return QuorumAnswer(_not_met(claim, held), is_attributed=False)
        anchored = [each for each in held if each.anchored]
        demands_somebody = not satisfied(claim.rule, [])
        attributed = demands_somebody and satisfied(claim.rule, anchored)
        return QuorumAnswer(PASSED, attributed)


def _signature_holds(voter: Voter, outcomes: Sequence[int]) -> bool:
    return voter.claim >= 0 and outcomes[voter.claim] == Outcome.PASSED


def _not_met(claim: QuorumClaim, held: Sequence[Voter]) -> CheckResult:
    demanded = ", ".join(sorted(principals_of(claim.rule))[:10])
    return CheckResult(
        claim.check,
        Outcome.FAILED,
        "quorum-not-met",
        claim.block,
        claim.entry,
        expected=demanded,
        computed=f"{len(held)} of {len(claim.voters)} signatures hold",
        spans=(claim.place,),
        decisive=claim.decisive,
    )
