"""Shared by the window's tests: case files made by hand, services that end again."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.gui.tasks import EngineService, QueryService
from explorer.lab.chain_writer import ChainPlan, ChainWriter, LabParty
from explorer.lab.demonstration_keys import demonstration_key
from explorer.model.blocks import Block, Entry
from explorer.model.keys import SignatureScheme
from explorer.store.schema import add_indexes, create_case
from explorer.store.writer import CaseWriter

MakeCase = Callable[[int], Path]

# What is waited for comes within a second; a loaded machine may need many. A wait that
# succeeds ends at once, so a long limit costs nothing.
for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed):
    (_wait.__kwdefaults__ or {})["timeout"] = 60_000

LONG_BLOCKS = 40_000
"""Blocks of a chain whose verification takes a few seconds."""


@pytest.fixture
def make_case(tmp_path: Path) -> MakeCase:
    """Return a maker of case files with a number of blocks, two entries each."""

    def make(blocks: int) -> Path:
        path = tmp_path / f"{blocks}.case"
        database = create_case(path)
        writer = CaseWriter(database)
        writer.begin_ledger("made-up", "pears", "record")
        writer.add_blocks(
            [
                Block(
                    height,
                    ByteSpan(0, height * 10, height * 10 + 10),
                    HashAlgorithm.SHA256,
                    b"header",
                    b"",
                    2,
                )
                for height in range(blocks)
            ],
            [bytes([height % 256]) * 32 for height in range(blocks)],
            [
                Entry(
                    height,
                    position,
                    f"id{height}-{position}",
                    "pack" if position else "harvest",
                    "Orchard",
                    ByteSpan(0, 0, 1),
                )
                for height in range(blocks)
                for position in range(2)
            ],
            {},
        )
        writer.commit()
        add_indexes(database)
        database.close()
        return path

    return make


def _write_chain(path: Path, blocks: int, entries: int) -> Path:
    key = demonstration_key(SignatureScheme.ED25519, "window/orchard")
    moment = datetime(2026, 9, 1, tzinfo=UTC)
    plan = ChainPlan(
        "pears",
        "pears",
        HashAlgorithm.SHA256,
        moment,
        (LabParty("Orchard", "Orchard co-operative", "grower", key),),
        ("Orchard",),
        sign_every=1_000,
    )
    with path.open("xb") as out:
        writer = ChainWriter(out, plan)
        for height in range(blocks):
            items = [
                writer.item("Orchard", f"e{height}-{n}", b'{"kg":5}', moment, "pack")
                for n in range(entries)
            ]
            writer.add_block(items, "Orchard", moment)
        writer.close()
    return path


@pytest.fixture(scope="session")
def chain_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small intact chain."""
    return _write_chain(tmp_path_factory.mktemp("chain") / "pears.jsonl", 12, 2)


@pytest.fixture(scope="session")
def long_chain_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a chain whose verification takes a few seconds."""
    folder = tmp_path_factory.mktemp("long")
    return _write_chain(folder / "long.jsonl", LONG_BLOCKS, 0)


@pytest.fixture
def query(qtbot: QtBot) -> Iterator[QueryService]:
    """Return a query service that is ended after the test."""
    del qtbot
    service = QueryService()
    yield service
    service.shutdown()


@pytest.fixture
def engine(qtbot: QtBot) -> Iterator[EngineService]:
    """Return an engine service with one process; it is ended after the test."""
    del qtbot
    service = EngineService(jobs=1)
    yield service
    service.shutdown()


@pytest.fixture(autouse=True)
def no_rubbish_for_other_threads() -> Iterator[None]:
    """Collect what a test leaves behind in this thread.

    A timer that the collector finds in the query thread would be destroyed there, which
    Qt does not bear.
    """
    yield
    gc.collect()
