"""What a report says about the case and about the run, besides the results.

All of it is given by the caller: a report never looks at the clock or the computer by
itself, so that the same inputs give the same bytes.
"""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

import cryptography

from explorer.core.absent import Absent
from explorer.reports.phrases import Phrases
from explorer.reports.words import (
    Language,
    Translations,
    translated,
)


@dataclass(frozen=True, slots=True)
class CaseHeader:
    """Who examined what, and for what; every field may stay empty."""

    case: str = ""
    examiner: str = ""
    organisation: str = ""
    purpose: str = ""
    period: str = ""
    time_zone: str = ""
    notes: str = ""
    """Remarks of the examiner, marked as opinion."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """With what, and how, the results were made; every field may stay empty."""

    python: str = ""
    cryptography: str = ""
    self_test: str = ""
    as_of: str = ""
    trust: str = ""
    """Name and digest of the trust profile or files."""
    algorithm_policy: str = ""
    filters: str = ""
    """Filters in force, and the method, size and seed of a sample."""
    command: str = ""
    """The command line that repeats the run."""


def run_facts_here() -> RunFacts:
    """Return the versions that run now; the other fields are the caller's."""
    return RunFacts(platform.python_version(), cryptography.__version__)


@dataclass(frozen=True, slots=True)
class HtmlOptions:
    """How the HTML report speaks."""

    language: Language = Language.EN
    made_at: datetime | Absent = Absent.NOT_IN_EXPORT
    """Time of the report, aware; absent: the report carries no time."""
    zone: tzinfo = UTC
    """Zone shown beside UTC."""
    translations: Translations = field(default_factory=dict)
    repeat: Mapping[int, str] = field(default_factory=dict)
    """Number of a finding (from 0, over all results in order) → command text."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The language of one report."""

    say: Phrases
    zone: tzinfo = UTC
    translations: Translations = field(default_factory=dict)

    def sentence(self, sentence: str) -> str:
        """Return one of our static sentences in the report's language."""
        return translated(sentence, self.translations)

    def anchor_kind(self, kind: str) -> str:
        """Return what an anchor of this kind says: who may sign, or what existed."""
        return self.say(kind) if kind in {"identity", "history"} else kind
