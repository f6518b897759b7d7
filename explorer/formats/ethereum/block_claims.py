"""Claims of one block that need nothing but the block: hashes, roots, blooms.

Yellow Paper, section 4.3: the header names the hash of the uncles and the roots of
transactions, receipts and (EIP-4895) withdrawals. Left out: the state root, which only
running all contracts could reproduce, and requests (EIP-7685).
"""

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.draft import Draft, Plan
from explorer.formats.ethereum.headers import (
    EMPTY_LIST_HASH,
    EMPTY_ROOT,
    Header,
)
from explorer.formats.ethereum.receipts import bloom_of, joined_bloom
from explorer.formats.ethereum.records import RawBlock, RawReceipts
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import HashClaim, TreeClaim, TreeRule

_KECCAK = HashAlgorithm.KECCAK256
_INCOMPLETE = "header-incomplete"
_NO_UNCLES = b"\xc0"
_UNCLES, _TRANSACTIONS, _RECEIPTS, _BLOOM, _WITHDRAWALS = 1, 4, 5, 6, 16


def add_block_claims(draft: Draft, plan: Plan, hashed: bytes) -> None:
    """Add everything that the block claims about itself."""
    raw, header = plan.raw, plan.raw.header
    if raw.declared_hash and raw.hash_span is not None:
        _block_hash(draft, plan, hashed)
    if header is not None:
        _uncles(draft, raw, header)
        _withdrawals(draft, raw, header.withdrawals_root)
    elif raw.withdrawals is not None and "withdrawalsRoot" in raw.roots:
        _withdrawals(draft, raw, raw.roots["withdrawalsRoot"])
    declared = {
        "transactionsRoot": header.transactions_root if header else b"",
        "receiptsRoot": header.receipts_root if header else b"",
    }
    declared = {
        name: value or raw.roots.get(name, b"") for name, value in declared.items()
    }
    _transactions(draft, plan, declared["transactionsRoot"])
    _receipts(draft, plan, declared["receiptsRoot"])


def _block_hash(draft: Draft, plan: Plan, hashed: bytes) -> None:
    raw = plan.raw
    place = raw.hash_span or raw.span
    if not hashed:
        draft.answer(
            checks.BLOCK_HASH,
            Outcome.INCONCLUSIVE,
            "header-of-other-chain" if raw.foreign == raw.missing else _INCOMPLETE,
            raw.number,
            place,
            raw.missing,
        )
        return
    plan.hash_claim = draft.claim(
        HashClaim(
            checks.BLOCK_HASH,
            raw.number,
            -1,
            _KECCAK,
            hashed,
            raw.declared_hash,
            raw.place_of(raw.header_span, 0),
            place,
            part="block header",
        )
    )


def _uncles(draft: Draft, raw: RawBlock, header: Header) -> None:
    place = raw.field_span(_UNCLES)
    if not raw.uncles_raw:
        if header.uncles_hash == EMPTY_LIST_HASH:
            draft.passed[checks.UNCLES_HASH] += 1
            return
        draft.answer(
            checks.UNCLES_HASH,
            Outcome.NOT_APPLICABLE,
            "uncles-not-in-export",
            raw.number,
            place,
        )
        return
    if raw.uncles_raw == _NO_UNCLES and header.uncles_hash == EMPTY_LIST_HASH:
        draft.passed[checks.UNCLES_HASH] += 1
        return
    draft.claim(
        HashClaim(
            checks.UNCLES_HASH,
            raw.number,
            -1,
            _KECCAK,
            raw.uncles_raw,
            header.uncles_hash,
            raw.place_of(raw.uncles_span, _UNCLES),
            place,
            part="uncles",
        )
    )


def _withdrawals(draft: Draft, raw: RawBlock, root: bytes) -> None:
    place = raw.field_span(_WITHDRAWALS)
    if raw.withdrawals is None:
        if not root or not raw.has_transactions:
            return
        is_block = raw.uncles_span is not None and not raw.field_spans
        outcome = Outcome.FAILED if is_block else Outcome.INCONCLUSIVE
        reason = "withdrawals-mismatch" if is_block else "withdrawals-not-in-export"
        draft.answer(checks.WITHDRAWALS_ROOT, outcome, reason, raw.number, place)
        return
    if not root:
        draft.answer(
            checks.WITHDRAWALS_ROOT,
            Outcome.FAILED,
            "withdrawals-mismatch",
            raw.number,
            place,
        )
        return
    draft.claim(
        TreeClaim(
            checks.WITHDRAWALS_ROOT,
            raw.number,
            TreeRule.PATRICIA,
            _KECCAK,
            raw.withdrawals,
            root,
            raw.place_of(raw.withdrawals_span, _WITHDRAWALS),
            place,
        )
    )


def _transactions(draft: Draft, plan: Plan, declared: bytes) -> None:
    raw, place = plan.raw, plan.raw.field_span(_TRANSACTIONS)
    if not declared:
        return
    is_bare = raw.transactions_span is None and not raw.transactions
    if is_bare:
        outcome, reason = Outcome.NOT_APPLICABLE, "transactions-not-in-export"
    elif not raw.has_transactions or not all(e.envelope for e in raw.transactions):
        outcome, reason = Outcome.INCONCLUSIVE, "transactions-incomplete"
    else:
        leaves = tuple(each.envelope for each in raw.transactions)
        plan.transactions_claim = draft.claim(
            TreeClaim(
                checks.TRANSACTIONS_ROOT,
                raw.number,
                TreeRule.PATRICIA,
                _KECCAK,
                leaves,
                declared,
                raw.place_of(raw.transactions_span, _TRANSACTIONS),
                place,
            )
        )
        return
    missing = next((each.missing for each in raw.transactions if each.missing), "")
    draft.answer(
        checks.TRANSACTIONS_ROOT,
        outcome,
        reason,
        raw.number,
        place,
        missing,
    )


def _receipts(draft: Draft, plan: Plan, declared: bytes) -> None:
    raw = plan.raw
    found = raw.receipts
    if not declared:
        return
    if found is None:
        if declared == EMPTY_ROOT and raw.has_transactions and not raw.transactions:
            draft.passed[checks.RECEIPTS_ROOT] += 1
        return
    place = raw.field_span(_RECEIPTS)
    is_unknown = any(not each.envelope and each.fault for each in raw.transactions)
    if found.missing or is_unknown:
        draft.answer(
            checks.RECEIPTS_ROOT,
            Outcome.INCONCLUSIVE,
            "receipts-incomplete",
            raw.number,
            place,
            found.missing,
        )
        return
    if raw.transactions and len(found.receipts) != len(raw.transactions):
        draft.answer(
            checks.RECEIPTS_ROOT,
            Outcome.FAILED,
            "receipt-count-mismatch",
            raw.number,
            found.span,
            f"{len(found.receipts)} != {len(raw.transactions)}",
        )
    plan.receipts_claim = draft.claim(
        TreeClaim(
            checks.RECEIPTS_ROOT,
            raw.number,
            TreeRule.PATRICIA,
            _KECCAK,
            tuple(each.encoded for each in found.receipts),
            declared,
            raw.place_of(found.span, _RECEIPTS),
            place,
        )
    )
    _blooms(draft, raw, found)


def _blooms(draft: Draft, raw: RawBlock, found: RawReceipts) -> None:
    header = raw.header
    declared = header.bloom if header is not None else raw.roots.get("logsBloom", b"")
    computed = joined_bloom(found.receipts)
    if declared and declared != computed:
        draft.results.append(
            CheckResult(
                checks.BLOOM,
                Outcome.FAILED,
                "bloom-mismatch",
                raw.number,
                expected=declared.hex(),
                computed=computed.hex(),
                spans=(raw.field_span(_BLOOM), found.span),
            )
        )
    elif declared:
        draft.passed[checks.BLOOM] += 1
    for position, receipt in enumerate(found.receipts):
        stated = receipt.bloom
        if position < len(found.declared_blooms):
            stated = found.declared_blooms[position] or receipt.bloom
        is_right = stated == (bloom_of(receipt.logs) if receipt.logs else bytes(256))
        if is_right:
            draft.passed[checks.BLOOM] += 1
        else:
            draft.answer_entry(
                checks.BLOOM,
                Outcome.FAILED,
                "receipt-bloom-mismatch",
                (raw.number, position),
                _place(found, position),
            )


def _place(found: RawReceipts, position: int) -> ByteSpan:
    return found.places[position] if position < len(found.places) else found.span
