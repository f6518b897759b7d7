from typing import Any

import pytest

from explorer.provenance.rules import after_decommission
from tests.provenance.event_stories import Tale, found, quantity


@pytest.mark.parametrize(
    "end",
    [
        {"action": "DELETE"},
        {"step": "destroying"},
        {"step": "retail_selling"},
        {"disposition": "retail_sold"},
    ],
)
def test_an_event_after_the_end(end: dict[str, Any]) -> None:
    tale = Tale()
    if "action" in end:
        tale.ended("x")
    else:
        tale.seen("x", **end)
    tale.seen("x", step="shipping")
    judged = tale.judge(after_decommission)
    assert found(judged) == [("seen-after-end", (0, 1))]
    assert judged.found[0].items == ("x",)


def test_the_end_itself_and_what_was_before_is_in_order() -> None:
    tale = Tale()
    tale.seen("x", at=0)
    tale.ended("x", at=1)
    tale.seen("x", at=1)
    judged = tale.judge(after_decommission)
    assert found(judged) == []
    assert judged.judged == 1


def test_a_return_brings_it_back() -> None:
    tale = Tale()
    tale.ended("x", step="retail_selling")
    tale.seen("x", step="receiving", disposition="returned")
    tale.seen("x", step="shipping")
    assert found(tale.judge(after_decommission)) == []


def test_a_return_is_not_any_receiving() -> None:
    tale = Tale()
    tale.ended("x")
    tale.seen("x", step="receiving")
    assert found(tale.judge(after_decommission)) == [("seen-after-end", (0, 1))]


def test_scans_of_buyers_and_lots_are_not_judged() -> None:
    tale = Tale()
    tale.ended("x", quantities=(quantity("lot", 5),))
    tale.scanned("x")
    tale.lot("lot", 5)
    assert found(tale.judge(after_decommission)) == []
