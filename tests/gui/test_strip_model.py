"""The arrays of the strip: outcomes, what is still to come, configuration changes."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.gui.canvases.strip_data import BlockStatus
from explorer.gui.case_source import CaseSource
from explorer.gui.messages import Progress
from explorer.gui.tasks import QueryService
from explorer.gui.viewmodels.case import CaseModel
from explorer.gui.viewmodels.strip import StripModel
from explorer.model.blocks import Block
from explorer.model.checks import Outcome
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case
from explorer.store.writer import CaseWriter
from tests.gui.conftest import MakeCase
from tests.gui.made_up import report

pytestmark = pytest.mark.gui


@pytest.fixture
def case(query: QueryService) -> CaseModel:
    made = CaseModel(query)
    made.begin((Path("/evidence"),), VerifyOptions(TrustStore()))
    return made


def _open(query: QueryService, case: CaseModel, path: Path) -> None:
    query.open_case(CaseSource(path, (), TrustStore()))
    case.rows_changed.emit()


def _write(path: Path, statuses: dict[int, int], configurations: set[int]) -> Path:
    database = create_case(path)
    writer = CaseWriter(database)
    writer.begin_ledger("made-up", "pears", "record")
    blocks = [
        Block(
            height,
            ByteSpan(0, 0, 1),
            HashAlgorithm.SHA256,
            b"h",
            b"",
            height,
            is_configuration=height in configurations,
        )
        for height in range(100)
    ]
    writer.add_blocks(blocks, [b"x" * 32] * 100, [], statuses)
    writer.commit()
    database.close()
    return path


def test_outcomes_become_loudness(
    qtbot: QtBot, query: QueryService, case: CaseModel, tmp_path: Path
) -> None:
    statuses = {1: Outcome.FAILED, 2: Outcome.INCONCLUSIVE, 3: Outcome.BROKEN}
    statuses[4] = Outcome.NOT_APPLICABLE
    numbers = {height: int(outcome) for height, outcome in statuses.items()}
    path = _write(tmp_path / "a.case", numbers, set())
    strip = StripModel(case)
    _open(query, case, path)
    qtbot.waitUntil(lambda: len(strip.blocks) == 100)
    assert list(strip.blocks.status[:6]) == [
        BlockStatus.PASSED,
        BlockStatus.FAILED,
        BlockStatus.OPEN,
        BlockStatus.OPEN,
        BlockStatus.PASSED,
        BlockStatus.PASSED,
    ]
    assert list(strip.blocks.entries) == list(range(100))


def test_what_is_not_read_yet_is_left_free_in_proportion(
    qtbot: QtBot, query: QueryService, case: CaseModel, make_case: MakeCase
) -> None:
    strip = StripModel(case)
    case.advance(Progress(1, 25, 100, 1.0))
    _open(query, case, make_case(10))
    qtbot.waitUntil(lambda: len(strip.blocks) == 40)
    assert strip.blocks.front() == 10
    assert np.all(np.diff(strip.blocks.heights) == 1)
    case.conclude(report())
    qtbot.waitUntil(lambda: len(strip.blocks) == 10)


def test_neighbouring_configuration_changes_share_a_label(
    qtbot: QtBot, query: QueryService, case: CaseModel, tmp_path: Path
) -> None:
    strip = StripModel(case)
    _open(query, case, _write(tmp_path / "a.case", {}, {0, 50, 51, 80}))
    qtbot.waitUntil(lambda: len(strip.blocks) == 100)
    labels = [(event.position, event.label) for event in strip.events()]
    assert labels == [(50, "2 configuration changes"), (80, "configuration change")]


def test_many_configuration_changes_have_no_labels(
    qtbot: QtBot, query: QueryService, case: CaseModel, tmp_path: Path
) -> None:
    strip = StripModel(case)
    _open(query, case, _write(tmp_path / "a.case", {}, set(range(0, 100, 10))))
    qtbot.waitUntil(lambda: len(strip.blocks) == 100)
    assert strip.events() == ()


def test_closing_empties_the_strip(
    qtbot: QtBot, query: QueryService, case: CaseModel, make_case: MakeCase
) -> None:
    strip = StripModel(case)
    _open(query, case, make_case(10))
    qtbot.waitUntil(lambda: len(strip.blocks) == 10)
    query.close_case()
    case.close()
    assert len(strip.blocks) == 0
