"""The ways into the claim check: the start page, drops, and from there to a ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.gui.application import make_window
from explorer.gui.translations import LanguageChoice
from explorer.gui.viewmodels.case import PageName, Phase, Place, Visit
from explorer.gui.views.claim_page import ClaimPage
from explorer.gui.views.main_window import MainWindow
from explorer.gui.views.provenance_page import ProvenancePage
from explorer.model.claim_sheets import Standing, Topic, TypedClaim
from tests.gui.opened_case import FABRIC

pytestmark = pytest.mark.gui

BOX = "pear/box/X00012"
CODE = "https://trace.pear.example/q/X00012"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    made = make_window(qapp, tmp_path / "settings.ini", tmp_path / "cases", jobs=1)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    yield made
    made.look.choose_language(LanguageChoice.EN)
    made.close()


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_a_dropped_photo_begins_a_check_that_goes_on_in_a_ledger(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.png"
    segno.make(CODE).save(str(photo), scale=6)
    drop(window, photo)
    alone = window.claim_alone()
    qtbot.waitUntil(lambda: alone.model.draft.asked == CODE, timeout=60_000)
    assert alone.isVisible()
    assert window.case.phase is Phase.EMPTY
    alone.model.add_claim(TypedClaim(Topic.VARIETY, "酥梨"))
    window.open_paths([FABRIC / "ledgersData"])
    page = window.page
    assert isinstance(page, ClaimPage)
    qtbot.waitUntil(lambda: page.model.sheet.item == BOX, timeout=60_000)
    qtbot.waitUntil(lambda: page.model.sheet.exhibits[0].found == (), timeout=60_000)
    same = [each for each in page.model.sheet.rows if each.claimed == "酥梨"]
    assert same[0].standing is Standing.SAME


def test_the_start_page_leads_there_and_back_and_the_look_may_change(
    qtbot: QtBot, window: MainWindow
) -> None:
    window._start.claim_wanted.emit()
    alone = window.claim_alone()
    alone.model.add_claim(TypedClaim(Topic.FREE, "by hand"))
    window.look.choose_language(LanguageChoice.ZH)
    qtbot.waitUntil(lambda: window.claim_alone() is not alone, timeout=60_000)
    renewed = window.claim_alone()
    assert renewed.model.draft.claims == (TypedClaim(Topic.FREE, "by hand"),)
    renewed.start_wanted.emit()
    assert window._start.isVisible()


def test_from_provenance_and_with_a_document_dropped_on_a_ledger(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.open_paths([FABRIC / "ledgersData"])
    qtbot.waitUntil(lambda: window.case.phase is Phase.DONE, timeout=60_000)
    window.visit(Visit(PageName.PROVENANCE, Place(item=BOX)))
    provenance = window.page
    assert isinstance(provenance, ProvenancePage)
    button = provenance.head.claim
    qtbot.waitUntil(button.isEnabled, timeout=60_000)
    button.click()
    page = window.page
    assert isinstance(page, ClaimPage)
    qtbot.waitUntil(lambda: page.model.sheet.item == BOX, timeout=60_000)
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF fictional")
    drop(window, report)
    qtbot.waitUntil(lambda: len(page.model.sheet.exhibits) == 1, timeout=60_000)
    assert page.model.sheet.item == BOX
