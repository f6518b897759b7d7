from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.core.absent import Absent
from explorer.crypto.trust import AnchorOrigin
from explorer.gui.canvases.band_states import (
    AnchorTally,
    BandState,
    CheckingShown,
    Figure,
    StoppedShown,
    VerdictShown,
)
from explorer.gui.canvases.verdict_band import VerdictBand, mark_of_state
from explorer.gui.canvases.verdict_chip import VerdictChip, ground_of
from explorer.gui.design.controls import Button
from explorer.gui.design.marks import Mark, mark_of_verdict
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, Token
from explorer.model.verdicts import Verdict
from explorer.reports.words import Language, verdict_words

CHECKING = CheckingShown(61, 100, 1_000, 9, 0, 500)


def _settled(verdict: Verdict) -> VerdictShown:
    tally = AnchorTally(is_history=False, origin=AnchorOrigin.FROM_PARTY, count=4)
    words = verdict_words(verdict, Language.EN)
    return VerdictShown(verdict, words, (Figure(194, "blocks"),), (tally,))


def _colors(widget: QWidget) -> set[int]:
    image = widget.grab().toImage()
    return {
        image.pixel(x, y) for y in range(image.height()) for x in range(image.width())
    }


def _band(theme: Theme, qtbot: QtBot, state: BandState) -> VerdictBand:
    band = VerdictBand(theme, state)
    qtbot.addWidget(band)
    band.resize(900, band.heightForWidth(900))
    return band


@pytest.mark.parametrize("verdict", Verdict)
def test_green_is_left_to_anchored(
    theme: Theme, qtbot: QtBot, verdict: Verdict
) -> None:
    band = _band(theme, qtbot, _settled(verdict))
    chip = VerdictChip(theme)
    qtbot.addWidget(chip)
    chip.show_verdict(verdict)
    chip.resize(chip.sizeHint())
    greens = {theme.color(Token.OK).rgb(), theme.color(Token.OK_BG).rgb()}
    for widget in (band, chip):
        assert bool(_colors(widget) & greens) is (verdict is Verdict.ANCHORED)


def test_certificates_alone_give_a_ring_in_accent(theme: Theme, qtbot: QtBot) -> None:
    state = _settled(Verdict.ATTRIBUTED)
    assert mark_of_state(state) is Mark.ATTRIBUTED
    assert ground_of(Mark.ATTRIBUTED) is Token.ACCENT_BG
    band = _band(theme, qtbot, state)
    assert theme.color(Token.ACCENT).rgb() in _colors(band)


def test_the_limit_and_the_origin_are_read_out(theme: Theme, qtbot: QtBot) -> None:
    state = _settled(Verdict.ATTRIBUTED)
    band = _band(theme, qtbot, state)
    assert band.accessibleName() == state.words.word
    assert state.words.limit in band.accessibleDescription()
    assert "from the party itself" in band.accessibleDescription()


@pytest.mark.parametrize("width", [420, 700, 1400])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_text_has_room(
    theme: Theme, qtbot: QtBot, width: int, scale: float
) -> None:
    theme.set_scale(scale)
    states: list[BandState] = [_settled(verdict) for verdict in Verdict]
    for state in (*states, CHECKING, StoppedShown(1, 2, 1)):
        band = VerdictBand(theme, state)
        qtbot.addWidget(band)
        arranged = band._arranged(round(width * scale))
        tops = [line.room for line in arranged.lines]
        for line in arranged.lines:
            need = theme.height(line.text, line.role, line.room.width())
            assert need <= line.room.height() + 1
        assert all(upper.bottom() <= lower.top() + 3 for upper, lower in pairwise(tops))
        assert max(room.bottom() for room in tops) <= arranged.height
        for _, _, room in arranged.figures:
            assert room.bottom() <= arranged.height
            assert not any(room.intersects(line.room) for line in arranged.lines)


def test_a_failure_turns_the_band_while_checking(theme: Theme, qtbot: QtBot) -> None:
    band = _band(theme, qtbot, CHECKING)
    assert mark_of_state(CHECKING) is Mark.CHECKING
    failed = CheckingShown(61, 100, 0, Absent.NOT_IN_EXPORT, 2, 500)
    band.show_state(failed)
    assert band.accessibleName() == "Does not match"
    assert theme.color(Token.FAIL_BG).rgb() in _colors(band)
    assert band.state() is failed


def test_stopping_is_offered_only_while_checking(theme: Theme, qtbot: QtBot) -> None:
    band = _band(theme, qtbot, CHECKING)
    band.show()
    assert band.stop_button.isVisible()
    with qtbot.waitSignal(band.stop_wanted, timeout=60_000):
        QTest.mouseClick(band.stop_button, Qt.MouseButton.LeftButton)
    band.show_state(_settled(Verdict.CONSISTENT))
    assert not band.stop_button.isVisible()


def test_actions_stand_within_the_band(theme: Theme, qtbot: QtBot) -> None:
    band = _band(theme, qtbot, _settled(Verdict.FAILED))
    first, second = Button(theme, "Go to block 20"), Button(theme, "Compare…")
    band.set_actions(first)
    band.set_actions(first, second)
    band.show()
    assert band.rect().contains(first.geometry())
    assert band.rect().contains(second.geometry())
    assert not first.geometry().intersects(second.geometry())


def test_the_band_follows_the_theme(theme: Theme, qtbot: QtBot) -> None:
    band = _band(theme, qtbot, _settled(Verdict.FAILED))
    theme.set_palette(DARK)
    assert theme.color(Token.FAIL_BG).rgb() in _colors(band)
    before = band.heightForWidth(900)
    theme.set_scale(2)
    assert band.heightForWidth(900) > before


def test_the_chip_is_a_button_that_can_be_reached_by_keys(
    theme: Theme, qtbot: QtBot
) -> None:
    chip = VerdictChip(theme)
    qtbot.addWidget(chip)
    assert chip.isHidden()
    chip.show_checking(0)
    assert chip.accessibleName() == "Checking… nothing failed so far"
    chip.resize(chip.sizeHint())
    chip.show()
    chip.setFocus()
    with qtbot.waitSignal(chip.clicked, timeout=60_000):
        QTest.keyClick(chip, Qt.Key.Key_Space)
    chip.show_stopped()
    assert chip.accessibleName() == "Stopped by you"


def test_the_mark_stays_when_colour_is_taken_away(theme: Theme, qtbot: QtBot) -> None:
    pictures: list[QImage] = []
    for verdict in (Verdict.FAILED, Verdict.INDETERMINATE, Verdict.ATTRIBUTED):
        band = _band(theme, qtbot, _settled(verdict))
        grey = QImage.Format.Format_Grayscale8
        pictures.append(band.grab().toImage().convertToFormat(grey))
        assert mark_of_verdict(verdict) is mark_of_state(band.state())
    marks = [each.copy(20, 20, 80, 90) for each in pictures]
    assert marks[0] != marks[1]
    assert marks[1] != marks[2]
