"""Work that is not done in the window's thread: the engine process, the query thread.

The only module that starts either. News and answers arrive as signals in the window's
thread. The engine is started with the window and again when it ends unexpectedly.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from explorer.core.errors import CancelledError
from explorer.gui.case_source import CaseFiles, CaseSource
from explorer.gui.engine_start import start_engine
from explorer.gui.guarding import guarded
from explorer.gui.messages import (
    CancelOrder,
    CaseNews,
    CaseOpened,
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

if TYPE_CHECKING:  # heavy, and only needed in the query thread
    from explorer.session.showing import BlockShower
    from explorer.store.queries import CaseReader

Answer = TypeVar("Answer")

PATIENCE_MS = 900
"""How long a cancelled engine may take before it is ended and started anew."""

LISTEN_S = 0.25
"""How often the listening thread looks whether the engine still lives."""

END_S = 2.0
"""How long the engine may take to end by itself when the window closes."""


class EngineService(QObject):
    """The engine process as the window sees it: orders in, signals out.

    Only news of the newest order is passed on.
    """

    ready = Signal()
    case_opened = Signal(object)
    """Path of the case file, which grows from now on."""
    progressed = Signal(object)
    """``messages.Progress``"""
    verified = Signal(object)
    """``EvidenceReport``"""
    words_indexed = Signal()
    covered = Signal(object)
    """``messages.Covered``"""
    stopped = Signal()
    failed = Signal(object)
    """``messages.Failure``; the engine is at hand again."""
    _arrived = Signal(object, object)

    def __init__(self, parent: QObject | None = None, jobs: int = 0) -> None:
        """Start nothing yet; ``jobs`` processes verify signatures (0: one a core)."""
        super().__init__(parent)
        self._jobs = jobs
        self._life: _Life | None = None
        self._number = 0
        self._is_busy = False
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._lose_patience)
        self._arrived.connect(self._dispatch)

    @property
    def is_busy(self) -> bool:
        """Return whether a verification is under way."""
        return self._is_busy

    @property
    def process_id(self) -> int | None:
        """Return the engine's process id, while it runs."""
        return self._life.process.pid if self._life else None

    def start(self) -> None:
        """Start the engine, if it does not run, so that the first order is quick."""
        if self._life is None:
            self._life = _Life(self._jobs, self._arrived.emit)

    def verify(self, make_order: Callable[[int], VerifyOrder]) -> None:
        """Verify what ``make_order`` orders; it is given the order's number."""
        self.start()
        self._patience.stop()
        self._number += 1
        self._is_busy = True
        self._send(make_order(self._number))

    def cancel(self) -> None:
        """Ask to stop; ``stopped`` follows within a second."""
        if self._is_busy:
            self._send(CancelOrder(self._number))
            self._patience.start()

    def shutdown(self) -> None:
        """End the engine; call it when the window closes."""
        self._patience.stop()
        self._number += 1
        self._is_busy = False
        if self._life is not None:
            self._life.end()
            self._life = None

    def _send(self, order: Order) -> None:
        if self._life is not None:
            self._life.send(order)

    def _lose_patience(self) -> None:
        number = self._number
        self._restart()
        if self._is_busy and number == self._number:
            self._is_busy = False
            self.stopped.emit()

    def _restart(self) -> None:
        if self._life is not None:
            self._life.kill()
            self._life = None
        self.start()

    def _dispatch(self, life: object, news: News | None) -> None:
        if life is not self._life:
            return
        if news is None:
            self._die()
        elif isinstance(news, Ready):
            self.ready.emit()
        elif news.number == self._number:
            self._pass_on(news)

    def _pass_on(self, news: CaseNews) -> None:
        match news:
            case CaseOpened():
                self.case_opened.emit(news.path)
            case Progress():
                self.progressed.emit(news)
            case Verified():
                self._rest()
                self.verified.emit(news.report)
            case WordsIndexed():
                self.words_indexed.emit()
            case Covered():
                self.covered.emit(news)
            case Stopped():
                self._rest()
                self.stopped.emit()
            case Failure():
                self._rest()
                self.failed.emit(news)

    def _rest(self) -> None:
        self._is_busy = False
        self._patience.stop()

    def _die(self) -> None:
        was_busy = self._is_busy
        self._rest()
        exit_code = self._life.exit_code() if self._life else None
        self._restart()
        if was_busy:
            self.failed.emit(
                Failure(
                    "The engine process ended before it was done.",
                    diagnostics=f"exit code {exit_code}",
                    number=self._number,
                )
            )


class _Life:
    """One engine process from its start to its end, with the thread that listens."""

    def __init__(
        self, jobs: int, arrived: Callable[["_Life", News | None], None]
    ) -> None:
        context = multiprocessing.get_context("spawn")
        orders_out, self._orders = context.Pipe(duplex=False)
        self._news, news_in = context.Pipe(duplex=False)
        self.process: BaseProcess = context.Process(
            target=start_engine, args=(orders_out, news_in, jobs), name="engine"
        )
        self._arrived = arrived
        self._is_over = False
        self._has_group = False
        self.process.start()
        orders_out.close()
        news_in.close()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def send(self, order: Order) -> None:
        """Send an order; a dead engine is noticed by the listening thread."""
        with suppress(OSError):
            self._orders.send(order)

    def exit_code(self) -> int | None:
        """Return the exit code, if the engine has ended."""
        return self.process.exitcode

    def end(self) -> None:
        """Let the engine end, and end it if it does not."""
        self._is_over = True
        self.send(EndOrder())
        self._orders.close()
        self.process.join(END_S)
        self.kill()

    def kill(self) -> None:
        """End the engine and its workers at once."""
        self._is_over = True
        self._kill_group()
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join(END_S)
        self._thread.join(END_S)
        self._news.close()

    def _kill_group(self) -> None:
        """End the engine's workers with it, also when it is gone already."""
        group = self.process.pid
        if group is None or not self._has_group or not hasattr(os, "killpg"):
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)

    def _listen(self) -> None:
        connection: Connection = self._news
        while not self._is_over:
            try:
                if connection.poll(LISTEN_S):
                    news = connection.recv()
                    self._has_group = True  # made before the first news
                    self._tell(news)
                elif not self.process.is_alive():
                    break
            except (EOFError, OSError):
                break
        if not self._is_over:
            self.process.join(END_S)  # the pipe may close a moment before the end
        self._tell(None)

    def _tell(self, news: News | None) -> None:
        if not self._is_over:
            with suppress(RuntimeError):  # the window may be gone already
                self._arrived(self, news)


class _Command(Enum):
    CLOSE = "close"
    END = "end"
    NO_ANSWER = "no-answer"


@dataclass(frozen=True, slots=True)
class _Ask:
    """One question to the query thread."""

    work: Callable[[CaseFiles], object]
    answered: Callable[[object], None]
    failed: Callable[[Failure], None] | None
    owner: QObject
    slot: tuple[int, str]
    """Who asks for what; a newer question in the same slot supersedes."""
    serial: int
    generation: int
    """The case it is about; -1 for questions that need none."""


class QueryService(QObject):
    """A thread that reads case file and evidence, so that the window never waits.

    Work is asked in the window's thread and its answer arrives there, if the owner
    still exists, the same case is open, and the owner did not ask something newer under
    the same key meanwhile.
    """

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start the thread."""
        super().__init__(parent)
        self._queue: SimpleQueue[_Ask | CaseSource | _Command] = SimpleQueue()
        self._newest: dict[tuple[int, str], int] = {}
        self._serial = 0
        self._generation = 0
        self._is_open = False
        self._done.connect(self._deliver)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def ask(
        self,
        request: Callable[["CaseReader", "BlockShower"], Answer],
        answered: Callable[[Answer], None],
        *,
        owner: QObject,
        key: str = "",
        failed: Callable[[Failure], None] | None = None,
    ) -> bool:
        """Run ``request`` in the query thread and call ``answered`` in this one.

        While no case file is open, questions are dropped and false is returned:
        ``CaseModel.rows_changed`` says when to ask again. ``failed`` gets what went
        wrong; without it nothing is called. A later question of the same ``owner`` and
        ``key`` supersedes this one; an empty key supersedes nothing.
        """
        if not self._is_open:
            return False
        self._put(
            lambda files: request(files.reader, files.shower()),
            answered,
            failed,
            owner,
            key,
            self._generation,
        )
        return True

    def ask_rows(
        self,
        request: Callable[["CaseReader"], Answer],
        answered: Callable[[Answer], None],
        *,
        owner: QObject,
        key: str = "",
        failed: Callable[[Failure], None] | None = None,
    ) -> bool:
        """Like ``ask``, for what stands in the case file: the evidence stays closed."""
        if not self._is_open:
            return False
        self._put(
            lambda files: request(files.reader),
            answered,
            failed,
            owner,
            key,
            self._generation,
        )
        return True

    def run(
        self,
        work: Callable[[], Answer],
        answered: Callable[[Answer], None],
        *,
        owner: QObject,
        key: str = "",
        failed: Callable[[Failure], None] | None = None,
    ) -> None:
        """Run ``work`` that needs no case, such as reading a trust file."""
        self._put(lambda _: work(), answered, failed, owner, key, -1)

    def open_case(self, source: CaseSource) -> None:
        """Read this case from now on; answers about another one are dropped."""
        self._generation += 1
        self._is_open = True
        self._queue.put(source)

    def close_case(self) -> None:
        """Read no case from now on."""
        self._generation += 1
        self._is_open = False
        self._queue.put(_Command.CLOSE)

    def shutdown(self) -> None:
        """End the thread; call it when the window closes."""
        self.close_case()
        self._queue.put(_Command.END)
        self._thread.join(END_S)

    def _put(
        self,
        work: Callable[[CaseFiles], Answer],
        answered: Callable[[Answer], None],
        failed: Callable[[Failure], None] | None,
        owner: QObject,
        key: str,
        generation: int,
    ) -> None:
        self._serial += 1
        slot = (id(owner), key)
        if key:
            self._newest[slot] = self._serial

        def deliver(answer: object) -> None:
            answered(answer)  # type: ignore[arg-type]  # it is what work returned

        ask = _Ask(work, deliver, failed, owner, slot, self._serial, generation)
        self._queue.put(ask)

    def _is_wanted(self, ask: _Ask) -> bool:
        if ask.generation not in {-1, self._generation}:
            return False
        return not ask.slot[1] or self._newest.get(ask.slot) == ask.serial

    def _deliver(self, ask: _Ask, answer: object) -> None:
        is_newest = self._newest.get(ask.slot) == ask.serial
        is_wanted = self._is_wanted(ask)
        if is_newest:
            del self._newest[ask.slot]
        is_silent = answer is _Command.NO_ANSWER
        if is_silent or not is_wanted or not shiboken6.isValid(ask.owner):
            return
        if not isinstance(answer, Failure):
            ask.answered(answer)
        elif ask.failed is not None:
            ask.failed(answer)

    def _run(self) -> None:
        files = CaseFiles()
        while True:
            task = self._queue.get()
            if isinstance(task, _Ask):
                answer = self._work(task, files)
                # Even what is no longer wanted goes back: questions hold objects of Qt,
                # which must not be let go, and so be destroyed, in this thread.
                with suppress(RuntimeError):  # the window may be gone already
                    self._done.emit(task, answer)
                del answer
            elif isinstance(task, CaseSource):
                files.close()
                files.source = task
            else:
                files.close()
                if task is _Command.END:
                    return
            del task

    def _work(self, ask: _Ask, files: CaseFiles) -> object:
        if not self._is_wanted(ask):
            return _Command.NO_ANSWER
        try:
            return guarded(lambda: ask.work(files))
        except CancelledError:
            return _Command.NO_ANSWER
