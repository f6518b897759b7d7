"""Verifies one ledger: read, resolve, check, replay, judge.

Batches are read ahead while signatures of earlier ones are verified elsewhere; replay
and writing stay in order. Memory is bounded by ``BYTES_AHEAD``.
"""

import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

from explorer.checks.runner import Answers, ClaimRunner, PendingAnswers
from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.core.tasks import TaskContext
from explorer.crypto.trust import HistoryAnchor
from explorer.model.blocks import Block
from explorer.model.checks import CheckResult, Kind, Outcome
from explorer.model.claims import Claim, IdentityClaim
from explorer.model.content import EntryContent
from explorer.model.evidence import Evidence
from explorer.model.ledgers import Batch, Closing, Party, Pipeline, Remark, Replayed
from explorer.model.verdicts import AnchorUse, LedgerReport
from explorer.session.anchoring import (
    HISTORY_CHECK,
    Anchoring,
    HeightKeeper,
    Heights,
    anchors_from_copy,
    compare_with_anchors,
    copy_problem,
)
from explorer.session.causes import group_by_cause
from explorer.session.consistency import Consistency, Consistent
from explorer.session.copies import CopyHashes
from explorer.session.judging import Ties, doubts, is_attributed, judge
from explorer.session.options import VerifyOptions
from explorer.session.outputs import shares_a_file
from explorer.session.tallies import Tallies, worst_by_block
from explorer.store.writer import CaseWriter

BATCHES_AHEAD = 64
"""Batches whose signatures may be waited for at the same time."""

BYTES_AHEAD = 32 * 2**20
"""Bytes of evidence that these batches may span."""

COMMIT_EVERY_S = 0.25
"""How often readers of the case file see news."""


class BatchListener(Protocol):
    """Is told how a verification goes on, besides the progress of its context."""

    def batch_done(self, tallies: Tallies) -> None:
        """Learn that a batch was judged and written."""


class NobodyListens:
    """A listener that ignores everything."""

    def batch_done(self, tallies: Tallies) -> None:
        """Ignore it."""


FICTION_MARK = "虚构演示数据".encode()
"""With these words a ledger whose format has no header calls itself fictional."""

_REFUSED = attrgetter("refused_count")
_IS_ASIDE = attrgetter("is_aside")


@dataclass(slots=True)
class _Totals:
    blocks: int = 0
    entries: int = 0
    refused: int = 0
    signatures: int = 0
    authorities: int = 0
    unattributed: int = 0
    first_time_us: int | Absent = Absent.NOT_IN_EXPORT
    last_time_us: int | Absent = Absent.NOT_IN_EXPORT


class LedgerVerification:
    """One run over one ledger."""

    def __init__(
        self,
        pipeline: Pipeline[Any],  # only the pipeline knows what it parses
        evidence: Evidence,
        options: VerifyOptions,
        runner: ClaimRunner,
        writer: CaseWriter,
        listener: BatchListener,
    ) -> None:
        """Write to ``writer``; check claims with ``runner``."""
        self._pipeline = pipeline
        self._evidence = evidence
        self._options = options
        self._runner = runner
        self._writer = writer
        self._listener = listener
        self._history = tuple(
            anchor
            for anchor in (*options.trust.history, *options.checkpoints)
            if anchor.ledger in {"", pipeline.title}
        )
        self._tallies = Tallies((*pipeline.checks, HISTORY_CHECK), evidence)
        self._totals = _Totals()
        self._heights = HeightKeeper(
            (anchor.height for anchor in self._history), keep_all=bool(options.copies)
        )
        self._consistency = Consistency(
            pipeline.format,
            pipeline.title,
            evidence.sources[0].path if evidence.sources else evidence.path,
            options,
            writer,
        )
        self._says_fictional = False
        self._has_certificates = False
        self.sources_read: set[int] = set()

    def run(self, context: TaskContext) -> LedgerReport:
        """Verify everything and return what it amounts to.

        Raises:
            CancelledError: If the context asks to stop.
        """
        pipeline, writer = self._pipeline, self._writer
        writer.begin_ledger(pipeline.format, pipeline.title, pipeline.entry_unit)
        waiting: deque[tuple[Any, Batch, PendingAnswers]] = deque()
        committed = 0.0
        for parsed in pipeline.read():
            batch = pipeline.resolve(parsed)
            waiting.append((parsed, batch, self._runner.start(batch)))
            _report_progress(context, batch)
            while waiting and (_is_enough(waiting) or waiting[0][2].done()):
                self._judge_batch(*waiting.popleft())
            if time.monotonic() - committed > COMMIT_EVERY_S:
                writer.commit()
                self._listener.batch_done(self._tallies)
                committed = time.monotonic()
        while waiting:
            _, batch, _ = waiting[0]
            _report_progress(context, batch)
            self._judge_batch(*waiting.popleft())
        return self._conclude(pipeline.finish())

    def _judge_batch(
        self, parsed: object, batch: Batch, pending: PendingAnswers
    ) -> None:
        answers = pending.result()
        replayed = self._pipeline.replay(parsed, batch, answers.outcomes)
        self._count(batch, answers, replayed)
        results = [*batch.results, *answers.results, *replayed.results]
        statuses = worst_by_block(results) if results else {}
        for damage in batch.damage:
            statuses[damage.block] = int(Outcome.FAILED)
        self._writer.add_blocks(batch.blocks, answers.hashes, batch.entries, statuses)
        links = {spec.id for spec in self._pipeline.checks if spec.kind is Kind.LINK}
        unlinked = {each.block for each in results if each.check in links}
        blocks, hashes = batch.blocks, answers.hashes
        if any(map(_IS_ASIDE, blocks)):
            kept = [not each.is_aside for each in blocks]
            blocks, hashes = list(compress(blocks, kept)), list(compress(hashes, kept))
        self._heights.add([each.height for each in blocks], hashes, unlinked)
        self._note_sources(batch)
        if not isinstance(self._options.as_of, Absent) and not self._has_certificates:
            self._has_certificates = any(map(_is_about_a_certificate, batch.claims))
        if not self._says_fictional:
            self._says_fictional = any(map(_says_fictional, replayed.contents))
        self._consistency.take(replayed.contents)

    def _note_sources(self, batch: Batch) -> None:
        self.sources_read.update(batch.read_sources)
        self.sources_read.update(each.span.source for each in batch.blocks)
        self.sources_read.update(each.span.source for each in batch.entries)
        self.sources_read.update(each.span.source for each in batch.damage)
        if len(self.sources_read) < len(self._evidence.sources):
            self.sources_read.update(each.place.source for each in batch.claims)
            self.sources_read.update(span.source for _, span in batch.covered)

    def _count(self, batch: Batch, answers: Answers, replayed: Replayed) -> None:
        tallies, totals = self._tallies, self._totals
        tallies.add_damage(batch.damage)
        tallies.add_passed(batch.passed)
        tallies.add_passed(answers.passed.items())
        tallies.add_passed(replayed.passed)
        for results in (batch.results, answers.results, replayed.results):
            tallies.add_results(results, batch.entries)
        totals.blocks += len(batch.blocks)
        totals.entries += len(batch.entries)
        totals.signatures += answers.signatures
        totals.authorities += answers.authorities
        totals.unattributed += len({*answers.unattributed, *replayed.unattributed})
        totals.refused += sum(map(_REFUSED, batch.blocks))
        if isinstance(totals.first_time_us, Absent):
            totals.first_time_us = _first_time(batch.blocks)
        last_time_us = _first_time(reversed(batch.blocks))
        if not isinstance(last_time_us, Absent):
            totals.last_time_us = last_time_us

    def _conclude(self, closing: Closing) -> LedgerReport:
        tallies = self._tallies
        self._totals.unattributed += len(closing.unattributed)
        tallies.add_passed(closing.passed)
        tallies.add_results(closing.results)
        anchoring = self._anchor()
        tallies.add_passed([(HISTORY_CHECK.id, anchoring.passed)])
        tallies.add_results(anchoring.results)
        consistent = self._consistency.conclude(self._evidence, closing.reference_data)
        report = self._report(closing, anchoring, consistent)
        self._writer.add_findings(report.findings)
        self._writer.commit()
        self._listener.batch_done(tallies)
        return report

    def _anchor(self) -> Anchoring:
        heights = self._heights.heights()
        anchors = list(self._history)
        for path in self._options.copies:
            results, anchor = self._compare_copy(heights, path)
            self._tallies.add_results(results)
            if anchor is not None:
                anchors.append(anchor)
        return compare_with_anchors(heights, anchors)

    def _compare_copy(
        self, heights: Heights, path: Path
    ) -> tuple[list[CheckResult], HistoryAnchor | None]:
        evidence = [Path(source.path) for source in self._evidence.sources]
        if any(shares_a_file(path, each) for each in evidence):
            return [copy_problem("copy-is-evidence", str(path))], None
        copy = CopyHashes(path, self._pipeline.format, self._pipeline.title)
        try:
            return anchors_from_copy(heights, copy.hashes(), str(path))
        except ExplorerError as error:
            return [copy_problem("copy-unreadable", f"{path}: {error}")], None

    def _report(
        self, closing: Closing, anchoring: Anchoring, consistent: Consistent
    ) -> LedgerReport:
        totals, tallies = self._totals, self._tallies
        rows = tuple(row for row in tallies.rows.values() if row.counts or row.reasons)
        ties = Ties(
            blocks=totals.blocks,
            entries=totals.entries,
            has_identity_anchors=bool(self._options.trust.identities),
            authorities_agree=totals.authorities,
            uncovered=tuple(closing.uncovered),
            unattributed=totals.unattributed,
            is_fully_anchored=anchoring.is_full,
        )
        runs = self._heights.heights().runs
        return LedgerReport(
            format=self._pipeline.format,
            title=self._pipeline.title,
            entry_unit=self._pipeline.entry_unit,
            verdict=judge(rows, ties),
            anchors=(*self._identity_uses(closing.parties), *anchoring.uses),
            attributed=is_attributed(ties),
            anchored_to=anchoring.anchored_to,
            blocks=totals.blocks,
            entries=totals.entries,
            refused=totals.refused,
            signatures=totals.signatures,
            first=min((first for first, _ in runs), default=None),
            last=max((last for _, last in runs), default=None),
            last_hash=self._heights.last_hash.hex(),
            first_time_us=totals.first_time_us,
            last_time_us=totals.last_time_us,
            checks=rows,
            findings=group_by_cause(tallies.findings),
            findings_total=tallies.findings_total,
            not_checked=(
                *closing.not_checked,
                *self._anchors_of_others(),
                *self._time_without_use(),
                *self._consistency.remarks(),
            ),
            parties=tuple(closing.parties),
            uncovered=ties.uncovered,
            is_fictional=closing.is_fictional or self._says_fictional,
            export_hint=closing.export_hint,
            verdict_reasons=(*doubts(rows), *_why_not_attributed(ties)),
            inconsistencies=consistent.inconsistencies,
            rules=consistent.rules,
        )

    def _anchors_of_others(self) -> list[Remark]:
        names = sorted(
            {
                anchor.ledger
                for anchor in self._options.trust.history
                if anchor.ledger not in {"", self._pipeline.title}
            }
        )
        sentence = "History anchors for other ledgers were not compared with this one."
        return [Remark("other-ledger-anchors", sentence, ", ".join(names))] * bool(
            names
        )

    def _time_without_use(self) -> list[Remark]:
        if isinstance(self._options.as_of, Absent) or self._has_certificates:
            return []
        sentence = "No certificate was judged at the time given: none has a check here."
        return [Remark("time-not-used", sentence, self._options.as_of.isoformat())]

    def _identity_uses(self, parties: Sequence[Party]) -> list[AnchorUse]:
        used = {party.organisation for party in parties if party.anchored}
        used |= {party.id for party in parties if party.anchored}
        return [
            AnchorUse(
                "identity",
                anchor.label,
                anchor.origin.value,
                anchor.source,
                isinstance(anchor.organisation, Absent) or anchor.organisation in used,
            )
            for anchor in self._options.trust.identities
        ]


def _report_progress(context: TaskContext, batch: Batch) -> None:
    # a file that grows meanwhile has more bytes than it had
    context.step(min(batch.done_bytes, batch.total_bytes), batch.total_bytes)


def _is_about_a_certificate(claim: Claim) -> bool:
    return isinstance(claim, IdentityClaim)


def _says_fictional(content: EntryContent) -> bool:
    return content.accepted and any(
        FICTION_MARK in write.value for write in content.writes
    )


def _first_time(blocks: Iterable[Block]) -> int | Absent:
    for block in blocks:
        if not isinstance(block.time_us, Absent):
            return block.time_us
    return Absent.NOT_IN_EXPORT


def _is_enough(waiting: deque[tuple[Any, Batch, PendingAnswers]]) -> bool:
    span = waiting[-1][1].done_bytes - waiting[0][1].done_bytes
    return len(waiting) > BATCHES_AHEAD or span > BYTES_AHEAD


def _why_not_attributed(ties: Ties) -> list[Remark]:
    if not ties.has_identity_anchors or is_attributed(ties):
        return []
    if ties.uncovered:
        names = ", ".join(ties.uncovered[:10])
        return [
            Remark("uncovered", "No anchor of yours covers these organisations.", names)
        ]
    return [
        Remark(
            "not-under-anchors",
            "Some blocks are not signed by enough identities under your anchors.",
            str(ties.unattributed),
        )
    ]
