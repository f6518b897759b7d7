"""Writes PROV-JSON and PROV-N.

PROV-JSON (W3C member submission, 24 April 2013): records of one identifier in a list,
those without one under ``_:id1`` and so on. PROV-N (W3C Recommendation, 30 April 2013).
The order of statements is kept, by kind in PROV-JSON.
"""

import json
import re
from collections.abc import Iterator

from explorer.core.absent import Absent
from explorer.encodings.prov.names import BLANK
from explorer.model.prov import (
    ELEMENTS,
    FORMALS,
    WITHOUT_IDENTIFIER,
    XSD,
    Instance,
    Literal,
    Name,
    ProvDocument,
    Statement,
    StatementKind,
    Value,
)

_QUALIFIED = "prov:QUALIFIED_NAME"
_SPECIAL = re.compile(r"([=\'(),:;\[\]\\\"<>])")
_SPECIAL_AFTER = re.compile(r"([=\'(),;\[\]\\\"<>])")


def to_json(document: ProvDocument) -> bytes:
    """Return the document as PROV-JSON in UTF-8."""
    value = _container(document.top)
    if document.bundles:
        value["bundle"] = {
            each.id.text if isinstance(each.id, Name) else "": _container(each)
            for each in document.bundles
        }
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8", "backslashreplace")


def to_n(document: ProvDocument) -> bytes:
    """Return the document as PROV-N in UTF-8."""
    lines = ["document", *_declarations(document.top, "  ")]
    lines += (f"  {statement_text(each)}" for each in document.top.statements)
    for bundle in document.bundles:
        name = _word(bundle.id) if isinstance(bundle.id, Name) else BLANK
        lines += [f"  bundle {name}", *_declarations(bundle, "    ")]
        lines += (f"    {statement_text(each)}" for each in bundle.statements)
        lines.append("  endBundle")
    lines.append("endDocument")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _container(instance: Instance) -> dict[str, dict[str, object]]:
    out: dict[str, dict[str, object]] = {}
    if instance.prefixes:
        out["prefix"] = {
            prefix or "default": iri for prefix, iri in instance.prefixes.items()
        }
    taken = {each.id.text for each in instance.statements if isinstance(each.id, Name)}
    count = 0
    for statement in instance.statements:
        records = out.setdefault(statement.kind.value, {})
        if isinstance(statement.id, Name):
            key = statement.id.text
        else:
            count += 1
            while f"_:id{count}" in taken:
                count += 1
            key = f"_:id{count}"
        _put(records, key, _record(statement))
    return out


def _put(records: dict[str, object], key: str, record: dict[str, object]) -> None:
    """Add a record; members of one collection under one identifier are one list."""
    known = records.get(key)
    if known is None:
        records[key] = record
    elif isinstance(known, list):
        known.append(record)
    elif isinstance(known, dict) and _is_same_collection(known, record):
        members = known["prov:entity"]
        earlier = members if isinstance(members, list) else [members]
        known["prov:entity"] = [*earlier, record["prov:entity"]]
    else:
        records[key] = [known, record]


def _is_same_collection(one: dict[str, object], other: dict[str, object]) -> bool:
    wanted = {"prov:collection", "prov:entity"}
    collection = "prov:collection"
    return set(one) == set(other) == wanted and one[collection] == other[collection]


def _record(statement: Statement) -> dict[str, object]:
    record: dict[str, object] = {}
    formals = FORMALS[statement.kind]
    for formal, given in zip(formals, statement.arguments, strict=True):
        if isinstance(given, Name):
            record[f"prov:{formal.name}"] = given.text
        elif not isinstance(given, Absent):
            record[f"prov:{formal.name}"] = given
    several: dict[str, list[object]] = {}
    for name, value in statement.attributes:
        several.setdefault(name.text, []).append(_json_value(value))
    for key, values in several.items():
        record[key] = values[0] if len(values) == 1 else values
    return record


def _json_value(value: Value) -> object:
    if isinstance(value, Name):
        return {"$": value.text, "type": _QUALIFIED}
    if value.is_bare:
        return _bare(value)
    if value.language:
        kind = value.type.text if isinstance(value.type, Name) else ""
        typed = {"type": kind} if kind else {}
        return {"$": value.text, **typed, "lang": value.language}
    if isinstance(value.type, Name):
        return {"$": value.text, "type": value.type.text}
    return value.text


def _bare(value: Literal) -> object:
    try:
        return json.loads(value.text)
    except ValueError:  # PROV-N allows +1
        return {"$": value.text, "type": "xsd:int"}


def _declarations(instance: Instance, indent: str) -> Iterator[str]:
    for prefix, iri in instance.prefixes.items():
        safe = re.sub(r"[<>\s]", lambda found: f"%{ord(found[0]):02X}", iri)
        yield (
            f"{indent}prefix {prefix} <{safe}>"
            if prefix
            else (f"{indent}default <{safe}>")
        )


def statement_text(statement: Statement) -> str:
    """Return one statement in PROV-N."""
    kind = statement.kind
    arguments = [
        _word(each)
        if isinstance(each, Name)
        else "-"
        if isinstance(each, Absent)
        else each
        for each in statement.arguments
    ]
    while len(arguments) > _shortest(kind) and arguments[-1] == "-":
        arguments.pop()
    head = ""
    if kind in ELEMENTS:
        name = _word(statement.id) if isinstance(statement.id, Name) else "-"
        arguments = [name, *arguments]
    elif isinstance(statement.id, Name) and kind not in WITHOUT_IDENTIFIER:
        head = f"{_word(statement.id)}; "
    attributes = ", ".join(
        f"{_word(name)}={_n_value(value)}" for name, value in statement.attributes
    )
    if attributes:
        arguments.append(f"[{attributes}]")
    prefix = "prov:" if kind is StatementKind.MENTION else ""
    return f"{prefix}{kind.value}({head}{', '.join(arguments)})"


def _shortest(kind: StatementKind) -> int:
    """Return how many arguments must be written: all or, of elements, none."""
    if kind in ELEMENTS:
        return 0
    needed = [number for number, each in enumerate(FORMALS[kind], 1) if each.is_needed]
    is_pair = kind in {StatementKind.DERIVATION, StatementKind.DELEGATION}
    return max(needed, default=0) if is_pair else len(FORMALS[kind])


def _word(name: Name) -> str:
    local = _SPECIAL_AFTER.sub(r"\\\1", name.local)
    if not name.prefix:
        local = _SPECIAL.sub(r"\\\1", name.local)
    return f"{name.prefix}:{local}" if name.prefix else local


def _n_value(value: Value) -> str:
    if isinstance(value, Name):
        return f"'{_word(value)}'"
    text = value.text.replace("\\", "\\\\").replace('"', '\\"')
    text = text.replace("\n", "\\n").replace("\r", "\\r")
    if value.language:
        return f'"{text}"@{value.language}'
    if not isinstance(value.type, Name):
        return f'"{text}"'
    if value.is_bare and value.type.iri == XSD + "int":
        return value.text
    kind = _word(value.type)
    return f'"{text}" %% {kind}'
