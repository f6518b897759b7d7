"""Claims about transactions: creator, number, proposal, endorsements.

``core/common/validation/msgvalidation.go`` and ``core/common/validation/statebased`` of
Fabric 3.1. All are premises: a transaction that fails here is one that the network may
rightly have refused, which the replay compares with the recorded result.
"""

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.formats.fabric import checks
from explorer.formats.fabric.draft import Draft
from explorer.formats.fabric.identities import Identity, IdentityBook
from explorer.formats.fabric.plans import BlockPlan, TxPlan
from explorer.formats.fabric.rwsets import Space
from explorer.formats.fabric.transactions import (
    CONFIG,
    ENDORSER_TRANSACTION,
    Transaction,
    call_of,
)
from explorer.model.blocks import Entry
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import HashClaim, SignatureClaim

MAX_SUMMARY = 200
_SHA256 = HashAlgorithm.SHA256
HIDDEN_SPACES = frozenset({"_lifecycle", "lscc"})
"""Namespaces that hold chaincode definitions, not the users' records."""


class TransactionClaims:
    """Makes claims and entries of transactions."""

    def __init__(self, book: IdentityBook) -> None:
        """Take signers from ``book``."""
        self._book = book

    def claim(
        self, plan: BlockPlan, position: int, tx: Transaction, draft: Draft
    ) -> TxPlan:
        """Add the claims of one transaction and return where they are."""
        planned = TxPlan(tx, position)
        if tx.type == CONFIG and (plan.height == 0 or not plan.raw.can_rehash):
            return planned  # signed by nobody, or over bytes that are lost
        raw = plan.raw
        data = raw.data
        height = plan.height
        if tx.head_code == 0:
            creator = self._identity(plan, tx.creator, tx.signature_header, "creator")
            planned.creator = creator
            planned.creator_claim = self._signature(
                plan,
                (checks.CREATOR_SIGNATURE, position, "creator"),
                creator,
                data[tx.payload[0] : tx.payload[1]],
                (tx.payload, tx.signature),
                draft,
            )
        if tx.head_code or tx.type != ENDORSER_TRANSACTION:
            return planned
        planned.arguments = call_of(data, tx.proposal)
        planned.id_claim = draft.claim(
            HashClaim(
                checks.TRANSACTION_ID,
                height,
                position,
                _SHA256,
                tx.nonce + tx.creator,
                bytes.fromhex(tx.tx_id) if tx.is_hash_id else b"",
                raw.span(*tx.signature_header),
                raw.span(*tx.tx_id_place),
                False,  # noqa: FBT003  # positional for speed: a premise
                "transaction number",
            )
        )
        if tx.body_code == 0:
            self._claim_endorsements(plan, planned, draft)
        return planned

    def _claim_endorsements(
        self, plan: BlockPlan, planned: TxPlan, draft: Draft
    ) -> None:
        raw, tx = plan.raw, planned.tx
        data = raw.data
        proposed = (tx.channel_header, tx.action_header, tx.proposal)
        planned.proposal_claim = draft.claim(
            HashClaim(
                checks.PROPOSAL_HASH,
                plan.height,
                planned.position,
                _SHA256,
                b"".join([data[start:end] for start, end in proposed]),
                data[tx.proposal_hash[0] : tx.proposal_hash[1]],
                raw.span(tx.action_header[0], tx.proposal[1]),
                raw.span(*tx.proposal_hash),
                False,  # noqa: FBT003  # a premise
                "proposal",
            )
        )
        response = data[tx.response[0] : tx.response[1]]
        about = (checks.ENDORSEMENT_SIGNATURE, planned.position, "endorsement")
        endorsers: list[tuple[Identity, int]] = []
        for each in tx.endorsements:
            raw_identity = each.endorser
            identity = self._identity(
                plan, raw_identity, each.endorser_place, "endorsement"
            )
            claim = self._signature(
                plan,
                about,
                identity,
                response + raw_identity,
                (tx.response, each.signature),
                draft,
            )
            endorsers.append((identity, claim))
        planned.endorsers = endorsers

    def _identity(
        self, plan: BlockPlan, raw: bytes, place: tuple[int, int], role: str
    ) -> Identity:
        known = self._book.known(raw)
        if known is not None:
            return known
        return self._book.identity(raw, plan.raw.span(*place), role)

    def _signature(
        self,
        plan: BlockPlan,
        about: tuple[str, int, str],
        identity: Identity,
        message: bytes,
        places: tuple[tuple[int, int], tuple[int, int]],
        draft: Draft,
    ) -> int:
        """Add a signature claim; -1 if this kind of signer is not judged."""
        check, position, role = about
        raw = plan.raw
        signed, signature = places
        if isinstance(identity.scheme, Absent) or isinstance(identity.key, Absent):
            if not isinstance(identity.certificate, Absent):
                draft.results.append(
                    _not_judged(plan, about, identity, raw.span(*signed))
                )
            return -1
        draft.claims.append(
            SignatureClaim(
                check,
                plan.height,
                position,
                identity.scheme,
                identity.key,
                message,
                raw.data[signature[0] : signature[1]],
                raw.span(*signed),
                raw.span(*signature),
                False,  # noqa: FBT003  # positional for speed: a premise
                identity.party,
                role,
                True,  # noqa: FBT003  # low S
            )
        )
        return len(draft.claims) - 1


def _not_judged(
    plan: BlockPlan, about: tuple[str, int, str], identity: Identity, place: ByteSpan
) -> CheckResult:
    return CheckResult(
        about[0],
        Outcome.INCONCLUSIVE,
        "signer-not-judged",
        plan.height,
        about[1],
        spans=(place,),
        decisive=False,
        detail=identity.author,
    )


def entry_of(plan: BlockPlan, planned: TxPlan, refused: str) -> Entry:
    """Return the entry of a transaction, as the ledger declares it."""
    tx = planned.tx
    creator = planned.creator
    kind = planned.arguments[0] if planned.arguments else _KINDS.get(tx.type, "unknown")
    author = creator.author if creator is not None else ""
    place = plan.raw.span(*tx.place)
    summary = summary_of(tx.spaces)
    time_us: int | Absent = tx.time_us if tx.time_us >= 0 else Absent.UNREADABLE
    return Entry(
        plan.height,
        planned.position,
        tx.tx_id,
        kind[:MAX_SUMMARY],
        author,
        place,
        time_us,
        refused,
        summary,
    )


_KINDS = {1: "configuration", 2: "configuration update", 3: "call"}


def summary_of(spaces: list[Space]) -> str:
    """Return the keys that a transaction writes, at most 200 characters."""
    keys: list[str] = []
    size = 0
    for space in spaces:
        if space.name in HIDDEN_SPACES:
            continue
        for write in space.writes:
            key = write.key.decode()
            size += len(key) + 2
            keys.append(key)
            if size > MAX_SUMMARY:
                return ", ".join(keys)[: MAX_SUMMARY - 1] + "…"
    return ", ".join(keys)
