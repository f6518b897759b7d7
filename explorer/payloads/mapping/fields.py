"""What the texts of a profile give for one record: texts, amounts, times, places.

``docs/mapping-profiles.md``, version 1, section 3. What cannot be read is never
guessed: the value is absent and a flaw of the event says why.
"""

from collections.abc import Iterator
from decimal import Decimal

from explorer.core.absent import Absent
from explorer.encodings.amounts import AmountError, read_amount, unit_code
from explorer.encodings.gs1.links import canonical
from explorer.encodings.moments import Moment, MomentError, read_moment, zone_of
from explorer.encodings.templates import parse_template
from explorer.model.events import Flaw, Quantity, Reference, SensorReading
from explorer.model.profiles import (
    PlaceRule,
    QuantityRule,
    ReferenceRule,
    SensorRule,
    Text,
    Time,
    TimeRule,
)
from explorer.payloads.mapping.scopes import Scope, as_text

MAX_DETAIL = 200
"""Longest piece of a record that a flaw quotes."""


class Fields:
    """Evaluates the texts of one rule for one record, and keeps what is wrong."""

    def __init__(self, scope: Scope, zone: str) -> None:
        """Read from ``scope``; times without an offset are in ``zone``."""
        self.scope = scope
        self.flaws: list[Flaw] = []
        self.spellings: dict[str, str] = {}
        """Canonical id → id as written, where the two differ."""
        self._zone = zone

    def texts(self, rule: Text, field: str, scope: Scope | None = None) -> list[str]:
        """Return every text that a rule gives; one path may lead to several values."""
        written = rule if isinstance(rule, str) else rule.value
        if not written:
            return []
        found = self._filled(written, field, scope or self.scope)
        if isinstance(rule, str):
            return found
        return [rule.words.get(each, each) for each in found]

    def text(self, rule: Text, field: str, scope: Scope | None = None) -> str:
        """Return the one text that a rule gives; several different ones are a flaw."""
        found = self.texts(rule, field, scope) if rule else []
        if len(found) > 1:
            found = list(dict.fromkeys(found))
        if len(found) > 1:
            self._flaw("several-values", field, " | ".join(found))
            return ""
        return found[0] if found else ""

    def names(self, rules: tuple[Text, ...], field: str) -> tuple[str, ...]:
        """Return the texts of several rules, each once."""
        if not rules:
            return ()
        found = [each for rule in rules for each in self.texts(rule, field)]
        return tuple(dict.fromkeys(found))

    def identity(self, written: str) -> str:
        """Return an identifier in canonical form, as events of all formats have it."""
        found = canonical(written)
        if found != written:
            self.spellings.setdefault(found, written)
        return found

    def identities(self, rules: tuple[Text, ...], field: str) -> tuple[str, ...]:
        """Return the identifiers that several rules give, each once."""
        if not rules:
            return ()
        return tuple(dict.fromkeys(map(self.identity, self.names(rules, field))))

    def amount(
        self, rule: Text, field: str, scope: Scope | None = None
    ) -> Decimal | Absent:
        """Return the amount that a rule gives."""
        text = self.text(rule, field, scope)
        if not text:
            return Absent.NOT_IN_EXPORT
        try:
            return read_amount(text)
        except AmountError as error:
            self._flaw(error.reason, field, text)
            return Absent.UNREADABLE

    def moment(
        self,
        rule: Time,
        field: str,
        scope: Scope | None = None,
        near_us: int | Absent = Absent.NOT_IN_EXPORT,
    ) -> Moment | Absent:
        """Return the time that a rule gives."""
        own = rule if isinstance(rule, TimeRule) else TimeRule(rule)
        text = self.text(own.value, field, scope)
        if not text:
            return Absent.NOT_IN_EXPORT
        near = None if isinstance(near_us, Absent) else near_us
        zone = zone_of(own.zone or self._zone)
        try:
            found = read_moment(text, own.forms, zone, near)
        except MomentError as error:
            self._flaw(error.reason, field, text)
            return Absent.UNREADABLE
        if zone is None and not found.is_zone_written:
            self._flaw("time-zone-missing", field, text)
        return found

    def time_us(
        self,
        rule: Time,
        field: str,
        scope: Scope | None = None,
        near_us: int | Absent = Absent.NOT_IN_EXPORT,
    ) -> int | Absent:
        """Return the time that a rule gives in microseconds since 1970 UTC."""
        found = self.moment(rule, field, scope, near_us)
        return found if isinstance(found, Absent) else found.time_us

    def quantities(
        self, rules: tuple[QuantityRule, ...], field: str
    ) -> tuple[Quantity, ...]:
        """Return the quantities that rules give; one that names no thing is a flaw."""
        if not rules:
            return ()
        out: list[Quantity] = []
        for rule in rules:
            found = list(self._quantities(rule, field))
            out += dict.fromkeys(found) if rule.distinct else found
        return tuple(out)

    def references(
        self, rules: tuple[ReferenceRule, ...], field: str
    ) -> tuple[Reference, ...]:
        """Return the typed references that rules give, each once."""
        if not rules:
            return ()
        found = {
            Reference(self.text(rule.type, field, scope), self.identity(name)): None
            for rule in rules
            for scope in self.scope.chosen(rule)
            for name in self.texts(rule.id, field, scope)
        }
        return tuple(found)

    def sensors(
        self, rules: tuple[SensorRule, ...], near_us: int | Absent
    ) -> tuple[SensorReading, ...]:
        """Return the readings that rules give; each record is an element."""
        if not rules:
            return ()
        out: list[SensorReading] = []
        for rule in rules:
            for scope in self.scope.chosen(rule):
                out.append(self._sensor(rule, scope, len(out), near_us))
        return tuple(each for each in out if _says_something(each))

    def place(self, rule: PlaceRule, field: str) -> "PlaceFound":
        """Return the place that a rule gives; its id is empty if there is none."""
        if rule == _NO_PLACE:
            return _NOWHERE
        latitude = self._degrees(rule.latitude, f"{field}.latitude", 90)
        longitude = self._degrees(rule.longitude, f"{field}.longitude", 180)
        name = self.text(rule.name, f"{field}.name")
        written = self.text(rule.id, f"{field}.id")
        degrees = [each for each in (latitude, longitude) if isinstance(each, Decimal)]
        if len(degrees) == 2 and not written:
            written = "geo:" + ",".join(f"{each.normalize():f}" for each in degrees)
        place = self.identity(written or name)
        return PlaceFound(place, name, latitude, longitude)

    def missing(self, field: str) -> None:
        """Note that a field that the rule reads is not in the record."""
        self._flaw("field-missing", field, "")

    def _quantities(self, rule: QuantityRule, field: str) -> Iterator[Quantity]:
        for scope in self.scope.chosen(rule):
            things = self.texts(rule.thing, field, scope)
            amount = self.amount(rule.amount, f"{field}.amount", scope)
            unit = unit_code(self.text(rule.unit, f"{field}.unit", scope))
            if not things:
                self.missing(f"{field}.thing")
            elif len(things) > 1 and isinstance(amount, Decimal):
                # One amount for several things belongs to none of them alone.
                self._flaw("amount-of-several", field, ", ".join(things))
                amount = Absent.UNREADABLE
            for each in things:
                yield Quantity(self.identity(each), amount, unit)

    def _sensor(
        self, rule: SensorRule, scope: Scope, element: int, near_us: int | Absent
    ) -> SensorReading:
        text = self.text(rule.value, "sensors.value", scope)
        value: Decimal | Absent = Absent.NOT_IN_EXPORT
        try:
            value = read_amount(text) if text else value
            text = ""
        except AmountError:
            pass  # words are a reading too
        return SensorReading(
            element,
            self.text(rule.type, "sensors.type", scope),
            value,
            unit_code(self.text(rule.unit, "sensors.unit", scope)),
            self.amount(rule.minimum, "sensors.minimum", scope),
            self.amount(rule.maximum, "sensors.maximum", scope),
            text=text,
            time_us=self.time_us(rule.time, "sensors.time", scope, near_us),
            device=self.text(rule.device, "sensors.device", scope),
        )

    def _degrees(self, rule: Text, field: str, limit: int) -> Decimal | Absent:
        found = self.amount(rule, field)
        if isinstance(found, Decimal) and abs(found) > limit:
            self._flaw("coordinates-impossible", field, as_text(found))
            return Absent.UNREADABLE
        return found

    def _filled(self, text: str, field: str, scope: Scope) -> list[str]:
        """Return a text with its paths replaced; empty if one leads nowhere."""
        parts = parse_template(text).parts
        if len(parts) == 1:
            only = parts[0]
            return [only] if isinstance(only, str) else _said(scope.find(only))
        out = [""]
        is_many = False
        for part in parts:
            if isinstance(part, str):
                out = [each + part for each in out]
                continue
            found = _said(scope.find(part))
            if len(found) > 1 and is_many:
                self._flaw("several-lists", field, text)
                return []
            is_many = is_many or len(found) > 1
            out = [before + each for before in out for each in found]
        return out

    def _flaw(self, reason: str, field: str, detail: str) -> None:
        flaw = Flaw(reason, field, detail[:MAX_DETAIL])
        if flaw not in self.flaws:
            self.flaws.append(flaw)


class PlaceFound:
    """A place as one record tells it."""

    __slots__ = ("id", "latitude", "longitude", "name")

    def __init__(
        self,
        place_id: str,
        name: str,
        latitude: Decimal | Absent,
        longitude: Decimal | Absent,
    ) -> None:
        """Keep what was found."""
        self.id = place_id
        self.name = name
        self.latitude = latitude
        self.longitude = longitude

    @property
    def is_described(self) -> bool:
        """Return whether more than an id is known."""
        has_point = isinstance(self.latitude, Decimal)
        return bool(self.id) and (has_point or self.name not in {"", self.id})


_NO_PLACE = PlaceRule()
_NOWHERE = PlaceFound("", "", Absent.NOT_IN_EXPORT, Absent.NOT_IN_EXPORT)


def _said(values: list[object]) -> list[str]:
    """Return values as texts, without those that are blank."""
    return [text for each in values if (text := as_text(each).strip())]


def _says_something(reading: SensorReading) -> bool:
    values = (reading.value, reading.minimum, reading.maximum)
    return bool(reading.text) or any(isinstance(each, Decimal) for each in values)
