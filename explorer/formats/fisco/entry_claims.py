"""The transactions and receipts of one block: entries, claims, roots and proofs."""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.tree_rules import tree_root
from explorer.formats.fisco import specs
from explorer.formats.fisco.block_claims import HeaderFacts
from explorer.formats.fisco.drafting import Draft, EntryPlan
from explorer.formats.fisco.fields import Fields
from explorer.formats.fisco.proof_claims import TRANSACTION, Leaf, claim_proof
from explorer.formats.fisco.receipt_claims import ReceiptFacts, claim_receipt
from explorer.formats.fisco.saying import say
from explorer.formats.fisco.specs import missing, result
from explorer.formats.fisco.state import LedgerState, PendingRoot
from explorer.formats.fisco.tx_claims import TxFacts, TxPlace, claim_transaction
from explorer.model.blocks import NO_BLOCK, Unreadable
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import TreeClaim, TreeRule

CONSENSUS_CONTRACTS = frozenset(
    {
        "0000000000000000000000000000000000001003",
        "000000000000000000000000000000000000100a",
    }
)
"""Where transactions go that change the sealers: ``ConsensusPrecompiled``, and that of
2.x which rotates them."""
HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class EntrySource:
    """What the evidence holds of one transaction of a block."""

    hash: bytes
    place: ByteSpan
    """Where the block names it."""
    fields: Fields | None
    """``None`` where only its hash is in the export."""
    receipt: Fields | None


def claim_entries(
    block: Fields,
    facts: HeaderFacts,
    sources: Sequence[EntrySource],
    draft: Draft,
    state: LedgerState,
) -> None:
    """Add the entries of one block and everything claimed about them.

    Raises:
        ReadError: ``field-malformed`` for a root.
    """
    time_us = draft.blocks[-1].time_us
    claim_transaction_root(block, facts, sources, draft, state)
    receipt_hashes: list[bytes] = []
    for position, source in enumerate(sources):
        where = TxPlace(facts.number, position, facts.block_hash)
        receipt = _receipt(source, where, draft, state)
        if receipt is not None and receipt.hash:
            receipt_hashes.append(receipt.hash)
        _add_entry(source, where, receipt, time_us, draft, state)
    claim_receipt_root(block, facts, sources, receipt_hashes, draft, state)


def _receipt(
    source: EntrySource, where: TxPlace, draft: Draft, state: LedgerState
) -> ReceiptFacts | None:
    if source.receipt is None:
        return None
    try:
        return claim_receipt(source.receipt, source.fields, where, draft, state)
    except ReadError as error:
        damage(error, source.receipt.span(), where, draft)
        return None


def _add_entry(
    source: EntrySource,
    where: TxPlace,
    receipt: ReceiptFacts | None,
    time_us: int | Absent,
    draft: Draft,
    state: LedgerState,
) -> None:
    facts = TxFacts(source.hash)
    if source.fields is None:
        state.count("only-hashes")
        draft.results.append(
            result(
                specs.TRANSACTION_HASH,
                Outcome.NOT_APPLICABLE,
                "only-hash",
                where.pair,
                [source.place],
            )
        )
    else:
        try:
            facts = claim_transaction(source.fields, where, draft, state)
            leaf = Leaf(facts.hash, where.entry)
            claim_proof(source.fields, TRANSACTION, leaf, where, draft, state)
        except ReadError as error:
            damage(error, source.fields.span(), where, draft)
    if facts.to in CONSENSUS_CONTRACTS:
        state.consensus_call = where.block
    span = source.place if source.fields is None else source.fields.span()
    entry, content = say(facts, receipt, where, span, time_us, state)
    draft.entries.append(entry)
    draft.plans.append(
        EntryPlan(
            content,
            tuple(facts.claims) if facts.is_proven else (),
            receipt.claims if receipt is not None else (),
        )
    )


def damage(error: ReadError, span: ByteSpan, where: TxPlace, draft: Draft) -> None:
    """Report a record that holds no value of its kind in a field."""
    draft.damage.append(
        Unreadable(
            specs.RECORD_FORM,
            "field-malformed",
            span,
            where.block,
            str(error),
            where.entry if where.block != NO_BLOCK else -1,
        )
    )


def claim_transaction_root(
    block: Fields,
    facts: HeaderFacts,
    sources: Sequence[EntrySource],
    draft: Draft,
    state: LedgerState,
) -> None:
    """Claim the root over the hashes of all transactions.

    Raises:
        ReadError: ``field-malformed``.
    """
    name = "txsRoot" if state.is_third else "transactionsRoot"
    place = (facts.number, -1)
    if not block.has("transactions"):
        state.count("headers-only")
        draft.results.append(
            result(
                specs.TRANSACTION_ROOT,
                Outcome.NOT_APPLICABLE,
                "transactions-not-in-export",
                place,
                [block.span()],
            )
        )
        return
    if not block.has(name):
        draft.results.append(
            missing(specs.TRANSACTION_ROOT, place, [block.span()], name)
        )
        return
    leaves = tuple(each.hash for each in sources)
    if not all(leaves):
        draft.results.append(
            missing(specs.TRANSACTION_ROOT, place, [block.span()], "hash")
        )
        return
    state.count("with-transactions")
    names = (specs.TRANSACTION_ROOT, name, "transactions")
    _claim_root(names, block, facts, leaves, draft, state)


def claim_receipt_root(
    block: Fields,
    facts: HeaderFacts,
    sources: Sequence[EntrySource],
    hashes: Sequence[bytes],
    draft: Draft,
    state: LedgerState,
) -> None:
    """Claim the root over the hashes of all receipts.

    Raises:
        ReadError: ``field-malformed``.
    """
    if not block.has("transactions"):
        return
    place, spans = (facts.number, -1), [block.span("receiptsRoot")]
    if not block.has("receiptsRoot"):
        draft.results.append(missing(specs.RECEIPT_ROOT, place, spans, "receiptsRoot"))
        return
    if len(hashes) != len(sources):
        state.count("without-receipts")
        if not state.has_receipts:
            return
        is_partial = any(each.receipt is not None for each in sources)
        outcome = Outcome.INCONCLUSIVE if is_partial else Outcome.NOT_APPLICABLE
        reason = "receipts-incomplete" if is_partial else "receipts-not-in-export"
        draft.results.append(result(specs.RECEIPT_ROOT, outcome, reason, place, spans))
        return
    names = (specs.RECEIPT_ROOT, "receiptsRoot", "transactions")
    _claim_root(names, block, facts, tuple(hashes), draft, state)


def _claim_root(
    names: tuple[str, str, str],
    block: Fields,
    facts: HeaderFacts,
    leaves: tuple[bytes, ...],
    draft: Draft,
    state: LedgerState,
) -> None:
    check, root, members = names
    declared = block.fixed(root, HASH_BYTES)
    rule = TreeRule.FISCO_BINARY if state.is_third else TreeRule.FISCO_INDEXED
    algorithm = facts.algorithm
    spans = (block.span(members), block.span(root))
    if not state.is_third and leaves:
        computed = tree_root(rule, leaves, algorithm)
        if computed == declared:
            state.is_indexed = True
        elif not state.is_indexed:
            state.pending.append(
                _pending(check, facts.number, declared, computed, spans)
            )
            return
    draft.claim(
        TreeClaim(check, facts.number, rule, algorithm, leaves, declared, *spans)
    )


def _pending(
    check: str,
    number: int,
    declared: bytes,
    computed: bytes,
    spans: tuple[ByteSpan, ByteSpan],
) -> PendingRoot:
    def answer(outcome: Outcome, reason: str) -> CheckResult:
        return CheckResult(
            check,
            outcome,
            reason,
            number,
            expected=declared.hex(),
            computed=computed.hex(),
            spans=spans,
        )

    return PendingRoot(
        answer(Outcome.FAILED, "root-mismatch"),
        answer(Outcome.INCONCLUSIVE, "root-of-older-rule"),
    )
