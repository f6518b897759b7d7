"""The coverage map: which bytes of the evidence which kind of check protects.

Worked out from the places of the claims alone; whether the checks passed is another
question. A byte is protected if changing it makes one of these checks fail.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.core.spans import ByteSpan
from explorer.core.tasks import TaskContext
from explorer.model.checks import Kind
from explorer.model.claims import (
    AuthorityClaim,
    Claim,
    HashClaim,
    IdentityClaim,
    LinkClaim,
    ProofClaim,
    QuorumClaim,
    SignatureClaim,
    TreeClaim,
)
from explorer.model.evidence import Evidence
from explorer.model.ledgers import Batch, Pipeline

HASH, SIGNATURE, REPLAY, FRAMING = 1, 2, 4, 8
"""Bits of a segment's mask."""

_BIT_OF_KIND = {
    Kind.HASH: HASH,
    Kind.LINK: HASH,
    Kind.TREE: HASH,
    Kind.SIGNATURE: SIGNATURE,
    Kind.REPLAY: REPLAY,
}


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """Segments of one file, without gaps from its first byte to its last."""

    source: int
    starts: npt.NDArray[np.int64]
    """Offset of the first byte of each segment."""
    ends: npt.NDArray[np.int64]
    masks: npt.NDArray[np.uint8]
    """Bits of the kinds that protect the segment; 0: nothing does."""

    def mask_at(self, offset: int) -> int:
        """Return the bits that protect one byte."""
        index = int(np.searchsorted(self.starts, offset, side="right")) - 1
        return int(self.masks[index])

    def sizes(self) -> dict[int, int]:
        """Return mask → number of bytes."""
        lengths = self.ends - self.starts
        return {
            int(mask): int(lengths[self.masks == mask].sum())
            for mask in np.unique(self.masks)
        }


def coverage_of(
    pipelines: Sequence[Pipeline[Any]], evidence: Evidence, context: TaskContext
) -> tuple[SourceCoverage, ...]:
    """Return the coverage of every file of the evidence."""
    collected: dict[int, list[tuple[int, int, int]]] = {
        source.index: [] for source in evidence.sources
    }
    for pipeline in pipelines:
        for parsed in pipeline.read():
            batch = pipeline.resolve(parsed)
            context.step(batch.done_bytes, batch.total_bytes)
            for bit, span in _protected(batch):
                if span.source in collected and span.end > span.start:
                    collected[span.source].append((span.start, span.end, bit))
    return tuple(
        _segments(source.index, source.size_bytes, collected[source.index])
        for source in evidence.sources
    )


def _protected(batch: Batch) -> Iterator[tuple[int, ByteSpan]]:
    for kind, span in batch.covered:
        yield _BIT_OF_KIND.get(kind, FRAMING), span
    for claim in batch.claims:
        yield from _places(claim)


def _places(claim: Claim) -> Iterator[tuple[int, ByteSpan]]:
    match claim:
        case HashClaim() | LinkClaim() | TreeClaim() | ProofClaim():
            yield HASH, claim.place
            yield HASH, claim.declared_place
        case SignatureClaim():
            yield SIGNATURE, claim.place
            yield SIGNATURE, claim.signature_place
        case IdentityClaim() | AuthorityClaim() | QuorumClaim():
            return  # they judge what other claims cover
        case _:
            yield HASH, claim.place


def _segments(
    source: int, size: int, spans: Sequence[tuple[int, int, int]]
) -> SourceCoverage:
    table = np.array(spans, dtype=np.int64).reshape(len(spans), 3)
    np.clip(table[:, :2], 0, size, out=table[:, :2])
    cuts = np.unique(np.concatenate((table[:, 0], table[:, 1], [0, size])))
    starts, ends = cuts[:-1], cuts[1:]
    masks = np.zeros(len(starts), dtype=np.uint8)
    for bit in (HASH, SIGNATURE, REPLAY, FRAMING):
        chosen = table[table[:, 2] == bit]
        depth = np.zeros(len(cuts) + 1, dtype=np.int64)
        np.add.at(depth, np.searchsorted(cuts, chosen[:, 0]), 1)
        np.add.at(depth, np.searchsorted(cuts, chosen[:, 1]), -1)
        inside = np.cumsum(depth)[: len(starts)] > 0
        masks[inside] |= bit
    return SourceCoverage(source, starts, ends, masks)
