"""Events must have happened in some order: a search for cycles with a strict edge.

W3C PROV-CONSTRAINTS, section 6.2, constraints 30 to 49. All generations of one entity
are simultaneous (39), likewise its invalidations (40), the starts (31) and the ends
(32) of one activity: each is one node. An edge says *not after*; only that of a
derivation (42) says *before*. A cycle through it cannot have happened. Times as written
are not compared: the standard does not.
"""

from collections import defaultdict, deque
from collections.abc import Iterator

from explorer.formats.prov import specs
from explorer.formats.prov.facts import Fact, Facts
from explorer.formats.prov.terms import Term
from explorer.model.checks import CheckResult, Outcome
from explorer.model.prov import StatementKind as K

Event = tuple[str, Term]
"""(what happened, to what): ``("generation", entity)``."""

_MADE, _GONE, _BEGUN, _ENDED, _USED = (
    "generation",
    "invalidation",
    "start",
    "end",
    "usage",
)
# Specialization orders entities of which no event is known, too: they pass it on.
_MADE_BY_KIND, _GONE_BY_KIND = "generation of what it is", "invalidation of what it is"

MAX_SHOWN = 12
"""Longest cycle that is told in words."""

MAX_CYCLES_SHOWN = 20
"""So many cycles are told in words; of others the derivation alone."""


def order_results(facts: Facts) -> list[CheckResult]:
    """Return each derivation that lies on a cycle of events."""
    graph = _Graph(facts)
    parts = _components(graph.edges)
    found = [
        (before, after, fact)
        for before, after, fact in graph.strict
        if parts.get(before) is not None and parts.get(before) == parts.get(after)
    ]
    results = []
    for number, (before, after, fact) in enumerate(found):
        is_told = number < MAX_CYCLES_SHOWN and before != after
        way = _way(graph.edges, after, before) if is_told else []
        results.append(_failed(facts, fact, [before, *way]))
    return results


class _Graph:
    """Which events are known to have happened, and which not after which."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._find = facts.terms.find
        self._known: set[Event] = set(self._happened())
        self.edges: dict[Event, set[Event]] = defaultdict(set)
        self.strict: list[tuple[Event, Event, Fact]] = []
        for before, after in self._orders():
            if before in self._known and after in self._known:
                self.edges[before].add(after)
        for before, after in self._kinds():
            self.edges[before].add(after)
        self._derivations()

    def _event(self, what: str, fact: Fact, name: str) -> Event:
        return what, self._find(fact.arguments[name])

    def _happened(self) -> Iterator[Event]:
        """Yield events that are told, or must be by inferences 7 to 13."""
        facts, find = self._facts, self._find
        for fact in facts.by_kind[K.ENTITY]:
            yield from ((_MADE, find(fact.id)), (_GONE, find(fact.id)))
        for fact in facts.by_kind[K.ACTIVITY]:
            yield from ((_BEGUN, find(fact.id)), (_ENDED, find(fact.id)))
        for kind, what, name in (
            (K.GENERATION, _MADE, "entity"),
            (K.INVALIDATION, _GONE, "entity"),
            (K.START, _BEGUN, "activity"),
            (K.END, _ENDED, "activity"),
            (K.START, _MADE, "trigger"),
            (K.END, _MADE, "trigger"),
            (K.ATTRIBUTION, _MADE, "entity"),
        ):
            for fact in facts.by_kind[kind]:
                yield self._event(what, fact, name)
        for fact in facts.by_kind[K.USAGE]:
            yield _USED, find(fact.id)

    def _orders(self) -> Iterator[tuple[Event, Event]]:
        for what, term in tuple(self._known):
            if what == _BEGUN:
                yield (_BEGUN, term), (_ENDED, term)  # 30
            if what == _MADE:
                yield (_MADE, term), (_GONE, term)  # 36
        yield from self._within_activities()
        yield from self._triggers()
        yield from self._agents()

    def _within_activities(self) -> Iterator[tuple[Event, Event]]:
        by_kind = self._facts.by_kind
        for fact in by_kind[K.USAGE]:
            use = (_USED, self._find(fact.id))
            yield self._event(_BEGUN, fact, "activity"), use  # 33
            yield use, self._event(_ENDED, fact, "activity")
            yield self._event(_MADE, fact, "entity"), use  # 37
            yield use, self._event(_GONE, fact, "entity")  # 38
        for fact in by_kind[K.GENERATION]:
            made = self._event(_MADE, fact, "entity")
            yield self._event(_BEGUN, fact, "activity"), made  # 34
            yield made, self._event(_ENDED, fact, "activity")
        for fact in by_kind[K.COMMUNICATION]:  # 35
            begun = self._event(_BEGUN, fact, "informant")
            yield begun, self._event(_ENDED, fact, "informed")
        for fact in by_kind[K.DERIVATION]:  # 41
            used = (_USED, self._find(fact.arguments["usage"]))
            yield used, self._event(_MADE, fact, "generatedEntity")

    def _triggers(self) -> Iterator[tuple[Event, Event]]:
        for kind, what, other in (
            (K.START, _BEGUN, "starter"),  # 43
            (K.END, _ENDED, "ender"),  # 44
        ):
            for fact in self._facts.by_kind[kind]:
                event = self._event(what, fact, "activity")
                made = self._event(_MADE, fact, "trigger")
                yield made, event
                yield event, self._event(_GONE, fact, "trigger")
                # inferences 9 and 10: the other activity made the trigger
                yield self._event(_BEGUN, fact, other), made
                yield made, self._event(_ENDED, fact, other)

    def _agents(self) -> Iterator[tuple[Event, Event]]:
        by_kind, event = self._facts.by_kind, self._event
        for fact in by_kind[K.ASSOCIATION]:  # 47
            yield event(_BEGUN, fact, "activity"), event(_GONE, fact, "agent")
            yield event(_MADE, fact, "agent"), event(_ENDED, fact, "activity")
            yield event(_BEGUN, fact, "activity"), event(_ENDED, fact, "agent")
            yield event(_BEGUN, fact, "agent"), event(_ENDED, fact, "activity")
        for fact in by_kind[K.ATTRIBUTION]:  # 48
            yield event(_MADE, fact, "agent"), event(_MADE, fact, "entity")
            yield event(_BEGUN, fact, "agent"), event(_MADE, fact, "entity")
        for fact in by_kind[K.DELEGATION]:  # 49
            yield event(_MADE, fact, "responsible"), event(_GONE, fact, "delegate")
            yield event(_BEGUN, fact, "responsible"), event(_ENDED, fact, "delegate")

    def _kinds(self) -> Iterator[tuple[Event, Event]]:
        """Yield the order of specializations (45, 46), also through unknown ones."""
        for fact in self._facts.of(K.SPECIALIZATION, K.MENTION):
            specific = self._find(fact.arguments["specificEntity"])
            general = self._find(fact.arguments["generalEntity"])
            yield (_MADE_BY_KIND, general), (_MADE_BY_KIND, specific)
            yield (_GONE_BY_KIND, specific), (_GONE_BY_KIND, general)
            for term in (specific, general):
                for own, passed in ((_MADE, _MADE_BY_KIND), (_GONE, _GONE_BY_KIND)):
                    if (own, term) in self._known:
                        yield (own, term), (passed, term)
                        yield (passed, term), (own, term)

    def _derivations(self) -> None:
        for fact in self._facts.by_kind[K.DERIVATION]:  # 42
            before = self._event(_MADE, fact, "usedEntity")
            after = self._event(_MADE, fact, "generatedEntity")
            if before in self._known and after in self._known:
                self.edges[before].add(after)
                self.strict.append((before, after, fact))


def _components(edges: dict[Event, set[Event]]) -> dict[Event, int]:
    """Return the number of each event's strongly connected component."""
    search = _Components(edges)
    for root in list(edges):
        search.visit(root)
    return search.parts


class _Components:
    """Tarjan's search (1972) without recursion."""

    def __init__(self, edges: dict[Event, set[Event]]) -> None:
        self.parts: dict[Event, int] = {}
        self._edges = edges
        self._order: dict[Event, int] = {}
        self._low: dict[Event, int] = {}
        self._stack: list[Event] = []
        self._work: list[tuple[Event, Iterator[Event]]] = []

    def visit(self, root: Event) -> None:
        """Find the components of everything behind ``root``."""
        if root not in self._order:
            self._enter(root)
        while self._work:
            event, following = self._work[-1]
            other = next(following, None)
            if other is None:
                self._leave(event)
            elif other not in self._order:
                self._enter(other)
            elif other not in self.parts:
                self._low[event] = min(self._low[event], self._order[other])

    def _enter(self, event: Event) -> None:
        self._order[event] = self._low[event] = len(self._order)
        self._stack.append(event)
        self._work.append((event, iter(self._edges.get(event, ()))))

    def _leave(self, event: Event) -> None:
        self._work.pop()
        if self._work:
            before = self._work[-1][0]
            self._low[before] = min(self._low[before], self._low[event])
        if self._low[event] != self._order[event]:
            return
        number, member = len(self.parts), None
        while member != event:
            member = self._stack.pop()
            self.parts[member] = number


def _way(edges: dict[Event, set[Event]], start: Event, end: Event) -> list[Event]:
    """Return a shortest way between two events that have one."""
    came: dict[Event, Event] = {start: start}
    waiting = deque([start])
    while waiting and end not in came:
        event = waiting.popleft()
        for other in sorted(edges.get(event, ())):
            if other not in came:
                came[other] = event
                waiting.append(other)
    way = [end]
    while way[-1] != start and way[-1] in came:
        way.append(came[way[-1]])
    return way[::-1]


def _failed(facts: Facts, fact: Fact, way: list[Event]) -> CheckResult:
    shown = [f"{what} of {facts.terms.shown(term)}" for what, term in way]
    return CheckResult(
        specs.ORDER,
        Outcome.FAILED,
        "c42-derivation-order",
        entry=fact.entry,
        spans=(fact.statement.span,),
        detail=" → ".join(shown[:MAX_SHOWN])[:1_000],
    )
