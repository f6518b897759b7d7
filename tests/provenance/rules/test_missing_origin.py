from explorer.model.events import EventKind
from explorer.provenance.rules import missing_origin
from tests.provenance.event_stories import Tale, found, quantity


def test_a_lot_that_nothing_makes() -> None:
    tale = Tale()
    tale.made("other")
    tale.lot("lot", 5, action="OBSERVE", step="shipping")
    tale.turned([quantity("lot", 5)], ["x"])
    judged = tale.judge(missing_origin)
    assert found(judged) == [("origin-not-in-files", (1,))]
    assert judged.found[0].items == ("lot",)


def test_things_that_begin_in_one_event_are_told_together() -> None:
    tale = Tale()
    tale.made("other")
    tale.packed("p", "a", "b")
    (one,) = tale.judge(missing_origin).found
    assert (one.events, one.items) == ((1,), ("a", "b"))


def test_outputs_and_added_things_have_an_origin() -> None:
    tale = Tale()
    tale.made("a")
    tale.turned(["a"], ["b"])
    tale.seen("a", "b")
    assert found(tale.judge(missing_origin)) == []


def test_containers_and_classes_are_not_judged() -> None:
    tale = Tale()
    tale.made("a")
    tale.packed("crate", "a")
    tale.seen("crate", "https://id.gs1.org/00/012345678901234560")
    tale.lot("https://id.gs1.org/01/09506000134352", 5, action="OBSERVE")
    assert found(tale.judge(missing_origin)) == []


def test_scans_and_papers_alone_are_not_judged() -> None:
    tale = Tale()
    tale.made("a")
    tale.scanned("b")
    tale.event(EventKind.TRANSACTION, things=("c",))
    assert found(tale.judge(missing_origin)) == []


def test_where_nothing_is_made_nothing_can_be_judged() -> None:
    tale = Tale()
    tale.seen("a")
    judged = tale.judge(missing_origin)
    assert found(judged) == []
    assert judged.missing == {"nothing-made": 1}
