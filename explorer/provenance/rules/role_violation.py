"""Role violation: a step by somebody whose role does not include it."""

import numpy as np

from explorer.model.checks import Severity
from explorer.provenance.rules.base import Judged, Missing, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground

SPEC = RuleSpec(
    "role-violation",
    "Every step is done by somebody whose role includes it",
    "Master data list the roles that may do a step; the first place or party of the "
    "event that has a role (read point, location, sources) has another one.",
    "roles of places and parties, roles allowed for each step",
    (),
    (
        Reason(
            "role-not-allowed",
            Severity.WARNING,
            "The step was done where the role of the place or party does not allow it.",
        ),
    ),
    (
        Missing("step-roles", "No master data say who may do which step."),
        Missing("role", "The role of the place or party is not known."),
    ),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return events whose step does not belong to the role of their place."""
    judged = Judged()
    data = ground.data
    allowed: dict[int, set[str]] = {}
    for each in ground.reference.step_roles:
        allowed.setdefault(data.word(each.step), set()).update(each.roles)
    if not allowed:
        judged.missing["step-roles"] += int(data.counts.any())
        return judged
    chosen = np.isin(data.step, list(allowed)) & data.counts
    for event in data.order[chosen[data.order]].tolist():
        role = ground.role_at(event)
        if not role:
            judged.missing["role"] += 1
            continue
        judged.judged += 1
        step = int(data.step[event])
        if role not in allowed[step]:
            names = ground.names(data.things_of(event))
            detail = f"{data.text(step)}: {role}"
            judged.add("role-not-allowed", (event,), names, detail)
    return judged
