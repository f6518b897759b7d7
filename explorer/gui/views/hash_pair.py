"""Expected over computed, in groups of four; groups that differ are boxed."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.core.text import printable
from explorer.gui.design.controls import Label
from explorer.gui.design.painting import LEFT
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.finding_detail import is_hash
from explorer.gui.views.layouts import wrapping_policy

_GROUP = 4


class HashGroups(QWidget):
    """A hash in groups of four that wraps; some groups can be boxed."""

    def __init__(self, theme: Theme, text: str, other: str | None = None) -> None:
        """Show ``text``; box what differs from ``other``."""
        super().__init__()
        self._theme = theme
        self._groups = [text[at : at + _GROUP] for at in range(0, len(text), _GROUP)]
        beside = other or text
        self._differs = [
            group != beside[number * _GROUP : (number + 1) * _GROUP]
            for number, group in enumerate(self._groups)
        ]
        self.setSizePolicy(wrapping_policy())
        self.setAccessibleName(" ".join(self._groups))
        theme.changed.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        """Say that it wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        lines = -(-len(self._groups) // self._per_line(width))
        return round(lines * self._pitch().height())

    def sizeHint(self) -> QSize:
        """Return the size in two lines."""
        wide = round(self._pitch().width() * 8)
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groups."""
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.setFont(theme.font(Role.MONO))
        pitch, per_line = self._pitch(), self._per_line(self.width())
        for number, group in enumerate(self._groups):
            line, column = divmod(number, per_line)
            room = QRectF(
                column * pitch.width(),
                line * pitch.height(),
                pitch.width(),
                pitch.height(),
            )
            differs = self._differs[number]
            if differs:
                self._box(painter, room)
            painter.setPen(theme.color(Token.FAIL if differs else Token.INK))
            text = room.adjusted(theme.px(2), 0, 0, 0)
            painter.drawText(text, int(LEFT | Qt.TextFlag.TextSingleLine), group)

    def _box(self, painter: QPainter, room: QRectF) -> None:
        theme = self._theme
        box = room.adjusted(0, theme.px(2), -theme.px(3), -theme.px(2))
        painter.fillRect(box, theme.color(Token.FAIL_BG))
        foot = QRectF(box.left(), box.bottom() - theme.px(2), box.width(), theme.px(2))
        painter.fillRect(foot, theme.color(Token.FAIL))

    def _pitch(self) -> QRectF:
        measures = QFontMetricsF(self._theme.font(Role.MONO))
        wide = measures.horizontalAdvance("0" * _GROUP) + self._theme.px(8)
        return QRectF(0, 0, wide, self._theme.px(26))

    def _per_line(self, width: int) -> int:
        fit = max(1, int(width // self._pitch().width()))
        return next((many for many in (16, 8, 4, 2) if many <= fit), 1)


class HashPair(QWidget):
    """What would agree, and what was worked out here."""

    def __init__(self, theme: Theme, expected: str, computed: str) -> None:
        """Show both, either may be empty."""
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.whole_px(4))
        if expected:
            words = translate("Findings", "expected: what the ledger or an anchor says")
            layout.addWidget(Label(theme, words, Role.SMALL, Token.INK3))
            layout.addWidget(_value(theme, expected, None))
        if computed:
            words = translate("Findings", "computed: worked out here from the bytes")
            layout.addWidget(Label(theme, words, Role.SMALL, Token.INK3))
            layout.addWidget(_value(theme, computed, expected or None))


def _value(theme: Theme, text: str, other: str | None) -> QWidget:
    comparable = other is None or len(other) == len(text)
    if is_hash(text) and comparable:
        return HashGroups(theme, text, other)
    shown = printable(text, 600)
    return Label(theme, shown, Role.MONO, wrap=True, selectable=True)
