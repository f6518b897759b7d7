"""The use case "trace this item": graph, trace and evidence from one case file.

``Tracer`` keeps the graph of a ledger in memory, so that many items can be traced one
after the other; ``trace_item`` does it once. Grades follow DESIGN, section 3: payload
readers never grade a fact about the physical world above ``signed``, and a chain of
hops carries its weakest grade (``Trace.link``, ``Trace.fact``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from explorer.core.absent import Absent
from explorer.model.ledgers import Party
from explorer.model.statements import Act, FactGrade, ThingVersion
from explorer.model.verdicts import LedgerReport
from explorer.provenance.exports import TraceJson, to_json
from explorer.provenance.graph import ProvenanceGraph
from explorer.provenance.hops import Hop
from explorer.provenance.items import Found, ItemAnswer, find_item
from explorer.provenance.records import Place, Step
from explorer.provenance.trace import Direction, Trace, trace
from explorer.session.evidence_ladder import Known, Ladders, Rung, is_called
from explorer.store.queries import CaseReader
from explorer.store.statement_queries import StatementReader, ThingFound

MAX_SUGGESTIONS = 50
"""Most things offered while somebody types."""

MAX_KINDS = 12
"""Most kinds of things listed beside the search."""


@dataclass(frozen=True, slots=True)
class TraceAnswer:
    """What tracing an item in one ledger showed."""

    ledger: int
    asked: str
    """What was typed."""
    item: ItemAnswer
    """Which thing was meant, or those to choose from."""
    trace: Trace | Absent
    """Absent unless exactly one thing was meant."""
    evidence: Mapping[Place, tuple[Rung, ...]]
    """The ladder of each entry that a hop stands on, lowest rung first."""
    is_fictional: bool
    """The ledger marks itself as fictional demonstration data."""
    failed: frozenset[Place] = frozenset()
    """Entries with a rung that does not match."""
    organisations: Mapping[str, str] = field(default_factory=dict)
    """Author of an entry → the organisation that the ledger's parties put it under."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Things to choose from."""

    found: tuple[ThingFound, ...]
    kinds: tuple[tuple[str, int], ...]
    """(kind, how many things), most frequent first."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing one flow away from another."""

    thing: str
    label: str
    kind: str
    is_source: bool
    """It led to the thing asked about; otherwise it came from it."""
    step: Step
    """The first flow between the two, in the order of the ledger."""
    act: Act | Absent


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The things one flow away, as far as they were asked for."""

    thing: str
    total: int
    """Things, whatever is typed."""
    matching: int
    found: tuple[Neighbour, ...]
    """The first of those that match."""


class CaseRecords:
    """``provenance.records.Records`` answered by a case file."""

    def __init__(self, statements: StatementReader) -> None:
        """Look up through ``statements``."""
        self._statements = statements

    def versions(self, nodes: Sequence[int]) -> Sequence[ThingVersion]:
        """Return the thing versions of these nodes, in this order."""
        return self._statements.versions(nodes)

    def versions_of(self, things: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """Return the nodes of each thing in time order; unknown things left out."""
        return self._statements.versions_of(things)

    def steps(self, rows: Sequence[int]) -> Sequence[Step]:
        """Return the facts of these flows, in this order."""
        return [
            Step(f.block, f.entry, f.relation, f.link, f.fact, f.is_struck)
            for f in self._statements.flows(rows)
        ]

    def acts(self, places: Collection[Place]) -> Mapping[Place, Act]:
        """Return the acts of these entries; an entry without one is left out."""
        return self._statements.acts(places)

    def things_ending(self, text: str, limit: int) -> Sequence[str]:
        """Return up to ``limit`` things whose identifier ends with ``text``."""
        return self._statements.things_ending(text, limit)

    def things_containing(self, text: str, limit: int) -> Sequence[str]:
        """Return up to ``limit`` things whose identifier holds ``text``."""
        return self._statements.things_containing(text, limit)


class Tracer:
    """Traces items of one ledger; belongs to one thread at a time."""

    def __init__(self, reader: CaseReader, ledger: int) -> None:
        """Read the statements of ``ledger`` from a case file."""
        self._ledger = ledger
        self._reader = reader
        self._statements = reader.statements(ledger)
        self._records = CaseRecords(self._statements)
        rows = reader.graph(ledger)
        self._graph = ProvenanceGraph(
            rows.node_count, rows.sources, rows.targets, rows.flow_rows, rows.struck
        )

    def choices(self, text: str) -> Choices:
        """Return things whose identifier or label holds ``text``."""
        found = self._statements.search(text.strip(), MAX_SUGGESTIONS)
        return Choices(tuple(found), tuple(self._statements.kinds(MAX_KINDS)))

    def find(self, item: str) -> ItemAnswer:
        """Return which thing ``item`` names."""
        return find_item(self._records, item)

    def recording(self, text: str) -> Sequence[str]:
        """Return things of which a record holds ``text``, up to some."""
        return self._statements.things_recording(text, MAX_SUGGESTIONS)

    def trace(
        self,
        item: str,
        direction: Direction,
        report: LedgerReport | None,
        other: str = "",
    ) -> TraceAnswer:
        """Return the trace of what ``item`` names, with the evidence of each hop.

        With ``other`` only what lies between the two; if that is not found, nothing
        does.
        """
        answer = find_item(self._records, item)
        until = find_item(self._records, other).thing or other if other else ""
        is_fictional = report is not None and report.is_fictional
        if answer.found not in {Found.EXACT, Found.ENDING}:
            absent = Absent.NOT_IN_EXPORT
            return TraceAnswer(self._ledger, item, answer, absent, {}, is_fictional)
        found = trace(self._graph, self._records, answer.thing, direction, until)
        evidence = self._evidence(found, report)
        parties = () if report is None else report.parties
        return TraceAnswer(
            self._ledger,
            item,
            answer,
            found,
            evidence,
            is_fictional,
            evidence.failed(),
            organisations_of(found, parties),
        )

    def values(self, nodes: Sequence[int]) -> Mapping[int, bytes]:
        """Return what was recorded of these versions, up to some kilobytes each."""
        return self._statements.values(nodes)

    def neighbours(self, thing: str, text: str, limit: int) -> Neighbours:
        """Return things one accepted flow away whose identifier holds ``text``."""
        own = self._statements.versions_of([thing]).get(thing, [])
        graph, nearest = self._graph, dict[tuple[str, bool], tuple[ThingVersion, int]]()
        for edges, others, is_source in (
            (graph.edges_into(own), graph.sources, True),
            (graph.edges_out_of(own), graph.targets, False),
        ):
            versions = self._statements.versions(others[edges].tolist())
            for edge, version in zip(edges.tolist(), versions, strict=True):
                if version.thing != thing:
                    nearest.setdefault((version.thing, is_source), (version, edge))
        wanted = text.strip().lower()
        matching = [key for key in nearest if wanted in key[0].lower()]
        shown = matching[:limit]
        steps = self._records.steps([int(graph.rows[nearest[key][1]]) for key in shown])
        acts = self._records.acts({(step.block, step.entry) for step in steps})
        found = [
            Neighbour(
                name,
                nearest[name, is_source][0].label,
                nearest[name, is_source][0].kind,
                is_source,
                step,
                acts.get((step.block, step.entry), Absent.NOT_IN_EXPORT),
            )
            for (name, is_source), step in zip(shown, steps, strict=True)
        ]
        return Neighbours(thing, len(nearest), len(matching), tuple(found))

    def _evidence(self, found: Trace, report: LedgerReport | None) -> Ladders:
        places = {(h.block, h.entry) for h in (*found.hops, *found.about)}
        places |= {(hop.block, hop.entry) for hop in found.attempts}
        ends = (found.versions[each] for each in (*found.ends, *found.starts))
        places |= {(version.block, version.entry) for version in ends}
        heights = {block for block, _ in places}
        with_next = heights | {height + 1 for height in heights}
        known = Known(
            report,
            self._statements.entries(places),
            {each: act for each in places if (act := found.acts.get(each)) is not None},
            self._statements.blocks(heights),
            self._reader.findings_at(self._ledger, with_next),
        )
        return Ladders(places, known)


def trace_item(
    reader: CaseReader,
    ledger: int,
    item: str,
    direction: Direction,
    report: LedgerReport | None,
    other: str = "",
) -> TraceAnswer:
    """Return the trace of what ``item`` names in one ledger of a case file.

    Without ``report`` (verification is not done) the evidence says so.
    """
    return Tracer(reader, ledger).trace(item, direction, report, other)


def organisations_of(found: Trace, parties: Sequence[Party]) -> dict[str, str]:
    """Return the organisation of each author in a trace that is a known party."""
    agents = {act.agent for act in found.acts.values() if act.agent}
    return {
        agent: party.organisation
        for agent in agents
        for party in parties
        if party.organisation and is_called(party, agent)
    }


def grade_counts(hops: Sequence[Hop]) -> dict[FactGrade, int]:
    """Return how many hops have each grade of fact, zero included."""
    counts = dict.fromkeys(FactGrade, 0)
    for hop in hops:
        counts[hop.fact] += 1
    return counts


def trace_json(answer: TraceAnswer) -> TraceJson | None:
    """Return a trace as plain values with its evidence; nothing if there is none."""
    if isinstance(answer.trace, Absent):
        return None
    found = to_json(answer.trace)
    for hop in (*found["hops"], *found["about"], *found["attempts"]):
        rungs = answer.evidence.get((hop["block"], hop["entry"]), ())
        hop["evidence"] = [
            {
                "rung": rung.kind.value,
                "outcome": rung.outcome.word,
                "code": rung.code,
                "sentence": rung.sentence,
                "value": rung.value,
                "anchored": rung.is_anchor,
            }
            for rung in rungs
        ]
    return found
