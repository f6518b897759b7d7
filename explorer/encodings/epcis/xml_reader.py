"""Documents of events in XML, piece by piece, with the bytes of each event.

Extensible Markup Language 1.0 and GS1 EPCIS 2.0.1, section 9.3, and EPCIS 1.2, section
9. A document type definition is refused, so that there are no entities but the five of
XML; ``<!DOCTYPE name>`` alone defines nothing and is passed over, since files of GS1
have it. ``extension`` and ``baseExtension`` elements, in which 1.2 keeps its newer
parts, are flattened anywhere. Names in a namespace of EPCIS count as bare names.
"""

from collections.abc import Iterator
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from explorer.core.limits import MAX_NESTING
from explorer.encodings.epcis.json_reader import IGNORE_FIELDS, IGNORING
from explorer.encodings.epcis.nodes import (
    Context,
    Damage,
    DocumentEnd,
    EventTree,
    Item,
    Node,
    Vocabulary,
)
from explorer.encodings.epcis.vocabulary import EVENT_TYPES
from explorer.model.events import Flaw

CHUNK_BYTES = 2**16
"""How much is parsed at a time."""

MAX_XML_DEPTH = 256
"""Depth of elements, those around the events included."""

_FLATTENED = frozenset({"extension", "baseExtension"})
_UTF_8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
"""How UTF-16 begins, with and without a mark."""

_EPCIS = "urn:epcglobal:epcis"


class _Refused(Exception):  # noqa: N818 - ends the reading of one document
    """The document has what is refused; carries the reason code."""


def read_xml(chunks: Iterator[bytes]) -> Iterator[Item]:
    """Yield everything in an XML file in order; damage is part of it."""
    yield from _Reader().read(chunks)


def read_decoded_xml(chunks: Iterator[bytes]) -> Iterator[Item]:
    """Do the same with a file that was brought to UTF-8, whatever it declares."""
    yield from _Reader("utf-8").read(chunks)


def read_xml_event(data: bytes, context: Context) -> EventTree | None:
    """Return the one event of ``data``, cut from a document in UTF-8 with ``context``.

    Nothing is returned if the bytes hold no event any more.
    """
    names = "".join(
        f" xmlns{':' if prefix else ''}{prefix}={quoteattr(address)}"
        for prefix, address in context.bindings.items()
        if prefix != "xml" and (address or not prefix)
    )
    whole = b"".join((f"<r{names}>".encode(), data, b"</r>"))
    for item in read_xml(iter((whole,))):
        if isinstance(item, EventTree):
            item.context = context
            return item
    return None


class _Reader:
    def __init__(self, encoding: str | None = None) -> None:
        parser = expat.ParserCreate(encoding, namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        parser.StartNamespaceDeclHandler = self._bind
        parser.EndNamespaceDeclHandler = self._unbind
        self._parser = parser
        self._names: dict[str, str] = {}
        self._items: list[Item] = []
        self._open: list[Node] = []
        """Nodes of the subtree that is being kept, innermost last."""
        self._depth = 0
        self._kept_at = 0
        self._start_byte = 0
        self._takes_text = False
        self._root = ""
        self._version = ""
        self._vocabulary = ""
        self._ignored: frozenset[str] = frozenset()
        self._bindings: dict[str, list[str]] = {}
        self._is_utf_8 = True
        self._context: Context | None = None
        self._outer_context = Context(is_json=False)
        """In force where the subtree that is kept begins."""
        self._is_too_deep = False

    def read(self, chunks: Iterator[bytes]) -> Iterator[Item]:
        parser, size = self._parser, 0
        for chunk in chunks:
            for at in range(0, len(chunk), CHUNK_BYTES):
                part = chunk[at : at + CHUNK_BYTES]
                self._is_utf_8 &= bool(size) or not part.startswith(_WIDE_MARKS)
                size += len(part)
                yield from self._feed(part, size)
                if self._parser is not parser:
                    return
        yield from self._feed(b"", size)
        if self._parser is parser:
            yield DocumentEnd(self._root, self._version, size)

    def _feed(self, part: bytes, size: int) -> Iterator[Item]:
        """Parse a part; after damage nothing more of the file can be read."""
        damage: Damage | None = None
        try:
            self._parser.Parse(part, not part)
        except _Refused as error:
            at = self._parser.CurrentByteIndex
            damage = Damage(str(error), at, max(at, size))
        except expat.ExpatError as error:
            at = max(self._parser.ErrorByteIndex, 0)
            reason = "not-xml" if part else "cut-off"
            damage = Damage(reason, at, max(at, size), str(error))
        except (LookupError, ValueError) as error:  # an encoding that Python lacks
            damage = Damage("encoding-unknown", 0, size, str(error)[:200])
        yield from self._items
        self._items.clear()
        if damage is not None:
            yield damage
            yield DocumentEnd(self._root, self._version, size)
            self._parser = expat.ParserCreate()

    def _doctype(
        self, _: str, system_id: str | None, public_id: str | None, subset: int
    ) -> None:
        if system_id or public_id or subset:
            raise _Refused("doctype-refused")

    def _declaration(self, _: str, encoding: str | None, __: int) -> None:
        self._is_utf_8 = encoding is None or encoding.lower() in _UTF_8

    def _bind(self, prefix: str | None, address: str | None) -> None:
        self._bindings.setdefault(prefix or "", []).append(address or "")
        self._context = None

    def _unbind(self, prefix: str | None) -> None:
        self._bindings[prefix or ""].pop()
        self._context = None

    def _context_here(self) -> Context:
        if self._context is None:
            bindings = {name: each[-1] for name, each in self._bindings.items() if each}
            self._context = Context(
                is_json=False,
                bindings=bindings,
                is_utf_8=self._is_utf_8,
                ignored=self._ignored,
            )
        return self._context

    def _name(self, raw: str) -> str:
        known = self._names.get(raw)
        if known is None:
            address, brace, local = raw.rpartition("}")
            is_bare = not brace or address.startswith(_EPCIS)
            known = self._names[raw] = local if is_bare else f"{{{address}}}{local}"
        return known

    def _start(self, raw: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_XML_DEPTH:
            raise _Refused("too-deep")
        name = self._names.get(raw) or self._name(raw)
        if self._open:
            self._inner(name, attributes)
        else:
            self._outer(name, attributes)
        self._takes_text = True

    def _inner(self, name: str, attributes: dict[str, str]) -> None:
        if name in _FLATTENED or len(self._open) > MAX_NESTING:
            self._is_too_deep |= name not in _FLATTENED
            self._open.append(self._open[-1])
            return
        node = Node(name, "", [])
        if attributes:
            for key, value in attributes.items():
                node.children.append(Node(self._name(key), value, []))
        self._open[-1].children.append(node)
        self._open.append(node)

    def _outer(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth == 1:
            self._root = name.rpartition("}")[2]
            self._version = attributes.get("schemaVersion", "")[:20]
        if name == "Vocabulary":
            self._vocabulary = attributes.get("type", "")
        is_ignoring = name == f"{{{IGNORING}}}{IGNORE_FIELDS}"
        if name in EVENT_TYPES or name == "VocabularyElement" or is_ignoring:
            node = Node(name, attributes.get("id", ""), [])
            self._open.append(node)
            self._kept_at = self._depth
            self._start_byte = self._parser.CurrentByteIndex
            self._outer_context = self._context_here()

    def _characters(self, data: str) -> None:
        if self._open and self._takes_text:
            self._open[-1].text += data

    def _end(self, _: str) -> None:
        self._takes_text = False
        if self._open:
            node = self._open.pop()
            if self._depth == self._kept_at:
                self._keep(node)
        self._depth -= 1

    def _keep(self, node: Node) -> None:
        start, end = self._start_byte, self._after_tag()
        if node.name == "VocabularyElement":
            kept = Vocabulary(
                self._vocabulary, node.text.strip(), node.children, start, end
            )
            self._items.append(kept)
        elif node.name in EVENT_TYPES:
            flaws = (Flaw("too-deep", ""),) if self._is_too_deep else ()
            self._is_too_deep = False
            context = self._outer_context
            self._items.append(
                EventTree(node.name, node.children, context, start, end, flaws)
            )
        else:
            self._ignored |= {each.name for each in node.children}
            self._context = None

    def _after_tag(self) -> int:
        """Return the byte behind the end tag that is being read."""
        at = self._parser.CurrentByteIndex
        rest = self._parser.GetInputContext()
        cut = rest.find(b">") if isinstance(rest, bytes) else -1
        return at + cut + 1
