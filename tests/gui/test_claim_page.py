"""The claim page: what it shows, what opens, what is saved; with and without ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.design.fonts import FontFamilies, register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.translations import Translations
from explorer.gui.viewmodels.case import CaseModel, PageName, Selection, Visit
from explorer.gui.views.claim_export import SheetForm, footer_text
from explorer.gui.views.claim_page import ClaimPage
from explorer.gui.views.claim_parts import kind_text, question_key, warning_text
from explorer.model.claim_sheets import EntryPlace, Topic, TypedClaim
from explorer.reports.words import Language
from explorer.session.claims_codes import CodeKind
from explorer.session.claims_hosts import HostWarning
from explorer.store.queries import CaseReader
from explorer.store.schema import create_case
from tests.gui.direct_query import DirectQuery
from tests.gui.opened_case import FABRIC, opened
from tests.session.claim_cases import altered_grade

pytestmark = pytest.mark.gui

BOX = "pear/box/X00012"
CODE = "https://trace.pear.example/q/X00012"


@pytest.fixture(scope="module")
def families(qapp: QApplication) -> FontFamilies:
    del qapp
    return register_fonts(resource("fonts"))


@pytest.fixture(scope="module")
def case() -> Iterator[CaseModel]:
    made = opened(FABRIC / "ledgersData")
    yield made
    close(made)


def close(case: CaseModel) -> None:
    assert isinstance(case.query, DirectQuery)
    assert case.query.shower is not None
    case.query.shower.close()


def shown(families: FontFamilies, case: CaseModel, qtbot: QtBot) -> ClaimPage:
    page = ClaimPage(Theme(families))
    qtbot.addWidget(page)
    page.resize(1360, 820)
    page.show_case(case)
    page.show()
    return page


@pytest.fixture
def page(families: FontFamilies, case: CaseModel, qtbot: QtBot) -> ClaimPage:
    made = shown(families, case, qtbot)
    made.go_to(Selection(item=BOX))
    return made


@pytest.fixture
def alone(families: FontFamilies, qtbot: QtBot) -> ClaimPage:
    query = DirectQuery(CaseReader(create_case(None)))
    return shown(families, CaseModel(query), qtbot)


def labels(page: ClaimPage) -> str:
    QApplication.processEvents()  # parts made just now are shown then
    return "\n".join(
        each.text() for each in page.findChildren(QLabel) if each.isVisible()
    )


def test_the_sheet_is_a_table_between_two_blocks_and_silences(page: ClaimPage) -> None:
    text = labels(page)
    assert "14 points recorded, 1 contradicted, 3 silent." in text
    assert "Entries hold together" in text
    assert "True before entry?" in text
    assert "That this very box is the one the code was printed for" in text
    assert "The ledger is silent on" in text
    assert "Fictional demonstration data" in text
    assert page.table.cells.rowCount() == 14
    assert page.hands.cells.rowCount() == 7
    page.grab()


def test_a_row_opens_its_entry_and_is_selected_everywhere(
    page: ClaimPage, case: CaseModel, qtbot: QtBot
) -> None:
    page.table.selectRow(4)
    assert (case.selection.height, case.selection.entry) == (49, 0)
    with qtbot.waitSignal(page.visit_wanted) as caught:
        page.table.activated.emit(page.table.currentIndex())
    assert caught.args == [Visit(PageName.INSPECT, Selection(0, 49, 0, item=BOX))]


def test_map_and_time_line_open_entries_and_have_tables(
    page: ClaimPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.visit_wanted) as caught:
        page.map_card.map.entry_chosen.emit(EntryPlace(5, 3))
    assert caught.args[0].place.height == 5
    for card in (page.map_card, page.time_card):
        assert card.turn.text() == "As table"
        QTest.mouseClick(card.turn, Qt.MouseButton.LeftButton)
        assert card.turn.text() == "As picture"
        QTest.mouseClick(card.turn, Qt.MouseButton.LeftButton)
    assert "合作社3号冷库" in labels(page)


def test_typing_a_claim_compares_it_and_it_can_be_taken_back(
    page: ClaimPage, qtbot: QtBot
) -> None:
    page._topic.setCurrentIndex(page._topic.findData(Topic.SCANS.value))
    page.claim_field.setText("5")
    QTest.keyClick(page.claim_field, Qt.Key.Key_Return)
    assert page.model.draft.claims == (TypedClaim(Topic.SCANS, "5"),)
    assert page.claim_field.text() == ""
    rows = [page.table.cells.row(n) for n in range(page.table.cells.rowCount())]
    number = next(n for n, r in enumerate(rows) if r and r.cells[0].text == "5")
    page.table.selectRow(number)
    assert page._remove.isEnabled()
    QTest.mouseClick(page._remove, Qt.MouseButton.LeftButton)
    assert not page.model.draft.claims


def test_a_citation_is_copied(page: ClaimPage) -> None:
    page.table.selectRow(2)
    page.copy_citation()
    text = QGuiApplication.clipboard().text()
    assert "Entries 5:3, 5:5, 6:2, 6:3" in text
    assert "It does not say whether the entries were true" in text


def test_a_look_alike_address_is_shown_with_warnings_and_never_a_link(
    page: ClaimPage, qtbot: QtBot
) -> None:
    page.bar.field.setText("http://tr\u0430ce.pear.example/q/X00012")
    QTest.keyClick(page.bar.field, Qt.Key.Key_Return)
    text = labels(page)
    assert "not https" in text
    assert "looks like the host in the records, but is another" in text
    assert "The address is shown, never opened." in text
    assert not any(each.openExternalLinks() for each in page.findChildren(QLabel))
    assert page.model.sheet.item == BOX
    assert "xn--" in page.bar._address.text()


def test_several_things_are_offered(page: ClaimPage) -> None:
    page.model.check("X0001")
    assert "Which of these may be meant?" in labels(page)
    page._check(BOX)
    assert page.model.sheet.item == BOX


def test_a_document_is_hashed_and_its_absence_is_no_sign(
    page: ClaimPage, tmp_path: Path
) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF fictional")
    page.add_files([report])
    text = labels(page)
    assert "No entry holds this hash; 525 searched." in text
    assert "Silence proves nothing either way." in text
    page.exhibits.forget_wanted.emit(page.model.sheet.exhibits[0].sha256)
    assert "report.pdf" not in labels(page)


def test_an_altered_entry_is_told_at_the_top(
    families: FontFamilies, qtbot: QtBot, tmp_path: Path
) -> None:
    case = opened(altered_grade(tmp_path))
    page = shown(families, case, qtbot)
    page.go_to(Selection(item=BOX))
    text = labels(page)
    assert "Entries about this thing do not match." in text
    assert "Entries do not match" in text
    assert "Unaltered" not in text
    rows = [page.table.cells.row(n) for n in range(page.table.cells.rowCount())]
    told = {r.cells[0].text: r.cells[4].second for r in rows if r is not None}
    assert told["Grade"] == "does not match"
    assert told["Variety"] == ""
    close(case)


# -- without a ledger -----------------------------------------------------------------


def test_without_a_ledger_it_ends_in_questions(alone: ClaimPage, qtbot: QtBot) -> None:
    assert "What is claimed, and what supports it?" in labels(alone)
    alone.claim_field.setText("picked by hand")
    QTest.keyClick(alone.claim_field, Qt.Key.Key_Return)
    text = labels(alone)
    assert "1 claim, and nothing here supports it." in text
    assert "Questions to the brand" in text
    assert "Hyperledger Fabric" in text
    row = alone.table.cells.row(0)
    assert row is not None
    assert row.cells[1].text == "nothing here supports it"
    assert not alone.map_card.isVisible()
    alone.table.selectRow(0)
    alone.table.activated.emit(alone.table.currentIndex())
    alone.grab()


def test_replies_stay_and_are_saved(alone: ClaimPage, tmp_path: Path) -> None:
    question = alone.model.sheet.questions[0]
    alone.questions.replied.emit(question_key(question), "pear-trace, number 7")
    path = tmp_path / "sheet.html"
    alone.save_to(path, SheetForm.HTML)
    assert "pear-trace, number 7" in path.read_text("utf-8")


def test_what_was_typed_survives_another_look(
    page: ClaimPage, families: FontFamilies, case: CaseModel, qtbot: QtBot
) -> None:
    page.model.add_claim(TypedClaim(Topic.VARIETY, "酥梨"))
    other = shown(families, case, qtbot)
    other.recall(page.memory())
    assert other.model.draft == page.model.draft
    assert other.model.sheet.item == BOX
    other.recall("nonsense")


# -- saving ---------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(SheetForm))
def test_every_form_is_written(
    page: ClaimPage, tmp_path: Path, form: SheetForm
) -> None:
    path = tmp_path / f"sheet.{form.value}"
    page.save_to(path, form)
    data = path.read_bytes()
    starts = {
        SheetForm.PDF: b"%PDF",
        SheetForm.HTML: b"<!DOCTYPE html>",
        SheetForm.PNG: b"\x89PNG",
        SheetForm.SVG: b"<?xml",
    }
    assert data.startswith(starts[form])
    assert len(data) > 5_000
    assert "Written to sheet" in labels(page)


def test_a_picture_carries_digest_entries_and_time(
    page: ClaimPage, tmp_path: Path
) -> None:
    footer = footer_text(page.exported())
    digest = page.model.sheet.evidence_digest
    for part in (BOX, f"SHA-256 {digest}", "5:3", "153:0", "UTC", "Fictional"):
        assert part in footer
    path = tmp_path / "sheet.png"
    page.save_to(path, SheetForm.PNG)
    assert digest in QImage(str(path)).text("Footer")


def test_the_evidence_is_never_written_to(page: ClaimPage, case: CaseModel) -> None:
    assert case.report is not None
    path = Path(case.report.sources[0].source.path)
    before = path.stat().st_mtime_ns
    page.save_to(path, SheetForm.HTML)
    assert path.stat().st_mtime_ns == before
    assert "part of the evidence" in labels(page)


def test_a_folder_cannot_be_written(page: ClaimPage, tmp_path: Path) -> None:
    page.save_to(tmp_path, SheetForm.HTML)
    assert "cannot be written" in labels(page)


# -- maps and places ------------------------------------------------------------------


def test_a_list_places_what_was_not_placed(page: ClaimPage, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("合作社3号冷库,33.0,117.2\n", "utf-8")
    page.load_map(path)
    inferred = [p for p in page.map_card.map.picture.places if p.is_inferred]
    assert [each.name for each in inferred] == ["合作社3号冷库"]


def test_own_lines_and_named_points_are_loaded_and_nonsense_is_told(
    page: ClaimPage, tmp_path: Path
) -> None:
    lines = tmp_path / "lines.geojson"
    lines.write_text('{"type":"LineString","coordinates":[[1,2],[3,4]]}')
    page.load_map(lines)
    assert page.map_card.map.picture.own is not None
    odd = tmp_path / "odd.geojson"
    odd.write_text("[]")
    page.load_map(odd)
    assert "no GeoJSON" in labels(page)


# -- words and narrow windows ---------------------------------------------------------


def test_every_warning_and_kind_has_a_word() -> None:
    assert all(warning_text(each) for each in HostWarning)
    assert all(kind_text(each) for each in CodeKind)


def test_the_page_speaks_chinese(
    families: FontFamilies, case: CaseModel, qtbot: QtBot, qapp: QApplication
) -> None:
    translations = Translations(qapp)
    translations.use(Language.ZH)
    try:
        page = shown(families, case, qtbot)
        page.go_to(Selection(item=BOX))
        text = labels(page)
        assert "14 项有记录，1 项相互矛盾，3 项未提及。" in text
        assert "各条记录彼此相符" in text
        page.grab()
    finally:
        translations.use(Language.EN)


@pytest.mark.parametrize("width", [700, 1000, 1360])
def test_nothing_lies_over_anything_else(page: ClaimPage, width: int) -> None:
    page.resize(width, 820)
    page.grab()
    cards = (page.blocks, page._claims_card, page._hands_card, page.map_card,
             page.time_card, page.exhibits, page.questions)  # fmt: skip
    content = page._scroll.widget()
    assert content is not None
    rooms = [c.rect().translated(c.mapTo(content, QPoint(0, 0))) for c in cards]
    for number, room in enumerate(rooms):
        assert not any(room.intersects(other) for other in rooms[number + 1 :])
        assert content.rect().contains(room)
    assert page.table.height() >= page.table.cells.rowCount() * 46
