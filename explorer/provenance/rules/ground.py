"""What rules stand on: complete events, who was inside what, master data.

Distances are great-circle distances on a sphere of 6,371 km: good to half a percent.
"""

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

import numpy as np

from explorer.core.absent import Absent
from explorer.model.events import Action, EventKind
from explorer.model.master_data import CertificateRecord, MasterData, ReferenceData
from explorer.provenance.containment import Containment
from explorer.provenance.event_data import Bits, EventData, Numbers
from explorer.provenance.event_table import (
    NO_TIME,
    NO_ZONE,
    Role,
    decimal_of,
    point_of,
)
from explorer.provenance.rules.base import DAY_US

EARTH_KM = 6_371.0

Point = tuple[float, float]
"""Degrees north and east."""


class Ground:
    """Everything a rule may read."""

    def __init__(
        self, data: EventData, containment: Containment, reference: ReferenceData
    ) -> None:
        """Index the master data."""
        self.data = data
        self.containment = containment
        self.reference = reference
        self._points: dict[int, Point | Absent] = {}

    @cached_property
    def described(self) -> dict[str, MasterData]:
        """Master data by id; the first description of an id counts."""
        found: dict[str, MasterData] = {}
        for each in self.reference.described:
            found.setdefault(each.id, each)
        return found

    @cached_property
    def certificates(self) -> dict[str, CertificateRecord]:
        """Certificates by their short id; the first description counts."""
        found: dict[str, CertificateRecord] = {}
        for each in self.reference.certificates:
            found.setdefault(certificate_key(each.id), each)
        return found

    @cached_property
    def last_time(self) -> int:
        """Return the latest time of any event; ``NO_TIME`` if there is none."""
        when = self.data.when[self.data.flowing]
        return int(when.max()) if len(when) else NO_TIME

    @cached_property
    def is_birth(self) -> Bits:
        """Whether each mention makes its thing: added as an object, or an output."""
        data = self.data
        added = data.is_kind(EventKind.OBJECT) & data.has_action(Action.ADD)
        by_event = added[data.mention_event] & (data.role == Role.SEEN)
        birth: Bits = by_event | (data.role == Role.OUTPUT)
        return birth

    @cached_property
    def birth_mentions(self) -> Numbers:
        """The mentions that make things, by thing, then in order of time."""
        return self.data.select(self.is_birth)

    @cached_property
    def _birth_slices(self) -> Numbers:
        data = self.data
        counts = np.bincount(data.thing[self.birth_mentions], minlength=len(data.names))
        return np.concatenate(([0], np.cumsum(counts)))

    def births(self, thing: int) -> list[int]:
        """Return the mentions that make a thing, in order of time."""
        first, last = self._birth_slices[thing], self._birth_slices[thing + 1]
        return [int(each) for each in self.birth_mentions[first:last]]

    @cached_property
    def processes(self) -> dict[int, list[int]]:
        """The active transformations that share each process id, in time order."""
        data = self.data
        chosen = data.is_kind(EventKind.TRANSFORMATION) & data.counts
        found: dict[int, list[int]] = {}
        for event in data.order[(chosen & (data.process >= 0))[data.order]].tolist():
            found.setdefault(int(data.process[event]), []).append(event)
        return found

    def names(self, things: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of things, each once."""
        return tuple(self.data.names[each] for each in dict.fromkeys(things))

    def role_at(self, event: int) -> str:
        """Return the role of the place or party that an event names, or nothing."""
        for name in self.actors(event):
            known = self.described.get(name)
            if known is not None and known.role:
                return known.role
        return ""

    def actors(self, event: int) -> list[str]:
        """Return where an event happened and who had the things, most telling first."""
        data = self.data
        places = [int(data.read_point[event]), int(data.location[event])]
        found = [data.text(each) for each in places if each >= 0]
        found += [each.id for each in data.detail(event).sources]
        return list(dict.fromkeys(found))

    @cached_property
    def _parts_of(self) -> dict[str, str]:
        """Place → place that master data say it is part of."""
        return {
            part: each.id
            for each in self.reference.described
            for part in each.children
            if part != each.id
        }

    def sites(self, event: int) -> frozenset[str]:
        """Return where an event happened, without doors and rooms of a place.

        Points on the map are left out: two readings of one place differ.
        """
        data = self.data
        places = (int(data.read_point[event]), int(data.location[event]))
        found = {self.site(data.text(each)) for each in places if each >= 0}
        return frozenset(each for each in found if not each.startswith("geo:"))

    def site(self, place: str) -> str:
        """Return the place of which this is a part, else itself."""
        whole = self._parts_of.get(place, place).partition("/254/")[0]
        return self._parts_of.get(whole, whole)

    def point(self, event: int) -> Point | Absent:
        """Return where on the earth an event happened."""
        own = self.data.detail(event).point
        if not isinstance(own, Absent):
            return float(own[0]), float(own[1])
        place = int(self.data.place[event])
        if place not in self._points:
            self._points[place] = self._point_of(self.data.text(place))
        return self._points[place]

    def _point_of(self, name: str) -> Point | Absent:
        if name.startswith("geo:"):
            parts = name[4:].partition(";")[0].split(",")
            numbers = [decimal_of(each) for each in parts[:2]]
            pair = point_of(*numbers) if len(numbers) == 2 else Absent.UNREADABLE
        else:
            known = self.described.get(name)
            if known is None:
                return Absent.NOT_IN_EXPORT
            pair = point_of(known.latitude, known.longitude)
        return pair if isinstance(pair, Absent) else (float(pair[0]), float(pair[1]))

    def is_whole_day(self, event: int) -> bool:
        """Return whether an event time is midnight: a date without a time of day."""
        time = int(self.data.time[event])
        zone = int(self.data.zone[event])
        if zone == NO_ZONE:
            zone = int(self.data.written_zone[event])
        minutes = 0 if zone == NO_ZONE else zone
        return time != NO_TIME and (time + minutes * 60_000_000) % DAY_US == 0


_CLASS = re.compile(r"https://id\.gs1\.org/(?:01/\d{14}|8006/\d{18})$")


def is_class(name: str) -> bool:
    """Return whether an id names all pieces of a product ever made, not one lot."""
    return _CLASS.match(name) is not None or ":product:class:" in name


def product_of(name: str) -> str:
    """Return the product of which a thing or lot is, else the thing itself."""
    return name.partition("/21/")[0].partition("/10/")[0]


def certificate_key(text: str) -> str:
    """Return a certificate's short id: without ``urn:cert:`` and the like."""
    return text.strip().removeprefix("urn:").removeprefix("cert:")


def distance_km(first: Point, second: Point) -> float:
    """Return the great-circle distance of two points."""
    north1, east1, north2, east2 = map(math.radians, (*first, *second))
    half = (
        math.sin((north2 - north1) / 2) ** 2
        + math.cos(north1) * math.cos(north2) * math.sin((east2 - east1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def shown(amount: Decimal) -> str:
    """Return a number for people: without exponent and needless zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
