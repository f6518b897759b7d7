"""Translations of our own sentences, for reports and the window."""

import json

from explorer.core.resources import resource_bytes
from explorer.reports.words import NO_TRANSLATIONS, Language, Translations


def translations_for(language: Language) -> Translations:
    """Return English sentence → sentence; empty for English."""
    if language is Language.EN:
        return NO_TRANSLATIONS
    data: dict[str, str] = json.loads(resource_bytes("translations/sentences.zh.json"))
    return data
