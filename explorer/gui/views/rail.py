"""The rail at the left: one button for each page, with what waits there."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from explorer.gui.design.icons import Icon, icon_pixmap
from explorer.gui.design.painting import CENTER, TextStyle, draw_focus_ring, draw_line
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_CONTROL, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import PageName
from explorer.gui.viewmodels.wording import grouped

WIDTH, NARROW_WIDTH = 76, 52
BUTTON_HEIGHT, NARROW_HEIGHT = 66, 48
LARGEST_BADGE = 999


def page_title(page: PageName) -> str:
    """Return the name of a page."""
    names = {
        PageName.START: translate("Rail", "Start"),
        PageName.OVERVIEW: translate("Rail", "Overview"),
        PageName.INSPECT: translate("Rail", "Inspect"),
        PageName.FINDINGS: translate("Rail", "Findings"),
        PageName.PROVENANCE: translate("Rail", "Provenance"),
        PageName.CLAIM: translate("Rail", "Claim"),
        PageName.SIGNERS: translate("Rail", "Signers"),
        PageName.TEACH: translate("Rail", "Teach"),
    }
    return names[page]


_ICONS: Mapping[PageName, Icon] = {
    PageName.OVERVIEW: Icon.OVERVIEW,
    PageName.INSPECT: Icon.INSPECT,
    PageName.FINDINGS: Icon.FINDINGS,
    PageName.PROVENANCE: Icon.PROVENANCE,
    PageName.CLAIM: Icon.CLAIM,
    PageName.SIGNERS: Icon.SIGNERS,
    PageName.TEACH: Icon.TEACH,
}
RAIL_PAGES: tuple[PageName, ...] = tuple(_ICONS)
"""The pages in the order of the rail and of Ctrl+1 and so on."""


class RailButton(QAbstractButton):
    """An icon over a word; a bar at the left when it is the page shown."""

    def __init__(
        self, theme: Theme, page: PageName, parent: QWidget | None = None
    ) -> None:
        """Make the button of ``page``."""
        super().__init__(parent)
        self._theme, self._page = theme, page
        self._badge, self._badge_token = 0, Token.WARN
        self._is_narrow = False
        self.setText(page_title(page))
        self.setAccessibleName(self.text())
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_badge(self, count: int, token: Token) -> None:
        """Show how many things wait, in the colour of the worst."""
        self._badge, self._badge_token = count, token
        words = translate("Rail", "{0}, {1} to read").format(self.text(), count)
        self.setAccessibleName(words if count else self.text())
        self.update()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the icon alone, with the word as tool tip."""
        self._is_narrow = narrow
        self.setToolTip(self.text() if narrow else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed size."""
        width = NARROW_WIDTH if self._is_narrow else WIDTH
        height = NARROW_HEIGHT if self._is_narrow else BUTTON_HEIGHT
        return QSize(self._theme.whole_px(width), self._theme.whole_px(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bar, icon, word and badge."""
        del event
        theme, room = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = Token.ACCENT if self.isChecked() else Token.INK2
        if self.isChecked():
            bar = QRectF(0, theme.px(4), theme.px(3), room.height() - theme.px(8))
            painter.fillRect(bar, theme.color(Token.ACCENT))
        elif self.underMouse():
            painter.fillRect(room, theme.color(Token.SUNKEN))
        side = theme.px(22)
        top = theme.px(13) if not self._is_narrow else (room.height() - side) / 2
        left = (room.width() - side) / 2
        pixmap = icon_pixmap(_ICONS[self._page], side, theme.color(token))
        painter.drawPixmap(round(left), round(top), pixmap)
        if not self._is_narrow:
            role = Role.LABEL if self.isChecked() else Role.TINY
            words = QRectF(0, theme.px(39), room.width(), theme.px(20))
            style = TextStyle(role, token, CENTER)
            draw_line(painter, theme, words, self.text(), style)
        if self._badge:
            self._draw_badge(painter, left + side - theme.px(5), top - theme.px(6))
        if self.hasFocus():
            inside = room.adjusted(2, 2, -2, -2)
            draw_focus_ring(painter, theme, inside, theme.px(RADIUS_CONTROL))

    def _draw_badge(self, painter: QPainter, left: float, top: float) -> None:
        theme = self._theme
        count = self._badge
        text = grouped(count) if count <= LARGEST_BADGE else f"{LARGEST_BADGE}+"
        height = theme.px(16)
        width = max(height, theme.width(text, Role.LABEL) + theme.px(9))
        left = min(left, self.width() - width - theme.px(2))
        room = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._badge_token))
        painter.drawRoundedRect(room, height / 2, height / 2)
        style = TextStyle(Role.LABEL, Token.SURFACE, CENTER)
        draw_line(painter, theme, room.adjusted(-4, 0, 4, 0), text, style)


class Rail(QWidget):
    """The buttons of all pages."""

    page_wanted = Signal(object)
    """``PageName``"""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make a button for each page."""
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[PageName, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.whole_px(8), 0, theme.whole_px(8))
        layout.setSpacing(0)
        for page in RAIL_PAGES:
            button = RailButton(theme, page, self)
            button.clicked.connect(lambda _=False, page=page: self._want(page))
            self._buttons[page] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self.setFixedWidth(theme.whole_px(WIDTH))

    def buttons(self) -> list[RailButton]:
        """Return the buttons in their order."""
        return list(self._buttons.values())

    def show_page(self, page: PageName) -> None:
        """Mark the page shown."""
        button = self._buttons.get(page)
        if button is not None:
            button.setChecked(True)

    def set_badge(self, page: PageName, count: int, token: Token) -> None:
        """Show how many things wait on a page."""
        self._buttons[page].set_badge(count, token)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons alone, for narrow windows and projectors."""
        for button in self._buttons.values():
            button.set_narrow(narrow=narrow)
        self.setFixedWidth(self._theme.whole_px(NARROW_WIDTH if narrow else WIDTH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line to the page."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(Token.PAPER))
        right = QRectF(self.width() - 1, 0, 1, self.height())
        painter.fillRect(right, self._theme.color(Token.HAIR))

    def _want(self, page: PageName) -> None:
        self.page_wanted.emit(page)
