"""A party's own list against a ledger: what agrees, what differs, what one side lacks.

``docs/formats/spreadsheets.md``, section 5. A line is one thing in one event, with
amount and time. Lines are paired by thing; a thing that one side calls ``box/X1`` and
the other ``X1`` is the same where only one thing ends so. Among the lines of a thing
the nearest is taken: same step, same amount, least time between. Left out: lines the
ledger refused, events that were declared void.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

import msgspec

from explorer.core.absent import Absent
from explorer.model.events import EntryPlace, EventPlace, Quantity, TraceEvent
from explorer.provenance.units import Measure, measure

_SEPARATORS = "/:#=.|"
DAY_US = 86_400_000_000


class Status(StrEnum):
    """What came of one line."""

    MATCHED = "matched"
    DIFFERS = "differs"
    ONLY_HERE = "only-here"
    """Only in the party's list."""
    ONLY_THERE = "only-there"
    """Only in the ledger."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One thing in one event."""

    thing: str
    amount: Decimal | Absent
    unit: str
    time_us: int | Absent
    step: str
    place: EventPlace
    entry: EntryPlace | Absent


class Difference(msgspec.Struct, frozen=True, gc=False):
    """One field in which two lines differ."""

    field: str
    """``amount``, ``unit`` or ``time``."""
    here: str
    there: str


class Pair(msgspec.Struct, frozen=True, gc=False):
    """A line of the list, a line of the ledger, or both."""

    status: Status
    here: Line | Absent
    there: Line | Absent
    differences: tuple[Difference, ...] = ()


class Side(msgspec.Struct, frozen=True):
    """Totals of one side."""

    lines: int
    things: int
    amounts: Mapping[str, Decimal]
    """Base unit → sum of the lines that give an amount."""


class Reconciliation(msgspec.Struct, frozen=True):
    """What came of everything."""

    pairs: tuple[Pair, ...]
    """Those of the list in its order, then those of the ledger."""
    here: Side
    there: Side
    """The lines of the ledger that were compared or are missing in the list."""

    def count(self, status: Status) -> int:
        """Return how many lines have a status."""
        return sum(each.status is status for each in self.pairs)


def lines_of(events: Iterable[TraceEvent]) -> Iterator[Line]:
    """Yield a line for each thing of each event that counts."""
    for event in events:
        is_refused = isinstance(event.entry, EntryPlace) and not event.entry.accepted
        if is_refused or not isinstance(event.error, Absent):
            continue
        for quantity in _quantities(event):
            yield Line(
                quantity.thing,
                quantity.amount,
                quantity.unit,
                event.event_time_us,
                event.step,
                event.place,
                event.entry,
            )


def reconcile(
    here: Sequence[Line],
    there: Sequence[Line],
    tolerance_us: int = DAY_US,
    tolerance_amount: Decimal = Decimal(0),
) -> Reconciliation:
    """Return the comparison of a party's list with a ledger.

    Times may differ by ``tolerance_us``, amounts by ``tolerance_amount`` of the
    ledger's (0.02 is two per cent). Lines of the ledger are missing in the list where
    their thing is of a kind that the list names, and is not in it.
    """
    of_thing: dict[str, list[Line]] = defaultdict(list)
    for line in there:
        of_thing[line.thing].append(line)
    names = _Names(of_thing)
    pairs: list[Pair] = []
    used: list[Line] = []
    for line in here:
        candidates = of_thing.get(names.find(line.thing), [])
        if not candidates:
            pairs.append(Pair(Status.ONLY_HERE, line, Absent.NOT_IN_EXPORT))
            continue
        best = min(candidates, key=lambda each: _distance(line, each))
        # one line of the ledger answers for one of the list: a repeated one is more
        candidates.remove(best)
        used.append(best)
        differences = tuple(_differences(line, best, tolerance_us, tolerance_amount))
        status = Status.DIFFERS if differences else Status.MATCHED
        pairs.append(Pair(status, line, best, differences))
    missing = list(_missing(there, used))
    pairs += (Pair(Status.ONLY_THERE, Absent.NOT_IN_EXPORT, each) for each in missing)
    return Reconciliation(tuple(pairs), _side(here), _side([*used, *missing]))


class _Names:
    """Finds things by their whole name or by an ending that only one has."""

    def __init__(self, things: Iterable[str]) -> None:
        self._things = set(things)
        endings = Counter[str]()
        self._by_ending: dict[str, str] = {}
        for thing in self._things:
            for at, character in enumerate(thing):
                if character in _SEPARATORS and at + 1 < len(thing):
                    endings[thing[at + 1 :]] += 1
                    self._by_ending[thing[at + 1 :]] = thing
        self._by_ending = {
            ending: thing
            for ending, thing in self._by_ending.items()
            if endings[ending] == 1
        }

    def find(self, name: str) -> str:
        """Return the thing that a name means, or an empty text."""
        return name if name in self._things else self._by_ending.get(name, "")


def _quantities(event: TraceEvent) -> Iterator[Quantity]:
    yield from (
        *event.quantities,
        *event.child_quantities,
        *event.input_quantities,
        *event.output_quantities,
    )
    for thing in (
        *event.things,
        *event.children,
        *event.inputs,
        *event.outputs,
        *((event.parent,) if event.parent else ()),
    ):
        yield Quantity(thing, Absent.NOT_IN_EXPORT)


def _distance(here: Line, there: Line) -> tuple[int, int, int]:
    """Return how far two lines of one thing are apart; the smallest is taken."""
    is_other_step = bool(here.step) and here.step != there.step
    mine, theirs = _measure(here), _measure(there)
    amount = 2
    if mine is None or theirs == mine:
        amount = 0
    elif theirs is not None:
        amount = 1
    time = DAY_US * 36_500
    if isinstance(here.time_us, int) and isinstance(there.time_us, int):
        time = abs(here.time_us - there.time_us)
    return (int(is_other_step), amount, time)


def _differences(
    here: Line, there: Line, tolerance_us: int, tolerance_amount: Decimal
) -> Iterator[Difference]:
    mine, theirs = _measure(here), _measure(there)
    if mine is not None and theirs is not None:
        shown = (_amount_text(here), _amount_text(there))
        if mine.base != theirs.base:
            yield Difference("unit", *shown)
        elif abs(mine.amount - theirs.amount) > abs(theirs.amount) * tolerance_amount:
            yield Difference("amount", *shown)
    elif mine is not None:
        yield Difference("amount", _amount_text(here), "")
    times = [each.time_us for each in (here, there) if isinstance(each.time_us, int)]
    if len(times) == 2 and abs(times[0] - times[1]) > tolerance_us:
        yield Difference("time", *map(str, times))


def _missing(there: Sequence[Line], used: Sequence[Line]) -> Iterator[Line]:
    """Yield the first line of each thing of a named kind that the list lacks."""
    told = {each.thing for each in used}
    kinds = {_kind(each) for each in told}
    for line in there:
        if line.thing not in told and _kind(line.thing) in kinds:
            told.add(line.thing)
            yield line


def _kind(thing: str) -> str:
    """Return what stands before the last separator: ``pear/lot`` of ``pear/lot/1``."""
    at = max(thing.rfind(each) for each in _SEPARATORS)
    return thing[: at + 1]


def _side(lines: Sequence[Line]) -> Side:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        found = _measure(line)
        if found is not None:
            sums[found.base] += found.amount
    return Side(len(lines), len({each.thing for each in lines}), dict(sums))


def _measure(line: Line) -> Measure | None:
    if isinstance(line.amount, Absent):
        return None
    return measure(line.amount, line.unit)


def _amount_text(line: Line) -> str:
    amount = "" if isinstance(line.amount, Absent) else format(line.amount, "f")
    return f"{amount} {line.unit}".strip()
