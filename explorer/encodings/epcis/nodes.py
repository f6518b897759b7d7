"""Events as trees, the same for JSON and XML.

GS1 EPCIS 2.0.1, section 9: the XML binding names every list item, the JSON binding does
not. A tree has the names of the XML binding. Names of the standard are bare; others are
``{namespace}local`` where the namespace is known. XML attributes are children.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from explorer.model.events import Flaw

STANDARD_PREFIXES = MappingProxyType(
    {"gs1": "https://gs1.org/voc/", "cbv": "https://ref.gs1.org/cbv/"}
)
"""Prefixes that the EPCIS context declares for every document."""


class Node(msgspec.Struct, gc=False):
    """A name with its text and children, as written."""

    name: str
    text: str
    children: list["Node"]
    is_literal: bool = False
    """The text stands for a JSON ``true``, ``false`` or ``null``."""


class Context(msgspec.Struct, frozen=True):
    """What the document says about names in it."""

    is_json: bool
    prefixes: Mapping[str, str] = MappingProxyType({})
    """Prefix → address, as JSON-LD contexts declare them."""
    bindings: Mapping[str, str] = MappingProxyType({})
    """Prefix → namespace of XML elements; empty prefix: names without one."""
    is_utf_8: bool = True
    """Whether bytes cut out of the document can be read by themselves."""
    ignored: frozenset[str] = frozenset()
    """Names that the document leaves out of event hashes."""

    def expand(self, text: str) -> str:
        """Return ``text`` with its prefix replaced, if it has a known one."""
        prefix, colon, rest = text.partition(":")
        if not colon:
            return text
        base = self.prefixes.get(prefix) or STANDARD_PREFIXES.get(prefix)
        return text if base is None else base + rest


class EventTree(msgspec.Struct, gc=False):
    """One event of a document."""

    type: str
    """``ObjectEvent`` and so on."""
    fields: list[Node]
    context: Context
    start: int
    """Byte offset in its file."""
    end: int
    flaws: tuple[Flaw, ...] = ()
    """What reading itself found wrong."""
    canonical: bytes = b""
    """Bytes whose hash is its canonical id, once somebody has worked them out."""
    is_apart: bool = True
    """Its bytes hold nothing else; otherwise they are those of a whole document."""


class Vocabulary(msgspec.Struct, gc=False):
    """One element of master data."""

    type: str
    id: str
    fields: list[Node]
    """``attribute`` nodes with an ``id`` child, ``children`` with ``id`` nodes."""
    start: int
    end: int


class OtherValue(msgspec.Struct, frozen=True, gc=False):
    """A JSON value that is no event of the standard where one could stand."""

    value: object
    """As decoded; numbers are ``json_tree.Number``."""
    type: str
    """What it calls itself, empty if nothing."""
    start: int
    end: int


class Damage(msgspec.Struct, frozen=True, gc=False):
    """Bytes of a document that cannot be read as they should."""

    reason: str
    start: int
    end: int
    detail: str = ""


class DocumentEnd(msgspec.Struct, frozen=True, gc=False):
    """What a document called itself; comes behind everything else in it."""

    root: str
    """Type or root element: ``EPCISDocument``, ``EPCISCaptureJob``; may be empty."""
    schema_version: str
    end: int
    values: Mapping[str, object] = MappingProxyType({})
    """Top-level values of a JSON object, without those that were read as events."""
    start: int = 0


Item = EventTree | Vocabulary | OtherValue | Damage | DocumentEnd
