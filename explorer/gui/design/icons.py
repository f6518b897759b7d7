"""Icons: 24 × 24, one stroke of 1.7, round ends, no fill. Drawn by ourselves.

Each is one SVG path; it is rendered at the device pixel ratio in the colour asked for.
An icon always stands beside a word, except those with a tool tip (section 13).
"""

from enum import StrEnum

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Token

_RATIO = 3.0
"""Pixels per px rendered; enough for every screen and the projector."""


class Icon(StrEnum):
    """The value is the path."""

    OVERVIEW = "M4 12h4l2.5-7 4 14 2.5-7H20"
    INSPECT = (
        "M4 5h16M4 10h9M4 15h9M4 20h6M19.2 17.2a3.2 3.2 0 1 1-.001-.1M18.6 18.8L21 21.2"
    )
    FINDINGS = "M6 21V4M6 4.5c4-2 7 2 12 0v9c-5 2-8-2-12 0"
    PROVENANCE = (
        "M3.5 4h5v4h-5zM3.5 16h5v4h-5zM15.5 10h5v4h-5zM8.5 6c4 0 3 6 7 6"
        "M8.5 18c4 0 3-6 7-6"
    )
    CLAIM = "M4 4h7l9 9-7 7-9-9zM8 8h.01"
    SIGNERS = "M4 20c3-1 3-4 6-4s3 3 6 2M8 13l9-9 3 3-9 9-4 1z"
    TEACH = "M3 9l9-4 9 4-9 4zM7 11v5c3 2.5 7 2.5 10 0v-5M21 9v6"
    START = "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6"
    COVERAGE = "M4 5h16v14H4zM4 10h16M10 10v9M15 10v9"
    TIME = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2"
    MAP = (
        "M12 21c5-6 7-9 7-12a7 7 0 1 0-14 0c0 3 2 6 7 12z"
        "M12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"
    )
    LOCK = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"
    SEARCH = "M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13zM15.5 15.5L21 21"
    FILE = "M6 3h8l5 5v13H6zM14 3v5h5"
    FOLDER = "M3 6h6l2 2h10v11H3z"
    QR = (
        "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2z"
        "M18 14h2M14 18v2"
    )
    COPY = "M8 8h11v12H8zM5 16V4h11"
    ARROW_RIGHT = "M5 12h14M13 6l6 6-6 6"
    ARROW_LEFT = "M19 12H5M11 6l-6 6 6 6"
    CHEVRON_RIGHT = "M9 5l7 7-7 7"
    CHEVRON_DOWN = "M5 9l7 7 7-7"
    PIN = "M12 3v10M7 13h10M12 13v8M8 3h8"
    PLAY = "M7 4l13 8-13 8z"
    STOP = "M6 6h12v12H6z"
    LINK = "M9 15l6-6M8 11l-3 3a3.5 3.5 0 0 0 5 5l3-3M16 13l3-3a3.5 3.5 0 0 0-5-5l-3 3"
    KEY = "M8 15a4 4 0 1 1 3.5-2.100L20 13v3h-3v2h-3v-2l-2.5-3.100"
    UNDO = "M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-4"
    MORE = "M5 12h.01M12 12h.01M19 12h.01"
    FIT = "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"
    PLUS = "M12 5v14M5 12h14"
    MINUS = "M5 12h14"
    CLOSE = "M6 6l12 12M18 6L6 18"
    DOWNLOAD = "M12 4v11M7 11l5 5 5-5M4 20h16"
    CAMERA = "M4 8h4l2-3h4l2 3h4v11H4zM12 16.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"
    BOOK = "M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 17a2 2 0 0 1 2-2h12"
    ANCHOR = (
        "M12 8v13M12 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"
        "M4 13c0 5 4 8 8 8s8-3 8-8M8 12h8"
    )
    INFO = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 7.5h.01"
    SETTINGS = (
        "M4 7h9M17 7h3M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"
        "M4 17h3M11 17h9M9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"
    )
    REPORT = "M6 3h12v18H6zM9 8h6M9 12h6M9 16h3"
    COMPARE = "M4 4h6v16H4zM14 4h6v16h-6zM10 12h4"
    FILTER = "M4 5h16l-6 7v7l-4-2v-5z"


def icon_pixmap(icon: Icon, size_px: float, color: QColor) -> QPixmap:
    """Return an icon of ``size_px``, sharp up to three device pixels per px."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'stroke="{color.name()}" stroke-width="1.7" stroke-linecap="round" '
        f'stroke-linejoin="round"><path d="{icon.value}"/></svg>'
    )
    side = max(1, round(size_px * _RATIO))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(_RATIO)
    return pixmap


def themed_icon(
    theme: Theme, icon: Icon, token: Token = Token.INK2, size_px: float = 16
) -> QIcon:
    """Return an icon for a button or action; make it again when the theme changes."""
    result = QIcon(icon_pixmap(icon, theme.px(size_px), theme.color(token)))
    dimmed = icon_pixmap(icon, theme.px(size_px), theme.color(Token.FAINT))
    result.addPixmap(dimmed, QIcon.Mode.Disabled)
    return result


class IconView(QWidget):
    """An icon as a widget; decoration beside a word, so it has no accessible name."""

    def __init__(
        self,
        theme: Theme,
        icon: Icon,
        size_px: int = 18,
        token: Token = Token.INK2,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``icon`` in the colour ``token``."""
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self._size_px, self._token = size_px, token
        self._pixmap = QPixmap()
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return the icon's square."""
        side = self._theme.whole_px(self._size_px)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        del event
        QPainter(self).drawPixmap(0, 0, self._pixmap)

    def _restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        size, color = self._theme.px(self._size_px), self._theme.color(self._token)
        self._pixmap = icon_pixmap(self._icon, size, color)
        self.update()
