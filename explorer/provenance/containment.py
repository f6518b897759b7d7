"""Which thing was inside which other, from when to when.

GS1 EPCIS 2.0.1, section 7.4.3 (AggregationEvent): ADD puts children in, DELETE takes
them out (without children: all of them), OBSERVE is a snapshot, compared and never
taken as a beginning. Section 7.4.6 (AssociationEvent): the same, for things attached.
A single thing is in one container at a time: being put into another ends the first stay
and is kept as a clash. A stay also ends where the thing, or its container, is ended
(object event DELETE) or used up. A lot may be in several containers at once.

A stay is from its first event on to its last, both included, in the order of event
times.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.model.events import Action, EventKind
from explorer.provenance.event_data import EventData
from explorer.provenance.event_table import ACTIONS, KINDS, NONE, Role

_ADD = ACTIONS.index(Action.ADD)
_DELETE = ACTIONS.index(Action.DELETE)
_AGGREGATION = KINDS.index(EventKind.AGGREGATION)
_ASSOCIATION = KINDS.index(EventKind.ASSOCIATION)
_OBJECT = KINDS.index(EventKind.OBJECT)
_TRANSFORMATION = KINDS.index(EventKind.TRANSFORMATION)


MAX_DEPTH = 64
"""Containers inside one another that are followed."""


class Stay(msgspec.Struct, gc=False):
    """A thing inside, or attached to, another."""

    child: int
    parent: int
    first: int
    """Event that put it in."""
    last: int = NONE
    """Event that took it out; -1: it is still inside when the records end."""
    is_attached: bool = False


class Clash(NamedTuple):
    """A thing put into, or seen in, one container while it was inside another."""

    child: int
    first: int
    """Event that put it into the container it had not left."""
    second: int
    is_seen: bool


class Containment:
    """All stays and clashes of complete events."""

    def __init__(self, data: EventData) -> None:
        """Play all active events that move things in or out, in order of time."""
        self.stays: list[Stay] = []
        """In the order in which they begin."""
        self.clashes: list[Clash] = []
        self.unfounded: list[tuple[int, int]] = []
        """(event, child) of things taken out that nothing had put in."""
        self._data = data
        self._open: dict[tuple[int, int], int] = {}
        self._parent_of: dict[int, int] = {}
        self._inside: dict[int, dict[int, None]] = {}
        for event in self._moving_events():
            self._play(event)

    def of(self, thing: int) -> list[Stay]:
        """Return the stays of a thing, in order."""
        return self._chosen(self._by_child, thing)

    def in_parent(self, parent: int) -> list[Stay]:
        """Return the stays in a container, in order."""
        return self._chosen(self._by_parent, parent)

    def _chosen(self, index: "_Index", thing: int) -> list[Stay]:
        first, last = np.searchsorted(index.things, (thing, thing + 1))
        return [self.stays[each] for each in index.stays[first:last]]

    @cached_property
    def _by_child(self) -> "_Index":
        return _Index.of([each.child for each in self.stays])

    @cached_property
    def _by_parent(self) -> "_Index":
        return _Index.of([each.parent for each in self.stays])

    def _moving_events(self) -> Iterator[int]:
        data = self._data
        moves = data.is_kind(EventKind.AGGREGATION, EventKind.ASSOCIATION)
        moves |= data.is_kind(EventKind.TRANSFORMATION)
        moves |= data.is_kind(EventKind.OBJECT) & data.has_action(Action.DELETE)
        chosen = (moves & data.flowing)[data.order]
        yield from data.order[np.flatnonzero(chosen)].tolist()

    def _play(self, event: int) -> None:
        data = self._data
        kind, action = int(data.kind[event]), int(data.action[event])
        if kind in {_AGGREGATION, _ASSOCIATION}:
            parents = data.things_of(event, Role.PARENT)
            if parents:
                self._move(event, parents[0], action, kind == _ASSOCIATION)
        elif kind == _TRANSFORMATION:
            for thing in self._single(event, Role.INPUT):
                self._end(event, thing)
        elif kind == _OBJECT:
            for thing in self._single(event, Role.SEEN):
                self._end(event, thing)

    def _single(self, event: int, role: Role) -> list[int]:
        batch = self._data.is_batch
        return [each for each in self._data.things_of(event, role) if not batch[each]]

    def _move(
        self,
        event: int,
        parent: int,
        action: int,
        is_attached: bool,  # noqa: FBT001 - private
    ) -> None:
        children = self._data.things_of(event, Role.CHILD)
        if action == _ADD:
            for child in children:
                if child != parent:
                    self._put_in(event, child, parent, is_attached)
        elif action == _DELETE:
            for child in children or list(self._inside.get(parent, ())):
                self._take_out(event, child, parent)
        else:
            for child in children:
                self._compare(event, child, parent)

    def _put_in(
        self,
        event: int,
        child: int,
        parent: int,
        is_attached: bool,  # noqa: FBT001 - private
    ) -> None:
        if (child, parent) in self._open:
            return
        if not is_attached and not self._data.is_batch[child]:
            other = self._parent_of.get(child, NONE)
            if other != NONE and self._is_within(other, parent):
                return  # it is in there already, with what it is packed in
            if other != NONE:
                if not self._is_within(parent, other):
                    stay = self.stays[self._open[child, other]]
                    clash = Clash(child, stay.first, event, is_seen=False)
                    self.clashes.append(clash)
                self._close(event, child, other)
            self._parent_of[child] = parent
        self._open[child, parent] = len(self.stays)
        self._inside.setdefault(parent, {})[child] = None
        self.stays.append(Stay(child, parent, event, is_attached=is_attached))

    def _is_within(self, thing: int, container: int) -> bool:
        """Return whether a thing is inside a container, at whatever depth."""
        for _ in range(MAX_DEPTH):
            thing = self._parent_of.get(thing, NONE)
            if thing in {NONE, container}:
                return thing == container
        return False

    def _take_out(self, event: int, child: int, parent: int) -> None:
        if (child, parent) in self._open:
            self._close(event, child, parent)
        else:
            self.unfounded.append((event, child))

    def _compare(self, event: int, child: int, parent: int) -> None:
        other = self._parent_of.get(child, NONE)
        if other not in {NONE, parent} and not self._is_within(other, parent):
            stay = self.stays[self._open[child, other]]
            self.clashes.append(Clash(child, stay.first, event, is_seen=True))

    def _close(self, event: int, child: int, parent: int) -> None:
        self.stays[self._open.pop((child, parent))].last = event
        self._inside[parent].pop(child, None)
        if self._parent_of.get(child) == parent:
            del self._parent_of[child]

    def _end(self, event: int, thing: int) -> None:
        for child in list(self._inside.get(thing, ())):
            self._close(event, child, thing)
        parent = self._parent_of.get(thing, NONE)
        if parent != NONE:
            self._close(event, thing, parent)


class _Index(NamedTuple):
    """Numbers of stays by thing."""

    things: npt.NDArray[np.int64]
    """Ascending; one for each stay."""
    stays: npt.NDArray[np.int64]

    @classmethod
    def of(cls, things: Sequence[int]) -> "_Index":
        """Return the index of stays whose things are given in order."""
        column = np.array(things, dtype=np.int64)
        order = np.argsort(column, kind="stable")
        return cls(column[order], order)
