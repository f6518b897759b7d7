"""The text that is hashed to the id of an event.

GS1 CBV 2.0.1, section 8.9, as the published vectors of the reference generator (version
of October 2025) pin it; ``docs/formats/epcis.md`` says it step by step. The numbers of
those steps are repeated here. Honest implementations differ in details, so a small
family of variants is kept beside the canonical form.

The text has no separators: ``a = "1{ns}b=2"`` and ``a = 1, b = 2`` give the same, and
so do ``00123`` and ``123``. An equal hash therefore proves equal content only as far as
that goes (``ambiguous_values``).
"""

import math
import re
from collections.abc import Callable, Mapping
from enum import Enum

import msgspec

from explorer.encodings.epcis.nodes import EventTree, Node
from explorer.encodings.epcis.times import in_milliseconds
from explorer.encodings.epcis.vocabulary import CBV, VOC, Words
from explorer.encodings.gs1.links import LinkStyle, canonical

Fields = Mapping[str, "Fields | None"]
"""Name → order of its children; ``None``: it has a value."""

_EPCS: Fields = {"epc": None}
_QUANTITIES: Fields = {
    "quantityElement": {"epcClass": None, "quantity": None, "uom": None}
}
_METADATA: Fields = dict.fromkeys(
    (
        "time",
        "startTime",
        "endTime",
        "deviceID",
        "deviceMetadata",
        "rawData",
        "dataProcessingMethod",
        "bizRules",
    )
)
_REPORT: Fields = dict.fromkeys(
    (
        "type",
        "exception",
        "deviceID",
        "deviceMetadata",
        "rawData",
        "dataProcessingMethod",
        "time",
        "microorganism",
        "chemicalSubstance",
        "value",
        "component",
        "stringValue",
        "booleanValue",
        "hexBinaryValue",
        "uriValue",
        "minValue",
        "maxValue",
        "meanValue",
        "sDev",
        "percRank",
        "percValue",
        "uom",
        "coordinateReferenceSystem",
    )
)
_SENSORS: Fields = {
    "sensorElement": {"sensorMetadata": _METADATA, "sensorReport": _REPORT}
}

STANDARD_ORDER: Fields = {
    "eventTime": None,
    "eventTimeZoneOffset": None,
    "certificationInfo": None,
    "parentID": None,
    "epcList": _EPCS,
    "inputEPCList": _EPCS,
    "childEPCs": _EPCS,
    "quantityList": _QUANTITIES,
    "childQuantityList": _QUANTITIES,
    "inputQuantityList": _QUANTITIES,
    "outputEPCList": _EPCS,
    "outputQuantityList": _QUANTITIES,
    "action": None,
    "transformationID": None,
    "bizStep": None,
    "disposition": None,
    "persistentDisposition": {"set": None, "unset": None},
    "readPoint": {"id": None},
    "bizLocation": {"id": None},
    "sensorElementList": _SENSORS,
}
"""Step 2: standard fields in the order of the text."""

_LISTS = ("bizTransactionList", "sourceList", "destinationList")
_TYPED = frozenset({"bizTransaction", "source", "destination"})
_DROPPED = frozenset(
    {
        "recordTime",
        "eventID",
        "errorDeclaration",
        "type",
        "rdfs:comment",
        "comment",
        "#text",
        "@context",
    }
)
"""Step 5: what takes no part."""

_TIMES = frozenset({"eventTime", "time", "startTime", "endTime"})
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_SUSPECT = re.compile(r"=|\{[^}]*\}")

MAX_NUMBER_CHARACTERS = 300
"""Longer numbers stay as they are written."""

MAX_REMEMBERED = 100_000
"""Values whose canonical form is remembered."""


class Nested(Enum):
    """Where extensions inside standard fields go."""

    REFERENCE = "reference"
    """Step 4: to the end of their parent, or to the other extensions."""
    AT_END = "at-end"
    IN_PLACE = "in-place"


class Variant(msgspec.Struct, frozen=True):
    """One honest way to make the text."""

    name: str
    """``canonical``, ``reference``, ``openepcis-2.0``…"""
    order: Mapping[str, Fields | None]
    nested: Nested = Nested.REFERENCE
    links: LinkStyle = LinkStyle.EVENT_HASH
    keeps_decimals: bool = False
    """``0.50`` stays ``0.50``."""
    is_reference: bool = False
    """JSON ``true`` and ``null`` are written ``True`` and ``None``, ``xsi:nil`` counts,
    and times are rounded half to even: habits of the reference generator."""
    left_out: frozenset[str] = frozenset()


def _openepcis_order() -> dict[str, Fields | None]:
    names = [each for each in STANDARD_ORDER if each not in {"parentID"}]
    names.insert(names.index("epcList") + 1, "parentID")
    order: dict[str, Fields | None] = {each: STANDARD_ORDER[each] for each in names}
    sensors = order.pop("sensorElementList")
    typed: Fields = {"": None}
    order |= dict.fromkeys(_LISTS, typed)
    return order | {"sensorElementList": sensors}


CANONICAL = Variant("canonical", STANDARD_ORDER)
_OPENEPCIS = Variant(
    "openepcis-2.0",
    _openepcis_order(),
    Nested.AT_END,
    LinkStyle.PLAIN,
    keeps_decimals=True,
    left_out=frozenset({"certificationInfo"}),
)
VARIANTS = (
    CANONICAL,
    Variant("reference", STANDARD_ORDER, is_reference=True),
    _OPENEPCIS,
    msgspec.structs.replace(_OPENEPCIS, name="openepcis-2.1", nested=Nested.IN_PLACE),
    msgspec.structs.replace(
        _OPENEPCIS,
        name="openepcis-2.0-short-numbers",
        links=LinkStyle.EVENT_HASH,
        keeps_decimals=False,
    ),
    msgspec.structs.replace(
        _OPENEPCIS,
        name="openepcis-2.1-short-numbers",
        nested=Nested.IN_PLACE,
        links=LinkStyle.EVENT_HASH,
        keeps_decimals=False,
    ),
)
"""All variants that are tried, the canonical one first."""

_WORDS: Mapping[str, str] = {
    "bizStep": Words.STEP.address,
    "disposition": Words.DISPOSITION.address,
    "set": Words.DISPOSITION.address,
    "unset": Words.DISPOSITION.address,
    "exception": VOC,
    "component": Words.COMPONENT.address,
    "bizTransaction": Words.TRANSACTION.address,
    "source": Words.PARTY.address,
    "destination": Words.PARTY.address,
    "sensorReport": VOC,
}
"""Step 8: what a bare JSON word of this field is part of; a type by its parent."""

_URNS = {
    "urn:epcglobal:cbv:bizstep:": f"{CBV}BizStep-",
    "urn:epcglobal:cbv:disp:": f"{CBV}Disp-",
    "urn:epcglobal:cbv:btt:": f"{CBV}BTT-",
    "urn:epcglobal:cbv:sdt:": f"{CBV}SDT-",
    "urn:epcglobal:cbv:er:": f"{CBV}ER-",
}


class PreHasher:
    """Makes the text of events in one variant; remembers the values it met."""

    def __init__(self, variant: Variant = CANONICAL) -> None:
        """Follow ``variant``."""
        self._variant = variant
        self._known: dict[str, str] = {}
        self._expand: Callable[[str], str] = str
        self._is_json = False

    def text(self, event: EventTree) -> str:
        """Return the text that is hashed to the event's id."""
        self._expand = event.context.expand
        self._is_json = event.context.is_json
        dropped = _DROPPED | event.context.ignored | self._variant.left_out
        fields = [each for each in event.fields if each.name not in dropped]
        if event.context.ignored:
            fields = _without(fields, event.context.ignored)
        told, left = self._ordered(fields, self._variant.order, is_top=True)
        return f"eventType={event.type}{told}{self._generic(left)}"  # steps 1 to 3

    def standard_text(self, event: EventTree) -> str:
        """Return the part of the text that the standard fields make.

        JSON and XML write extensions differently; this part is the same in both.
        """
        self._expand = event.context.expand
        self._is_json = event.context.is_json
        fields = [each for each in event.fields if each.name not in _DROPPED]
        told, left = self._ordered(fields, self._variant.order, is_top=True)
        listed = [each for each in left if each.name in _LISTS]
        return f"eventType={event.type}{told}{self._generic(listed)}"

    def _ordered(
        self, children: list[Node], order: Fields, *, is_top: bool, parent: str = ""
    ) -> tuple[str, list[Node]]:
        """Return the text of children that have a place, and the others."""
        if not (self._is_json or self._variant.is_reference):
            children = [each for each in children if each.name != _NIL]
        placed: dict[str, list[Node]] = {}
        others: list[Node] = []
        for child in children:
            if child.name in order:
                placed.setdefault(child.name, []).append(child)
            else:
                others.append(child)
        own, left = ([], others) if is_top else self._split(others, len(children))
        told: list[str] = []
        for name, inner in order.items():
            group = placed.get(name)
            if group is None:
                continue
            if len(group) == 1:
                told.append(self._placed(group[0], inner, left, parent))
            else:
                told += sorted(
                    [self._placed(each, inner, left, parent) for each in group]
                )
        if own:
            told.append(self._generic(own))
        return "".join(told), left

    def _split(
        self, others: list[Node], siblings: int
    ) -> tuple[list[Node], list[Node]]:
        """Step 4: return what stays at the end of its parent, and what does not."""
        if not others or self._variant.nested is Nested.AT_END:
            return [], others
        if self._variant.nested is Nested.IN_PLACE:
            return others, []
        stays = [siblings > 1 and "/}" in each.name for each in others]
        own = [each for each, is_own in zip(others, stays, strict=True) if is_own]
        left = [each for each, is_own in zip(others, stays, strict=True) if not is_own]
        return own, left

    def _placed(
        self, child: Node, order: Fields | None, left: list[Node], parent: str
    ) -> str:
        """Return the text of one child; what of it has no place goes to ``left``."""
        name = child.name
        if order is None:
            if child.children and any(map(self._counts, child.children)):
                left.append(child)
            value = self._value(child, parent)
            return f"{name}={value}" if value else ""
        if "" in order:
            return self._one(child)
        told, rest = self._ordered(child.children, order, is_top=False, parent=name)
        if rest:
            left.append(Node(name, child.text, rest))
        value = self._value(child, parent) if child.text else ""
        if value:
            return f"{name}={value}{told}"
        return name + told if told else ""

    def _generic(self, nodes: list[Node]) -> str:
        """Step 3: names, values and children, siblings sorted by code point."""
        if not nodes:
            return ""
        texts = [self._one(each) for each in nodes if self._counts(each)]
        texts.sort()
        return "".join(texts)

    def _counts(self, node: Node) -> bool:
        if self._variant.is_reference:
            return True
        if node.is_literal and node.text == "null":
            return False
        return node.name != _NIL

    def _one(self, node: Node) -> str:
        name, children = node.name, node.children
        value = self._value(node, "")
        told = f"{name}={value}" if value else name
        if name in _TYPED:
            kinds = [each for each in children if each.name == "type"]
            rest = [each for each in children if each.name != "type"]
            kind = "".join(f"type={self._value(each, name)}" for each in kinds)
            return kind + told + self._generic(rest)
        return told + self._generic(children) if children else told

    def _value(self, node: Node, parent: str) -> str:
        """Steps 6 to 8: the canonical form of a value."""
        text, name = node.text.strip(), node.name
        if not text:
            return ""
        if node.is_literal:
            return self._literal(text)
        if name in _TIMES:
            half_even = self._variant.is_reference
            return in_milliseconds(text, half_even=half_even)
        if ":" in text:
            text = self._expand(text)
        elif self._is_json and name not in _TYPED:
            base = _WORDS.get(parent if name == "type" else name, "")
            if base:
                return base + text
        return self._known.get(text) or self._remember(text)

    def _remember(self, text: str) -> str:
        if len(self._known) >= MAX_REMEMBERED:
            self._known.clear()
        found = self._known[text] = self._canonical(text)
        return found

    def _literal(self, text: str) -> str:
        if self._variant.is_reference:
            return {"true": "True", "false": "False", "null": "None"}[text]
        return "" if text == "null" else text

    def _canonical(self, text: str) -> str:
        if text[0] in "+-.0123456789":
            return self._number(text)
        if text.startswith("urn:epcglobal:cbv:"):
            for urn, address in _URNS.items():
                if text.startswith(urn):
                    return address + text[len(urn) :]
        return canonical(text, self._variant.links)

    def _number(self, text: str) -> str:
        is_long = len(text) > MAX_NUMBER_CHARACTERS
        if is_long or _NUMBER.fullmatch(text) is None:
            return text
        if self._variant.keeps_decimals and "." in text:
            return text
        number = float(text)
        if not math.isfinite(number):
            return text
        return str(int(number)) if number.is_integer() else str(number)


def ambiguous_values(event: EventTree) -> list[str]:
    """Return names of extensions whose values could be read as other fields too."""
    found: list[str] = []
    aside = _DROPPED | STANDARD_ORDER.keys()
    waiting = [each for each in event.fields if each.name not in aside]
    while waiting:
        node = waiting.pop()
        is_link = node.text.startswith(("http://", "https://"))
        if not is_link and _SUSPECT.search(node.text):
            found.append(node.name)
        waiting += node.children
    return found


def _without(nodes: list[Node], names: frozenset[str]) -> list[Node]:
    return [
        Node(each.name, each.text, _without(each.children, names), each.is_literal)
        for each in nodes
        if each.name not in names
    ]
