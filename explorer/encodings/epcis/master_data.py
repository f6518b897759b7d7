"""Master data: what is said of places, parties and products apart from events.

GS1 EPCIS 2.0.1, section 9.4, and CBV 2.0, section 10 (vocabularies), and the companion
file of ``docs/formats/epcis.md``: places with coordinates and roles, certificates with
their validity, and which role may do which step.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from explorer.core.absent import Absent
from explorer.encodings.epcis.nodes import Node, Vocabulary
from explorer.encodings.epcis.numbers import decimal_of
from explorer.encodings.epcis.times import read_time
from explorer.encodings.epcis.trace_events import extras_of
from explorer.encodings.epcis.vocabulary import Words
from explorer.encodings.gs1.links import BASE, canonical
from explorer.model.events import EventPlace
from explorer.model.master_data import CertificateRecord, MasterData, StepRoles

COMPANION_PARTS = frozenset({"places", "certificates", "roles"})

_KINDS = {
    "location": "place",
    "readpoint": "place",
    "bizlocation": "place",
    "businesslocation": "place",
    "sourcedest": "party",
    "party": "party",
    "epcclass": "product",
    "sensordevice": "device",
}
_NAMES = frozenset({"name", "descriptionshort", "organizationname", "sitename"})
_LATITUDES = frozenset({"latitude", "lat"})
_LONGITUDES = frozenset({"longitude", "lon", "lng"})
_ROLES = frozenset({"role", "organizationrole", "partyrole"})
_DAY_US = 24 * 3_600 * 1_000_000


def master_data_of(vocabulary: Vocabulary, place: EventPlace) -> MasterData:
    """Return one element of a vocabulary."""
    attributes = [each for each in vocabulary.fields if each.name == "attribute"]
    texts = {_last(_id_of(each)): each.text.strip() for each in attributes}
    children = [
        canonical(each.text.strip())
        for node in vocabulary.fields
        if node.name == "children"
        for each in node.children
    ]
    kind = _last(vocabulary.type)
    return MasterData(
        canonical(vocabulary.id),
        vocabulary.id,
        _KINDS.get(kind, vocabulary.type),
        place,
        name=_first(texts, _NAMES),
        role=_first(texts, _ROLES),
        latitude=decimal_of(_first(texts, _LATITUDES)),
        longitude=decimal_of(_first(texts, _LONGITUDES)),
        attributes=extras_of(
            Node(_id_of(each), each.text, [c for c in each.children if c.name != "id"])
            for each in attributes
        ),
        children=tuple(children),
    )


def is_companion(values: Mapping[str, object]) -> bool:
    """Return whether a JSON object is a companion file: nothing but its parts."""
    return bool(values) and values.keys() <= COMPANION_PARTS


def companion_records(
    values: Mapping[str, object], place: EventPlace
) -> Iterator[MasterData | CertificateRecord | StepRoles]:
    """Yield what a companion file describes; what has another shape is passed over."""
    for name, value in _objects(values, "places"):
        found = _place(name, value, place)
        if found is not None:
            yield found
    for name, value in _objects(values, "certificates"):
        if isinstance(value, dict):
            yield CertificateRecord(
                _sound(name),
                _gln(value.get("holder")),
                read_time(_text(value.get("validFrom")))[0],
                _end_of(_text(value.get("validUntil"))),
                place,
            )
    for name, value in _objects(values, "roles"):
        if isinstance(value, list):
            roles = tuple(map(_text, value))
            yield StepRoles(Words.STEP.bare(_sound(name)), roles, place)


def _place(name: str, value: object, place: EventPlace) -> MasterData | None:
    """Read ``[name, latitude, longitude, role]`` or an object with these names."""
    if isinstance(value, dict):
        parts = [value.get(each) for each in ("name", "latitude", "longitude", "role")]
    elif isinstance(value, list):
        parts = [*value, None, None, None, None][:4]
    else:
        return None
    return MasterData(
        _gln(name),
        _sound(name),
        "place",
        place,
        name=_text(parts[0]),
        role=_text(parts[3]),
        latitude=_number(parts[1]),
        longitude=_number(parts[2]),
    )


def _objects(values: Mapping[str, object], name: str) -> list[tuple[str, object]]:
    found = values.get(name)
    return list(found.items()) if isinstance(found, dict) else []


def _gln(value: object) -> str:
    """Return a canonical id; 13 bare digits are a global location number."""
    text = _text(value)
    if len(text) == 13 and text.isascii() and text.isdigit():
        return f"{BASE}414/{text}"
    return canonical(text)


def _end_of(text: str) -> int | Absent:
    """Return the last moment of a day, or the moment itself."""
    time_us, _ = read_time(text)
    if isinstance(time_us, Absent) or len(text.strip()) > 10:
        return time_us
    return time_us + _DAY_US - 1


def _number(value: object) -> Decimal | Absent:
    return decimal_of(_text(value))


def _text(value: object) -> str:
    return _sound(value.strip()) if isinstance(value, str) else ""


def _sound(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _id_of(node: Node) -> str:
    return next((each.text for each in node.children if each.name == "id"), "")


def _last(name: str) -> str:
    """Return the last word of an attribute's or vocabulary's name, in lower case."""
    for mark in "#/:":
        name = name.rpartition(mark)[2]
    return name.lower()


def _first(texts: Mapping[str, str], names: frozenset[str]) -> str:
    return next((text for name, text in texts.items() if name in names), "")
