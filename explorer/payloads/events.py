"""Lineage from events: each event that touches a thing makes a new version of it.

GS1 EPCIS 2.0.1, sections 7.4.1 to 7.4.6, as ``docs/formats/epcis.md``, section 1.6,
reads them. Direction is the flow of material: inputs into outputs, children into their
parent. What happens to a parent happens to what is inside, so children get a version
too; taking them out leads nothing from the parent to them, or each would seem to come
from all that was ever packed beside it. Events of one transformation process count as
one.

Several events of one entry share that entry's version of a thing. Left out: quantities,
clipping by event time (events are taken in the order of the ledger), declared errors.
"""

from collections import Counter

import msgspec

from explorer.core.absent import Absent
from explorer.model.content import EntryContent
from explorer.model.statements import Act, Flow, LinkGrade, Statements, ThingVersion
from explorer.payloads.event_documents import (
    MAX_WHAT_CHARACTERS,
    EventKind,
    ReadEvent,
    read_events,
)
from explorer.payloads.event_names import kind_and_label
from explorer.payloads.flows import Said, Version, cross, said_by

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
        """Return what the documents of this entry say; nothing if none is readable."""
        events = self._events(content)
        if not events:
            return Statements()
        draft = _Draft(said_by(content, LinkGrade.NAMED), content.entry_id)
        for event in events:
            self._read(draft, event)
        if content.accepted:
            self._latest.update(draft.latest)
        return Statements(
            tuple(draft.things.values()),
            tuple(draft.flows),
            (_act(content, draft.said, events),),
        )

    def _events(self, content: EntryContent) -> list[ReadEvent]:
        events = []
        for document in content.documents:
            for each in read_events(document):
                if isinstance(each, ReadEvent):
                    events.append(each)
                    if each.time_us is Absent.UNREADABLE:
                        self._unread["time-not-read"] += 1
                else:
                    self._unread[each.reason] += 1
        return events

    def _read(self, draft: "_Draft", event: ReadEvent) -> None:
        match event.kind:
            case EventKind.SEEN:
                self._touch_all(draft, event.inputs, ended=event.ended)
            case EventKind.MADE:
                self._made(draft, event)
            case EventKind.HELD:
                self._held(draft, event)
            case EventKind.TIED:
                self._touch_all(draft, event.inputs)
                self._touch_all(draft, event.outputs, kind="document")
                draft.cross(event.inputs, event.outputs, "about")

    def _made(self, draft: "_Draft", event: ReadEvent) -> None:
        self._touch_all(draft, event.inputs)
        for output in event.outputs:
            self._touch(draft, output)
        if not event.process or draft.said.is_struck:
            draft.cross(event.inputs, event.outputs, "derivation")
            return
        # All events of a process meet in one node, however many there are.
        name = f"process/{event.process}"
        middle = self._processes.setdefault(event.process, draft.version(name))
        if middle == draft.version(name):
            draft.touch(name, None, kind="process", is_ended=False)
        used = [draft.version(each) for each in event.inputs]
        draft.cross_versions(used, [middle], "derivation")
        made = [draft.version(each) for each in event.outputs]
        draft.cross_versions([middle], made, "derivation")

    def _held(self, draft: "_Draft", event: ReadEvent) -> None:
        if event.action == "ADD":
            self._put_in(draft, event)
        elif event.action == "DELETE":
            self._take_out(draft, event)
        else:
            self._touch_all(draft, tuple(filter(None, (event.parent, *event.inputs))))

    def _put_in(self, draft: "_Draft", event: ReadEvent) -> None:
        self._touch_all(draft, event.inputs)
        if not event.parent:
            return
        # A carrier that was emptied and is filled again begins anew: what it held
        # before did not go into what it holds now.
        self._touch(draft, event.parent, is_new=event.parent in self._emptied)
        draft.cross(event.inputs, (event.parent,), event.relation)
        if not draft.said.is_struck:
            self._emptied.discard(event.parent)
            added = dict.fromkeys(event.inputs)
            self._inside.setdefault(event.parent, {}).update(added)

    def _take_out(self, draft: "_Draft", event: ReadEvent) -> None:
        inside = self._inside.get(event.parent, {})
        left = dict.fromkeys(event.inputs or inside)  # none named: all of them
        if event.parent:
            self._touch(draft, event.parent)
        self._touch_all(draft, tuple(left))
        if event.parent and inside and not draft.said.is_struck:
            remaining = {each: None for each in inside if each not in left}
            self._inside[event.parent] = remaining
            if not remaining:
                self._emptied.add(event.parent)

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


def _act(content: EntryContent, said: Said, events: list[ReadEvent]) -> Act:
    words = dict.fromkeys(each.what for each in events if each.what)
    times = [each.time_us for each in events if not isinstance(each.time_us, Absent)]
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
