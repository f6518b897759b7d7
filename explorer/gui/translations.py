"""Languages of the window: Qt's own catalogue for its texts, a list for sentences.

Texts of the window are written ``translate("Context", "English")`` where they are used,
and ``resources/translations/window_zh.ts`` holds the Chinese. Sentences that checks,
reasons and remarks carry as values are English and static; ``sentences/*.zh.json``
map them, one file for each part of the program. A text without a translation is shown
in English.
"""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from explorer.core.resources import resource
from explorer.reports.words import Language
from explorer.session.wording import translations_for

SENTENCES = "sentences"
"""Context of the sentences that come as values."""

_PROPERTY = "window-language"


class LanguageChoice(StrEnum):
    """What the user may choose."""

    SYSTEM = "system"
    EN = "en"
    ZH = "zh"

    def language(self) -> Language:
        """Return the language this choice means."""
        if self is LanguageChoice.SYSTEM:
            is_chinese = QLocale.system().language() is QLocale.Language.Chinese
            return Language.ZH if is_chinese else Language.EN
        return Language(self.value)


def translate(context: str, text: str) -> str:
    """Return a text of the window in its language; ``text`` is written out in code."""
    return QCoreApplication.translate(context, text)


def sentence(text: str) -> str:
    """Return one of our static sentences in the language of the window."""
    return QCoreApplication.translate(SENTENCES, text)


def current_language() -> Language:
    """Return the language of the window."""
    application = QCoreApplication.instance()
    value = application.property(_PROPERTY) if application is not None else None
    return Language(value) if value else Language.EN


class SentenceTranslator(QTranslator):
    """Gives Qt the sentences of ``resources/translations/sentences``."""

    def __init__(self, sentences: Mapping[str, str], parent: QObject) -> None:
        """Translate with ``sentences``."""
        super().__init__(parent)
        self._sentences = sentences

    def isEmpty(self) -> bool:
        """Say that there is something to translate with."""
        return not self._sentences

    def translate(  # nothing stands for null, which Qt takes as "not mine"
        self,
        context: str,
        sourceText: str,  # noqa: N803 - the name that Qt gives it
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """Return the translation, or nothing so that others are asked."""
        del disambiguation, n
        return self._sentences.get(sourceText) if context == SENTENCES else None


class Translations(QObject):
    """Installs the translators of one language at a time."""

    def __init__(self, application: QCoreApplication) -> None:
        """Start in English."""
        super().__init__(application)
        self._application = application
        self._installed: list[QTranslator] = []

    def use(self, language: Language) -> None:
        """Speak ``language``; widgets made from now on have its texts."""
        for translator in self._installed:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []
        self._application.setProperty(_PROPERTY, language.value)
        if language is not Language.EN:
            self._install_files(language)
            self._install(SentenceTranslator(translations_for(language), self))

    def _install_files(self, language: Language) -> None:
        own = QTranslator(self)
        if own.load(str(resource("translations", f"window_{language.value}.qm"))):
            self._install(own)
        qt = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if qt.load(f"qtbase_{language.value}_CN", folder):
            self._install(qt)

    def _install(self, translator: QTranslator) -> None:
        self._application.installTranslator(translator)
        self._installed.append(translator)
