"""Drives files of events through reading, checking and replaying, as a session does."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from explorer.checks.runner import ClaimRunner
from explorer.checks.signatures import Here
from explorer.crypto.trust import TrustStore
from explorer.formats import event_documents
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.blocks import Entry, Unreadable
from explorer.model.checks import CheckResult
from explorer.model.claims import HashClaim
from explorer.model.content import EntryContent
from explorer.model.events import TraceEvent
from explorer.model.ledgers import Closing
from tests.encodings.epcis.written import EVENT, document


@dataclass
class Driven:
    """Everything a run showed."""

    closing: Closing
    title: str = ""
    entries: list[Entry] = field(default_factory=list)
    claims: list[HashClaim] = field(default_factory=list)
    damage: list[Unreadable] = field(default_factory=list)
    results: list[CheckResult] = field(default_factory=list)
    contents: list[EntryContent] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    read_sources: set[int] = field(default_factory=set)
    done: list[int] = field(default_factory=list)

    def events(self) -> list[TraceEvent]:
        return [event for content in self.contents for event in content.events]

    def reasons(self) -> list[str]:
        found = [each.reason for each in self.damage]
        return [*found, *(each.reason for each in self.results)]

    def remarks(self) -> dict[str, str]:
        return {each.code: each.detail for each in self.closing.not_checked}


def drive(*paths: Path) -> Driven:
    """Run everything over the files at ``paths``, one evidence together."""
    trust = TrustStore()
    with open_evidence(paths) as files:
        (pipeline,) = event_documents.open_ledgers(files, ReadingOptions(trust))
        runner = ClaimRunner(trust, Here(fast=False))
        out = Driven(Closing(), pipeline.title)
        for parsed in pipeline.read():
            batch = pipeline.resolve(parsed)
            answers = runner.start(batch).result()
            replayed = pipeline.replay(parsed, batch, answers.outcomes)
            out.entries += batch.entries
            out.claims += [each for each in batch.claims if isinstance(each, HashClaim)]
            out.damage += batch.damage
            out.results += [*batch.results, *answers.results, *replayed.results]
            out.contents += replayed.contents
            out.passed += Counter(dict(batch.passed)) + answers.passed
            out.read_sources.update(batch.read_sources)
            out.done.append(batch.done_bytes)
        out.closing = pipeline.finish()
    return out


def event(**more: object) -> dict[str, object]:
    """Return an event with other values in some fields; ``...`` leaves one out."""
    return {k: v for k, v in {**EVENT, **more}.items() if v is not ...}


def write(path: Path, *events: object) -> Path:
    """Write a JSON document with these events."""
    path.write_bytes(document(*events))
    return path
