"""The finished columns of an event table: order in time, state, and who is named when.

Order: by event time; where an event has none, by the time at which the ledger recorded
it; where there is none either, it stays behind the event before it in its file. Equal
times keep the order of the files. State: an event is refused (by the ledger), void (an
error declaration names it: EPCIS 2.0.1, section 7.4.1.2), a repeat (the same event told
again), or contested (another event has the same id and says something else).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import IntEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from explorer.core.absent import Absent
from explorer.model.events import Action, EventKind
from explorer.provenance.event_table import (
    ACCEPTED,
    ACTIONS,
    DECLARED_VOID,
    HAS_ID,
    KINDS,
    NO_DETAILS,
    NO_TIME,
    NONE,
    Details,
    EventTable,
    Role,
)

Numbers = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Bits = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]


class State(IntEnum):
    """Whether an event counts."""

    ACTIVE = 0
    REFUSED = 1
    VOID = 2
    REPEAT = 3
    CONTESTED = 4


class Mention:
    """One naming of a thing by an event."""

    __slots__ = ("amount", "event", "is_single", "role", "thing", "unit")

    def __init__(
        self,
        event: int,
        thing: int,
        role: Role,
        *,
        is_single: bool,
        amount: Decimal | Absent,
        unit: str,
    ) -> None:
        """Keep what is said."""
        self.event, self.thing, self.role = event, thing, role
        self.is_single, self.amount, self.unit = is_single, amount, unit


class EventData:
    """Columns of a complete table, with everything that sorting can tell."""

    def __init__(self, table: EventTable) -> None:
        """Take over ``table``, which must not grow any more."""
        self._table = table
        self.count = len(table)
        self.kind: Bytes = np.frombuffer(table.kind, dtype=np.uint8)
        self.action: Bytes = np.frombuffer(table.action, dtype=np.uint8)
        self.flags: Bytes = np.frombuffer(table.flags, dtype=np.uint8)
        self.time: Numbers = np.frombuffer(table.time, dtype=np.int64)
        self.record_time: Numbers = np.frombuffer(table.record_time, dtype=np.int64)
        self.recorded: Numbers = np.frombuffer(table.recorded, dtype=np.int64)
        self.zone = np.frombuffer(table.zone, dtype=np.int16)
        self.written_zone = np.frombuffer(table.written_zone, dtype=np.int16)
        self.step: Small = np.frombuffer(table.step, dtype=np.int32)
        self.disposition: Small = np.frombuffer(table.disposition, dtype=np.int32)
        self.process: Small = np.frombuffer(table.process, dtype=np.int32)
        self.read_point: Small = np.frombuffer(table.read_point, dtype=np.int32)
        self.location: Small = np.frombuffer(table.location, dtype=np.int32)
        self.author: Small = np.frombuffer(table.author, dtype=np.int32)
        self.source: Small = np.frombuffer(table.source, dtype=np.int32)
        self.position: Numbers = np.frombuffer(table.position, dtype=np.int64)
        self.block: Numbers = np.frombuffer(table.block, dtype=np.int64)
        self.entry: Numbers = np.frombuffer(table.entry, dtype=np.int64)
        self.first_mention: Numbers = np.frombuffer(table.first_mention, dtype=np.int64)
        self.thing: Small = np.frombuffer(table.thing, dtype=np.int32)
        self.role: Bytes = np.frombuffer(table.role, dtype=np.uint8)
        self.single: Bits = np.frombuffer(table.single, dtype=np.uint8).astype(np.bool_)
        self.amount: Small = np.frombuffer(table.amount, dtype=np.int32)
        self.unit: Small = np.frombuffer(table.unit, dtype=np.int32)
        self.names: Sequence[str] = table.things.texts
        self.words: Sequence[str] = table.words.texts
        self.amounts: Sequence[Decimal] = table.amounts
        self.details = table.details
        self._order_events()
        self._judge_states()

    def word(self, text: str) -> int:
        """Return the number of a step, disposition or place; -2 if nobody uses it."""
        number = self._table.words.find(text)
        return number if number != NONE else -2

    def word_numbers(self, texts: Sequence[str]) -> Small:
        """Return the numbers of the texts that are used."""
        found = [self._table.words.find(each) for each in texts]
        return np.array([each for each in found if each != NONE], dtype=np.int32)

    def find_thing(self, name: str) -> int:
        """Return the number of a thing, or -1 if no event names it."""
        return self._table.things.find(name)

    def text(self, number: int) -> str:
        """Return a step, disposition or place; an empty text for none."""
        return self.words[number] if number >= 0 else ""

    def detail(self, event: int) -> Details:
        """Return what few events have."""
        return self.details.get(event, NO_DETAILS)

    def is_kind(self, *kinds: EventKind) -> Bits:
        """Return for each event whether it is of one of these kinds."""
        wanted: Bits = np.isin(self.kind, [KINDS.index(each) for each in kinds])
        return wanted

    def has_action(self, action: Action) -> Bits:
        """Return for each event whether it has this action."""
        wanted: Bits = self.action == ACTIONS.index(action)
        return wanted

    def has_step(self, *steps: str) -> Bits:
        """Return for each event whether it is one of these business steps."""
        wanted: Bits = np.isin(self.step, self.word_numbers(steps))
        return wanted

    def has_disposition(self, *dispositions: str) -> Bits:
        """Return for each event whether it leaves things in one of these states."""
        wanted: Bits = np.isin(self.disposition, self.word_numbers(dispositions))
        return wanted

    def mentions(self, event: int) -> range:
        """Return the numbers of the mentions of an event."""
        return range(int(self.first_mention[event]), int(self.first_mention[event + 1]))

    def mention(self, number: int) -> Mention:
        """Return one mention in full."""
        return Mention(
            int(self.mention_event[number]),
            int(self.thing[number]),
            Role(int(self.role[number])),
            is_single=bool(self.single[number]),
            amount=self.amount_of(number),
            unit=self.text(int(self.unit[number])),
        )

    def amount_of(self, mention: int) -> Decimal | Absent:
        """Return the declared amount of a mention."""
        number = int(self.amount[mention])
        return self.amounts[number] if number >= 0 else Absent.NOT_IN_EXPORT

    def things_of(self, event: int, *roles: Role) -> list[int]:
        """Return the things that an event names in these roles, in order."""
        first, last = int(self.first_mention[event]), int(self.first_mention[event + 1])
        things, found = self.thing[first:last].tolist(), self.role[first:last].tolist()
        return [
            thing
            for thing, role in zip(things, found, strict=True)
            if not roles or role in roles
        ]

    @cached_property
    def mention_event(self) -> Small:
        """The event of each mention."""
        counts = np.diff(self.first_mention)
        return np.repeat(np.arange(self.count, dtype=np.int32), counts)

    @cached_property
    def place(self) -> Small:
        """Where each event happened: its read point, else its location."""
        where: Small = np.where(self.read_point >= 0, self.read_point, self.location)
        return where

    @cached_property
    def counts(self) -> Bits:
        """Whether each event is active."""
        active: Bits = self.state == State.ACTIVE
        return active

    @cached_property
    def flowing(self) -> Bits:
        """Whether each event is part of the flow: active or contested."""
        flowing: Bits = self.counts | (self.state == State.CONTESTED)
        return flowing

    @cached_property
    def is_batch(self) -> Bits:
        """Whether each thing is a lot or class: named with the amounts only.

        A bare observation may name a lot like a thing.
        """
        bare = self.is_kind(EventKind.OBSERVATION)[self.mention_event]
        batch = np.zeros(len(self.names), dtype=np.bool_)
        batch[self.thing[~self.single]] = True
        batch[self.thing[self.single & ~bare]] = False
        return batch

    @cached_property
    def by_thing(self) -> Numbers:
        """Numbers of the mentions of active events by thing, then in order of time."""
        chosen = np.flatnonzero(self.counts[self.mention_event])
        keys = (chosen, self.rank[self.mention_event[chosen]], self.thing[chosen])
        ordered: Numbers = chosen[np.lexsort(keys)]
        return ordered

    @cached_property
    def thing_slices(self) -> Numbers:
        """Where the mentions of each thing begin in ``by_thing``."""
        offsets = np.zeros(len(self.names) + 1, dtype=np.int64)
        counts = np.bincount(self.thing[self.by_thing], minlength=len(self.names))
        np.cumsum(counts, out=offsets[1:])
        return offsets

    def history(self, thing: int) -> Numbers:
        """Return the numbers of a thing's mentions by active events, in time order."""
        first, last = self.thing_slices[thing], self.thing_slices[thing + 1]
        return self.by_thing[first:last]

    def groups(self, mentions: npt.ArrayLike) -> Iterator[tuple[int, list[int]]]:
        """Yield (thing, its mentions in order) for a choice of ``by_thing``."""
        chosen = np.asarray(mentions, dtype=np.int64)
        if not len(chosen):
            return
        things = self.thing[chosen]
        cuts = np.flatnonzero(np.diff(things)) + 1
        for part in np.split(chosen, cuts):
            yield int(self.thing[part[0]]), part.tolist()

    def select(self, wanted: Bits) -> Numbers:
        """Return the mentions of ``by_thing`` for which ``wanted`` (by mention)."""
        return self.by_thing[wanted[self.by_thing]]

    def _order_events(self) -> None:
        when = np.where(self.time != NO_TIME, self.time, self.recorded)
        place = (self.position, self.entry, self.block, self.source)
        as_filed = np.lexsort(place)
        filed = when[as_filed]
        known = np.where(filed != NO_TIME, np.arange(self.count), -1)
        last = np.maximum.accumulate(known) if self.count else known
        same_file = self.source[as_filed] == self.source[as_filed][np.maximum(last, 0)]
        usable = (last >= 0) & same_file
        carried = np.where(usable, filed[np.maximum(last, 0)], NO_TIME)
        self.when: Numbers = np.empty(self.count, dtype=np.int64)
        self.when[as_filed] = carried
        self.order: Numbers = np.lexsort((*place, self.when))
        self.rank: Numbers = np.empty(self.count, dtype=np.int64)
        self.rank[self.order] = np.arange(self.count)

    def _judge_states(self) -> None:
        self.state: Bytes = np.zeros(self.count, dtype=np.uint8)
        has_id = (self.flags & HAS_ID) != 0
        self.id_group = _groups(*_halves(self._table.id_hash))
        self.content_group = _groups(*_halves(self._table.content_hash))
        entry_group = _groups(self.source, self.block, self.entry)
        self._mark_repeats(has_id, entry_group)
        void = np.unique(self.id_group[has_id & self._declared_void])
        is_void = self._declared_void | (has_id & np.isin(self.id_group, void))
        self.state[(self.flags & ACCEPTED) == 0] = State.REFUSED
        self.state[is_void] = State.VOID

    @property
    def _declared_void(self) -> Bits:
        void: Bits = (self.flags & DECLARED_VOID) != 0
        return void

    def _mark_repeats(self, has_id: Bits, entry_group: Numbers) -> None:
        """Mark later events with the id of an earlier one; of one entry only repeats.

        Without an id an event repeats another only if it stands in another file: one
        file may well count two equal things.
        """
        filed = np.lexsort((self.position, self.entry, self.block, self.source))
        for chosen, key in (
            (has_id, self.id_group),
            (~has_id, self.content_group),
        ):
            able = chosen & ~self._declared_void & ((self.flags & ACCEPTED) != 0)
            candidates = filed[able[filed]]
            _, index, inverse = np.unique(
                key[candidates], return_index=True, return_inverse=True
            )
            first = candidates[index][inverse]
            is_later = first != candidates
            same_content = self.content_group[first] == self.content_group[candidates]
            same_entry = entry_group[first] == entry_group[candidates]
            other_file = self.source[first] != self.source[candidates]
            counts_again = has_id[candidates] | other_file
            repeat = is_later & same_content & counts_again & ~same_entry
            contested = is_later & ~same_content & has_id[candidates] & ~same_entry
            self.state[candidates[repeat]] = State.REPEAT
            self.state[candidates[contested]] = State.CONTESTED


def _groups(*columns: npt.NDArray[np.int64] | npt.NDArray[np.int32]) -> Numbers:
    """Return for each row of the columns the number of its group of equal rows."""
    count = len(columns[0])
    order = np.lexsort(columns)
    changes = np.zeros(count, dtype=np.bool_)
    for each in columns:
        ordered = each[order]
        changes[1:] |= ordered[1:] != ordered[:-1]
    groups = np.empty(count, dtype=np.int64)
    groups[order] = np.cumsum(changes)
    return groups


def _halves(hashes: bytes | bytearray) -> tuple[Numbers, Numbers]:
    """Return hashes of 16 bytes as two columns."""
    pairs = np.frombuffer(bytes(hashes), dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
