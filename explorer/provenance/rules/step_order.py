"""Step order: a step that must have come before came after."""

from explorer.model.checks import Severity
from explorer.provenance.event_table import NO_TIME
from explorer.provenance.rules.base import Judged, Missing, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground
from explorer.provenance.rules.steps import needs

SPEC = RuleSpec(
    "step-order",
    "Steps follow one another as set",
    "For each pair (step, needed step) that the user set: a thing has the step, the "
    "needed step is recorded of it or of what it was made from, and every time it is "
    "later.",
    "steps, event times; pairs set by the user",
    ("needed_before",),
    (
        Reason(
            "needed-step-later",
            Severity.WARNING,
            "The step that must come before came after.",
        ),
    ),
    (
        Missing("sequence", "No sequence of steps is set."),
        Missing("event-time", "An event states no time."),
    ),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return steps whose needed step comes only afterwards."""
    judged = Judged()
    data = ground.data
    if not settings.needed_before:
        judged.missing["sequence"] += int(data.counts.any())
    for each in needs(ground, settings.needed_before):
        times = [int(data.time[event]) for event in each.found]
        if NO_TIME in times or data.time[each.event] == NO_TIME:
            judged.missing["event-time"] += 1
        elif times:
            judged.judged += 1
            if min(times) > int(data.time[each.event]):
                first = min(each.found, key=lambda event: int(data.time[event]))
                detail = f"{each.step} ← {each.needed}"
                names = ground.names([each.thing])
                judged.add("needed-step-later", (each.event, first), names, detail)
    return judged
