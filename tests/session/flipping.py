"""One changed bit, anywhere: what the verdict and the coverage map say about it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from explorer.core.spans import ByteSpan
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.checks import Outcome
from explorer.model.verdicts import EvidenceReport, Verdict
from explorer.session.catalogue import recognise
from explorer.session.coverage import SourceCoverage, coverage_of
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case


@dataclass(frozen=True, slots=True)
class Flip:
    """A bit that was changed, and what came of it."""

    offset: int
    bit: int
    block: int
    """Height of the block that holds the byte; -1: none."""
    is_covered: bool
    verdict: Verdict
    first_failed: int | None
    """Lowest height with a failed check; ``None`` if no height failed."""


def verify_file(path: Path) -> EvidenceReport:
    options = VerifyOptions(TrustStore(), jobs=1)
    return Engine(None).verify((path,), options, create_case(None), NullContext())


def coverage_and_blocks(
    path: Path,
) -> tuple[SourceCoverage, list[tuple[int, ByteSpan]]]:
    blocks: list[tuple[int, ByteSpan]] = []
    reading = ReadingOptions(TrustStore())
    with open_evidence((path,)) as files:
        family = recognise(files)
        pipelines = family.open_ledgers(files, reading)
        (covered,) = coverage_of(pipelines, files.evidence, NullContext())
        for pipeline in family.open_ledgers(files, reading):
            for parsed in pipeline.read():
                batch = pipeline.resolve(parsed)
                blocks += [(each.height, each.span) for each in batch.blocks]
    return covered, blocks


def flips(path: Path, folder: Path, count: int, seed: int) -> Iterator[Flip]:
    """Yield ``count`` flips of random bits of a copy of ``path`` in ``folder``."""
    covered, blocks = coverage_and_blocks(path)
    chosen = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    data = bytearray(path.read_bytes())
    copy = folder / path.name
    for _ in range(count):
        offset, bit = chosen.randrange(len(data)), chosen.randrange(8)
        data[offset] ^= 1 << bit
        copy.write_bytes(data)
        data[offset] ^= 1 << bit
        report = verify_file(copy)
        failed = [
            finding.block
            for ledger in report.ledgers
            for finding in ledger.findings
            if finding.outcome is Outcome.FAILED and finding.block is not None
        ]
        yield Flip(
            offset,
            bit,
            next((h for h, s in blocks if s.start <= offset < s.end), -1),
            bool(covered.mask_at(offset)),
            report.verdict,
            min(failed, default=None),
        )
