"""What the window remembers between two starts: look, language, recent evidence.

Kept in one INI file in the user's configuration folder. Nothing of an evidence is kept
but its paths, its title and how its last verification ended.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from explorer.gui.translations import LanguageChoice
from explorer.model.verdicts import EvidenceReport, Verdict

_Choice = TypeVar("_Choice", bound=StrEnum)

MAX_FILTERS = 20
"""Expressions kept on each shelf."""

MAX_RECENT = 8
SCALES = (1.0, 1.15, 1.29, 1.5, 2.0)
"""Sizes of everything; 1.29 keeps the layout of 1440 by 830 on a projector."""


class ThemeChoice(StrEnum):
    """What the user may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class RecentEvidence:
    """An evidence that was opened before."""

    paths: tuple[str, ...]
    title: str
    format: str
    blocks: int
    verdict: Verdict
    opened_at: datetime
    """Aware, UTC."""


class Shelf(StrEnum):
    """Where expressions of the filter line are kept; the value is the setting."""

    SAVED = "saved_filters"
    USED = "used_filters"


class Preferences(QObject):
    """Reads and writes the settings file."""

    recent_changed = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        """Use the settings file at ``path``."""
        super().__init__(parent)
        self._settings = QSettings(str(path), QSettings.Format.IniFormat, self)

    @property
    def folder(self) -> Path:
        """Return the folder that holds the settings, and the user's notes."""
        return Path(self._settings.fileName()).parent

    @property
    def theme(self) -> ThemeChoice:
        """Return the chosen theme."""
        return _member(ThemeChoice, self._text("theme"), ThemeChoice.SYSTEM)

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._settings.setValue("theme", choice.value)

    @property
    def language(self) -> LanguageChoice:
        """Return the chosen language."""
        return _member(LanguageChoice, self._text("language"), LanguageChoice.SYSTEM)

    @language.setter
    def language(self, choice: LanguageChoice) -> None:
        self._settings.setValue("language", choice.value)

    @property
    def scale(self) -> float:
        """Return the chosen size, 1.0 if none was."""
        try:
            value = float(self._text("scale"))
        except ValueError:
            return 1.0
        return value if value in SCALES else 1.0

    @scale.setter
    def scale(self, scale: float) -> None:
        self._settings.setValue("scale", str(scale))

    @property
    def geometry(self) -> QByteArray:
        """Return where the window was."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    def filters(self, shelf: "Shelf") -> list[str]:
        """Return expressions that were kept, or used before, the last used first."""
        try:
            stored = json.loads(self._text(shelf.value) or "[]")
        except ValueError:
            return []
        texts = stored if isinstance(stored, list) else []
        return [each for each in texts if isinstance(each, str)][:MAX_FILTERS]

    def keep_filter(self, shelf: "Shelf", text: str) -> None:
        """Put an expression at the head of its shelf, or keep its place there."""
        known = self.filters(shelf)
        if shelf is Shelf.SAVED and text in known:
            return
        texts = [text, *(each for each in known if each != text)]
        self._settings.setValue(shelf.value, json.dumps(texts[:MAX_FILTERS]))

    def drop_filter(self, shelf: "Shelf", text: str) -> None:
        """Take an expression from its shelf."""
        texts = [each for each in self.filters(shelf) if each != text]
        self._settings.setValue(shelf.value, json.dumps(texts))

    def recent(self) -> list[RecentEvidence]:
        """Return what was opened before, the last first."""
        try:
            stored = json.loads(self._text("recent") or "[]")
            return [_recent(each) for each in stored]
        except (ValueError, KeyError, TypeError):
            return []

    def remember(self, paths: tuple[Path, ...], report: EvidenceReport) -> None:
        """Put an evidence at the head of the list."""
        first = report.ledgers[0] if report.ledgers else None
        new = RecentEvidence(
            tuple(str(path) for path in paths),
            first.title if first else paths[0].name,
            first.format if first else "",
            sum(ledger.blocks for ledger in report.ledgers),
            report.verdict,
            datetime.now(UTC),
        )
        self._store([new, *(e for e in self.recent() if e.paths != new.paths)])

    def forget(self, paths: tuple[str, ...]) -> None:
        """Take one evidence from the list."""
        self._store([each for each in self.recent() if each.paths != paths])

    def forget_all(self) -> None:
        """Empty the list."""
        self._store([])

    def _store(self, recent: list[RecentEvidence]) -> None:
        values = [
            {**asdict(each), "opened_at": each.opened_at.isoformat()}
            for each in recent[:MAX_RECENT]
        ]
        self._settings.setValue("recent", json.dumps(values))
        self.recent_changed.emit()

    def _text(self, key: str) -> str:
        value = self._settings.value(key, "")
        return value if isinstance(value, str) else ""


def _recent(stored: dict[str, object]) -> RecentEvidence:
    paths = stored["paths"]
    if not isinstance(paths, list) or not paths:
        raise ValueError("a recent evidence without path")
    return RecentEvidence(
        tuple(str(path) for path in paths),
        str(stored["title"]),
        str(stored["format"]),
        int(str(stored["blocks"])),
        Verdict(str(stored["verdict"])),
        datetime.fromisoformat(str(stored["opened_at"])),
    )


def _member(kind: type[_Choice], text: str, otherwise: _Choice) -> _Choice:
    try:
        return kind(text)
    except ValueError:
        return otherwise
