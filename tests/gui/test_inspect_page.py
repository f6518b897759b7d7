"""Inspect: list, fields and bytes follow one another; the panel explains."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.core.spans import ByteSpan
from explorer.gui.canvases.byte_spans import SpanKind
from explorer.gui.design.controls import EditState
from explorer.gui.design.fonts import FontFamilies, register_fonts
from explorer.gui.design.marks import Mark
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.case import CaseModel, Selection
from explorer.gui.viewmodels.rows import RowRole
from explorer.gui.views.inspect_explain import Explained, picture_of
from explorer.gui.views.inspect_graph import nodes_of
from explorer.gui.views.inspect_page import CLAIMS_TAB, InspectPage
from explorer.session.explaining import Explanation
from explorer.store.queries import BlockLink
from tests.gui.direct_query import DirectQuery
from tests.gui.opened_case import FABRIC, PEARS, opened

pytestmark = pytest.mark.gui


@pytest.fixture(scope="module")
def families(qapp: QApplication) -> FontFamilies:
    del qapp
    return register_fonts(resource("fonts"))


@pytest.fixture(scope="module")
def store() -> Iterator[CaseModel]:
    """Return the Fabric sample, verified once for all tests."""
    case = opened(FABRIC / "ledgersData", FABRIC / "trust_anchors")
    yield case
    assert isinstance(case.query, DirectQuery)
    assert case.query.shower is not None
    case.query.shower.close()


@pytest.fixture
def page(qtbot: QtBot, families: FontFamilies, store: CaseModel) -> InspectPage:
    store.select(Selection())
    made = InspectPage(Theme(families))
    qtbot.addWidget(made)
    made.resize(1364, 760)
    made.show_case(store)
    made.show()
    qtbot.waitExposed(made)
    return made


def go(qtbot: QtBot, page: InspectPage, store: CaseModel, place: Selection) -> None:
    store.select(place)
    page.go_to(place)
    qtbot.waitUntil(lambda: page.list.currentIndex().data(RowRole.ROW) is not None)


def test_a_selected_place_shows_row_fields_and_bytes(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 42, 0))
    row = page.list.currentIndex().data(RowRole.ROW)
    assert (row.height, row.position) == (42, 0)
    field = page.fields.current_field()
    assert field is not None
    assert field.span == row.span
    selection = page.bytes.pane.selection()
    assert selection is not None
    assert (selection.start, selection.end) == (row.span.start, row.span.end)
    assert (
        page.bytes.pane.selected_bytes()[:4]
        == bytes(
            page._model.shown.detail.block.header[:0]  # type: ignore[union-attr]
            + page._case.query.shower.read(row.span)[:4]  # type: ignore[union-attr]
        )
    )


def test_a_row_chosen_by_the_user_is_selected_everywhere(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 42))
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert store.selection == Selection(0, 42, 0)
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert store.selection == Selection(0, 42)


def test_a_byte_selects_the_innermost_field_and_its_entry(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 42, 0))
    model = page._model
    assert model is not None
    line = next(
        each
        for each in model.claims
        if each.shown.claim.check.endswith("creator-signature")
        or "creator" in each.where
    )
    place = line.declared_place()
    assert place is not None
    page.bytes.byte_chosen.emit((place.source, place.start + 3))
    field = page.fields.current_field()
    assert field is not None
    assert isinstance(field.span, ByteSpan)
    assert field.span.start <= place.start + 3 < field.span.end
    assert (store.selection.height, store.selection.entry) == (42, 0)
    assert store.selection.span == field.span
    assert page.explain.title.text() == "Explain this signature"
    kinds = {each.kind for each in page.bytes.pane._spans}
    assert SpanKind.SELECTED in kinds


def test_the_block_hash_is_explained_with_what_the_next_block_declares(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 30))
    shown = page.explain.shown
    assert shown is not None
    assert (shown.line, shown.explanation.agrees) == (None, True)
    picture = picture_of(shown.explanation)
    assert picture.mark is Mark.PASSED
    assert picture.declared_by == "declared by block 31"
    texts = {each.text() for each in page.explain.findChildren(QLabel)}
    assert "163 later blocks are chained to it." in texts
    parts = {each.name for each in page.bytes.pane._spans}
    assert {"data hash", "previous hash"} <= parts


def test_the_command_is_copied_exactly(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 30))
    QApplication.clipboard().clear()
    QTest.keyClick(page.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    shown = page.explain.shown
    assert shown is not None
    assert QApplication.clipboard().text() == shown.explanation.command
    page.explain.copy_hex()
    own = b"".join(part.data for part in shown.explanation.parts)
    assert QApplication.clipboard().text() == own.hex()


def test_e_closes_and_opens_the_panel_but_can_still_be_typed(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 30))
    assert page.explain.isVisible()
    QTest.keyClick(page.list, Qt.Key.Key_E)
    assert not page.explain.isVisible()
    page.go_to(Selection(0, 30, explain=True))
    assert page.explain.isVisible()
    page.search.edit.setFocus()
    QTest.keyClicks(page.search.edit, "e")
    assert page.search.edit.text() == "e"
    assert page.explain.isVisible()


def test_a_narrow_page_shows_the_panel_over_the_panes(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 30))
    width = page.list.width()
    page.resize(900, 640)
    assert not page.explain.isVisible()
    page.toggle_explain()
    assert page.explain.isVisible()
    assert page._row.indexOf(page.explain) == -1
    page.resize(1364, 760)
    assert page._row.indexOf(page.explain) == 1
    qtbot.waitUntil(lambda: abs(page.list.width() - width) <= 2, timeout=60_000)


def test_claims_are_listed_and_chosen(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 30))
    page._detail_pane.show_tab(CLAIMS_TAB)
    count = page.claims.model().rowCount()
    assert page._detail_pane._buttons[CLAIMS_TAB].text() == f"Claims · {count}"
    texts = [page.claims.model().index(n, 0).data() for n in range(count)]
    row = texts.index("Orderers signed the block")
    page.claims.selectRow(row)
    shown = page.explain.shown
    assert shown is not None
    assert shown.line is not None
    assert shown.explanation.what == "signature"
    assert store.selection == Selection(0, 30)


def test_the_chooser_explains_another_value(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 30))
    others = page.explain._others
    assert len(others) > 3
    page.explain.chosen.emit(others[1])
    assert page.explain.shown == others[1]
    assert isinstance(others[1], Explained)


def test_search_goes_from_hit_to_hit_and_narrows(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    assert page.search_text("MergeLots")
    model = page._model
    assert model is not None
    found = len(model.hits)
    assert found > 1
    assert page.search.count.text() == f"1 of {found}"
    first = store.selection
    QTest.keyClick(page.search.edit, Qt.Key.Key_Return)
    assert store.selection != first
    assert page.search.count.text() == f"2 of {found}"
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.search.edit, Qt.Key.Key_Return, shift)
    assert store.selection == first
    page.search.only.setChecked(True)
    assert page.list.model().rowCount() == found
    QTest.keyClick(page.search.edit, Qt.Key.Key_Escape)
    assert page.list.model().rowCount() == 719
    assert page.search.edit.text() == ""


def test_chinese_words_are_found_and_nothing_is_said_in_red(
    page: InspectPage, store: CaseModel
) -> None:
    del store
    states = []
    for words in ("检测合格", "没有这样的词"):
        page.search.take(words)
        states.append(page.search.edit._state)
    assert states == [EditState.UNDERSTOOD, EditState.WRONG]
    assert page.search.count.text() == "nothing matches"


def test_a_refused_entry_says_why_beside_its_fields(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 34, 1))
    note = page._detail_pane._note.text()
    assert note.startswith("block 34, entry 1 · refused by the network: something it")
    assert "MVCC_READ_CONFLICT" in note


def test_f6_goes_round_all_panes(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 30))
    page.list.setFocus()
    seen = []
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen == [
        page.fields,
        page.bytes.pane,
        page.explain.command.text,
        page.search.edit,
        page.list,
    ]


def test_what_was_left_comes_back(
    qtbot: QtBot, page: InspectPage, store: CaseModel, families: FontFamilies
) -> None:
    go(qtbot, page, store, Selection(0, 30))
    page.search.take("MergeLots")
    page.search.only.setChecked(True)
    page.toggle_explain()
    page._detail_pane.show_tab(CLAIMS_TAB)
    again = InspectPage(Theme(families))
    qtbot.addWidget(again)
    again.resize(1364, 760)
    again.show_case(store)
    again.show()
    again.recall(page.memory())
    assert again.search.edit.text() == "MergeLots"
    assert again._rows.is_narrowed
    assert not again.explain.isVisible()
    assert again._detail_pane.tab == CLAIMS_TAB
    again.recall("nonsense")


def test_labels_are_plain_text(
    qtbot: QtBot, page: InspectPage, store: CaseModel
) -> None:
    go(qtbot, page, store, Selection(0, 42, 0))
    for label in page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()


def test_an_altered_block_shows_the_mismatch(
    qtbot: QtBot, families: FontFamilies
) -> None:
    case = opened(PEARS / "pears_one-digit.jsonl")
    finding = next(each for each in case.findings() if each.block is not None)
    page = InspectPage(Theme(families))
    qtbot.addWidget(page)
    page.resize(1364, 760)
    page.show_case(case)
    page.show()
    case.select(Selection(0, finding.block))
    page.go_to(case.selection)
    model = page._model
    assert model is not None
    failed = [each for each in model.claims if each.mark == "failed"]
    assert failed
    assert page.claims.model().index(0, 0).data() == failed[0].title
    explanation = failed[0].shown.explanation
    assert isinstance(explanation, Explanation)
    assert picture_of(explanation).mark is Mark.FAILED


def test_parents_are_found_by_hash_and_orphans_stand_apart() -> None:
    def link(row: int, height: int, own: bytes, parent: bytes) -> BlockLink:
        return BlockLink(row, height, own, parent, 0, False)

    nodes = nodes_of(
        [
            link(0, 4, b"four", b"three"),
            link(1, 5, b"five", b"four"),
            link(2, 6, b"six", b"five"),
            link(3, 6, b"other six", b"five"),
            link(4, 7, b"seven", b"lost"),
        ],
        5,
    )
    assert [each.parent for each in nodes] == [-1, 0, 0, -1]
    assert [each.parent_elsewhere for each in nodes] == [True, False, False, False]
    assert [each.link_fails for each in nodes] == [False, False, False, True]
