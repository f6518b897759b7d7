"""Statements about one thing or event must agree.

W3C PROV-CONSTRAINTS, section 6.1, constraints 22 to 29, and W3C PROV-LINKS, section 3
(an entity mentions one other, in one bundle). Terms are made equal until nothing
changes; where two constants would have to be equal, that is a failure.
"""

from collections.abc import Iterator

from explorer.formats.prov import specs
from explorer.formats.prov.facts import Fact, Facts
from explorer.formats.prov.terms import Term
from explorer.model.checks import CheckResult, Outcome
from explorer.model.prov import StatementKind as K

MAX_ROUNDS = 64
"""How often everything is gone through; documents of people need two or three."""

_OBJECTS = (K.ENTITY, K.ACTIVITY, K.AGENT)
_PROPERTIES = (
    *(K.GENERATION, K.USAGE, K.COMMUNICATION, K.START, K.END, K.INVALIDATION),
    *(K.DERIVATION, K.ATTRIBUTION, K.ASSOCIATION, K.DELEGATION, K.INFLUENCE),
)
_EVENTS = (
    (K.GENERATION, ("entity", "activity"), "c24-unique-generation"),
    (K.INVALIDATION, ("entity", "activity"), "c25-unique-invalidation"),
    (K.START, ("activity", "starter"), "c26-unique-start"),
    (K.END, ("activity", "ender"), "c27-unique-end"),
)
_TIMES = (
    (K.START, "startTime", "c28-unique-start-time"),
    (K.END, "endTime", "c29-unique-end-time"),
)

Conflict = tuple[str, Fact, Fact, Term, Term]
"""(reason, first fact, second fact, their terms that cannot be equal)."""


def unique_results(facts: Facts) -> list[CheckResult]:
    """Make equal what must be, and return what cannot be made so."""
    found: dict[tuple[str, int, int], CheckResult] = {}
    for _ in range(MAX_ROUNDS):
        has_changed = False
        for reason, first, second, one, other in _demands(facts):
            answer = facts.terms.unify(one, other)
            has_changed = has_changed or answer is True
            if answer is False:
                key = (reason, first.entry, second.entry)
                found.setdefault(
                    key, _failed(facts, (reason, first, second, one, other))
                )
        if not has_changed:
            return list(found.values())
    return [
        *found.values(),
        CheckResult(specs.UNIQUE, Outcome.INCONCLUSIVE, "too-entangled"),
    ]


def _demands(facts: Facts) -> Iterator[Conflict]:
    """Yield every pair of terms that must be equal as far as is known now."""
    for kind in _OBJECTS:
        yield from _same_arguments(facts, kind, "c22-key-object")
    for kind in _PROPERTIES:
        yield from _same_arguments(facts, kind, "c23-key-properties")
    for kind, keys, reason in _EVENTS:
        yield from _same_events(facts, kind, keys, reason)
    for kind, time, reason in _TIMES:
        yield from _same_times(facts, kind, time, reason)
    mentions: dict[Term, Fact] = {}
    for fact in facts.by_kind[K.MENTION]:
        specific = facts.terms.find(fact.arguments["specificEntity"])
        first = mentions.setdefault(specific, fact)
        for each in ("generalEntity", "bundle"):
            one, other = first.arguments[each], fact.arguments[each]
            yield "unique-mention", first, fact, one, other


def _same_events(
    facts: Facts, kind: K, keys: tuple[str, ...], reason: str
) -> Iterator[Conflict]:
    seen: dict[tuple[Term, ...], Fact] = {}
    for fact in facts.by_kind[kind]:
        key = tuple(facts.terms.find(fact.arguments[each]) for each in keys)
        first = seen.setdefault(key, fact)
        if first is not fact:
            yield reason, first, fact, first.id, fact.id


def _same_arguments(facts: Facts, kind: K, reason: str) -> Iterator[Conflict]:
    seen: dict[Term, Fact] = {}
    for fact in facts.by_kind[kind]:
        first = seen.setdefault(facts.terms.find(fact.id), fact)
        if first is not fact:
            for name, term in first.arguments.items():
                yield reason, first, fact, term, fact.arguments[name]


def _same_times(facts: Facts, kind: K, time: str, reason: str) -> Iterator[Conflict]:
    activities: dict[Term, Fact] = {}
    for fact in facts.by_kind[K.ACTIVITY]:
        activities.setdefault(facts.terms.find(fact.id), fact)
    for fact in facts.by_kind[kind]:
        activity = activities.get(facts.terms.find(fact.arguments["activity"]))
        if activity is not None:
            one, other = activity.arguments[time], fact.arguments["time"]
            yield reason, activity, fact, one, other


def _failed(facts: Facts, conflict: Conflict) -> CheckResult:
    reason, first, second, one, other = conflict
    return CheckResult(
        specs.UNIQUE,
        Outcome.FAILED,
        reason,
        entry=second.entry,
        expected=facts.terms.shown(one),
        computed=facts.terms.shown(other),
        spans=(first.statement.span, second.statement.span),
        detail=facts.terms.shown(second.id),
    )
