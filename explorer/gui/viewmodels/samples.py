"""The sample ledgers of the start page, as far as they are installed."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from explorer.core.resources import samples_folder
from explorer.gui.translations import translate


class Lesson(StrEnum):
    """What a sample teaches; each has its own little drawing."""

    INTACT = "intact"
    EDITED = "edited"
    REHASHED = "rehashed"
    REMADE = "remade"


_FILES = {
    Lesson.INTACT: ("fabric-pear-trace", "ledgersData"),
    Lesson.EDITED: ("pears", "pears_one-digit.jsonl"),
    Lesson.REHASHED: ("pears", "pears_rehashed.jsonl"),
    Lesson.REMADE: ("pears", "pears_resigned.jsonl"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample ledger; all of them are fictional."""

    lesson: Lesson
    path: Path

    @property
    def title(self) -> str:
        """Return its name."""
        titles = {
            Lesson.INTACT: translate("Samples", "A pear ledger"),
            Lesson.EDITED: translate("Samples", "One digit changed"),
            Lesson.REHASHED: translate("Samples", "Hashes worked out anew"),
            Lesson.REMADE: translate("Samples", "The whole chain re-made"),
        }
        return titles[self.lesson]

    @property
    def text(self) -> str:
        """Return what one sees in it."""
        texts = {
            Lesson.INTACT: translate(
                "Samples", "A Fabric block store. From a sold box back to two orchards."
            ),
            Lesson.EDITED: translate(
                "Samples", "See where it shows, and everything it does not touch."
            ),
            Lesson.REHASHED: translate(
                "Samples", "Every hash agrees again. The signatures do not."
            ),
            Lesson.REMADE: translate(
                "Samples", "Everything agrees. Only an outside anchor tells."
            ),
        }
        return texts[self.lesson]


def installed_samples() -> list[Sample]:
    """Return the samples that are there; looks at the disk."""
    folder = samples_folder()
    samples = [Sample(lesson, folder.joinpath(*f)) for lesson, f in _FILES.items()]
    return [each for each in samples if each.path.exists()]
