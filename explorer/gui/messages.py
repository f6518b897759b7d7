"""What the window and the engine process say to each other: small immutable values.

They travel pickled through two one-way pipes between two processes of ours; nothing
that comes from evidence is ever unpickled.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.model.verdicts import EvidenceReport, Finding

if (
    TYPE_CHECKING
):  # loads the cryptography library, which the first paint can do without
    from explorer.session.options import VerifyOptions

MAX_FINDINGS_SO_FAR = 200
"""Findings that a progress message carries; all of them come with the report."""


@dataclass(frozen=True, slots=True)
class VerifyOrder:
    """Verify an evidence; ``number`` grows, so that late news can be told apart."""

    number: int
    paths: tuple[Path, ...]
    options: "VerifyOptions"
    cases_folder: Path
    """Where the case file goes."""


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Stop the verification with this number."""

    number: int


@dataclass(frozen=True, slots=True)
class EndOrder:
    """End the engine process."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The engine has loaded what it needs."""


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """The case file exists and can be read while it grows."""

    number: int
    path: Path


@dataclass(frozen=True, slots=True)
class CheckCount:
    """How a check stands so far."""

    check: str
    title: str
    passed: int
    failed: int
    open: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How a verification stands; sent at most ten times a second."""

    number: int
    done_bytes: int
    total_bytes: int
    elapsed_s: float
    checks: tuple[CheckCount, ...] = ()
    failed: int = 0
    """Decisive answers ``failed`` so far."""
    findings: tuple[Finding, ...] = field(default=())
    """The first of them."""
    findings_total: int = 0

    def bytes_per_second(self) -> float:
        """Return the mean rate so far."""
        return self.done_bytes / self.elapsed_s if self.elapsed_s > 0 else 0.0

    def remaining_s(self) -> float | None:
        """Return the seconds still to go at this rate; ``None`` if not yet known."""
        rate = self.bytes_per_second()
        if rate <= 0 or self.elapsed_s < 0.5 or not self.total_bytes:
            return None
        return max(0.0, (self.total_bytes - self.done_bytes) / rate)


@dataclass(frozen=True, slots=True)
class Verified:
    """The result; the case file is complete but for the words."""

    number: int
    report: EvidenceReport


@dataclass(frozen=True, slots=True)
class WordsIndexed:
    """Entries can be found by their words now."""

    number: int


@dataclass(frozen=True, slots=True)
class Covered:
    """How many bytes are protected by what; worked out last."""

    number: int
    bytes_by_mask: tuple[tuple[int, int], ...]
    """(bits of ``session.coverage``, number of bytes), files of ledgers only."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """It was cancelled; what was read stays in the case file."""

    number: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Work that could not be done."""

    problem: str
    """What, in a sentence."""
    advice: str = ""
    """What now, in a sentence."""
    diagnostics: str = ""
    """For whoever repairs the program; empty if it is not our defect."""
    number: int = -1


Order = VerifyOrder | CancelOrder | EndOrder
CaseNews = CaseOpened | Progress | Verified | WordsIndexed | Covered | Stopped | Failure
"""News about one order, which has the order's number."""

News = Ready | CaseNews
