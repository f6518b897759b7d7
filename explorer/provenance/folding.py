"""The folded view of a trace: versions of one thing become one node with its steps.

For drawing and for the path table; nothing is left out of the trace itself.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from explorer.model.statements import FactGrade, LinkGrade, ThingVersion
from explorer.provenance.graph import ProvenanceGraph
from explorer.provenance.hops import REVISION, Hop, order_of

_LINKS = (LinkGrade.ENFORCED, LinkGrade.NAMED)
_FACTS = tuple(FactGrade)


class TraceThing(msgspec.Struct, frozen=True, gc=False):
    """One thing of a trace with all its versions on the path."""

    thing: str
    label: str
    kind: str
    versions: tuple[int, ...]
    """Nodes on the path, in the order of the ledger."""
    hops: tuple[int, ...]
    """Indices of the hops that one of these versions is an end of."""
    degree: int
    """Flows between it, in any version, and other things in the whole ledger."""
    is_item: bool
    is_end: bool
    """An origin (tracing back) or a destination (tracing forward)."""
    is_deleted: bool
    """Its last version on the path is a deletion."""


class ThingLink(msgspec.Struct, frozen=True, gc=False):
    """One thing led to another, by one or more hops."""

    source: int
    """Index in ``Trace.things``."""
    target: int
    relation: str
    hops: tuple[int, ...]
    link: LinkGrade
    """Weakest of its hops."""
    fact: FactGrade
    """Weakest of its hops."""


def weakest_link(grades: Sequence[LinkGrade]) -> LinkGrade:
    """Return the weakest of one or more grades."""
    return max(set(grades), key=_LINKS.index)


def weakest_fact(grades: Sequence[FactGrade]) -> FactGrade:
    """Return the weakest of one or more grades."""
    return max(set(grades), key=_FACTS.index)


def fold(
    nodes: Sequence[int],
    versions: Mapping[int, ThingVersion],
    hops: Sequence[Hop],
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return (nodes, hop indices) of every thing, things in the order of the ledger."""
    thing_of = {each: versions[each].thing for each in nodes}
    by_thing: dict[str, list[int]] = {}
    for node in sorted(nodes, key=lambda each: order_of(versions[each])):
        by_thing.setdefault(thing_of[node], []).append(node)
    touching: dict[str, list[int]] = {each: [] for each in by_thing}
    for index, hop in enumerate(hops):
        for thing in {thing_of[each] for each in (*hop.sources, *hop.targets)}:
            touching[thing].append(index)
    return by_thing, touching


def thing_links(
    things: Sequence[str], versions: Mapping[int, ThingVersion], hops: Sequence[Hop]
) -> tuple[ThingLink, ...]:
    """Return the links between different things, by source, target and relation."""
    number = {thing: index for index, thing in enumerate(things)}
    found: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for index, hop in enumerate(hops):
        if hop.relation == REVISION:
            continue
        sources = {number[versions[each].thing] for each in hop.sources}
        targets = {number[versions[each].thing] for each in hop.targets}
        for source in sources:
            for target in targets - {source}:
                found[source, target, hop.relation].append(index)
    return tuple(_thing_link(key, found[key], hops) for key in sorted(found))


def _thing_link(
    key: tuple[int, int, str], indices: Sequence[int], hops: Sequence[Hop]
) -> ThingLink:
    first = hops[indices[0]]
    if len(indices) == 1:
        return ThingLink(*key, (indices[0],), first.link, first.fact)
    link = weakest_link([hops[each].link for each in indices])
    fact = weakest_fact([hops[each].fact for each in indices])
    return ThingLink(*key, tuple(indices), link, fact)


def thing_degrees(
    graph: ProvenanceGraph, nodes_of: Sequence[Sequence[int]]
) -> list[int]:
    """Return for each thing, given by all its nodes, its flows to and from others."""
    owner = np.full(graph.node_count, -1, dtype=np.int64)
    for index, nodes in enumerate(nodes_of):
        owner[np.asarray(nodes, dtype=np.int64)] = index
    degrees = np.zeros(len(nodes_of), dtype=np.int64)
    owned = np.flatnonzero(owner >= 0)
    for edges, ends, others in (
        (graph.edges_into(owned), graph.targets, graph.sources),
        (graph.edges_out_of(owned), graph.sources, graph.targets),
    ):
        own = owner[ends[edges]]
        is_foreign = owner[others[edges]] != own
        degrees += np.bincount(own[is_foreign], minlength=len(nodes_of))
    return [int(each) for each in degrees]
