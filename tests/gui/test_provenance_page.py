"""Provenance: choosing, the picture and its twin, crowds, evidence, exports."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.core.errors import ExplorerError
from explorer.core.resources import resource
from explorer.gui.canvases.graph_picture import MenuWish, TraceWish
from explorer.gui.design.fonts import FontFamilies, register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.case import CaseModel, PageName, Selection, Visit
from explorer.gui.viewmodels.provenance import ProvenanceModel
from explorer.gui.viewmodels.provenance_scene import LaneMode, SceneNode, Shape
from explorer.gui.views.provenance_export import (
    Exported,
    ExportForm,
    export_bytes,
    footer_text,
    is_evidence,
    suggested_name,
    write_export,
)
from explorer.gui.views.provenance_page import ProvenancePage
from explorer.model.statements import FactGrade
from explorer.model.verdicts import EvidenceReport, Verdict
from explorer.provenance.trace import Direction
from tests.gui.direct_query import DirectQuery
from tests.gui.opened_case import FABRIC, PEARS, opened
from tests.gui.test_provenance_models import crowd
from tests.session.traced_case import case_reader, ledger_report

pytestmark = pytest.mark.gui

BOX = "pear/box/X00012"


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


def shown(qtbot: QtBot, families: FontFamilies, case: CaseModel) -> ProvenancePage:
    page = ProvenancePage(Theme(families))
    qtbot.addWidget(page)
    page.resize(1364, 760)
    page.show_case(case)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def page(qtbot: QtBot, families: FontFamilies, store: CaseModel) -> ProvenancePage:
    store.select(Selection())
    return shown(qtbot, families, store)


def model_of(page: ProvenancePage) -> ProvenanceModel:
    assert page._model is not None
    return page._model


def node(page: ProvenancePage, thing: str) -> SceneNode:
    nodes = model_of(page).scene.nodes
    return next(each for each in nodes if each.key == thing)


def test_before_anything_is_traced_things_are_offered_by_kind(
    qtbot: QtBot, page: ProvenancePage
) -> None:
    assert page.head.headline.text() == "What do you want to trace?"
    assert page._stack.currentIndex() == 0
    assert not page.head.back.isEnabled()
    chips = [each.text() for each in page.chooser._chips]
    assert "box · 96" in chips
    with qtbot.waitSignal(page.chooser.thing_chosen) as chosen:
        page.chooser._list.selectRow(0)
        page.chooser._list.choose_current()
    assert model_of(page).item == (chosen.args or [""])[0]
    assert page._stack.currentIndex() == 1


def test_typing_offers_things_and_enter_traces_one(
    qtbot: QtBot, page: ProvenancePage
) -> None:
    search = page.head.search
    search.setFocus()
    QTest.keyClicks(search, "x00012")
    qtbot.waitUntil(search._popup.isVisible, timeout=60_000)
    QTest.keyClick(search, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.visit_wanted) as visited:
        QTest.keyClick(search, Qt.Key.Key_Return)
    (visit,) = visited.args or [None]
    assert visit == Visit(PageName.PROVENANCE, Selection(0, item=BOX))
    assert not search._popup.isVisible()
    assert page.head.headline.text().startswith("Signed records lead X00012 back to 2")


def test_headline_legend_and_path_say_the_same(page: ProvenancePage) -> None:
    model = model_of(page)
    model.trace(BOX)
    trace = model.trace_shown
    assert trace is not None
    hops = len(trace.hops)
    assert page.path.rowCount() == hops
    assert page.legend.counts[FactGrade.SIGNED].text() == str(hops)
    assert page.legend.counts[FactGrade.ENFORCED].text() == "0"
    assert page.side._count.text() == (
        f"{hops} hops · weakest: fact signed, link enforced"
    )
    assert page.canvas.picture().nodes


def test_hop_node_and_entry_are_selected_together(
    page: ProvenancePage, store: CaseModel
) -> None:
    model = model_of(page)
    model.trace(BOX)
    page.side.path.selectRow(4)
    assert store.selection == Selection(0, 42, 0, item=BOX)
    assert page.canvas.selected_key() == "pear/lot/HB20260001"
    page.canvas.node_selected.emit("pear/lot/FJ20261A")
    assert store.selection.height == 49
    assert page.side.path.currentIndex().row() == 5
    store.select(Selection(0, 59, 0, item=BOX))
    assert page.side.path.currentIndex().row() == 6
    assert page.canvas.selected_key() == BOX


def test_the_ladder_shows_what_stands_behind_a_hop(page: ProvenancePage) -> None:
    model_of(page).trace(BOX)
    page.side.path.selectRow(4)
    texts = {each.text() for each in page.side.ladder.findChildren(QLabel)}
    assert "Evidence for hop 5" in texts
    assert "entry 42:0, accepted" in texts
    assert "No history anchor that you chose ties this block." in texts
    spoken = page.side.ladder.accessibleDescription()
    assert "(passed)" in spoken
    assert "(inconclusive)" in spoken


def test_what_the_path_does_not_settle_is_listed(page: ProvenancePage) -> None:
    model_of(page).trace(BOX)
    texts = [each.text() for each in page.side.questions.findChildren(QLabel)]
    assert texts[0] == "What this path does not settle"
    assert "No record says what these came from." in texts


def test_a_document_beside_the_path_selects_its_own_entry(
    page: ProvenancePage, store: CaseModel
) -> None:
    model_of(page).trace(BOX)
    page.canvas.node_selected.emit("pear/recall/ZH001")
    assert (store.selection.height, store.selection.item) == (153, BOX)


def test_a_double_click_opens_the_entry_in_inspect(
    qtbot: QtBot, page: ProvenancePage
) -> None:
    model_of(page).trace(BOX)
    expected = Visit(PageName.INSPECT, Selection(0, 42, 0, item=BOX))
    with qtbot.waitSignal(page.visit_wanted) as by_node:
        page.canvas.node_opened.emit("pear/lot/HB20260001")
    with qtbot.waitSignal(page.visit_wanted) as by_hop:
        page.side.path.hop_opened.emit(4)
    assert by_node.args == by_hop.args == [expected]


def test_the_buttons_turn_the_trace_round(page: ProvenancePage) -> None:
    model = model_of(page)
    model.trace("pear/orchard/GY05")
    assert page.head.headline.text() == "No record leads further back than GY05."
    ways = [model.direction]
    page.head.forward.click()
    ways.append(model.direction)
    assert page.head.headline.text().startswith("Signed records lead GY05 on to ")
    page.canvas.trace_requested.emit(TraceWish("pear/orchard/GY05", Direction.BACK))
    ways.append(model.direction)
    assert ways == [Direction.BACK, Direction.FORWARD, Direction.BACK]


def test_lanes_can_stand_for_kinds(page: ProvenancePage) -> None:
    model_of(page).trace(BOX)
    page.head._choose(LaneMode.KIND)
    assert page.head.lanes.text() == "Lanes: kind"
    assert {"lot", "box"} <= {each.title for each in page.canvas.picture().lanes}


def test_a_menu_asked_for_on_the_ground_does_nothing(page: ProvenancePage) -> None:
    model_of(page).trace(BOX)
    page.canvas.menu_requested.emit(MenuWish("", 0, 0))
    assert page.canvas.picture().nodes


def crowded(qtbot: QtBot, families: FontFamilies, count: int) -> ProvenancePage:
    case = CaseModel(DirectQuery(case_reader(crowd(count))))
    report = ledger_report(is_fictional=False)
    case.conclude(EvidenceReport("pears", Verdict.CONSISTENT, (report,), ()))
    page = shown(qtbot, families, case)
    model_of(page).trace("orchard/GY1", Direction.FORWARD)
    return page


def test_a_crowd_says_how_many_it_would_add_before_it_opens(
    qtbot: QtBot, families: FontFamilies
) -> None:
    page = crowded(qtbot, families, 120)
    (folded,) = (
        each for each in model_of(page).scene.nodes if each.shape is Shape.FOLDED
    )
    page.canvas.expand_requested.emit(folded.key)
    box = page.filter_box
    assert box.isVisible()
    assert box._title.text() == "120 things stand here"
    assert box._count.text() == "adds the first 50 of 120"
    QTest.keyClicks(box._edit, "L01")
    assert box._count.text() == "adds 10 of 120"
    QTest.keyClick(box._edit, Qt.Key.Key_Return)
    assert not box.isVisible()
    assert len(model_of(page).scene.nodes) == 12


def test_a_small_crowd_opens_at_once(qtbot: QtBot, families: FontFamilies) -> None:
    page = crowded(qtbot, families, 20)
    (folded,) = (
        each for each in model_of(page).scene.nodes if each.shape is Shape.FOLDED
    )
    page.canvas.expand_requested.emit(folded.key)
    assert not page.filter_box.isVisible()
    assert len(model_of(page).scene.nodes) == 21


def test_a_hub_asks_before_its_neighbours_are_drawn(
    qtbot: QtBot, families: FontFamilies
) -> None:
    page = crowded(qtbot, families, 80)
    model = model_of(page)
    model.trace("lot/L007", Direction.BACK)
    hub = node(page, "pear/orchard/GY1")
    assert hub.badge == 80
    page.canvas.expand_requested.emit(hub.key)
    box = page.filter_box
    assert box.isVisible()
    assert box._count.text() == "adds the first 50 of 80"
    QTest.keyClicks(box._edit, "L01")
    assert box._count.text() == "adds 10 of 80"
    QTest.keyClick(box._edit, Qt.Key.Key_Return)
    drawn = {thing for each in model.scene.nodes for thing in each.things}
    assert {"pear/lot/L010", "pear/lot/L019"} <= drawn
    page.canvas.expand_requested.emit(hub.key)
    assert len(model.scene.nodes) == 2


def test_esc_leaves_a_crowd_closed(qtbot: QtBot, families: FontFamilies) -> None:
    page = crowded(qtbot, families, 120)
    before = model_of(page).scene
    folded = next(each for each in before.nodes if each.shape is Shape.FOLDED)
    page.canvas.expand_requested.emit(folded.key)
    QTest.keyClick(page.filter_box._edit, Qt.Key.Key_Escape)
    assert not page.filter_box.isVisible()
    assert model_of(page).scene == before


def test_what_is_not_found_offers_what_comes_near(page: ProvenancePage) -> None:
    model_of(page).trace("X0001")
    assert page.head.headline.text() == "Nothing is called so, but some come near."
    assert page._stack.currentIndex() == 0
    offered = page.chooser._model
    things = [offered.thing_at(row) for row in range(offered.rowCount())]
    assert BOX in things


def test_what_was_left_comes_back(
    qtbot: QtBot, families: FontFamilies, page: ProvenancePage, store: CaseModel
) -> None:
    model = model_of(page)
    model.trace(BOX)
    page.head._choose(LaneMode.NONE)
    model.select_hop(3)
    memory = page.memory()
    store.select(Selection())
    again = shown(qtbot, families, store)
    again.recall(memory)
    assert model_of(again).item == BOX
    assert model_of(again).wishes.lanes is LaneMode.NONE
    assert again.side.path.currentIndex().row() == 3
    again.recall(None)


def test_a_fictional_ledger_is_marked_on_the_canvas(
    qtbot: QtBot, families: FontFamilies
) -> None:
    page = shown(qtbot, families, opened(PEARS / "pears.jsonl"))
    model_of(page).trace("00001")
    assert page.canvas.picture().is_fictional


def test_a_narrow_page_shows_the_path_on_demand(
    qtbot: QtBot, page: ProvenancePage
) -> None:
    model_of(page).trace(BOX)
    assert page.side.isVisible()
    page.resize(900, 640)
    qtbot.waitUntil(lambda: not page.side.isVisible())
    page.head.show_path.click()
    assert page.side.isVisible()


def test_labels_are_plain_text(page: ProvenancePage) -> None:
    model_of(page).trace(BOX)
    for label in page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()


# -- exports -------------------------------------------------------------------------


def exported(page: ProvenancePage) -> Exported:
    model_of(page).trace(BOX)
    found = page.exported()
    assert found is not None
    return Exported(
        found.trace, found.report, found.is_fictional, datetime(2026, 11, 3, tzinfo=UTC)
    )


def test_every_form_is_written(page: ProvenancePage, tmp_path: Path) -> None:
    export = exported(page)
    for form in ExportForm:
        path = tmp_path / suggested_name(export.trace, [form.value])
        page.export_to(path, form)
        assert page.side.said.text() == f"Written to X00012.{form.value}"
    assert ET.parse(tmp_path / "X00012.graphml").getroot().tag.endswith("graphml")  # noqa: S314 - our own file
    assert json.loads((tmp_path / "X00012.json").read_text())["entity"]
    assert (tmp_path / "X00012.dot").read_text().startswith("digraph")
    picture = QImage(str(tmp_path / "X00012.png"))
    assert picture.width() > 1_000
    assert "<svg" in (tmp_path / "X00012.svg").read_text()


def test_the_footer_names_digest_entries_and_time(page: ProvenancePage) -> None:
    export = exported(page)
    assert export.report is not None
    text = footer_text(export)
    assert export.report.sources[0].sha256 in text
    assert "entries 6:2, 6:3," in text
    assert "2026-11-03 00:00:00 UTC" in text
    made_up = Exported(export.trace, None, True, export.made_at)
    assert footer_text(made_up).endswith("fictional demonstration data")
    real = Exported(export.trace, None, False, export.made_at)
    assert footer_text(real).endswith("UTC")


def test_the_evidence_is_never_written_to(page: ProvenancePage, tmp_path: Path) -> None:
    export = exported(page)
    assert export.report is not None
    path = Path(export.report.sources[0].source.path)
    before = path.read_bytes()
    assert is_evidence(path, export.report)
    with pytest.raises(ExplorerError, match="part of the evidence"):
        write_export(path, ExportForm.DOT, export, page.canvas)
    page.export_to(path, ExportForm.DOT)
    assert "part of the evidence" in page.side.said.text()
    assert path.read_bytes() == before
    with pytest.raises(ExplorerError, match="cannot be written"):
        write_export(tmp_path / "no" / "where", ExportForm.DOT, export, page.canvas)


def test_the_same_trace_gives_the_same_files(page: ProvenancePage) -> None:
    export = exported(page)
    for form in (ExportForm.DOT, ExportForm.GRAPHML, ExportForm.PNG):
        first = export_bytes(form, export, page.canvas)
        assert export_bytes(form, export, page.canvas) == first
