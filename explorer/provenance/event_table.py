"""All events of a ledger or of event files as columns: a million fit in memory.

What every event has stands in arrays; what few have (sensors, certificates, documents)
in ``Details`` of those few. Texts are kept once. Nothing is judged here.
"""

from array import array
from collections.abc import Iterable
from decimal import Decimal
from enum import IntEnum
from hashlib import blake2b

import msgspec

from explorer.core.absent import Absent
from explorer.model.events import (
    Action,
    EventKind,
    Extra,
    Quantity,
    Reference,
    SensorReading,
    TraceEvent,
)

NO_TIME = -(2**63)
"""Stands in columns of times where an event has none."""

NO_ZONE = -(2**15)

NONE = -1
"""Stands in columns of numbers where an event has none."""

MAX_MENTIONS = 100_000_000
"""Most things named by all events together."""


class Role(IntEnum):
    """What a thing is to an event that names it."""

    SEEN = 0
    INPUT = 1
    OUTPUT = 2
    PARENT = 3
    CHILD = 4


KINDS = tuple(EventKind)
ACTIONS: tuple[Action | Absent, ...] = (Absent.NOT_IN_EXPORT, *Action)


class Entry(msgspec.Struct, frozen=True, gc=False):
    """The entry that holds an event, as far as a graph and rules need it."""

    block: int
    entry: int
    author: str = ""
    verified: bool = False
    accepted: bool = True
    recorded_us: int | Absent = Absent.NOT_IN_FORMAT
    is_told: bool = True
    """Its events make versions of things; otherwise something else does."""


class Details(msgspec.Struct, frozen=True, gc=False):
    """What few events have."""

    documents: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    sources: tuple[Reference, ...] = ()
    destinations: tuple[Reference, ...] = ()
    certifications: tuple[str, ...] = ()
    set_dispositions: tuple[str, ...] = ()
    unset_dispositions: tuple[str, ...] = ()
    ilmd: tuple[Extra, ...] = ()
    sensors: tuple[SensorReading, ...] = ()
    corrective_ids: tuple[str, ...] = ()
    point: tuple[Decimal, Decimal] | Absent = Absent.NOT_IN_EXPORT
    """Degrees north and east that the event itself states."""


NO_DETAILS = Details()


class Names:
    """Numbers for texts, the same number for the same text."""

    def __init__(self) -> None:
        """Begin with no text."""
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a text; -1 for an empty one."""
        if not text:
            return NONE
        known = self._numbers.get(text)
        if known is None:
            known = self._numbers[text] = len(self.texts)
            # halves of surrogate pairs, which JSON can spell, are no text for SQLite
            self.texts.append(text.encode("utf-8", "backslashreplace").decode())
        return known

    def find(self, text: str) -> int:
        """Return the number of a text, or -1 if it was never given one."""
        return self._numbers.get(text, NONE)


class EventTable:
    """Grows by one event at a time; ``EventData`` reads it when it is complete."""

    def __init__(self) -> None:
        """Begin with no event."""
        self.things, self.words = Names(), Names()
        self.amounts: list[Decimal] = []
        self.details: dict[int, Details] = {}
        self._amount_numbers: dict[Decimal, int] = {}
        self._shared: dict[Details, Details] = {}
        self.kind, self.action, self.flags = array("B"), array("B"), array("B")
        self.time, self.record_time, self.recorded = array("q"), array("q"), array("q")
        self.zone, self.written_zone = array("h"), array("h")
        self.step, self.disposition, self.process = array("i"), array("i"), array("i")
        self.read_point, self.location, self.author = array("i"), array("i"), array("i")
        self.source, self.position = array("i"), array("q")
        self.block, self.entry = array("q"), array("q")
        self.id_hash, self.content_hash = bytearray(), bytearray()
        self.first_mention = array("q", [0])
        self.thing, self.role = array("i"), array("B")
        self.single, self.amount, self.unit = array("B"), array("i"), array("i")

    def __len__(self) -> int:
        """Return how many events there are."""
        return len(self.kind)

    def add(self, event: TraceEvent, entry: Entry) -> None:
        """Append one event."""
        number = len(self.kind)
        words = self.words.number
        self.kind.append(KINDS.index(event.kind))
        self.action.append(_action(event.action))
        self.flags.append(_flags(event, entry))
        self.time.append(_moment(event.event_time_us))
        self.record_time.append(_moment(event.record_time_us))
        self.recorded.append(_moment(entry.recorded_us))
        self.zone.append(_zone(event.zone_minutes))
        self.written_zone.append(_zone(event.written_zone_minutes))
        self.step.append(words(event.step))
        self.disposition.append(words(event.disposition))
        self.process.append(words(event.process))
        self.read_point.append(words(event.read_point))
        self.location.append(words(event.location))
        self.author.append(words(entry.author))
        self.source.append(event.place.source)
        self.position.append(event.place.position)
        self.block.append(entry.block)
        self.entry.append(entry.entry)
        own_id = event.declared_id
        self.id_hash += (
            _hash(own_id.encode("utf-8", "surrogatepass")) if own_id else _HASH_OF_NO_ID
        )
        self.content_hash += _hash(_content(event))
        self._name_things(event)
        self.first_mention.append(len(self.thing))
        details = _details(event)
        if details != NO_DETAILS:
            is_own = details.sensors or details.ilmd
            self.details[number] = (
                details if is_own else self._shared.setdefault(details, details)
            )

    def _name_things(self, event: TraceEvent) -> None:
        weight = item_weight(event.ilmd)
        self._mention(Role.SEEN, event.things, event.quantities, weight)
        self._mention(Role.INPUT, event.inputs, event.input_quantities)
        self._mention(Role.OUTPUT, event.outputs, event.output_quantities, weight)
        if event.parent:
            self._mention(Role.PARENT, (event.parent,), ())
        self._mention(Role.CHILD, event.children, event.child_quantities)

    def _mention(
        self,
        role: Role,
        things: tuple[str, ...],
        quantities: tuple[Quantity, ...],
        weight: Decimal | Absent = Absent.NOT_IN_EXPORT,
    ) -> None:
        if not (things or quantities):
            return
        if len(self.thing) + len(things) + len(quantities) > MAX_MENTIONS:
            return
        of = {each.thing: each for each in quantities}
        for name in dict.fromkeys(things):
            known = of.pop(name, None) if of else None
            if known is not None:
                self._append(role, name, known.amount, known.unit, single=True)
            else:
                self._append(role, name, weight, "KGM", single=True)
        if of:
            for each in quantities:
                if each.thing in of:
                    self._append(role, each.thing, each.amount, each.unit, single=False)

    def _append(
        self,
        role: Role,
        name: str,
        amount: Decimal | Absent,
        unit: str,
        *,
        single: bool,
    ) -> None:
        if not name:
            return
        self.thing.append(self.things.number(name))
        self.role.append(role)
        self.single.append(single)
        if isinstance(amount, Absent) or not is_usable(amount):
            self.amount.append(NONE)
            self.unit.append(NONE)
            return
        number = self._amount_numbers.get(amount)
        if number is None:
            number = self._amount_numbers[amount] = len(self.amounts)
            self.amounts.append(amount)
        self.amount.append(number)
        self.unit.append(self.words.number(unit))


ACCEPTED, VERIFIED, DECLARED_VOID, HAS_ID, TOLD = 1, 2, 4, 8, 16
"""Bits of ``EventTable.flags``."""


def _flags(event: TraceEvent, entry: Entry) -> int:
    return (
        ACCEPTED * entry.accepted
        | VERIFIED * entry.verified
        | DECLARED_VOID * (not isinstance(event.error, Absent))
        | HAS_ID * bool(event.declared_id)
        | TOLD * entry.is_told
    )


def _action(action: Action | Absent) -> int:
    return 0 if isinstance(action, Absent) else ACTIONS.index(action)


def _moment(time_us: int | Absent) -> int:
    if isinstance(time_us, Absent) or not NO_TIME < time_us < 2**63:
        return NO_TIME
    return time_us


def _zone(minutes: int | Absent) -> int:
    if isinstance(minutes, Absent) or not NO_ZONE < minutes < 2**15:
        return NO_ZONE
    return minutes


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


_HASH_OF_NO_ID = _hash(b"")
_ENCODER = msgspec.msgpack.Encoder()


def _content(event: TraceEvent) -> bytes:
    """Return what an event says, without where, by whom and when it was recorded."""
    says = [
        (event.kind, event.action, event.event_time_us, event.step),
        (event.disposition, event.things, event.quantities, event.parent),
        (event.children, event.child_quantities, event.inputs),
        (event.input_quantities, event.outputs, event.output_quantities),
        (event.process, event.read_point, event.location, event.transactions),
        (event.sources, event.destinations, event.set_dispositions),
        (event.unset_dispositions, event.certifications, event.ilmd),
        (event.extensions, event.sensors),
    ]
    try:
        return _ENCODER.encode(says)
    except (UnicodeEncodeError, OverflowError):  # half a surrogate pair, a huge time
        return repr(says).encode("utf-8", "backslashreplace")


def _details(event: TraceEvent) -> Details:
    error = event.error
    return Details(
        tuple(each.id for each in event.transactions)
        if event.kind is EventKind.TRANSACTION
        else (),
        event.transactions,
        event.sources,
        event.destinations,
        event.certifications,
        event.set_dispositions,
        event.unset_dispositions,
        event.ilmd,
        event.sensors,
        () if isinstance(error, Absent) else error.corrective_ids,
        _point(event),
    )


_WEIGHT_NAMES = frozenset({"netweightperitemkg", "netweightkg", "itemweightkg"})
_NORTH = frozenset({"latitude", "lat", "纬度"})
_EAST = frozenset({"longitude", "lon", "lng", "经度"})


def item_weight(ilmd: Iterable[Extra]) -> Decimal | Absent:
    """Return the net weight in kg of one item, where master data state it."""
    for each in ilmd:
        if each.local.lower() in _WEIGHT_NAMES:
            return decimal_of(each.value)
    return Absent.NOT_IN_EXPORT


def decimal_of(text: str) -> Decimal | Absent:
    """Return a finite number of at most 40 characters."""
    plain = text.strip()
    try:
        number = Decimal(plain) if 0 < len(plain) <= 40 else None
    except ArithmeticError:
        number = None
    return Absent.UNREADABLE if number is None or not is_usable(number) else number


def is_usable(number: Decimal) -> bool:
    """Return whether a number is finite and of a size that can be reckoned with."""
    return number.is_finite() and abs(number.adjusted()) <= 30


def _point(event: TraceEvent) -> tuple[Decimal, Decimal] | Absent:
    north = east = ""
    for outer in event.extensions:
        for each in (outer, *outer.children):
            name = each.local.lower()
            north = each.value if name in _NORTH else north
            east = each.value if name in _EAST else east
    if not (north and east):
        return Absent.NOT_IN_EXPORT
    return point_of(decimal_of(north), decimal_of(east))


def point_of(
    north: Decimal | Absent, east: Decimal | Absent
) -> tuple[Decimal, Decimal] | Absent:
    """Return a point on the earth, or that there is none."""
    if isinstance(north, Absent) or isinstance(east, Absent):
        return Absent.NOT_IN_EXPORT
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        return Absent.UNREADABLE
    return north, east
