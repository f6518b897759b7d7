from explorer.model.statements import FactGrade, LinkGrade
from explorer.payloads.flows import GATHER_ABOVE, GATHERED_KIND, cross, said_by
from tests.payloads.story import said

HERE = said_by(said(7, entry=3), LinkGrade.ENFORCED)


def test_every_input_leads_to_every_output() -> None:
    inputs = [("a", 1, 0), ("b", 2, 0)]
    gathered, flows = cross(HERE, "id", inputs, [(("c", 7, 3), "derivation")])
    assert gathered == []
    assert [(f.source[0], f.target[0], f.block, f.entry) for f in flows] == [
        ("a", "c", 7, 3),
        ("b", "c", 7, 3),
    ]


def test_nothing_leads_to_itself() -> None:
    _, flows = cross(HERE, "id", [("a", 7, 3)], [(("a", 7, 3), "derivation")])
    assert flows == []


def test_hostile_counts_are_gathered_in_one_node() -> None:
    many = [(f"in{i}", 1, 0) for i in range(100)]
    outputs = [
        ((f"out{i}", 7, 3), "derivation") for i in range(GATHER_ABOVE // 100 + 1)
    ]
    gathered, flows = cross(HERE, "tx9", many, outputs)
    (middle,) = gathered
    assert (middle.label, middle.kind) == ("tx9", GATHERED_KIND)
    assert len(flows) == len(many) + len(outputs)
    key = (middle.thing, 7, 3)
    assert {f.target for f in flows[: len(many)]} == {key}
    assert {f.source for f in flows[len(many) :]} == {key}


def test_the_grade_of_a_fact_is_never_above_signed() -> None:
    assert HERE.fact is FactGrade.SIGNED
    unsigned = said_by(said(1, verified=False), LinkGrade.ENFORCED)
    assert unsigned.fact is FactGrade.STATED


def test_a_refused_entry_only_names_and_is_struck() -> None:
    refused = said_by(said(1, accepted=False), LinkGrade.ENFORCED)
    assert (refused.link, refused.is_struck) == (LinkGrade.NAMED, True)
