"""Runs all rules over complete events and turns their answers into a report.

Ids of DESIGN, section 5, that no rule here answers: ``double-financing``,
``cap-exceeded`` and ``conservation``. They need receivables, caps and balances, which
neutral trace events do not hold.
"""

from collections.abc import Callable, Sequence
from types import ModuleType

from explorer.model.blocks import NO_BLOCK
from explorer.model.verdicts import Inconsistency, RuleRow, Unjudged
from explorer.provenance.rules import (
    after_decommission,
    backdated_record,
    cloned_serial,
    custody_gap,
    disposition_conflict,
    double_aggregation,
    duplicate_evidence,
    expired_certificate,
    identifier_error,
    impossible_travel,
    mass_balance,
    missing_origin,
    offset_mismatch,
    role_violation,
    scan_pattern,
    segregation_of_duty,
    sensor_limit,
    step_missing,
    step_order,
    time_order,
    volume_plausibility,
)
from explorer.provenance.rules.base import Found, Judged, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground

Judge = Callable[[Ground, Settings], Judged]


def _rule(module: ModuleType) -> tuple[RuleSpec, Judge]:
    return module.SPEC, module.judge


RULES: tuple[tuple[RuleSpec, Judge], ...] = tuple(
    _rule(each)
    for each in (
        mass_balance,
        missing_origin,
        cloned_serial,
        impossible_travel,
        time_order,
        after_decommission,
        double_aggregation,
        custody_gap,
        role_violation,
        expired_certificate,
        disposition_conflict,
        backdated_record,
        duplicate_evidence,
        identifier_error,
        offset_mismatch,
        sensor_limit,
        volume_plausibility,
        scan_pattern,
        step_missing,
        step_order,
        segregation_of_duty,
    )
)
"""In the order of DESIGN, section 5."""

NOT_ANSWERED = ("double-financing", "cap-exceeded", "conservation")


def run_rules(
    ground: Ground, settings: Settings, paths: Sequence[str]
) -> tuple[list[Inconsistency], list[RuleRow]]:
    """Return all inconsistencies in the order of the rules, and what was judged.

    ``paths`` gives the path of each source file.
    """
    found: list[Inconsistency] = []
    rows: list[RuleRow] = []
    for spec, judge in RULES:
        judged = judge(ground, settings)
        reasons = {each.code: each for each in spec.reasons}
        for each in judged.found:
            reason = reasons[each.reason]
            place = _places(ground, each, paths)
            found.append(
                Inconsistency(
                    spec.id,
                    reason.severity,
                    reason.sentence,
                    place[0],
                    place[1],
                    each.items,
                    reason=reason.code,
                    detail=each.detail,
                    entries=place[2],
                    elsewhere=place[3],
                    loose=_loose(ground, each),
                )
            )
        rows.append(
            RuleRow(
                spec.id,
                spec.title,
                judged.total,
                judged.judged,
                tuple(
                    Unjudged(each.code, each.sentence, judged.missing[each.code])
                    for each in spec.missing
                    if judged.missing[each.code] > 0
                ),
                tuple(
                    (name, setting_text(getattr(settings, name)))
                    for name in spec.settings
                ),
            )
        )
    return found, rows


def setting_text(value: object) -> str:
    """Return a setting's value for people."""
    if value in ((), {}):
        return "–"
    return str(value)


def _loose(ground: Ground, found: Found) -> tuple[int, ...]:
    """Return the entries without a block that hold the events."""
    data = ground.data
    places = (
        int(data.entry[event])
        for event in found.events
        if data.block[event] == NO_BLOCK and data.entry[event] >= 0
    )
    return tuple(dict.fromkeys(places))


_Places = tuple[
    str,
    tuple[int, ...],
    tuple[tuple[int, int], ...],
    tuple[tuple[str, tuple[int, ...]], ...],
]


def _places(ground: Ground, found: Found, paths: Sequence[str]) -> _Places:
    """Return (path, positions there, ledger entries, positions in other files)."""
    data = ground.data
    by_source: dict[int, list[int]] = {}
    entries: dict[tuple[int, int], None] = {}
    for event in found.events:
        positions = by_source.setdefault(int(data.source[event]), [])
        positions.append(int(data.position[event]))
        if data.block[event] >= 0:
            entries[int(data.block[event]), int(data.entry[event])] = None
    sources = list(by_source)
    named = [paths[each] if 0 <= each < len(paths) else "" for each in sources]
    sets = [tuple(dict.fromkeys(by_source[each])) for each in sources]
    if not sources:
        return "", (), (), ()
    others = tuple(zip(named[1:], sets[1:], strict=True))
    return named[0], sets[0], tuple(entries), others
