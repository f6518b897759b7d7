"""What a trace looks up about the nodes and edges of a graph.

The case file answers these questions with SQL; ``MemoryRecords`` answers them from
statements held in memory, for lessons and small ledgers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec
import numpy as np

from explorer.model.statements import (
    Act,
    FactGrade,
    Flow,
    LinkGrade,
    Statements,
    ThingVersion,
)
from explorer.provenance.graph import ProvenanceGraph

Place = tuple[int, int]
"""(block, entry)."""


class Step(msgspec.Struct, frozen=True, gc=False):
    """What is known of one edge besides its ends."""

    block: int
    entry: int
    relation: str
    link: LinkGrade
    fact: FactGrade
    is_struck: bool


class Records(Protocol):
    """Looks up what the numbers of a graph stand for; many at a time."""

    def versions(self, nodes: Sequence[int]) -> Sequence[ThingVersion]:
        """Return the thing versions of these nodes, in this order."""

    def versions_of(self, things: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """Return the nodes of each thing in time order; unknown things left out."""

    def steps(self, rows: Sequence[int]) -> Sequence[Step]:
        """Return the facts of these flows (``ProvenanceGraph.rows``), in this order."""

    def acts(self, places: Collection[Place]) -> Mapping[Place, Act]:
        """Return the acts of these entries; an entry without one is left out."""

    def things_ending(self, text: str, limit: int) -> Sequence[str]:
        """Return up to ``limit`` things whose identifier ends with ``text``.

        Upper and lower case of ASCII letters are not told apart; sorted.
        """

    def things_containing(self, text: str, limit: int) -> Sequence[str]:
        """Return up to ``limit`` things whose identifier holds ``text``, likewise."""


class MemoryRecords:
    """Statements of one ledger in memory."""

    def __init__(self, statements: Iterable[Statements] = ()) -> None:
        """Begin with ``statements``; more can be added."""
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._versions: list[ThingVersion] = []
        self._things: dict[str, list[int]] = {}
        self._flows: list[Flow] = []
        self._acts: dict[Place, Act] = {}
        for each in statements:
            self.add(each)

    def add(self, statements: Statements) -> None:
        """Take over what some entries say; a flow's ends must be among the things."""
        for thing in statements.things:
            key = (thing.thing, thing.block, thing.entry)
            if key not in self._numbers:
                self._numbers[key] = len(self._versions)
                self._things.setdefault(thing.thing, []).append(len(self._versions))
                self._versions.append(thing)
        self._flows += statements.flows
        for act in statements.acts:
            self._acts[act.block, act.entry] = act

    def graph(self) -> ProvenanceGraph:
        """Return the graph of everything added so far."""
        flows, numbers = self._flows, self._numbers
        return ProvenanceGraph(
            len(self._versions),
            np.array([numbers[each.source] for each in flows], dtype=np.int32),
            np.array([numbers[each.target] for each in flows], dtype=np.int32),
            np.arange(len(flows)),
            np.array([each.is_struck for each in flows], dtype=np.bool_),
        )

    def versions(self, nodes: Sequence[int]) -> Sequence[ThingVersion]:
        """Return the thing versions of these nodes, in this order."""
        return [self._versions[each] for each in nodes]

    def versions_of(self, things: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """Return the nodes of each thing in time order; unknown things left out."""
        return {
            each: sorted(self._things[each], key=self._place_of)
            for each in things
            if each in self._things
        }

    def steps(self, rows: Sequence[int]) -> Sequence[Step]:
        """Return the facts of flows by the position in which they were added."""
        chosen = [self._flows[each] for each in rows]
        return [
            Step(f.block, f.entry, f.relation, f.link, f.fact, f.is_struck)
            for f in chosen
        ]

    def acts(self, places: Collection[Place]) -> Mapping[Place, Act]:
        """Return the acts of these entries; an entry without one is left out."""
        return {each: self._acts[each] for each in places if each in self._acts}

    def things_ending(self, text: str, limit: int) -> Sequence[str]:
        """Return up to ``limit`` things whose identifier ends with ``text``."""
        wanted = text.lower()
        found = [each for each in self._things if each.lower().endswith(wanted)]
        return sorted(found)[:limit]

    def things_containing(self, text: str, limit: int) -> Sequence[str]:
        """Return up to ``limit`` things whose identifier contains ``text``."""
        wanted = text.lower()
        return sorted(each for each in self._things if wanted in each.lower())[:limit]

    def _place_of(self, node: int) -> tuple[int, int, int]:
        version = self._versions[node]
        return version.rank, version.block, version.entry
