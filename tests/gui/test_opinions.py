"""Notes are kept beside the evidence, can be undone, and reach reports as opinion."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.case import CaseModel, PageName, Place
from explorer.gui.viewmodels.opinions import Opinions, opinions_text
from explorer.gui.views.notes_dialogs import NoteDialog, NotesDialog
from explorer.gui.views.report_dialog import ReportDialog
from tests.gui.opened_case import PEARS, opened

pytestmark = pytest.mark.gui

ENTRY = Place(0, 20, 1, item="pear/box/X1")


@pytest.fixture(scope="module")
def case() -> CaseModel:
    return opened(PEARS)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    del qapp
    return Theme(register_fonts(resource("fonts")))


@pytest.fixture
def opinions(tmp_path: Path, case: CaseModel) -> Opinions:
    made = Opinions(tmp_path / "notes")
    made.follow(case.report)
    return made


def test_notes_come_back_with_their_evidence(
    opinions: Opinions, case: CaseModel, tmp_path: Path
) -> None:
    opinions.add(ENTRY, " odd weight ", ["Weight", " ", "Weight"])
    again = Opinions(tmp_path / "notes")
    assert again.all() == ()
    again.follow(case.report)
    (found,) = again.all()
    assert (found.text, found.tags) == ("odd weight", ("Weight",))
    assert found.place == ENTRY
    assert again.at(Place(0, 20, 1)) == [found]
    assert again.at(Place(item="pear/box/X1")) == [found]
    assert again.at(Place(0, 21)) == []


def test_every_change_can_be_undone(opinions: Opinions) -> None:
    opinions.add(ENTRY, "one", [])
    opinions.add(Place(0, 3), "two", [])
    opinions.remove(opinions.all()[0])
    assert [each.text for each in opinions.all()] == ["two"]
    opinions.undo()
    assert [each.text for each in opinions.all()] == ["one", "two"]
    opinions.undo(1)
    assert [each.text for each in opinions.all()] == ["two"]
    assert not opinions.can_redo
    for _ in range(5):
        opinions.undo()
    assert opinions.all() == ()
    assert not opinions.can_undo


@pytest.mark.parametrize("text", ["[", "{}", '[1, {"ledger": "x"}]', '[{"tags": 1}]'])
def test_a_damaged_file_of_notes_is_no_obstacle(
    opinions: Opinions, case: CaseModel, tmp_path: Path, text: str
) -> None:
    opinions.add(ENTRY, "one", [])
    (file,) = (tmp_path / "notes").iterdir()
    file.write_text(text, "utf-8")
    again = Opinions(tmp_path / "notes")
    again.follow(case.report)
    assert again.all() == ()


def test_without_an_evidence_nothing_is_kept(tmp_path: Path) -> None:
    made = Opinions(tmp_path / "notes")
    made.follow(None)
    assert not made.can_keep


def test_the_dialogues_write_open_and_undo(
    qtbot: QtBot, theme: Theme, opinions: Opinions
) -> None:
    note = NoteDialog(theme, opinions, ENTRY, None)
    qtbot.addWidget(note)
    note.text.setPlainText("why 12 kg?")
    note.tags.setText("weight，ask")
    note.keep()
    assert opinions.all()[0].tags == ("weight", "ask")
    listed = NotesDialog(theme, opinions, None)
    qtbot.addWidget(listed)
    with qtbot.waitSignal(listed.visit_wanted) as caught:
        listed.open_it.click()
    assert caught.args[0].page is PageName.INSPECT
    listed.drop.click()
    assert opinions.all() == ()
    listed.undo.click()
    assert len(opinions.all()) == 1


def test_a_report_begins_with_them_as_opinion(
    qtbot: QtBot, theme: Theme, opinions: Opinions, case: CaseModel
) -> None:
    opinions.add(ENTRY, "odd weight", ["ask"])
    opinions.add(Place(0, 3), "", [])
    text = opinions_text(opinions.all())
    assert "[block 20, entry 1 · pear/box/X1] odd weight #ask" in text
    assert "[block 3] marked" in text
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ReportDialog(theme, case, parent, text)
    assert dialog.header().notes == text
