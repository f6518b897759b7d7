"""Custody gap: a hand-over that the records do not show."""

from datetime import timedelta
from functools import cached_property

import numpy as np

from explorer.model.checks import Severity
from explorer.model.events import EventKind
from explorer.provenance.event_table import NO_TIME, NONE, Role
from explorer.provenance.rules.after_decommission import lives_after
from explorer.provenance.rules.base import Judged, Missing, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground, is_class
from explorer.provenance.rules.time_order import is_same_shipment, route

SPEC = RuleSpec(
    "custody-gap",
    "Whoever ships a thing had received it, and what is shipped arrives",
    "(1) A thing is shipped from a place other than the one where it was last "
    "received or handled since; a lot, which can be in several places, from a place "
    "where it never was although it was received elsewhere. Doors and rooms of one "
    "location are one place. (2) After a shipping, no event shows the thing anywhere, "
    "and the records go on for longer than the setting, those of the destination "
    "included; whole product classes are not judged. (3) The "
    "receiving names other destination parties than the shipping before it. Ended "
    "things, and a shipping whose own receiving is out of time order, are left to "
    "those rules.",
    "steps shipping and receiving, read points, destinations, event times",
    ("receive_within",),
    (
        Reason(
            "shipped-from-elsewhere",
            Severity.WARNING,
            "It was shipped from a place where it had not been received.",
        ),
        Reason(
            "never-received",
            Severity.WARNING,
            "It was shipped, and no record shows that it arrived.",
        ),
        Reason(
            "other-destination",
            Severity.WARNING,
            "It was received under other destination parties than it was shipped to.",
        ),
    ),
    (
        Missing("place", "A shipping or receiving names no place."),
        Missing("arrivals", "The destination of a shipping keeps no records here."),
    ),
)

_OUT = ("shipping", "departing")
_BACK = ("receiving", "accepting", "arriving")
_UNDER_WAY = (*_OUT, "loading", "transporting", "sensor_reporting", "void_shipping")


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return hand-overs that do not fit, those of the same events together."""
    return _Custody(ground, settings).judge()


class _Custody:
    def __init__(self, ground: Ground, settings: Settings) -> None:
        self._ground, self._data = ground, ground.data
        self._limit = settings.receive_within // timedelta(microseconds=1)
        self._judged = Judged()
        self._told: dict[tuple[str, tuple[int, ...]], list[int]] = {}
        data = self._data
        self._out = data.has_step(*_OUT)
        self._back = data.has_step(*_BACK)
        self._under_way = data.has_step(*_UNDER_WAY) | data.is_kind(
            EventKind.OBSERVATION, EventKind.TRANSACTION
        )
        self._ended = {
            thing: int(data.rank[end]) for thing, end, _ in lives_after(ground)
        }

    def judge(self) -> Judged:
        """Go through the history of everything that was ever shipped."""
        data = self._data
        shipped = self._out[data.mention_event] & (data.role == Role.SEEN)
        for thing in dict.fromkeys(data.thing[data.select(shipped)].tolist()):
            if is_class(data.names[thing]):
                continue  # its pieces are anywhere
            self._judged.judged += 1
            events = dict.fromkeys(data.mention_event[data.history(thing)].tolist())
            self._follow(thing, list(events))
        for (reason, pair), things in self._told.items():
            self._judged.add(reason, pair, self._ground.names(things))
        return self._judged

    def _follow(self, thing: int, events: list[int]) -> None:
        data = self._data
        end = self._ended.get(thing, data.count)
        is_batch = bool(data.is_batch[thing])
        received, shipped = NONE, NONE
        since: set[str] = set()
        places: set[str] = set()
        for event in events:
            if data.rank[event] > end:
                return
            if self._out[event]:
                known = places if is_batch else since
                self._judge_origin(thing, event, received, known)
                shipped = event
            elif self._back[event]:
                if shipped != NONE and not is_batch:
                    self._judge_end(thing, shipped, event)
                received, shipped = event, NONE
                since = set(self._ground.sites(event))
            elif not self._under_way[event]:
                shipped = NONE
                since |= self._ground.sites(event)
            places |= self._ground.sites(event)
        if shipped != NONE:
            self._judge_arrival(thing, shipped)

    def _judge_origin(
        self, thing: int, event: int, received: int, known: set[str]
    ) -> None:
        if received == NONE:
            return
        here = self._ground.sites(event)
        if not (here and self._ground.sites(received)):
            self._judged.missing["place"] += 1
            return
        if here & known:
            return
        if is_same_shipment(self._ground, event, received):
            return  # received before it was shipped: the rule of time order says so
        self._tell("shipped-from-elsewhere", thing, received, event)

    def _judge_end(self, thing: int, shipped: int, received: int) -> None:
        named = self._ends(shipped)
        reached = self._ends(received)
        types = {kind for kind, _ in named} & {kind for kind, _ in reached}
        if any(
            {i for k, i in named if k == kind}.isdisjoint(
                {i for k, i in reached if k == kind}
            )
            for kind in types
        ):
            self._tell("other-destination", thing, shipped, received)

    def _ends(self, event: int) -> frozenset[tuple[str, str]]:
        """Return the destinations of an event, doors and rooms left out."""
        ends = route(self._data.detail(event).destinations)
        return frozenset((kind, self._ground.site(each)) for kind, each in ends)

    @cached_property
    def _reporting(self) -> set[str]:
        """Places and parties whose own records of arriving goods are here."""
        data, found = self._data, set[str]()
        settled = ~self._out & ~self._under_way & data.counts
        for event in np.flatnonzero(settled).tolist():
            found |= self._ground.sites(event)
        for event in np.flatnonzero(self._back & data.counts).tolist():
            found.update(each for _, each in self._ends(event))
        return found

    def _judge_arrival(self, thing: int, shipped: int) -> None:
        data = self._data
        time = int(data.time[shipped])
        if time == NO_TIME or self._ground.last_time - time <= self._limit:
            return
        if self._is_used_after(thing, shipped):
            return
        ends = {each for _, each in self._ends(shipped)}
        if not (ends & self._reporting if ends else self._back.any()):
            self._judged.missing["arrivals"] += 1
            return
        self._tell("never-received", thing, shipped)

    def _is_used_after(self, thing: int, shipped: int) -> bool:
        """Return whether things that were inside go on without their container."""
        data = self._data
        rank = int(data.rank[shipped])
        for stay in self._ground.containment.in_parent(thing):
            history = data.mention_event[data.history(stay.child)].tolist()
            if any(data.rank[e] > rank and not self._under_way[e] for e in history):
                return True
        return False

    def _tell(self, reason: str, thing: int, *events: int) -> None:
        self._told.setdefault((reason, events), []).append(thing)
