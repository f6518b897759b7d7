"""The engine process and the query thread: answers, superseding, cancelling, death."""

import os
import signal
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from explorer.core.errors import ReadError
from explorer.crypto.trust import TrustStore
from explorer.gui.case_source import CaseSource
from explorer.gui.messages import Failure, Progress, VerifyOrder
from explorer.gui.tasks import EngineService, QueryService
from explorer.model.verdicts import EvidenceReport, Verdict
from explorer.session.options import VerifyOptions
from explorer.store.queries import CaseReader
from tests.gui.conftest import MakeCase

pytestmark = pytest.mark.gui


def _rows_and(number: int, reader: CaseReader) -> int:
    return reader.row_count() + number


def test_rows_arrive_in_the_windows_thread(
    qtbot: QtBot, query: QueryService, make_case: MakeCase
) -> None:
    query.open_case(CaseSource(make_case(5), (), TrustStore()))
    owner = QObject()
    seen: list[tuple[int, bool]] = []
    main = threading.current_thread()
    query.ask_rows(
        lambda reader: reader.row_count(),
        lambda count: seen.append((count, threading.current_thread() is main)),
        owner=owner,
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(15, True)]


def test_a_newer_question_supersedes_an_older_one(
    qtbot: QtBot, query: QueryService, make_case: MakeCase
) -> None:
    query.open_case(CaseSource(make_case(3), (), TrustStore()))
    owner, gate = QObject(), threading.Event()
    seen: list[int] = []
    query.run(gate.wait, lambda _: None, owner=owner)  # holds the thread back
    for number in range(50):
        query.ask_rows(partial(_rows_and, number), seen.append, owner=owner, key="page")
    gate.set()
    qtbot.waitUntil(lambda: bool(seen))
    query.run(lambda: 0, seen.append, owner=owner)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [9 + 49, 0]


def test_questions_of_different_owners_do_not_supersede_each_other(
    qtbot: QtBot, query: QueryService
) -> None:
    first, second = QObject(), QObject()
    seen: list[str] = []
    query.run(lambda: "a", seen.append, owner=first, key="same")
    query.run(lambda: "b", seen.append, owner=second, key="same")
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["a", "b"]


def test_an_answer_about_a_closed_case_is_dropped(
    qtbot: QtBot, query: QueryService, make_case: MakeCase
) -> None:
    query.open_case(CaseSource(make_case(3), (), TrustStore()))
    owner, gate = QObject(), threading.Event()
    seen: list[object] = []

    def slow(reader: object) -> str:
        del reader
        gate.wait(5)
        return "late"

    query.ask_rows(slow, seen.append, owner=owner)
    query.close_case()
    query.ask_rows(lambda _: "no case", seen.append, owner=owner)
    query.run(lambda: "done", seen.append, owner=owner)
    gate.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["done"]


def test_an_answer_for_a_deleted_owner_is_dropped(
    qtbot: QtBot, query: QueryService
) -> None:
    gate, seen = threading.Event(), list[object]()
    owner, other = QObject(), QObject()
    query.run(lambda: gate.wait(5), seen.append, owner=owner)
    owner.deleteLater()
    qtbot.wait(1)
    gate.set()
    query.run(lambda: "done", seen.append, owner=other)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["done"]


def test_questions_are_let_go_in_the_windows_thread(
    qtbot: QtBot, query: QueryService
) -> None:
    threads: list[threading.Thread] = []
    seen: list[int] = []

    class Owner(QObject):
        def __del__(self) -> None:
            threads.append(threading.current_thread())

    for number in range(3):
        owner = Owner()
        query.run(partial(int, number), seen.append, owner=owner, key="same")
        del owner
    other = QObject()
    query.run(lambda: 9, seen.append, owner=other)
    qtbot.waitUntil(lambda: seen[-1:] == [9] and len(threads) == 3)
    assert set(threads) == {threading.current_thread()}


def test_problems_and_our_own_defects_are_told_apart(
    qtbot: QtBot, query: QueryService
) -> None:
    owner, seen = QObject(), list[Failure]()

    def unreadable() -> None:
        raise ReadError("no such file", "cannot-read")

    def defect() -> None:
        raise KeyError("missing")

    for work in (unreadable, defect):
        query.run(work, lambda _: None, owner=owner, failed=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert (seen[0].problem, seen[0].diagnostics) == ("no such file", "")
    assert seen[1].problem == "KeyError: 'missing'"
    assert "in defect" in seen[1].diagnostics


def test_the_evidence_is_read_in_the_query_thread(
    qtbot: QtBot, query: QueryService, make_case: MakeCase, chain_file: Path
) -> None:
    query.open_case(CaseSource(make_case(1), (chain_file,), TrustStore()))
    owner, seen = QObject(), list[str]()
    query.ask(
        lambda reader, shower: shower.show_from_start(0, 1).title,
        seen.append,
        owner=owner,
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["pears"]


def _order(number: int, path: Path, folder: Path) -> VerifyOrder:
    options = VerifyOptions(TrustStore(), keep_statements=True)
    return VerifyOrder(number, (path,), options, folder)


def test_the_engine_verifies_and_indexes(
    qtbot: QtBot, engine: EngineService, chain_file: Path, tmp_path: Path
) -> None:
    cases, progress = list[Path](), list[Progress]()
    engine.case_opened.connect(cases.append)
    engine.progressed.connect(progress.append)
    with qtbot.waitSignals([engine.verified, engine.words_indexed], timeout=60_000):
        engine.verify(lambda number: _order(number, chain_file, tmp_path / "cases"))
    assert cases[0].parent == tmp_path / "cases"
    assert progress[-1].done_bytes == progress[-1].total_bytes > 0
    assert not engine.is_busy


def test_the_same_evidence_gives_the_same_report_twice(
    qtbot: QtBot, engine: EngineService, chain_file: Path, tmp_path: Path
) -> None:
    reports = list[EvidenceReport]()
    engine.verified.connect(reports.append)
    for _ in range(2):
        with qtbot.waitSignal(engine.verified, timeout=60_000):
            engine.verify(lambda number: _order(number, chain_file, tmp_path))
    assert reports[0].ledgers == reports[1].ledgers
    assert reports[0].verdict is Verdict.CONSISTENT


def test_cancelling_ends_the_engine_without_a_report(
    qtbot: QtBot, engine: EngineService, long_chain_file: Path, tmp_path: Path
) -> None:
    verified = list[object]()
    engine.verified.connect(verified.append)
    with qtbot.waitSignal(engine.progressed, timeout=60_000):
        engine.verify(lambda number: _order(number, long_chain_file, tmp_path))
    with qtbot.waitSignal(engine.stopped, timeout=60_000):
        engine.cancel()
    assert not verified
    assert not engine.is_busy


def test_a_newer_order_supersedes_the_running_one(
    qtbot: QtBot,
    engine: EngineService,
    long_chain_file: Path,
    chain_file: Path,
    tmp_path: Path,
) -> None:
    reports = list[EvidenceReport]()
    engine.verified.connect(reports.append)
    with qtbot.waitSignal(engine.progressed, timeout=60_000):
        engine.verify(lambda number: _order(number, long_chain_file, tmp_path))
    with qtbot.waitSignal(engine.verified, timeout=60_000):
        engine.verify(lambda number: _order(number, chain_file, tmp_path))
    assert [report.path for report in reports] == [str(chain_file)]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs POSIX signals")
def test_the_death_of_the_engine_is_told_and_mended(
    qtbot: QtBot,
    engine: EngineService,
    long_chain_file: Path,
    chain_file: Path,
    tmp_path: Path,
) -> None:
    with qtbot.waitSignal(engine.progressed, timeout=60_000):
        engine.verify(lambda number: _order(number, long_chain_file, tmp_path))
    first = engine.process_id
    assert first is not None
    with qtbot.waitSignal(engine.failed, timeout=60_000) as failed:
        os.kill(first, signal.SIGKILL)
    failure = failed.args[0]
    assert failure.problem == "The engine process ended before it was done."
    assert failure.diagnostics == "exit code -9"
    with qtbot.waitSignal(engine.verified, timeout=60_000):
        engine.verify(lambda number: _order(number, chain_file, tmp_path))
    assert engine.process_id != first


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs POSIX signals")
def test_workers_do_not_outlive_a_killed_engine(qtbot: QtBot) -> None:
    service = EngineService(jobs=2)
    with qtbot.waitSignal(service.ready, timeout=60_000):
        service.start()
    group = service.process_id
    assert group is not None
    os.killpg(group, 0)  # engine and workers are there
    with qtbot.waitSignal(service.ready, timeout=60_000):  # it is started again
        os.kill(group, signal.SIGKILL)
    with pytest.raises(ProcessLookupError):
        _wait_for_group(group)
    service.shutdown()


def _wait_for_group(group: int) -> None:
    for _ in range(100):
        os.killpg(group, 0)
        time.sleep(0.02)  # until the system has taken them away


def test_shutting_down_leaves_no_process(qtbot: QtBot, engine: EngineService) -> None:
    with qtbot.waitSignal(engine.ready, timeout=60_000):
        engine.start()
    process_id = engine.process_id
    assert process_id is not None
    engine.shutdown()
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)
