"""Runs the ledgers of any family as a session does: read, resolve, check, replay."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explorer.checks.runner import ClaimRunner, SignatureService
from explorer.checks.signatures import Here
from explorer.crypto.trust import TrustStore
from explorer.formats.opening import EvidenceFiles, ReadingOptions, open_evidence
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, Outcome
from explorer.model.content import EntryContent
from explorer.model.ledgers import BlockDetail, Closing, Pipeline

Opener = Callable[[EvidenceFiles, ReadingOptions], Sequence[Pipeline[Any]]]


@dataclass
class Ran:
    """Everything that one ledger showed."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    contents: list[EntryContent] = field(default_factory=list)
    damage: list[Unreadable] = field(default_factory=list)
    results: list[CheckResult] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    unattributed: set[int] = field(default_factory=set)
    closing: Closing = field(default_factory=Closing)
    details: dict[int, BlockDetail] = field(default_factory=dict)

    @property
    def faults(self) -> list[tuple[str, str, int]]:
        """(check, reason, block) of every decisive failure, damage first."""
        found = [(each.check, each.reason, each.block) for each in self.damage]
        found += [
            (each.check, each.reason, each.block)
            for each in self.results
            if each.outcome is Outcome.FAILED and each.decisive
        ]
        return found

    def told(self, outcome: Outcome) -> list[tuple[str, str, int]]:
        """(check, reason, block) of every answer of a kind."""
        return [
            (each.check, each.reason, each.block)
            for each in self.results
            if each.outcome is outcome
        ]

    @property
    def open(self) -> list[tuple[str, str, int]]:
        """Answers that need material which is missing."""
        return self.told(Outcome.INCONCLUSIVE)

    @property
    def skipped(self) -> list[tuple[str, str, int]]:
        """Checks that did not apply."""
        return self.told(Outcome.NOT_APPLICABLE)

    @property
    def remarks(self) -> set[str]:
        """Codes of what was not checked."""
        return {each.code for each in self.closing.not_checked}


def run_all(
    opener: Opener,
    path: Path,
    trust: TrustStore | None = None,
    service: SignatureService | None = None,
    show: Sequence[int] = (),
) -> list[Ran]:
    """Return what each ledger of the evidence shows; ``show`` are heights in detail."""
    store = trust or TrustStore()
    with open_evidence((path,)) as files:
        return [
            _run(each, store, service or Here(fast=True), show)
            for each in opener(files, ReadingOptions(store))
        ]


def _run(
    pipeline: Pipeline[Any],
    trust: TrustStore,
    service: SignatureService,
    show: Sequence[int],
) -> Ran:
    ran = Ran(pipeline.title)
    runner = ClaimRunner(trust, service)
    for parsed in pipeline.read():
        batch = pipeline.resolve(parsed)
        answers = runner.start(batch).result()
        replayed = pipeline.replay(parsed, batch, answers.outcomes)
        ran.blocks += batch.blocks
        ran.entries += batch.entries
        ran.damage += batch.damage
        ran.results += [*batch.results, *answers.results, *replayed.results]
        ran.contents += replayed.contents
        ran.unattributed.update(answers.unattributed, replayed.unattributed)
        ran.passed.update(answers.passed)
        for check, count in [*batch.passed, *replayed.passed]:
            ran.passed[check] += count
    ran.closing = pipeline.finish()
    ran.results += ran.closing.results
    ran.unattributed.update(ran.closing.unattributed)
    for block in ran.blocks:
        if block.height in show:
            ran.details[block.height] = pipeline.detail(block.height, block.span)
    _demand_listed(pipeline, ran)
    return ran


def _demand_listed(pipeline: Pipeline[Any], ran: Ran) -> None:
    """Fail if an answer has a check or a reason that the family does not list."""
    from explorer.checks.reasons import SENTENCES  # noqa: PLC0415 - only here

    listed = {spec.id: {r.code for r in spec.reasons} for spec in pipeline.checks}
    told = [(each.check, each.reason) for each in ran.results]
    told += [(each.check, each.reason) for each in ran.damage]
    for check, reason in told:
        assert reason in listed[check] | set(SENTENCES), (check, reason)
    for check in ran.passed:
        assert check in listed, check
