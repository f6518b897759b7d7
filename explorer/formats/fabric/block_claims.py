"""Claims about a block as a whole: data hash, orderers' signatures, quorum.

``protoutil/blockutils.go`` of Fabric 3.1 (``BlockDataHash``, the signature verifier)
and ``common/policies/bft.go``. Signed are the metadata value, the signer's header and
the DER of the block header. Repeated signers count once. Left out: signatures over the
last-configuration slot of Fabric 1.x.
"""

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.encodings.protobuf import number, scan, scan_map
from explorer.formats.fabric import checks
from explorer.formats.fabric.checks import failed, result
from explorer.formats.fabric.draft import Draft
from explorer.formats.fabric.identities import Identity, IdentityBook
from explorer.formats.fabric.membership import Standing
from explorer.formats.fabric.metadata import SIGNATURES, BlockSignature
from explorer.formats.fabric.plans import BlockPlan, Epoch
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import HashClaim, QuorumClaim, SignatureClaim, Voter

ROLE = "orderer"


def claim_data_hash(plan: BlockPlan, draft: Draft) -> None:
    """Claim that the header's data hash is that of all envelopes, joined."""
    raw = plan.raw
    places = raw.envelopes
    whole = raw.span(places[0][0], places[-1][1]) if places else raw.whole
    if not raw.can_rehash:
        draft.results.append(
            result(
                checks.DATA_HASH,
                Outcome.INCONCLUSIVE,
                "json-not-rehashable",
                plan.height,
                (whole,),
            )
        )
        return
    data = raw.data
    covered = b"".join([data[start:end] for start, end in places])
    plan.data_hash_claim = draft.claim(
        HashClaim(
            checks.DATA_HASH,
            plan.height,
            -1,
            HashAlgorithm.SHA256,
            covered,
            raw.data_hash,
            whole,
            raw.span(*raw.data_hash_place),
            part="data",
        )
    )


class OrdererClaims:
    """Claims that orderers signed blocks, and that they were enough."""

    def __init__(self, book: IdentityBook) -> None:
        """Take signers from ``book``."""
        self._book = book

    def claim(self, plan: BlockPlan, draft: Draft) -> None:
        """Add signature claims and the quorum of one block."""
        voters: list[Voter] = []
        is_judged = True
        seen: set[str] = set()
        for signature in plan.metadata.signatures:
            identity = self._signer(plan, signature, draft)
            if identity is None:
                continue
            if identity.key_id in seen:
                place = plan.raw.span(*signature.signature)
                draft.results.append(
                    failed(checks.METADATA, "signature-repeated", plan.height, (place,))
                )
            seen.add(identity.key_id)
            claim = self._signature(plan, signature, identity, draft)
            plan.orderers.append(identity)
            standing = _standing(plan.epoch, identity)
            if standing is None:
                continue
            is_judged = is_judged and standing.is_judged
            voters.append(
                Voter(claim, identity.key_id, standing.principals, standing.is_anchored)
            )
        self._quorum(plan, voters, draft, is_judged=is_judged)

    def _signer(
        self, plan: BlockPlan, signature: BlockSignature, draft: Draft
    ) -> Identity | None:
        """Return who signed, by certificate or by consenter number."""
        data, height = plan.raw.data, plan.height
        place = plan.raw.span(*signature.signature)
        first, last = signature.header
        try:
            if first == last and signature.identifier[0] < signature.identifier[1]:
                return self._consenter(plan, signature, draft)
            start, end = scan_map(data, first, last).get(0x0A, (first, first))
        except ReadError:
            start = end = first
        if start == end:
            # Fabric's verifier gives up on such a block; no orderer writes one.
            draft.results.append(
                failed(checks.ORDERER_SIGNATURE, "signer-unreadable", height, (place,))
            )
            return None
        raw = data[start:end]
        known = self._book.known(raw)
        return known or self._book.identity(raw, place, ROLE)

    def _consenter(
        self, plan: BlockPlan, signature: BlockSignature, draft: Draft
    ) -> Identity | None:
        fields = scan(plan.raw.data, *signature.identifier)
        consenter = number(fields, 0x08)
        if plan.epoch is None:
            draft.results.append(
                _premise(
                    Outcome.INCONCLUSIVE,
                    "consenters-not-in-evidence",
                    plan.height,
                    plan,
                    signature,
                    str(consenter),
                )
            )
            return None
        raw = plan.epoch.config.consenters().get(consenter)
        if raw is None:
            draft.results.append(
                _premise(
                    Outcome.FAILED,
                    "consenter-unknown",
                    plan.height,
                    plan,
                    signature,
                    str(consenter),
                )
            )
            return None
        return self._book.identity(raw, plan.raw.span(*signature.identifier), ROLE)

    def _signature(
        self,
        plan: BlockPlan,
        signature: BlockSignature,
        identity: Identity,
        draft: Draft,
    ) -> int:
        raw = plan.raw
        if isinstance(identity.scheme, Absent) or isinstance(identity.key, Absent):
            draft.results.append(
                _premise(
                    Outcome.INCONCLUSIVE,
                    "signer-not-judged",
                    plan.height,
                    plan,
                    signature,
                    identity.author,
                )
            )
            return -1
        data = raw.data
        value = slice(*plan.metadata.value)
        header = slice(*signature.header)
        identifier = slice(*signature.identifier)
        signed = data[header] or data[identifier]
        claim = draft.claim(
            SignatureClaim(
                checks.ORDERER_SIGNATURE,
                plan.height,
                -1,
                identity.scheme,
                identity.key,
                data[value] + signed + raw.header,
                data[slice(*signature.signature)],
                raw.span(*raw.slot_place(SIGNATURES)),
                raw.span(*signature.signature),
                decisive=False,
                signer=identity.party,
                role=ROLE,
                low_s=True,
            )
        )
        plan.orderer_claims.append(claim)
        return claim

    def _quorum(
        self, plan: BlockPlan, voters: list[Voter], draft: Draft, *, is_judged: bool
    ) -> None:
        place = plan.raw.span(*plan.raw.slot_place(SIGNATURES))
        reason, outcome = "", Outcome.INCONCLUSIVE
        rule = None
        if plan.height == 0:
            reason, outcome = "first-block", Outcome.NOT_APPLICABLE
        elif plan.epoch is None:
            reason = "configuration-not-in-evidence"
        elif not is_judged:
            reason = "signer-not-judged"
        else:
            rule = plan.epoch.config.rule_at(("Orderer",), "BlockValidation")
            reason, outcome = "policy-missing", Outcome.FAILED
        if rule is None:
            draft.results.append(
                result(checks.QUORUM, outcome, reason, plan.height, (place,))
            )
            return
        plan.quorum_claim = draft.claim(
            QuorumClaim(checks.QUORUM, plan.height, -1, rule, tuple(voters), place)
        )


def _standing(epoch: Epoch | None, identity: Identity) -> Standing | None:
    return None if epoch is None else epoch.membership.standing(identity)


def _premise(
    outcome: Outcome,
    reason: str,
    height: int,
    plan: BlockPlan,
    signature: BlockSignature,
    detail: str = "",
) -> CheckResult:
    return CheckResult(
        checks.ORDERER_SIGNATURE,
        outcome,
        reason,
        height,
        spans=(plan.raw.span(*signature.signature),),
        decisive=False,
        detail=detail,
    )
