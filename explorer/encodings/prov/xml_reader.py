"""Reads PROV-XML (W3C Working Group Note, 30 April 2013).

A document type definition is refused, so there are no entities but the five of XML.
Elements for subtypes (``prov:person``, ``prov:wasRevisionOf``…) become their statement
with the type as attribute. Left out: elements below an attribute's value are kept as
their text.
"""

from xml.parsers import expat

import msgspec

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING, MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.prov.names import KINDS, Collector, Prefixes, finished
from explorer.model.prov import (
    FORMALS,
    PROV,
    XSD,
    Argument,
    Instance,
    Literal,
    Name,
    ProvDocument,
    ProvFlaw,
    StatementKind,
    Value,
)

_SUBTYPES = {
    "plan": (StatementKind.ENTITY, "Plan"),
    "collection": (StatementKind.ENTITY, "Collection"),
    "emptyCollection": (StatementKind.ENTITY, "EmptyCollection"),
    "bundle": (StatementKind.ENTITY, "Bundle"),
    "person": (StatementKind.AGENT, "Person"),
    "organization": (StatementKind.AGENT, "Organization"),
    "softwareAgent": (StatementKind.AGENT, "SoftwareAgent"),
    "wasRevisionOf": (StatementKind.DERIVATION, "Revision"),
    "wasQuotedFrom": (StatementKind.DERIVATION, "Quotation"),
    "hadPrimarySource": (StatementKind.DERIVATION, "PrimarySource"),
}
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_XML = "http://www.w3.org/XML/1998/namespace"
_BUNDLE = "bundleContent"
_SEVERAL = frozenset({StatementKind.MEMBERSHIP})
_NOTHING = Absent.NOT_IN_EXPORT


class _Element(msgspec.Struct, gc=False):
    """An element that is open: a statement, or something in one."""

    name: Name
    attributes: dict[str, str]
    """``{namespace}local`` → value."""
    start: int
    prefixes: Prefixes
    text: list[str]
    children: list["_Element"]

    def value(self, local: str) -> str:
        """Return a PROV attribute; with or without the prefix, as writers differ."""
        found = self.attributes.get(f"{{{PROV}}}{local}")
        return self.attributes.get(local, "") if found is None else found


class _RefusedError(Exception):
    """Something XML allows and this reader does not."""


def read_xml(data: bytes, source: int = 0) -> ProvDocument:
    """Return the document that ``data`` holds; damage inside is among its flaws.

    Raises:
        ReadError: ``too-long``, or ``wrong-shape`` if the root is no PROV document.
    """
    if len(data) > MAX_RECORD_BYTES:
        raise ReadError(f"more than {MAX_RECORD_BYTES} bytes", "too-long")
    return _Reader(source).read(data)


class _Reader:
    """Collects statements while expat walks through the bytes."""

    def __init__(self, source: int) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser
        self._flaws: list[ProvFlaw] = []
        self._top = Collector(source, Prefixes(), self._flaws)
        self._into = self._top
        self._bundle: _Element | None = None
        self._bundles: list[Instance] = []
        self._open: list[_Element] = []
        self._is_root_right = False

    def read(self, data: bytes) -> ProvDocument:
        """Return the document."""
        at = len(data)
        try:
            self._parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place
        except expat.ExpatError as error:
            at = self._parser.ErrorByteIndex
            self._top.flaw("not-xml", self._top.span(at, at), str(error))
        except _RefusedError as error:
            at = self._parser.CurrentByteIndex
            self._top.flaw(str(error), self._top.span(at, at))
        if not self._is_root_right:
            reason = self._flaws[0].reason if self._flaws else "wrong-shape"
            raise ReadError("the root is no document of PROV", reason)
        self._end_bundle()
        return finished(self._top, self._bundles, self._flaws)

    def _doctype(self, *_: object) -> None:
        raise _RefusedError("document-type")

    def _start(self, tag: str, written: dict[str, str]) -> None:
        if len(self._open) >= MAX_NESTING:
            raise _RefusedError("too-deep")
        own = [key for key in written if key == "xmlns" or key.startswith("xmlns:")]
        outer = self._open[-1].prefixes if self._open else self._top.prefixes
        prefixes = Prefixes(outer) if own and self._open else outer
        for key in own:
            prefixes.declare(key.partition(":")[2], written[key])
        attributes = {
            _expanded(key, prefixes): value
            for key, value in written.items()
            if key not in own
        }
        start = self._parser.CurrentByteIndex
        name = prefixes.name(tag)
        element = _Element(name, attributes, start, prefixes, [], [])
        if not self._open:
            self._is_root_right = name.iri == PROV + "document"
            if not self._is_root_right:
                raise _RefusedError("wrong-shape")
        elif len(self._open) == 1 and name.iri == PROV + _BUNDLE:
            self._begin_bundle(element)
        elif self._open[-1].name.iri not in {PROV + "document", PROV + _BUNDLE}:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if not self._open:
            return
        if element is self._bundle:
            self._end_bundle()
        elif self._open[-1].name.iri in {PROV + "document", PROV + _BUNDLE}:
            end = self._parser.CurrentByteIndex
            self._statement(element, end)

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)

    def _begin_bundle(self, element: _Element) -> None:
        self._bundle = element
        source = self._top.source
        self._into = Collector(source, element.prefixes, self._flaws)

    def _end_bundle(self) -> None:
        if self._bundle is not None:
            name = self._bundle.prefixes.name(self._bundle.value("id"))
            self._bundles.append(self._into.instance(name))
        self._bundle, self._into = None, self._top

    def _statement(self, element: _Element, end: int) -> None:
        local, into = element.name.local, self._into
        span = into.span(element.start, end)
        kind = KINDS.get(local)
        attributes: list[tuple[Name, Value]] = []
        if element.name.namespace != PROV or (kind is None and local not in _SUBTYPES):
            is_other = element.name.namespace != PROV or local == "other"
            reason = "extension-not-read" if is_other else "unknown-record"
            into.flaw(reason, span, element.name.text)
            return
        if kind is None:
            kind, subtype = _SUBTYPES[local]
            key = Name("prov", "type", PROV)
            attributes.append((key, Name("prov", subtype, PROV)))
        arguments = self._arguments(element, kind, attributes, span)
        identifier = element.value("id")
        name = element.prefixes.name(identifier) if identifier else _NOTHING
        several = arguments.pop("entity", []) if kind in _SEVERAL else []
        single = {role: found[0] for role, found in arguments.items()}
        for member in several:
            into.add(kind, name, {**single, "entity": member}, tuple(attributes), span)
        if not several:
            into.add(kind, name, single, tuple(attributes), span)
        for role, found in arguments.items():
            if len(found) > 1:
                into.flaw("several-values", span, role)

    def _arguments(
        self,
        element: _Element,
        kind: StatementKind,
        attributes: list[tuple[Name, Value]],
        span: ByteSpan,
    ) -> dict[str, list[Argument]]:
        """Return the arguments by name; everything else goes into ``attributes``."""
        found: dict[str, list[Argument]] = {}
        formals = {each.name: each for each in FORMALS[kind]}
        for child in element.children:
            formal = formals.get(child.name.local)
            if formal is None or child.name.namespace != PROV:
                attributes.append((child.name, _value(child)))
            elif formal.is_time:
                found[formal.name] = ["".join(child.text).strip()]
            elif child.value("ref"):
                value = child.prefixes.name(child.value("ref"))
                found.setdefault(formal.name, []).append(value)
            else:
                self._into.flaw("argument-not-a-name", span, formal.name)
        return found


def _expanded(key: str, prefixes: Prefixes) -> str:
    prefix, colon, local = key.partition(":")
    if not colon:
        return key
    if prefix == "xml":
        return f"{{{_XML}}}{local}"
    return f"{{{prefixes.name(key).namespace}}}{local}"


def _value(element: _Element) -> Value:
    text = "".join(element.text)
    ref = element.value("ref")
    if ref:
        return element.prefixes.name(ref)
    written = element.attributes.get(f"{{{_XSI}}}type")
    language = element.attributes.get(f"{{{_XML}}}lang", "")
    kind = element.prefixes.name(written) if written else _NOTHING
    if isinstance(kind, Name) and kind.iri in {
        XSD + "QName",
        PROV + "QUALIFIED_NAME",
    }:
        return element.prefixes.name(text.strip())
    return Literal(text, kind, language)
