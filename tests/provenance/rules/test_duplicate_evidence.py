from explorer.model.master_data import ReferenceData
from explorer.provenance.event_table import Entry
from explorer.provenance.rules import duplicate_evidence
from tests.provenance.event_stories import START, Tale, certificate, found


def test_one_id_two_contents() -> None:
    tale = Tale()
    tale.seen("x", declared_id="e1")
    tale.seen("y", declared_id="e1")
    judged = tale.judge(duplicate_evidence)
    assert found(judged) == [("one-id-two-contents", (0, 1))]
    assert judged.found[0].items == ("x", "y")


def test_one_content_two_ids() -> None:
    tale = Tale()
    for name in ("e1", "e2"):
        tale.seen("x", at=0, declared_id=name)
    judged = tale.judge(duplicate_evidence)
    assert found(judged) == [("one-content-two-ids", (0, 1))]


def test_told_again_or_without_id_is_in_order() -> None:
    tale = Tale()
    for _ in range(2):
        tale.seen("x", at=0, declared_id="e1")
        tale.seen("y", at=0)
    assert found(tale.judge(duplicate_evidence)) == []


def test_refused_events_do_not_count() -> None:
    tale = Tale()
    tale.seen("x", declared_id="e1")
    tale.seen("y", declared_id="e1", entry=Entry(1, 0, accepted=False))
    assert found(tale.judge(duplicate_evidence)) == []


def test_a_certificate_described_in_two_ways() -> None:
    tale = Tale()
    tale.seen("x")
    tale.reference = ReferenceData(
        (),
        (
            certificate("GAP-1", "A", START, START),
            certificate("urn:cert:GAP-1", "B", START, START),
            certificate("GAP-2", "A", START, START),
            certificate("GAP-2", "A", START, START),
        ),
    )
    judged = tale.judge(duplicate_evidence)
    assert found(judged) == [("certificate-described-twice", ())]
    assert judged.found[0].items == ("urn:cert:GAP-1",)
