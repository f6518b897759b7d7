"""Recognises chain-jsonl files, also damaged ones and parts without a header line."""

from collections.abc import Sequence

from explorer.formats.chain_jsonl.pipeline import ChainPipeline
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.ledgers import Match

HEAD_BYTES = 2**16
"""How much of a file is looked at."""

_BEGINNINGS = (b'{"chain":{', b'{"block":{')
_FIELDS = (b'"entries_root":"', b'"previous":"', b'"producer":"')


def probe(files: EvidenceFiles) -> Match:
    """Return whether any file of the evidence is a chain-jsonl file."""
    return Match.STRUCTURE if _sources(files) else Match.NO


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[ChainPipeline]:
    """Return one pipeline for each chain-jsonl file of the evidence.

    Raises:
        ReadError: If a file cannot be read.
    """
    return [ChainPipeline(files, each, options.trust) for each in _sources(files)]


def may_differ(slot: str, one: bytes, other: bytes) -> bool:
    """Return whether honest copies of a block may differ in this field.

    Only the block's own signature lies outside its hash; a copy taken before the block
    was signed has none.
    """
    del one, other
    return slot == "signature"


def _sources(files: EvidenceFiles) -> list[int]:
    return [
        each.index
        for each in files.evidence.sources
        if _is_chain(files.head(each.index, HEAD_BYTES))
    ]


def _is_chain(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text.startswith(_BEGINNINGS):
        return b"\n" in text or all(each in text for each in _FIELDS)
    return all(each in text for each in _FIELDS)
