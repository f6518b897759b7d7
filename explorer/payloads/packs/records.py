"""The records that pack rules see, and what the names in their expressions mean.

A record is one JSON object of an accepted entry. What it lacks is unknown, as in every
expression; nothing is guessed.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, timedelta, timezone
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from explorer.core.absent import Absent
from explorer.encodings.moments import EPOCH, MomentError, read_moment, zone_of
from explorer.encodings.templates import Step, parse_path
from explorer.expressions.compiling import Compiled, compiled
from explorer.expressions.fields import Field, FieldKind, Function, Schema, schema
from explorer.expressions.syntax import Node
from explorer.expressions.units import UNITS
from explorer.expressions.values import Moment, Quantity, Value, moment
from explorer.model.content import EntryContent
from explorer.model.packs import Pack, PackField
from explorer.payloads.mapping.scopes import RecordError, parse_record

MAX_NUMBER_CHARACTERS = 60
"""Longest number; longer ones are unknown."""

MAX_EXPONENT = 60
"""Largest power of ten of a number."""

_KINDS = {
    "text": FieldKind.TEXT,
    "texts": FieldKind.TEXTS,
    "flag": FieldKind.FLAG,
    "time": FieldKind.TIME,
    "number": FieldKind.NUMBER,
}

_ENTRY_FIELDS = (
    Field("entry.kind", FieldKind.TEXT, "kind of the entry"),
    Field("entry.id", FieldKind.TEXT, "id of the entry"),
    Field("entry.author", FieldKind.TEXT, "who signed the entry"),
    Field("entry.signed", FieldKind.FLAG, "whether that signature was verified"),
    Field("entry.time", FieldKind.TIME, "time that the entry declares"),
    Field("entry.block", FieldKind.NUMBER, "height of the block"),
    Field("activity", FieldKind.TEXT, "what was done, as the pack calls it"),
)

_FUNCTIONS = (
    Function("day", (FieldKind.TIME,), FieldKind.TEXT, "day of a time, 2026-09-01"),
    Function("month", (FieldKind.TIME,), FieldKind.TEXT, "month of a time, 2026-09"),
    Function("year", (FieldKind.TIME,), FieldKind.TEXT, "year of a time, 2026"),
)

Getter = Callable[["Record"], Value]


class Record:
    """One record of one entry; called with a name, it gives the value."""

    __slots__ = ("activity", "content", "earlier", "names", "payload", "position")

    def __init__(
        self, payload: object, content: EntryContent, position: int, names: "Names"
    ) -> None:
        """Keep what it says; ``position`` counts the entries of the ledger."""
        self.payload, self.content, self.position = payload, content, position
        self.names = names
        self.earlier: Mapping[str, Value] = {}
        """Values of an earlier record, by name; set by rules that compare two."""
        self.activity = ""

    def __call__(self, name: str) -> Value:
        """Return the value of a field, or nothing."""
        getter = self.names.getters.get(name)
        return self.names.getter(name)(self) if getter is None else getter(self)


class Names:
    """What the names of a pack's expressions mean."""

    def __init__(self, pack: Pack) -> None:
        """Take the fields that the pack declares."""
        minutes = zone_of(pack.zone)
        self._zone = timezone(timedelta(minutes=minutes)) if minutes else UTC
        self._minutes = minutes or 0
        self.getters: dict[str, Getter] = dict(_ENTRY_GETTERS)
        fields = [*_ENTRY_FIELDS]
        for each in pack.field:
            fields.append(_declared(each))
            self.getters[each.name] = self._field(each)
        earlier = [
            Field(f"earlier.{each.name}", each.kind, each.title, each.dimension)
            for each in fields
        ]
        known = schema((*fields, *earlier), *_FUNCTIONS)
        self.schema = Schema(
            known.fields, known.functions, ("payload.", "earlier.payload.")
        )

    def compile(self, node: Node) -> Compiled:
        """Return the function of an expression."""
        return compiled(node, self._call)

    def getter(self, name: str) -> Getter:
        """Return how a name is looked up; kept, for names are few."""
        found: Getter = _unknown
        if name.startswith("earlier."):
            inner = name.removeprefix("earlier.")
            found = _earlier(inner)
        elif name.startswith("payload."):
            found = _payload(tuple(name.split(".")[1:]))
        self.getters[name] = found
        return found

    def month(self, time_us: int | Absent) -> str:
        """Return the month of a time, such as ``2026-09``; empty: not known."""
        return "" if isinstance(time_us, Absent) else _calendar(time_us, self._zone)[:7]

    def _field(self, field: PackField) -> Getter:
        steps = parse_path(field.path).steps
        if field.kind == "number":
            unit = UNITS.get(field.unit)
            factor = Fraction(field.factor) * (unit.factor if unit else 1)
            dimension = unit.dimension if unit else ""
            read = _reader(factor, dimension)
            if field.each:
                inside = parse_path(field.each).steps
                return lambda record: _sum(
                    _at(record.payload, inside), steps, read, dimension
                )
            return lambda record: read(_at(record.payload, steps))
        if field.kind == "time":
            zone = self._minutes
            return lambda record: _time(_at(record.payload, steps), zone)
        if field.kind == "text":
            return lambda record: _text(_at(record.payload, steps))
        return _payload(steps)

    def _call(self, name: str, arguments: tuple[Value, ...]) -> Value:
        (given,) = arguments[:1] or (None,)
        if isinstance(given, Moment):
            size = {"day": 10, "month": 7, "year": 4}.get(name, 0)
            return _calendar(given.start_us, self._zone)[:size] or None
        return None


def _declared(field: PackField) -> Field:
    kind, dimension = _KINDS[field.kind], ""
    if field.kind == "number" and field.unit in UNITS:
        dimension = UNITS[field.unit].dimension
        kind = FieldKind.QUANTITY
    return Field(field.name, kind, field.label, dimension)


def records_of(content: EntryContent, pack: Pack) -> Iterator[object]:
    """Yield the JSON objects of an entry; what is no JSON object is passed over."""
    if pack.of == "documents":
        texts = [each.data for each in content.documents]
    elif pack.of == "writes":
        texts = [each.value for each in content.writes if not each.is_delete]
    else:
        texts = [each.encode("utf-8", "replace") for each in content.arguments]
    for text in texts:
        if text.lstrip()[:1] not in {b"{", b"["}:
            continue
        try:
            value = parse_record(text)
        except RecordError:
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield each


def has_path(value: object, path: str) -> bool:
    """Return whether something stands there."""
    return _at(value, parse_path(path).steps) is not None


def _at(value: object, steps: tuple[Step, ...]) -> object:
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _payload(steps: tuple[Step, ...]) -> Getter:
    return lambda record: _plain(_at(record.payload, steps))


def _plain(value: object) -> Value:
    match value:
        case bool():
            return value
        case str():
            return value or None
        case int() | Decimal():
            return _PLAIN_NUMBER(value)
        case list():
            return tuple(each for each in value if isinstance(each, str))
    return None


def _text(value: object) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if value.bit_length() < 200 else None
    return value if isinstance(value, str) and value else None


def _reader(factor: Fraction, dimension: str) -> Callable[[object], Value]:
    """Return how a number is read; amounts repeat, so some are remembered."""
    remembered = lru_cache(maxsize=8_192)(
        lambda value: _quantity(value, factor, dimension)
    )

    def read(value: object) -> Value:
        if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
            return None
        return remembered(value)

    return read


def _sum(
    value: object,
    steps: tuple[Step, ...],
    read: Callable[[object], Value],
    dimension: str,
) -> Value:
    """Return the sum over a list; unknown when one part of it is."""
    if not isinstance(value, list):
        return None
    total = Fraction(0)
    for each in value:
        found = read(_at(each, steps))
        if not isinstance(found, Quantity):
            return None
        total += found.amount
    return Quantity(total, dimension)


def _quantity(value: int | str | Decimal, factor: Fraction, dimension: str) -> Value:
    if isinstance(value, int):
        return Quantity(value * factor, dimension) if value.bit_length() < 200 else None
    if isinstance(value, str):
        if len(value) > MAX_NUMBER_CHARACTERS:
            return None
        try:
            value = Decimal(value)
        except InvalidOperation:
            return None
    if not value.is_finite() or abs(value.adjusted()) > MAX_EXPONENT:
        return None
    return Quantity(Fraction(value) * factor, dimension)


def _time(value: object, zone_minutes: int) -> Value:
    if not isinstance(value, str):
        return None
    return _read_time(value, zone_minutes)


@lru_cache(maxsize=16_384)
def _read_time(value: str, zone_minutes: int) -> Value:
    try:
        found = read_moment(value, (), zone_minutes)
    except MomentError:
        return None
    if found.is_day:
        return Moment(found.time_us, found.time_us + 86_400_000_000 - 1)
    return moment(found.time_us)


@lru_cache(maxsize=4_096)
def _calendar(time_us: int, zone: timezone) -> str:
    try:
        return f"{(EPOCH + timedelta(microseconds=time_us)).astimezone(zone):%Y-%m-%d}"
    except OverflowError:
        return ""


_PLAIN_NUMBER = _reader(Fraction(1), "")


def _earlier(name: str) -> Getter:
    return lambda record: record.earlier.get(name)


def _unknown(record: Record) -> Value:
    del record
    return None


def _entry_time(record: Record) -> Value:
    time_us = record.content.time_us
    return None if isinstance(time_us, Absent) else moment(time_us)


_ENTRY_GETTERS: dict[str, Getter] = {
    "entry.kind": lambda record: record.content.kind or None,
    "entry.id": lambda record: record.content.entry_id or None,
    "entry.author": lambda record: record.content.author or None,
    "entry.signed": lambda record: record.content.author_verified,
    "entry.time": _entry_time,
    "entry.block": lambda record: Quantity(Fraction(record.content.block), ""),
    "activity": lambda record: record.activity or None,
}
