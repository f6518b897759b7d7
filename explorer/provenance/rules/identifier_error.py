"""Identifier error: an identifier that cannot be what it says it is."""

import re
from itertools import pairwise

import numpy as np

from explorer.model.checks import Severity
from explorer.provenance.event_table import NO_TIME
from explorer.provenance.rules.base import Judged, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground, is_class

SPEC = RuleSpec(
    "identifier-error",
    "Identifiers are well formed and used once",
    "A GTIN, SSCC or GLN in a GS1 identifier (primary keys 01, 00, 414, 417 of a "
    "Digital Link) has a check digit other than the one of GS1 General Specifications, "
    "section 7.9. A lot is made again after longer than the setting. Prefixes and "
    "issued ranges are not known here and not judged.",
    "GS1 identifiers of things and places, times of production",
    ("lot_reuse",),
    (
        Reason(
            "check-digit",
            Severity.WARNING,
            "The check digit of an identifier does not fit its other digits.",
        ),
        Reason(
            "lot-reused",
            Severity.NOTE,
            "A lot number was used again after a long time.",
        ),
    ),
)

_KEY = re.compile(r"/(?:01/(\d{14})|00/(\d{18})|(?:414|417)/(\d{13}))(?:/|$)")


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return identifiers with a wrong check digit, and lots that come again."""
    judged = Judged()
    data = ground.data
    for thing, name in enumerate(data.names):
        if not _is_sound(name, judged):
            events = data.mention_event[data.history(thing)[:1]].tolist()
            if events:
                judged.add("check-digit", tuple(events), (name,))
    _judge_places(ground, judged)
    _judge_lots(ground, settings, judged)
    return judged


def _judge_places(ground: Ground, judged: Judged) -> None:
    data = ground.data
    first: dict[int, int] = {}
    active = data.order[data.counts[data.order]]
    for column in (data.read_point, data.location):
        places, at = np.unique(column[active], return_index=True)
        for place, index in zip(places.tolist(), at.tolist(), strict=True):
            if place >= 0:
                first.setdefault(place, int(active[index]))
    for place, event in first.items():
        name = data.text(place)
        if not _is_sound(name, judged):
            judged.add("check-digit", (event,), (name,))


def _judge_lots(ground: Ground, settings: Settings, judged: Judged) -> None:
    data = ground.data
    limit = settings.lot_reuse.total_seconds() * 1_000_000
    births = ground.birth_mentions
    for thing, mentions in data.groups(births[data.is_batch[data.thing[births]]]):
        if is_class(data.names[thing]):
            continue
        events = [int(data.mention_event[each]) for each in mentions]
        timed = [each for each in events if data.time[each] != NO_TIME]
        for first, second in pairwise(timed):
            if int(data.time[second]) - int(data.time[first]) > limit:
                judged.add("lot-reused", (first, second), ground.names([thing]))


def _is_sound(name: str, judged: Judged) -> bool:
    found = _KEY.search(name) if "/" in name else None
    if found is None:
        return True
    judged.judged += 1
    digits = next(each for each in found.groups() if each)
    body = digits[-2::-1]
    total = sum(int(each) * (1 if at % 2 else 3) for at, each in enumerate(body))
    return (10 - total % 10) % 10 == int(digits[-1])
