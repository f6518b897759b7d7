"""The validation code of one transaction, before conflicts with other transactions.

``core/common/validation/msgvalidation.go`` and ``core/committer/txvalidator/v20`` of
Fabric 3.1, in their order: form, creator's membership and signature, transaction
number, proposal, duplicate numbers, chaincode, endorsements. Left out: conflicts of
reads (``mvcc``) and duplicates inside the block (``replay``).
"""

from collections.abc import Sequence

import msgspec

from explorer.formats.fabric.endorsement import (
    NOT_JUDGED,
    EndorsementJudge,
    KeyName,
)
from explorer.formats.fabric.identities import Identity
from explorer.formats.fabric.plans import BlockPlan, Epoch, TxPlan
from explorer.formats.fabric.transactions import CONFIG, UNSUPPORTED_TX_PAYLOAD
from explorer.model.checks import Outcome
from explorer.model.claims import Voter

VALID = 0
BAD_CREATOR_SIGNATURE = 4
INVALID_ENDORSER_TRANSACTION = 5
BAD_PROPOSAL_TXID = 8
DUPLICATE_TXID = 9
INVALID_WRITESET = 24

STATE_CODES = frozenset({9, 10, 11, 12, 24, 25})
"""Codes that depend on earlier blocks."""
_ANY_STATE = STATE_CODES | {VALID}
_ANY_CODE = frozenset(range(256))
_MAX_REMEMBERED = 10_000


class Verdict(msgspec.Struct, gc=False):
    """What was worked out for a transaction."""

    code: int
    possible: frozenset[int] = frozenset()
    """Other codes that a peer may have given, for want of material or of order."""
    is_judged: bool = True
    """False if it depends on rules or material that are not here."""
    is_attributed: bool = True
    """Whether creator and endorsers that count are under the user's anchors."""
    creator_holds: bool = False

    def agrees(self, recorded: int) -> bool:
        """Return whether a peer that follows the rules may have recorded this."""
        return recorded == self.code or recorded in self.possible


class TransactionJudge:
    """Works out codes of one ledger's transactions."""

    def __init__(self, channel: str, endorsements: EndorsementJudge) -> None:
        """Judge transactions of ``channel``."""
        self._channel = channel
        self._endorsements = endorsements
        self._voters: dict[tuple[str, ...], tuple[Voter, ...]] = {}
        self._voters_under: tuple[Epoch, int] | None = None

    def head(
        self, plan: BlockPlan, planned: TxPlan, outcomes: Sequence[int]
    ) -> Verdict:
        """Return the code as far as it depends on no earlier block."""
        tx = planned.tx
        if plan.height == 0 and tx.type == CONFIG:
            return Verdict(VALID)  # signed by nobody, so nothing else applies
        if not plan.raw.can_rehash:
            return Verdict(VALID, _ANY_CODE, is_judged=False)
        if tx.head_code:
            return Verdict(tx.head_code)
        verdict = self._creator(plan, planned, outcomes)
        if verdict.code or tx.type == CONFIG:
            return verdict
        if tx.body_code == UNSUPPORTED_TX_PAYLOAD:
            verdict.code = tx.body_code
        elif outcomes[planned.id_claim] != Outcome.PASSED:
            verdict.code = BAD_PROPOSAL_TXID
        elif tx.body_code or outcomes[planned.proposal_claim] != Outcome.PASSED:
            verdict.code = INVALID_ENDORSER_TRANSACTION
        return verdict

    def _creator(
        self, plan: BlockPlan, planned: TxPlan, outcomes: Sequence[int]
    ) -> Verdict:
        """Judge channel, signature and membership of the creator."""
        creator, claim, epoch = planned.creator, planned.creator_claim, plan.epoch
        outcome = Outcome.INCONCLUSIVE if claim < 0 else outcomes[claim]
        is_other = planned.tx.channel != self._channel
        if creator is None or is_other or outcome == Outcome.FAILED:
            return Verdict(BAD_CREATOR_SIGNATURE)
        if epoch is None:
            return _doubtful()
        standing = epoch.membership.standing(creator)
        if not standing.is_judged:
            return _doubtful()
        if not standing.is_valid:
            return Verdict(BAD_CREATOR_SIGNATURE)
        if outcome != Outcome.PASSED:
            return _doubtful()
        anchored = standing.is_anchored
        return Verdict(VALID, is_attributed=anchored, creator_holds=True)

    def body(
        self,
        plan: BlockPlan,
        planned: TxPlan,
        outcomes: Sequence[int],
        verdict: Verdict,
        changed: set[KeyName],
    ) -> None:
        """Go on with chaincode and endorsements; the number is no duplicate."""
        tx, epoch = planned.tx, plan.epoch
        if tx.dispatch_code:
            verdict.code = tx.dispatch_code
            return
        if epoch is None or not epoch.has_lifecycle:
            verdict.is_judged = False
            verdict.possible = _ANY_STATE
            return
        judged = self._endorsements.judge(
            epoch,
            tx.chaincode,
            tx.spaces,
            lambda: self._held(epoch, planned, outcomes),
            changed,
        )
        verdict.is_attributed = verdict.is_attributed and judged.is_attributed
        if judged.code == NOT_JUDGED:
            verdict.is_judged = False
            verdict.possible = _ANY_STATE
            return
        verdict.code = judged.code
        verdict.possible = verdict.possible | judged.others

    def _held(
        self, epoch: Epoch, planned: TxPlan, outcomes: Sequence[int]
    ) -> tuple[Voter, ...]:
        """Return the endorsers whose signatures hold, each once, in order."""
        under = epoch, len(epoch.config.reader.combined)
        if self._voters_under != under or len(self._voters) > _MAX_REMEMBERED:
            self._voters_under = under
            self._voters.clear()
        held = [
            identity
            for identity, claim in planned.endorsers
            if claim >= 0 and outcomes[claim] == Outcome.PASSED
        ]
        name = tuple([identity.key_id for identity in held])
        known = self._voters.get(name)
        if known is None:
            known = self._voters[name] = _voters(epoch, held)
        return known


def _voters(epoch: Epoch, held: list[Identity]) -> tuple[Voter, ...]:
    found: dict[str, Voter] = {}
    for identity in held:
        standing = epoch.membership.standing(identity)
        found.setdefault(
            identity.key_id,
            Voter(-1, identity.key_id, standing.principals, standing.is_anchored),
        )
    return tuple(found.values())


def _doubtful() -> Verdict:
    """Return that the creator cannot be judged; he may have been refused."""
    possible = frozenset({BAD_CREATOR_SIGNATURE})
    return Verdict(VALID, possible, is_judged=False, is_attributed=False)


def without_state(verdict: Verdict, dispatch_code: int) -> Verdict:
    """Return the verdict when earlier blocks are not at hand."""
    if verdict.code:
        return verdict
    if dispatch_code:
        verdict.code = dispatch_code
        verdict.possible = verdict.possible | {DUPLICATE_TXID}
    else:
        verdict.possible = verdict.possible | _ANY_STATE
    verdict.is_judged = False
    return verdict
