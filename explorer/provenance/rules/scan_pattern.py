"""Scan pattern: one code is scanned in many places."""

from explorer.core.absent import Absent
from explorer.model.checks import Severity
from explorer.model.events import EventKind
from explorer.provenance.rules.base import Judged, Missing, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground, Point, distance_km

SPEC = RuleSpec(
    "scan-pattern",
    "A code is not scanned all over the country",
    "Bare observations (scans) of one single thing stand at the number of places set "
    "here or more, each farther than the travel distance from all others. That happens "
    "to copied codes, and to things that are passed on. Scans before the sale are not "
    "judged: packers scan too.",
    "scans with coordinates",
    ("scan_places", "travel_distance_km"),
    (
        Reason(
            "scanned-in-many-places",
            Severity.NOTE,
            "One code was scanned in many places far from each other.",
        ),
    ),
    (Missing("coordinates", "The coordinates of a place are not known."),),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return things whose scans stand in too many places."""
    judged = Judged()
    data = ground.data
    scans = data.is_kind(EventKind.OBSERVATION)[data.mention_event]
    chosen = scans & ~data.is_batch[data.thing]
    for thing, mentions in data.groups(data.select(chosen)):
        if len(mentions) < settings.scan_places:
            judged.judged += 1
            continue
        events = [int(data.mention_event[each]) for each in mentions]
        points: list[Point] = []
        for event in events:
            point = ground.point(event)
            if isinstance(point, Absent):
                judged.missing["coordinates"] += 1
            elif len(points) <= settings.scan_places and all(
                distance_km(point, each) > settings.travel_distance_km
                for each in points
            ):
                points.append(point)
        judged.judged += 1
        if len(points) >= settings.scan_places:
            names = ground.names([thing])
            judged.add("scanned-in-many-places", tuple(events), names)
    return judged
