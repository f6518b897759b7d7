"""Cloned serial: one serial number begins, or is sold, more than once."""

from explorer.model.checks import Severity
from explorer.provenance.event_table import Role
from explorer.provenance.rules.base import Judged, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground

SPEC = RuleSpec(
    "cloned-serial",
    "Every serial number begins once and is sold once",
    "A single thing is made (object event ADD, or output of a transformation) by two "
    "events that are not one process; or it is sold at retail twice without being "
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


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return single things that were made or sold more than once."""
    judged = Judged()
    data = ground.data
    single = ~data.is_batch[data.thing]
    for thing, mentions in data.groups(data.select(ground.is_birth & single)):
        judged.judged += 1
        events = list(dict.fromkeys(int(data.mention_event[m]) for m in mentions))
        processes = {int(data.process[each]) for each in events}
        if len(events) > 1 and (len(processes) > 1 or -1 in processes):
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
