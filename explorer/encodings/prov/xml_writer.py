"""Writes PROV-XML (W3C Working Group Note, 30 April 2013)."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.model.prov import (
    FORMALS,
    PROV,
    XSD,
    Instance,
    Name,
    ProvDocument,
    Statement,
    Value,
)

_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def to_xml(document: ProvDocument) -> bytes:
    """Return the document as PROV-XML in UTF-8."""
    own = {"prov": PROV, "xsd": XSD, "xsi": _XSI} | document.top.prefixes
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<prov:document{_declared(own)}>",
        *_statements(document.top, "  "),
    ]
    for bundle in document.bundles:
        name = bundle.id.text if isinstance(bundle.id, Name) else ""
        known = _declared(bundle.prefixes)
        lines.append(f"  <prov:bundleContent prov:id={_quoted(name)}{known}>")
        lines += [*_statements(bundle, "    "), "  </prov:bundleContent>"]
    lines.append("</prov:document>")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _declared(prefixes: dict[str, str]) -> str:
    return "".join(
        f" xmlns{':' if prefix else ''}{prefix}={_quoted(iri)}"
        for prefix, iri in prefixes.items()
    )


def _statements(instance: Instance, indent: str) -> Iterator[str]:
    for each in instance.statements:
        yield from _statement(each, indent)


def _statement(statement: Statement, indent: str) -> Iterator[str]:
    kind = statement.kind.value
    own = ""
    if isinstance(statement.id, Name):
        own = f" prov:id={_quoted(statement.id.text)}"
    yield f"{indent}<prov:{kind}{own}>"
    formals = FORMALS[statement.kind]
    for formal, given in zip(formals, statement.arguments, strict=True):
        if isinstance(given, Name):
            yield f"{indent}  <prov:{formal.name} prov:ref={_quoted(given.text)}/>"
        elif not isinstance(given, Absent):
            yield f"{indent}  <prov:{formal.name}>{escape(given)}</prov:{formal.name}>"
    for name, value in statement.attributes:
        yield f"{indent}  {_attribute(name, value)}"
    yield f"{indent}</prov:{kind}>"


def _attribute(name: Name, value: Value) -> str:
    tag = name.text
    if isinstance(value, Name):
        return f'<{tag} xsi:type="xsd:QName">{_escaped(value.text)}</{tag}>'
    facts = ""
    if isinstance(value.type, Name):
        facts += f" xsi:type={_quoted(value.type.text)}"
    if value.language:
        facts += f" xml:lang={_quoted(value.language)}"
    return f"<{tag}{facts}>{_escaped(value.text)}</{tag}>"


def _quoted(text: str) -> str:
    return quoteattr(_sound(text))


def _escaped(text: str) -> str:
    return escape(_sound(text))


def _sound(text: str) -> str:
    """Return ``text`` without what XML cannot hold."""
    return "".join(
        each if each >= " " or each in "\t\n\r" else printable(each) for each in text
    )
