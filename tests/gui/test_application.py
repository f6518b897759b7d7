"""Starting: words, displays, folders; reports and commands; layouts."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.core.errors import ReadError
from explorer.core.resources import resource, samples_folder
from explorer.crypto.trust import AnchorOrigin, HistoryAnchor, TrustStore
from explorer.gui.application import has_display, make_application, run_window
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.look import Look
from explorer.gui.translations import LanguageChoice, Translations
from explorer.gui.viewmodels.preferences import SCALES, Preferences, ThemeChoice
from explorer.gui.viewmodels.reporting import ReportOrder, command_line, write_report
from explorer.gui.viewmodels.samples import Lesson, installed_samples
from explorer.gui.viewmodels.wording import breakable
from explorer.gui.views.layouts import FlowLayout
from explorer.reports.case import CaseHeader
from explorer.reports.words import Language
from explorer.session.options import VerifyOptions
from explorer.session.trust_reading import load_trust
from tests.gui.made_up import report

pytestmark = pytest.mark.gui


def test_without_a_display_the_way_out_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert run_window([]) == 3
    assert "provenance-explorer verify PATH" in capsys.readouterr().err
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_display()


def test_an_option_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_window(["--trust", "x"]) == 3
    assert "--trust is no option of the window" in capsys.readouterr().err


def test_the_application_is_made_once(qapp: QCoreApplication) -> None:
    assert make_application() is qapp


def test_shipped_files_are_found() -> None:
    assert resource("fonts").is_dir()
    assert {each.lesson for each in installed_samples()} == set(Lesson)
    assert samples_folder().is_dir()


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Look:
    preferences = Preferences(tmp_path / "s.ini")
    theme = Theme(register_fonts(resource("fonts")))
    return Look(theme, preferences, Translations(qapp), theme)


def test_choices_are_applied_and_remembered(look: Look) -> None:
    look.choose_theme(ThemeChoice.DARK)
    look.choose_language(LanguageChoice.ZH)
    assert look.theme.palette.is_dark
    assert look.theme.language.value == "zh"
    assert look.preferences.language is LanguageChoice.ZH
    look.choose_language(LanguageChoice.EN)
    assert look.theme.language.value == "en"


def test_sizes_go_up_and_down_within_limits(look: Look) -> None:
    for _ in range(10):
        look.step_scale(1)
    assert look.theme.scale == SCALES[-1]
    for _ in range(10):
        look.step_scale(-1)
    assert look.theme.scale == SCALES[0]


def _order(path: Path, options: VerifyOptions, language: Language) -> ReportOrder:
    header = CaseHeader(case="2026-7", examiner="E. Examiner")
    paths = (Path("/evidence/blockfile"),)
    return ReportOrder(path, report(), header, language, paths, options)


def test_a_report_is_written_in_the_chosen_language(tmp_path: Path) -> None:
    options = VerifyOptions(TrustStore())
    html = write_report(_order(tmp_path / "r.html", options, Language.ZH))
    text = html.read_text("utf-8")
    assert "仅内部一致" in text
    assert "2026-7" in text
    json = write_report(_order(tmp_path / "r.json", options, Language.EN))
    assert '"verdict": "consistent"' in json.read_text("utf-8")


def test_a_report_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    order = _order(tmp_path / "no" / "r.html", VerifyOptions(TrustStore()), Language.EN)
    with pytest.raises(ReadError, match="No such file") as caught:
        write_report(order)
    assert caught.value.reason == "cannot-write"


def test_the_command_names_files_hashes_and_copies() -> None:
    trust = load_trust([samples_folder() / "fabric-pear-trace" / "trust_anchors"])
    history = HistoryAnchor(5, b"\xab" * 32, AnchorOrigin.PUBLISHED, "printed", "")
    options = VerifyOptions(trust, (history,), (Path("/c p"),))
    command = command_line([Path("/a"), Path("/b")], options)
    assert command.startswith("provenance-explorer verify --trust ")
    assert f"--checkpoint 5={'ab' * 32} --copy '/c p' --together /a /b" in command
    assert "ticked" not in command


def test_ticked_anchors_are_named_in_the_command() -> None:
    trust = load_trust([samples_folder() / "fabric-pear-trace" / "trust_anchors"])
    ticked = VerifyOptions(TrustStore(trust.identities))
    command = command_line([Path("/a")], ticked)
    assert command.endswith("# and 4 anchors that were ticked in the window")


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    layout = FlowLayout(10, widget)
    parts = [QWidget() for _ in range(4)]
    for part in parts:
        part.setFixedSize(90, 20)
        layout.addWidget(part)
    layout.setContentsMargins(0, 0, 0, 0)
    assert layout.heightForWidth(400) == 20
    assert layout.heightForWidth(200) == 50
    assert layout.heightForWidth(90) == 110
    parts[3].hide()
    assert layout.heightForWidth(300) == 20
    layout.setGeometry(QRect(0, 0, 200, 100))
    assert [(part.x(), part.y()) for part in parts[:3]] == [(0, 0), (100, 0), (0, 30)]
    assert layout.minimumSize().width() == 90
    assert layout.expandingDirections() == Qt.Orientation(0)
    assert layout.takeAt(0) is not None
    assert layout.takeAt(9) is None
    assert layout.itemAt(9) is None


def test_long_words_may_break_and_chinese_is_left_alone() -> None:
    assert breakable("a" * 60).count("\u200b") == 2
    assert breakable("short words only") == "short words only"
    assert "\u200b" not in breakable("区块" * 40)
