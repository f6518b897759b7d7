"""Rows and bytes as text for elsewhere."""

import csv
import io
import json

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.core.spans import ByteSpan
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.case import CaseModel
from explorer.gui.viewmodels.copying import CopyForm, bytes_text, row_text
from explorer.gui.views.inspect_page import InspectPage
from explorer.model.blocks import NO_BLOCK
from explorer.store.queries import Row
from tests.gui.direct_query import DirectQuery
from tests.gui.opened_case import PEARS, opened

pytestmark = pytest.mark.gui


@pytest.fixture(scope="module")
def case() -> CaseModel:
    return opened(PEARS)


@pytest.fixture(scope="module")
def row(case: CaseModel) -> Row:
    assert isinstance(case.query, DirectQuery)
    return next(each for each in case.query.reader.rows(0, 9) if each.position >= 0)


def test_json_holds_place_and_digest(case: CaseModel, row: Row) -> None:
    found = json.loads(row_text(row, CopyForm.JSON, case))
    assert (found["block"], found["entry"], found["id"]) == (
        row.height,
        row.position,
        row.id,
    )
    assert len(found["file_sha256"]) == 64
    assert found["end"] == row.span.end


def test_csv_quotes_what_begins_like_a_formula(case: CaseModel) -> None:
    odd = Row(1, 0, NO_BLOCK, 4, ByteSpan(0, 3, 9), "=1+1", "k", "", 0, 0, "", "", 0)
    heads, values = csv.reader(io.StringIO(row_text(odd, CopyForm.CSV, case)))
    cells = dict(zip(heads, values, strict=True))
    assert cells["id"] == "'=1+1"
    assert cells["block"] == ""


def test_a_citation_finds_the_bytes_again(case: CaseModel, row: Row) -> None:
    text = row_text(row, CopyForm.CITATION, case)
    assert f"block {row.height}, entry {row.position}" in text
    assert f"bytes {row.span.start}–{row.span.end}" in text
    assert "SHA-256" in text


def test_bytes_as_hex_and_base64() -> None:
    assert bytes_text(b"\x00\xff", CopyForm.HEX) == "00ff"
    assert bytes_text(b"\x00\xff", CopyForm.BASE64) == "AP8="


def test_the_menu_of_a_row_copies(
    qtbot: QtBot, qapp: QApplication, case: CaseModel, row: Row
) -> None:
    page = InspectPage(Theme(register_fonts(resource("fonts"))))
    qtbot.addWidget(page)
    page.show_case(case)
    names = [each.text() for each in page.list.menu_of(row).actions()]
    assert "Copy as citation" in names
    page.copy_row(row, CopyForm.HEX)
    assert isinstance(case.query, DirectQuery)
    assert case.query.shower is not None
    assert qapp.clipboard().text() == case.query.shower.read(row.span).hex()
    page.copy_row(row, CopyForm.JSON)
    assert json.loads(qapp.clipboard().text())["id"] == row.id
