"""The look of the window at this moment: palette, language, scale, motion.

One ``Theme`` is made by the application and passed to every widget; widgets follow
``changed``. Sections 2, 4, 12 and 13 of the design. Installing translators is left to
``explorer.gui.translations``.
"""

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette

from explorer.gui.design.fonts import FontFamilies
from explorer.gui.design.tokens import (
    LIGHT,
    TYPE,
    Family,
    Palette,
    Role,
    Token,
)
from explorer.reports.words import Language

WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
"""How wrapped paragraphs are set: from the top, broken between words."""
LEAST_SCALE, MOST_SCALE = 0.8, 3.0
PROJECTOR_SCALE = 1.29
"""Keeps the layout of 1440 × 830 on a projector of 1920 × 1080."""


class Theme(QObject):
    """Colours, fonts and sizes; tells when they change."""

    changed = Signal()
    """Palette, language, scale or motion is another one: measure and paint again."""

    def __init__(self, fonts: FontFamilies, parent: QObject | None = None) -> None:
        """Start light, in English, at scale 1."""
        super().__init__(parent)
        self._families = fonts
        self._palette = LIGHT
        self._language = Language.EN
        self._scale = 1.0
        self._has_motion = True

    @property
    def palette(self) -> Palette:
        """Return the palette in use."""
        return self._palette

    @property
    def language(self) -> Language:
        """Return the language of the window."""
        return self._language

    @property
    def scale(self) -> float:
        """Return by how much every length is multiplied."""
        return self._scale

    @property
    def has_motion(self) -> bool:
        """Return whether anything may move; false under "reduce motion"."""
        return self._has_motion

    def set_palette(self, palette: Palette) -> None:
        """Use other colours."""
        if palette is not self._palette:
            self._palette = palette
            self.changed.emit()

    def set_language(self, language: Language) -> None:
        """Take note of another language, after its translators were installed."""
        if language is not self._language:
            self._language = language
            self.changed.emit()

    def set_scale(self, scale: float) -> None:
        """Multiply every length by ``scale``, held between 0.8 and 3."""
        held = min(MOST_SCALE, max(LEAST_SCALE, scale))
        if held != self._scale:
            self._scale = held
            self.changed.emit()

    def set_motion(self, *, allowed: bool) -> None:
        """Allow or stop everything that moves."""
        if allowed != self._has_motion:
            self._has_motion = allowed
            self.changed.emit()

    def px(self, length: float) -> float:
        """Return a length in px at the present scale."""
        return length * self._scale

    def whole_px(self, length: float) -> int:
        """Return a length in whole px at the present scale."""
        return round(length * self._scale)

    def color(self, token: Token, alpha: int = 255) -> QColor:
        """Return a colour of the palette; ``alpha`` from 0 (clear) to 255."""
        color = QColor(self._palette.colors[token])
        color.setAlpha(alpha)
        return color

    def blend(self, token: Token, ground: Token, share: float) -> QColor:
        """Return ``token`` mixed with ``share`` (0 to 1) of ``ground``."""
        first, second = self.color(token), self.color(ground)
        red, green, blue = (
            round(one * (1 - share) + other * share)
            for one, other in (
                (first.red(), second.red()),
                (first.green(), second.green()),
                (first.blue(), second.blue()),
            )
        )
        return QColor(red, green, blue)

    def hex(self, token: Token) -> str:
        """Return a colour as ``#rrggbb`` for a style sheet."""
        return self._palette.colors[token].lower()

    def font(self, role: Role) -> QFont:
        """Return the font of a role at the present scale."""
        style = TYPE[role]
        font = QFont()
        font.setFamilies(list(self._families.of(style.family)))
        font.setPixelSize(max(1, self.whole_px(style.size_px)))
        font.setWeight(QFont.Weight(style.weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if style.family is Family.SANS:
            font.setFeature(QFont.Tag("tnum"), 1)
        if style.family is Family.MONO:
            font.setFeature(QFont.Tag("calt"), 0)
        return font

    def metrics(self, role: Role) -> QFontMetricsF:
        """Return the measures of a role's font."""
        return QFontMetricsF(self.font(role))

    def width(self, text: str, role: Role) -> float:
        """Return how wide ``text`` is in one line."""
        return self.metrics(role).horizontalAdvance(text)

    def height(self, text: str, role: Role, width: float) -> float:
        """Return how high ``text`` is when wrapped to ``width``."""
        room = QRectF(0, 0, width, 1e6)
        return self.metrics(role).boundingRect(room, WRAPPED, text).height()

    def line_height(self, role: Role) -> float:
        """Return the height of one line."""
        return self.metrics(role).lineSpacing()

    def qt_palette(self) -> QPalette:
        """Return every role of Qt's palette in our colours."""
        palette = QPalette()
        for role, token in _QT_ROLES:
            palette.setColor(role, self.color(token))
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
        ):
            color = self.color(Token.INK3)
            palette.setColor(QPalette.ColorGroup.Disabled, role, color)
        return palette


_R = QPalette.ColorRole
_QT_ROLES = (
    (_R.Window, Token.PAPER),
    (_R.WindowText, Token.INK),
    (_R.Base, Token.SURFACE),
    (_R.AlternateBase, Token.SURFACE),
    (_R.Text, Token.INK),
    (_R.Button, Token.SURFACE),
    (_R.ButtonText, Token.INK),
    (_R.BrightText, Token.FAIL),
    (_R.Highlight, Token.ACCENT_BG),
    (_R.HighlightedText, Token.INK),
    (_R.PlaceholderText, Token.INK3),
    (_R.ToolTipBase, Token.SURFACE),
    (_R.ToolTipText, Token.INK),
    (_R.Light, Token.SURFACE),
    (_R.Midlight, Token.HAIR),
    (_R.Mid, Token.HAIR),
    (_R.Dark, Token.EDGE),
    (_R.Shadow, Token.EDGE),
    (_R.Link, Token.ACCENT),
    (_R.LinkVisited, Token.ACCENT),
    (_R.Accent, Token.ACCENT),
)
