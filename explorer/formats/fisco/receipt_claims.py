"""Claims about one receipt: its hash, its path, and that it fits its transaction.

A receipt's hash covers neither the hash nor the fields of its transaction that the
export repeats beside it; these are compared with the transaction itself.
"""

from dataclasses import dataclass

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import digest
from explorer.formats.fisco import specs
from explorer.formats.fisco.drafting import Draft
from explorer.formats.fisco.fields import Fields
from explorer.formats.fisco.proof_claims import (
    RECEIPT,
    TRANSACTION,
    Leaf,
    claim_proof,
    index_of,
)
from explorer.formats.fisco.receipts import (
    LogEntry,
    is_third_receipt,
    logs_of,
    receipt_pieces,
    status_of,
)
from explorer.formats.fisco.specs import result
from explorer.formats.fisco.state import LedgerState
from explorer.formats.fisco.tx_claims import TxPlace, parts_of
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import HashClaim

HASH_BYTES = 32
_REPEATED = ("from", "to", "input")


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """One receipt as far as it could be read."""

    hash: bytes
    """Stated or computed; empty if it could not be computed."""
    status: int
    """-1 if it is not there."""
    contract: str
    """Address of a contract that was deployed, lower case without ``0x``."""
    logs: tuple[LogEntry, ...]
    claims: tuple[int, ...]
    """Claims that the receipt's own fields must meet."""


def claim_receipt(
    receipt: Fields,
    transaction: Fields | None,
    where: TxPlace,
    draft: Draft,
    state: LedgerState,
) -> ReceiptFacts:
    """Make the claims of one receipt.

    Raises:
        ReadError: ``field-malformed``.
    """
    own_hash, claims = _claim_hash(receipt, where, draft, state)
    if transaction is not None:
        _compare(receipt, transaction, where, draft)
    index = index_of(receipt)
    claim_proof(receipt, RECEIPT, Leaf(own_hash, index), where, draft, state)
    if receipt.has("transactionHash"):
        leaf = receipt.fixed("transactionHash", HASH_BYTES)
        claim_proof(receipt, TRANSACTION, Leaf(leaf, index), where, draft, state)
    contract = ""
    if receipt.has("contractAddress"):
        text = receipt.text("contractAddress").lower().removeprefix("0x")
        contract = text if text.strip("0") else ""
    logs = tuple(logs_of(receipt))
    return ReceiptFacts(own_hash, status_of(receipt), contract, logs, claims)


def _claim_hash(
    receipt: Fields, where: TxPlace, draft: Draft, state: LedgerState
) -> tuple[bytes, tuple[int, ...]]:
    """Return the hash and its claim; in 2.x only the root over all has it."""
    try:
        pieces = receipt_pieces(receipt)
    except ReadError as error:
        if error.reason == "field-malformed":
            raise
        draft.results.append(
            result(
                specs.RECEIPT_HASH,
                Outcome.INCONCLUSIVE,
                error.reason,
                where.pair,
                [receipt.span()],
                str(error),
            )
        )
        return b"", ()
    data = b"".join([each for _, each in pieces])
    if not is_third_receipt(receipt) or not receipt.has("hash"):
        return digest(state.hash_function(), data), ()
    stated = receipt.fixed("hash", HASH_BYTES)
    algorithm = _choose(data, stated, state)
    if state.is_candidate and digest(algorithm, data) != stated:
        outcome, reason = Outcome.INCONCLUSIVE, "pre-release-rule"
        spans = [receipt.span()]
        draft.results.append(
            result(specs.RECEIPT_HASH, outcome, reason, where.pair, spans)
        )
        return stated, ()
    index = draft.claim(
        HashClaim(
            specs.RECEIPT_HASH,
            where.block,
            where.entry,
            algorithm,
            data,
            stated,
            receipt.span(),
            receipt.span("hash"),
            part="receipt",
        )
    )
    if draft.wants_parts:
        draft.claim_parts[index] = parts_of(receipt, pieces)
    return stated, (index,)


def _choose(data: bytes, stated: bytes, state: LedgerState) -> HashAlgorithm:
    if state.algorithm is not None:
        return state.algorithm
    for algorithm in (HashAlgorithm.KECCAK256, HashAlgorithm.SM3):
        if digest(algorithm, data) == stated:
            state.likely = algorithm
    return state.likely


def _compare(
    receipt: Fields, transaction: Fields, where: TxPlace, draft: Draft
) -> None:
    for name in _REPEATED:
        if not (receipt.has(name) and transaction.has(name)):
            continue
        ours, theirs = transaction.text(name).lower(), receipt.text(name).lower()
        if name != "to" and not (ours and theirs):
            continue
        if _significant(ours) == _significant(theirs):
            draft.passed[specs.RECEIPT_TRANSACTION] += 1
            continue
        draft.results.append(
            CheckResult(
                specs.RECEIPT_TRANSACTION,
                Outcome.FAILED,
                "receipt-differs",
                where.block,
                where.entry,
                expected=ours[:200],
                computed=theirs[:200],
                spans=(receipt.span(name), transaction.span(name)),
                detail=name,
            )
        )


def _significant(text: str) -> str:
    """Return hex digits; no address and one of zeros mean the same."""
    digits = text.removeprefix("0x")
    return digits if digits.strip("0") else ""
