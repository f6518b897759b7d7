"""Gathers what the entries on a thing's path say: fields, times, hands, places.

A record repeats what stood in it before; what a later entry only repeats is credited to
the entry that first said it, and only what is new there can tell when something
happened. Entries whose things have no recorded value are read again from the evidence.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.core.spans import ByteSpan
from explorer.model.claim_sheets import (
    EntryPlace,
    EventTime,
    Hand,
    JourneyPlace,
    PlaceOrigin,
    Saying,
    Source,
    Topic,
)
from explorer.model.statements import FactGrade, ThingVersion
from explorer.provenance.trace import Trace
from explorer.session.claims_fields import (
    MAX_VALUE_BYTES,
    NamedPlace,
    ValueFacts,
    facts_of,
)
from explorer.session.tracing import TraceAnswer, Tracer
from explorer.store.queries import CaseReader

MAX_ENTRIES = 2_000
"""Entries of a path that are looked into; of longer paths the last ones."""

ReadSpan = Callable[[ByteSpan], bytes]

RECALLS = ("recall", "召回")


@dataclass(slots=True)
class Gathered:
    """Everything found, in the order of the ledger."""

    trace: Trace
    sources: dict[EntryPlace, Source] = field(default_factory=dict)
    sayings: list[tuple[Topic, Saying]] = field(default_factory=list)
    recalls: set[EntryPlace] = field(default_factory=set)
    hands: list[Hand] = field(default_factory=list)
    places: list[JourneyPlace] = field(default_factory=list)
    documents: int = 0
    own_things: frozenset[str] = frozenset()
    """The item, and documents about it."""

    def of_topic(self, topic: Topic) -> list[Saying]:
        """Return what is said about a topic."""
        return [saying for each, saying in self.sayings if each is topic]


@dataclass(frozen=True, slots=True)
class _Read:
    """One recorded value with the thing it was recorded of."""

    version: ThingVersion
    facts: ValueFacts


def gather(
    reader: CaseReader,
    tracer: Tracer,
    answer: TraceAnswer,
    trace: Trace,
    read: ReadSpan,
) -> Gathered:
    """Return what the entries of a trace say."""
    return _Gatherer(reader, tracer, answer, trace, read).gather()


class _Gatherer:
    """Gathers once."""

    def __init__(
        self,
        reader: CaseReader,
        tracer: Tracer,
        answer: TraceAnswer,
        trace: Trace,
        read: ReadSpan,
    ) -> None:
        self._reader, self._tracer = reader, tracer
        self._answer, self._read = answer, read
        self._found = Gathered(trace)
        self._said: dict[str, set[tuple[str, str]]] = {}
        self._timed: dict[str, set[tuple[str, str]]] = {}
        self._times: dict[EntryPlace, EventTime] = {}
        self._documents: set[str] = set()
        self._signers: dict[str, str] = {}

    def gather(self) -> Gathered:
        trace, found = self._found.trace, self._found
        found.own_things = self._own_things(trace)
        nodes = self._nodes(trace)
        values = self._tracer.values(nodes)
        by_place: dict[EntryPlace, list[int]] = {}
        for node in nodes:
            version = trace.versions[node]
            place = EntryPlace(version.block, version.entry)
            by_place.setdefault(place, []).append(node)
        ordered = sorted(by_place)[-MAX_ENTRIES:]
        reads = {
            each: self._values_at(each, by_place[each], values) for each in ordered
        }
        on_path = {trace.versions[node] for node in trace.nodes}
        own = {EntryPlace(each.block, each.entry) for each in on_path}
        ordered = [each for each in ordered if each in own or _speaks(reads[each])]
        for place in ordered:
            self._note_times(place, reads[place])
        self._make_sources(ordered)
        for place in ordered:
            self._take(place, by_place[place], reads[place])
        found.documents = len(self._documents)
        return found

    def _own_things(self, trace: Trace) -> frozenset[str]:
        own = {trace.item}
        for hop in trace.about:
            sources = {trace.versions[each].thing for each in hop.sources}
            if trace.item in sources:
                own |= {trace.versions[each].thing for each in hop.targets}
        return frozenset(own)

    def _nodes(self, trace: Trace) -> list[int]:
        beside = [node for hop in trace.about for node in hop.targets]
        return list(dict.fromkeys((*trace.nodes, *beside)))

    def _values_at(
        self, place: EntryPlace, nodes: Sequence[int], values: Mapping[int, bytes]
    ) -> list[_Read]:
        versions = self._found.trace.versions
        reads = [
            _Read(versions[node], facts_of(values[node]))
            for node in nodes
            if node in values
        ]
        if reads:
            return reads
        data = self._entry_bytes(place)
        main = versions[nodes[-1]]
        return [_Read(main, facts_of(data))] if data else []

    def _entry_bytes(self, place: EntryPlace) -> bytes:
        row = self._reader.row_of(self._answer.ledger, place.block, place.entry)
        if row is None:
            return b""
        span = self._reader.rows_by_number([row])[0].span
        if span.size_bytes > MAX_VALUE_BYTES:
            return b""
        try:
            return self._read(span)
        except ExplorerError:  # gone meanwhile; what is in the case file still stands
            return b""

    def _note_times(self, place: EntryPlace, reads: Sequence[_Read]) -> None:
        """Keep when the entry says it happened: a time that was not said before."""
        for each in reads:
            said = self._timed.setdefault(each.version.thing, set())
            fresh = [t for n, text, t in each.facts.times if (n, text) not in said]
            said |= {(name, text) for name, text, _ in each.facts.times}
            if fresh and place not in self._times:
                self._times[place] = fresh[0]

    def _make_sources(self, ordered: Sequence[EntryPlace]) -> None:
        trace, answer = self._found.trace, self._answer
        statements = self._reader.statements(answer.ledger)
        blocks = statements.blocks({each.block for each in ordered})
        names = statements.entries([(each.block, each.entry) for each in ordered])
        for place in ordered:
            key = (place.block, place.entry)
            act, block = trace.acts.get(key), blocks.get(place.block)
            agent = "" if act is None else act.agent
            recorded = Absent.NOT_IN_EXPORT if block is None else block.time_us
            if isinstance(recorded, Absent) and act is not None:
                recorded = act.time_us
            organisation = answer.organisations.get(agent, agent.partition("/")[0])
            self._found.sources[place] = Source(
                place,
                names.get(key, ""),
                "" if act is None else act.what,
                agent,
                organisation,
                FactGrade.STATED if act is None else act.fact,
                recorded,
                self._times.get(place, Absent.NOT_IN_FORMAT),
                key in answer.failed,
            )
            if self._found.sources[place].is_signed:
                self._signers.setdefault(organisation, agent)

    # -- one entry ------------------------------------------------------------------

    def _take(
        self, place: EntryPlace, nodes: Sequence[int], reads: Sequence[_Read]
    ) -> None:
        source = self._found.sources[place]
        self._add_hand(Hand(source.organisation, "", source.is_signed,
                            source.organisation, place))  # fmt: skip
        for each in reads:
            fresh = self._fresh(each)
            self._found.sayings += [
                (topic, self._saying(name, text, each.version, place))
                for topic, name, text in fresh
            ]
            self._take_hands(place, source, each.facts)
            self._take_places(place, source, each)
            self._documents.update(each.facts.hashes)
        kinds = {self._found.trace.versions[node].kind.lower() for node in nodes}
        if kinds & set(RECALLS) or source.what.lower().startswith(RECALLS):
            self._take_recall(place, reads)

    def _fresh(self, read: _Read) -> Iterator[tuple[Topic, str, str]]:
        said = self._said.setdefault(read.version.thing, set())
        for each in read.facts.facts:
            key = (each.name, each.text)
            if key not in said and each.of in {"", read.version.thing}:
                said.add(key)
                yield each.topic, each.name, each.text

    def _saying(
        self, name: str, text: str, version: ThingVersion, place: EntryPlace
    ) -> Saying:
        label = version.label or version.thing
        return Saying(text, name, version.thing, label, place)

    def _take_recall(self, place: EntryPlace, reads: Sequence[_Read]) -> None:
        found = self._found
        found.recalls.add(place)
        told = any(
            topic is Topic.INSPECTED and saying.source == place
            for topic, saying in found.sayings
        )
        if not told and reads:
            version = reads[-1].version
            text, name = version.label or version.thing, version.kind
            saying = Saying(text, name, version.thing, text, place)
            found.sayings.append((Topic.INSPECTED, saying))

    def _take_hands(self, place: EntryPlace, source: Source, facts: ValueFacts) -> None:
        for name, role in facts.holders:
            own = self._signers.get(name)
            hand = Hand(name, role, own is not None, source.organisation, place)
            self._add_hand(hand)

    def _add_hand(self, hand: Hand) -> None:
        """Add somebody once, where the records first name them."""
        if hand.name and all(each.name != hand.name for each in self._found.hands):
            self._found.hands.append(hand)

    def _take_places(self, place: EntryPlace, source: Source, read: _Read) -> None:
        located = [p for p in read.facts.places if not isinstance(p.latitude, Absent)]
        names = {each.name for each in located}
        others = [p for p in read.facts.places if p.name and p.name not in names]
        for each in (*located, *others):
            self._add_place(place, source, read.version, each)

    def _add_place(
        self,
        place: EntryPlace,
        source: Source,
        version: ThingVersion,
        named: NamedPlace,
    ) -> None:
        places = self._found.places
        has_point = not isinstance(named.latitude, Absent)
        name = named.name or version.label or version.thing
        for number, known in enumerate(places):
            if known.name == name:
                if known.origin is PlaceOrigin.DATA or not has_point:
                    return
                del places[number]
                break
        places.append(
            JourneyPlace(
                name,
                source.what,
                PlaceOrigin.DATA if has_point else PlaceOrigin.NONE,
                named.latitude,
                named.longitude,
                place,
            )
        )


def _speaks(reads: Sequence[_Read]) -> bool:
    """Return whether values beside the path say anything this sheet knows."""
    return any(
        each.facts.facts or each.version.kind.lower() in RECALLS for each in reads
    )
