"""Events made by hand, for tests of the graph and of the rules."""
# ruff: noqa: ANN401 - fields of events are passed on as they are

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import structs

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.events import (
    Action,
    ErrorDeclaration,
    EventKind,
    EventPlace,
    Extra,
    Quantity,
    Reference,
    SensorReading,
    TraceEvent,
)
from explorer.model.master_data import (
    CertificateRecord,
    MasterData,
    ReferenceData,
    StepRoles,
)
from explorer.model.statements import Statements
from explorer.provenance.containment import Containment
from explorer.provenance.event_data import EventData
from explorer.provenance.event_lineage import EventLineage
from explorer.provenance.event_table import Entry, EventTable
from explorer.provenance.rules.base import Judged, Settings
from explorer.provenance.rules.ground import Ground

HOUR = 3_600_000_000
DAY = 24 * HOUR
START = 1_790_000_000_000_000
"""An hour of September 2026."""

NOWHERE = ByteSpan(0, 0, 0)
ADD, OBSERVE, DELETE = Action.ADD, Action.OBSERVE, Action.DELETE


class Tale:
    """Collects events; each stands an hour after the one before, unless told so."""

    def __init__(self) -> None:
        self.events: list[TraceEvent] = []
        self.entries: list[Entry] = []
        self.reference = ReferenceData()

    def event(
        self,
        kind: EventKind,
        at: float | None = None,
        *,
        entry: Entry | None = None,
        source: int = 0,
        **fields: Any,
    ) -> int:
        """Add an event ``at`` so many hours after the start; return its number."""
        number = len(self.events)
        hours = number if at is None else at
        fields.setdefault("event_time_us", START + int(hours * HOUR))
        place = EventPlace(source, number, NOWHERE)
        self.events.append(TraceEvent(kind=kind, place=place, **fields))
        self.entries.append(entry or Entry(-1, number))
        return number

    def made(self, *things: str, at: float | None = None, **fields: Any) -> int:
        fields.setdefault("step", "commissioning")
        return self.event(
            EventKind.OBJECT, at, action=ADD, things=tuple(things), **fields
        )

    def lot(
        self,
        name: str,
        amount: object,
        unit: str = "KGM",
        *,
        at: float | None = None,
        **fields: Any,
    ) -> int:
        fields.setdefault("action", ADD)
        fields["action"] = Action(fields["action"])
        amounts = (quantity(name, amount, unit),)
        return self.event(EventKind.OBJECT, at, quantities=amounts, **fields)

    def seen(self, *things: str, at: float | None = None, **fields: Any) -> int:
        fields.setdefault("action", OBSERVE)
        return self.event(EventKind.OBJECT, at, things=tuple(things), **fields)

    def ended(self, *things: str, at: float | None = None, **fields: Any) -> int:
        return self.seen(*things, at=at, action=DELETE, **fields)

    def packed(
        self, parent: str, *children: str, at: float | None = None, **fields: Any
    ) -> int:
        fields.setdefault("action", ADD)
        return self.event(
            EventKind.AGGREGATION, at, parent=parent, children=tuple(children), **fields
        )

    def unpacked(self, parent: str, *children: str, **fields: Any) -> int:
        return self.packed(parent, *children, action=DELETE, **fields)

    def turned(
        self,
        inputs: Sequence[str | Quantity],
        outputs: Sequence[str | Quantity],
        at: float | None = None,
        **fields: Any,
    ) -> int:
        return self.event(
            EventKind.TRANSFORMATION,
            at,
            inputs=tuple(i for i in inputs if isinstance(i, str)),
            input_quantities=tuple(i for i in inputs if isinstance(i, Quantity)),
            outputs=tuple(o for o in outputs if isinstance(o, str)),
            output_quantities=tuple(o for o in outputs if isinstance(o, Quantity)),
            **fields,
        )

    def scanned(self, thing: str, at: float | None = None, **fields: Any) -> int:
        return self.event(EventKind.OBSERVATION, at, things=(thing,), **fields)

    def table(self) -> EventTable:
        table = EventTable()
        for event, entry in zip(self.events, self.entries, strict=True):
            table.add(event, entry)
        return table

    def data(self) -> EventData:
        return EventData(self.table())

    def ground(self) -> Ground:
        data = self.data()
        return Ground(data, Containment(data), self.reference)

    def statements(self) -> list[Statements]:
        data = self.data()
        return list(EventLineage(data, Containment(data)).statements())

    def judge(self, rule: Any, **settings: Any) -> Judged:
        judged: Judged = rule.judge(self.ground(), Settings(**settings))
        return judged


def found(judged: Judged) -> list[tuple[str, tuple[int, ...]]]:
    """Return (reason, events) of everything a rule found."""
    return [(each.reason, each.events) for each in judged.found]


def quantity(name: str, amount: object, unit: str = "KGM") -> Quantity:
    known = Absent.NOT_IN_EXPORT if amount is None else Decimal(str(amount))
    return Quantity(name, known, unit)


def void(event: TraceEvent, *corrective: str) -> TraceEvent:
    error = ErrorDeclaration(START, "did_not_occur", corrective)
    return structs.replace(event, error=error)


def parties(*names: str, kind: str = "possessing_party") -> tuple[Reference, ...]:
    return tuple(Reference(kind, each) for each in names)


def place(
    name: str, *, role: str = "", at: tuple[str, str] | None = None
) -> MasterData:
    where = EventPlace(0, 0, NOWHERE)
    if at is None:
        return MasterData(name, name, "place", where, role=role)
    north, east = (Decimal(each) for each in at)
    return MasterData(
        name, name, "place", where, role=role, latitude=north, longitude=east
    )


def temperatures(
    *values: object, every_h: float = 1, start_us: int = START, unit: str = "CEL"
) -> tuple[SensorReading, ...]:
    return tuple(
        SensorReading(
            0,
            "Temperature",
            Decimal(str(value)),
            unit,
            time_us=start_us + int(number * every_h * HOUR),
        )
        for number, value in enumerate(values)
    )


def ilmd(**values: object) -> tuple[Extra, ...]:
    return tuple(Extra(name, str(value)) for name, value in values.items())


def certificate(
    name: str, holder: str, start: int | Absent, end: int | Absent
) -> CertificateRecord:
    return CertificateRecord(name, holder, start, end, EventPlace(0, 0, NOWHERE))


def step_roles(table: Mapping[str, Iterable[str]]) -> tuple[StepRoles, ...]:
    where = EventPlace(0, 0, NOWHERE)
    return tuple(StepRoles(step, tuple(roles), where) for step, roles in table.items())
