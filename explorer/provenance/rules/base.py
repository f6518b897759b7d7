"""What every inconsistency rule has: its words, its settings, its answers.

A rule is a module with ``SPEC`` and ``judge(ground, settings)``. Sentences are static
and translated by their English text; numbers and names stand in the detail.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import msgspec

from explorer.model.checks import Severity

DAY_US = 86_400_000_000
HOUR_US = 3_600_000_000
MINUTE_US = 60_000_000

MAX_FOUND = 10_000
"""Findings kept of one rule; more are only counted."""

MAX_LISTED = 1_000
"""Events or items listed in one finding."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every tolerance of every rule; shown in reports with its value."""

    mass_tolerance: Decimal = Decimal("0.02")
    """Part by which outputs may exceed inputs."""
    travel_speed_km_h: int = 900
    """Fastest believable journey."""
    travel_distance_km: int = 50
    """Shorter distances are not judged."""
    late_record: timedelta = timedelta(days=7)
    """Longest believable time from an event to its record."""
    early_record: timedelta = timedelta(minutes=5)
    """How far clocks may differ before a record seems older than its event."""
    receive_within: timedelta = timedelta(days=30)
    """Longest believable time from shipping to receiving."""
    cold_chain_celsius: Decimal = Decimal(8)
    """Warmest reading in a series that is mostly colder than this."""
    sensor_gap_factor: Decimal = Decimal("2.5")
    """A pause of so many usual intervals between readings is a gap."""
    same_series_readings: int = 8
    """From so many equal readings on, two series count as copies."""
    scan_places: int = 5
    """Scans of one code at so many places far from each other are worth a look."""
    lot_reuse: timedelta = timedelta(days=300)
    """A lot number made again after so long is used twice."""
    place_limits_kg: Mapping[str, Decimal] = field(default_factory=dict)
    """Most kilograms that a place can yield in a calendar year, by place."""
    needed_before: tuple[tuple[str, str], ...] = ()
    """(step, step that each thing must have had before), such as a sale and an
    inspection."""
    separate_authors: tuple[tuple[str, str], ...] = ()
    """Pairs of steps on one thing that one author must not both record."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which records can be inconsistent under a rule."""

    code: str
    severity: Severity
    sentence: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Why something could not be judged."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule in words."""

    id: str
    title: str
    """What holds when the rule finds nothing."""
    rule: str
    """The precise rule, in English, for docs/rules.md."""
    needs: str
    """Fields that it reads."""
    settings: tuple[str, ...]
    """Names of the settings it uses."""
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...] = ()


class Found(msgspec.Struct, frozen=True, gc=False):
    """One inconsistency, by numbers of events and things."""

    reason: str
    events: tuple[int, ...]
    items: tuple[str, ...]
    detail: str = ""


class Judged:
    """What one rule found and could not judge."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.found: list[Found] = []
        self.total = 0
        self.judged = 0
        """How often the rule could be applied."""
        self.missing: Counter[str] = Counter()
        """Code of ``Missing`` → how often."""

    def add(
        self,
        reason: str,
        events: tuple[int, ...],
        items: tuple[str, ...],
        detail: str = "",
    ) -> None:
        """Keep an inconsistency, as far as there is room."""
        self.total += 1
        if len(self.found) < MAX_FOUND:
            some = tuple(dict.fromkeys(events))[:MAX_LISTED]
            self.found.append(Found(reason, some, items[:MAX_LISTED], detail))
