"""The whole window over a real ledger: open, walk, switch, judge again, stop."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from explorer.core.resources import samples_folder
from explorer.gui.application import make_window
from explorer.gui.design.tokens import DARK, LIGHT
from explorer.gui.translations import LanguageChoice
from explorer.gui.viewmodels.case import PageName, Phase, Place, Visit
from explorer.gui.viewmodels.preferences import ThemeChoice
from explorer.gui.views.findings_page import FindingsPage
from explorer.gui.views.main_window import MainWindow
from explorer.gui.views.overview_page import OverviewPage
from explorer.gui.views.rail import RAIL_PAGES, RailButton
from explorer.gui.views.signers_page import SignersPage
from explorer.gui.views.start_page import RecentRow, SampleCard
from explorer.gui.views.trust_dialog import FoundRow, TrustDialog
from explorer.model.verdicts import Verdict
from explorer.session.trust_reading import load_trust

pytestmark = pytest.mark.gui

FABRIC = samples_folder() / "fabric-pear-trace"
EDITED = samples_folder() / "pears" / "pears_one-digit.jsonl"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    made = make_window(qapp, tmp_path / "settings.ini", tmp_path / "cases", jobs=1)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    yield made
    made.look.choose_language(LanguageChoice.EN)
    made.close()


def _open(qtbot: QtBot, window: MainWindow, *paths: Path) -> None:
    window.open_paths(paths)
    qtbot.waitUntil(lambda: window.case.phase is not Phase.CHECKING, timeout=60_000)
    assert window.case.phase is Phase.DONE


def _texts(window: MainWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_the_fabric_sample_opens_end_to_end(qtbot: QtBot, window: MainWindow) -> None:
    indexed: list[bool] = []
    window.case.words_indexed.connect(lambda: indexed.append(True))
    _open(qtbot, window, FABRIC / "ledgersData")
    report = window.case.report
    assert report is not None
    assert report.verdict is Verdict.CONSISTENT
    assert isinstance(window.page, OverviewPage)
    assert window.windowTitle() == "pear-trace (read-only) — Provenance Explorer"
    assert "Checked here" in _texts(window)
    qtbot.waitUntil(lambda: bool(indexed), timeout=60_000)


def test_every_page_of_the_rail_shows_the_case(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(qtbot, window, FABRIC / "ledgersData")
    for page in RAIL_PAGES:
        window.visit(Visit(page))
        qtbot.wait(50)
        assert window.page is not None
        assert window.page.title()
        assert window.page.isVisible()
    buttons = window.findChildren(RailButton)
    assert [button.isChecked() for button in buttons] == [
        page is RAIL_PAGES[-1] for page in RAIL_PAGES
    ]


def test_a_failed_ledger_leads_to_its_first_block(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(qtbot, window, EDITED)
    window.activateWindow()
    way = next(
        button
        for button in window.findChildren(QPushButton)
        if button.text() == "Go to block 1"
    )
    QTest.mouseClick(way, Qt.MouseButton.LeftButton)
    page = window.page
    assert isinstance(page, FindingsPage)
    assert window.case.selection.height == 1
    assert "One place, block 1, explains both failures." in _texts(window)


def test_the_repeating_command_of_a_finding_is_shown(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(qtbot, window, EDITED)
    window.visit(Visit(PageName.FINDINGS))
    page = window.page
    assert isinstance(page, FindingsPage)
    qtbot.waitUntil(lambda: "sha256sum" in page.command())


def test_back_and_forward_return_to_the_same_places(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(qtbot, window, EDITED)
    window.visit(Visit(PageName.FINDINGS, Place(0, 1)))
    window.visit(Visit(PageName.SIGNERS, Place(0, 5)))
    window.go(-1)
    assert type(window.page) is FindingsPage
    assert window.case.selection.height == 1
    window.go(1)
    shown: object = window.page
    assert type(shown) is SignersPage
    assert window.case.selection.height == 5


def test_language_and_theme_switch_live(qtbot: QtBot, window: MainWindow) -> None:
    _open(qtbot, window, EDITED)
    window.visit(Visit(PageName.FINDINGS, Place(0, 1)))
    window.look.choose_language(LanguageChoice.ZH)
    qtbot.waitUntil(lambda: "一处（区块 1）可解释两项不一致。" in _texts(window))
    assert isinstance(window.page, FindingsPage)
    assert window.menuBar().actions()[0].text() == "文件(&F)"
    window.look.choose_theme(ThemeChoice.DARK)
    assert window.theme.palette is DARK
    window.look.choose_theme(ThemeChoice.LIGHT)
    window.look.choose_language(LanguageChoice.EN)
    qtbot.waitUntil(
        lambda: "One place, block 1, explains both failures." in _texts(window)
    )
    assert window.theme.palette is LIGHT
    assert window.case.selection.height == 1


def test_a_larger_size_keeps_the_page(qtbot: QtBot, window: MainWindow) -> None:
    _open(qtbot, window, EDITED)
    window.visit(Visit(PageName.SIGNERS))
    before = window.page
    window.look.step_scale(1)
    qtbot.waitUntil(lambda: window.page is not before)
    assert isinstance(window.page, SignersPage)
    assert window.theme.scale > 1
    window.look.choose_scale(1.0)


def test_judging_again_with_trust_changes_the_verdict(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(qtbot, window, FABRIC / "ledgersData")
    window.open_trust()
    dialog = window.findChild(TrustDialog)
    assert isinstance(dialog, TrustDialog)
    qtbot.waitUntil(lambda: len(dialog.findChildren(FoundRow)) == 4)
    for row in dialog.findChildren(FoundRow):
        row.origin.setCurrentIndex(1)
        row.tick.click()
    with qtbot.waitSignal(dialog.finished):
        dialog.judge_again()
    qtbot.waitUntil(lambda: window.case.phase is Phase.DONE, timeout=60_000)
    report = window.case.report
    assert report is not None
    assert report.verdict is Verdict.ATTRIBUTED
    assert {use.origin for use in report.ledgers[0].anchors} == {"published"}


def test_trust_from_a_folder_gives_the_same_verdict(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(qtbot, window, FABRIC / "ledgersData")
    window.open_trust()
    dialog = window.findChild(TrustDialog)
    assert isinstance(dialog, TrustDialog)
    with qtbot.waitSignal(dialog.model.changed, timeout=60_000):
        dialog.add_path(FABRIC / "trust_anchors")
    expected = load_trust([FABRIC / "trust_anchors"]).identities
    assert len(dialog.model.lines()) == len(expected)
    dialog.judge_again()
    qtbot.waitUntil(lambda: window.case.phase is Phase.DONE, timeout=60_000)
    assert window.case.report is not None
    assert window.case.report.verdict is Verdict.ATTRIBUTED


def test_unreadable_evidence_says_what_can_be_read(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    strange = tmp_path / "strange.bin"
    strange.write_bytes(b"no ledger at all")
    _open(qtbot, window, strange)
    assert any("Hyperledger Fabric" in text for text in _texts(window))


def test_evidence_is_not_changed_by_looking_at_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.jsonl"
    shutil.copy(EDITED, copy)
    before = (copy.stat().st_mtime_ns, copy.read_bytes(), sorted(tmp_path.iterdir()))
    _open(qtbot, window, copy)
    for page in (PageName.INSPECT, PageName.FINDINGS):
        window.visit(Visit(page, Place(0, 1)))
        qtbot.wait(100)
    after = (copy.stat().st_mtime_ns, copy.read_bytes())
    assert after == before[:2]


def test_what_was_opened_is_listed_with_its_verdict(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(qtbot, window, EDITED)
    window.close_evidence()
    qtbot.waitUntil(lambda: bool(window.findChildren(RecentRow)))
    recent = window.findChildren(RecentRow)[0].recent
    assert recent.paths == (str(EDITED),)
    assert recent.verdict is Verdict.FAILED
    assert window.windowTitle() == "Provenance Explorer"


def test_a_missing_file_offers_to_be_forgotten(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.jsonl"
    shutil.copy(EDITED, copy)
    _open(qtbot, window, copy)
    copy.unlink()
    window.close_evidence()
    window.look.preferences.recent_changed.emit()
    qtbot.waitUntil(
        lambda: any(
            button.text() == "Forget" for button in window.findChildren(QPushButton)
        )
    )
    forget = next(b for b in window.findChildren(QPushButton) if b.text() == "Forget")
    forget.click()
    assert window.look.preferences.recent() == []


def test_samples_open_with_a_press(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: len(window.findChildren(SampleCard)) == 4)
    card = window.findChildren(SampleCard)[1]
    QTest.keyClick(card, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.case.phase is Phase.DONE, timeout=60_000)
    assert window.case.paths == (EDITED,)


def test_files_can_be_dropped_anywhere(qtbot: QtBot, window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(EDITED)), QUrl("https://example.org/x")])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    assert event.isAccepted()
    assert window.case.paths == (EDITED,)
    qtbot.waitUntil(lambda: window.case.phase is Phase.DONE, timeout=60_000)


def test_the_search_field_leads_to_inspect(qtbot: QtBot, window: MainWindow) -> None:
    _open(qtbot, window, EDITED)
    window.activateWindow()
    window.focus_search()
    field = window.search_field()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.page is not None
    assert window.page.title() == "Inspect"


def test_the_command_that_repeats_it_can_be_copied(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(qtbot, window, EDITED)
    window.copy_command()
    text = QGuiApplication.clipboard().text()
    assert text == f"provenance-explorer verify {EDITED}"


def test_lessons_need_no_ledger_and_survive_another_language(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.open_lessons()
    first = window.lessons_page()
    qtbot.waitUntil(lambda: first.model.state is not None)
    first.model.go_to(3)
    qtbot.waitUntil(lambda: "rehashed" in first.rows)
    window.look.choose_language(LanguageChoice.ZH)
    qtbot.waitUntil(lambda: window.lessons_page() is not first)
    page = window.lessons_page()
    qtbot.waitUntil(lambda: "rehashed" in page.rows)
    assert page.model.number == 3
    assert page.headline.text() == page.model.step.say.zh
    page.projector.click()
    assert window.theme.scale > 1.2
    window.look.choose_scale(1.0)
    qtbot.waitUntil(lambda: window.lessons_page() is not page)
    again = window.lessons_page()
    qtbot.waitUntil(lambda: "rehashed" in again.rows)
    again.start.click()
    assert not again.isVisible()
