"""Transactions as entries, those of blocks and those of searches, with their proofs.

CometBFT specification v0.38, "Merkle proofs": a leaf is the hash of the transaction's
hash; the side of each step follows from index and size of the tree.
"""

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.crypto.trees import leaf_hash
from explorer.formats.batching import BatchDraft
from explorer.formats.cometbft import checks
from explorer.formats.cometbft.plans import Around, EntryPlan
from explorer.formats.cometbft.records import (
    Body,
    Header,
    Height,
    TxProof,
    TxRecord,
    TxResult,
)
from explorer.formats.cometbft.transactions import told_by
from explorer.model.blocks import NO_BLOCK, Entry
from explorer.model.claims import HashClaim, ProofClaim, ProofStep

_SHA256 = HashAlgorithm.SHA256


class EntryMaker:
    """Makes the entries of one chain."""

    def __init__(self) -> None:
        """Begin before the first."""
        self._loose = 0

    def of_block(self, around: Around, draft: BatchDraft) -> list[EntryPlan]:
        """Add the entries of a height whose header is there."""
        header = around.here.records[0].header
        body = next(
            (each.body for each in around.here.records if each.body is not None), None
        )
        plans: dict[int, EntryPlan] = {}
        results = around.here.results[0].txs if around.here.results else ()
        for position, (tx, span) in enumerate(() if body is None else body.txs):
            result = results[position] if position < len(results) else None
            plans[position] = _plan(header.height, position, tx, span, header, result)
        for found in around.here.searched:
            if found.index not in plans:
                plans[found.index] = _plan(
                    header.height,
                    found.index,
                    found.tx,
                    found.place,
                    header,
                    found.result,
                )
            self._claim(found, header.height, found.index, draft)
            _compare(found, header, body, draft)
        ordered = [plans[position] for position in sorted(plans)]
        draft.entries.extend(each.entry for each in ordered)
        return ordered

    def loose(self, here: Height, draft: BatchDraft) -> list[EntryPlan]:
        """Add the entries of a height whose header is not in the evidence."""
        plans: list[EntryPlan] = []
        for found in here.searched:
            position, self._loose = self._loose, self._loose + 1
            plans.append(
                _plan(NO_BLOCK, position, found.tx, found.place, None, found.result)
            )
            self._claim(found, NO_BLOCK, position, draft)
            if found.proof is not None:
                reason, place = "block-not-in-export", found.proof.root_place
                draft.skip(checks.TX_PROOF, reason, NO_BLOCK, place)
        draft.entries.extend(each.entry for each in plans)
        return plans

    def _claim(
        self, found: TxRecord, block: int, position: int, draft: BatchDraft
    ) -> None:
        draft.claims.append(
            HashClaim(
                checks.TX_HASH,
                block,
                position,
                _SHA256,
                found.tx,
                found.hash,
                found.place,
                found.hash_place,
                part="transaction",
            )
        )
        if found.proof is not None:
            _claim_proof(found, found.proof, block, position, draft)


def codes_of(height: Height) -> list[int]:
    """Return the result codes of the transactions, as far as they are there."""
    for results in height.results:
        return [each.code for each in results.txs]
    return []


def _plan(
    block: int,
    position: int,
    tx: bytes,
    span: ByteSpan,
    header: Header | None,
    result: TxResult | None,
) -> EntryPlan:
    told = told_by(tx, span)
    code = 0 if result is None else result.code
    entry = Entry(
        block,
        position,
        digest(_SHA256, tx).hex().upper(),
        told.kind,
        told.author,
        span,
        Absent.NOT_IN_EXPORT if header is None else header.time_ns // 1000,
        str(code) if code else "",
        told.summary,
    )
    return EntryPlan(entry, told.transfers, result)


def _compare(
    found: TxRecord, header: Header, body: Body | None, draft: BatchDraft
) -> None:
    """Compare a searched transaction with the block that should hold it."""
    height = header.height
    if body is not None and found.index < len(body.txs):
        tx, span = body.txs[found.index]
        if tx != found.tx:
            spans = (found.place, span)
            draft.fail(checks.TX_HASH, "transaction-differs", height, *spans)
    if found.proof is None:
        return
    if found.proof.root == header.hash_of("data_hash"):
        draft.passed[checks.TX_PROOF] += 1
    else:
        spans = (found.proof.root_place, header.places["data_hash"])
        draft.fail(checks.TX_PROOF, "root-not-of-block", height, *spans)


def _claim_proof(
    found: TxRecord, proof: TxProof, block: int, position: int, draft: BatchDraft
) -> None:
    sides = path_sides(proof.index, proof.total)
    if sides is None or len(sides) != len(proof.aunts):
        draft.fail(checks.TX_PROOF, "proof-malformed", block, proof.span)
        return
    hashed = digest(_SHA256, found.tx)
    is_leaf = proof.leaf == leaf_hash(hashed) and proof.data == found.tx
    if not is_leaf:
        draft.fail(checks.TX_PROOF, "leaf-differs", block, proof.span)
    steps = [ProofStep(b"", b"", _SHA256), ProofStep(b"\x00", b"", _SHA256)]
    for is_right, aunt in zip(sides, proof.aunts, strict=True):
        if is_right:
            steps.append(ProofStep(b"\x01" + aunt, b"", _SHA256))
        else:
            steps.append(ProofStep(b"\x01", aunt, _SHA256))
    draft.claims.append(
        ProofClaim(
            checks.TX_PROOF,
            block,
            position,
            found.tx,
            tuple(steps),
            proof.root,
            proof.span,
            proof.root_place,
        )
    )


def path_sides(index: int, total: int) -> list[bool] | None:
    """Return for each step, leaf first, whether the value is the right one.

    ``None`` if there is no such leaf.
    """
    if not 0 <= index < total:
        return None
    sides: list[bool] = []
    while total > 1:
        split = 1 << (total - 1).bit_length() - 1
        is_right = index >= split
        sides.append(is_right)
        index, total = (index - split, total - split) if is_right else (index, split)
    sides.reverse()
    return sides
