"""Writes the same events as JSON and as XML, for tests."""

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from explorer.encodings.epcis.documents import read_document
from explorer.encodings.epcis.nodes import EventTree, Item

NAMESPACE = "https://example.org/pears/"
CONTEXT = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"example": NAMESPACE},
]
EVENT: dict[str, object] = {
    "type": "ObjectEvent",
    "eventTime": "2026-09-01T06:00:00.000+08:00",
    "eventTimeZoneOffset": "+08:00",
    "eventID": "urn:uuid:1",
    "epcList": ["urn:epc:id:sgtin:9520000.000001.7"],
    "action": "ADD",
    "bizStep": "commissioning",
    "disposition": "active",
    "readPoint": {"id": "urn:epc:id:sgln:9520000.00001.0"},
    "quantityList": [
        {
            "epcClass": "urn:epc:class:lgtin:9520000.000001.L1",
            "quantity": "12.50",
            "uom": "KGM",
        }
    ],
    "bizTransactionList": [{"type": "po", "bizTransaction": "urn:po:1"}],
    "ilmd": {"example:variety": "砀山酥梨"},
    "example:note": "a",
}


def document(*events: object, **more: object) -> bytes:
    """Return a JSON document with these events."""
    value = {
        "@context": CONTEXT,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        **more,
        "epcisBody": {"eventList": list(events)},
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def xml_document(*events: str, head: str = "", root: str = "") -> bytes:
    """Return an XML document with these events."""
    return (
        f'{head}<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" '
        f'xmlns:example="{NAMESPACE}" schemaVersion="2.0"{root}>'
        f"<EPCISBody><EventList>{''.join(events)}</EventList></EPCISBody>"
        "</epcis:EPCISDocument>"
    ).encode()


def xml_event(value: dict[str, object]) -> str:
    """Return an event in XML; lists of the standard get their item names."""
    kind = value["type"]
    fields = "".join(_xml(*each) for each in value.items() if each[0] != "type")
    return f"<{kind}>{fields}</{kind}>"


_ITEMS = {
    "epcList": "epc",
    "inputEPCList": "epc",
    "outputEPCList": "epc",
    "childEPCs": "epc",
    "quantityList": "quantityElement",
    "inputQuantityList": "quantityElement",
    "outputQuantityList": "quantityElement",
    "childQuantityList": "quantityElement",
    "sensorElementList": "sensorElement",
}
_TYPED = {
    "bizTransactionList": ("bizTransaction", "btt"),
    "sourceList": ("source", "sdt"),
    "destinationList": ("destination", "sdt"),
}
_WORDS = {"bizStep": "bizstep", "disposition": "disp"}


def _xml(name: str, value: object) -> str:
    match value:
        case list() if name in _TYPED:
            return _typed(name, value)
        case list() if name in _ITEMS:
            inner = "".join(_xml(_ITEMS[name], each) for each in value)
        case list():
            return "".join(_xml(name, each) for each in value)
        case dict() if name in {"sensorReport", "sensorMetadata"}:
            return _attributes(name, value)
        case dict():
            inner = "".join(_xml(*each) for each in value.items())
        case _ if name in _WORDS:
            inner = f"urn:epcglobal:cbv:{_WORDS[name]}:{value}"
        case _:
            inner = escape(str(value))
    return f"<{name}>{inner}</{name}>"


def _typed(name: str, value: list[dict[str, str]]) -> str:
    item, part = _TYPED[name]
    inner = "".join(
        f'<{item} type="urn:epcglobal:cbv:{part}:{each["type"]}">'
        f"{escape(each[item])}</{item}>"
        for each in value
    )
    return f"<{name}>{inner}</{name}>"


def _attributes(name: str, value: dict[str, object]) -> str:
    plain = {k: v for k, v in value.items() if ":" not in k}
    inner = "".join(_xml(k, v) for k, v in value.items() if ":" in k)
    if "type" in plain:
        plain["type"] = f"gs1:{plain['type']}"
    written = "".join(f" {k}={quoteattr(str(v))}" for k, v in plain.items())
    return f"<{name}{written}>{inner}</{name}>"


def items(data: bytes, step: int = 0) -> list[Item]:
    """Return everything in a file that is read in pieces of ``step`` bytes."""

    def chunks() -> Iterator[bytes]:
        size = step or len(data) or 1
        for at in range(0, len(data), size):
            yield data[at : at + size]

    return list(read_document(chunks))


def trees(data: bytes, step: int = 0) -> list[EventTree]:
    """Return the events of a file."""
    return [each for each in items(data, step) if isinstance(each, EventTree)]


def tree(value: dict[str, object]) -> EventTree:
    """Return one event as a tree."""
    (found,) = trees(document(value))
    return found
