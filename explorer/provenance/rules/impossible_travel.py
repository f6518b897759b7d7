"""Impossible travel: one thing at two places, too far apart for the time between."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from explorer.core.absent import Absent
from explorer.model.checks import Severity
from explorer.model.events import EventKind
from explorer.provenance.event_table import NO_TIME
from explorer.provenance.rules.base import (
    DAY_US,
    HOUR_US,
    Judged,
    Missing,
    Reason,
    RuleSpec,
    Settings,
)
from explorer.provenance.rules.ground import Ground, distance_km

SPEC = RuleSpec(
    "impossible-travel",
    "No thing travels faster than goods can",
    "Two consecutive sightings of one single thing (its own events, and those of its "
    "container while it is inside, but for business documents) at places more than the "
    "distance apart, with more than the speed needed between them. A time of exactly "
    "midnight counts as a whole day. Coordinates come from master data, a geo: "
    "identifier or the event itself.",
    "event time, read point or location, coordinates of places",
    ("travel_speed_km_h", "travel_distance_km"),
    (
        Reason(
            "too-fast",
            Severity.WARNING,
            "One thing was recorded at two places that are too far apart for the time "
            "between.",
        ),
    ),
    (Missing("coordinates", "The coordinates of a place are not known."),),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return pairs of sightings that cannot both be of one thing."""
    judged = Judged()
    told: set[tuple[int, int]] = set()
    for thing, sighted in _sightings(ground):
        events = [e for e in sighted if not isinstance(ground.point(e), Absent)]
        judged.missing["coordinates"] += len(sighted) - len(events)
        for first, second in pairwise(events):
            speed = _judge_pair(ground, first, second, settings, judged)
            if speed and (first, second) not in told:
                told.add((first, second))
                judged.add("too-fast", (first, second), ground.names([thing]), speed)
    return judged


def _sightings(ground: Ground) -> Iterator[tuple[int, list[int]]]:
    """Yield (thing, events in time order) for things seen at two places or more.

    Events of a container matter where the thing has an event of its own during its
    stay; otherwise putting in and taking out say the same.
    """
    data = ground.data
    event_of = data.mention_event
    has_place = (data.place >= 0) | np.isin(
        np.arange(data.count), np.fromiter(data.details, dtype=np.int64)
    )
    usable = (~data.is_batch[data.thing]) & has_place[event_of]
    usable &= data.time[event_of] != NO_TIME
    usable &= ~data.is_kind(EventKind.TRANSACTION)[event_of]
    for thing, mentions in data.groups(data.select(usable)):
        own = list(dict.fromkeys(event_of[mentions].tolist()))
        whole = own + _inherited(ground, thing, own)
        if len(whole) > 1:
            yield thing, sorted(set(whole), key=lambda each: int(data.rank[each]))


def _inherited(ground: Ground, thing: int, own: list[int]) -> list[int]:
    data = ground.data
    found: list[int] = []
    ranks = [int(data.rank[each]) for each in own]
    for stay in ground.containment.of(thing):
        first = int(data.rank[stay.first])
        last = int(data.rank[stay.last]) if stay.last >= 0 else data.count
        if not any(first < rank < last for rank in ranks):
            continue
        carried = data.mention_event[data.history(stay.parent)].tolist()
        found += [
            each
            for each in carried
            if first < data.rank[each] < last and data.time[each] != NO_TIME
        ]
    return found


def _judge_pair(
    ground: Ground, first: int, second: int, settings: Settings, judged: Judged
) -> str:
    data = ground.data
    start, end = ground.point(first), ground.point(second)
    judged.judged += 1
    if isinstance(start, Absent) or isinstance(end, Absent) or start == end:
        return ""
    distance = distance_km(start, end)
    if distance <= settings.travel_distance_km:
        return ""
    between = int(data.time[second]) - int(data.time[first])
    if ground.is_whole_day(first) or ground.is_whole_day(second):
        between += DAY_US
    if distance * HOUR_US <= settings.travel_speed_km_h * between:
        return ""
    return f"{distance:.0f} km, {between / 60_000_000:.0f} min"
