"""Translations of our own sentences, for reports and the window."""

import json

from explorer.core.resources import resource
from explorer.reports.words import NO_TRANSLATIONS, Language, Translations


def translations_for(language: Language) -> Translations:
    """Return English sentence → sentence; empty for English."""
    if language is Language.EN:
        return NO_TRANSLATIONS
    found: dict[str, str] = {}
    for path in sorted(resource("translations", "sentences").glob("*.zh.json")):
        found |= json.loads(path.read_bytes())
    return found
