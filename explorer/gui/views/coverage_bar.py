"""Bytes by what protects them: a bar in proportion, and the numbers beside it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.gui.design.controls import SectionHeader
from explorer.gui.design.painting import RIGHT, TextStyle, draw_line
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.messages import Covered
from explorer.gui.translations import translate
from explorer.gui.viewmodels.protection import Protection, Share, shares, summary
from explorer.gui.viewmodels.wording import grouped

_BAR, _LINE = 12, 20
_LEAST = 3
"""Px of the narrowest part: few bytes must not vanish."""

_TOKENS: Mapping[Protection, Token] = {
    Protection.HASH_AND_SIGNATURE: Token.INK2,
    Protection.HASH: Token.EDGE,
    Protection.SIGNATURE: Token.ACCENT,
    Protection.REPLAY: Token.BROKEN,
    Protection.FRAMING: Token.FAINT,
    Protection.NOTHING: Token.WARN,
}


class CoverageBar(QWidget):
    """The bar with its legend; each colour has its words and its number."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._shares: Sequence[Share] = ()
        theme.changed.connect(self.update)

    def show_shares(self, found: Sequence[Share]) -> None:
        """Show these bytes."""
        self._shares = found
        words = [f"{each.protection.words}: {each.size_bytes}" for each in found]
        self.setAccessibleName(translate("Coverage", "Bytes protected"))
        self.setAccessibleDescription(", ".join(words))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for bar and legend."""
        high = _BAR + 6 + _LINE * len(self._shares)
        return QSize(self._theme.whole_px(200), self._theme.whole_px(high))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bar and legend."""
        del event
        painter = QPainter(self)
        self._draw_bar(painter)
        theme, top = self._theme, self._theme.px(_BAR + 6)
        for share in self._shares:
            side = theme.px(9)
            square = QRectF(0, top + theme.px(5), side, side)
            painter.fillRect(square, theme.color(_TOKENS[share.protection]))
            left = theme.px(17)
            line = QRectF(left, top, self.width() - left, theme.px(_LINE))
            words = TextStyle(Role.SMALL, Token.INK2)
            draw_line(painter, theme, line, share.protection.words, words)
            number = TextStyle(Role.SMALL, Token.INK2, RIGHT)
            draw_line(painter, theme, line, grouped(share.size_bytes), number)
            top += theme.px(_LINE)

    def _draw_bar(self, painter: QPainter) -> None:
        theme = self._theme
        total = sum(share.size_bytes for share in self._shares)
        if not total:
            return
        least, gap = theme.px(_LEAST), theme.px(1)
        room = self.width() - least * len(self._shares)
        left = 0.0
        for share in self._shares:
            wide = least + room * share.size_bytes / total
            part = QRectF(left, 0, max(1.0, wide - gap), theme.px(_BAR))
            painter.fillRect(part, theme.color(_TOKENS[share.protection]))
            left += wide


class CoverageBox(QWidget):
    """A heading, the bar and its legend; hidden while nothing is known."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.whole_px(6), 0, 0)
        layout.setSpacing(theme.whole_px(6))
        title = translate("Coverage", "Bytes protected")
        self._head = SectionHeader(theme, title, role=Role.STRONG)
        self._bar = CoverageBar(theme)
        layout.addWidget(self._head)
        layout.addWidget(self._bar)
        self.setVisible(False)

    def show_coverage(self, covered: Covered | None) -> None:
        """Show what is known."""
        found = shares(covered) if covered is not None else []
        self.setVisible(bool(found))
        if covered is not None:
            self._head.set_note(summary(covered))
            self._bar.show_shares(found)
