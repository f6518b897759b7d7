import msgspec

from explorer.payloads.lineage import Lineage
from tests.payloads.story import Story, document, pear_story, said


def test_keys_and_documents_are_both_read() -> None:
    lineage = Lineage()
    content = Story().tx("Pack", (), ("box/1",))
    event = {"item": "X1", "time": "1970-01-01T00:00:09Z", "what": "packed"}
    both = msgspec.structs.replace(content, documents=(document(event),))
    told = lineage.add(both)
    assert [each.thing for each in told.things] == ["X1", "pear/box/1"]
    assert [each.what for each in told.acts] == ["packed"]


def test_an_unreadable_document_hides_no_key() -> None:
    lineage = Lineage()
    content = Story().tx("Pack", (), ("box/1",))
    told = lineage.add(msgspec.structs.replace(content, documents=(document(b"?"),)))
    assert [each.thing for each in told.things] == ["pear/box/1"]
    assert [each.what for each in told.acts] == ["Pack"]
    assert lineage.unread == {"not-readable-json": 1}


def test_documents_alone_and_nothing_at_all() -> None:
    lineage = Lineage()
    assert [t.thing for t in lineage.add(said(1, {"item": "a"})).things] == ["a"]
    assert lineage.add(said(2)).acts == ()


def test_every_flow_joins_versions_that_were_told() -> None:
    lineage = Lineage()
    known = set()
    for content in pear_story().contents:
        told = lineage.add(content)
        known |= {(each.thing, each.block, each.entry) for each in told.things}
        for flow in told.flows:
            assert flow.source in known
            assert flow.target in known


def test_two_lineages_know_nothing_of_each_other() -> None:
    first, second = Lineage(), Lineage()
    first.add(said(1, {"item": "a"}))
    assert second.add(said(2, {"item": "a"})).flows == ()
    assert second.unread == {}
