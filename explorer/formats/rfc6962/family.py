"""Merkle proofs of RFC 6962 and RFC 9162 in JSON as a family: one ledger for a file."""

from collections.abc import Sequence

from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.formats.rfc6962 import checks
from explorer.formats.rfc6962.pipeline import ProofPipeline
from explorer.formats.rfc6962.reading import looks_like_proofs
from explorer.model.ledgers import Match

NAME = "rfc6962"
TITLE = "Merkle proofs (RFC 6962, RFC 9162)"
REFERENCE = "docs/formats/opentimestamps.md, RFC 9162"
CHECKS = checks.CHECKS
HEAD_BYTES = 8_192


def probe(files: EvidenceFiles) -> Match:
    """Return how sure it is that the evidence holds proofs."""
    return Match.STRUCTURE if _sources(files) else Match.NO


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[ProofPipeline]:
    """Return one pipeline for each file of proofs."""
    del options
    return [ProofPipeline(files, each) for each in _sources(files)]


def may_differ(slot: str, one: bytes, other: bytes) -> bool:
    """Return whether honest copies of a block may differ: there are no blocks."""
    del slot, one, other
    return False


def _sources(files: EvidenceFiles) -> list[int]:
    return [
        each.index
        for each in files.evidence.sources
        if looks_like_proofs(files.head(each.index, HEAD_BYTES))
    ]
