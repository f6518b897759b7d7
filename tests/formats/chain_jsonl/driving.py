"""Drives one chain through reading, checking and replaying, as a session does."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from explorer.checks.runner import ClaimRunner
from explorer.crypto.signatures import SignatureVerifier
from explorer.crypto.trust import TrustStore
from explorer.formats import chain_jsonl
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import SignatureClaim
from explorer.model.content import EntryContent
from explorer.model.ledgers import Closing


class _Ready:
    """Reasons that are there already."""

    def __init__(self, reasons: list[str]) -> None:
        self._reasons = reasons

    def done(self) -> bool:
        return True

    def result(self) -> list[str]:
        return self._reasons


class InlineSignatures:
    """Verifies signatures at once."""

    def __init__(self) -> None:
        self._verifier = SignatureVerifier(fast=False)

    def submit(self, claims: Sequence[SignatureClaim]) -> _Ready:
        return _Ready(
            [
                self._verifier.verify(
                    each.scheme, each.key, each.message, each.signature, each.low_s
                )
                for each in claims
            ]
        )


@dataclass
class Driven:
    """Everything a run showed."""

    closing: Closing
    blocks: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    damage: list[Unreadable] = field(default_factory=list)
    results: list[CheckResult] = field(default_factory=list)
    contents: list[EntryContent] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    unattributed: set[int] = field(default_factory=set)
    hashes: list[bytes] = field(default_factory=list)
    signatures: int = 0

    def faults(self) -> list[tuple[str, str, int]]:
        """Return (check, reason, block) of all that counts against the ledger."""
        found = [(each.check, each.reason, each.block) for each in self.damage]
        found += [
            (each.check, each.reason, each.block)
            for each in self.results
            if each.outcome is Outcome.FAILED and each.decisive
        ]
        return found

    def reasons(self) -> dict[str, set[str]]:
        """Return check → all reasons, whatever the outcome."""
        out: dict[str, set[str]] = {}
        pairs = [(each.check, each.reason) for each in self.damage]
        pairs += [(each.check, each.reason) for each in self.results]
        for check, reason in pairs:
            out.setdefault(check, set()).add(reason)
        return out


def drive(path: Path, trust: TrustStore | None = None) -> Driven:
    """Return what the only chain of ``path`` shows."""
    trust = trust or TrustStore()
    with open_evidence((path,)) as files:
        (pipeline,) = chain_jsonl.open_ledgers(files, ReadingOptions(trust))
        runner = ClaimRunner(trust, InlineSignatures())
        out = Driven(Closing())
        for parsed in pipeline.read():
            batch = pipeline.resolve(parsed)
            answers = runner.start(batch).result()
            replayed = pipeline.replay(parsed, batch, answers.outcomes)
            out.blocks += batch.blocks
            out.entries += batch.entries
            out.damage += batch.damage
            out.results += [*batch.results, *answers.results, *replayed.results]
            out.contents += replayed.contents
            out.hashes += answers.hashes
            out.signatures += answers.signatures
            out.unattributed.update(answers.unattributed, replayed.unattributed)
            out.passed.update(answers.passed)
            for check, count in [*batch.passed, *replayed.passed]:
                out.passed[check] += count
        out.closing = pipeline.finish()
        out.results += out.closing.results
        out.passed.update(dict(out.closing.passed))
        return out
