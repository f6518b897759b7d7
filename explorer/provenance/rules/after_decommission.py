"""After decommission: something happens to a thing that exists no longer."""

from explorer.model.checks import Severity
from explorer.model.events import Action, EventKind
from explorer.provenance.event_table import NO_TIME, NONE, Role
from explorer.provenance.rules.base import Judged, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground

SPEC = RuleSpec(
    "after-decommission",
    "Nothing happens to a thing after its end",
    "A single thing was ended (object event DELETE, step decommissioning, destroying "
    "or retail_selling, disposition destroyed or retail_sold) and a later event names "
    "it. Not counted: bare observations such as scans, business documents, what "
    "follows when it was received or accepted back with disposition returned, and "
    "after a sale the service and the end of what was sold (repairing, replacing, "
    "collecting, disassembling, decommissioning, destroying).",
    "object events with action DELETE, steps, dispositions, event times",
    (),
    (
        Reason(
            "seen-after-end",
            Severity.WARNING,
            "An event names a thing after the record of its end.",
        ),
    ),
)

END_STEPS = ("decommissioning", "destroying", "retail_selling")
_AFTER_SALE = (
    "repairing",
    "replacing",
    "collecting",
    "disassembling",
    "decommissioning",
    "destroying",
)
END_DISPOSITIONS = ("destroyed", "retail_sold")


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return ended things with the event that ends them and those after it."""
    judged = Judged()
    told: dict[tuple[int, ...], list[int]] = {}
    for thing, end, later in lives_after(ground):
        judged.judged += 1
        if later:
            told.setdefault((end, *later), []).append(thing)
    for events, things in told.items():
        judged.add("seen-after-end", events, ground.names(things))
    return judged


def lives_after(ground: Ground) -> list[tuple[int, int, list[int]]]:
    """Return (thing, event that ends it, events after that) of each ended thing."""
    data = ground.data
    event_of = data.mention_event
    ended = data.is_kind(EventKind.OBJECT) & data.has_action(Action.DELETE)
    ended |= data.has_step(*END_STEPS)
    ended |= data.has_disposition(*END_DISPOSITIONS)
    single = ~data.is_batch[data.thing] & data.single
    ends = ended[event_of] & single & (data.role == Role.SEEN)
    bare = data.is_kind(EventKind.OBSERVATION, EventKind.TRANSACTION)
    sold = data.has_step("retail_selling") | data.has_disposition("retail_sold")
    served = data.has_step(*_AFTER_SALE)
    found: list[tuple[int, int, list[int]]] = []
    things = dict.fromkeys(data.thing[data.select(ends)].tolist())
    for thing in things:
        end, later = NONE, list[int]()
        for mention in data.history(thing).tolist():
            event = int(event_of[mention])
            if end == NONE:
                end = event if ends[mention] else NONE
            elif bare[event] or not _is_later(ground, event, end):
                continue
            elif sold[end] and served[event]:
                end = event if ends[mention] and not sold[event] else end
            elif not later and _is_return(ground, event):
                found.append((thing, end, []))
                end = NONE
            else:
                later.append(event)
        if end != NONE:
            found.append((thing, end, later))
    return found


def _is_later(ground: Ground, event: int, end: int) -> bool:
    time, limit = int(ground.data.time[event]), int(ground.data.time[end])
    return NO_TIME not in {time, limit} and time > limit


def _is_return(ground: Ground, event: int) -> bool:
    data = ground.data
    is_back = data.text(int(data.step[event])) in {"receiving", "accepting"}
    return is_back and data.text(int(data.disposition[event])) == "returned"
