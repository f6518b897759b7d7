"""Missing origin: a thing is used or seen, and no record makes it."""

import re

import numpy as np

from explorer.model.checks import Severity
from explorer.model.events import EventKind
from explorer.provenance.event_table import Role
from explorer.provenance.rules.base import Judged, Missing, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground, is_class

SPEC = RuleSpec(
    "missing-origin",
    "Every thing that is used has a record that makes it",
    "A single thing or lot that an active event uses, sees or packs has no object "
    "event ADD and is no output of a transformation anywhere in these files. "
    "Containers (things that others are put into, logistic units, assets), devices "
    "that are attached, documents, places, people and whole product classes are not "
    "judged; nor is anything where no event makes anything.",
    "object events with action ADD, outputs of transformations",
    (),
    (
        Reason(
            "origin-not-in-files",
            Severity.WARNING,
            "The records use this but none of them makes it: its origin is not in "
            "these files.",
        ),
    ),
    (Missing("nothing-made", "No event in these files makes anything."),),
)

_OTHERS = re.compile(
    r"https://id\.gs1\.org/(?:00|253|255|401|402|414|417|8003|8004|8017|8018)/"
    r"|urn:epc:(?:id|idpat):(?:sscc|grai|giai|sgln|pgln|gdti|sgcn|gsrnp?|gsin|ginc):"
)
"""Containers, assets, documents, places and people."""


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return things without an origin, those that begin in one event together."""
    judged = Judged()
    data = ground.data
    if not len(ground.birth_mentions):
        judged.missing["nothing-made"] += int(data.counts.any())
        return judged
    named = np.zeros(len(data.names), dtype=np.bool_)
    tied = data.is_kind(
        EventKind.TRANSACTION, EventKind.OBSERVATION, EventKind.ASSOCIATION
    )
    usual = data.counts[data.mention_event] & ~tied[data.mention_event]
    named[data.thing[usual]] = True
    named[data.thing[data.role == Role.PARENT]] = False
    made = np.unique(data.thing[ground.birth_mentions])
    named[made] = False
    groups: dict[int, list[int]] = {}
    for thing in np.flatnonzero(named).tolist():
        if _is_judged(data.names[thing]):
            first = int(data.mention_event[data.history(thing)[0]])
            groups.setdefault(first, []).append(thing)
    judged.judged = len(made) + sum(map(len, groups.values()))
    for event, things in sorted(groups.items()):
        judged.add("origin-not-in-files", (event,), ground.names(things))
    return judged


def _is_judged(name: str) -> bool:
    return _OTHERS.match(name) is None and not is_class(name)
