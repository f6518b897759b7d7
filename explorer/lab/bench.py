"""The working copies of a lesson: in memory only, with undo, redo and start again."""

from collections.abc import Mapping
from dataclasses import dataclass

MAX_UNDO = 200
"""Changes that can be taken back."""


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """One copy: the bytes as they are now, and what ledger it was made from."""

    ledger: str
    data: bytes
    """Of the main file; a ledger's other files never change."""
    tries: int = 0
    """Nonces tried when it was mined last; 0 if it never was."""


Copies = Mapping[str, WorkingCopy]


@dataclass(frozen=True, slots=True)
class Moment:
    """The copies at a step of the lesson."""

    copies: Copies
    step: int = 0


class Bench:
    """Keeps every moment, so that each change can be taken back."""

    def __init__(self, first: Moment) -> None:
        """Begin at ``first``."""
        self._first = first
        self._past: list[Moment] = []
        self._future: list[Moment] = []
        self.now = first

    @property
    def can_undo(self) -> bool:
        """Return whether there is a change to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Return whether there is a change to make again."""
        return bool(self._future)

    def change(self, moment: Moment) -> None:
        """Go on from ``moment`` as one change; what was taken back is gone."""
        self._past.append(self.now)
        del self._past[:-MAX_UNDO]
        self._future.clear()
        self.now = moment

    def undo(self) -> None:
        """Take the last change back, if there is one."""
        if self._past:
            self._future.append(self.now)
            self.now = self._past.pop()

    def redo(self) -> None:
        """Make the change again that was taken back last, if there is one."""
        if self._future:
            self._past.append(self.now)
            self.now = self._future.pop()

    def start_again(self) -> None:
        """Return to the beginning; that, too, can be taken back."""
        self.change(self._first)
