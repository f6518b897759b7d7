from itertools import combinations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from explorer.gui.design.grades import (
    GradeKey,
    draw_grade_line,
    grade_color,
    grade_help,
    grade_word,
    link_word,
    zigzag,
)
from explorer.gui.design.painting import straight
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Token
from explorer.model.statements import FactGrade, LinkGrade


def _dark_pixels(grade: FactGrade, width: float) -> frozenset[tuple[int, int]]:
    image = QImage(80, 16, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = straight(QPointF(2, 8), QPointF(78, 8))
    draw_grade_line(painter, path, grade, QColor("black"), QColor("white"), width)
    painter.end()
    return frozenset(
        (x, y)
        for y in range(16)
        for x in range(80)
        if QColor(image.pixel(x, y)).lightness() < 150
    )


def test_grades_differ_in_line_alone() -> None:
    drawn = {grade: _dark_pixels(grade, 2.2) for grade in FactGrade}
    for first, second in combinations(FactGrade, 2):
        assert len(drawn[first] ^ drawn[second]) > 20, (first, second)


def test_rails_stay_two_lines_at_the_least_width() -> None:
    rows = {y for x, y in _dark_pixels(FactGrade.ENFORCED, 1.5) if x == 40}
    assert 7 in rows or 6 in rows
    assert len(rows) >= 2
    assert max(rows) - min(rows) >= len(rows) - 1


def test_a_dashed_line_has_gaps_and_a_solid_one_none() -> None:
    solid = {x for x, _ in _dark_pixels(FactGrade.SIGNED, 2.2)}
    dashed = {x for x, _ in _dark_pixels(FactGrade.STATED, 2.2)}
    assert set(range(4, 76)) <= solid
    assert len(dashed) < 0.75 * len(solid)


def test_a_zigzag_begins_and_ends_where_the_path_does() -> None:
    path = straight(QPointF(0, 0), QPointF(50, 0))
    bent = zigzag(path)
    assert bent.pointAtPercent(0) == QPointF(0, 0)
    assert bent.pointAtPercent(1) == QPointF(50, 0)
    assert bent.boundingRect().height() > 4


def test_contradiction_is_drawn_in_the_colour_of_failure(theme: Theme) -> None:
    assert grade_color(theme, FactGrade.CONTRADICTED) == theme.color(Token.FAIL)
    assert grade_color(theme, FactGrade.SIGNED) == theme.color(Token.INK2)


def test_every_grade_has_words() -> None:
    assert len({grade_word(each) for each in FactGrade}) == len(FactGrade)
    assert len({grade_help(each) for each in FactGrade}) == len(FactGrade)
    assert len({link_word(each) for each in LinkGrade}) == len(LinkGrade)


def test_the_key_names_its_grade(theme: Theme, qtbot: QtBot) -> None:
    key = GradeKey(theme, FactGrade.INFERRED)
    qtbot.addWidget(key)
    assert key.accessibleName() == "Inferred"
    key.set_grade(FactGrade.SIGNED)
    assert key.accessibleName() == "Signed"
