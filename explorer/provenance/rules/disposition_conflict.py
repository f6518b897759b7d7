"""Disposition conflict: what was recalled, stolen or expired goes on into trade."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from explorer.core.absent import Absent
from explorer.model.checks import Severity
from explorer.provenance.event_data import Bits
from explorer.provenance.event_table import NO_TIME, Role
from explorer.provenance.rules.base import DAY_US, Judged, Reason, RuleSpec, Settings
from explorer.provenance.rules.dates import moment_of
from explorer.provenance.rules.descent import made_from
from explorer.provenance.rules.ground import Ground

SPEC = RuleSpec(
    "disposition-conflict",
    "What was recalled, stolen or expired is not traded",
    "A thing is set recalled, stolen or expired (persistent disposition, or the "
    "disposition of an event); after that, without unset, it, or something made from "
    "it or packed in it, is sold, dispensed or shipped (what is shipped with "
    "disposition returned, recalled or the like goes back openly and is excepted). A "
    "disposition of an event, unlike a persistent one, also ends with a later one of "
    "active, available, conformant or sellable_accessible outside of trade. Things "
    "that had been sold before the recall are listed too, as a note. A thing is sold "
    "more than a day after its expiry date.",
    "persistent dispositions, dispositions, steps, event times, expiry in ILMD",
    (),
    (
        Reason(
            "traded-after",
            Severity.WARNING,
            "It was sold or shipped after it had been recalled, stolen or expired.",
        ),
        Reason(
            "sold-before-recall",
            Severity.NOTE,
            "It had already been sold when it was recalled.",
        ),
        Reason(
            "sold-after-expiry",
            Severity.WARNING,
            "It was sold after its expiry date.",
        ),
    ),
)

STICKY = ("recalled", "stolen", "expired")
_TRADE = ("retail_selling", "dispensing", "shipping")
_SALE = ("retail_selling", "dispensing")
_BACK = (*STICKY, "returned", "non_sellable_other", "damaged", "disposed", "destroyed")
"""What is shipped so is openly sent back or away."""
_CLEARED = ("active", "available", "conformant", "sellable_accessible")
_EXPIRY = frozenset({"itemexpirationdate", "expirationdate", "expirydate", "usebydate"})


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return trade in things that must not be traded."""
    judged = Judged()
    steps = _Steps.of(ground)
    for flag, first, spans in _flagged(ground):
        judged.judged += 1
        _judge_flag(ground, flag, first, spans, steps, judged)
    _judge_expiry(ground, judged)
    return judged


class _Steps(NamedTuple):
    """Which events are trade; worked out once for all flags."""

    trade: Bits
    sale: Bits
    returned: Bits

    @classmethod
    def of(cls, ground: Ground) -> "_Steps":
        data = ground.data
        returned = data.has_disposition(*_BACK) & data.has_step("shipping")
        returned |= data.has_disposition("returned")
        return cls(data.has_step(*_TRADE), data.has_step(*_SALE), returned)


class _Span:
    """Things that one event flags, and the rank at which it ends for each."""

    def __init__(self, rank: int) -> None:
        self.rank = rank
        self.until: dict[int, int] = {}


class _Flags:
    """Which things are flagged, while events are gone through in order of time."""

    def __init__(self, ground: Ground) -> None:
        self._data = ground.data
        self._trade = ground.data.has_step(*_TRADE)
        self._holding: dict[tuple[str, int], _Span] = {}
        self._lasting: set[tuple[str, int]] = set()
        """Set as persistent dispositions: only an unset ends them."""
        self.found: list[tuple[str, int, _Span]] = []

    def take(self, event: int) -> None:
        """End and begin flags as one event says."""
        data, detail = self._data, self._data.detail(event)
        rank, own = int(data.rank[event]), data.text(int(data.disposition[event]))
        things = data.things_of(event, Role.SEEN, Role.PARENT, Role.OUTPUT)
        for key in ((flag, t) for flag in detail.unset_dispositions for t in things):
            self._lasting.discard(key)
            self._end(key, rank)
        if own in _CLEARED and not self._trade[event]:
            for key in ((flag, thing) for flag in STICKY for thing in things):
                if key not in self._lasting:
                    self._end(key, rank)
        for flag in dict.fromkeys((*detail.set_dispositions, own)):
            if flag in STICKY:
                self._begin(flag, event, things)
            if flag in detail.set_dispositions:
                self._lasting.update((flag, thing) for thing in things)

    def _begin(self, flag: str, event: int, things: list[int]) -> None:
        data = self._data
        fresh = [each for each in things if (flag, each) not in self._holding]
        if fresh:
            span = _Span(int(data.rank[event]))
            span.until = dict.fromkeys(fresh, data.count)
            self._holding |= dict.fromkeys(((flag, each) for each in fresh), span)
            self.found.append((flag, event, span))

    def _end(self, key: tuple[str, int], rank: int) -> None:
        span = self._holding.pop(key, None)
        if span is not None:
            span.until[key[1]] = rank


def _flagged(ground: Ground) -> list[tuple[str, int, _Span]]:
    """Return (flag, event that sets it, its things) in order of time."""
    data = ground.data
    special = {
        event
        for event, each in data.details.items()
        if each.set_dispositions or each.unset_dispositions
    }
    special.update(np.flatnonzero(data.has_disposition(*STICKY)).tolist())
    if special:
        special.update(np.flatnonzero(data.has_disposition(*_CLEARED)).tolist())
    flags = _Flags(ground)
    for event in sorted(special, key=lambda each: int(data.rank[each])):
        if data.counts[event]:
            flags.take(event)
    return flags.found


def _judge_flag(
    ground: Ground, flag: str, first: int, span: _Span, steps: _Steps, judged: Judged
) -> None:
    data = ground.data
    after: dict[int, list[int]] = {}
    sold: dict[int, list[int]] = {}
    for thing, event, until in _history_of(ground, first, span):
        rank = int(data.rank[event])
        if steps.returned[event]:
            continue
        if steps.trade[event] and span.rank < rank < until:
            after.setdefault(event, []).append(thing)
        elif steps.sale[event] and rank < span.rank:
            sold.setdefault(event, []).append(thing)
    for event, things in after.items():
        judged.add("traded-after", (first, event), ground.names(things), flag)
    if sold and flag == "recalled":
        things = [each for some in sold.values() for each in some]
        names = ground.names([*span.until, *things])
        detail = f"{flag}: {len(dict.fromkeys(things))}"
        judged.add("sold-before-recall", (first, *sold), names, detail)


def _history_of(
    ground: Ground, first: int, span: _Span
) -> Iterator[tuple[int, int, int]]:
    """Yield (thing, event, rank where its flag ends) of all that a flag concerns."""
    data = ground.data
    for origin, until in span.until.items():
        for thing in made_from(ground, [origin]):
            for event in data.mention_event[data.history(thing)].tolist():
                if event != first:
                    yield thing, event, until


def _judge_expiry(ground: Ground, judged: Judged) -> None:
    data = ground.data
    sale = data.has_step(*_SALE)
    for event, detail in data.details.items():
        dates = [
            moment_of(each.value)
            for each in detail.ilmd
            if each.local.lower() in _EXPIRY
        ]
        known = [each for each in dates if not isinstance(each, Absent)]
        if not known or not data.counts[event]:
            continue
        for thing in data.things_of(event, Role.SEEN, Role.OUTPUT):
            judged.judged += 1
            for later in data.mention_event[data.history(thing)].tolist():
                time = int(data.time[later])
                if sale[later] and time != NO_TIME and time > min(known) + DAY_US:
                    names = ground.names([thing])
                    judged.add("sold-after-expiry", (event, later), names)
