"""A small session for tests: read, resolve, check, replay, finish; nothing else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from explorer.checks.runner import ClaimRunner, Reasons, SignatureService
from explorer.checks.signatures import Here
from explorer.crypto.trust import TrustStore
from explorer.formats.fabric.family import open_ledgers
from explorer.formats.fabric.pipeline import FabricPipeline
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import SignatureClaim
from explorer.model.content import EntryContent
from explorer.model.ledgers import Closing


@dataclass
class Run:
    """Everything that one ledger gave."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    contents: list[EntryContent] = field(default_factory=list)
    damage: list[Unreadable] = field(default_factory=list)
    results: list[CheckResult] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    unattributed: list[int] = field(default_factory=list)
    closing: Closing = field(default_factory=Closing)

    @property
    def failed(self) -> list[CheckResult]:
        """Decisive failures, damage included, by block."""
        found = [
            each
            for each in self.results
            if each.outcome is Outcome.FAILED and each.decisive
        ]
        found += [
            CheckResult(
                each.check, Outcome.FAILED, each.reason, each.block, spans=(each.span,)
            )
            for each in self.damage
        ]
        return sorted(found, key=lambda each: (each.block, each.check))

    @property
    def faults(self) -> list[tuple[str, str, int]]:
        """(check, reason, block) of every decisive failure."""
        return [(each.check, each.reason, each.block) for each in self.failed]


class Remembered:
    """Verifies each signature once, for many runs over nearly the same bytes."""

    def __init__(self) -> None:
        self._here = Here(fast=True)
        self._known: dict[tuple[bytes, bytes, bytes], str] = {}

    def submit(self, claims: Sequence[SignatureClaim]) -> Reasons:
        names = [(each.key.raw, each.message, each.signature) for each in claims]
        new = [at for at, name in enumerate(names) if name not in self._known]
        made = self._here.submit([claims[at] for at in new]).result()
        self._known.update(zip((names[at] for at in new), made, strict=True))
        return _Ready([self._known[name] for name in names])


class _Ready:
    def __init__(self, reasons: list[str]) -> None:
        self._reasons = reasons

    def done(self) -> bool:
        return True

    def result(self) -> list[str]:
        return self._reasons


def run_all(
    path: Path,
    trust: TrustStore | None = None,
    service: SignatureService | None = None,
) -> list[Run]:
    """Return every ledger of the evidence at ``path``."""
    store = TrustStore() if trust is None else trust
    options = ReadingOptions(store)
    verifier = Here(fast=True) if service is None else service
    with open_evidence((path,)) as files:
        ledgers = open_ledgers(files, options)
        return [run_pipeline(each, store, verifier) for each in ledgers]


def run_pipeline(
    pipeline: FabricPipeline, trust: TrustStore, service: SignatureService
) -> Run:
    run = Run(pipeline.title)
    runner = ClaimRunner(trust, service)
    for parsed in pipeline.read():
        batch = pipeline.resolve(parsed)
        answers = runner.start(batch).result()
        replayed = pipeline.replay(parsed, batch, answers.outcomes)
        run.blocks += batch.blocks
        run.entries += batch.entries
        run.damage += batch.damage
        run.results += [*batch.results, *answers.results, *replayed.results]
        run.passed.update(answers.passed)
        _count(run, batch.passed)
        _count(run, replayed.passed)
        run.contents += replayed.contents
        run.unattributed += [*answers.unattributed, *replayed.unattributed]
    run.closing = pipeline.finish()
    run.results += run.closing.results
    run.unattributed += run.closing.unattributed
    _count(run, run.closing.passed)
    return run


def _count(run: Run, passed: Sequence[tuple[str, int]]) -> None:
    for check, count in passed:
        run.passed[check] += count
