"""Grades of evidence as line styles, the same everywhere a grade is named.

Section 6 of the design; since section 16 the line shows the grade of the *fact*
(``FactGrade``), how firmly record follows record (``LinkGrade``) is written in words.
"""

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.gui.design.painting import dashed_pen, line_pen, straight
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Token
from explorer.gui.translations import translate
from explorer.model.statements import FactGrade, LinkGrade

CONTEXT_WIDTH, PATH_WIDTH = 1.5, 2.2
_ZIGZAG_STEP, _ZIGZAG_HEIGHT = 5.0, 2.6


def grade_word(grade: FactGrade) -> str:
    """Return the word of a grade in the language of the window."""
    words = {
        FactGrade.ENFORCED: translate("Grades", "Enforced"),
        FactGrade.SIGNED: translate("Grades", "Signed"),
        FactGrade.STATED: translate("Grades", "Stated"),
        FactGrade.INFERRED: translate("Grades", "Inferred"),
        FactGrade.CONTRADICTED: translate("Grades", "Contradicted"),
    }
    return words[grade]


def grade_help(grade: FactGrade) -> str:
    """Return what a grade means, in a few words."""
    words = {
        FactGrade.ENFORCED: translate("Grades", "the ledger’s rules make it so"),
        FactGrade.SIGNED: translate("Grades", "a checked signer said so"),
        FactGrade.STATED: translate("Grades", "in the data, no signature covers it"),
        FactGrade.INFERRED: translate("Grades", "our rule derived it"),
        FactGrade.CONTRADICTED: translate("Grades", "another record says otherwise"),
    }
    return words[grade]


def link_word(grade: LinkGrade) -> str:
    """Return how firmly record follows record, in a few words."""
    if grade is LinkGrade.ENFORCED:
        return translate("Grades", "link enforced by the ledger’s rules")
    return translate("Grades", "link named by a record")


def grade_color(theme: Theme, grade: FactGrade, token: Token = Token.INK2) -> QColor:
    """Return ``token``, or the colour of failure for a contradiction."""
    contradicted = grade is FactGrade.CONTRADICTED
    return theme.color(Token.FAIL if contradicted else token)


def draw_grade_line(
    painter: QPainter,
    path: QPainterPath,
    grade: FactGrade,
    color: QColor,
    ground: QColor,
    width: float = 1.8,
) -> None:
    """Stroke ``path`` in the style of ``grade``; rails need ``ground`` between them."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if grade is FactGrade.ENFORCED:
        painter.strokePath(path, _flat(color, width * 2.4))
        painter.strokePath(path, _flat(ground, width * 0.85))
    elif grade is FactGrade.SIGNED:
        painter.strokePath(path, _flat(color, width))
    elif grade is FactGrade.STATED:
        painter.strokePath(path, dashed_pen(color, width, 6, 4))
    elif grade is FactGrade.INFERRED:
        pen = line_pen(color, width * 1.15, style=Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([0.01, 2.6])
        painter.strokePath(path, pen)
    else:
        painter.strokePath(zigzag(path), line_pen(color, max(1.3, width * 0.8)))


def _flat(color: QColor, width: float) -> QPen:
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)


def zigzag(path: QPainterPath) -> QPainterPath:
    """Return a zigzag of ±2.6 px every 5 px along ``path``."""
    length = path.length()
    steps = max(4, min(400, int(length / _ZIGZAG_STEP)))
    bent = QPainterPath(path.pointAtPercent(0))
    for step in range(1, steps):
        share = path.percentAtLength(length * step / steps)
        turn = math.radians(path.angleAtPercent(share) + 90)
        away = _ZIGZAG_HEIGHT if step % 2 else -_ZIGZAG_HEIGHT
        offset = QPointF(math.cos(turn) * away, -math.sin(turn) * away)
        bent.lineTo(path.pointAtPercent(share) + offset)
    bent.lineTo(path.pointAtPercent(1))
    return bent


class GradeKey(QWidget):
    """A short stroke in the style of a grade; its word is the accessible name."""

    def __init__(
        self,
        theme: Theme,
        grade: FactGrade,
        ground: Token = Token.SURFACE,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``grade`` on ``ground``."""
        super().__init__(parent)
        self._theme, self._grade, self._ground = theme, grade, ground
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_grade(self, grade: FactGrade) -> None:
        """Show another grade."""
        self._grade = grade
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for 44 px of line."""
        return QSize(self._theme.whole_px(44), self._theme.whole_px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stroke."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        path = straight(QPointF(1, middle), QPointF(self.width() - 1, middle))
        color = grade_color(self._theme, self._grade)
        ground = self._theme.color(self._ground)
        width = self._theme.px(1.8)
        draw_grade_line(painter, path, self._grade, color, ground, width)

    def _restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(grade_word(self._grade))
        self.setToolTip(grade_help(self._grade))
        self.update()
