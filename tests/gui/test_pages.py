"""Pages over reports made by hand: what they show, and what evidence cannot do."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.core.absent import Absent
from explorer.core.resources import resource
from explorer.crypto.trust import TrustStore
from explorer.gui.canvases.band_states import CheckingShown, StoppedShown, VerdictShown
from explorer.gui.canvases.verdict_band import VerdictBand
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Token
from explorer.gui.messages import CheckCount, Failure, Progress
from explorer.gui.tasks import QueryService
from explorer.gui.viewmodels.band import band_state
from explorer.gui.viewmodels.case import CaseModel, Phase
from explorer.gui.viewmodels.checks import FEW, ChecksModel
from explorer.gui.viewmodels.overview import CheckLine, check_lines
from explorer.gui.viewmodels.signers import SignerLine, SignersModel
from explorer.gui.viewmodels.strip import StripModel
from explorer.gui.views.findings_page import FindingsPage
from explorer.gui.views.frame import Frame
from explorer.gui.views.overview_page import OverviewPage
from explorer.model.checks import Outcome
from explorer.model.ledgers import Remark
from explorer.model.verdicts import Verdict
from explorer.session.options import VerifyOptions
from tests.gui.made_up import HOSTILE, failed_ledger, finding, ledger, party, report

pytestmark = pytest.mark.gui


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    del qapp
    return Theme(register_fonts(resource("fonts")))


@pytest.fixture
def case(query: QueryService) -> CaseModel:
    made = CaseModel(query)
    made.begin((Path("/evidence/blockfile"),), VerifyOptions(TrustStore()))
    return made


def _overview(qtbot: QtBot, theme: Theme, case: CaseModel) -> OverviewPage:
    page = OverviewPage(theme, StripModel(case, case))
    qtbot.addWidget(page)
    page.show_case(case)
    page.resize(1300, 800)
    page.show()
    return page


def _texts(page: OverviewPage | FindingsPage | Frame) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def _greens(image: QImage, theme: Theme) -> int:
    """Return how many of the points looked at have a green of the palette."""
    greens = {theme.hex(Token.OK), theme.hex(Token.OK_BG)}
    return sum(
        image.pixelColor(x, y).name() in greens
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )


def test_evidence_cannot_imitate_a_verdict(
    qtbot: QtBot, theme: Theme, case: CaseModel
) -> None:
    lying = ledger(
        title=HOSTILE,
        parties=(replace(party(1), organisation=HOSTILE, name=HOSTILE),),
        not_checked=(Remark("x", "Whether.", HOSTILE),),
        uncovered=(HOSTILE,),
        findings=(finding(3, outcome=Outcome.NOT_APPLICABLE, detail=HOSTILE),),
    )
    page = _overview(qtbot, theme, case)
    case.conclude(report(lying))
    band = page.findChild(VerdictBand)
    assert isinstance(band, VerdictBand)
    state = band.state()
    assert isinstance(state, VerdictShown)
    shown = (
        *(state.words.word, state.words.sentence, state.words.limit),
        state.subject,
    )
    assert not any("Anchored" in text or "Agrees" in text for text in shown)
    assert not any("\u202e" in text or "\u0007" in text for text in _texts(page))
    assert _greens(page.grab().toImage(), theme) == 0


def test_only_a_history_anchor_makes_it_green(
    qtbot: QtBot, theme: Theme, case: CaseModel
) -> None:
    page = _overview(qtbot, theme, case)
    for verdict in Verdict:
        case.conclude(report(ledger(verdict)))
        is_green = _greens(page.grab().toImage(), theme) > 100
        assert is_green == (verdict is Verdict.ANCHORED), verdict


def test_several_ledgers_can_be_chosen(
    qtbot: QtBot, theme: Theme, case: CaseModel
) -> None:
    page = _overview(qtbot, theme, case)
    case.conclude(report(ledger(), replace(failed_ledger(), title="cold-chain")))
    chips = page.ledger_chips()
    assert [chip.text() for chip in chips] == ["pears", "cold-chain"]
    chips[1].click()
    assert case.ledger == 1
    band = page.findChild(VerdictBand)
    assert isinstance(band, VerdictBand)
    state = band.state()
    assert isinstance(state, VerdictShown)
    assert (state.verdict, state.subject) == (Verdict.FAILED, "cold-chain")


def test_the_limit_of_a_verdict_stands_in_the_band(case: CaseModel) -> None:
    case.conclude(report(ledger(Verdict.ATTRIBUTED)))
    state = band_state(case)
    assert isinstance(state, VerdictShown)
    assert "It does not say whether the records were true" in state.words.limit
    assert [figure.value for figure in state.figures] == [70, 147, 300, 0]


def test_the_band_carries_progress_and_a_failure_at_once(case: CaseModel) -> None:
    assert band_state(case) == CheckingShown(0, 0, 0, Absent.NOT_IN_EXPORT, 0, 0)
    counts = (CheckCount("a", "A", 5, 1, 0, 2),)
    case.advance(Progress(1, 500, 1000, 2.0, counts, failed=1))
    state = band_state(case)
    assert isinstance(state, CheckingShown)
    assert (state.failed, state.answered, state.rate_bytes) == (1, 8, 250)
    assert state.remaining_s == 2
    case.stop()
    assert band_state(case) == StoppedShown(500, 1000, 1)


def test_stopping_after_the_end_changes_nothing(case: CaseModel) -> None:
    case.conclude(report())
    case.stop()
    assert case.phase is Phase.DONE


def test_what_to_ask_for_is_said_below_anchored_only(
    qtbot: QtBot, theme: Theme, case: CaseModel
) -> None:
    page = _overview(qtbot, theme, case)
    case.conclude(report(ledger(Verdict.ATTRIBUTED)))
    assert "Ask for the block hash at height 69." in _texts(page)
    case.conclude(report(ledger(Verdict.ANCHORED)))
    assert "Ask for the block hash at height 69." not in _texts(page)


def test_the_death_of_the_engine_is_said_plainly(
    qtbot: QtBot, theme: Theme, case: CaseModel
) -> None:
    page = _overview(qtbot, theme, case)
    case.fail(Failure("The engine process ended before it was done."))
    assert "The check could not be finished" in _texts(page)
    assert "The engine process ended before it was done." in _texts(page)


def test_findings_so_far_appear_while_checking(
    qtbot: QtBot, theme: Theme, case: CaseModel
) -> None:
    page = FindingsPage(theme)
    qtbot.addWidget(page)
    page.show_case(case)
    page.show()
    case.advance(Progress(1, 1, 2, 0.1, (), 1, (finding(20),), 1))
    assert "One check does not match, in block 20." in _texts(page)


def test_f8_walks_through_findings(qtbot: QtBot, theme: Theme, case: CaseModel) -> None:
    page = FindingsPage(theme)
    qtbot.addWidget(page)
    page.show_case(case)
    page.show()
    case.conclude(report(failed_ledger()))
    heights = []
    for _ in range(4):
        page.step(1)
        heights.append(case.selection.height)
    assert heights == [21, 69, 3, 20]
    page.step(-1)
    assert case.selection.height == 3


def test_all_checks_can_be_shown_and_failed_ones_always_are(qtbot: QtBot) -> None:
    del qtbot
    model = ChecksModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines = [
        CheckLine(Outcome.FAILED, f"check {n}", 0, 1, 0, 0, f"c{n}") for n in range(12)
    ]
    model.show([*lines, CheckLine(Outcome.PASSED, "last", 5, 0, 0, 0, "l")])
    assert model.rowCount() == 12
    model.show_all(is_long=True)
    assert model.rowCount() == 13
    model.show_all(is_long=False)
    model.show(check_lines(ledger()) * 10)
    assert model.rowCount() == FEW
    assert [model.index(0, column).data() for column in range(5)] == [
        "Declared hashes match",
        "70",
        "–",
        "–",
        "–",
    ]


def test_the_table_of_signers_names_absence(qtbot: QtBot) -> None:
    del qtbot
    model = SignersModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    hostile = replace(party(2, anchored=True), name=HOSTILE)
    model.show(
        [
            SignerLine(party(1), Absent.NOT_IN_FORMAT),
            SignerLine(hostile, Absent.UNREADABLE),
        ]
    )
    assert model.index(0, 4).data() == "no certificate"
    assert model.index(1, 5).data() == "yes"
    assert "<U+202E>" in str(model.index(1, 1).data())


@pytest.mark.parametrize("outcome", list(Outcome))
def test_badges_count_what_is_worth_reading(
    qtbot: QtBot, theme: Theme, case: CaseModel, outcome: Outcome
) -> None:
    frame = Frame(theme, case)
    qtbot.addWidget(frame)
    case.conclude(report(ledger(findings=(finding(1, outcome=outcome),) * 3)))
    names = [button.accessibleName() for button in frame.rail.buttons()]
    expected = (
        "Findings" if outcome is Outcome.NOT_APPLICABLE else "Findings, 3 to read"
    )
    assert expected in names
