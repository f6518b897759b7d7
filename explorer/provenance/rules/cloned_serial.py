"""Cloned serial: one serial number begins, or is sold, more than once."""

from explorer.model.checks import Severity
from explorer.model.events import EventKind
from explorer.provenance.event_table import KINDS, NO_TIME, Role
from explorer.provenance.rules.base import DAY_US, Judged, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground

SPEC = RuleSpec(
    "cloned-serial",
    "Every serial number begins once and is sold once",
    "A single thing is made (object event ADD, or output of a transformation) by two "
    "events that are not one process, nor an output and its commissioning at the same "
    "place within a day; or it is sold at retail twice without being "
    "returned or received in between.",
    "single things in object events ADD, outputs and retail_selling",
    (),
    (
        Reason(
            "made-twice",
            Severity.WARNING,
            "One serial number was made more than once.",
        ),
        Reason(
            "sold-twice",
            Severity.WARNING,
            "One serial number was sold more than once.",
        ),
    ),
)

_TRANSFORMATION = KINDS.index(EventKind.TRANSFORMATION)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return single things that were made or sold more than once."""
    judged = Judged()
    data = ground.data
    single = ~data.is_batch[data.thing]
    for thing, mentions in data.groups(data.select(ground.is_birth & single)):
        judged.judged += 1
        events = list(dict.fromkeys(int(data.mention_event[m]) for m in mentions))
        processes = {int(data.process[each]) for each in events}
        is_one = len(processes) == 1 and -1 not in processes
        if len(events) > 1 and not is_one and not _is_one_birth(ground, events):
            judged.add("made-twice", tuple(events), ground.names([thing]))
    sold = data.has_step("retail_selling")[data.mention_event]
    back = data.has_step("receiving", "accepting")[data.mention_event]
    traded = (sold | back) & single & (data.role == Role.SEEN)
    for thing, mentions in data.groups(data.select(traded)):
        before = -1
        for mention in mentions:
            event = int(data.mention_event[mention])
            if not sold[mention]:
                before = -1
                continue
            if before not in {-1, event}:
                judged.add("sold-twice", (before, event), ground.names([thing]))
            before = event
    return judged


def _is_one_birth(ground: Ground, events: list[int]) -> bool:
    """Return whether an output was commissioned too, where and when it was made."""
    if len(events) != 2:
        return False
    data = ground.data
    one, other = events
    are_outputs = [int(data.kind[each]) == _TRANSFORMATION for each in events]
    if are_outputs[0] == are_outputs[1] or NO_TIME in data.time[events]:
        return False
    is_near = abs(int(data.time[other]) - int(data.time[one])) <= DAY_US
    return is_near and bool(ground.sites(one) & ground.sites(other))
