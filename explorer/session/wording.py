"""Translations of our own sentences, for reports and the window."""

import json

from explorer.core.resources import resource
from explorer.reports.words import NO_TRANSLATIONS, Language, Translations


def translations_for(language: Language) -> Translations:
    """Return English sentence → sentence; empty for English."""
    if language is Language.EN:
        return NO_TRANSLATIONS
    data: dict[str, str] = json.loads(
        resource("translations", "sentences.zh.json").read_bytes()
    )
    return data
