"""Each notation alone, one into another, and what is damaged."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prov.model import ProvDocument as Independent

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.encodings.prov.notations import (
    Notation,
    notation_of,
    read_prov,
    write_prov,
)
from explorer.model.prov import Literal, Name, ProvDocument, StatementKind

TEXT = """// a comment
document
  prefix ex <http://example.org/>
  default <http://default.example/>
  /* another */
  entity(ex:e1, [prov:label="Lot \\"1\\""@en, prov:type='ex:Lot', ex:n=5,
    ex:kg="1.5" %% xsd:decimal, ex:at="2026-09-01T10:00:00Z" %% xsd:dateTime])
  entity(e2)
  agent(ex:ag, [prov:type='prov:Person'])
  activity(ex:a1, 2026-09-01T10:00:00Z, -)
  wasGeneratedBy(ex:g1; ex:e1, ex:a1, 2026-09-01T10:00:00Z, [ex:port="p1"])
  used(ex:u1; ex:a1, ex:e2, -)
  wasInformedBy(ex:a1, ex:a0)
  wasStartedBy(ex:s; ex:a1, ex:e2, ex:a0, 2026-09-01T10:00:00Z)
  wasEndedBy(ex:a1, -, -, -)
  wasInvalidatedBy(ex:e1, ex:a2, -)
  wasDerivedFrom(ex:d; ex:e1, ex:e2, ex:a1, ex:g1, ex:u1)
  wasDerivedFrom(ex:e1, ex:e0)
  wasAttributedTo(ex:e1, ex:ag)
  wasAssociatedWith(ex:a1, ex:ag, ex:plan)
  actedOnBehalfOf(ex:ag, ex:boss)
  wasInfluencedBy(ex:e1, ex:e0)
  specializationOf(ex:e1, ex:e0)
  alternateOf(ex:e1, ex:e3)
  hadMember(ex:c, ex:e1)
  bundle ex:b
    prefix in <http://inside.example/>
    entity(in:x)
  endBundle
endDocument
"""


def read(text: str, notation: Notation = Notation.N) -> ProvDocument:
    return read_prov(text.encode(), notation)


def independent(document: ProvDocument) -> Independent:
    text = write_prov(document, Notation.JSON).decode()
    return Independent.deserialize(content=text, format="json")


def test_every_statement_of_prov_n_is_read() -> None:
    document = read(TEXT)
    assert not document.flaws
    kinds = {each.kind for each in document.top.statements}
    assert kinds == set(StatementKind) - {StatementKind.MENTION}
    (inside,) = document.bundles
    assert isinstance(inside.id, Name)
    assert inside.id.iri == "http://example.org/b"
    first = document.top.statements[0]
    assert TEXT.encode()[first.span.start : first.span.end].startswith(b"entity(ex:e1")
    assert TEXT.encode()[first.span.end - 1 : first.span.end] == b")"
    assert [str(value) for _, value in first.attributes if isinstance(value, Name)]
    assert first.attributes[0][1] == Literal('Lot "1"', Absent.NOT_IN_EXPORT, "en")


@pytest.mark.parametrize("notation", list(Notation))
def test_documents_survive_each_notation(notation: Notation) -> None:
    document = read(TEXT)
    again = read_prov(write_prov(document, notation), notation)
    assert not again.flaws
    assert independent(again) == independent(document)


def test_an_independent_reader_agrees_on_prov_json(corpora: Path) -> None:
    paths = sorted((corpora / "prov-json").glob("*.json"))
    for path in paths:
        data = path.read_bytes()
        if path.name == "manifest.json":
            continue
        document = read_prov(data, Notation.JSON)
        assert not document.flaws, path.name
        assert json.loads(write_prov(document, Notation.JSON)) == json.loads(data)
        wanted = Independent.deserialize(content=data.decode(), format="json")
        for notation in Notation:
            again = read_prov(write_prov(document, notation), notation)
            assert independent(again) == wanted, (path.name, notation)


def test_spans_are_bytes_also_behind_other_characters() -> None:
    head = "document\nprefix ex <http://e/>\n"
    text = head + 'entity(ex:梨, [ex:a="é"])\nagent(ex:b)\nendDocument'
    first, second = read(text).top.statements
    data = text.encode()
    assert data[second.span.start : second.span.end] == b"agent(ex:b)"
    assert data[first.span.start : first.span.end].decode().startswith("entity(ex:梨")


def test_names_with_odd_characters_survive() -> None:
    text = "document\nprefix ex <http://e/>\nentity(ex:a\\=b\\,c/d.e-f)\nendDocument"
    document = read(text)
    (statement,) = document.top.statements
    assert isinstance(statement.id, Name)
    assert statement.id.local == "a=b,c/d.e-f"
    assert read(write_prov(document, Notation.N).decode()).top.statements[0].id == (
        statement.id
    )


def test_subtypes_of_prov_xml() -> None:
    text = (
        '<p:document xmlns:p="http://www.w3.org/ns/prov#" xmlns:ex="http://e/">'
        '<p:person p:id="ex:x"><p:label xml:lang="en">X</p:label></p:person>'
        '<p:wasRevisionOf><p:generatedEntity p:ref="ex:b"/>'
        '<p:usedEntity p:ref="ex:a"/></p:wasRevisionOf>'
        '<p:hadMember><p:collection p:ref="ex:c"/><p:entity p:ref="ex:a"/>'
        '<p:entity p:ref="ex:b"/></p:hadMember><ex:mine/></p:document>'
    )
    document = read(text, Notation.XML)
    kinds = [each.kind for each in document.top.statements]
    assert kinds == [
        StatementKind.AGENT,
        StatementKind.DERIVATION,
        StatementKind.MEMBERSHIP,
        StatementKind.MEMBERSHIP,
    ]
    types = [v.text for e in document.top.statements[:2] for v in e.values("type")]
    assert types == ["prov:Person", "prov:Revision"]
    assert [each.reason for each in document.flaws] == ["extension-not-read"]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("entity(ex:a", "syntax"),
        ("entity(ex:a, [x=])", "syntax"),
        ("foo(ex:a)", "unknown-record"),
        ("ex:foo(ex:a, [ex:b=1])", "extension-not-read"),
        ("entity(-)", "identifier-missing"),
        ("wasAttributedTo(ex:a, -)", "argument-missing"),
        ("used(ex:a, ex:b, yesterday)", "time-not-read"),
        ("hadMember(ex:a, ex:b, ex:c)", "too-many-arguments"),
        ("entity(no:a)", "unknown-prefix"),
        (") ]", "syntax"),
    ],
)
def test_a_broken_statement_hides_nothing_after_it(statement: str, reason: str) -> None:
    text = f"document\nprefix ex <http://e/>\n{statement}\n\nagent(ex:z)\nendDocument\n"
    document = read(text)
    assert reason in {each.reason for each in document.flaws}
    assert document.top.statements[-1].kind is StatementKind.AGENT


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("document\nprefix ex <http://e/>\nentity(ex:a)", "cut-document"),
        ("document\nendDocument\nentity(ex:a)", "trailing-data"),
        ("document\nentity(ex:a) \\", "syntax"),
        ("document\nprefix ex http://e/\nendDocument", "syntax"),
        ("document\nbundle ex:b\nentity(ex:a)\nendDocument", "cut-document"),
    ],
)
def test_damage_of_prov_n(text: str, reason: str) -> None:
    assert reason in {each.reason for each in read(text).flaws}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"notarealtype": {}}, "unknown-record"),
        ({"bundle": "notadict"}, "wrong-shape"),
        ({"bundle": {"b": 1}}, "wrong-shape"),
        ({"entity": "notadict"}, "wrong-shape"),
        ({"entity": {"a": 1}}, "wrong-shape"),
        ({"prefix": [1]}, "wrong-shape"),
        ({"prefix": {"a": 1}}, "wrong-shape"),
        ({"used": {"a": {"prov:activity": 1}}}, "argument-not-a-name"),
        ({"used": {"a": {"prov:activity": ["b", "c"]}}}, "several-values"),
        ({"used": {"a": {"prov:activity": "b", "prov:time": 1}}}, "time-not-read"),
        ({"entity": {"a": {"b": None}}}, "value-not-read"),
        ({"entity": {"no:a": {}}}, "unknown-prefix"),
    ],
)
def test_damage_of_prov_json(value: object, reason: str) -> None:
    document = read_prov(json.dumps(value).encode(), Notation.JSON)
    assert reason in {each.reason for each in document.flaws}


def test_keys_that_stand_twice_are_told() -> None:
    text = '{"entity":{"a":{"b":1,"b":2}},"entity":{"c":{}}}'
    document = read(text, Notation.JSON)
    assert [each.reason for each in document.flaws].count("duplicate-key") == 3
    assert len(document.top.statements) == 2


@pytest.mark.parametrize(
    ("data", "notation", "reason"),
    [
        (b"\xff", Notation.JSON, "not-utf-8"),
        (b"\xff", Notation.N, "not-utf-8"),
        (b"{", Notation.JSON, "not-json"),
        (b"[]", Notation.JSON, "wrong-shape"),
        (b"[" * 100_000, Notation.JSON, "too-deep"),
        (b"entity(a)", Notation.N, "syntax"),
        (b"<a/>", Notation.XML, "wrong-shape"),
        (b"<", Notation.XML, "not-xml"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', Notation.XML, "document-type"),
    ],
)
def test_what_is_no_document(data: bytes, notation: Notation, reason: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_prov(data, notation)
    assert refused.value.reason == reason


def test_xml_that_breaks_off_keeps_what_came_before() -> None:
    whole = write_prov(read(TEXT), Notation.XML)
    document = read_prov(whole[: len(whole) // 2], Notation.XML)
    assert document.top.statements
    assert "not-xml" in {each.reason for each in document.flaws}
    deep = b'<p:document xmlns:p="http://www.w3.org/ns/prov#">' + b"<a>" * 100
    assert {each.reason for each in read_prov(deep, Notation.XML).flaws} >= {"too-deep"}


@pytest.mark.parametrize(
    ("data", "notation"),
    [
        (b"document\nendDocument", Notation.N),
        (b"// x\n/* y */ document\n", Notation.N),
        (b"documented", Absent.NOT_IN_FORMAT),
        (b'{"entity":{}}', Notation.JSON),
        (b'{"entity":{},"other":{}}', Absent.NOT_IN_FORMAT),
        (b"{}", Absent.NOT_IN_FORMAT),
        (b'{"chain":{', Absent.NOT_IN_FORMAT),
        (b'<prov:document xmlns:prov="http://www.w3.org/ns/prov#">', Notation.XML),
        (b"<html>", Absent.NOT_IN_FORMAT),
        (b"", Absent.NOT_IN_FORMAT),
    ],
)
def test_notations_are_recognised(data: bytes, notation: Notation | Absent) -> None:
    assert notation_of(data, is_whole=True) is notation


def test_a_long_document_is_recognised_by_its_beginning() -> None:
    assert notation_of(b'{"prefix": {"ex": "', is_whole=False) is Notation.JSON
    assert notation_of(b'{"agent": {"x": {"prov:', is_whole=False) is Notation.JSON
    other = b'{"agent": {"name": "'
    assert isinstance(notation_of(other, is_whole=False), Absent)


@given(st.binary(max_size=120), st.sampled_from(list(Notation)))
def test_no_bytes_make_a_reader_raise_anything_else(
    data: bytes, notation: Notation
) -> None:
    heads = {Notation.JSON: b"", Notation.N: b"document ", Notation.XML: b""}
    try:
        document = read_prov(heads[notation] + data, notation)
    except ReadError:
        return
    for each in Notation:
        assert isinstance(write_prov(document, each), bytes)


@given(st.text(alphabet="document entiy(ex:a,[]=\";-<>\\/*'%@)\n", max_size=80))
def test_no_grammar_makes_prov_n_raise(text: str) -> None:
    read(f"document prefix ex <http://e/> {text}")


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(["ex:a", "b", "$"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "entity",
                    "used",
                    "prefix",
                    "bundle",
                    "ex:a",
                    "prov:entity",
                    "$",
                    "type",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["entity", "used", "bundle", "prefix"]), _JSON))
def test_no_json_makes_the_reader_raise(value: dict[str, object]) -> None:
    document = read_prov(json.dumps(value).encode(), Notation.JSON)
    for each in Notation:
        write_prov(document, each)
