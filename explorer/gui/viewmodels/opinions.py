"""Notes, bookmarks and tags of the user on blocks, entries and things.

They are opinions: kept beside the evidence by its digest, never in it, never part of a
verdict; reports print them under the notes of the examiner. Every change can be undone.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import Place
from explorer.gui.viewmodels.wording import place_text
from explorer.model.verdicts import EvidenceReport

MAX_OPINIONS = 5_000
MAX_FILE_BYTES = 16 * 2**20
MAX_TEXT = 4_000
MAX_TAGS = 12
MAX_TAG = 40


@dataclass(frozen=True, slots=True)
class Opinion:
    """One note; without text it only marks the place."""

    ledger: int
    height: int | None
    entry: int | None
    item: str
    text: str
    tags: tuple[str, ...]
    written_at: str
    """ISO 8601, UTC."""

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return Place(self.ledger, self.height, self.entry, item=self.item)


class Opinions(QObject):
    """The notes on the evidence that is open."""

    changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Keep them in ``folder``, one file for each evidence."""
        super().__init__(parent)
        self._folder = folder
        self._path: Path | None = None
        self._states: list[tuple[Opinion, ...]] = [()]
        self._at = 0

    def follow(self, report: EvidenceReport | None) -> None:
        """Read the notes on this evidence, known by the digests of its files."""
        digests = sorted(each.sha256 for each in report.sources) if report else []
        found: tuple[Opinion, ...] = ()
        if not digests or not all(digests):
            self._path = None
        else:
            key = hashlib.sha256("\n".join(digests).encode()).hexdigest()
            path = self._folder / f"{key}.json"
            if path == self._path:
                return
            self._path, found = path, _read(path)
        self._states, self._at = [found], 0
        self.changed.emit()

    @property
    def can_keep(self) -> bool:
        """Return whether there is an evidence to write about."""
        return self._path is not None

    def all(self) -> tuple[Opinion, ...]:
        """Return the notes, the oldest first."""
        return self._states[self._at]

    def at(self, place: Place) -> list[Opinion]:
        """Return the notes on a block, an entry, or a thing."""
        return [
            each
            for each in self.all()
            if (each.ledger, each.height, each.entry)
            == (place.ledger, place.height, place.entry)
            or (place.item and each.item == place.item)
        ]

    def add(self, place: Place, text: str, tags: Sequence[str]) -> None:
        """Write a note on a place.

        Raises:
            OSError: If it cannot be kept.
        """
        clean = dict.fromkeys(tag.strip()[:MAX_TAG] for tag in tags if tag.strip())
        new = Opinion(
            place.ledger,
            place.height,
            place.entry,
            place.item,
            text.strip()[:MAX_TEXT],
            tuple(clean)[:MAX_TAGS],
            datetime.now(UTC).replace(microsecond=0).isoformat(),
        )
        self._become((*self.all(), new)[-MAX_OPINIONS:])

    def remove(self, opinion: Opinion) -> None:
        """Take a note away.

        Raises:
            OSError: If the change cannot be kept.
        """
        self._become(tuple(each for each in self.all() if each is not opinion))

    @property
    def can_undo(self) -> bool:
        """Return whether there is a change to take back."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Return whether a change was taken back."""
        return self._at + 1 < len(self._states)

    def undo(self, step: int = -1) -> None:
        """Take the last change back; with 1 make it again.

        Raises:
            OSError: If the change cannot be kept.
        """
        there = self._at + step
        if 0 <= there < len(self._states):
            self._write(self._states[there])
            self._at = there
            self.changed.emit()

    def _become(self, state: tuple[Opinion, ...]) -> None:
        self._write(state)
        self._states = [*self._states[: self._at + 1], state]
        self._at += 1
        self.changed.emit()

    def _write(self, state: tuple[Opinion, ...]) -> None:
        if self._path is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps([asdict(each) for each in state], ensure_ascii=False)
        beside = self._path.with_suffix(".new")
        beside.write_text(text, "utf-8")
        beside.replace(self._path)


def where_of(opinion: Opinion) -> str:
    """Return what a note is about."""
    parts = []
    if opinion.height is not None:
        parts.append(place_text(opinion.height, opinion.entry))
    if opinion.item:
        parts.append(printable(opinion.item, 80))
    return " · ".join(parts) or place_text(None, None)


def opinions_text(opinions: Sequence[Opinion]) -> str:
    """Return the notes for a report, each with its place and time."""
    lines = []
    for each in opinions:
        said = each.text or translate("Notes", "marked")
        tags = "".join(f" #{tag}" for tag in each.tags)
        lines.append(f"[{where_of(each)}] {said}{tags} ({each.written_at})")
    return "\n".join(lines)


def _read(path: Path) -> tuple[Opinion, ...]:
    """Return the notes of a file; what cannot be read is left out."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return ()
        stored = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return ()
    found = []
    for each in stored if isinstance(stored, list) else ():
        opinion = _opinion(each)
        if opinion is not None:
            found.append(opinion)
    return tuple(found[:MAX_OPINIONS])


def _opinion(stored: object) -> Opinion | None:
    if not isinstance(stored, dict):
        return None
    numbers = (stored.get("height"), stored.get("entry"))
    ledger, tags = stored.get("ledger"), stored.get("tags")
    texts = [stored.get(name) for name in ("item", "text", "written_at")]
    are_numbers = all(each is None or isinstance(each, int) for each in numbers)
    if not (isinstance(ledger, int) and are_numbers and isinstance(tags, list)):
        return None
    if not all(isinstance(each, str) for each in (*texts, *tags)):
        return None
    item, text, written = map(str, texts)
    return Opinion(ledger, numbers[0], numbers[1], item, text, tuple(tags), written)
