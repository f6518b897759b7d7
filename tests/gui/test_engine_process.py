"""The engine's side without a process: orders, superseding, case files."""

import os
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

import pytest

from explorer.core.errors import CancelledError
from explorer.crypto.trust import TrustStore
from explorer.gui.case_files import KEPT_CASES, case_path, forget_old_cases
from explorer.gui.engine_process import EngineServer, WindowGoneError
from explorer.gui.messages import (
    CancelOrder,
    CaseOpened,
    Covered,
    EndOrder,
    News,
    Progress,
    Ready,
    Verified,
    VerifyOrder,
    WordsIndexed,
)
from explorer.model.verdicts import Verdict
from explorer.session.options import VerifyOptions
from explorer.store.queries import CaseReader
from explorer.store.schema import open_case

NO_TRUST = VerifyOptions(TrustStore(), keep_statements=True)


class _Wire:
    """A server with both pipes at hand."""

    def __init__(self) -> None:
        orders_out, self.orders = Pipe(duplex=False)
        self.news, news_in = Pipe(duplex=False)
        self.server = EngineServer(orders_out, news_in, None)
        self._ends: list[Connection] = [orders_out, self.orders, self.news, news_in]

    def received(self) -> list[News]:
        found: list[News] = []
        while self.news.poll():
            found.append(self.news.recv())
        return found

    def close(self) -> None:
        for end in self._ends:
            end.close()


@pytest.fixture
def wire() -> _Wire:
    return _Wire()


def test_an_order_is_answered_in_steps(
    wire: _Wire, chain_file: Path, tmp_path: Path
) -> None:
    wire.orders.send(VerifyOrder(7, (chain_file,), NO_TRUST, tmp_path))
    wire.server.look()
    wire.server.work_once()
    news = wire.received()
    kinds = [type(each) for each in news]
    assert kinds[0] is CaseOpened
    assert kinds[-3:] == [Verified, WordsIndexed, Covered]
    assert Progress in kinds
    covered = news[-1]
    assert isinstance(covered, Covered)
    sizes = dict(covered.bytes_by_mask)
    assert sum(sizes.values()) == chain_file.stat().st_size
    verified = news[-3]
    assert isinstance(verified, Verified)
    assert verified.report.verdict is Verdict.CONSISTENT
    opened = news[0]
    assert isinstance(opened, CaseOpened)
    database = open_case(opened.path)
    assert CaseReader(database).find("pack")
    database.close()
    wire.close()


def test_an_order_to_end_is_obeyed_at_once(wire: _Wire) -> None:
    wire.orders.send(EndOrder())
    wire.server.serve()
    assert [type(each) for each in wire.received()] == [Ready]
    wire.close()


def test_the_end_of_the_window_ends_the_engine(wire: _Wire) -> None:
    wire.orders.close()
    wire.server.serve()  # returns
    assert [type(each) for each in wire.received()] == [Ready]


def test_a_closed_window_is_noticed_when_telling(wire: _Wire) -> None:
    wire.news.close()
    with pytest.raises(WindowGoneError):
        wire.server.send(Ready())


def test_only_the_running_order_can_be_cancelled(
    wire: _Wire, chain_file: Path, tmp_path: Path
) -> None:
    wire.server.begin(3)
    wire.orders.send(CancelOrder(2))
    wire.server.look()
    wire.orders.send(CancelOrder(3))
    with pytest.raises(CancelledError):
        wire.server.look()
    wire.orders.send(VerifyOrder(4, (chain_file,), NO_TRUST, tmp_path))
    with pytest.raises(CancelledError, match="superseded"):
        wire.server.look()
    wire.close()


def test_case_files_are_named_for_what_could_change_a_result(
    chain_file: Path, tmp_path: Path
) -> None:
    first = case_path(tmp_path, (chain_file,), NO_TRUST)
    assert case_path(tmp_path, (chain_file,), NO_TRUST) == first
    other = VerifyOptions(TrustStore(refused_algorithms=("sha256",)))
    assert case_path(tmp_path, (chain_file,), other) != first
    both = case_path(tmp_path, (chain_file, chain_file), NO_TRUST)
    assert both != first
    facts = chain_file.stat()
    os.utime(chain_file, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))
    assert case_path(tmp_path, (chain_file,), NO_TRUST) != first
    os.utime(chain_file, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def test_evidence_that_is_gone_still_has_a_name(tmp_path: Path) -> None:
    assert case_path(tmp_path, (tmp_path / "none",), NO_TRUST).suffix == ".case"


def test_old_case_files_are_forgotten(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.case" for number in range(KEPT_CASES + 4)]
    for number, path in enumerate(paths):
        path.touch()
        os.utime(path, ns=(number, number))
    forget_old_cases(tmp_path, paths[0])
    assert paths[0].exists()
    assert not paths[1].exists()
    assert len(list(tmp_path.iterdir())) == KEPT_CASES
