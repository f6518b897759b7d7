"""A line of a card: a mark or icon, our words, a second line, a place to go to."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.gui.design.controls import Hairline, Label
from explorer.gui.design.icons import Icon, IconView
from explorer.gui.design.marks import Mark, MarkView
from explorer.gui.design.painting import draw_focus_ring
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_CONTROL, Role, Token
from explorer.gui.viewmodels.case import Visit
from explorer.gui.viewmodels.overview import Line
from explorer.gui.viewmodels.wording import breakable

_ICONS = {
    "anchored": (Icon.ANCHOR, Token.OK),
    "attributed": (Icon.ANCHOR, Token.ACCENT),
    "apart": (Icon.KEY, Token.INK3),
}


class LineRow(QFrame):
    """One line; when it has a place to go to, it acts as a button."""

    visit_wanted = Signal(object)
    """``Visit``"""

    def __init__(self, theme: Theme, line: Line, parent: QWidget | None = None) -> None:
        """Show ``line``."""
        super().__init__(parent)
        self._theme, self._visit = theme, line.visit
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.whole_px(6), 0, theme.whole_px(6))
        row.setSpacing(theme.whole_px(10))
        row.addWidget(_sign(theme, line.mark), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(theme.whole_px(1))
        texts.addWidget(Label(theme, breakable(line.text), Role.BODY, wrap=True))
        if line.second:
            role = Role.MONO_SMALL if line.is_mono else Role.SMALL
            words = line.second if line.is_mono else breakable(line.second)
            second = Label(theme, words, role, Token.INK3, wrap=not line.is_mono)
            texts.addWidget(second)
        row.addLayout(texts, 1)
        if line.right:
            row.addWidget(Label(theme, line.right, Role.SMALL, Token.INK2))
        self.setAccessibleName(f"{line.text} {line.second}".strip())
        if self._visit is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        left = event.button() is Qt.MouseButton.LeftButton
        if left and self.rect().contains(event.position().toPoint()):
            self._go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go there on Enter and Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._go()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            radius = self._theme.px(RADIUS_CONTROL)
            draw_focus_ring(painter, self._theme, QRectF(self.rect()), radius)

    def _go(self) -> None:
        if self._visit is not None:
            self.visit_wanted.emit(self._visit)


class LineList(QWidget):
    """Lines below each other with hairlines between."""

    visit_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_lines(self, lines: Iterable[Line], if_none: str = "") -> None:
        """Show these lines instead; ``if_none`` says why there are none."""
        clear_layout(self._layout)
        for line in lines:
            row = LineRow(self._theme, line)
            row.visit_wanted.connect(self.visit_wanted)
            self._layout.addWidget(row)
            self._layout.addWidget(Hairline(self._theme))
        if not self._layout.count() and if_none:
            words = Label(self._theme, if_none, Role.SMALL, Token.INK3, wrap=True)
            self._layout.addWidget(words)


def clear_layout(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Remove everything from a layout and delete its widgets."""
    while item := layout.takeAt(0):
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _sign(theme: Theme, name: str) -> QWidget:
    if name in _ICONS:
        icon, token = _ICONS[name]
        return IconView(theme, icon, 18, token)
    return MarkView(theme, Mark(name), 16)


VisitSlot = Callable[[Visit], None]
