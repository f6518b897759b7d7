"""The application's own look: Qt's palette, thin scroll bars, menus and tool tips.

Section 14 of the design: every palette role is set and then the style sheet, because a
colour scheme alone leaves Fusion's own colours behind. What one control looks like
stands with that control.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token


class AppStyle(QObject):
    """Dresses the application, and again whenever the theme changes."""

    def __init__(self, application: QApplication, theme: Theme) -> None:
        """Start at once; the application owns this object."""
        super().__init__(application)
        self._application, self._theme = application, theme
        application.setStyle("Fusion")
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._application.setFont(self._theme.font(Role.BODY))
        self._application.setPalette(self._theme.qt_palette())
        self._application.setStyleSheet(style_sheet(self._theme))


def style_sheet(theme: Theme) -> str:
    """Return the application's style sheet for the theme as it is."""
    return "".join((_scroll_bars(theme), _menus(theme), _rest(theme)))


def _scroll_bars(theme: Theme) -> str:
    rest, hover = theme.hex(Token.FAINT), theme.hex(Token.EDGE)
    wide, round_px = theme.whole_px(10), theme.whole_px(3)
    least = theme.whole_px(28)
    return (
        f"QScrollBar{{background:transparent;border:none;margin:0}}"
        f"QScrollBar:vertical{{width:{wide}px}}"
        f"QScrollBar:horizontal{{height:{wide}px}}"
        f"QScrollBar::handle{{background:{rest};border-radius:{round_px}px;margin:2px}}"
        f"QScrollBar::handle:vertical{{min-height:{least}px}}"
        f"QScrollBar::handle:horizontal{{min-width:{least}px}}"
        f"QScrollBar::handle:hover{{background:{hover}}}"
        "QScrollBar::add-line,QScrollBar::sub-line{width:0;height:0}"
        "QScrollBar::add-page,QScrollBar::sub-page{background:transparent}"
        "QAbstractScrollArea::corner{background:transparent;border:none}"
    )


def _menus(theme: Theme) -> str:
    paper, surface = theme.hex(Token.PAPER), theme.hex(Token.SURFACE)
    ink, ink2 = theme.hex(Token.INK), theme.hex(Token.INK2)
    chosen, hair = theme.hex(Token.ACCENT_BG), theme.hex(Token.HAIR)
    low, wide = theme.whole_px(5), theme.whole_px(10)
    return (
        f"QMenuBar{{background:{paper};color:{ink2};border:none}}"
        f"QMenuBar::item{{background:transparent;padding:{low}px {wide}px;margin:0}}"
        f"QMenuBar::item:selected{{background:{chosen};color:{ink}}}"
        f"QMenu{{background:{surface};color:{ink};border:1px solid {hair};"
        f"padding:{low}px 0}}"
        f"QMenu::item{{padding:{low}px {3 * wide}px {low}px {2 * wide}px}}"
        f"QMenu::item:selected{{background:{chosen};color:{ink}}}"
        f"QMenu::item:disabled{{color:{theme.hex(Token.INK3)}}}"
        f"QMenu::separator{{height:1px;background:{hair};margin:{low}px 0}}"
    )


def _rest(theme: Theme) -> str:
    surface, ink = theme.hex(Token.SURFACE), theme.hex(Token.INK)
    hair, edge = theme.hex(Token.HAIR), theme.hex(Token.EDGE)
    low, round_px = theme.whole_px(4), theme.whole_px(4)
    return (
        f"QToolTip{{background:{surface};color:{ink};border:1px solid {edge};"
        f"padding:{low}px}}"
        f"QSplitter::handle{{background:{hair}}}"
        f"QStatusBar{{background:{theme.hex(Token.PAPER)}}}QStatusBar::item{{border:none}}"
        f"QPlainTextEdit,QTextEdit{{background:{surface};color:{ink};"
        f"border:1px solid {edge};border-radius:{round_px}px;"
        f"selection-background-color:{theme.hex(Token.ACCENT)};"
        f"selection-color:{theme.hex(Token.ON_ACCENT)}}}"
    )
