from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from explorer.gui.design.marks import (
    Mark,
    MarkView,
    draw_mark,
    mark_of_outcome,
    mark_of_verdict,
    mark_token,
    mark_word,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Token
from explorer.model.checks import Outcome
from explorer.model.verdicts import Verdict


def _drawn(theme: Theme, mark: Mark) -> QImage:
    image = QImage(48, 48, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_mark(painter, theme, mark, QRectF(4, 4, 40, 40), Token.SURFACE)
    painter.end()
    return image


def _shape(image: QImage) -> list[bool]:
    return [
        QColor(image.pixel(x, y)).lightness() < 200
        for y in range(image.height())
        for x in range(image.width())
    ]


def test_marks_differ_in_shape_without_colour(theme: Theme) -> None:
    shapes = {mark: _shape(_drawn(theme, mark)) for mark in Mark}
    same_shape = {(Mark.PASSED, Mark.ANCHORED)}  # the design: only colour and place
    for first, second in combinations(Mark, 2):
        if (first, second) in same_shape:
            continue
        pairs = zip(shapes[first], shapes[second], strict=True)
        differing = sum(a != b for a, b in pairs)
        assert differing > 60, (first, second)


def test_only_the_anchored_verdict_is_green() -> None:
    green = {
        verdict
        for verdict in Verdict
        if mark_token(mark_of_verdict(verdict)) is Token.OK
    }
    assert green == {Verdict.ANCHORED}
    assert all(mark_token(mark_of_outcome(each)) is not Token.OK for each in Outcome)


def test_attributed_is_a_ring_in_accent() -> None:
    assert mark_of_verdict(Verdict.ATTRIBUTED) is Mark.ATTRIBUTED
    assert mark_token(Mark.ATTRIBUTED) is Token.ACCENT


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_mark_with_a_word(outcome: Outcome) -> None:
    assert mark_word(mark_of_outcome(outcome))


def test_passing_is_quiet_in_dense_rows() -> None:
    assert mark_of_outcome(Outcome.PASSED, quiet=True) is Mark.TICK
    assert mark_of_outcome(Outcome.FAILED, quiet=True) is Mark.FAILED


def test_a_mark_widget_has_its_word_and_follows_the_scale(
    theme: Theme, qtbot: QtBot
) -> None:
    view = MarkView(theme, Mark.FAILED, 16)
    qtbot.addWidget(view)
    assert view.accessibleName() == "Failed"
    assert view.width() == 20
    theme.set_scale(2)
    assert view.width() == 40
    view.set_mark(Mark.PASSED)
    assert view.accessibleName() == "Passed"
