"""Frames of the panes of a page: a card with a head, or with a few ways to look."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.gui.design.controls import Card, ElidedLabel, Hairline
from explorer.gui.design.painting import TextStyle, draw_focus_ring
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    RADIUS_CHIP,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    Role,
    Token,
)

HEAD_PX = 34


class TabButton(QPushButton):
    """One way to look at a pane: strong with a line under it when chosen."""

    def __init__(self, theme: Theme, text: str) -> None:
        """Show ``text``."""
        super().__init__(text)
        self._theme = theme
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._theme
        chosen = self.isChecked()
        self.setFont(theme.font(Role.STRONG if chosen else Role.BODY))
        ink = theme.hex(Token.INK if chosen else Token.INK3)
        line = theme.hex(Token.ACCENT) if chosen else "transparent"
        self.setStyleSheet(
            f"QPushButton{{background:transparent;color:{ink};border:none;"
            f"border-bottom:{theme.whole_px(2)}px solid {line};outline:none;"
            f"padding:0 {theme.whole_px(2)}px}}"
            f"QPushButton:hover{{color:{theme.hex(Token.INK)}}}"
        )
        self.setFixedHeight(theme.whole_px(HEAD_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the ring when it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            radius = self._theme.px(RADIUS_CHIP)
            draw_focus_ring(painter, self._theme, QRectF(self.rect()), radius)


class Pane(Card):
    """A card with a head and one or more ways to look below it."""

    tab_changed = Signal(object)
    """Number of the way to look."""

    def __init__(self, theme: Theme, tabs: Sequence[tuple[str, QWidget]]) -> None:
        """Show the first of ``tabs``; a single one has a plain head."""
        super().__init__(theme, padding=(1, 1))
        self.body.setSpacing(0)
        self._note = ElidedLabel(theme, "", TextStyle(Role.SMALL, Token.INK3))
        self._stack = QStackedWidget()
        self._buttons = [TabButton(theme, text) for text, _ in tabs]
        self._head = QHBoxLayout()
        margin = theme.whole_px(SPACE_L - 1)
        self._head.setContentsMargins(margin, 0, margin, 0)
        self._head.setSpacing(theme.whole_px(SPACE_M))
        for number, (button, (text, widget)) in enumerate(
            zip(self._buttons, tabs, strict=True)
        ):
            button.clicked.connect(lambda _=False, n=number: self.show_tab(n))
            button.setAccessibleName(text)
            self._head.addWidget(button)
            self._stack.addWidget(widget)
        self._head.addWidget(self._note, 1)
        holder = QWidget()
        holder.setFixedHeight(theme.whole_px(HEAD_PX))
        holder.setLayout(self._head)
        self.body.addWidget(holder)
        self.body.addWidget(Hairline(theme))
        self.body.addWidget(self._stack, 1)
        self._buttons[0].setChecked(True)
        self._buttons[0].setEnabled(len(tabs) > 1)

    def set_note(self, text: str) -> None:
        """Show a note beside the title."""
        self._note.set_text(text)

    def set_tab_text(self, number: int, text: str) -> None:
        """Give a way to look another name, such as one with a count."""
        self._buttons[number].setText(text)
        self._buttons[number].setAccessibleName(text)

    def set_tab_visible(self, number: int, *, is_visible: bool) -> None:
        """Offer a way to look, or not; the first one is shown instead of a hidden."""
        self._buttons[number].setVisible(is_visible)
        if not is_visible and self.tab == number:
            self.show_tab(0)

    def add_action(self, widget: QWidget) -> None:
        """Put a link or button at the right end of the head."""
        self._head.addWidget(widget)

    def show_tab(self, number: int) -> None:
        """Look another way."""
        self._buttons[number].setChecked(True)
        if number != self._stack.currentIndex():
            self._stack.setCurrentIndex(number)
            self.tab_changed.emit(number)

    @property
    def tab(self) -> int:
        """Return which way is shown."""
        return self._stack.currentIndex()


def column(theme: Theme, *widgets: QWidget, gap_px: int = SPACE_S) -> QVBoxLayout:
    """Return widgets below one another without margins."""
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.whole_px(gap_px))
    for each in widgets:
        layout.addWidget(each)
    return layout
