"""The Teach page: every lesson by script in both languages, by mouse and by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QRawFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.canvases.lesson_blocks import block_rooms, first_value
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.marks import Mark, mark_of_outcome
from explorer.gui.design.theme import Theme
from explorer.gui.translations import Translations
from explorer.gui.viewmodels.case import CaseModel
from explorer.gui.views.teach_page import TeachPage
from explorer.lab.lesson_states import CopyState
from explorer.lab.lessons import Doing
from explorer.model.checks import Kind
from explorer.model.verdicts import Verdict
from explorer.reports.words import Language
from explorer.store.queries import CaseReader
from explorer.store.schema import create_case
from tests.gui.direct_query import DirectQuery


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    del qtbot
    return Theme(register_fonts(resource("fonts")))


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Translations]:
    made = Translations(qapp)
    yield made
    made.use(Language.EN)


def _page(qtbot: QtBot, theme: Theme) -> TeachPage:
    page = TeachPage(theme)
    qtbot.addWidget(page)
    page.show_case(CaseModel(DirectQuery(CaseReader(create_case(None)))))
    page.resize(1300, 900)
    page.show()
    return page


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> TeachPage:
    return _page(qtbot, theme)


@pytest.mark.parametrize("language", list(Language))
def test_every_lesson_runs_through(
    qtbot: QtBot, theme: Theme, languages: Translations, language: Language
) -> None:
    languages.use(language)
    page = _page(qtbot, theme)
    model = page.model
    for index, lesson in enumerate(model.lessons):
        if lesson.name == "real-ledger" and language is Language.ZH:
            continue  # the same bytes once more take seconds
        page.lessons.setCurrentIndex(index)
        page.lessons.activated.emit(index)
        for number, step in enumerate(lesson.step):
            model.go_to(number)
            page.grab()
            assert model.number == number
            assert page.headline.text() == step.say.of(language.value)
            assert page.doing.text() == step.do.of(language.value)
            assert page.seeing.text() == step.see.of(language.value)
            assert list(page.rows) == list(step.rows)
            assert page.anchor.isVisible() is step.anchor
            if step.anchor:
                _band_says_what_the_program_says(page, _copies(page)[-1])
            verdicts = {e.copy: e.verdict.value for e in _copies(page)}
            for expected in step.expect:
                assert verdicts[expected.copy] == expected.verdict
        assert not page.problem.isVisible()


def _band_says_what_the_program_says(page: TeachPage, copy: CopyState) -> None:
    mark, findings = page.anchor.mark, copy.report.findings
    outcomes = {each.outcome for each in findings if each.kind is Kind.ANCHOR}
    if mark is Mark.ANCHORED:
        assert copy.verdict is Verdict.ANCHORED
    else:
        assert mark is mark_of_outcome(outcomes.pop())


def _copies(page: TeachPage) -> tuple[CopyState, ...]:
    state = page.model.state
    assert state is not None
    return state.copies


def _standing(page: TeachPage, copy: str) -> list[str]:
    (found,) = [each for each in _copies(page) if each.copy == copy]
    return [each.standing.value for each in found.blocks]


def test_a_value_that_is_clicked_is_edited_in_place(
    page: TeachPage, qtbot: QtBot
) -> None:
    page.model.go_to(1)
    page.model.undo()
    page.model.go_to(1)
    blocks = page.rows["edited"].blocks
    qtbot.waitUntil(blocks.isVisible)
    assert blocks.row is not None
    found = first_value(page.theme, blocks.row, QRectF(blocks.rect()), 3)
    assert found is not None
    _, value, place = found
    assert value.text == "2894"
    QTest.mouseClick(blocks, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert blocks.editor.isVisible()
    blocks.editor.setText("2899")
    QTest.keyClick(blocks.editor, Qt.Key.Key_Return)
    assert _standing(page, "edited")[3] == "failed"
    assert _standing(page, "original") == ["holds"] * 6


def test_what_is_no_number_is_refused_and_nothing_changes(page: TeachPage) -> None:
    page.model.go_to(1)
    (copy,) = [each for each in _copies(page) if each.copy == "edited"]
    before = page.model.bench.now if page.model.bench else None
    page.model.edit("edited", copy.blocks[1].values[1], "many")
    assert "no whole number" in page.problem.text()
    assert page.model.bench is not None
    assert page.model.bench.now == before


def test_the_keyboard_does_everything(page: TeachPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.steps, Qt.Key.Key_Right)
    assert page.model.number == 1
    blocks = page.rows["edited"].blocks
    qtbot.waitUntil(blocks.isVisible)
    blocks.setFocus()
    QTest.keyClick(blocks, Qt.Key.Key_Right)
    QTest.keyClick(blocks, Qt.Key.Key_Right)
    assert blocks.row is not None
    chosen = blocks.row.chosen
    QTest.keyClick(blocks, Qt.Key.Key_Return)
    assert blocks.editor.isVisible()
    QTest.keyClick(blocks.editor, Qt.Key.Key_Escape)
    assert chosen > 0
    QTest.keyClick(page.steps, Qt.Key.Key_End)
    assert page.model.number == 4
    QTest.keyClick(page.steps, Qt.Key.Key_Home)
    assert page.model.number == 0


def test_ctrl_z_takes_a_change_back(page: TeachPage, qtbot: QtBot) -> None:
    page.model.go_to(1)
    page.model.do("edited", Doing.REHASH)
    assert set(_standing(page, "edited")) == {"holds"}
    page.steps.setFocus()
    QTest.keyClick(page.steps, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "failed" in _standing(page, "edited"))
    page.model.redo()
    assert set(_standing(page, "edited")) == {"holds"}
    page.model.start_again()
    assert page.model.number == 0


def test_rehashing_acts_on_the_block_that_is_chosen(page: TeachPage) -> None:
    page.model.go_to(1)
    blocks = page.rows["edited"].blocks
    assert blocks.row is not None
    rooms = block_rooms(page.theme, blocks.row, QRectF(blocks.rect()))
    assert len(rooms) == 6
    blocks.chosen.emit(1)
    page._do("edited", Doing.REHASH_BLOCK)
    assert _standing(page, "edited")[1:3] == ["holds", "failed"]


def test_the_original_cannot_be_edited(page: TeachPage, qtbot: QtBot) -> None:
    blocks = page.rows["original"].blocks
    qtbot.waitUntil(blocks.isVisible)
    assert blocks.row is not None
    found = first_value(page.theme, blocks.row, QRectF(blocks.rect()), 1)
    assert found is not None
    at = found[2].center().toPoint()
    QTest.mouseClick(blocks, Qt.MouseButton.LeftButton, pos=at)
    assert not blocks.editor.isVisible()
    page.model.do("original", Doing.REHASH)
    assert page.model.bench is not None
    assert not page.model.bench.can_undo


def test_another_page_goes_on_where_this_one_was(
    page: TeachPage, qtbot: QtBot, theme: Theme
) -> None:
    page.model.go_to(3)
    other = _page(qtbot, theme)
    other.recall(page.memory())
    assert other.model.number == 3
    assert list(other.rows) == ["original", "edited", "rehashed"]


def test_a_step_is_saved_as_a_picture(page: TeachPage, tmp_path: Path) -> None:
    page.model.go_to(4)
    for ending in ("png", "svg"):
        page.save_to(tmp_path / f"step.{ending}")
    assert QImage(str(tmp_path / "step.png")).width() > 2000
    assert b"<svg" in (tmp_path / "step.svg").read_bytes()
    page.save_to(tmp_path / "none" / "step.png")
    assert "cannot be written" in page.problem.text()


def test_a_lesson_of_a_file_is_shown_without_our_serif(
    page: TeachPage, tmp_path: Path
) -> None:
    text = resource("lessons", "6-garbage.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace('"garbage"', '"mine"'), encoding="utf-8")
    page.model.load(path)
    assert page.model.lesson.name == "mine"
    assert not page.model.is_shipped
    path.write_text("name = 1", encoding="utf-8")
    page.model.load(path)
    assert "mine.toml, line 1" in page.problem.text()


def test_the_pointer_says_what_can_be_edited(page: TeachPage, qtbot: QtBot) -> None:
    page.model.go_to(1)
    blocks = page.rows["edited"].blocks
    QTest.mouseMove(blocks, QPoint(2, 2))
    assert blocks.row is not None
    found = first_value(page.theme, blocks.row, QRectF(blocks.rect()), 1)
    assert found is not None
    assert found[2].contains(QPointF(found[2].center()))


def test_our_serif_has_every_character_of_the_headlines(page: TeachPage) -> None:
    serif = QRawFont(str(resource("fonts", "ExplorerSerifSC-SemiBold.otf")), 26)
    for lesson in page.model.lessons:
        for step in lesson.step:
            text = step.say.zh + step.say.en
            assert [c for c in text if not serif.supportsCharacter(ord(c))] == []
