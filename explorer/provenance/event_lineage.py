"""Statements from complete events: which version of which thing came from which.

GS1 EPCIS 2.0.1, sections 7.4.1 to 7.4.6. Each event that names a thing makes a version
of it, in the order of event times. Direction is the flow of material: inputs into
outputs, children into their parent. Events of one transformation process meet in one
node.

**Inside a container.** Shipping and receiving are recorded on the pallet only, so a
thing inherits the pallet's events exactly while it is inside. What travels in a
container between two packings is a *load*: a chain of versions of its own, one for each
event of the container, beginning where the load was put in and without any edge from
what was put in. A thing inside comes from the latest link of the load it rides in, so
going back from it finds the journey, clipped to its stay, and never what lay beside it;
going forward from it never reaches its neighbours. A load of a box that stands on a
pallet rides in a load of the pallet that begins at the same event. Such an inheritance
is our rule: its fact is graded ``inferred``.

An event that is refused or void is kept, struck, and changes nothing. A repeat of an
event says nothing new.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from explorer.core.absent import Absent
from explorer.model.content import EntryContent
from explorer.model.events import Action, EventKind, TraceEvent
from explorer.model.statements import (
    Act,
    FactGrade,
    Flow,
    LinkGrade,
    Statements,
    ThingVersion,
)
from explorer.payloads.event_names import kind_and_label
from explorer.payloads.flows import Said, Version, cross, said_by
from explorer.provenance.containment import Containment, Stay
from explorer.provenance.event_data import EventData, State
from explorer.provenance.event_table import ACTIONS, KINDS, TOLD, VERIFIED, Role
from explorer.provenance.hops import CARRIAGE

MAX_CARRIERS = 64
"""Most loads around one thing: boxes in boxes."""

MAX_WHAT_CHARACTERS = 200
"""Longest text that says what an entry did."""

MAX_LOADS = 1_000
"""Most loads of one container that are under way at once; later ones inherit less."""

_ADD = ACTIONS.index(Action.ADD)
_OBSERVE = ACTIONS.index(Action.OBSERVE)
_DELETE = ACTIONS.index(Action.DELETE)


@dataclass(slots=True, eq=False)
class _Load:
    """What was put into a container together, on its way."""

    parent: int
    name: str
    node: Version
    rank: int
    riders: int = 0
    has_moved: bool = False
    has_one_start: bool = True
    """Everything in it was put in by one event, so that it begins there for all."""
    rides: list["_Load"] = field(default_factory=list)


def act_of(content: EntryContent, events: Sequence[TraceEvent]) -> Act:
    """Return the activity of an entry that holds these events."""
    words = dict.fromkeys(each.step or each.kind.value for each in events)
    times = [
        each.event_time_us
        for each in events
        if not isinstance(each.event_time_us, Absent)
    ]
    said = said_by(content, LinkGrade.NAMED)
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


class EventLineage:
    """Turns complete events into statements; used once."""

    def __init__(self, data: EventData, containment: Containment) -> None:
        """Begin with no thing known."""
        self._data = data
        self._names = data.names
        self._latest: dict[int, tuple[Version, int]] = {}
        self._riding: dict[int, list[_Load]] = {}
        self._loads: dict[int, list[_Load]] = {}
        self._load_counts: dict[int, int] = {}
        self._emptied: set[int] = set()
        self._processes: dict[int, Version] = {}
        self._starts: dict[int, list[Stay]] = {}
        self._ends: dict[int, list[Stay]] = {}
        self._stay_loads: dict[int, _Load] = {}
        for stay in containment.stays:
            self._starts.setdefault(stay.first, []).append(stay)
            if stay.last >= 0:
                self._ends.setdefault(stay.last, []).append(stay)
        self._shared = _SharedEntries(data)
        self.is_cut = False
        """Some inherited events were left out because there were too many loads."""

    def statements(self) -> Iterator[Statements]:
        """Yield what each event says, in order of time; then who is still inside."""
        states, order = self._data.state.tolist(), self._data.order
        flags = self._data.flags.tolist()
        for rank, event in enumerate(order.tolist()):
            if states[event] != State.REPEAT and flags[event] & TOLD:
                yield self._one(event, rank)
        yield from self._still_inside()

    def _one(self, event: int, rank: int) -> Statements:
        data = self._data
        draft = _Draft(data, event, rank, self._shared)
        self._touch_all(draft)
        kind = KINDS[data.kind[event]]
        if kind is EventKind.TRANSFORMATION:
            self._made(draft)
        elif kind is EventKind.TRANSACTION:
            self._tied(draft)
        elif draft.parents and data.action[event] == _ADD:
            relation = "containment" if kind is EventKind.AGGREGATION else "association"
            draft.cross(
                [draft.version(each) for each in draft.children],
                [draft.version(each) for each in draft.parents],
                relation,
            )
        if not draft.said.is_struck:
            self._move(draft)
        return draft.statements()

    def _touch_all(self, draft: "_Draft") -> None:
        is_filling = draft.action == _ADD
        for thing, mention in zip(draft.things, draft.mentions, strict=True):
            is_new = is_filling and thing in draft.parents and thing in self._emptied
            # what it held before did not go into what it holds now
            self._touch(draft, thing, mention, is_new=is_new)
        for stay in self._ends.get(draft.event, ()):
            self._touch(draft, stay.child, None)  # taken out without being named

    def _touch(
        self, draft: "_Draft", thing: int, mention: int | None, *, is_new: bool = False
    ) -> None:
        version = draft.touch(thing, mention)
        before, rank = self._latest.get(thing, (None, -1))
        if before is not None and not is_new:
            draft.flow(before, version, "revision")
        if not draft.said.is_struck:
            self._inherit(draft, self._riding.get(thing, ()), version, rank)
            self._latest[thing] = (version, draft.rank)

    def _inherit(
        self, draft: "_Draft", loads: Iterable[_Load], version: Version, since: int
    ) -> None:
        for load in _around(loads):
            if load.has_moved and load.rank > since:
                draft.flow(load.node, version, "containment", is_inferred=True)

    def _made(self, draft: "_Draft") -> None:
        used = [draft.version(each) for each in draft.of(Role.INPUT)]
        made = [draft.version(each) for each in draft.of(Role.OUTPUT)]
        process = int(self._data.process[draft.event])
        if process < 0 or draft.said.is_struck:
            draft.cross(used, made, "derivation")
            return
        # All events of a process meet in one node, however many there are.
        middle = self._processes.get(process)
        if middle is None:
            middle = draft.beside(f"process/{self._data.text(process)}", "process")
            self._processes[process] = middle
        draft.cross(used, [middle], "derivation")
        draft.cross([middle], made, "derivation")

    def _tied(self, draft: "_Draft") -> None:
        documents = self._data.detail(draft.event).documents
        papers = [draft.beside(each, "document") for each in dict.fromkeys(documents)]
        things = (*draft.parents, *draft.of(Role.SEEN))
        draft.cross([draft.version(each) for each in things], papers, "about")

    def _move(self, draft: "_Draft") -> None:
        """Let loads go on with their container, then change who rides where."""
        is_moving = draft.action == _OBSERVE or not draft.parents
        ended = self._ends.get(draft.event, ())
        for thing in dict.fromkeys([*draft.things, *(s.child for s in ended)]):
            if is_moving or thing not in draft.parents:
                for load in self._loads.get(thing, ()):
                    self._go_on(draft, load)
        for stay in ended:
            self._leave(stay)
        for stay in self._starts.get(draft.event, ()):
            self._enter(draft, stay)

    def _go_on(self, draft: "_Draft", load: _Load) -> None:
        name = load.name
        version = draft.beside(name, CARRIAGE, self._names[load.parent])
        if not load.has_moved and load.has_one_start:
            draft.begin(load.node, load.rank, self._names[load.parent])
        if load.has_moved or load.has_one_start:
            draft.flow(load.node, version, "revision")
        self._inherit(draft, load.rides, version, load.rank)
        load.node, load.rank, load.has_moved = version, draft.rank, True

    def _leave(self, stay: Stay) -> None:
        load = self._stay_loads.pop(id(stay), None)
        if load is not None:
            rides = self._riding[stay.child]
            rides.remove(load)
            if not rides:
                del self._riding[stay.child]
            self._release(load)
        for inner in self._loads.get(stay.child, ()):
            for outer in [each for each in inner.rides if each.parent == stay.parent]:
                inner.rides.remove(outer)
                self._release(outer)

    def _release(self, load: _Load) -> None:
        """Take a rider from a load; an empty one ends, and so do those it rode in."""
        waiting = [load]
        while waiting:
            each = waiting.pop()
            each.riders -= 1
            if each.riders == 0 and each in self._loads.get(each.parent, ()):
                self._loads[each.parent].remove(each)
                waiting += each.rides
                if not self._loads[each.parent]:
                    del self._loads[each.parent]
                    self._emptied.add(each.parent)

    def _enter(self, draft: "_Draft", stay: Stay) -> None:
        load = self._open_load(draft, stay.parent, set())
        if load is None:
            self.is_cut = True
            return
        load.riders += 1
        self._stay_loads[id(stay)] = load
        self._riding.setdefault(stay.child, []).append(load)
        self._emptied.discard(stay.parent)
        for inner in self._loads.get(stay.child, ()):
            if load not in inner.rides and inner is not load:
                inner.rides.append(load)
                load.riders += 1

    def _open_load(self, draft: "_Draft", parent: int, seen: set[int]) -> _Load | None:
        """Return a load of a container that begins now, with those it rides in."""
        own = self._loads.setdefault(parent, [])
        # a load is still at its start if nothing it rides in went on either
        if own and not any(each.has_moved for each in _around(own[-1:])):
            for each in _around(own[-1:]):
                each.has_one_start &= each.rank == draft.rank
            return own[-1]
        if len(own) >= MAX_LOADS or len(seen) >= MAX_CARRIERS or parent in seen:
            return None
        seen.add(parent)
        number = self._load_counts[parent] = self._load_counts.get(parent, 0) + 1
        name = f"{self._names[parent]}#{number}"
        load = _Load(parent, name, (name, draft.said.block, draft.said.entry), -1)
        own.append(load)
        load.rank = draft.rank
        for outer in list(self._riding.get(parent, ())):
            around = self._open_load(draft, outer.parent, seen)
            if around is not None:
                around.riders += 1
                load.rides.append(around)
        return load

    def _still_inside(self) -> Iterator[Statements]:
        """Yield a last version of each thing whose container went on without it."""
        for thing, loads in self._riding.items():
            last, rank = self._latest.get(thing, (None, -1))
            moved = [
                each for each in _around(loads) if each.has_moved and each.rank > rank
            ]
            if not moved or last is None:
                continue
            newest = max(moved, key=lambda each: each.rank)
            event = int(self._data.order[newest.rank])
            draft = _Draft(self._data, event, newest.rank, self._shared)
            version = draft.touch(thing, None)
            draft.flow(last, version, "revision", is_inferred=True)
            for each in moved:
                draft.flow(each.node, version, "containment", is_inferred=True)
            yield draft.statements()


def _around(loads: Iterable[_Load]) -> list[_Load]:
    """Return loads and all that they ride in."""
    found = list(loads)
    for each in found:  # grows while it is read
        if len(found) >= MAX_CARRIERS:
            break
        found += [outer for outer in each.rides if outer not in found]
    return found


class _SharedEntries:
    """Entries that hold several events: their versions are told together."""

    def __init__(self, data: EventData) -> None:
        keys = np.stack([data.block, data.entry], axis=1)
        _, inverse, counts = np.unique(
            keys, axis=0, return_inverse=True, return_counts=True
        )
        several = counts[inverse.reshape(-1)] > 1
        self._several = several
        self._told: dict[tuple[int, int], set[tuple[Version, Version, str]]] = {}
        self._deleted: set[tuple[int, int, int]] = set()
        self._alive: set[tuple[int, int, int]] = set()
        for event in np.flatnonzero(several).tolist():
            place = (int(data.block[event]), int(data.entry[event]))
            self._told.setdefault(place, set())
            for mention in data.mentions(event):
                key = (int(data.thing[mention]), *place)
                if is_ending(data, event, mention):
                    self._deleted.add(key)
                if data.flowing[event]:
                    self._alive.add(key)

    def told(
        self, event: int, place: tuple[int, int]
    ) -> set[tuple[Version, Version, str]]:
        """Return what was told of the entry so far; a set of its own if it is alone."""
        return self._told[place] if self._several[event] else set()

    def is_deleted(self, event: int, key: tuple[int, int, int]) -> bool:
        """Return whether any event of a shared entry ends the thing."""
        return bool(self._several[event]) and key in self._deleted

    def is_alive(self, event: int, key: tuple[int, int, int]) -> bool:
        """Return whether any event of a shared entry that counts names the thing."""
        return bool(self._several[event]) and key in self._alive


def is_ending(data: EventData, event: int, mention: int) -> bool:
    """Return whether this naming says that a single thing exists no longer."""
    return bool(
        data.action[event] == _DELETE
        and KINDS[data.kind[event]] is EventKind.OBJECT
        and data.single[mention]
    )


class _Draft:
    """The statements of one event while it is read."""

    def __init__(
        self, data: EventData, event: int, rank: int, shared: _SharedEntries
    ) -> None:
        self.event, self.rank = event, rank
        self.action = int(data.action[event])
        self._data, self._shared = data, shared
        block, entry = int(data.block[event]), int(data.entry[event])
        is_signed = bool(data.flags[event] & VERIFIED)
        self.said = Said(
            block,
            entry,
            LinkGrade.NAMED,
            FactGrade.SIGNED if is_signed else FactGrade.STATED,
            is_struck=not data.flowing[event],
        )
        mentions = data.mentions(event)
        self.things = data.thing[mentions.start : mentions.stop].tolist()
        self.mentions = mentions
        self._roles = data.role[mentions.start : mentions.stop].tolist()
        self.parents = self.of(Role.PARENT)
        self.children = self.of(Role.CHILD)
        self._things: dict[str, ThingVersion] = {}
        self._flows: list[Flow] = []
        self._told = shared.told(event, (block, entry))

    def of(self, role: Role) -> list[int]:
        """Return the things named in a role."""
        named = zip(self.things, self._roles, strict=True)
        return [thing for thing, own in named if own == role]

    def version(self, thing: int) -> Version:
        """Return the version that this event's entry makes of a thing."""
        return (self._data.names[thing], self.said.block, self.said.entry)

    def touch(self, thing: int, mention: int | None) -> Version:
        """Add the version of a thing, once; return it."""
        data, version = self._data, self.version(thing)
        if version[0] in self._things:
            return version
        key = (thing, self.said.block, self.said.entry)
        kind, label = kind_and_label(version[0])
        is_deleted = mention is not None and is_ending(data, self.event, mention)
        amount = Absent.NOT_IN_EXPORT if mention is None else data.amount_of(mention)
        unit = "" if mention is None else data.text(int(data.unit[mention]))
        self._things[version[0]] = ThingVersion(
            *version,
            label,
            kind,
            is_deleted or self._shared.is_deleted(self.event, key),
            amount=amount,
            unit=unit,
            rank=self.rank + 1,
            is_struck=self.said.is_struck
            and not self._shared.is_alive(self.event, key),
        )
        return version

    def beside(self, name: str, kind: str, label: str = "") -> Version:
        """Add a version of something that stands beside things: a document, a load."""
        version = (name, self.said.block, self.said.entry)
        if name not in self._things:
            own = kind_and_label(label or name)[1]
            self._things[name] = ThingVersion(
                *version,
                own,
                kind,
                rank=self.rank + 1,
                is_struck=self.said.is_struck,
            )
        return version

    def begin(self, version: Version, rank: int, label: str) -> None:
        """Add the first version of a load, which its packing made before."""
        own = kind_and_label(label)[1]
        self._things[f"{version[0]}@"] = ThingVersion(
            *version, own, CARRIAGE, rank=rank + 1
        )

    def flow(
        self,
        source: Version,
        target: Version,
        relation: str,
        *,
        is_inferred: bool = False,
    ) -> None:
        """Lead one version into another, once."""
        said = self.said
        if is_inferred:
            said = Said(
                said.block, said.entry, said.link, FactGrade.INFERRED, said.is_struck
            )
        self._add(said.flow(source, target, relation))

    def cross(
        self, sources: Sequence[Version], targets: Sequence[Version], relation: str
    ) -> None:
        """Lead every source into every target, each pair once."""
        ends = [(each, relation) for each in targets]
        gathered, flows = cross(self.said, "", sources, ends)
        for each in gathered:
            self._things.setdefault(each.thing, _ranked(each, self.rank + 1))
        for flow in flows:
            self._add(flow)

    def _add(self, flow: Flow) -> None:
        pair = (flow.source, flow.target, flow.relation)
        if flow.source != flow.target and pair not in self._told:
            self._told.add(pair)
            self._flows.append(flow)

    def statements(self) -> Statements:
        """Return everything that was added."""
        return Statements(tuple(self._things.values()), tuple(self._flows))


def _ranked(version: ThingVersion, rank: int) -> ThingVersion:
    return ThingVersion(
        version.thing,
        version.block,
        version.entry,
        version.label,
        version.kind,
        rank=rank,
    )
