from typing import Any

import pytest

from explorer.provenance.rules import disposition_conflict
from tests.provenance.event_stories import Tale, found, ilmd, quantity


@pytest.mark.parametrize(
    "flag",
    [{"set_dispositions": ("recalled",)}, {"disposition": "stolen"}],
)
@pytest.mark.parametrize("step", ["retail_selling", "shipping"])
def test_trade_after_a_recall(flag: dict[str, Any], step: str) -> None:
    tale = Tale()
    tale.seen("x", **flag)
    tale.seen("x", step=step)
    judged = tale.judge(disposition_conflict)
    assert found(judged) == [("traded-after", (0, 1))]
    assert judged.found[0].items == ("x",)


def test_lifted_or_returned_is_in_order() -> None:
    tale = Tale()
    tale.seen("x", set_dispositions=("recalled",))
    tale.seen("x", step="shipping", disposition="returned")
    tale.seen("x", unset_dispositions=("recalled",))
    tale.seen("x", step="retail_selling")
    assert found(tale.judge(disposition_conflict)) == []


def test_lifted_too_late() -> None:
    tale = Tale()
    tale.seen("x", set_dispositions=("recalled",))
    tale.seen("x", step="retail_selling")
    tale.seen("x", unset_dispositions=("recalled",))
    assert found(tale.judge(disposition_conflict)) == [("traded-after", (0, 1))]


def test_other_flags_do_not_matter() -> None:
    tale = Tale()
    tale.seen("x", set_dispositions=("completeness_verified",))
    tale.seen("x", step="retail_selling")
    assert found(tale.judge(disposition_conflict)) == []


def recall_of_a_lot() -> Tale:
    tale = Tale()
    tale.lot("lot", 9)
    tale.turned([quantity("lot", 9)], ["a", "b"], process="p")
    tale.turned([], ["c"], process="p")
    tale.packed("crate", "x")
    return tale


def test_what_was_made_from_it_is_recalled_too() -> None:
    tale = recall_of_a_lot()
    tale.seen("a", step="retail_selling")
    tale.lot("lot", None, action="OBSERVE", set_dispositions=("recalled",))
    tale.seen("c", step="retail_selling")
    judged = tale.judge(disposition_conflict)
    assert found(judged) == [("traded-after", (5, 6)), ("sold-before-recall", (5, 4))]
    assert judged.found[1].items == ("lot", "a")
    assert judged.found[1].detail == "recalled: 1"


def test_what_is_packed_in_it_is_recalled_too() -> None:
    tale = recall_of_a_lot()
    tale.seen("crate", set_dispositions=("recalled",))
    tale.seen("x", step="retail_selling")
    assert found(tale.judge(disposition_conflict)) == [("traded-after", (4, 5))]


def test_a_recall_of_what_was_not_sold_is_in_order() -> None:
    tale = recall_of_a_lot()
    tale.lot("lot", None, action="OBSERVE", set_dispositions=("recalled",))
    tale.seen("a", step="holding")
    tale.seen("other", step="retail_selling")
    judged = tale.judge(disposition_conflict)
    assert found(judged) == []
    assert judged.judged == 1


def test_sold_after_its_expiry() -> None:
    tale = Tale()
    tale.made("x", "y", at=0, ilmd=ilmd(itemExpirationDate="2026-09-23"))
    tale.seen("y", at=24, step="retail_selling")
    tale.seen("x", at=24 * 9, step="retail_selling")
    judged = tale.judge(disposition_conflict)
    assert found(judged) == [("sold-after-expiry", (0, 2))]
    assert judged.found[0].items == ("x",)
