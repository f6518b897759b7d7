"""Traces a thing back to its origins or forward to where it went.

Runs on the whole graph, never on what is drawn. Tracing back starts from the last
accepted version and follows the versions that were read: what happened to a lot after
it was packed is not part of the box. Tracing forward starts from every accepted
version, or only those that lead to another item. What the ledger refused, and what was
declared void, is listed apart and is followed nowhere.

Left out: clipping by time other than by version.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from explorer.core.absent import Absent
from explorer.model.ledgers import Remark
from explorer.model.statements import Act, FactGrade, LinkGrade, ThingVersion
from explorer.provenance.folding import (
    ThingLink,
    TraceThing,
    fold,
    thing_degrees,
    thing_links,
    weakest_fact,
    weakest_link,
)
from explorer.provenance.graph import Nodes, ProvenanceGraph
from explorer.provenance.hops import (
    ABOUT,
    CARRIAGE,
    Edge,
    Hop,
    make_hops,
    order_of,
)
from explorer.provenance.records import Place, Records
from explorer.provenance.remarks import Known, not_known
from explorer.provenance.shares import Share, Shares

MAX_BESIDE = 20_000
"""Most flows looked at to find documents about what is on the path."""


class Direction(StrEnum):
    """Which way a trace goes."""

    BACK = "back"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything on the way from an item to its origins or destinations."""

    item: str
    direction: Direction
    starts: tuple[int, ...]
    """Nodes the trace starts from; empty if nothing accepted names the item."""
    nodes: tuple[int, ...]
    """Nodes on the path, the starts included, in the order of the ledger."""
    hops: tuple[Hop, ...]
    """In the order of the ledger."""
    ends: tuple[int, ...]
    """Origins or destinations: nodes where the records end."""
    link: LinkGrade | Absent
    """Weakest link of all hops; absent if there is none."""
    fact: FactGrade | Absent
    """Weakest support of all hops and of the ends."""
    things: tuple[TraceThing, ...]
    """The path folded by thing, in the order of the ledger."""
    links: tuple[ThingLink, ...]
    about: tuple[Hop, ...]
    """Documents about things on the path (inspections, recalls), any time."""
    attempts: tuple[Hop, ...]
    """Refused attempts to change things on the path or to use the item."""
    not_known: tuple[Remark, ...]
    versions: Mapping[int, ThingVersion]
    """Every node named above: ``nodes``, and the ends of ``about`` and ``attempts``."""
    acts: Mapping[Place, Act]
    """What is known of the entries of all these nodes and hops."""
    shares: Mapping[int, Share]
    """Back: the part of the item that comes from a node. Forward: the part of a node
    that comes from the item. Absent where amounts are missing."""
    other: str = ""
    """The item that all paths lead to, if only those between two were wanted."""


def trace(
    graph: ProvenanceGraph,
    records: Records,
    item: str,
    direction: Direction,
    other: str = "",
) -> Trace:
    """Return the trace of the thing with the identifier ``item`` (see ``find_item``).

    With ``other`` only what lies on paths between the two: from ``item`` forward to
    it, or back to it. Nothing is raised for a thing that is not there: its trace is
    empty and says so.
    """
    return _Tracer(graph, records, item, direction, other).trace()


@dataclass(frozen=True, slots=True)
class _Beside:
    """What touches the things on the path without being part of it."""

    about: tuple[Hop, ...]
    attempts: tuple[Hop, ...]
    is_complete: bool


class _Tracer:
    """Gathers one trace; used once."""

    def __init__(
        self,
        graph: ProvenanceGraph,
        records: Records,
        item: str,
        direction: Direction,
        other: str,
    ) -> None:
        self._other = other
        self._graph = graph
        self._records = records
        self._item = item
        self._direction = direction
        self._versions: dict[int, ThingVersion] = {}
        self._acts: dict[Place, Act] = {}

    def trace(self) -> Trace:
        """Return the trace."""
        named = list(self._records.versions_of([self._item]).get(self._item, ()))
        starts = self._starts(named)
        nodes = self._reach(starts)
        if self._other:
            starts = [each for each in starts if each in nodes]
        self._load(nodes.tolist())
        path = self._edges(self._path_edges(nodes))
        self._load_acts(path)
        hops = make_hops(path, self._versions, self._acts)
        by_thing, touching = fold(nodes.tolist(), self._versions, hops)
        links = thing_links(list(by_thing), self._versions, hops)
        ends = self._ends(nodes, by_thing, links)
        all_nodes = self._all_versions(list(by_thing), named)
        degrees = thing_degrees(self._graph, [all_nodes[each] for each in by_thing])
        reached = {self._versions[each].thing for each in ends}
        things = tuple(
            self._thing(thing, own, touching[thing], degree, reached)
            for (thing, own), degree in zip(by_thing.items(), degrees, strict=True)
        )
        beside = self._beside(nodes, all_nodes)
        known = Known(
            self._direction is Direction.BACK,
            bool(named),
            starts,
            ends,
            things,
            beside.attempts,
            beside.is_complete,
            self._other,
            bool(len(nodes)),
        )
        return Trace(
            self._item,
            self._direction,
            tuple(starts),
            tuple(node for own in by_thing.values() for node in own),
            hops,
            ends,
            self._weakest_link(hops),
            self._weakest_fact(hops, (*ends, *starts)),
            things,
            links,
            beside.about,
            beside.attempts,
            not_known(known, self._versions, self._acts),
            self._versions,
            self._acts,
            self._shares(nodes.tolist(), starts),
            self._other,
        )

    def _shares(
        self, nodes: Sequence[int], starts: Sequence[int]
    ) -> Mapping[int, Share]:
        shares = Shares(self._graph, self._records)
        is_back = self._direction is Direction.BACK
        return (shares.back if is_back else shares.forward)(nodes, starts)

    def _starts(self, named: Sequence[int]) -> list[int]:
        self._load(named)
        self._load_acts(())
        accepted = [each for each in named if not self._is_struck(each)]
        return accepted[-1:] if self._direction is Direction.BACK else accepted

    def _is_struck(self, node: int) -> bool:
        version = self._versions[node]
        act = self._acts.get((version.block, version.entry))
        return version.is_struck or (act is not None and act.is_struck)

    def _reach(self, starts: Sequence[int]) -> Nodes:
        own = np.array(starts, dtype=np.int32)
        if not starts:
            return own
        is_back = self._direction is Direction.BACK
        graph = self._graph
        search = graph.ancestors if is_back else graph.descendants
        found = np.union1d(own, search(*starts))
        if not self._other:
            return found
        ends = list(self._records.versions_of([self._other]).get(self._other, ()))
        if not ends:
            return own[:0]
        turn = graph.descendants if is_back else graph.ancestors
        between = np.intersect1d(found, np.union1d(ends, turn(*ends)))
        return between.astype(np.int32) if np.isin(ends, found).any() else own[:0]

    def _path_edges(self, nodes: Nodes) -> list[int]:
        graph = self._graph
        is_back = self._direction is Direction.BACK
        edges = (graph.edges_into if is_back else graph.edges_out_of)(nodes)
        if self._other:
            inside = np.isin(graph.sources[edges], nodes)
            edges = edges[inside & np.isin(graph.targets[edges], nodes)]
        return [int(each) for each in edges]

    def _load(self, nodes: Sequence[int]) -> None:
        missing = [each for each in dict.fromkeys(nodes) if each not in self._versions]
        found = self._records.versions(missing)
        self._versions.update(zip(missing, found, strict=True))

    def _load_acts(self, edges: Sequence[Edge]) -> None:
        places = {(each.block, each.entry) for each in self._versions.values()}
        places |= {(step.block, step.entry) for _, _, step in edges}
        self._acts.update(self._records.acts(places - self._acts.keys()))

    def _edges(self, numbers: Sequence[int]) -> list[Edge]:
        graph = self._graph
        chosen = np.asarray(numbers, dtype=np.int64)
        steps = self._records.steps(graph.rows[chosen].tolist())
        ends = zip(
            graph.sources[chosen].tolist(),
            graph.targets[chosen].tolist(),
            steps,
            strict=True,
        )
        return list(ends)

    def _all_versions(
        self, things: list[str], named: Sequence[int]
    ) -> dict[str, Sequence[int]]:
        found = dict(self._records.versions_of(things))
        return found | {self._item: named} if named else found

    def _beside(
        self, nodes: Nodes, all_nodes: Mapping[str, Sequence[int]]
    ) -> "_Beside":
        graph = self._graph
        every = np.array(
            [node for own in all_nodes.values() for node in own], dtype=np.int64
        )
        leaving = graph.edges_out_of(every)
        leaving = leaving[~np.isin(graph.targets[leaving], nodes)]
        struck = graph.struck_edges(all_nodes.get(self._item, ()), every)
        written = self._edges(leaving[:MAX_BESIDE].tolist())
        about = [each for each in written if each[2].relation == ABOUT]
        tried = self._edges(struck[:MAX_BESIDE].tolist())
        self._load([node for edge in (*about, *tried) for node in edge[:2]])
        self._load_acts([*about, *tried])
        return _Beside(
            make_hops(about, self._versions, self._acts),
            make_hops(tried, self._versions, self._acts),
            is_complete=len(leaving) <= MAX_BESIDE and len(struck) <= MAX_BESIDE,
        )

    def _ends(
        self,
        nodes: Nodes,
        by_thing: Mapping[str, Sequence[int]],
        links: Sequence[ThingLink],
    ) -> tuple[int, ...]:
        if self._other:
            wanted = (
                n for n in nodes.tolist() if self._versions[n].thing == self._other
            )
            ends = list(wanted)
        elif self._direction is Direction.BACK:
            entered = set(self._graph.targets[self._graph.edges_into(nodes)].tolist())
            ends = [
                each
                for each in nodes.tolist()
                if each not in entered and self._versions[each].kind != CARRIAGE
            ]
        else:
            ends = self._destinations(by_thing, links)
        return tuple(sorted(ends, key=lambda each: order_of(self._versions[each])))

    def _destinations(
        self, by_thing: Mapping[str, Sequence[int]], links: Sequence[ThingLink]
    ) -> list[int]:
        """Return the last version of each thing that went into no other thing.

        A document about a thing is not where it went.
        """
        goes_on = {each.source for each in links if each.relation != ABOUT}
        reached = {each.target for each in links if each.relation != ABOUT}
        about = {each.target for each in links if each.relation == ABOUT} - reached
        return [
            own[-1]
            for index, own in enumerate(by_thing.values())
            if index not in goes_on and index not in about
        ]

    def _thing(
        self,
        thing: str,
        own: Sequence[int],
        hops: Sequence[int],
        degree: int,
        reached: Set[str],
    ) -> TraceThing:
        last = self._versions[own[-1]]
        return TraceThing(
            thing,
            last.label,
            last.kind,
            tuple(own),
            tuple(hops),
            degree,
            is_item=thing == self._item,
            is_end=thing in reached,
            is_deleted=last.is_deleted,
        )

    def _weakest_link(self, hops: Sequence[Hop]) -> LinkGrade | Absent:
        grades = [each.link for each in hops]
        return weakest_link(grades) if grades else Absent.NOT_IN_EXPORT

    def _weakest_fact(
        self, hops: Sequence[Hop], nodes: Sequence[int]
    ) -> FactGrade | Absent:
        grades = [each.fact for each in hops]
        for node in nodes:
            version = self._versions[node]
            act = self._acts.get((version.block, version.entry))
            if act is not None:
                grades.append(act.fact)
        return weakest_fact(grades) if grades else Absent.NOT_IN_EXPORT
