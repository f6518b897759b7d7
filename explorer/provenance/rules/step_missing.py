"""Step missing: a step that must have come before is not recorded at all."""

from explorer.model.checks import Severity
from explorer.provenance.rules.base import Judged, Missing, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground
from explorer.provenance.rules.steps import needs

SPEC = RuleSpec(
    "step-missing",
    "Every step has the steps that it needs",
    "For each pair (step, needed step) that the user set: a thing has the step, and "
    "neither it nor anything it was made from has the needed step at any time.",
    "steps; pairs set by the user",
    ("needed_before",),
    (
        Reason(
            "needed-step-missing",
            Severity.WARNING,
            "A step is recorded without the step that it needs.",
        ),
    ),
    (Missing("sequence", "No sequence of steps is set."),),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return steps whose needed step is nowhere."""
    judged = Judged()
    if not settings.needed_before:
        judged.missing["sequence"] += int(ground.data.counts.any())
    for each in needs(ground, settings.needed_before):
        judged.judged += 1
        if not each.found:
            detail = f"{each.step} ← {each.needed}"
            names = ground.names([each.thing])
            judged.add("needed-step-missing", (each.event,), names, detail)
    return judged
