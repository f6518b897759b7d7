"""Hops of a trace: what one entry says, with all versions it leads from and to.

Edges of one entry are joined to a hop only where each source leads to each target, so a
hop never says more than its edges do. A revision keeps each thing with itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from explorer.core.absent import Absent
from explorer.model.statements import Act, FactGrade, LinkGrade, ThingVersion
from explorer.provenance.records import Place, Step

RELATIONS = ("revision", "derivation", "containment", "association", "about")
"""Relations in the order in which one entry's hops are listed."""

ABOUT = "about"
REVISION = "revision"

CARRIAGE = "carriage"
"""Kind of versions that stand for a load under way; no thing of their own."""


class Hop(msgspec.Struct, frozen=True, gc=False):
    """One step of a trace: these versions led to those, says this entry."""

    sources: tuple[int, ...]
    """Nodes; for a revision in the same order as ``targets``."""
    targets: tuple[int, ...]
    block: int
    entry: int
    entry_id: str
    what: str
    """What was done, in the ledger's words; empty if the entry's act is not known."""
    agent: str
    time_us: int | Absent
    """Microseconds since 1970-01-01 UTC."""
    relation: str
    link: LinkGrade
    fact: FactGrade
    is_struck: bool = False

    def pairs(self) -> list[tuple[int, int]]:
        """Return each (source, target) that this hop joins."""
        if self.relation == REVISION:
            return list(zip(self.sources, self.targets, strict=True))
        return [(a, b) for a in self.sources for b in self.targets]


Edge = tuple[int, int, Step]
"""(source node, target node, facts)."""

_Group = tuple[int, int, str, LinkGrade, FactGrade, bool]


def order_of(version: ThingVersion) -> tuple[int, int, int, str]:
    """Return the key that sorts versions in time, else as a ledger recorded them."""
    return (version.rank, version.block, version.entry, version.thing)


def make_hops(
    edges: Iterable[Edge],
    versions: Mapping[int, ThingVersion],
    acts: Mapping[Place, Act],
) -> tuple[Hop, ...]:
    """Return the hops of ``edges`` in the order of the ledger.

    The order does not depend on how nodes or edges are numbered.
    """
    groups: dict[_Group, list[tuple[int, int]]] = defaultdict(list)
    for source, target, step in edges:
        key = (
            step.block,
            step.entry,
            step.relation,
            step.link,
            step.fact,
            step.is_struck,
        )
        groups[key].append((source, target))
    order = {node: order_of(version) for node, version in versions.items()}
    ranks = {
        key: min(versions[target].rank for _, target in pairs)
        for key, pairs in groups.items()
    }
    hops: list[Hop] = []
    for key in sorted(groups, key=lambda key: (ranks[key], _group_order(key))):
        joined = _revisions if key[2] == REVISION else _products
        for sources, targets in joined(groups[key], order):
            hops.append(_hop(key, sources, targets, acts))
    return tuple(hops)


def _group_order(key: _Group) -> tuple[int, int, int, str, str, str, bool]:
    block, entry, relation, link, fact, struck = key
    known = relation in RELATIONS
    rank = RELATIONS.index(relation) if known else len(RELATIONS)
    return (block, entry, rank, relation, link.value, fact.value, struck)


_Sides = tuple[tuple[int, ...], tuple[int, ...]]
_Order = Mapping[int, tuple[int, int, int, str]]


def _revisions(pairs: Sequence[tuple[int, int]], order: _Order) -> list[_Sides]:
    if len(pairs) == 1:
        return [((pairs[0][0],), (pairs[0][1],))]
    known = sorted(set(pairs), key=lambda pair: (order[pair[1]], order[pair[0]]))
    return [(tuple(a for a, _ in known), tuple(b for _, b in known))]


def _products(pairs: Sequence[tuple[int, int]], order: _Order) -> list[_Sides]:
    """Join edges to products of sources and targets; one for each set of sources."""
    if len(pairs) == 1:
        return [((pairs[0][0],), (pairs[0][1],))]
    by_target: dict[int, set[int]] = defaultdict(set)
    for source, target in pairs:
        by_target[target].add(source)
    by_sources: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for target in sorted(by_target, key=order.__getitem__):
        sources = tuple(sorted(by_target[target], key=order.__getitem__))
        by_sources[sources].append(target)
    return [(sources, tuple(targets)) for sources, targets in by_sources.items()]


def _hop(
    key: _Group,
    sources: tuple[int, ...],
    targets: tuple[int, ...],
    acts: Mapping[Place, Act],
) -> Hop:
    block, entry, relation, link, fact, struck = key
    act = acts.get((block, entry))
    return Hop(
        sources,
        targets,
        block,
        entry,
        act.entry_id if act else "",
        act.what if act else "",
        act.agent if act else "",
        act.time_us if act else Absent.NOT_IN_EXPORT,
        relation,
        link,
        fact,
        is_struck=struck,
    )
