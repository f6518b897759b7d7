"""What the verdict band may say: enumerations, whole numbers and our own sentences.

Section 5 of the design: nothing that stands in a file reaches the band, except a short
id made of harmless characters. The constructors refuse everything else, so that a
ledger cannot imitate a verdict.
"""

import re
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.crypto.trust import AnchorOrigin
from explorer.model.verdicts import Verdict
from explorer.reports.words import VerdictWords

_SHORT_ID = re.compile(r"[A-Za-z0-9._-]{1,24}")


def guarded_id(text: str) -> str:
    """Return ``text`` if it is a short id made of letters, digits, dot, dash.

    Raises:
        ValueError: It is longer, empty or holds another character.
    """
    if _SHORT_ID.fullmatch(text) is None:
        raise ValueError("only a short id may stand beside a verdict")
    return text


def is_short_id(text: str) -> bool:
    """Return whether ``guarded_id`` takes ``text``."""
    return _SHORT_ID.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Figure:
    """A large number with our own word below it."""

    value: int
    label: str

    def __post_init__(self) -> None:
        """Refuse text where a number belongs."""
        if not isinstance(self.value, int):
            raise TypeError("a figure is a whole number")


@dataclass(frozen=True, slots=True)
class AnchorTally:
    """How many anchors of one kind came from where."""

    is_history: bool
    """A hash, copy or timestamp from outside; else keys, which say only who signed."""
    origin: AnchorOrigin
    count: int


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """A verdict that has settled."""

    verdict: Verdict
    words: VerdictWords
    """From ``reports.words``: word, sentence, and what it does not say."""
    figures: tuple[Figure, ...] = ()
    anchors: tuple[AnchorTally, ...] = ()
    note: str = ""
    """Our own line on what would help, such as what to ask the other side for."""
    subject: str = ""
    """Short id of the ledger, or empty."""

    def __post_init__(self) -> None:
        """Refuse a subject that is not a short id."""
        if self.subject:
            guarded_id(self.subject)


@dataclass(frozen=True, slots=True)
class CheckingShown:
    """A verification on its way."""

    done_bytes: int
    total_bytes: int
    rate_bytes: int
    """Bytes a second."""
    remaining_s: int | Absent
    failed: int
    """Decisive answers ``failed`` so far."""
    answered: int
    """Answers given so far."""
    subject: str = ""

    def __post_init__(self) -> None:
        """Refuse a subject that is not a short id, and negative counts."""
        if self.subject:
            guarded_id(self.subject)
        if min(self.done_bytes, self.total_bytes, self.failed, self.answered) < 0:
            raise ValueError("a count is negative")

    @property
    def share(self) -> float:
        """Return what is done, from 0 to 1."""
        if self.total_bytes <= 0:
            return 0.0
        return min(1.0, self.done_bytes / self.total_bytes)


@dataclass(frozen=True, slots=True)
class StoppedShown:
    """A verification that the user stopped; there is no verdict."""

    done_bytes: int
    total_bytes: int
    failed: int


BandState = VerdictShown | CheckingShown | StoppedShown
