"""A first look at all files of events: where each event stands, when, and what it is.

Kept is what bounds memory allows: for each event its place, time and two short digests,
some 60 bytes; of the first ``MAX_KEPT`` events also the tree, so that they need not be
read twice. Order: by event time, then file and position; events without a time last.
"""

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from explorer.core.absent import Absent
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.epcis.documents import read_document
from explorer.encodings.epcis.event_ids import EventTexts
from explorer.encodings.epcis.master_data import (
    companion_records,
    is_companion,
    master_data_of,
)
from explorer.encodings.epcis.nodes import (
    Context,
    Damage,
    DocumentEnd,
    EventTree,
    Item,
    OtherValue,
    Vocabulary,
)
from explorer.encodings.epcis.times import read_time
from explorer.formats.opening import CHUNK_BYTES, EvidenceFiles
from explorer.model.events import EventPlace
from explorer.model.master_data import (
    CertificateRecord,
    MasterData,
    ReferenceData,
    StepRoles,
)

MAX_KEPT = 10_000
"""Events whose trees are kept in memory."""

MAX_DAMAGE_LISTED = 1_000
"""Damaged places that are listed; more are counted."""

MAX_DESCRIBED = 1_000_000
"""Elements of master data that are kept."""

STEP_BYTES = 2**20
"""Progress is told about this often."""

_LAST = 2**63 - 1
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """What one document called itself, and how many events it holds."""

    source: int
    root: str
    version: str
    events: int


@dataclass(slots=True)
class EventIndex:
    """What the first look found."""

    times: "array[int]" = field(default_factory=lambda: array("q"))
    sources: "array[int]" = field(default_factory=lambda: array("i"))
    positions: "array[int]" = field(default_factory=lambda: array("q"))
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    contexts: "array[int]" = field(default_factory=lambda: array("i"))
    identities: bytearray = field(default_factory=bytearray)
    """Digest of the declared id, or of the content where there is none."""
    contents: bytearray = field(default_factory=bytearray)
    """Digest of the canonical text."""
    void: set[bytes] = field(default_factory=set)
    """Identities of events that some event declares an error."""
    known_contexts: list[Context] = field(default_factory=list)
    kept: dict[int, EventTree] = field(default_factory=dict)
    damage: list[tuple[int, Damage]] = field(default_factory=list)
    """(file, what)."""
    damage_left_out: Counter[str] = field(default_factory=Counter)
    documents: list[DocumentSeen] = field(default_factory=list)
    described: list[MasterData] = field(default_factory=list)
    certificates: list[CertificateRecord] = field(default_factory=list)
    step_roles: list[StepRoles] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many events there are."""
        return len(self.times)

    def reference_data(self) -> ReferenceData:
        """Return all master data in the order it was read."""
        return ReferenceData(
            tuple(self.described), tuple(self.certificates), tuple(self.step_roles)
        )

    def in_order(self) -> list[int]:
        """Return the numbers of all events, earliest event time first."""
        return sorted(range(len(self)), key=self.times.__getitem__)

    def same_identity(self) -> list[list[int]]:
        """Return groups of events that have one identity, in the order of the files."""
        order = sorted(range(len(self)), key=self.identity)
        groups = (list(each) for _, each in groupby(order, key=self.identity))
        return [each for each in groups if len(each) > 1]

    def identity(self, number: int) -> bytes:
        """Return the identity of an event."""
        at = number * _DIGEST_BYTES
        return bytes(self.identities[at : at + _DIGEST_BYTES])

    def content(self, number: int) -> bytes:
        """Return the digest of an event's content."""
        at = number * _DIGEST_BYTES
        return bytes(self.contents[at : at + _DIGEST_BYTES])

    def span(self, number: int) -> ByteSpan:
        """Return where an event stands."""
        return ByteSpan(self.sources[number], self.starts[number], self.ends[number])


class Indexer:
    """Takes the first look."""

    def __init__(self, files: EvidenceFiles, texts: EventTexts) -> None:
        """Find nothing yet."""
        self.index = EventIndex()
        self._files = files
        self._texts = texts
        self._context_numbers: dict[object, int] = {}
        self._last_context = 0
        self._position = 0
        self._in_document = 0

    def look(self, source: int) -> Iterator[int]:
        """Look at one file; yield how many of its bytes were read, now and then."""
        self._position = self._in_document = 0
        told = 0
        for item in read_document(lambda: self._chunks(source)):
            self._take(source, item)
            end = item.end
            if end - told > STEP_BYTES:
                told = end
                yield end

    def _chunks(self, source: int) -> Iterator[bytes]:
        size = self._files.evidence.sources[source].size_bytes
        step = min(CHUNK_BYTES, max(size, 1))
        return (chunk for _, chunk in self._files.chunks(source, step))

    def _take(self, source: int, item: Item) -> None:
        match item:
            case EventTree():
                self._event(source, item)
            case Damage():
                self._damaged(source, item)
            case OtherValue():
                is_typed = item.type.endswith("Event")
                reason = "event-type-unknown" if is_typed else "not-an-event"
                damage = Damage(reason, item.start, item.end, item.type)
                self._damaged(source, damage)
            case Vocabulary():
                if len(self.index.described) < MAX_DESCRIBED:
                    place = _place(source, item.start, item.end)
                    self.index.described.append(master_data_of(item, place))
            case DocumentEnd():
                self._document(source, item)

    def _event(self, source: int, tree: EventTree) -> None:
        index, number = self.index, len(self.index)
        index.times.append(_time_of(tree))
        index.sources.append(source)
        index.positions.append(self._position)
        index.starts.append(tree.start)
        index.ends.append(tree.end)
        index.contexts.append(self._context(tree.context))
        content = _digest(self._texts.canonical(tree))
        declared = _text_of(tree, "eventID").encode("utf-8", "replace")
        identity = _digest(declared) if declared else content
        index.contents += content
        index.identities += identity
        if any(each.name == "errorDeclaration" for each in tree.fields):
            index.void.add(identity)
        if number < MAX_KEPT or not _can_be_read_again(tree):
            index.kept[number] = tree
        self._position += 1
        self._in_document += 1

    def _context(self, context: Context) -> int:
        """Return the number of a context; most events share that of the document."""
        known = self.index.known_contexts
        if known and context is known[self._last_context]:
            return self._last_context
        key = (
            context.is_json,
            frozenset(context.prefixes.items()),
            frozenset(context.bindings.items()),
            context.ignored,
            context.is_utf_8,
        )
        number = self._context_numbers.setdefault(key, len(known))
        if number == len(known):
            known.append(context)
        self._last_context = number
        return number

    def _damaged(self, source: int, damage: Damage) -> None:
        if len(self.index.damage) < MAX_DAMAGE_LISTED:
            self.index.damage.append((source, damage))
        else:
            self.index.damage_left_out[damage.reason] += 1

    def _document(self, source: int, end: DocumentEnd) -> None:
        index = self.index
        if is_companion(end.values):
            place = _place(source, end.start, end.end)
            for each in companion_records(end.values, place):
                if isinstance(each, MasterData):
                    index.described.append(each)
                elif isinstance(each, CertificateRecord):
                    index.certificates.append(each)
                else:
                    index.step_roles.append(each)
            return
        seen = DocumentSeen(source, end.root, end.schema_version, self._in_document)
        if len(index.documents) < MAX_DAMAGE_LISTED:
            index.documents.append(seen)
        self._in_document = 0


def _time_of(tree: EventTree) -> int:
    time_us, _ = read_time(_text_of(tree, "eventTime"))
    return _LAST if isinstance(time_us, Absent) else time_us


def _text_of(tree: EventTree, name: str) -> str:
    return next((each.text.strip() for each in tree.fields if each.name == name), "")


def _can_be_read_again(tree: EventTree) -> bool:
    """Return whether the bytes between its offsets are enough, with its context."""
    return (
        tree.is_apart
        and tree.context.is_utf_8
        and tree.end - tree.start < MAX_RECORD_BYTES
    )


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_DIGEST_BYTES]


def _place(source: int, start: int, end: int) -> EventPlace:
    return EventPlace(source, 0, ByteSpan(source, start, end))
