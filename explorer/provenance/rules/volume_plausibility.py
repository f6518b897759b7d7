"""Volume plausibility: a place yields more than it can."""

from decimal import Decimal

from explorer.core.absent import Absent
from explorer.model.checks import Severity
from explorer.provenance.event_table import NO_TIME
from explorer.provenance.rules.base import Judged, Missing, Reason, RuleSpec, Settings
from explorer.provenance.rules.dates import shown_us
from explorer.provenance.rules.ground import Ground, shown
from explorer.provenance.units import KILOGRAM, measure

SPEC = RuleSpec(
    "volume-plausibility",
    "No place yields more than it can",
    "The kilograms that begin (object event ADD) at one place in one calendar year "
    "(UTC) are at most the limit that the user set for that place. Seasons and daily "
    "throughput are not judged.",
    "amounts, read points or locations, event times; limits set by the user",
    ("place_limits_kg",),
    (
        Reason(
            "more-than-place-yields",
            Severity.WARNING,
            "More began at a place in one year than the limit set for it.",
        ),
    ),
    (Missing("limit", "No limit is set for any place."),),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return places and years above their limit."""
    judged = Judged()
    data = ground.data
    if not settings.place_limits_kg:
        judged.missing["limit"] += int(len(ground.birth_mentions) > 0)
        return judged
    totals: dict[tuple[str, str], Decimal] = {}
    events: dict[tuple[str, str], list[int]] = {}
    for mention in ground.birth_mentions.tolist():
        event = int(data.mention_event[mention])
        amount = data.amount_of(mention)
        place = data.text(int(data.place[event]))
        if place not in settings.place_limits_kg or isinstance(amount, Absent):
            continue
        base, kilograms = measure(amount, data.text(int(data.unit[mention])))
        if base == KILOGRAM and data.time[event] != NO_TIME:
            key = (place, shown_us(int(data.time[event]))[:4])
            totals[key] = totals.get(key, Decimal(0)) + kilograms
            events.setdefault(key, []).append(event)
    for (place, year), total in totals.items():
        judged.judged += 1
        limit = settings.place_limits_kg[place]
        if total > limit:
            detail = f"{year}: {shown(total)} kg > {shown(limit)} kg"
            some = tuple(sorted(events[place, year]))
            judged.add("more-than-place-yields", some, (place,), detail)
    return judged
