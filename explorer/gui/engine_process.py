"""The engine's side: a process of its own that verifies, without Qt.

One order after the other. While one runs, the pipe of orders is looked at in every
step, so that cancelling works without a second thread (which makes forking unsafe).
"""

import os
import signal
import sqlite3
import time
from collections import Counter
from concurrent.futures import Executor
from contextlib import closing
from multiprocessing.connection import Connection

from explorer.core.errors import CancelledError
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.gui.case_files import case_path, forget_old_cases
from explorer.gui.guarding import guarded
from explorer.gui.messages import (
    MAX_FINDINGS_SO_FAR,
    CancelOrder,
    CaseOpened,
    CheckCount,
    Covered,
    EndOrder,
    Failure,
    News,
    Order,
    Progress,
    Ready,
    Stopped,
    Verified,
    VerifyOrder,
    WordsIndexed,
)
from explorer.model.checks import Outcome
from explorer.model.verdicts import CheckRow
from explorer.session.catalogue import recognise
from explorer.session.coverage import coverage_of
from explorer.session.engine import Engine, worker_processes
from explorer.session.tallies import Tallies
from explorer.store.schema import create_case
from explorer.store.writer import CaseWriter

SEND_EVERY_S = 0.1
"""Shortest time between two progress messages."""

MAX_COVERED_BYTES = 64 * 2**20
"""Largest evidence whose coverage is worked out unasked; it is read again for it."""

LOOK_EVERY_INSTRUCTIONS = 20_000
"""Steps of SQLite between two looks at the pipe while words are indexed."""


def run_engine(orders: Connection, news: Connection, jobs: int) -> None:
    """Serve orders until told to end or the window is gone."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)  # so that the window can end the workers with us
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with worker_processes(jobs) as executor:
        if executor is not None:
            executor.submit(os.getpid).result()  # fork before any file is open
        EngineServer(orders, news, executor).serve()


class WindowGoneError(CancelledError):
    """The other end of the pipe was closed, or asked to end."""


class EngineServer:
    """Takes orders from one pipe and answers through the other."""

    def __init__(
        self, orders: Connection, news: Connection, executor: Executor | None
    ) -> None:
        """Verify with ``executor``."""
        self._orders = orders
        self._news = news
        self._engine = Engine(executor)
        self._waiting: list[VerifyOrder] = []
        self._is_running = False
        self._number = -1

    def serve(self) -> None:
        """Work until told to end."""
        try:
            self.send(Ready())
            while True:
                while not self._waiting:
                    self._take(self._receive())
                self.work_once()
        except WindowGoneError:
            return

    def work_once(self) -> None:
        """Carry out the order that waits."""
        self._work(self._waiting.pop())

    def begin(self, number: int) -> None:
        """Note that this order is being carried out."""
        self._number, self._is_running = number, True

    def look(self) -> None:
        """Take orders that arrived meanwhile.

        Raises:
            CancelledError: If the running work is no longer wanted.
            WindowGoneError: If the window is gone or closing.
        """
        while self._orders.poll():
            self._take(self._receive())

    def send(self, message: News) -> None:
        """Tell the window something.

        Raises:
            WindowGoneError: If it is gone.
        """
        try:
            self._news.send(message)
        except OSError as error:
            raise WindowGoneError from error

    def _receive(self) -> Order:
        try:
            order: Order = self._orders.recv()
        except (EOFError, OSError) as error:
            raise WindowGoneError from error
        return order

    def _take(self, order: Order) -> None:
        match order:
            case EndOrder():
                raise WindowGoneError
            case VerifyOrder():
                self._waiting = [order]  # only the newest is still wanted
                if self._is_running:
                    raise CancelledError("superseded")
            case CancelOrder(number):
                self._waiting = [
                    each for each in self._waiting if each.number != number
                ]
                if self._is_running and number == self._number:
                    raise CancelledError("cancelled")

    def _work(self, order: VerifyOrder) -> None:
        self.begin(order.number)
        try:
            failure = guarded(lambda: self._verify(order))
        except WindowGoneError:
            raise
        except CancelledError:
            self.send(Stopped(order.number))
        else:
            if isinstance(failure, Failure):
                self.send(_numbered(failure, order.number))
        finally:
            self._is_running = False

    def _verify(self, order: VerifyOrder) -> None:
        path = case_path(order.cases_folder, order.paths, order.options)
        with closing(create_case(path)) as database:
            self.send(CaseOpened(order.number, path))
            reporter = _Reporter(self, order.number)
            try:
                report = self._engine.verify(
                    order.paths, order.options, database, reporter, reporter
                )
            except CancelledError:
                database.commit()  # what was read stays readable
                raise
            reporter.send_now()
            self.send(Verified(order.number, report))
            if report.ledgers:
                self._index(database, order.number)
        if report.ledgers:
            self._cover(order)
        forget_old_cases(order.cases_folder, path)

    def _index(self, database: sqlite3.Connection, number: int) -> None:
        stop: list[CancelledError] = []

        def is_unwanted() -> bool:
            try:
                self.look()
            except CancelledError as error:
                stop.append(error)
            return bool(stop)

        database.set_progress_handler(is_unwanted, LOOK_EVERY_INSTRUCTIONS)
        try:
            CaseWriter(database).index_words()
        except sqlite3.OperationalError:
            if stop:
                raise stop[0] from None
            raise
        finally:
            database.set_progress_handler(None, 0)
        self.send(WordsIndexed(number))

    def _cover(self, order: VerifyOrder) -> None:
        options = order.options
        with open_evidence(order.paths) as files:
            sources = files.evidence.sources
            if sum(source.size_bytes for source in sources) > MAX_COVERED_BYTES:
                return
            family = recognise(files, options.format)
            reading = ReadingOptions(options.trust, options.network)
            pipelines = family.open_ledgers(files, reading)
            found = coverage_of(pipelines, files.evidence, _Looking(self))
        sizes: Counter[int] = Counter()
        for source in found:
            by_mask = source.sizes()
            if any(by_mask):  # something in this file is covered: it is a ledger's
                sizes.update(by_mask)
        self.send(Covered(order.number, tuple(sorted(sizes.items()))))


class _Looking:
    """A context that only looks whether the work is still wanted."""

    def __init__(self, server: EngineServer) -> None:
        self._server = server

    def step(self, done: int, total: int) -> None:
        """Stop if that is asked for."""
        del done, total
        self._server.look()


class _Reporter:
    """The context and the listener of one verification."""

    def __init__(self, server: EngineServer, number: int) -> None:
        self._server = server
        self._number = number
        self._began = time.monotonic()
        self._sent = 0.0
        self._done, self._total = 0, 0
        self._tallies: Tallies | None = None

    def step(self, done: int, total: int) -> None:
        """Take progress in bytes, and stop if that is asked for."""
        self._server.look()
        self._done, self._total = done, total
        if time.monotonic() - self._sent >= SEND_EVERY_S:
            self.send_now()

    def batch_done(self, tallies: Tallies) -> None:
        """Keep the tallies for the next message."""
        self._tallies = tallies

    def send_now(self) -> None:
        """Send how things stand."""
        now = time.monotonic()
        self._sent = now
        tallies = self._tallies
        rows = () if tallies is None else tuple(tallies.rows.values())
        findings = () if tallies is None else tuple(tallies.findings)
        self._server.send(
            Progress(
                self._number,
                self._done,
                self._total,
                now - self._began,
                tuple(_counted(row) for row in rows if row.counts),
                sum(row.count(Outcome.FAILED) for row in rows),
                findings[:MAX_FINDINGS_SO_FAR],
                len(findings),
            )
        )


def _counted(row: CheckRow) -> CheckCount:
    return CheckCount(
        row.spec.id,
        row.spec.title,
        row.count(Outcome.PASSED),
        row.count(Outcome.FAILED),
        row.count(Outcome.INCONCLUSIVE) + row.count(Outcome.BROKEN),
        row.count(Outcome.NOT_APPLICABLE),
    )


def _numbered(failure: Failure, number: int) -> Failure:
    return Failure(failure.problem, failure.advice, failure.diagnostics, number)
