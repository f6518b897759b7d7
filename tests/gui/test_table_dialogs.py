"""The column mapper and the reconciliation, through their dialogues."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.case import CaseModel, PageName
from explorer.gui.views.mapper_dialog import MapperDialog
from explorer.gui.views.reconcile_dialog import ReconcileDialog
from explorer.model.claim_sheets import EntryPlace
from explorer.provenance.reconciliation import Status
from explorer.session.column_mapping import Target
from tests.gui.opened_case import opened

pytestmark = pytest.mark.gui

OURS = (
    "Lot,Amount,Unit,Time\nL1,5,kg,2026-09-01T08:00:00Z\nL2,7,kg,2026-09-02T08:00:00Z\n"
)
THEIRS = (
    "Lot,Amount,Unit,Time\nL1,5,kg,2026-09-01T08:00:00Z\nL2,6,kg,2026-09-02T08:00:00Z\n"
)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    del qapp
    return Theme(register_fonts(resource("fonts")))


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "ours.csv"
    path.write_text(OURS, "utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path) -> CaseModel:
    path = tmp_path / "theirs.csv"
    path.write_text(THEIRS, "utf-8")
    return opened(path)


@pytest.fixture
def mapper(qtbot: QtBot, theme: Theme, case: CaseModel, sheet: Path) -> MapperDialog:
    made = MapperDialog(theme, case.query, sheet, None)
    qtbot.addWidget(made)
    return made


def test_the_first_events_are_shown_at_once(mapper: MapperDialog) -> None:
    assert mapper.boxes[Target.THING].currentData() == "Lot"
    assert mapper.said.text() == "2 events come of this table."
    assert mapper.events.cells.rowCount() == 2
    assert mapper.save.isEnabled()


def test_a_change_changes_the_preview(mapper: MapperDialog) -> None:
    box = mapper.boxes[Target.AMOUNT]
    box.setCurrentIndex(box.findData("Lot"))
    mapper._pause.stop()
    mapper._preview()
    assert mapper.said.text().endswith("2 cells need a look; nothing was guessed.")
    assert mapper.faults.cells.rowCount() == 2
    none = mapper.boxes[Target.THING]
    none.setCurrentIndex(0)
    mapper._preview()
    assert not mapper.save.isEnabled()


def test_the_profile_is_saved_but_not_over_the_table(
    mapper: MapperDialog, sheet: Path, tmp_path: Path
) -> None:
    mapper.save_to(sheet)
    assert sheet.read_text("utf-8") == OURS
    target = tmp_path / "own.toml"
    mapper.save_to(target)
    assert 'thing = "{Lot}"' in target.read_text("utf-8")


def test_the_profile_is_handed_over(qtbot: QtBot, mapper: MapperDialog) -> None:
    with qtbot.waitSignal(mapper.profile_wanted) as caught:
        mapper.use.click()
    assert caught.args[0].name == "my-table"


def test_a_file_that_is_no_table_is_told(
    qtbot: QtBot, theme: Theme, case: CaseModel, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(b"1,2\n")
    made = MapperDialog(theme, case.query, path, None)
    qtbot.addWidget(made)
    assert "headings" in made.said.text()
    assert not made.use.isEnabled()


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, case: CaseModel, sheet: Path) -> ReconcileDialog:
    made = ReconcileDialog(theme, case, None)
    qtbot.addWidget(made)
    made.take_list(sheet)
    return made


def test_lists_are_compared_and_counted(dialog: ReconcileDialog) -> None:
    dialog.compare()
    assert dialog.compared is not None
    assert dialog._headline.text() == "One line differs from the ledger."
    assert dialog.chips[Status.MATCHED].text() == "matched · 1"
    assert dialog._here.text() == "The list: 2 lines · 2 things · 12 KGM"
    first = dialog.table.cells.row(0)
    assert first is not None
    assert first.cells[4].text == "amount: 7 KGM in the list, 6 KGM in the ledger"
    dialog.chips[Status.MATCHED].setChecked(True)
    dialog._show_rows()
    assert dialog.table.cells.rowCount() == 1


def test_a_line_opens_its_entry(qtbot: QtBot, dialog: ReconcileDialog) -> None:
    with qtbot.waitSignal(dialog.visit_wanted) as caught:
        dialog.table.entry_opened.emit(EntryPlace(20, 1))
    visit = caught.args[0]
    assert visit.page is PageName.INSPECT
    assert (visit.place.height, visit.place.entry) == (20, 1)


def test_the_comparison_is_exported_but_not_over_the_list(
    dialog: ReconcileDialog, sheet: Path, tmp_path: Path
) -> None:
    dialog.compare()
    dialog.export_to(sheet)
    assert sheet.read_text("utf-8") == OURS
    dialog.export_to(tmp_path / "out.csv")
    assert "differs" in (tmp_path / "out.csv").read_text("utf-8-sig")
    assert "2 rows written" in dialog._said.text()


def test_a_tolerance_that_is_no_number_is_told(dialog: ReconcileDialog) -> None:
    dialog.days.setText("many")
    dialog.compare()
    assert dialog.compared is None
    assert dialog._said.text() == "Days and per cent must be numbers."
