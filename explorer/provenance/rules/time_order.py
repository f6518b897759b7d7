"""Time order: nothing is received before it was shipped, or used before it was made."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import numpy as np

from explorer.core.absent import Absent
from explorer.model.checks import Severity
from explorer.model.events import EventKind, Reference
from explorer.provenance.event_data import Bits
from explorer.provenance.event_table import NO_TIME, NONE, Role
from explorer.provenance.rules.base import (
    DAY_US,
    Judged,
    Missing,
    Reason,
    RuleSpec,
    Settings,
)
from explorer.provenance.rules.dates import moment_of
from explorer.provenance.rules.ground import Ground, is_class

SPEC = RuleSpec(
    "time-order",
    "Events of one thing follow one another as they must",
    "For one thing: receiving is not before the shipping that names the same parties "
    "or the same document; nothing but a business document names a thing before the "
    "event that makes it; taking out of a container is not before putting in. For one "
    "process: outputs are not before all inputs. A sensor reading is not later than "
    "the record that holds it, as far as clocks agree. Whole product classes, of which "
    "there may be old stock, are not judged. A harvest or production date is not more "
    "than a day after the event that it describes. Equal times are in order.",
    "event times, parties or documents of shipping and receiving, sensor times, dates "
    "in ILMD",
    ("early_record",),
    (
        Reason(
            "received-before-shipped",
            Severity.WARNING,
            "It was received before it was shipped.",
        ),
        Reason(
            "used-before-made",
            Severity.WARNING,
            "It was used or seen before the event that makes it.",
        ),
        Reason(
            "out-before-in",
            Severity.WARNING,
            "Something came out of a process before anything went in.",
        ),
        Reason(
            "unpacked-before-packed",
            Severity.WARNING,
            "It was taken out of a container before it was put in.",
        ),
        Reason(
            "measured-after-recorded",
            Severity.WARNING,
            "A sensor reading is later than the record that holds it.",
        ),
        Reason(
            "made-before-date",
            Severity.WARNING,
            "The date of harvest or production is after the event that it describes.",
        ),
    ),
    (Missing("event-time", "An event states no time."),),
)

_DATES = frozenset(
    {"harvestdate", "harveststartdate", "productiondate", "catchdate", "slaughterdate"}
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return events that stand in the wrong order."""
    judged = Judged()
    data = ground.data
    judged.missing["event-time"] = int(((data.time == NO_TIME) & data.counts).sum())
    _judge_shipping(ground, judged)
    _judge_births(ground, judged)
    _judge_processes(ground, judged)
    _judge_containers(ground, judged)
    clocks = settings.early_record // timedelta(microseconds=1)
    for event in data.details:
        if data.counts[event] and data.time[event] != NO_TIME:
            _judge_details(ground, event, clocks, judged)
    return judged


def route(references: Iterable[Reference]) -> frozenset[tuple[str, str]]:
    """Return typed ids as a set that can be compared."""
    return frozenset((each.type, each.id) for each in references)


def is_same_shipment(ground: Ground, shipping: int, receiving: int) -> bool:
    """Return whether both name the same document, or the same parties on both ends."""
    out, back = ground.data.detail(shipping), ground.data.detail(receiving)
    if route(out.references) & route(back.references):
        return True
    ends = (route(out.sources), route(out.destinations))
    return all(ends) and ends == (route(back.sources), route(back.destinations))


def _judge_shipping(ground: Ground, judged: Judged) -> None:
    data = ground.data
    event_of = data.mention_event
    out = data.has_step("shipping", "departing")[event_of]
    back = data.has_step("receiving", "arriving")[event_of]
    timed = (data.time != NO_TIME)[event_of] & (data.role != Role.CHILD)
    is_out = data.has_step("shipping", "departing")
    told: dict[tuple[int, int], list[int]] = {}
    for thing, mentions in data.groups(data.select((out | back) & timed)):
        judged.judged += 1
        before: list[int] = []
        for place, mention in enumerate(mentions):
            event = int(event_of[mention])
            if out[mention]:
                before.append(event)
                continue
            if any(is_same_shipment(ground, each, event) for each in before[-8:]):
                continue
            later = [int(event_of[m]) for m in mentions[place + 1 : place + 9]]
            shipping = _own_shipping(ground, event, later, is_out)
            if shipping != NONE:
                told.setdefault((event, shipping), []).append(thing)
    for (event, shipping), things in told.items():
        names = ground.names(things)
        judged.add("received-before-shipped", (event, shipping), names)


def _own_shipping(
    ground: Ground, receiving: int, later: Sequence[int], is_out: Bits
) -> int:
    """Return the later shipping that belongs to a receiving, or -1.

    A shipping that is received afterwards is another delivery of the same route.
    """
    data = ground.data
    same = [e for e in later if is_same_shipment(ground, e, receiving)]
    for at, event in enumerate(same):
        if is_out[event] and data.time[event] > data.time[receiving]:
            is_received = any(not is_out[each] for each in same[at + 1 :])
            return NONE if is_received else event
    return NONE


def _judge_births(ground: Ground, judged: Judged) -> None:
    data = ground.data
    event_of = data.mention_event
    first = np.full(len(data.names), np.iinfo(np.int64).max)
    births = np.flatnonzero(ground.is_birth & (data.counts & _timed(ground))[event_of])
    np.minimum.at(first, data.thing[births], data.time[event_of[births]])
    made = data.thing[births]
    for thing in np.unique(made[data.is_batch[made]]).tolist():
        if is_class(data.names[thing]):  # there may be old stock
            first[thing] = np.iinfo(np.int64).max
    tied = data.is_kind(EventKind.TRANSACTION)
    early = data.time[event_of] < first[data.thing]
    early &= (first != np.iinfo(np.int64).max)[data.thing]
    early &= (data.counts & ~tied & _timed(ground))[event_of] & ~ground.is_birth
    told: dict[tuple[int, ...], list[int]] = {}
    for thing, mentions in data.groups(data.select(early)):
        births_of = ground.births(thing)
        events = (*(int(event_of[m]) for m in mentions), int(event_of[births_of[0]]))
        told.setdefault(events, []).append(thing)
    judged.judged += int((first != np.iinfo(np.int64).max).sum())
    for events, things in told.items():
        judged.add("used-before-made", events, ground.names(things))


def _timed(ground: Ground) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    timed: np.ndarray[tuple[int], np.dtype[np.bool_]] = ground.data.time != NO_TIME
    return timed


def _judge_processes(ground: Ground, judged: Judged) -> None:
    data = ground.data
    for whole in ground.processes.values():
        events = [each for each in whole if data.time[each] != NO_TIME]
        used = [e for e in events if data.things_of(e, Role.INPUT)]
        made = [e for e in events if data.things_of(e, Role.OUTPUT)]
        if not used or not made:
            continue
        judged.judged += 1
        early = [e for e in made if data.time[e] < data.time[used[0]]]
        if early:
            things = [t for e in early for t in data.things_of(e, Role.OUTPUT)]
            judged.add("out-before-in", (*early, used[0]), ground.names(things))


def _judge_containers(ground: Ground, judged: Judged) -> None:
    data = ground.data
    told: dict[tuple[int, int], list[int]] = {}
    for event, child in ground.containment.unfounded:
        parents = data.things_of(event, Role.PARENT)
        later = (
            stay.first
            for stay in ground.containment.of(child)
            if stay.parent in parents and data.time[stay.first] > data.time[event]
        )
        first = next(later, NONE)
        was_inside = any(
            stay.parent in parents and data.rank[stay.first] < data.rank[event]
            for stay in ground.containment.of(child)
        )
        if first != NONE and not was_inside and data.time[event] != NO_TIME:
            told.setdefault((event, first), []).append(child)
    for events, things in told.items():
        judged.add("unpacked-before-packed", events, ground.names(things))


def _judge_details(ground: Ground, event: int, clocks: int, judged: Judged) -> None:
    data = ground.data
    details = data.detail(event)
    record = int(data.record_time[event])
    times = [
        each.time_us for each in details.sensors if not isinstance(each.time_us, Absent)
    ]
    if record != NO_TIME and times:
        judged.judged += 1
        if max(times) > record + clocks:
            names = ground.names(data.things_of(event))
            judged.add("measured-after-recorded", (event,), names)
    for each in details.ilmd:
        if each.local.lower() not in _DATES:
            continue
        moment = moment_of(each.value)
        if isinstance(moment, Absent):
            continue
        judged.judged += 1
        if moment > int(data.time[event]) + DAY_US:
            names = ground.names(data.things_of(event))
            judged.add("made-before-date", (event,), names, each.value[:40])
