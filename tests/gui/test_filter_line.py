"""The filter line of Inspect: understood, wrong with its place, completed, chosen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.design.controls import EditState
from explorer.gui.design.fonts import FontFamilies, register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.case import CaseModel, Selection
from explorer.gui.viewmodels.rows import RowRole, filters_from, quoted
from explorer.gui.views.inspect_page import InspectPage
from explorer.store.queries import Row
from tests.gui.direct_query import DirectQuery
from tests.gui.opened_case import PEARS, opened

pytestmark = pytest.mark.gui


@pytest.fixture(scope="module")
def families(qapp: QApplication) -> FontFamilies:
    del qapp
    return register_fonts(resource("fonts"))


@pytest.fixture(scope="module")
def chain() -> Iterator[CaseModel]:
    case = opened(PEARS / "pears_one-digit.jsonl")
    yield case
    assert isinstance(case.query, DirectQuery)
    assert case.query.shower is not None
    case.query.shower.close()


@pytest.fixture
def page(qtbot: QtBot, families: FontFamilies, chain: CaseModel) -> InspectPage:
    chain.select(Selection())
    made = InspectPage(Theme(families))
    qtbot.addWidget(made)
    made.resize(1364, 760)
    made.show_case(chain)
    made.show()
    qtbot.waitExposed(made)
    return made


def typed(page: InspectPage, text: str) -> None:
    page.search.edit.clear()
    QTest.keyClicks(page.search.edit, text)


def test_an_expression_shows_only_its_rows(page: InspectPage) -> None:
    everything = page.list.model().rowCount()
    typed(page, 'entry.kind == "harvest"')
    assert page.search.edit._state is EditState.UNDERSTOOD
    assert 0 < page.list.model().rowCount() < everything
    assert page.search.only.isHidden()
    page.search.clear()
    assert page.list.model().rowCount() == everything


def test_failed_checks_are_one_word_away(page: InspectPage) -> None:
    typed(page, "check.failed")
    rows = page.list.model().rowCount()
    assert rows == 2  # the block with the other root, the entry with its signature


def test_what_is_wrong_stands_below_with_its_place(page: InspectPage) -> None:
    typed(page, 'entry.kind == "harvest" and sgner == "x"')
    assert page.search.edit._state is EditState.WRONG
    assert not page.search.reason.isHidden()
    assert "29" in page.search.reason.text()
    assert "signer" in page.search.reason.text()
    typed(page, "H01")
    assert page.search.reason.isHidden()


def test_no_row_is_understood_all_the_same(page: InspectPage) -> None:
    typed(page, "block.height > 5000")
    assert page.list.model().rowCount() == 0


def test_words_are_still_searched_for(page: InspectPage) -> None:
    everything = page.list.model().rowCount()
    typed(page, "E0004")
    assert page.list.model().rowCount() == everything
    assert page.search.edit._state is EditState.UNDERSTOOD


def test_the_list_of_names_completes(page: InspectPage) -> None:
    page.search.edit.setFocus()
    typed(page, "check.fa")
    model = page.search.completer.completionModel()
    assert model.index(0, 0).data() == "check.failed"
    page.search.completer.take("check.failed")
    assert page.search.edit.text() == "check.failed"
    assert page.list.model().rowCount() == 2


def test_ctrl_space_offers_everything(page: InspectPage) -> None:
    page.search.edit.setFocus()
    QTest.keyClick(
        page.search.edit, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier
    )
    assert page.search.completer.completionModel().rowCount() > 10


def first_row(qtbot: QtBot, page: InspectPage) -> Row:
    index = page.list.model().index(0, 0)
    qtbot.waitUntil(lambda: index.data(RowRole.ROW) is not None)
    row = index.data(RowRole.ROW)
    assert isinstance(row, Row)
    return row


def test_a_row_becomes_a_filter(qtbot: QtBot, page: InspectPage) -> None:
    typed(page, 'entry.kind == "harvest"')
    row = first_row(qtbot, page)
    texts = filters_from(row)
    assert texts[0] == 'entry.kind == "harvest"'
    menu = page.list.menu_of(row)
    wanted = next(each for each in menu.actions() if texts[-1] in each.text())
    wanted.trigger()
    assert page.search.edit.text() == texts[-1]
    assert page.list.model().rowCount() > 0
    menu.deleteLater()


def test_blocks_are_chosen_by_height(qtbot: QtBot, page: InspectPage) -> None:
    page.search.clear()
    assert filters_from(first_row(qtbot, page)) == ["block.height == 0"]


def test_texts_are_written_so_that_they_mean_themselves() -> None:
    assert quoted('a"b\\n') == '"a\\"b\\\\n"'
