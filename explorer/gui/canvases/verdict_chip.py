"""The verdict in one word, always visible in the evidence bar.

Section 5 of the design. Painted from an enumeration and our own words; green is left to
the verdict ``anchored``.
"""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from explorer.gui.canvases.band_words import checking_chip_word, chip_word
from explorer.gui.design.marks import Mark, draw_mark, mark_of_verdict, mark_token
from explorer.gui.design.painting import (
    LEFT,
    TextStyle,
    draw_focus_ring,
    draw_line,
    fill_rounded,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_CONTROL, Role, Token
from explorer.gui.translations import translate
from explorer.model.verdicts import Verdict

_GROUNDS: Mapping[Mark, Token] = MappingProxyType(
    {
        Mark.ANCHORED: Token.OK_BG,
        Mark.ATTRIBUTED: Token.ACCENT_BG,
        Mark.PASSED: Token.SUNKEN,
        Mark.UNREADABLE: Token.SUNKEN,
        Mark.INCONCLUSIVE: Token.WARN_BG,
        Mark.FAILED: Token.FAIL_BG,
        Mark.CHECKING: Token.SURFACE,
        Mark.NOT_APPLICABLE: Token.SUNKEN,
    }
)


def ground_of(mark: Mark) -> Token:
    """Return the ground on which a verdict with this mark is stated."""
    return _GROUNDS[mark]


class VerdictChip(QAbstractButton):
    """A button that shows the verdict; a click goes to the overview."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing until a state is set."""
        super().__init__(parent)
        self._theme = theme
        self._mark, self._word = Mark.NOT_APPLICABLE, ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setVisible(False)
        theme.changed.connect(self._restyle)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show a verdict that has settled."""
        self._show(mark_of_verdict(verdict), chip_word(verdict))

    def show_checking(self, failed: int) -> None:
        """Show that checking goes on, in ink; a failure shows at once."""
        mark = Mark.FAILED if failed else Mark.CHECKING
        self._show(mark, checking_chip_word(failed))

    def show_stopped(self) -> None:
        """Show that there is no verdict."""
        self._show(Mark.NOT_APPLICABLE, translate("Verdict", "Stopped by you"))

    def sizeHint(self) -> QSize:
        """Return room for mark and word."""
        theme = self._theme
        wide = theme.width(self._word, Role.STRONG) + theme.px(46)
        return QSize(round(wide), theme.whole_px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, mark and word."""
        del event
        theme, ground = self._theme, ground_of(self._mark)
        checking = self._mark is Mark.CHECKING
        token = Token.INK2 if checking else mark_token(self._mark)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = theme.px(RADIUS_CONTROL)
        edge = QPen(theme.color(Token.EDGE if checking else token), 1)
        fill_rounded(painter, room, radius, theme.color(ground), edge)
        side = theme.px(16)
        corner = QPointF(theme.px(10), (self.height() - side) / 2)
        square = QRectF(corner.x(), corner.y(), side, side)
        draw_mark(painter, theme, self._mark, square, ground)
        word = QRectF(theme.px(33), 0, self.width() - theme.px(36), self.height())
        style = TextStyle(Role.STRONG, token, LEFT)
        draw_line(painter, theme, word, self._word, style)
        if self.hasFocus():
            draw_focus_ring(painter, theme, QRectF(self.rect()), radius)

    def _show(self, mark: Mark, word: str) -> None:
        self._mark, self._word = mark, word
        self.setAccessibleName(word)
        self.setVisible(True)
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
