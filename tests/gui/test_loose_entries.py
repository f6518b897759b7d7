"""Documents without blocks in the window: words, fields, bytes, claims, findings."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.design.fonts import FontFamilies, register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.band import band_state
from explorer.gui.viewmodels.case import CaseModel, PageName, Selection
from explorer.gui.viewmodels.fields import FieldColumn
from explorer.gui.viewmodels.rows import Column, RowsModel
from explorer.gui.viewmodels.status import status_text
from explorer.gui.viewmodels.wording import loose_text, place_text
from explorer.gui.views.frame import Frame
from explorer.gui.views.inspect_page import InspectPage
from explorer.model.blocks import NO_BLOCK
from tests.gui.opened_case import opened

pytestmark = pytest.mark.gui

EVENT = {
    "type": "ObjectEvent",
    "eventTime": "2026-09-01T08:00:00Z",
    "eventTimeZoneOffset": "+00:00",
    "epcList": ["urn:epc:id:sgtin:0614141.107346.2017"],
    "action": "OBSERVE",
    "bizStep": "shipping",
}
DOCUMENT = {
    "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    "type": "EPCISDocument",
    "schemaVersion": "2.0",
    "creationDate": "2026-09-02T00:00:00Z",
    "epcisBody": {"eventList": [EVENT, EVENT | {"eventTime": "2026-09-03T08:00:00Z"}]},
}


@pytest.fixture(scope="module")
def families(qapp: QApplication) -> FontFamilies:
    del qapp
    return register_fonts(resource("fonts"))


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> CaseModel:
    path = tmp_path_factory.mktemp("events") / "events.jsonld"
    path.write_text(json.dumps(DOCUMENT, indent=1), "utf-8")
    return opened(path)


def shown(qtbot: QtBot, families: FontFamilies, case: CaseModel) -> InspectPage:
    page = InspectPage(Theme(families))
    qtbot.addWidget(page)
    page.resize(1364, 760)
    page.show_case(case)
    page.show()
    qtbot.waitExposed(page)
    return page


def test_an_event_shows_its_fields_and_bytes(
    qtbot: QtBot, families: FontFamilies, events: CaseModel
) -> None:
    events.select(Selection())
    page = shown(qtbot, families, events)
    page.go_to(Selection())
    place = events.selection
    assert (place.height, place.entry) == (NO_BLOCK, 0)
    names = [
        str(page.fields.model().index(row, FieldColumn.NAME).data())
        for row in range(page.fields.model().rowCount())
    ]
    assert names == list(EVENT)
    model = page._model
    assert model is not None
    assert model.shown is not None
    assert page._where(place) == "event 0 of 2, counted from 0"
    page.go_to(Selection(0, NO_BLOCK, 1))
    assert model.shown.detail.entries[0].position == 1


def test_the_list_counts_entries_without_blocks(events: CaseModel) -> None:
    rows = RowsModel()
    rows.show_case(events)
    rows.row_at(0)
    rows._ask()
    assert rows.headerData(0, Qt.Orientation.Horizontal) == "No."
    assert rows.data(rows.index(1, Column.HEIGHT)) == "1"


def test_words_speak_of_events_not_of_blocks(events: CaseModel) -> None:
    state = band_state(events)
    labels = [each.label for each in getattr(state, "figures", ())]
    assert labels == ["events", "signatures", "failed checks"]
    assert status_text(events).startswith("2 events")
    assert place_text(NO_BLOCK, 4) == "entry 4"
    assert loose_text(4, "row") == "row 4"
    assert loose_text(None) == "outside of all blocks"


def test_no_chain_is_drawn_where_there_is_none(
    qtbot: QtBot, families: FontFamilies, events: CaseModel
) -> None:
    frame = Frame(Theme(families), events)
    qtbot.addWidget(frame)
    frame.show_page(PageName.FINDINGS)
    assert frame._ruler.isHidden()
    page = frame.show_page(PageName.OVERVIEW)
    assert page._chain.isHidden()  # type: ignore[attr-defined] # the overview's own


def test_another_evidence_is_not_shown_beside_the_old_one(
    qtbot: QtBot, families: FontFamilies, tmp_path: Path
) -> None:
    path = tmp_path / "events.jsonld"
    path.write_text(json.dumps(DOCUMENT), "utf-8")
    case = opened(path)
    page = shown(qtbot, families, case)
    page.go_to(Selection())
    assert page.fields.model().rowCount()
    options = case.options
    assert options is not None
    case.begin((tmp_path / "other.json",), options)
    assert not page.fields.model().rowCount()


def test_a_row_of_a_table_shows_its_columns(
    qtbot: QtBot, families: FontFamilies, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Farm\nL1,North\nL2,South\n", "utf-8")
    page = shown(qtbot, families, opened(path))
    page.go_to(Selection(0, NO_BLOCK, 1))
    fields = page.fields.model()
    found = [
        (str(fields.index(row, 0).data()), str(fields.index(row, 1).data()))
        for row in range(fields.rowCount())
    ]
    assert found == [("Name", "L2"), ("Farm", "South")]


CORPORA = (
    "epcis-hash/epcisDocWithVariousEventTypes.xml",
    "prov-json/bundle4.json",
    "fisco/fisco3_keccak_b60_tx_proof.json",
    "fisco/fisco2_sm_b2_fulltx_webase.json",
    "cometbft/cometbft-signedblock",
    "ccf/acme_containing_service",
    "hedera/mirror-v6",
    "bitcoin/bitcoin-block",
)


@pytest.mark.parametrize("name", CORPORA)
def test_every_family_opens_in_inspect(
    qtbot: QtBot, families: FontFamilies, corpora: Path, name: str
) -> None:
    if not (corpora / name).exists():
        pytest.skip(f"{name} is not at hand")
    case = opened(corpora / name)
    page = shown(qtbot, families, case)
    page.go_to(Selection())
    model = page._model
    assert model is not None
    assert model.shown is not None, "the first row shows nothing"
    assert page.fields.model().rowCount()
    assert page.bytes._size_bytes
