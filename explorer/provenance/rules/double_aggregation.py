"""Double aggregation: one thing inside two containers at once."""

from explorer.model.checks import Severity
from explorer.provenance.rules.base import Judged, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground

SPEC = RuleSpec(
    "double-aggregation",
    "A thing is in one container at a time",
    "A single thing is put into, or observed in, a container while no event has taken "
    "it out of another one. Attachments (association events) and lots are not judged.",
    "aggregation events with parent and children",
    (),
    (
        Reason(
            "inside-two",
            Severity.WARNING,
            "It was put into a container without having left another.",
        ),
        Reason(
            "seen-elsewhere",
            Severity.WARNING,
            "It was observed in a container while it was inside another.",
        ),
    ),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return clashes of containers, those of the same two events together."""
    judged = Judged()
    judged.judged = len(ground.containment.stays)
    told: dict[tuple[int, int, bool], list[int]] = {}
    for each in ground.containment.clashes:
        told.setdefault((each.first, each.second, each.is_seen), []).append(each.child)
    for (first, second, is_seen), things in told.items():
        reason = "seen-elsewhere" if is_seen else "inside-two"
        judged.add(reason, (first, second), ground.names(things))
    return judged
