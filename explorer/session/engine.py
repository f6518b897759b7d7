"""Verifies one evidence from its path to its report, and owns the worker processes.

Used by the command line in its own process and by the window in the engine process.
"""

import hashlib
import multiprocessing
import os
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

from explorer.checks.runner import ClaimRunner, SignatureService
from explorer.checks.signatures import Elsewhere, Here
from explorer.core.errors import (
    CancelledError,
    ExplorerError,
    ReadError,
    UnknownFormatError,
)
from explorer.core.tasks import TaskContext
from explorer.crypto.trust import TrustStore
from explorer.formats.opening import EvidenceFiles, ReadingOptions, open_evidence
from explorer.model.evidence import Evidence, Source
from explorer.model.ledgers import Remark
from explorer.model.verdicts import (
    EvidenceReport,
    LedgerReport,
    SourceDigest,
    Verdict,
)
from explorer.session.catalogue import recognise
from explorer.session.judging import worst
from explorer.session.options import VerifyOptions
from explorer.session.profiles import shipped_profiles
from explorer.session.verification import (
    BatchListener,
    LedgerVerification,
    NobodyListens,
)
from explorer.store.schema import add_indexes
from explorer.store.writer import CaseWriter

FILES_NOT_READ = "These files of the evidence hold nothing that was read."

MAX_UNREAD_NAMED = 30
"""Names of such files in the report."""

MAX_WORKERS = 64
"""More processes than this are never started."""

HASHED_HERE_BYTES = 8 * 2**20
"""Files up to this size are hashed in this process."""


@contextmanager
def worker_processes(jobs: int) -> Iterator[Executor | None]:
    """Yield an executor with ``jobs`` processes; 0: one per core, 1: none at all."""
    count = min(jobs or os.cpu_count() or 1, MAX_WORKERS)
    if count == 1:
        yield None
        return
    # The workers start at the first task, when this process still has one thread, so
    # that fork is safe on Linux; other systems have libraries that do not bear it.
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(count, mp_context=context) as executor:
        yield executor


class Engine:
    """Verifies evidence, one after the other, with the same workers."""

    def __init__(self, executor: Executor | None) -> None:
        """Verify many signatures through ``executor``; ``None``: all in this thread."""
        self._executor = executor

    def verify(
        self,
        paths: Sequence[Path],
        options: VerifyOptions,
        database: Connection,
        context: TaskContext,
        listener: BatchListener | None = None,
    ) -> EvidenceReport:
        """Return the report of one evidence; problems with it are in the report.

        Raises:
            CancelledError: If the context asks to stop.
        """
        began = time.monotonic()
        shown = " + ".join(str(path) for path in paths)
        try:
            with open_evidence(tuple(paths)) as files:
                report = self._verify_files(
                    files, options, database, context, listener or NobodyListens()
                )
        except CancelledError:
            raise
        except ExplorerError as error:
            return _unreadable(shown, error)
        return replace(report, took_s=time.monotonic() - began)

    def _verify_files(
        self,
        files: EvidenceFiles,
        options: VerifyOptions,
        database: Connection,
        context: TaskContext,
        listener: BatchListener,
    ) -> EvidenceReport:
        writer = CaseWriter(database)
        writer.add_evidence(files.evidence)
        writer.commit()
        before = (
            [sha256_of(Path(each.path)) for each in files.evidence.sources]
            if options.hash_twice
            else []
        )
        hashing = _SourceHashing(
            files.evidence.sources, None if before else self._executor
        )
        family = recognise(files, options.format)
        given = TrustStore(history=tuple(options.checkpoints))
        trust = options.trust.merge(given)
        profiles = tuple(options.profiles) or shipped_profiles()
        reading = ReadingOptions(
            trust, options.network, profiles, options.keep_statements
        )
        ledgers: list[LedgerReport] = []
        read: set[int] = set()
        for pipeline in family.open_ledgers(files, reading):
            runner = ClaimRunner(
                options.trust, self._signatures(options), options.as_of
            )
            run = LedgerVerification(
                pipeline, files.evidence, options, runner, writer, listener
            )
            ledgers.append(run.run(context))
            read |= run.sources_read
        add_indexes(database)
        sources = hashing.finish()
        if before:
            sources = tuple(
                replace(each, unchanged=each.unchanged and each.sha256 == sha256)
                for each, sha256 in zip(sources, before, strict=True)
            )
        writer.set_digests([each.sha256 for each in sources])
        writer.commit()
        if not ledgers:
            raise UnknownFormatError(f"there is no {family.title} ledger in it")
        ledgers[0] = with_unread(ledgers[0], files.evidence, read)
        verdict = worst(ledger.verdict for ledger in ledgers)
        return EvidenceReport(
            files.evidence.path,
            verdict,
            tuple(ledgers),
            sources,
            inconsistencies=tuple(
                each for ledger in ledgers for each in ledger.inconsistencies
            ),
        )

    def _signatures(self, options: VerifyOptions) -> SignatureService:
        if self._executor is None:
            return Here(fast=options.fast)
        return Elsewhere(self._executor, fast=options.fast)


class _SourceHashing:
    """Hashes the files: large ones in a worker process, meanwhile; small ones last."""

    def __init__(self, sources: Sequence[Source], executor: Executor | None) -> None:
        self._sources = sources
        self._begun: dict[int, Future[str]] = {}
        if executor is not None:
            for source in sources:
                if source.size_bytes > HASHED_HERE_BYTES:
                    task = executor.submit(sha256_of, Path(source.path))
                    self._begun[source.index] = task

    def finish(self) -> tuple[SourceDigest, ...]:
        """Return all digests; wait for those that are still being worked out."""
        return tuple(self._digest(source) for source in self._sources)

    def _digest(self, source: Source) -> SourceDigest:
        task = self._begun.get(source.index)
        sha256 = sha256_of(Path(source.path)) if task is None else task.result()
        return SourceDigest(source, sha256, bool(sha256) and _is_unchanged(source))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex, or an empty text if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _is_unchanged(source: Source) -> bool:
    try:
        facts = Path(source.path).stat()
    except OSError:
        return False
    return (facts.st_size, facts.st_mtime_ns) == (
        source.size_bytes,
        source.modified_ns,
    )


def with_unread(
    report: LedgerReport, evidence: Evidence, read: Collection[int]
) -> LedgerReport:
    """Return the report with the files that hold nothing a reader took."""
    names = [each.path for each in evidence.sources if each.index not in read]
    if not names:
        return report
    shown = ", ".join(names[:MAX_UNREAD_NAMED])
    rest = len(names) - MAX_UNREAD_NAMED
    detail = shown if rest <= 0 else f"{shown} (+{rest})"
    remark = Remark("files-not-read", FILES_NOT_READ, detail)
    return replace(report, not_checked=(*report.not_checked, remark))


def _unreadable(path: str, error: ExplorerError) -> EvidenceReport:
    return EvidenceReport(
        path,
        Verdict.UNREADABLE,
        (),
        (),
        problem=str(error),
        advice=error.advice(),
        problem_reason=error.reason if isinstance(error, ReadError) else "",
    )
