"""Claims that a path leads to the root in a header of the evidence."""

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_ENTRIES_PER_BLOCK
from explorer.core.spans import ByteSpan
from explorer.encodings.json_places import Shape
from explorer.formats.fisco import specs
from explorer.formats.fisco.drafting import Draft
from explorer.formats.fisco.fields import FIELD_MALFORMED, FIELD_MISSING, Fields
from explorer.formats.fisco.proofs import Path, flat_path, indexed_path
from explorer.formats.fisco.specs import missing, result
from explorer.formats.fisco.state import LedgerState
from explorer.formats.fisco.tx_claims import TxPlace
from explorer.model.checks import Outcome
from explorer.model.claims import ProofClaim

ProofKind = tuple[str, tuple[str, ...]]
"""Check, and what the path may be called."""
TRANSACTION: ProofKind = (specs.TRANSACTION_PROOF, ("txProof", "transactionProof"))
RECEIPT: ProofKind = (specs.RECEIPT_PROOF, ("txReceiptProof", "receiptProof"))


class Leaf(msgspec.Struct, frozen=True, gc=False):
    """What a path begins with."""

    hash: bytes
    """Empty if it is not known."""
    index: int
    """Place in the block, which only 2.x needs; -1 if it is not known."""


def index_of(record: Fields) -> int:
    """Return where in its block a record says it stands, -1 if it does not say.

    Raises:
        ReadError: ``field-malformed``.
    """
    name = "transactionIndex"
    return record.number(name) if record.has(name) else -1


def claim_proof(
    holder: Fields,
    kind: ProofKind,
    leaf: Leaf,
    where: TxPlace,
    draft: Draft,
    state: LedgerState,
) -> None:
    """Claim the path that ``holder`` carries for a transaction or receipt, if any.

    Raises:
        ReadError: ``field-malformed``.
    """
    check, names = kind
    for name in names:
        if holder.has(name) and holder.need(name).items:
            try:
                path = _path(holder, name, leaf, state)
            except ReadError as error:
                if error.reason != FIELD_MISSING:
                    raise
                span = [holder.span(name)]
                draft.results.append(missing(check, where.pair, span, str(error)))
                return
            _claim(check, holder.span(name), path, where, draft, state)
            return


def _path(fields: Fields, name: str, leaf: Leaf, state: LedgerState) -> Path:
    if not leaf.hash:
        raise ReadError("hash", FIELD_MISSING)
    algorithm = state.hash_function()
    if fields.items(name)[0].shape is not Shape.OBJECT:
        return flat_path(fields, name, leaf.hash, algorithm)
    if leaf.index < 0:
        raise ReadError("transactionIndex", FIELD_MISSING)
    if leaf.index > MAX_ENTRIES_PER_BLOCK:
        raise ReadError("transactionIndex: out of range", FIELD_MALFORMED)
    return indexed_path(fields, name, leaf.hash, leaf.index, algorithm)


def _claim(
    check: str,
    span: ByteSpan,
    path: Path,
    where: TxPlace,
    draft: Draft,
    state: LedgerState,
) -> None:
    if not path.is_whole:
        draft.results.append(
            result(check, Outcome.FAILED, "path-broken", where.pair, [span])
        )
        return
    is_receipt = check == specs.RECEIPT_PROOF
    root = state.root_of(where.block, path.root, is_receipt=is_receipt)
    if root is None:
        state.count("roots-not-here")
        draft.results.append(
            result(
                check, Outcome.INCONCLUSIVE, "root-not-in-export", where.pair, [span]
            )
        )
        return
    declared, declared_place = root
    draft.claim(
        ProofClaim(
            check,
            where.block,
            where.entry,
            path.start,
            tuple(path.steps),
            declared,
            span,
            declared_place,
        )
    )
