"""Applies the user's choices of theme, language and size, and follows the system."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, LIGHT
from explorer.gui.translations import LanguageChoice, Translations
from explorer.gui.viewmodels.preferences import SCALES, Preferences, ThemeChoice


class Look(QObject):
    """The one place that changes how the window looks and speaks."""

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        translations: Translations,
        parent: QObject | None = None,
    ) -> None:
        """Apply what ``preferences`` hold."""
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences
        self._translations = translations
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._apply_theme)
        self._apply_theme()
        self._apply_language()
        theme.set_scale(preferences.scale)

    @property
    def theme(self) -> Theme:
        """Return the theme that follows the choices."""
        return self._theme

    @property
    def preferences(self) -> Preferences:
        """Return the stored choices."""
        return self._preferences

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Use and remember a theme."""
        self._preferences.theme = choice
        self._apply_theme()

    def choose_language(self, choice: LanguageChoice) -> None:
        """Use and remember a language."""
        self._preferences.language = choice
        self._apply_language()

    def choose_scale(self, scale: float) -> None:
        """Use and remember a size of everything."""
        self._preferences.scale = scale
        self._theme.set_scale(scale)

    def step_scale(self, steps: int) -> None:
        """Go to a larger (or with negative steps smaller) size."""
        nearest = min(SCALES, key=lambda each: abs(each - self._theme.scale))
        position = SCALES.index(nearest) + steps
        self.choose_scale(SCALES[max(0, min(len(SCALES) - 1, position))])

    def _apply_theme(self) -> None:
        choice = self._preferences.theme
        scheme = QGuiApplication.styleHints().colorScheme()
        is_dark = choice is ThemeChoice.DARK or (
            choice is ThemeChoice.SYSTEM and scheme is Qt.ColorScheme.Dark
        )
        self._theme.set_palette(DARK if is_dark else LIGHT)

    def _apply_language(self) -> None:
        language = self._preferences.language.language()
        self._translations.use(language)
        self._theme.set_language(language)
