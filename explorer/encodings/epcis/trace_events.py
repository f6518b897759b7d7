"""Event trees as neutral trace events.

GS1 EPCIS 2.0.1, sections 7.3 and 7.4. Identifiers become canonical, words bare; what
the standard does not allow is listed as flaws of the event, which is used all the same.
Left out: which fields a business step or an industry guideline demands.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from explorer.core.absent import Absent
from explorer.encodings.epcis.nodes import Context, EventTree, Node
from explorer.encodings.epcis.numbers import decimal_of
from explorer.encodings.epcis.sensors import SensorReader
from explorer.encodings.epcis.times import read_time, read_zone
from explorer.encodings.epcis.vocabulary import Words
from explorer.encodings.gs1.links import canonical
from explorer.model.events import (
    Action,
    EntryPlace,
    ErrorDeclaration,
    EventKind,
    EventPlace,
    Extra,
    Flaw,
    Quantity,
    Reference,
    TraceEvent,
)

MAX_DETAIL = 200
"""Longest wrong text that is repeated in a flaw, in characters."""

_KINDS = {
    "ObjectEvent": EventKind.OBJECT,
    "AggregationEvent": EventKind.AGGREGATION,
    "TransactionEvent": EventKind.TRANSACTION,
    "TransformationEvent": EventKind.TRANSFORMATION,
    "AssociationEvent": EventKind.ASSOCIATION,
    "QuantityEvent": EventKind.OBSERVATION,
}
_ACTING = frozenset(
    {
        EventKind.OBJECT,
        EventKind.AGGREGATION,
        EventKind.TRANSACTION,
        EventKind.ASSOCIATION,
    }
)
_HOLDING = frozenset({EventKind.AGGREGATION, EventKind.ASSOCIATION})


def trace_event(
    tree: EventTree,
    place: EventPlace,
    entry: EntryPlace | Absent = Absent.NOT_IN_FORMAT,
) -> TraceEvent:
    """Return the neutral event that ``tree`` says."""
    draft = _Draft(tree)
    for node in tree.fields:
        _FIELDS.get(node.name, _Draft.other)(draft, node)
    draft.judge(_KINDS[tree.type])
    if draft.extensions:
        draft.values["extensions"] = tuple(draft.extensions)
    if draft.spellings:
        draft.values["spellings"] = tuple(draft.spellings.items())
    if draft.flaws:
        draft.values["flaws"] = tuple(draft.flaws)
    return TraceEvent(kind=_KINDS[tree.type], place=place, entry=entry, **draft.values)


def extras_of(nodes: Iterable[Node]) -> tuple[Extra, ...]:
    """Return nodes as names and values, in their order."""
    return tuple(
        Extra(each.name, each.text.strip(), extras_of(each.children)) for each in nodes
    )


class _Draft:
    """What is known of one event while its fields are read."""

    def __init__(self, tree: EventTree) -> None:
        self.context: Context = tree.context
        # Values of TraceEvent by field name; the readers below give the right types.
        self.values: dict[str, Any] = {}
        self.flaws: list[Flaw] = list(tree.flaws)
        self.extensions: list[Extra] = []
        self.spellings: dict[str, str] = {}

    def flaw(self, reason: str, field: str, detail: str = "") -> None:
        self.flaws.append(Flaw(reason, field, detail[:MAX_DETAIL]))

    def id(self, text: str) -> str:
        """Return the canonical form of an identifier."""
        written = text.strip()
        found = canonical(self.context.expand(written))
        if found != written:
            self.spellings[found] = written
        return found

    def word(self, text: str, words: Words, field: str) -> str:
        """Return a bare word of a vocabulary."""
        written = text.strip()
        if written and not words.is_allowed(written):
            self.flaw("word-unknown", field, written)
        return words.bare(written)

    def judge(self, kind: EventKind) -> None:
        """Note what a whole event must have and has not."""
        values = self.values
        if "event_time_us" not in values:
            self.flaw("time-missing", "eventTime")
        if "zone_minutes" not in values:
            self.flaw("zone-missing", "eventTimeZoneOffset")
        if kind not in _ACTING:
            values.setdefault("action", Absent.NOT_IN_FORMAT)
        elif "action" not in values:
            self.flaw("action-missing", "action")
        is_seen = values.get("action") is Action.OBSERVE
        if kind in _HOLDING and not values.get("parent") and not is_seen:
            self.flaw("parent-missing", "parentID")

    def other(self, node: Node) -> None:
        """Take a field that is none of the standard."""
        if ":" not in node.name and "{" not in node.name and node.name[:1] != "_":
            self.flaw("field-unknown", node.name, node.text.strip())
        self.extensions += extras_of([node])

    def beside(self, parent: Node, known: frozenset[str]) -> None:
        """Keep what a part of the standard holds beside its own fields."""
        extra = [each for each in parent.children if each.name not in known]
        if extra:
            self.extensions.append(Extra(parent.name, "", extras_of(extra)))


_Field = Callable[[_Draft, Node], None]


def _event_time(draft: _Draft, node: Node) -> None:
    time_us, zone = read_time(node.text)
    if time_us is Absent.NOT_IN_EXPORT:
        return
    draft.values["event_time_us"] = time_us
    draft.values["written_zone_minutes"] = zone
    if isinstance(time_us, Absent):
        draft.flaw("time-unreadable", node.name, node.text)


def _record_time(draft: _Draft, node: Node) -> None:
    time_us, _ = read_time(node.text)
    draft.values["record_time_us"] = time_us
    if time_us is Absent.UNREADABLE:
        draft.flaw("time-unreadable", node.name, node.text)


def _zone(draft: _Draft, node: Node) -> None:
    minutes = read_zone(node.text)
    draft.values["zone_minutes"] = minutes
    if isinstance(minutes, Absent):
        draft.flaw("zone-unreadable", node.name, node.text)


def _action(draft: _Draft, node: Node) -> None:
    written = node.text.strip()
    known = written in Action.__members__
    draft.values["action"] = Action(written) if known else Absent.UNREADABLE
    if not known:
        draft.flaw("action-unknown", node.name, written)


def _word(field: str, words: Words) -> _Field:
    def take(draft: _Draft, node: Node) -> None:
        draft.values[field] = draft.word(node.text, words, node.name)

    return take


def _ids(field: str) -> _Field:
    def take(draft: _Draft, node: Node) -> None:
        own = node.children or ([node] if node.text.strip() else [])
        names = [draft.id(each.text) for each in own]
        if not node.children and own:
            draft.flaw("list-expected", node.name, node.text)
        draft.values[field] = tuple(dict.fromkeys(filter(None, names)))

    return take


def _id(field: str) -> _Field:
    def take(draft: _Draft, node: Node) -> None:
        draft.values[field] = draft.id(node.text)

    return take


_PLACE = frozenset({"id"})


def _place(field: str) -> _Field:
    def take(draft: _Draft, node: Node) -> None:
        own = [each for each in node.children if each.name == "id"]
        text = own[0].text if own else node.text
        draft.values[field] = draft.id(text)
        if len(node.children) > len(own):
            draft.beside(node, _PLACE)

    return take


_QUANTITY = frozenset({"epcClass", "quantity", "uom"})


def _quantities(field: str) -> _Field:
    def take(draft: _Draft, node: Node) -> None:
        found = [_quantity(draft, each) for each in node.children]
        draft.values[field] = tuple(each for each in found if each.thing)

    return take


def _quantity(draft: _Draft, node: Node) -> Quantity:
    parts = {each.name: each.text for each in node.children}
    if not parts.keys() <= _QUANTITY:
        for name in parts.keys() - _QUANTITY:
            if "{" not in name and ":" not in name:
                draft.flaw("field-unknown", name, parts[name])
        draft.beside(node, _QUANTITY)
    written = parts.get("quantity", "")
    amount = decimal_of(written)
    if amount is Absent.UNREADABLE:
        draft.flaw("number-unreadable", "quantity", written)
    if not parts.get("epcClass", "").strip():
        draft.flaw("class-missing", "epcClass")
    return Quantity(
        draft.id(parts.get("epcClass", "")), amount, parts.get("uom", "").strip()
    )


def _single_quantity(draft: _Draft, node: Node) -> None:
    """Take the fields of a QuantityEvent of EPCIS 1.x, which has one class only."""
    before = draft.values.get("quantities", (Quantity("", Absent.NOT_IN_EXPORT),))[0]
    if node.name == "epcClass":
        now = msgspec.structs.replace(before, thing=draft.id(node.text))
    else:
        now = msgspec.structs.replace(before, amount=decimal_of(node.text))
    draft.values["quantities"] = (now,)


def _references(field: str, words: Words) -> _Field:
    def take(draft: _Draft, node: Node) -> None:
        found = []
        for each in node.children:
            kind = next((c.text for c in each.children if c.name == "type"), "")
            word = draft.word(kind, words, f"{node.name}.type")
            found.append(Reference(word, draft.id(each.text)))
        draft.values[field] = tuple(each for each in found if each.id)

    return take


def _persistent(draft: _Draft, node: Node) -> None:
    for name in ("set", "unset"):
        draft.values[f"{name}_dispositions"] = tuple(
            draft.word(each.text, Words.DISPOSITION, node.name)
            for each in node.children
            if each.name == name
        )


def _error(draft: _Draft, node: Node) -> None:
    parts = {each.name: each for each in node.children}
    time = parts.get("declarationTime")
    reason = parts.get("reason")
    corrective = parts.get("correctiveEventIDs")
    ids = corrective.children if corrective is not None else ()
    draft.values["error"] = ErrorDeclaration(
        read_time(time.text)[0] if time is not None else Absent.NOT_IN_EXPORT,
        Words.ERROR.bare(reason.text.strip()) if reason is not None else "",
        tuple(each.text.strip() for each in ids),
    )


def _certification(draft: _Draft, node: Node) -> None:
    named = draft.values.get("certifications", ())
    if node.text.strip():
        draft.values["certifications"] = (*named, node.text.strip())
    if node.children:
        draft.flaw("certification-not-an-address", node.name)
        draft.extensions += extras_of([node])


def _ilmd(draft: _Draft, node: Node) -> None:
    for each in node.children:
        if "{" not in each.name and ":" not in each.name:
            draft.flaw("namespace-missing", f"ilmd.{each.name}", each.text)
    draft.values["ilmd"] = (*draft.values.get("ilmd", ()), *extras_of(node.children))


def _sensors(draft: _Draft, node: Node) -> None:
    readings, extra = SensorReader(draft.context, draft.flaw).read(node)
    draft.values["sensors"] = readings
    if extra:
        draft.extensions.append(Extra(node.name, "", extras_of(extra)))


def _declared_id(draft: _Draft, node: Node) -> None:
    draft.values["declared_id"] = node.text.strip()


def _nothing(draft: _Draft, node: Node) -> None:
    """Take a field that says nothing about the event itself."""


_FIELDS: Mapping[str, _Field] = {
    "eventTime": _event_time,
    "recordTime": _record_time,
    "eventTimeZoneOffset": _zone,
    "eventID": _declared_id,
    "action": _action,
    "bizStep": _word("step", Words.STEP),
    "disposition": _word("disposition", Words.DISPOSITION),
    "persistentDisposition": _persistent,
    "epcList": _ids("things"),
    "quantityList": _quantities("quantities"),
    "parentID": _id("parent"),
    "childEPCs": _ids("children"),
    "childQuantityList": _quantities("child_quantities"),
    "inputEPCList": _ids("inputs"),
    "inputQuantityList": _quantities("input_quantities"),
    "outputEPCList": _ids("outputs"),
    "outputQuantityList": _quantities("output_quantities"),
    "transformationID": _id("process"),
    "xformID": _id("process"),
    "readPoint": _place("read_point"),
    "bizLocation": _place("location"),
    "bizTransactionList": _references("transactions", Words.TRANSACTION),
    "sourceList": _references("sources", Words.PARTY),
    "destinationList": _references("destinations", Words.PARTY),
    "errorDeclaration": _error,
    "certificationInfo": _certification,
    "ilmd": _ilmd,
    "sensorElementList": _sensors,
    "epcClass": _single_quantity,
    "quantity": _single_quantity,
    "rdfs:comment": _nothing,
    "comment": _nothing,
    "schemaVersion": _nothing,
    "creationDate": _nothing,
    "id": _nothing,
}
