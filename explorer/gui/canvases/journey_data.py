"""What the map and the time line of a claim sheet show, as plain values."""

from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.model.claim_sheets import EntryPlace

LATE_DAYS = 7
"""From this delay on a tie is named; the same number as the rule on late records."""


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place that has coordinates."""

    name: str
    second: str
    latitude: float
    longitude: float
    is_inferred: bool
    entry: EntryPlace


@dataclass(frozen=True, slots=True)
class Tie:
    """One entry: what it is, when it happened and was recorded, and how it stands."""

    entry: EntryPlace
    what: str
    happened_us: int | Absent
    recorded_us: int | Absent
    delay_days: int
    delay_text: str
    is_against: bool = False
    """It contradicts a claim, or does not match."""
