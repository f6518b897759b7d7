"""A small session for tests: read, resolve, check, replay, finish; nothing else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explorer.checks.runner import ClaimRunner
from explorer.checks.signatures import Here
from explorer.crypto.trust import TrustStore
from explorer.formats.ethereum.family import open_ledgers
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, Outcome
from explorer.model.content import EntryContent
from explorer.model.ledgers import Closing, Pipeline


@dataclass
class Run:
    """Everything that one ledger gave."""

    blocks: list[Block] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    contents: list[EntryContent] = field(default_factory=list)
    damage: list[Unreadable] = field(default_factory=list)
    results: list[CheckResult] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    unattributed: list[int] = field(default_factory=list)
    authorities: int = 0
    closing: Closing = field(default_factory=Closing)

    @property
    def faults(self) -> list[tuple[str, str, int]]:
        """(check, reason, block) of every decisive failure, damage included."""
        found = [
            (each.check, each.reason, each.block)
            for each in self.results
            if each.outcome is Outcome.FAILED and each.decisive
        ]
        found += [(each.check, each.reason, each.block) for each in self.damage]
        return sorted(found, key=lambda each: (each[2], each[0], each[1]))

    @property
    def open(self) -> list[tuple[str, str, int]]:
        """(check, reason, block) of what could not be answered, though decisive."""
        return [
            (each.check, each.reason, each.block)
            for each in self.results
            if each.outcome is Outcome.INCONCLUSIVE and each.decisive
        ]

    @property
    def state(self) -> tuple[bool, bool, bool]:
        """What the verdict would rest on: anything failed, open, or read."""
        return bool(self.faults), bool(self.open), bool(self.blocks or self.entries)


def run_all(
    path: Path, network: str = "", trust: TrustStore | None = None
) -> list[Run]:
    """Return every ledger of the evidence at ``path``."""
    store = TrustStore() if trust is None else trust
    options = ReadingOptions(store, network)
    with open_evidence((path,)) as files:
        return [run_pipeline(each, store) for each in open_ledgers(files, options)]


def run_one(path: Path, network: str = "", trust: TrustStore | None = None) -> Run:
    """Return the only ledger of an evidence."""
    (run,) = run_all(path, network, trust)
    return run


def run_pipeline(pipeline: Pipeline[Any], trust: TrustStore) -> Run:
    run = Run()
    runner = ClaimRunner(trust, Here(fast=True))
    for parsed in pipeline.read():
        batch = pipeline.resolve(parsed)
        answers = runner.start(batch).result()
        replayed = pipeline.replay(parsed, batch, answers.outcomes)
        run.blocks += batch.blocks
        run.hashes += answers.hashes
        run.entries += batch.entries
        run.damage += batch.damage
        run.results += [*batch.results, *answers.results, *replayed.results]
        run.passed.update(answers.passed)
        _count(run, batch.passed)
        _count(run, replayed.passed)
        run.contents += replayed.contents
        run.unattributed += [*answers.unattributed, *replayed.unattributed]
        run.authorities += answers.authorities
    run.closing = pipeline.finish()
    run.results += run.closing.results
    run.unattributed += run.closing.unattributed
    return run


def _count(run: Run, passed: Sequence[tuple[str, int]]) -> None:
    for check, count in passed:
        run.passed[check] += count
