"""Shares along a trace: how much of one thing comes from another.

Back: which part of the item comes from each version. Forward: which part of each
version comes from the item. A thing that came out of a process consists of the inputs
in proportion to their amounts (in one base unit, ``units``); an amount counts as stated
by the entry of the process, else as last stated before. One input alone needs no
amount. Packed things make up their container likewise. Where an amount is missing, or
records lead back to themselves, the share is not known, and nothing is guessed.

Our reckoning from declared amounts: proportional mixing is an assumption.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext

import numpy as np

from explorer.core.absent import Absent
from explorer.model.statements import ThingVersion
from explorer.provenance.graph import ProvenanceGraph
from explorer.provenance.hops import CARRIAGE
from explorer.provenance.records import Records, Step
from explorer.provenance.units import measure

MAX_NODES = 20_000
"""Larger traces get no shares."""

MAX_EDGES = 200_000

UNKNOWN = Absent.NOT_IN_EXPORT

Share = Decimal | Absent

_MATERIAL = ("derivation", "containment", "revision")
"""Relations that carry material; where several lead to one version the first counts."""

_GATHERING = frozenset({"entry", "process", CARRIAGE})


class Shares:
    """Reckons the shares of one trace; used once."""

    def __init__(self, graph: ProvenanceGraph, records: Records) -> None:
        """Look up amounts through ``records``."""
        self._graph, self._records = graph, records
        self._versions: dict[int, ThingVersion] = {}
        self._histories: dict[str, list[ThingVersion]] = {}
        self._weights: dict[int, list[tuple[int, Share]]] = {}

    def back(self, nodes: Sequence[int], starts: Sequence[int]) -> Mapping[int, Share]:
        """Return for each node which part of the starts comes from it."""
        if not self._load(nodes):
            return dict.fromkeys(nodes, UNKNOWN)
        shares: dict[int, Share] = dict.fromkeys(nodes, Decimal(0))
        shares |= dict.fromkeys(starts, Decimal(1))
        order, rest = self._order(nodes)
        for node in reversed(order):
            own = shares[node]
            for source, weight in self._weights[node]:
                if source in shares:
                    shares[source] = _plus(shares[source], _times(own, weight))
        return self._told(shares, rest)

    def forward(
        self, nodes: Sequence[int], starts: Sequence[int]
    ) -> Mapping[int, Share]:
        """Return for each node which part of it comes from the starts."""
        if not self._load(nodes):
            return dict.fromkeys(nodes, UNKNOWN)
        known = set(nodes)
        shares: dict[int, Share] = dict.fromkeys(starts, Decimal(1))
        order, rest = self._order(nodes)
        for node in order:
            if node in shares:
                continue
            total: Share = Decimal(0)
            for source, weight in self._weights[node]:
                if source in known:
                    total = _plus(total, _times(shares[source], weight))
            shares[node] = total
        return self._told(shares, rest)

    def _told(
        self, shares: dict[int, Share], rest: Sequence[int]
    ) -> Mapping[int, Share]:
        """Leave out what was not reckoned, and loads, which are no things."""
        loads = [n for n in shares if self._versions[n].kind == CARRIAGE]
        return shares | dict.fromkeys((*rest, *loads), UNKNOWN)

    def _load(self, nodes: Sequence[int]) -> bool:
        """Work out the weights of everything that leads to the nodes."""
        if len(nodes) > MAX_NODES:
            return False
        graph = self._graph
        edges = graph.edges_into(np.asarray(nodes, dtype=np.int64))
        if len(edges) > MAX_EDGES:
            return False
        sources, targets = graph.sources[edges].tolist(), graph.targets[edges].tolist()
        steps = self._records.steps(graph.rows[edges].tolist())
        named = list(dict.fromkeys((*nodes, *sources)))
        found = self._records.versions(named)
        self._versions = dict(zip(named, found, strict=True))
        self._load_histories()
        incoming: dict[int, list[tuple[int, Step]]] = {each: [] for each in nodes}
        for source, target, step in zip(sources, targets, steps, strict=True):
            if self._versions[source].kind != CARRIAGE:
                incoming[target].append((source, step))
        self._weights = {
            node: self._weigh(self._versions[node], some)
            for node, some in incoming.items()
        }
        return True

    def _load_histories(self) -> None:
        things = list(dict.fromkeys(each.thing for each in self._versions.values()))
        numbers = self._records.versions_of(things)
        every = [each for own in numbers.values() for each in own]
        found = dict(zip(every, self._records.versions(every), strict=True))
        self._histories = {
            thing: [found[each] for each in own] for thing, own in numbers.items()
        }

    def _weigh(
        self, target: ThingVersion, incoming: Sequence[tuple[int, Step]]
    ) -> list[tuple[int, Share]]:
        """Return what part of a version comes from each of its sources."""
        for relation in _MATERIAL:
            some = {n: s for n, s in incoming if s.relation == relation}
            if not some:
                continue
            if len(some) == 1 or relation == "revision":
                part = Decimal(1) if len(some) == 1 else UNKNOWN
                return [(each, part) for each in some]
            amounts = [self._amount(each, step) for each, step in some.items()]
            return list(zip(some, _parts(amounts), strict=True))
        return []

    def _amount(self, node: int, step: Step) -> tuple[str, Decimal] | Absent:
        version = self._versions[node]
        if version.kind in _GATHERING:
            return UNKNOWN
        latest: ThingVersion | None = None
        for each in self._histories.get(version.thing, ()):
            if isinstance(each.amount, Absent) or each.is_struck:
                continue
            if (each.block, each.entry) == (step.block, step.entry):
                return measure(each.amount, each.unit)
            if _place(each) <= _place(version):
                latest = each
        if latest is None or isinstance(latest.amount, Absent):
            return UNKNOWN
        return measure(latest.amount, latest.unit)

    def _order(self, nodes: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return nodes with sources before targets, and those on or behind a cycle."""
        known = set(nodes)
        open_counts = {
            node: sum(source in known for source, _ in self._weights[node])
            for node in nodes
        }
        outgoing: dict[int, list[int]] = {}
        for node in nodes:
            for source, _ in self._weights[node]:
                if source in known:
                    outgoing.setdefault(source, []).append(node)
        order = [node for node in nodes if open_counts[node] == 0]
        for node in order:  # grows while it is read
            for target in outgoing.get(node, ()):
                open_counts[target] -= 1
                if open_counts[target] == 0:
                    order.append(target)
        placed = set(order)
        return order, [each for each in nodes if each not in placed]


def _place(version: ThingVersion) -> tuple[int, int, int]:
    return (version.rank, version.block, version.entry)


def _parts(amounts: Sequence[tuple[str, Decimal] | Absent]) -> list[Share]:
    known = [each for each in amounts if not isinstance(each, Absent)]
    total = sum((amount for _, amount in known), Decimal(0))
    is_one_unit = len({base for base, _ in known}) == 1
    if len(known) != len(amounts) or not is_one_unit or total <= 0:
        return [UNKNOWN] * len(amounts)
    with localcontext() as context:
        context.prec = 28
        return [amount / total for _, amount in known]


def _plus(first: Share, second: Share) -> Share:
    if isinstance(first, Absent) or isinstance(second, Absent):
        return UNKNOWN
    return first + second


def _times(first: Share, second: Share) -> Share:
    if isinstance(first, Absent) or isinstance(second, Absent):
        return UNKNOWN
    return first * second
