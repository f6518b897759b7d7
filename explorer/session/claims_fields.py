"""What a recorded value says, by the names of its fields, without knowing the program.

A value is JSON, or bytes that hold JSON (the record around a payload, a payload written
as text inside another). Names are looked up in ``claims_vocabulary``; what is in no
list is left alone. Places have coordinates only where the value gives them.

Left out: mapping profiles, which name the fields of one program exactly.
"""

import json
import math
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from explorer.core.absent import Absent
from explorer.core.limits import MAX_NESTING
from explorer.model.claim_sheets import EventTime, Topic
from explorer.session.claims_vocabulary import (
    HOLDERS,
    LATITUDES,
    LONGITUDES,
    PARTY_TYPES,
    PLACES,
    TIMES,
    TOPIC_OF,
)

MAX_VALUE_BYTES = 256 * 1024
"""Longer values are not looked into."""

MAX_FIELDS = 2_000
"""Fields looked at in one value."""

MAX_TEXT_CHARACTERS = 200
_MAX_INNER = 3
"""How often JSON may be written as text inside JSON."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NOT_NAME = re.compile(r"[\s_\-.]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_GEO = re.compile(r"geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class FieldFact:
    """One field that speaks of a topic."""

    topic: Topic
    name: str
    """As the value has it."""
    text: str
    of: str = ""
    """The thing it is said of, where the value says it; else any of its entry."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that a value names or locates."""

    name: str
    field_name: str
    latitude: float | Absent = Absent.NOT_IN_FORMAT
    longitude: float | Absent = Absent.NOT_IN_FORMAT


@dataclass(slots=True)
class ValueFacts:
    """Everything found in one value."""

    facts: list[FieldFact] = field(default_factory=list)
    holders: list[tuple[str, str]] = field(default_factory=list)
    """(name, field)."""
    places: list[NamedPlace] = field(default_factory=list)
    times: list[tuple[str, str, EventTime]] = field(default_factory=list)
    """(field, text, what it means)."""
    hashes: list[str] = field(default_factory=list)
    """Hex texts as long as a hash."""


def facts_of(value: bytes) -> ValueFacts:
    """Return what a recorded value says; nothing if it holds no readable JSON."""
    found = ValueFacts()
    budget = [MAX_FIELDS]
    for root in _roots(value):
        _walk(root, found, budget)
    return found


def _roots(value: bytes) -> Iterator[object]:
    if len(value) > MAX_VALUE_BYTES:
        return
    root = _json(value.decode("utf-8", "replace"))
    if root is not None:
        yield root


def _json(text: str) -> object | None:
    """Return the JSON value in ``text`` if it is an object or a list."""
    inside = text.strip()
    if not inside.startswith(("{", "[")):
        return None
    try:
        found = json.loads(inside)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


def _walk(root: object, found: ValueFacts, budget: list[int]) -> None:
    """Look at all fields, breadth first, without recursion."""
    waiting: deque[tuple[object, int, int]] = deque([(root, 0, 0)])
    while waiting and budget[0] > 0:
        node, depth, inner = waiting.popleft()
        if depth > MAX_NESTING:
            continue
        if isinstance(node, list):
            waiting += [(each, depth + 1, inner) for each in node[:MAX_FIELDS]]
        elif isinstance(node, dict):
            budget[0] -= len(node)
            _take_node(node, found)
            waiting += [(each, depth + 1, by) for each, by in _below(node, inner)]


def _below(node: Mapping[str, object], inner: int) -> Iterator[tuple[object, int]]:
    """Yield objects and lists in a node, also those written as text."""
    for child in node.values():
        if isinstance(child, dict | list):
            yield child, inner
        elif isinstance(child, str) and child[:1] in {"{", "["} and inner < _MAX_INNER:
            yield _json(child), inner + 1


def _take_node(node: Mapping[str, object], found: ValueFacts) -> None:
    _take_coordinates(node, found)
    _take_reading(node, found)
    _take_party(node, found)
    of = text_of(node.get("epcClass"))
    unit = text_of(node.get("uom"))
    for name, child in node.items():
        if isinstance(child, dict):
            _take_located(name, child, found)
        elif isinstance(child, list):
            _take_list(name, child, found)
        else:
            _take(name, child, found, of, unit)


def plain_name(name: str) -> str:
    """Return a field's name without prefix, case, spaces and signs."""
    return _NOT_NAME.sub("", name.rpartition(":")[2]).lower()


def _take(name: str, value: object, found: ValueFacts, of: str, unit: str) -> None:
    text = text_of(value)
    if not text:
        return
    plain = plain_name(name)
    topic = TOPIC_OF.get(plain)
    if topic is not None:
        said = f"{text} {unit}" if unit and topic is Topic.QUANTITY else text
        found.facts.append(FieldFact(topic, name, said, of))
    if plain in HOLDERS:
        found.holders.append((text, name))
    if plain in PLACES:
        found.places.append(NamedPlace(text, name))
    if plain in TIMES:
        moment = event_time(text)
        if not isinstance(moment, Absent):
            found.times.append((name, text, moment))
    if is_hash(text):
        found.hashes.append(text)


def _take_located(name: str, child: Mapping[str, object], found: ValueFacts) -> None:
    """Take a place that stands as an object with an id."""
    if plain_name(name) in PLACES and (text := text_of(child.get("id"))):
        found.places.append(_located(text, name))


def _take_list(name: str, child: Sequence[object], found: ValueFacts) -> None:
    """Take a list of short texts as one."""
    topic = TOPIC_OF.get(plain_name(name))
    texts = [text for each in child[:20] if (text := text_of(each))]
    if topic is not None and texts:
        joined = ", ".join(texts)[:MAX_TEXT_CHARACTERS]
        found.facts.append(FieldFact(topic, name, joined))


def _take_reading(node: Mapping[str, object], found: ValueFacts) -> None:
    """Take a sensor's temperature (EPCIS 2.0, ``sensorReport``)."""
    if not plain_name(text_of(node.get("type"))).endswith("temperature"):
        return
    unit = text_of(node.get("uom"))
    for name in ("value", "minValue", "maxValue", "meanValue"):
        if text := text_of(node.get(name)):
            shown = f"{text} {unit}".strip()
            found.facts.append(FieldFact(Topic.TEMPERATURE, name, shown))


def _take_party(node: Mapping[str, object], found: ValueFacts) -> None:
    """Take who possesses or owns (EPCIS 2.0, sources and destinations)."""
    kind = plain_name(text_of(node.get("type")).rpartition("/")[2])
    if kind in PARTY_TYPES:
        for name in ("source", "destination"):
            if text := text_of(node.get(name)):
                found.holders.append((text, name))


def _located(text: str, name: str) -> NamedPlace:
    match = _GEO.match(text)
    if match is None:
        return NamedPlace(text[:MAX_TEXT_CHARACTERS], name)
    latitude, longitude = float(match[1]), float(match[2])
    if not is_on_earth(latitude, longitude):
        return NamedPlace(text[:MAX_TEXT_CHARACTERS], name)
    return NamedPlace(text[:60], name, latitude, longitude)


def _take_coordinates(node: Mapping[str, object], found: ValueFacts) -> None:
    """Take coordinates with the name that stands beside them."""
    values = {plain_name(key): value for key, value in node.items()}
    latitude = next((values[each] for each in values if each in LATITUDES), None)
    longitude = next((values[each] for each in values if each in LONGITUDES), None)
    if latitude is None or longitude is None:
        return
    across, along = number_of(longitude), number_of(latitude)
    if across is None or along is None or not is_on_earth(along, across):
        return
    beside = [
        (text, key)
        for key, value in node.items()
        if plain_name(key) in PLACES and (text := text_of(value))
    ]
    own = text_of(node.get("name")) or text_of(node.get("id"))
    name, key = beside[0] if beside else (own, "")
    found.places.append(NamedPlace(name, key, along, across))


def text_of(value: object) -> str:
    """Return a text or a number as it is recorded; empty for anything else."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str):
        return value.strip()[:MAX_TEXT_CHARACTERS]
    if isinstance(value, int | float):
        return str(value)[:MAX_TEXT_CHARACTERS]
    return ""


def number_of(value: object) -> float | None:
    """Return a finite number, also one written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def is_on_earth(latitude: float, longitude: float) -> bool:
    """Return whether these are degrees of a place."""
    return -90 <= latitude <= 90 and -180 <= longitude <= 180


def is_hash(text: str) -> bool:
    """Return whether a text looks like the hash of a document, in hex."""
    bare = text.lower().removeprefix("0x")
    return len(bare) in {64, 96, 128} and all(c in "0123456789abcdef" for c in bare)


def event_time(text: str) -> EventTime | Absent:
    """Return the moment or day that a text names; without a zone it is UTC."""
    wanted = text.strip()
    try:
        moment = datetime.fromisoformat(wanted)
    except ValueError:
        return Absent.UNREADABLE
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return EventTime((moment - _EPOCH) // _MICROSECOND, bool(_DAY.match(wanted)))
