"""Marks of outcomes and verdicts: told apart by shape, then by word, then by colour.

Section 5 of the design, with the ring of ``attributed`` (section 16) and the bare tick
for dense tables (section 15). Green is left to ``anchored`` alone: a passed check is an
ink tick. A mark's cut-out takes the colour of the ground, so the ground is an argument.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from explorer.gui.design.painting import line_pen
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate
from explorer.model.checks import Outcome
from explorer.model.verdicts import Verdict


class Mark(StrEnum):
    """One shape each."""

    PASSED = "passed"
    TICK = "tick"
    """Passed, said quietly: a bare tick for rows of tables and trees."""
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not-applicable"
    BROKEN = "broken"
    INCONSISTENT = "inconsistent"
    """A domain rule that records do not fit; not an outcome, so never filled."""
    ANCHORED = "anchored"
    ATTRIBUTED = "attributed"
    UNREADABLE = "unreadable"
    REFUSED = "refused"
    """Refused by the network itself."""
    CHECKING = "checking"


_OF_OUTCOME: Mapping[Outcome, Mark] = MappingProxyType(
    {
        Outcome.PASSED: Mark.PASSED,
        Outcome.FAILED: Mark.FAILED,
        Outcome.INCONCLUSIVE: Mark.INCONCLUSIVE,
        Outcome.NOT_APPLICABLE: Mark.NOT_APPLICABLE,
        Outcome.BROKEN: Mark.BROKEN,
    }
)
_OF_VERDICT: Mapping[Verdict, Mark] = MappingProxyType(
    {
        Verdict.FAILED: Mark.FAILED,
        Verdict.UNREADABLE: Mark.UNREADABLE,
        Verdict.INDETERMINATE: Mark.INCONCLUSIVE,
        Verdict.CONSISTENT: Mark.PASSED,
        Verdict.ATTRIBUTED: Mark.ATTRIBUTED,
        Verdict.ANCHORED: Mark.ANCHORED,
    }
)
_TOKENS: Mapping[Mark, Token] = MappingProxyType(
    {
        Mark.PASSED: Token.INK2,
        Mark.TICK: Token.INK2,
        Mark.FAILED: Token.FAIL,
        Mark.INCONCLUSIVE: Token.WARN,
        Mark.NOT_APPLICABLE: Token.INK3,
        Mark.BROKEN: Token.BROKEN,
        Mark.INCONSISTENT: Token.WARN,
        Mark.ANCHORED: Token.OK,
        Mark.ATTRIBUTED: Token.ACCENT,
        Mark.UNREADABLE: Token.INK2,
        Mark.REFUSED: Token.INK3,
        Mark.CHECKING: Token.ACCENT,
    }
)


def mark_of_outcome(outcome: Outcome, *, quiet: bool = False) -> Mark:
    """Return the mark of a check's answer; ``quiet`` gives the bare tick."""
    if quiet and outcome is Outcome.PASSED:
        return Mark.TICK
    return _OF_OUTCOME[outcome]


def mark_of_verdict(verdict: Verdict) -> Mark:
    """Return the mark of a verdict."""
    return _OF_VERDICT[verdict]


def mark_token(mark: Mark) -> Token:
    """Return the colour of a mark."""
    return _TOKENS[mark]


def mark_word(mark: Mark) -> str:
    """Return the word that goes with a mark, in the language of the window."""
    words = {
        Mark.PASSED: translate("Marks", "Passed"),
        Mark.TICK: translate("Marks", "Passed"),
        Mark.FAILED: translate("Marks", "Failed"),
        Mark.INCONCLUSIVE: translate("Marks", "Inconclusive"),
        Mark.NOT_APPLICABLE: translate("Marks", "Not applicable"),
        Mark.BROKEN: translate("Marks", "Our own defect"),
        Mark.INCONSISTENT: translate("Marks", "Inconsistent"),
        Mark.ANCHORED: translate("Marks", "Anchored"),
        Mark.ATTRIBUTED: translate("Marks", "Attributed"),
        Mark.UNREADABLE: translate("Marks", "Unreadable"),
        Mark.REFUSED: translate("Marks", "Refused by the network"),
        Mark.CHECKING: translate("Marks", "Checking"),
    }
    return words[mark]


def draw_mark(
    painter: QPainter, theme: Theme, mark: Mark, room: QRectF, ground: Token
) -> None:
    """Draw ``mark`` to fill the square ``room``; its cut-out shows ``ground``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = _Pen(painter, room, theme.color(_TOKENS[mark]), theme.color(ground))
    _DRAW[mark](pen)
    painter.restore()


class _Pen:
    """A mark's square, with coordinates from -0.5 to 0.5 around its middle."""

    def __init__(
        self, painter: QPainter, room: QRectF, color: QColor, ground: QColor
    ) -> None:
        self.painter, self.room = painter, room
        self.color, self.ground = color, ground
        self.size = room.width()

    def at(self, x: float, y: float) -> QPointF:
        return self.room.center() + QPointF(x * self.size, y * self.size)

    def fill(self) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.color)

    def stroke(self, color: QColor, share: float) -> None:
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(line_pen(color, max(1.3, self.size * share)))

    def line(self, *points: tuple[float, float]) -> None:
        self.painter.drawPolyline(QPolygonF([self.at(x, y) for x, y in points]))

    def polygon(self, *points: tuple[float, float]) -> None:
        self.painter.drawPolygon(QPolygonF([self.at(x, y) for x, y in points]))

    def ring(self, inset: float) -> None:
        by = inset * self.size
        self.painter.drawEllipse(self.room.adjusted(by, by, -by, -by))


_TICK = ((-0.22, 0.02), (-0.05, 0.19), (0.24, -0.18))
_C = 0.21
_OCTAGON = (
    (-_C, -0.5), (_C, -0.5), (0.5, -_C), (0.5, _C),
    (_C, 0.5), (-_C, 0.5), (-0.5, _C), (-0.5, -_C),
)  # fmt: skip


def _disc_with_tick(pen: _Pen) -> None:
    pen.fill()
    pen.ring(0)
    pen.stroke(pen.ground, 0.115)
    pen.line(*_TICK)


def _bare_tick(pen: _Pen) -> None:
    pen.stroke(pen.color, 0.115)
    pen.line((-0.32, 0.02), (-0.08, 0.26), (0.34, -0.26))


def _ring_with_tick(pen: _Pen) -> None:
    pen.stroke(pen.color, 0.1)
    pen.ring(0.05)
    pen.line((-0.2, 0.02), (-0.05, 0.17), (0.21, -0.16))


def _octagon_with_cross(pen: _Pen) -> None:
    pen.fill()
    pen.polygon(*_OCTAGON)
    pen.stroke(pen.ground, 0.115)
    pen.line((-0.19, -0.19), (0.19, 0.19))
    pen.line((-0.19, 0.19), (0.19, -0.19))


def _hollow_octagon(pen: _Pen) -> None:
    pen.stroke(pen.color, 0.09)
    pen.polygon(*((x * 0.9, y * 0.9) for x, y in _OCTAGON))
    pen.line((-0.2, 0.2), (0.2, -0.2))


def _diamond(pen: _Pen) -> None:
    pen.fill()
    pen.polygon((0, -0.56), (0.56, 0), (0, 0.56), (-0.56, 0))
    font = QFont(pen.painter.font())
    font.setPixelSize(max(8, round(pen.size * 0.66)))
    font.setBold(True)
    pen.painter.setFont(font)
    pen.painter.setPen(pen.ground)
    pen.painter.drawText(pen.room, Qt.AlignmentFlag.AlignCenter, "?")


def _ring_with_dash(pen: _Pen) -> None:
    pen.stroke(pen.color, 0.1)
    pen.ring(0.06)
    pen.line((-0.2, 0), (0.2, 0))


def _ring_with_slash(pen: _Pen) -> None:
    pen.stroke(pen.color, 0.09)
    pen.ring(0.08)
    pen.line((-0.27, 0.27), (0.27, -0.27))


def _triangle(pen: _Pen) -> None:
    pen.fill()
    pen.polygon((0, -0.54), (0.54, 0.5), (-0.54, 0.5))
    pen.stroke(pen.ground, 0.115)
    pen.line((0, -0.1), (0, 0.16))
    pen.painter.drawPoint(pen.at(0, 0.34))


def _not_equal(pen: _Pen) -> None:
    pen.stroke(pen.color, 0.105)
    inside = pen.room.adjusted(0.8, 0.8, -0.8, -0.8)
    pen.painter.drawRoundedRect(inside, pen.size * 0.16, pen.size * 0.16)
    pen.line((-0.22, -0.11), (0.22, -0.11))
    pen.line((-0.22, 0.11), (0.22, 0.11))
    pen.line((-0.11, 0.26), (0.11, -0.26))


def _open_ring(pen: _Pen) -> None:
    by = 0.1 * pen.size
    round_room = pen.room.adjusted(by, by, -by, -by)
    faded = QColor(pen.color)
    faded.setAlpha(70)
    pen.stroke(faded, 0.13)
    pen.painter.drawEllipse(round_room)
    pen.stroke(pen.color, 0.13)
    pen.painter.drawArc(round_room, 90 * 16, -230 * 16)


_DRAW: Mapping[Mark, Callable[[_Pen], None]] = MappingProxyType(
    {
        Mark.PASSED: _disc_with_tick,
        Mark.ANCHORED: _disc_with_tick,
        Mark.TICK: _bare_tick,
        Mark.FAILED: _octagon_with_cross,
        Mark.INCONCLUSIVE: _diamond,
        Mark.NOT_APPLICABLE: _ring_with_dash,
        Mark.BROKEN: _triangle,
        Mark.INCONSISTENT: _not_equal,
        Mark.ATTRIBUTED: _ring_with_tick,
        Mark.UNREADABLE: _hollow_octagon,
        Mark.REFUSED: _ring_with_slash,
        Mark.CHECKING: _open_ring,
    }
)


class MarkView(QWidget):
    """A mark as a widget; its word is the accessible name."""

    def __init__(
        self,
        theme: Theme,
        mark: Mark,
        size_px: int = 16,
        ground: Token = Token.SURFACE,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``mark`` at ``size_px`` on ``ground``."""
        super().__init__(parent)
        self._theme, self._mark = theme, mark
        self._size_px, self._ground = size_px, ground
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_mark(self, mark: Mark) -> None:
        """Show another mark."""
        self._mark = mark
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return the square with 2 px around it, for marks that reach out."""
        side = self._theme.whole_px(self._size_px + 4)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        del event
        inset = self._theme.px(2)
        side = self._theme.px(self._size_px)
        room = QRectF(inset, inset, side, side)
        painter = QPainter(self)
        painter.setFont(self._theme.font(Role.LABEL))
        draw_mark(painter, self._theme, self._mark, room, self._ground)

    def _restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(mark_word(self._mark))
        self.update()
