"""Reads PROV-JSON (W3C member submission, 24 April 2013).

Numbers and truth values without a type are kept as they are written. A value may be a
list: several records under one identifier, several values of one attribute, several
members of one collection. Left out: PROV-JSONLD.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.json_members import array_elements, object_members
from explorer.encodings.prov.names import (
    KINDS,
    Collector,
    Prefixes,
    finished,
)
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

QUALIFIED = frozenset({PROV + "QUALIFIED_NAME", XSD + "QName", PROV + "QualifiedName"})
"""Types whose text is a qualified name."""

TOP_KEYS = frozenset({"prefix", "bundle", *KINDS})
"""Keys of a document; nothing else may stand there."""


class _Number(str):
    """A JSON number as it is written."""

    __slots__ = ()


def read_json(data: bytes, source: int = 0) -> ProvDocument:
    """Return the document that ``data`` holds; damage inside is among its flaws.

    Raises:
        ReadError: If it is no JSON object: ``too-long``, ``not-utf-8``, ``not-json``,
            ``too-deep`` or ``wrong-shape``.
    """
    if len(data) > MAX_RECORD_BYTES:
        raise ReadError(f"more than {MAX_RECORD_BYTES} bytes", "too-long")
    start = _object_start(data)
    flaws: list[ProvFlaw] = []
    top = Collector(source, Prefixes(), flaws)
    bundles: list[Instance] = []
    _read_container(data, start, top, bundles)
    return finished(top, bundles, flaws)


def _object_start(data: bytes) -> int:
    begin = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        value = json.loads(data[begin:].decode(), parse_int=_Number)
    except UnicodeDecodeError as error:
        raise ReadError("the bytes are not UTF-8", "not-utf-8") from error
    except RecursionError as error:
        raise ReadError("nested too deep", "too-deep") from error
    except ValueError as error:
        raise ReadError(str(error), "not-json") from error
    if not isinstance(value, dict):
        raise ReadError("the document is no JSON object", "wrong-shape")
    return data.index(b"{", begin)


def _read_container(
    data: bytes, start: int, into: Collector, bundles: list[Instance] | None
) -> None:
    """Read prefixes, then statements, then bundles (of a document only)."""
    members = list(object_members(data, start))
    keys = [_text(key) for key, *_ in members]
    repeated = {key for key, count in Counter(keys).items() if count > 1}
    for key, (_, _, begin, end) in zip(keys, members, strict=True):
        if key == "prefix":
            span = into.span(begin, end)
            _read_prefixes(_value(data, into, span), into, span)
    for key, (_, at, begin, end) in zip(keys, members, strict=True):
        span = into.span(at, end)
        if key in repeated:
            into.flaw("duplicate-key", span, key)
        if key in KINDS:
            _read_records(data, begin, end, KINDS[key], into)
        elif key == "bundle" and bundles is not None:
            _read_bundles(data, begin, end, into, bundles)
        elif key != "prefix":
            into.flaw("unknown-record", span, key)


def _read_prefixes(value: object, into: Collector, span: ByteSpan) -> None:
    if not isinstance(value, dict):
        into.flaw("wrong-shape", span, "prefix")
        return
    for prefix, iri in value.items():
        if isinstance(iri, str) and not isinstance(iri, _Number):
            into.prefixes.declare("" if prefix == "default" else prefix, iri)
        else:
            into.flaw("wrong-shape", span, prefix)


def _read_bundles(
    data: bytes, start: int, end: int, outer: Collector, bundles: list[Instance]
) -> None:
    if data[start : start + 1] != b"{":
        outer.flaw("wrong-shape", outer.span(start, end), "bundle")
        return
    flaws = outer.flaws
    for key, at, begin, stop in object_members(data, start):
        inner = Collector(outer.source, Prefixes(outer.prefixes), flaws)
        if data[begin : begin + 1] == b"{":
            _read_container(data, begin, inner, None)
        else:
            outer.flaw("wrong-shape", outer.span(at, stop), _text(key))
        # the identifier is resolved with the bundle's own prefixes too
        bundles.append(inner.instance(inner.prefixes.name(_text(key))))


def _read_records(
    data: bytes, start: int, end: int, kind: StatementKind, into: Collector
) -> None:
    if data[start : start + 1] != b"{":
        into.flaw("wrong-shape", into.span(start, end), kind.value)
        return
    for key, at, begin, stop in object_members(data, start):
        identifier = into.prefixes.name(_text(key))
        if data[begin : begin + 1] == b"[":
            places = list(array_elements(data, begin))
        else:
            places = [(begin, stop)]
        for record_at, record_end in places:
            value = _value(data, into, into.span(record_at, record_end))
            # a record that stands alone is shown with its identifier
            span = into.span(at if len(places) == 1 else record_at, record_end)
            _read_record(value, kind, identifier, into, span)


def _read_record(
    value: object,
    kind: StatementKind,
    identifier: Name,
    into: Collector,
    span: ByteSpan,
) -> None:
    if not isinstance(value, dict):
        into.flaw("wrong-shape", span, identifier.text)
        return
    formals = {f"prov:{each.name}": each for each in FORMALS[kind]}
    arguments: dict[str, list[Argument]] = {}
    attributes: list[tuple[Name, Value]] = []
    for key, written in value.items():
        formal = formals.get(key)
        if formal is None:
            name = into.prefixes.name(key)
            attributes += ((name, each) for each in _values(written, into, span))
        else:
            read = _times if formal.is_time else _names
            arguments[formal.name] = list(read(written, into, span))
    single = {name: found[0] for name, found in arguments.items() if found}
    members = arguments.pop("entity", []) if kind is StatementKind.MEMBERSHIP else []
    for member in members:
        into.add(
            kind, identifier, {**single, "entity": member}, tuple(attributes), span
        )
    if not members:
        into.add(kind, identifier, single, tuple(attributes), span)
    for role, found in arguments.items():
        if len(found) > 1:
            into.flaw("several-values", span, role)


def _names(value: object, into: Collector, span: ByteSpan) -> Iterator[Argument]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and isinstance(each.get("$"), str):
            yield into.prefixes.name(each["$"])
        elif isinstance(each, str) and not isinstance(each, _Number):
            yield into.prefixes.name(each)
        else:
            into.flaw("argument-not-a-name", span)


def _times(value: object, into: Collector, span: ByteSpan) -> Iterator[Argument]:
    if isinstance(value, dict):
        value = value.get("$")
    if isinstance(value, str):
        yield str(value)
    else:
        into.flaw("time-not-read", span)


def _values(value: object, into: Collector, span: ByteSpan) -> Iterator[Value]:
    for each in value if isinstance(value, list) else [value]:
        found = _one_value(each, into.prefixes)
        if found is None:
            into.flaw("value-not-read", span)
        else:
            yield found


def _one_value(value: object, prefixes: Prefixes) -> Value | None:
    match value:
        case bool():
            name = Name("xsd", "boolean", XSD)
            return Literal("true" if value else "false", name, is_bare=True)
        case _Number():
            is_whole = not any(each in value for each in ".eE")
            name = Name("xsd", "int" if is_whole else "double", XSD)
            return Literal(str(value), name, is_bare=True)
        case str():
            return Literal(value)
        case {"$": bool(text), **rest}:
            return _typed_value(rest, "true" if text else "false", prefixes)
        case {"$": str(text), **rest}:
            return _typed_value(rest, str(text), prefixes)
        case _:
            return None


def _typed_value(
    value: Mapping[object, object], written: str, prefixes: Prefixes
) -> Value:
    kind = value.get("type")
    language = value.get("lang")
    if isinstance(language, str) and language:
        name = prefixes.name(kind) if isinstance(kind, str) else Absent.NOT_IN_EXPORT
        return Literal(written, name, language)
    if not isinstance(kind, str):
        return Literal(written)
    name = prefixes.name(kind)
    if name.iri in QUALIFIED:
        return prefixes.name(written)
    return Literal(written, name)


def _value(data: bytes, into: Collector, span: ByteSpan) -> object:
    repeated: list[str] = []

    def made(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated.extend(key for key, _ in pairs)
        return found

    text = data[span.start : span.end].decode()
    value: object = json.loads(
        text, parse_int=_Number, parse_float=_Number, object_pairs_hook=made
    )
    if repeated:
        into.flaw("duplicate-key", span, ", ".join(dict.fromkeys(repeated)))
    return value


def _text(key: bytes) -> str:
    found = json.loads(key.decode())
    return found if isinstance(found, str) else ""
