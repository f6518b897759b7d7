from explorer.core.absent import Absent
from explorer.provenance.event_table import Entry
from explorer.provenance.rules import segregation_of_duty, step_missing, step_order
from tests.provenance.event_stories import Tale, found, quantity

PAIRS = (("retail_selling", "inspecting"),)


def sale(*inspected: str, at: float = 1) -> Tale:
    """A lot is made at 0, turned into a box at 2, which is sold at 4."""
    tale = Tale()
    tale.lot("lot", 9, at=0)
    tale.turned([quantity("lot", 9)], ["box"], at=2)
    for thing in inspected:
        tale.seen(thing, at=at, step="inspecting")
    tale.seen("box", at=4, step="retail_selling")
    return tale


def test_a_needed_step_that_is_missing() -> None:
    judged = sale().judge(step_missing, needed_before=PAIRS)
    assert found(judged) == [("needed-step-missing", (2,))]
    assert judged.found[0].detail == "retail_selling ← inspecting"


def test_a_needed_step_on_the_thing_or_what_it_was_made_from() -> None:
    for thing in ("box", "lot"):
        judged = sale(thing).judge(step_missing, needed_before=PAIRS)
        assert (found(judged), judged.judged) == ([], 1)


def test_a_needed_step_that_came_later() -> None:
    judged = sale("lot", at=9).judge(step_order, needed_before=PAIRS)
    assert found(judged) == [("needed-step-later", (3, 2))]
    assert found(sale("lot").judge(step_order, needed_before=PAIRS)) == []
    assert found(sale().judge(step_order, needed_before=PAIRS)) == []


def test_a_step_without_time_cannot_be_judged() -> None:
    tale = sale()
    tale.seen("box", event_time_us=Absent.NOT_IN_EXPORT, step="inspecting")
    judged = tale.judge(step_order, needed_before=PAIRS)
    assert judged.missing == {"event-time": 1}


def test_without_a_sequence_nothing_can_be_judged() -> None:
    assert sale().judge(step_missing).missing == {"sequence": 1}
    assert sale().judge(step_order).missing == {"sequence": 1}


DUTIES = (("inspecting", "packing"),)


def duties(first: str, second: str) -> Tale:
    tale = Tale()
    for number, (step, author) in enumerate(
        zip(DUTIES[0], (first, second), strict=True)
    ):
        tale.seen("x", step=step, entry=Entry(number, 0, author))
    return tale


def test_one_author_of_two_steps() -> None:
    judged = duties("A", "A").judge(segregation_of_duty, separate_authors=DUTIES)
    assert found(judged) == [("same-author", (0, 1))]
    assert judged.found[0].detail == "inspecting + packing: A"


def test_two_authors_and_nobody() -> None:
    for pair in (("A", "B"), ("", "")):
        judged = duties(*pair).judge(segregation_of_duty, separate_authors=DUTIES)
        assert found(judged) == []
    assert duties("A", "A").judge(segregation_of_duty).missing == {"pairs": 1}
