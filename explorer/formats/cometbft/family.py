"""CometBFT as a ledger family: what is recognised, which ledgers it makes."""

from collections.abc import Sequence

from explorer.formats.cometbft import checks
from explorer.formats.cometbft.index import Library, build_index, looks_like
from explorer.formats.cometbft.pipeline import CometPipeline
from explorer.formats.cometbft.remarks import EXPORT_HINT
from explorer.formats.cometbft.vectors import VectorPipeline
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.ledgers import Match

NAME = "cometbft"
TITLE = "CometBFT (Tendermint)"
REFERENCE = "docs/formats/cometbft.md, CometBFT 0.34 to 1.0"
CHECKS = checks.CHECKS

__all__ = [
    "CHECKS",
    "EXPORT_HINT",
    "NAME",
    "REFERENCE",
    "TITLE",
    "may_differ",
    "open_ledgers",
    "probe",
]

_HONEST = ("commit", "id", "jsonrpc", "canonical", "events", "query")
"""Parts of a reply that two honest nodes may answer differently: each keeps the votes
that reached it, and numbers its replies as it was asked."""


def probe(files: EvidenceFiles) -> Match:
    """Return how sure it is that the evidence holds replies of CometBFT."""
    found = any(looks_like(files, each.index) for each in files.evidence.sources)
    return Match.STRUCTURE if found else Match.NO


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[CometPipeline | VectorPipeline]:
    """Return one pipeline for each chain, and one for each trace of steps."""
    library = Library(files)
    index = build_index(files, library)
    chains = [
        CometPipeline(files, options, index, chain)
        for chain in index.chains.values()
        if chain.heights
    ]
    traces = [
        VectorPipeline(library, each, files.path(each.source).name, options.trust)
        for each in index.vectors
    ]
    return [*chains, *traces]


def may_differ(slot: str, first: bytes, second: bytes) -> bool:
    """Return whether honest copies of a block may differ in ``slot``."""
    del first, second
    return any(name in _HONEST for name in slot.split("/"))
