"""Claims about seals: who sealed a block, and whether that was enough.

The forms are told in ``sealing``, the sets in ``validators``. Quorum: two thirds of the
validators, rounded up (IBFT 1, IBFT 2, QBFT); one signer in force who did not sign just
before (Clique, EIP-225). Every committer must be a validator, and none counts twice
(Besu, ``BftCommitSealsValidationRule``).
"""

from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.encodings.rlp import decode_plain, encode, from_int
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.ancestry import Known
from explorer.formats.ethereum.draft import Draft, Plan
from explorer.formats.ethereum.headers import Header
from explorer.formats.ethereum.sealing import (
    Sealing,
    SealKind,
    is_in_turn,
    normal_seal,
    older_quorum_of,
    quorum_of,
)
from explorer.formats.ethereum.tx_claims import NOBODY, SenderFinder
from explorer.formats.ethereum.validators import ValidatorState
from explorer.model.checks import Outcome
from explorer.model.claims import (
    AuthorityClaim,
    QuorumClaim,
    SignatureClaim,
    Voter,
    Weighted,
)
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

VALIDATORS = "validators"
"""What anchors call the body that seals blocks."""
_EXTRA = 12
_PARLIA_CHAINS = (56, 97)
"""Chain ids of BNB Smart Chain and its test network."""
_SCHEME = SignatureScheme.SECP256K1_KECCAK256_ADDRESS


class SealClaims:
    """Judges the seals of one block after the other, along each branch."""

    def __init__(self, trust: TrustStore) -> None:
        """Compare validators with the anchors of ``trust``."""
        self._trust = trust
        self._find = SenderFinder()
        self.kind = SealKind.NONE
        """How the chain is sealed, once a block showed it."""
        self.seen: dict[bytes, ByteSpan] = {}
        """Every validator with the place where it was named first."""
        self.is_foreign = False
        """Whether the seals only look like Clique's."""
        self.unsealed = 0
        """Blocks whose validators are not known."""

    def add(
        self,
        draft: Draft,
        plan: Plan,
        sealing: Sealing,
        known: Known,
        parent: Known | None,
    ) -> None:
        """Add what the seals of a block claim; remember its validators in ``known``."""
        header = plan.raw.header
        place = plan.raw.field_span(_EXTRA)
        if header is None or not self._is_sealed(draft, plan, sealing, place):
            return
        self.kind = sealing.kind
        before = parent.validators if parent is not None else None
        state = ValidatorState() if before is None else before.copy()
        known.validators = state
        block = _Sealed(draft, plan, sealing, header, state, place)
        self._take_listed(block)
        if header.number == 0:
            draft.answer(
                checks.QUORUM,
                Outcome.NOT_APPLICABLE,
                "first-block",
                0,
                place,
            )
            return
        plan.has_seal = True
        if sealing.kind is SealKind.CLIQUE:
            self._clique(block)
        else:
            self._bft(block)

    def _is_sealed(
        self, draft: Draft, plan: Plan, sealing: Sealing, place: ByteSpan
    ) -> bool:
        """Return whether there are seals to judge; tell where they should be."""
        is_none = sealing.kind is SealKind.NONE
        if is_none and self.kind is SealKind.NONE:
            return False
        if not is_none and not sealing.fault:
            return True
        draft.answer(
            checks.PROPOSER_SEAL,
            Outcome.FAILED,
            "seal-malformed",
            plan.raw.number,
            place,
            sealing.fault,
        )
        return False

    def _take_listed(self, block: "_Sealed") -> None:
        """Take the validators that a header lists, and judge their change."""
        state, listed = block.state, block.sealing.validators
        if not listed:
            return
        for each in listed:
            self.seen.setdefault(each, block.place)
        if not state.is_known:
            state.take_list(listed)
            self._claim_authority(block)
        elif set(listed) == set(state.current):
            block.pass_continuity()
            state.current = listed
        elif block.sealing.kind is SealKind.CLIQUE:
            block.answer(checks.VALIDATORS, Outcome.FAILED, "checkpoint-mismatch")
        elif state.is_backed(listed):
            block.pass_continuity()
            state.follow(listed)
        else:
            outcome = Outcome.INCONCLUSIVE
            block.answer(checks.VALIDATORS, outcome, "validators-not-voted")
            state.take_list(listed)
            self._claim_authority(block)
        if block.sealing.kind is SealKind.CLIQUE:
            state.forget_votes()

    def _claim_authority(self, block: "_Sealed") -> None:
        keys = tuple(
            PublicKey(KeyKind.SECP256K1_ADDRESS, each) for each in block.state.current
        )
        number = block.header.number
        block.draft.claim(
            AuthorityClaim(checks.AUTHORITY, number, VALIDATORS, (), keys, block.place)
        )

    def _clique(self, block: "_Sealed") -> None:
        sealing, state, number = block.sealing, block.state, block.header.number
        seal = normal_seal(sealing.proposer_seal)
        signer = self._find.address(sealing.proposal, seal)
        if signer not in state.current and self._is_other_engine(block, signer):
            self.kind = SealKind.NONE
            self.is_foreign = True
            self._unknown(block)
            return
        claim = self._sign(block, checks.PROPOSER_SEAL, sealing.proposal, seal, signer)
        if not state.is_known:
            self._unknown(block)
            return
        is_signer = signer in state.current
        voters = [self._voter(claim, signer)] if is_signer else []
        self._claim_quorum(block, 1, voters)
        if not is_signer:
            return
        if state.is_recent(number, signer):
            block.answer(
                checks.QUORUM, Outcome.FAILED, "signer-recent", f"0x{signer.hex()}"
            )
        wanted = 2 if is_in_turn(number, signer, state.current) else 1
        if block.header.difficulty == wanted:
            block.pass_continuity()
        else:
            block.answer(checks.VALIDATORS, Outcome.FAILED, "turn-mismatch")
        state.note_signer(number, signer)
        state.note_vote(signer, sealing)
        for each in state.current:
            self.seen.setdefault(each, block.place)

    def _is_other_engine(self, block: "_Sealed", signer: bytes) -> bool:
        """Return whether the seal has the form of Clique, but means something else.

        In the engines that came from Clique (Parlia of BNB Smart Chain, Congress) the
        header names its own signer, and Parlia signs the chain id, too.
        """
        miner = block.header.miner
        if not any(miner):
            return False
        seal = normal_seal(block.sealing.proposer_seal)
        fields = decode_plain(block.sealing.proposal)
        if not isinstance(fields, list):
            return False
        forms = [encode([from_int(each), *fields]) for each in _PARLIA_CHAINS]
        return miner in {signer, *(self._find.address(e, seal) for e in forms)}

    def _bft(self, block: "_Sealed") -> None:
        sealing, state = block.sealing, block.state
        proposer = sealing.proposer
        if sealing.kind is SealKind.IBFT1:
            seal = normal_seal(sealing.proposer_seal)
            proposer = self._find.address(sealing.proposal, seal)
            check = checks.PROPOSER_SEAL
            self._sign(block, check, sealing.proposal, seal, proposer, is_decisive=True)
        if not sealing.validators:  # a contract names them, which is not in blocks
            self._commit(block)
            self._unknown(block)
            return
        if proposer not in state.current:
            block.answer(
                checks.QUORUM,
                Outcome.FAILED,
                "proposer-not-validator",
                f"0x{proposer.hex()}",
            )
        voters = self._commit(block)
        self._judge_quorum(block, voters)
        state.note_vote(proposer, sealing)

    def _commit(self, block: "_Sealed") -> list[Voter]:
        """Claim every committed seal; return those of validators, each once."""
        sealing = block.sealing
        voters: dict[bytes, Voter] = {}
        digest = self._find.digest(sealing.committed)
        for each in sealing.seals:
            seal = normal_seal(each)
            signer = self._find.address_of_digest(digest, seal)
            is_judged = bool(sealing.validators)
            if signer and signer in voters:
                block.answer(checks.COMMITTED_SEAL, Outcome.FAILED, "seal-repeated")
                continue
            if not signer or (is_judged and signer not in sealing.validators):
                block.answer(
                    checks.COMMITTED_SEAL,
                    Outcome.FAILED,
                    "seal-by-no-validator",
                    f"0x{signer.hex()}",
                )
                continue
            message = sealing.committed
            claim = self._sign(block, checks.COMMITTED_SEAL, message, seal, signer)
            voters[signer] = self._voter(claim, signer)
        return list(voters.values())

    def _judge_quorum(self, block: "_Sealed", voters: list[Voter]) -> None:
        count = len(block.sealing.validators)
        is_older = block.sealing.kind is SealKind.IBFT1
        is_short = len(voters) < quorum_of(count)
        if is_older and is_short and len(voters) >= older_quorum_of(count):
            outcome = Outcome.INCONCLUSIVE
            block.answer(checks.QUORUM, outcome, "quorum-of-older-rule")
            return
        self._claim_quorum(block, quorum_of(count), voters)

    def _claim_quorum(self, block: "_Sealed", least: int, voters: list[Voter]) -> None:
        block.plan.quorum_claim = block.draft.claim(
            QuorumClaim(
                checks.QUORUM,
                block.header.number,
                -1,
                Weighted(least),
                tuple(voters),
                block.place,
            )
        )

    def _unknown(self, block: "_Sealed") -> None:
        self.unsealed += 1
        block.answer(checks.QUORUM, Outcome.INCONCLUSIVE, "validators-not-in-export")

    def _voter(self, claim: int, signer: bytes) -> Voter:
        key = PublicKey(KeyKind.SECP256K1_ADDRESS, signer)
        name = f"0x{signer.hex()}"
        anchored = self._trust.covers_key(key, VALIDATORS)
        return Voter(claim, name, frozenset({name}), anchored)

    def _sign(
        self,
        block: "_Sealed",
        check: str,
        message: bytes,
        seal: bytes,
        signer: bytes,
        *,
        is_decisive: bool = False,
    ) -> int:
        is_clique = block.sealing.kind is SealKind.CLIQUE
        return block.draft.claim(
            SignatureClaim(
                check,
                block.header.number,
                -1,
                _SCHEME,
                PublicKey(KeyKind.SECP256K1_ADDRESS, signer or NOBODY),
                message,
                seal,
                block.plan.raw.place_of(block.plan.raw.header_span, _EXTRA),
                block.place,
                decisive=is_decisive or is_clique,
                signer=f"0x{signer.hex()}" if signer else "",
                role="proposer" if check == checks.PROPOSER_SEAL else "committed-seal",
            )
        )


class _Sealed:
    """One sealed block while it is judged."""

    def __init__(
        self,
        draft: Draft,
        plan: Plan,
        sealing: Sealing,
        header: Header,
        state: ValidatorState,
        place: ByteSpan,
    ) -> None:
        self.draft = draft
        self.plan = plan
        self.sealing = sealing
        self.header = header
        self.state = state
        self.place = place

    def answer(
        self, check: str, outcome: Outcome, reason: str, detail: str = ""
    ) -> None:
        number = self.header.number
        self.draft.answer(check, outcome, reason, number, self.place, detail)

    def pass_continuity(self) -> None:
        self.draft.passed[checks.VALIDATORS] += 1
