from explorer.model.events import EventKind
from explorer.provenance.rules import cloned_serial
from tests.provenance.event_stories import Tale, found, quantity


def test_made_twice() -> None:
    tale = Tale()
    tale.turned([], ["x", "y"])
    tale.made("x")
    judged = tale.judge(cloned_serial)
    assert found(judged) == [("made-twice", (0, 1))]
    assert judged.found[0].items == ("x",)


def test_one_process_makes_once_and_lots_may_grow() -> None:
    tale = Tale()
    for _ in range(2):
        tale.turned([], ["x"], process="p")
        tale.lot("lot", 5)
    assert found(tale.judge(cloned_serial)) == []


def test_two_processes_make_twice() -> None:
    tale = Tale()
    for process in ("p", "q"):
        tale.turned([], ["x"], process=process)
    assert found(tale.judge(cloned_serial)) == [("made-twice", (0, 1))]


def test_sold_twice() -> None:
    tale = Tale()
    for _ in range(2):
        tale.seen("x", step="retail_selling")
    assert found(tale.judge(cloned_serial)) == [("sold-twice", (0, 1))]


def test_sold_returned_and_sold_again() -> None:
    tale = Tale()
    for step in ("retail_selling", "receiving", "retail_selling"):
        tale.seen("x", step=step)
    assert found(tale.judge(cloned_serial)) == []


def test_an_amount_of_a_product_is_no_serial() -> None:
    tale = Tale()
    for _ in range(2):
        tale.event(
            EventKind.OBJECT, quantities=(quantity("lot", 1),), step="retail_selling"
        )
    assert found(tale.judge(cloned_serial)) == []
