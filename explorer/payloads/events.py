"""Lineage from events: each event that touches a thing makes a new version of it.

GS1 EPCIS 2.0.1, sections 7.4.1 to 7.4.6, as ``docs/formats/epcis.md``, section 1.6,
reads them. Direction is the flow of material: inputs into outputs, children into their
parent. What happens to a parent happens to what is inside, so children get a version
too; taking them out leads nothing from the parent to them, or each would seem to come
from all that was ever packed beside it. Events of one transformation process count as
one.

Several events of one entry share that entry's version of a thing. An event that
declares itself an error is an attempt, not a fact. Left out: quantities, clipping by
event time (events are taken in the order of the ledger), errors declared later.
"""

from collections import Counter

import msgspec

from explorer.core.absent import Absent
from explorer.model.content import EntryContent
from explorer.model.events import Action, EventKind, Quantity, TraceEvent
from explorer.model.statements import Act, Flow, LinkGrade, Statements, ThingVersion
from explorer.payloads.event_names import kind_and_label
from explorer.payloads.flows import Said, Version, cross, said_by
from explorer.payloads.plain_events import MAX_WHAT_CHARACTERS
from explorer.payloads.trace_events import events_of

MAX_INHERITED = 10_000
"""Most things inside others that one event is applied to."""


class EventLineage:
    """Turns events into statements; entries must come in order."""

    def __init__(self, unread: Counter[str]) -> None:
        """Count what could not be used in ``unread``, by reason."""
        self._unread = unread
        self._latest: dict[str, Version] = {}
        self._inside: dict[str, dict[str, None]] = {}
        self._emptied: set[str] = set()
        self._processes: dict[str, Version] = {}

    def add(self, content: EntryContent) -> Statements:
        """Return what the events of this entry say; nothing if none is readable."""
        events = self._events(content)
        if not events:
            return Statements()
        is_void = all(not isinstance(each.error, Absent) for each in events)
        said = said_by(content, LinkGrade.NAMED)
        if is_void:
            said = msgspec.structs.replace(said, is_struck=True)
        draft = _Draft(said, content.entry_id)
        for event in events:
            if is_void or isinstance(event.error, Absent):
                self._read(draft, event)
        if not said.is_struck:
            self._latest.update(draft.latest)
        return Statements(
            tuple(draft.things.values()),
            tuple(draft.flows),
            (_act(content, said, events),),
        )

    def _events(self, content: EntryContent) -> list[TraceEvent]:
        events = []
        for each in events_of(content):
            if isinstance(each, TraceEvent):
                events.append(each)
                if each.event_time_us is Absent.UNREADABLE:
                    self._unread["time-not-read"] += 1
            else:
                self._unread[each.reason] += 1
        return events

    def _read(self, draft: "_Draft", event: TraceEvent) -> None:
        match event.kind:
            case EventKind.OBJECT | EventKind.OBSERVATION:
                ended = event.things if event.action is Action.DELETE else ()
                seen = _all_of(event.things, event.quantities)
                self._touch_all(draft, seen, ended=frozenset(ended))
            case EventKind.TRANSFORMATION:
                self._made(draft, event)
            case EventKind.AGGREGATION:
                self._held(draft, event, "containment")
            case EventKind.ASSOCIATION:
                self._held(draft, event, "association")
            case EventKind.TRANSACTION:
                tied = _all_of(event.things, event.quantities, first=event.parent)
                papers = tuple(dict.fromkeys(each.id for each in event.transactions))
                self._touch_all(draft, tied)
                self._touch_all(draft, papers, kind="document")
                draft.cross(tied, papers, "about")

    def _made(self, draft: "_Draft", event: TraceEvent) -> None:
        inputs = _all_of(event.inputs, event.input_quantities)
        outputs = _all_of(event.outputs, event.output_quantities)
        self._touch_all(draft, inputs)
        for output in outputs:
            self._touch(draft, output)
        if not event.process or draft.said.is_struck:
            draft.cross(inputs, outputs, "derivation")
            return
        # All events of a process meet in one node, however many there are.
        name = f"process/{event.process}"
        middle = self._processes.setdefault(event.process, draft.version(name))
        if middle == draft.version(name):
            draft.touch(name, None, kind="process", is_ended=False)
        used = [draft.version(each) for each in inputs]
        draft.cross_versions(used, [middle], "derivation")
        made = [draft.version(each) for each in outputs]
        draft.cross_versions([middle], made, "derivation")

    def _held(self, draft: "_Draft", event: TraceEvent, relation: str) -> None:
        children = _all_of(event.children, event.child_quantities)
        if event.action is Action.ADD:
            self._put_in(draft, event.parent, children, relation)
        elif event.action is Action.DELETE:
            self._take_out(draft, event.parent, children)
        else:
            self._touch_all(draft, tuple(filter(None, (event.parent, *children))))

    def _put_in(
        self, draft: "_Draft", parent: str, children: tuple[str, ...], relation: str
    ) -> None:
        self._touch_all(draft, children)
        if not parent:
            return
        # A carrier that was emptied and is filled again begins anew: what it held
        # before did not go into what it holds now.
        self._touch(draft, parent, is_new=parent in self._emptied)
        draft.cross(children, (parent,), relation)
        if not draft.said.is_struck:
            self._emptied.discard(parent)
            added = dict.fromkeys(children)
            self._inside.setdefault(parent, {}).update(added)

    def _take_out(
        self, draft: "_Draft", parent: str, children: tuple[str, ...]
    ) -> None:
        inside = self._inside.get(parent, {})
        left = dict.fromkeys(children or inside)  # none named: all of them
        if parent:
            self._touch(draft, parent)
        self._touch_all(draft, tuple(left))
        if parent and inside and not draft.said.is_struck:
            remaining = {each: None for each in inside if each not in left}
            self._inside[parent] = remaining
            if not remaining:
                self._emptied.add(parent)

    def _touch_all(
        self,
        draft: "_Draft",
        names: tuple[str, ...],
        *,
        ended: frozenset[str] = frozenset(),
        kind: str = "",
        is_new: bool = False,
    ) -> None:
        for name in names:
            self._touch(draft, name, kind=kind, is_ended=name in ended, is_new=is_new)
            for each in self._contents(name):
                self._touch(draft, each)

    def _touch(
        self,
        draft: "_Draft",
        name: str,
        *,
        kind: str = "",
        is_ended: bool = False,
        is_new: bool = False,
    ) -> None:
        before = None if is_new else self._latest.get(name)
        draft.touch(name, before, kind=kind, is_ended=is_ended)

    def _contents(self, name: str) -> list[str]:
        """Return everything inside a thing, however deep; cycles end."""
        if not self._inside.get(name):
            return []
        found: dict[str, None] = {}
        open_names = [name]
        while open_names and len(found) < MAX_INHERITED:
            for each in self._inside.get(open_names.pop(), ()):
                if each not in found and each != name:
                    found[each] = None
                    open_names.append(each)
        if len(found) >= MAX_INHERITED:
            self._unread["too-many-contents"] += 1
        return list(found)[:MAX_INHERITED]


class _Draft:
    """The statements of one entry while its events are read."""

    def __init__(self, said: Said, entry_id: str) -> None:
        self.said = said
        self.things: dict[str, ThingVersion] = {}
        self.flows: list[Flow] = []
        self.latest: dict[str, Version] = {}
        self._entry_id = entry_id
        self._told: set[tuple[Version, Version, str]] = set()

    def version(self, name: str) -> Version:
        """Return the version that this entry makes of a thing."""
        return (name, self.said.block, self.said.entry)

    def touch(
        self, name: str, before: Version | None, *, kind: str, is_ended: bool
    ) -> None:
        """Add this entry's version of a thing, once, as a revision of ``before``."""
        target = self.version(name)
        known = self.things.get(name)
        if known is None:
            own_kind, label = kind_and_label(name)
            self.things[name] = ThingVersion(*target, label, kind or own_kind, is_ended)
            self.latest[name] = target
            if before is not None and before != target:
                self.flows.append(self.said.flow(before, target, "revision"))
        elif is_ended and not known.is_deleted:
            self.things[name] = msgspec.structs.replace(known, is_deleted=True)

    def cross(
        self, inputs: tuple[str, ...], outputs: tuple[str, ...], relation: str
    ) -> None:
        """Lead this entry's version of every input into that of every output."""
        self.cross_versions(
            [self.version(each) for each in inputs],
            [self.version(each) for each in outputs],
            relation,
        )

    def cross_versions(
        self, inputs: list[Version], outputs: list[Version], relation: str
    ) -> None:
        """Lead every input into every output, each pair once."""
        ends = [(each, relation) for each in outputs]
        gathered, flows = cross(self.said, self._entry_id, inputs, ends)
        for each in gathered:
            self.things[each.thing] = each
        for flow in flows:
            pair = (flow.source, flow.target, flow.relation)
            if pair not in self._told:
                self._told.add(pair)
                self.flows.append(flow)


def _all_of(
    things: tuple[str, ...], quantities: tuple[Quantity, ...], *, first: str = ""
) -> tuple[str, ...]:
    """Return things and lots, each once."""
    lots = [each.thing for each in quantities]
    return tuple(dict.fromkeys(filter(None, (first, *things, *lots))))


def _what(event: TraceEvent) -> str:
    """Return what an event did: the last word of its step, else its kind."""
    if not event.step:
        return _KINDS.get(event.kind, "")
    last = event.step.rpartition("/")[2].rpartition(":")[2]
    return last or event.step


_KINDS = {
    EventKind.OBJECT: "ObjectEvent",
    EventKind.AGGREGATION: "AggregationEvent",
    EventKind.TRANSACTION: "TransactionEvent",
    EventKind.TRANSFORMATION: "TransformationEvent",
    EventKind.ASSOCIATION: "AssociationEvent",
}


def _act(content: EntryContent, said: Said, events: list[TraceEvent]) -> Act:
    words = dict.fromkeys(filter(None, map(_what, events)))
    times = [
        each.event_time_us
        for each in events
        if not isinstance(each.event_time_us, Absent)
    ]
    return Act(
        content.block,
        content.entry,
        content.entry_id,
        ", ".join(words)[:MAX_WHAT_CHARACTERS] or content.kind,
        content.author,
        times[0] if times else content.time_us,
        said.fact,
        said.is_struck,
    )
