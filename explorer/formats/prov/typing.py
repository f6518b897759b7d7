"""What is of which kind, and what cannot be.

W3C PROV-CONSTRAINTS, section 6.3 (constraint 50, typing) and section 6.4 (51 to 56,
impossibility), after terms were made equal.
"""

from collections import defaultdict
from collections.abc import Iterator

from explorer.formats.prov import specs
from explorer.formats.prov.facts import Fact, Facts
from explorer.formats.prov.terms import Term
from explorer.model.checks import CheckResult, Outcome
from explorer.model.prov import ELEMENTS, PROV, Name
from explorer.model.prov import StatementKind as K

_ENTITY, _ACTIVITY, _EMPTY = "entity", "activity", "empty collection"

_TYPES: dict[K, dict[str, str]] = {
    K.GENERATION: {"entity": _ENTITY, "activity": _ACTIVITY},
    K.USAGE: {"entity": _ENTITY, "activity": _ACTIVITY},
    K.COMMUNICATION: {"informed": _ACTIVITY, "informant": _ACTIVITY},
    K.START: {"activity": _ACTIVITY, "trigger": _ENTITY, "starter": _ACTIVITY},
    K.END: {"activity": _ACTIVITY, "trigger": _ENTITY, "ender": _ACTIVITY},
    K.INVALIDATION: {"entity": _ENTITY, "activity": _ACTIVITY},
    K.DERIVATION: {
        "generatedEntity": _ENTITY,
        "usedEntity": _ENTITY,
        "activity": _ACTIVITY,
    },
    K.ATTRIBUTION: {"entity": _ENTITY},
    K.ASSOCIATION: {"activity": _ACTIVITY, "plan": _ENTITY},
    K.DELEGATION: {"activity": _ACTIVITY},
    K.SPECIALIZATION: {"specificEntity": _ENTITY, "generalEntity": _ENTITY},
    K.ALTERNATE: {"alternate1": _ENTITY, "alternate2": _ENTITY},
    K.MEMBERSHIP: {"collection": _ENTITY, "entity": _ENTITY},
    K.MENTION: {
        "specificEntity": _ENTITY,
        "generalEntity": _ENTITY,
        "bundle": _ENTITY,
    },
}
_EXCLUSIVE = (
    *(K.GENERATION, K.USAGE, K.COMMUNICATION, K.START, K.END, K.INVALIDATION),
    *(K.DERIVATION, K.ATTRIBUTION, K.ASSOCIATION, K.DELEGATION),
)
"""Relations of which no two share an identifier; an influence may repeat another."""


def type_results(facts: Facts) -> list[CheckResult]:
    """Return what is entity and activity, and empty collections with members."""
    known: dict[Term, dict[str, Fact]] = defaultdict(dict)
    for term, kind, fact in _typed(facts):
        known[facts.terms.find(term)].setdefault(kind, fact)
    results = [
        _failed(facts, specs.TYPES, "c55-entity-and-activity", term, by_kind[_ACTIVITY])
        for term, by_kind in known.items()
        if {_ENTITY, _ACTIVITY} <= by_kind.keys() and not facts.terms.is_null(term)
    ]
    for fact in facts.by_kind[K.MEMBERSHIP]:
        term = facts.terms.find(fact.arguments["collection"])
        if _EMPTY in known[term]:
            results.append(
                _failed(facts, specs.TYPES, "c56-member-of-empty", term, fact)
            )
    return results


def impossible_results(facts: Facts) -> list[CheckResult]:
    """Return statements that say what cannot be."""
    return [
        *_derivations_without_activity(facts),
        *_own_specializations(facts),
        *_shared_identifiers(facts),
    ]


def _typed(facts: Facts) -> Iterator[tuple[Term, str, Fact]]:
    for fact in facts.of(K.ENTITY):
        yield fact.id, _ENTITY, fact
        types = fact.statement.values("type")
        if any(
            isinstance(v, Name) and v.iri == PROV + "EmptyCollection" for v in types
        ):
            yield fact.id, _EMPTY, fact
    for fact in facts.of(K.ACTIVITY):
        yield fact.id, _ACTIVITY, fact
    for kind, types_of in _TYPES.items():
        for fact in facts.by_kind[kind]:
            for name, found in types_of.items():
                yield fact.arguments[name], found, fact


def _derivations_without_activity(facts: Facts) -> Iterator[CheckResult]:
    null = facts.terms.is_null
    for fact in facts.by_kind[K.DERIVATION]:
        given = fact.arguments
        is_partly = not (null(given["generation"]) and null(given["usage"]))
        if null(given["activity"]) and is_partly:
            reason = "c51-derivation-without-activity"
            yield _failed(facts, specs.IMPOSSIBLE, reason, fact.id, fact)


def _own_specializations(facts: Facts) -> Iterator[CheckResult]:
    """Yield specializations that lie on a cycle: by inference 19, of themselves."""
    out: dict[Term, set[Term]] = defaultdict(set)
    relations = facts.of(K.SPECIALIZATION, K.MENTION)
    ends = [
        (
            facts.terms.find(fact.arguments["specificEntity"]),
            facts.terms.find(fact.arguments["generalEntity"]),
        )
        for fact in relations
    ]
    into: dict[Term, set[Term]] = defaultdict(set)
    for specific, general in ends:
        out[specific].add(general)
        into[general].add(specific)
    # what has nothing before it, or nothing behind it, lies on no cycle
    leaf = [term for term in {*out, *into} if not out[term] or not into[term]]
    while leaf:
        term = leaf.pop()
        for there, back in ((out, into), (into, out)):
            for other in there.pop(term, set()):
                back[other].discard(term)
                if not back[other]:
                    leaf.append(other)
    for fact, (specific, general) in zip(relations, ends, strict=True):
        if general in out.get(specific, ()):
            reason = "c52-specialization-of-itself"
            yield _failed(facts, specs.IMPOSSIBLE, reason, specific, fact)


def _shared_identifiers(facts: Facts) -> Iterator[CheckResult]:
    things = {facts.terms.find(fact.id) for fact in facts.of(*ELEMENTS)}
    seen: dict[Term, K] = {}
    for fact in facts.of(*_EXCLUSIVE, K.INFLUENCE):
        if not fact.is_told:
            continue
        term = facts.terms.find(fact.id)
        if term in things:
            reason = "c54-thing-and-relation"
            yield _failed(facts, specs.IMPOSSIBLE, reason, term, fact)
        if fact.kind in _EXCLUSIVE and seen.setdefault(term, fact.kind) != fact.kind:
            yield _failed(facts, specs.IMPOSSIBLE, "c53-two-relations", term, fact)


def _failed(
    facts: Facts, check: str, reason: str, term: Term, fact: Fact
) -> CheckResult:
    return CheckResult(
        check,
        Outcome.FAILED,
        reason,
        entry=fact.entry,
        spans=(fact.statement.span,),
        detail=facts.terms.shown(term),
    )
