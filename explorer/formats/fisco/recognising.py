"""Recognises exports of FISCO BCOS and opens the ledgers in them."""

import re
from collections.abc import Sequence

from explorer.formats.fisco.indexing import HEAD_BYTES, STRONG_MARKS, index
from explorer.formats.fisco.pipeline import FiscoPipeline
from explorer.formats.fisco.tables import is_table
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.ledgers import Match

_OTHERS = (b'"sha3Uncles"', b'"cumulativeGasUsed"', b'"mixHash"')
"""Keys of Ethereum's blocks and receipts."""
_PAIRS = re.compile(rb'"(?:txProof|receiptProof|txReceiptProof)"\s*:\s*\[')
_RECEIPT = (b'"transactionHash"', b'"output"', b'"root"')
_STARTS = frozenset(b"{[ \t\r\n\xef")


def probe(files: EvidenceFiles) -> Match:
    """Return how sure it is that the evidence holds records of FISCO BCOS."""
    best = Match.NO
    for source in files.evidence.sources:
        best = max(best, _match(files.head(source.index, HEAD_BYTES)))
        if best is Match.STRUCTURE:
            break
    return best


def _match(head: bytes) -> Match:
    if is_table(head):
        return Match.STRUCTURE
    if not head or head[0] not in _STARTS or any(each in head for each in _OTHERS):
        return Match.NO
    is_ours = any(each in head for each in STRONG_MARKS) or _PAIRS.search(head)
    if is_ours or all(each in head for each in _RECEIPT):
        return Match.STRUCTURE
    return Match.NO


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[FiscoPipeline]:
    """Return one pipeline for each ledger of the evidence.

    Raises:
        ReadError: If a file cannot be read.
    """
    return [FiscoPipeline(files, each, options.trust) for each in index(files)]


def may_differ(slot: str, one: bytes, other: bytes) -> bool:
    """Return whether honest copies of a block may differ in this field.

    Nodes keep the signatures that reached them first, and note by themselves when a
    transaction came in.
    """
    del one, other
    return slot.startswith("signatureList") or slot.endswith("importTime")
