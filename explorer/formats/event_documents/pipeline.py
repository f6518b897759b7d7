"""Files of events as one history: index, read in the order of time, check, tell.

docs/formats/epcis.md. All files of the evidence make one history. Its order is the
event time; an entry's position counts in that order, while findings and inconsistencies
name the place in the file. Events that stand in several files with one identity and one
content are told once; events that some event declares an error are attempts, no facts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.epcis.event_ids import EventTexts
from explorer.encodings.epcis.json_reader import read_json_event
from explorer.encodings.epcis.nodes import EventTree
from explorer.encodings.epcis.pre_hash import ambiguous_values
from explorer.encodings.epcis.trace_events import trace_event
from explorer.encodings.epcis.xml_reader import read_xml_event
from explorer.formats.event_documents import specs
from explorer.formats.event_documents.index import EventIndex, Indexer
from explorer.formats.event_documents.judging import (
    Judged,
    damage_of,
    judge_event,
    repeated_results,
)
from explorer.formats.event_documents.remarks import remarks
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import NO_BLOCK, Entry, Unreadable
from explorer.model.checks import CheckSpec
from explorer.model.content import EntryContent
from explorer.model.events import EventPlace, TraceEvent
from explorer.model.ledgers import Batch, BlockDetail, Closing, Replayed

NAME = "epcis"
TITLE = "EPCIS events (JSON, XML)"
REFERENCE = "docs/formats/epcis.md"
EXPORT_HINT = (
    "Ask for the events with ids that are their hashes (CBV 2.0, section 8.9), and for "
    "the ledger or the copies in which these ids were recorded."
)

EVENTS_PER_BATCH = 500
MAX_SUMMARY = 200
"""Longest summary of an entry, in characters."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One event with its place in the order of time."""

    rank: int
    number: int
    """Number in the index."""
    tree: EventTree


@dataclass(frozen=True, slots=True)
class ParsedEvents:
    """Some consecutive events, or how far the first look is."""

    done_bytes: int
    events: Sequence[Numbered] = ()
    lost: Sequence[int] = ()
    """Numbers of events that the file no longer holds."""
    is_first: bool = False


@dataclass(slots=True)
class Counts:
    """What the end has to say, counted."""

    hashed: int = 0
    """Events whose id declares a hash."""
    matched: int = 0
    variants: Counter[str] = field(default_factory=Counter)
    ambiguous: int = 0
    repeated: int = 0
    void: int = 0


class EventPipeline:
    """All files of events of one evidence."""

    format = NAME
    entry_unit = "event"
    checks: tuple[CheckSpec, ...] = specs.CHECKS

    def __init__(self, files: EvidenceFiles, sources: Sequence[int]) -> None:
        """Read nothing yet."""
        self._files = files
        self._sources = tuple(sources)
        self._texts = EventTexts()
        self._indexer = Indexer(files, self._texts)
        self._twins: dict[int, int] = {}
        self._clashes: dict[int, int] = {}
        self._judged: dict[int, list[TraceEvent]] = {}
        self._counts = Counts()
        sizes = [files.evidence.sources[each].size_bytes for each in self._sources]
        self._size = sum(sizes)
        self.title = self._title()

    @property
    def index(self) -> EventIndex:
        """Return what was found so far."""
        return self._indexer.index

    def read(self) -> Iterator[ParsedEvents]:
        """Look at all files, then yield the events in the order of time.

        Raises:
            ReadError: If a file can no longer be read.
        """
        before = 0
        for source in self._sources:
            for done in self._indexer.look(source):
                yield ParsedEvents((before + done) // 2)
            before += self._files.evidence.sources[source].size_bytes
            yield ParsedEvents(before // 2)
        self._compare_identities()
        order = self.index.in_order()
        yield ParsedEvents(self._size // 2, is_first=True)
        for start in range(0, len(order), EVENTS_PER_BATCH):
            numbers = order[start : start + EVENTS_PER_BATCH]
            share = self._size * (start + len(numbers)) // (2 * len(order))
            yield self._batch(start, numbers, self._size // 2 + share)

    def resolve(self, parsed: ParsedEvents) -> Batch:
        """Return entries and claims of these events; called in order."""
        if parsed.is_first:
            return self._first_batch(parsed)
        judged = Judged()
        entries: list[Entry] = []
        told: list[TraceEvent] = []
        for each in parsed.events:
            place = self._place(each.number)
            event = trace_event(each.tree, place)
            told.append(event)
            entries.append(self._entry(each, event))
            match = judge_event(each.tree, event, each.rank, self._texts, judged)
            self._count(each.tree, match)
        self._counts.void += sum(bool(each.refused) for each in entries)
        self._judged[parsed.done_bytes] = told
        return Batch(
            blocks=(),
            entries=entries,
            claims=judged.claims,
            damage=[self._lost(number) for number in parsed.lost],
            passed=tuple(judged.passed.items()),
            results=judged.results,
            done_bytes=parsed.done_bytes,
            total_bytes=self._size,
        )

    def replay(
        self, parsed: ParsedEvents, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Return what the events say, each once."""
        del outcomes
        events = self._judged.pop(parsed.done_bytes, [])
        contents = []
        for each, event, entry in zip(
            parsed.events, events, batch.entries, strict=True
        ):
            content = self._content(each.number, event, entry)
            if content is not None:
                contents.append(content)
        return Replayed(contents=contents)

    def finish(self) -> Closing:
        """Say what only the end shows."""
        return Closing(
            not_checked=remarks(self.index, self._counts, self._name),
            reference_data=self.index.reference_data(),
            export_hint=EXPORT_HINT,
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Raise: events stand in no block.

        Raises:
            ReadError: Always.
        """
        raise ReadError(f"events stand in no block, not in {height}", "no-block", span)

    def _batch(self, start: int, numbers: Sequence[int], done: int) -> ParsedEvents:
        events: list[Numbered] = []
        lost: list[int] = []
        for rank, number in enumerate(numbers, start):
            tree = self.index.kept.pop(number, None) or self._again(number)
            if tree is None:
                lost.append(number)
            else:
                events.append(Numbered(rank, number, tree))
        return ParsedEvents(done, events, lost)

    def _again(self, number: int) -> EventTree | None:
        """Read an event again whose tree was not kept."""
        index = self.index
        span = index.span(number)
        context = index.known_contexts[index.contexts[number]]
        read = read_json_event if context.is_json else read_xml_event
        tree = read(self._files.read(span), context)
        if tree is not None:
            tree.start, tree.end = span.start, span.end
        return tree

    def _lost(self, number: int) -> Unreadable:
        return Unreadable(specs.FRAMING, "cut-off", self.index.span(number), NO_BLOCK)

    def _compare_identities(self) -> None:
        """Find events that stand in several places, and ids with several contents."""
        for group in self.index.same_identity():
            first = group[0]
            for number in group[1:]:
                if self._is_same(number, first):
                    self._twins[number] = first
                else:
                    self._clashes[number] = first
        self._counts.repeated = len(self._twins)

    def _is_same(self, number: int, first: int) -> bool:
        index = self.index
        if index.content(number) == index.content(first):
            return True
        one, other = (
            index.kept.get(each) or self._again(each) for each in (number, first)
        )
        if one is None or other is None:
            return False
        return self._texts.is_same_otherwise_written(one, other)

    def _first_batch(self, parsed: ParsedEvents) -> Batch:
        index = self.index
        damage, results = damage_of(index)
        damaged = {source for source, _ in index.damage}
        results += repeated_results(index, self._clashes)
        unique = len(index) - len(self._clashes)
        return Batch(
            blocks=(),
            entries=(),
            claims=(),
            damage=damage,
            passed=(
                (specs.FRAMING, len(self._sources) - len(damaged)),
                (specs.ID_UNIQUE, unique),
            ),
            results=results,
            done_bytes=parsed.done_bytes,
            total_bytes=self._size,
            read_sources=self._sources,
        )

    def _place(self, number: int) -> EventPlace:
        index = self.index
        return EventPlace(
            index.sources[number], index.positions[number], index.span(number)
        )

    def _entry(self, numbered: Numbered, event: TraceEvent) -> Entry:
        place = event.place
        name = self._name(place.source)
        return Entry(
            NO_BLOCK,
            numbered.rank,
            event.declared_id or f"{name}#{place.position}",
            numbered.tree.type,
            "",
            place.span,
            event.event_time_us,
            refused="void" if self._is_void(numbered.number) else "",
            summary=_summary(event),
        )

    def _is_void(self, number: int) -> bool:
        void = self.index.void
        return bool(void) and self.index.identity(number) in void

    def _content(
        self, number: int, event: TraceEvent, entry: Entry
    ) -> EntryContent | None:
        """Return what an event says, nothing where another has said it already."""
        if number in self._twins:
            return None
        return EntryContent(
            NO_BLOCK,
            entry.position,
            entry.id,
            entry.kind,
            "",
            author_verified=False,
            accepted=not entry.refused,
            time_us=event.record_time_us,
            events=(event,),
        )

    def _count(self, tree: EventTree, variant: str | None) -> None:
        counts = self._counts
        if variant is None:
            return
        counts.hashed += 1
        if variant:
            counts.matched += 1
            counts.variants[variant] += 1
            counts.ambiguous += bool(ambiguous_values(tree))

    def _name(self, source: int) -> str:
        return Path(self._files.evidence.sources[source].path).name

    def _title(self) -> str:
        names = [self._name(each) for each in self._sources] or ["events"]
        return f"{names[0]} + {len(names) - 1}" if names[1:] else names[0]


def _summary(event: TraceEvent) -> str:
    words = [event.step, event.read_point or event.location, event.parent]
    words += event.things or event.inputs or event.children
    words += [each.thing for each in event.quantities or event.input_quantities]
    shown = [each for each in words if each][:6]
    return " · ".join(shown)[:MAX_SUMMARY]
