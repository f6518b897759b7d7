"""JSON events as trees with the names of the XML binding.

GS1 EPCIS 2.0.1, sections 9.2 and 10: arrays of the standard are lists whose items get
their XML names; other arrays repeat their key for each item. Prefixes come from the
JSON-LD contexts of document and event; no context is ever fetched.
"""

from collections.abc import Mapping, Sequence

from explorer.core.limits import MAX_NESTING
from explorer.encodings.epcis.json_text import Number
from explorer.encodings.epcis.nodes import (
    STANDARD_PREFIXES,
    Context,
    EventTree,
    Node,
    Vocabulary,
)
from explorer.encodings.epcis.vocabulary import EVENT_TYPES

MAX_PREFIXES = 1_000
"""Prefixes taken from contexts."""


class TooDeepError(ValueError):
    """Values are nested deeper than ``MAX_NESTING``."""


_ITEMS = {
    "epcList": "epc",
    "childEPCs": "epc",
    "inputEPCList": "epc",
    "outputEPCList": "epc",
    "quantityList": "quantityElement",
    "childQuantityList": "quantityElement",
    "inputQuantityList": "quantityElement",
    "outputQuantityList": "quantityElement",
    "bizTransactionList": "bizTransaction",
    "sourceList": "source",
    "destinationList": "destination",
    "sensorElementList": "sensorElement",
    "correctiveEventIDs": "correctiveEventID",
}
_SKIPPED = frozenset({"@context", "type", "@type", "isA"})
_COMMENTS = frozenset({"#text", "rdfs:comment", "comment"})


def full_name(key: str, context: Context) -> str:
    """Return ``{namespace}local`` for a key with a known prefix, else the key."""
    prefix, colon, local = key.partition(":")
    if not colon:
        return key
    address = context.prefixes.get(prefix) or STANDARD_PREFIXES.get(prefix)
    return key if address is None else f"{{{address}}}{local}"


def type_of(value: Mapping[str, object]) -> str:
    """Return the bare type of an object, empty if it has none."""
    found = value.get("type", value.get("@type", value.get("isA")))
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if not isinstance(found, str) or isinstance(found, Number):
        return ""
    bare = found.rpartition("/")[2].rpartition(":")[2]
    return bare if bare.isascii() else bare.encode("utf-8", "replace").decode()


def is_event(value: object) -> bool:
    """Return whether a JSON value is an event of the standard."""
    return isinstance(value, dict) and type_of(value) in EVENT_TYPES


def context_of(value: object, outer: Context | None = None) -> Context:
    """Return the prefixes that a ``@context`` declares, inside those of ``outer``."""
    prefixes = dict(outer.prefixes) if outer is not None else {}
    parts = value if isinstance(value, list) else [value]
    for part in parts:
        if isinstance(part, dict):
            for name, term in part.items():
                address = term.get("@id") if isinstance(term, dict) else term
                if isinstance(address, str) and len(prefixes) < MAX_PREFIXES:
                    prefixes[name] = address
    ignored = outer.ignored if outer is not None else frozenset()
    return Context(is_json=True, prefixes=prefixes, ignored=ignored)


def event_tree(
    value: Mapping[str, object], context: Context, start: int, end: int
) -> EventTree:
    """Return an event as a tree.

    Raises:
        TooDeepError: If it is nested deeper than ``MAX_NESTING``.
    """
    if "@context" in value:
        context = context_of(value["@context"], context)
    fields: list[Node] = []
    for key, item in value.items():
        if key in _SKIPPED or key in _COMMENTS:
            continue
        _add(fields, key, item, context, 1)
    return EventTree(type_of(value), fields, context, start, end)


def vocabularies(header: object, start: int, end: int) -> list[Vocabulary]:
    """Return the master data in the header of a JSON document."""
    found: list[Vocabulary] = []
    for vocabulary in _listed(header, "epcisMasterData", "vocabularyList"):
        kind = str(vocabulary.get("type", ""))
        for element in _listed(vocabulary, "vocabularyElementList"):
            fields = [_attribute(each) for each in _listed(element, "attributes")]
            children = element.get("children")
            if isinstance(children, list):
                named = [Node("id", str(each), []) for each in children]
                fields.append(Node("children", "", named))
            name = str(element.get("id", ""))
            found.append(Vocabulary(kind, name, fields, start, end))
    return found


def _attribute(value: Mapping[str, object]) -> Node:
    parts: list[Node] = [Node("id", str(value.get("id", "")), [])]
    content = value.get("attribute")
    if isinstance(content, dict | list):
        try:
            _add(parts, "attribute", content, Context(is_json=True), 1)
        except TooDeepError:
            return Node("attribute", "", parts[:1])
        return Node("attribute", "", parts)
    return Node("attribute", _text(content), parts)


def _listed(value: object, *names: str) -> Sequence[Mapping[str, object]]:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return ()
    return [each for each in value if isinstance(each, dict)]


def _add(
    nodes: list[Node], key: str, value: object, context: Context, depth: int
) -> None:
    """Append the node or nodes that a member of an object makes."""
    if depth > MAX_NESTING:
        raise TooDeepError(key)
    if type(value) is str:
        nodes.append(Node(full_name(key, context), value, []))
        return
    item_name = _ITEMS.get(key)
    if item_name is not None and isinstance(value, list):
        items = [_item(item_name, each, context, depth + 1) for each in value]
        nodes.append(Node(key, "", items))
    elif isinstance(value, list):
        for each in value:
            _add(nodes, key, each, context, depth + 1)
    else:
        nodes.append(_node(full_name(key, context), value, context, depth))


def _item(name: str, value: object, context: Context, depth: int) -> Node:
    """Return one item of a list of the standard; its own value becomes its text."""
    node = _node(name, value, context, depth)
    if name in {"bizTransaction", "source", "destination"}:
        own = [each for each in node.children if each.name == name]
        if len(own) == 1 and not own[0].children:
            node.text = own[0].text
            node.children.remove(own[0])
    return node


def _node(name: str, value: object, context: Context, depth: int) -> Node:
    if depth > MAX_NESTING:
        raise TooDeepError(name)
    if isinstance(value, dict):
        children: list[Node] = []
        text = value.get("#text")
        for key, item in value.items():
            if key not in _COMMENTS and key != "@context":
                _add(children, key, item, context, depth + 1)
        return Node(name, text if isinstance(text, str) else "", children)
    if isinstance(value, list):
        inner: list[Node] = []
        for each in value:
            _add(inner, name, each, context, depth + 1)
        return Node(name, "", inner)
    is_literal = value is None or isinstance(value, bool)
    return Node(name, _text(value), [], is_literal)


def _text(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
