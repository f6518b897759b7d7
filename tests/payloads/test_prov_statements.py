import msgspec

from explorer.core.absent import Absent
from explorer.encodings.prov.notations import Notation, read_prov
from explorer.model.blocks import NO_BLOCK
from explorer.model.content import EntryContent
from explorer.model.statements import FactGrade, LinkGrade, Statements
from explorer.payloads.prov_statements import prov_payload
from explorer.provenance.lineage import Lineage
from tests.payloads.story import said


def told(*statements: str) -> list[Statements]:
    text = (
        "document prefix ex <http://e/> prefix two <http://e/>\n"
        + "\n".join(statements)
        + "\nbundle ex:b prefix ex <http://other/> entity(ex:lot) endBundle endDocument"
    )
    document = read_prov(text.encode(), Notation.N)
    lineage = Lineage()
    return [
        lineage.add(
            EntryContent(
                NO_BLOCK,
                number,
                "",
                each.kind.value,
                "",
                False,
                True,
                Absent.NOT_IN_EXPORT,
                statements=(each,),
            )
        )
        for number, each in enumerate(
            [*document.top.statements, *document.bundles[0].statements]
        )
    ]


def flows(*statements: str) -> list[tuple[str, str, str]]:
    return [
        (flow.source[0], flow.target[0], flow.relation)
        for each in told(*statements)
        for flow in each.flows
    ]


def test_flows_go_with_time() -> None:
    assert flows(
        "used(ex:a, ex:lot, -)",
        "wasGeneratedBy(ex:box, ex:a, -)",
        "wasDerivedFrom(ex:box, ex:lot)",
        "hadMember(ex:pallet, two:box)",
        "wasEndedBy(ex:a, ex:bell, -, -)",
        "wasInvalidatedBy(ex:box, -, -)",
        "alternateOf(ex:box, ex:box)",
    ) == [
        ("ex:lot", "ex:a", "derivation"),
        ("ex:a", "ex:box", "derivation"),
        ("ex:lot", "ex:box", "derivation"),
        ("ex:box", "ex:pallet", "containment"),
        ("ex:bell", "ex:a", "about"),
    ]


def test_things_are_named_once_with_label_and_kind() -> None:
    things = [
        (thing.thing, thing.label, thing.kind)
        for each in told(
            "entity(ex:lot, [prov:label=\"Lot 1\", prov:type='ex:Lot'])",
            "entity(ex:lot)",
            "used(ex:a, ex:x, -)",
        )
        for thing in each.things
    ]
    assert things == [
        ("ex:lot", "Lot 1", "Lot"),
        ("ex:x", "x", "entity"),
        ("ex:a", "a", "activity"),
        ("http://other/lot", "lot", "entity"),
    ]


def test_agents_answer_for_what_is_theirs_and_are_no_origin() -> None:
    statements = told(
        "wasAssociatedWith(ex:a, ex:org, -)",
        "wasAttributedTo(ex:box, ex:org)",
        "used(ex:a, ex:lot, -)",
        "entity(ex:box)",
    )
    agents = [act.agent for each in statements for act in each.acts]
    assert agents == ["ex:org", "ex:org", "ex:org", "ex:org", ""]
    assert not statements[1].flows
    (flow,) = statements[2].flows
    assert (flow.link, flow.fact) == (LinkGrade.NAMED, FactGrade.STATED)


def test_a_prov_document_as_payload_is_read() -> None:
    value = {
        "prefix": {"ex": "http://e/"},
        "used": {"_:u": {"prov:activity": "ex:a", "prov:entity": "ex:lot"}},
        "entity": {"ex:lot": {}},
    }
    content = said(3, value)
    statements = prov_payload(content)
    assert [each.kind.value for each in statements] == ["entity", "used"]
    content = msgspec.structs.replace(content, statements=statements)
    told = Lineage().add(content)
    assert [each.thing for each in told.things] == ["ex:lot", "ex:a"]
    assert [(act.what, act.agent) for act in told.acts] == [("note", "Alice")]
    assert {flow.fact for flow in told.flows} == {FactGrade.SIGNED}


def test_other_payloads_are_no_prov() -> None:
    for value in ({"entity": "x"}, {"prov:a": 1}, b'{"entity":', {"agent": "Alice"}):
        assert prov_payload(said(1, value)) == ()
