"""Disposition conflict: what was recalled, stolen or expired goes on into trade."""

from collections.abc import Iterator

from explorer.core.absent import Absent
from explorer.model.checks import Severity
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
    "it or packed in it, is sold, dispensed or shipped (disposition returned "
    "excepted). Things that had been sold before the recall are listed too, as a "
    "note. A thing is sold more than a day after its expiry date.",
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
_EXPIRY = frozenset({"itemexpirationdate", "expirationdate", "expirydate", "usebydate"})


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return trade in things that must not be traded."""
    judged = Judged()
    for flag, first, spans in _flagged(ground):
        judged.judged += 1
        _judge_flag(ground, flag, first, spans, judged)
    _judge_expiry(ground, judged)
    return judged


class _Span:
    """Things that one event flags, and the rank at which it ends for each."""

    def __init__(self, rank: int) -> None:
        self.rank = rank
        self.until: dict[int, int] = {}


def _flagged(ground: Ground) -> list[tuple[str, int, _Span]]:
    """Return (flag, event that sets it, its things) in order of time."""
    data = ground.data
    by_disposition = data.has_disposition(*STICKY)
    special = {
        event
        for event, each in data.details.items()
        if each.set_dispositions or each.unset_dispositions
    }
    special.update(by_disposition.nonzero()[0].tolist())
    found: list[tuple[str, int, _Span]] = []
    holding: dict[tuple[str, int], _Span] = {}
    for event in sorted(special, key=lambda each: int(data.rank[each])):
        if not data.counts[event]:
            continue
        rank, detail = int(data.rank[event]), data.detail(event)
        own = data.text(int(data.disposition[event]))
        things = data.things_of(event, Role.SEEN, Role.PARENT, Role.OUTPUT)
        for flag in detail.unset_dispositions:
            for thing in things:
                span = holding.pop((flag, thing), None)
                if span is not None:
                    span.until[thing] = rank
        for flag in dict.fromkeys((*detail.set_dispositions, own)):
            fresh = [each for each in things if (flag, each) not in holding]
            if flag in STICKY and fresh:
                span = _Span(rank)
                span.until = dict.fromkeys(fresh, data.count)
                holding |= dict.fromkeys(((flag, each) for each in fresh), span)
                found.append((flag, event, span))
    return found


def _judge_flag(
    ground: Ground, flag: str, first: int, span: _Span, judged: Judged
) -> None:
    data = ground.data
    trade, sale = data.has_step(*_TRADE), data.has_step(*_SALE)
    after: dict[int, list[int]] = {}
    sold: dict[int, list[int]] = {}
    for thing, event, until in _history_of(ground, first, span):
        rank = int(data.rank[event])
        if trade[event] and span.rank < rank < until:
            after.setdefault(event, []).append(thing)
        elif sale[event] and rank < span.rank:
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
    returned = data.has_disposition("returned")
    for origin, until in span.until.items():
        for thing in made_from(ground, [origin]):
            for event in data.mention_event[data.history(thing)].tolist():
                if event != first and not returned[event]:
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
