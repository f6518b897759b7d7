"""Offset mismatch: the time zone field and the event time name different zones."""

from explorer.model.checks import Severity
from explorer.provenance.event_table import NO_ZONE
from explorer.provenance.rules.base import Judged, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground

SPEC = RuleSpec(
    "offset-mismatch",
    "The time zone of an event is the one written in its time",
    "The zone field of an event and the offset written behind its event time differ. "
    "An event time written in UTC (Z or +00:00) says nothing about the zone and is not "
    "judged.",
    "event time with offset, time zone field",
    (),
    (
        Reason(
            "zones-differ",
            Severity.NOTE,
            "The event time is written with another offset than the zone field states.",
        ),
    ),
)

MAX_TOGETHER = 1_000
"""Events of one difference that are reported together."""


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return events whose two zones differ, those with the same zones together."""
    judged = Judged()
    data = ground.data
    both = data.counts & (data.zone != NO_ZONE)
    both &= (data.written_zone != NO_ZONE) & (data.written_zone != 0)
    judged.judged = int(both.sum())
    differ = both & (data.zone != data.written_zone)
    told: dict[tuple[int, int], list[int]] = {}
    for event in data.order[differ[data.order]].tolist():
        pair = (int(data.written_zone[event]), int(data.zone[event]))
        told.setdefault(pair, []).append(event)
    for (written, zone), events in told.items():
        some = events[:MAX_TOGETHER]
        things = [each for event in some for each in data.things_of(event)]
        detail = f"{_shown(written)} ≠ {_shown(zone)}"
        judged.add("zones-differ", tuple(some), ground.names(things), detail)
    return judged


def _shown(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
