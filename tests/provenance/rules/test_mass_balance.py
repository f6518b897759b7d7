from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.provenance.event_table import Entry
from explorer.provenance.rules import mass_balance
from tests.provenance.event_stories import DELETE, Tale, found, ilmd, quantity


def test_more_out_than_in() -> None:
    tale = Tale()
    tale.turned([quantity("lot", 38)], [quantity(f"box{i}", 10) for i in range(4)])
    judged = tale.judge(mass_balance)
    assert found(judged) == [("more-out-than-in", (0,))]
    assert judged.found[0].detail == "38 → 40 KGM"
    assert judged.found[0].items[:2] == ("lot", "box0")


@pytest.mark.parametrize(
    ("tolerance", "count"), [("0.02", 1), ("0.06", 0), ("0.0526", 1), ("0.0527", 0)]
)
def test_the_tolerance_is_a_setting(tolerance: str, count: int) -> None:
    tale = Tale()
    tale.turned([quantity("lot", 38)], [quantity("box", 40)])
    judged = tale.judge(mass_balance, mass_tolerance=Decimal(tolerance))
    assert judged.total == count


def test_losses_and_balance_are_in_order() -> None:
    tale = Tale()
    tale.turned([quantity("a", 60), quantity("b", 70)], [quantity("c", 129)])
    tale.turned([quantity("c", 129)], [quantity("d", 60), quantity("e", 60)])
    judged = tale.judge(mass_balance)
    assert found(judged) == []
    assert judged.judged >= 2


def test_units_are_brought_to_one() -> None:
    tale = Tale()
    tale.turned([quantity("a", 1, "TNE")], [quantity("b", 2204, "LBR")])
    tale.turned([quantity("c", 1, "TNE")], [quantity("d", 2300, "LBR")])
    assert found(tale.judge(mass_balance)) == [("more-out-than-in", (1,))]


def test_pieces_count_with_their_weight() -> None:
    tale = Tale()
    tale.turned(
        [quantity("lot", 100)], ["x", "y"], ilmd=ilmd(netWeightPerItemKg="60.0")
    )
    assert found(tale.judge(mass_balance)) == [("more-out-than-in", (0,))]


def test_events_of_one_process_are_summed() -> None:
    tale = Tale()
    tale.turned([quantity("a", 50)], [], process="p")
    tale.turned([quantity("b", 50)], [], process="p")
    tale.turned([], [quantity("c", 99)], process="p")
    assert found(tale.judge(mass_balance)) == []
    tale.turned([], [quantity("d", 9)], process="p")
    assert found(tale.judge(mass_balance)) == [("more-out-than-in", (0, 1, 2, 3))]


def test_an_input_without_amount_counts_with_all_that_was_made_of_it() -> None:
    tale = Tale()
    tale.lot("lot", 38)
    tale.turned([quantity("lot", None)], [quantity("box", 40)])
    assert found(tale.judge(mass_balance)) == [("more-out-than-in", (1,))]


def test_what_is_not_stated_cannot_be_judged() -> None:
    tale = Tale()
    tale.turned([quantity("lot", None)], [quantity("box", 40)])
    tale.turned([quantity("lot", 5)], ["box"])
    tale.turned([quantity("lot", 5, "XYZ")], [quantity("box", 40)])
    judged = tale.judge(mass_balance)
    assert found(judged) == []
    assert judged.missing == {"input-amount": 2, "output-amount": 1}


def test_more_of_a_lot_used_than_made() -> None:
    tale = Tale()
    tale.lot("lot", 100)
    tale.turned([quantity("lot", 60)], [quantity("a", 60)])
    tale.turned([quantity("lot", 60)], [quantity("b", 60)])
    assert found(tale.judge(mass_balance)) == [("more-used-than-made", (0, 1, 2))]


def test_ending_a_lot_uses_it() -> None:
    tale = Tale()
    tale.lot("lot", 100)
    tale.lot("lot", 110, action=DELETE)
    assert found(tale.judge(mass_balance)) == [("more-used-than-made", (0, 1))]


def test_more_shipped_from_a_place_than_it_held() -> None:
    tale = Tale()
    tale.lot("lot", 100, location="A")
    for _ in range(2):
        tale.lot("lot", 60, action="OBSERVE", step="shipping", read_point="A")
    assert found(tale.judge(mass_balance)) == [("more-shipped-than-held", (0, 1, 2))]


def test_shipping_on_from_place_to_place_is_in_order() -> None:
    tale = Tale()
    tale.lot("lot", 100, location="A")
    for step, place in (("shipping", "A"), ("receiving", "B"), ("shipping", "B")):
        tale.lot("lot", 100, action="OBSERVE", step=step, read_point=place)
    assert found(tale.judge(mass_balance)) == []


def test_refused_events_do_not_count() -> None:
    tale = Tale()
    refused = Entry(1, 0, accepted=False)
    tale.turned([quantity("lot", 1)], [quantity("box", 40)], entry=refused)
    assert found(tale.judge(mass_balance)) == []


AMOUNTS = st.lists(st.integers(1, 1000), min_size=1, max_size=5)


@given(AMOUNTS, st.lists(st.tuples(st.booleans(), AMOUNTS), max_size=6))
def test_merges_and_splits_that_conserve_mass_raise_nothing(
    first: list[int], steps: list[tuple[bool, list[int]]]
) -> None:
    tale = Tale()
    lots = {f"0-{i}": Decimal(each) for i, each in enumerate(first)}
    for name, amount in lots.items():
        tale.lot(name, amount)
    for number, (is_merge, weights) in enumerate(steps, start=1):
        used = dict(list(lots.items())[: len(lots) if is_merge else 1])
        total = sum(used.values(), Decimal(0))
        exact = [total * each / sum(weights) for each in weights]
        shares = [each.quantize(Decimal("0.000001")) for each in exact]
        shares[-1] = total - sum(shares[:-1], Decimal(0))
        made = {f"{number}-{i}": each for i, each in enumerate(shares)}
        tale.turned(
            [quantity(n, a) for n, a in used.items()],
            [quantity(n, a) for n, a in made.items()],
        )
        lots = {n: a for n, a in lots.items() if n not in used} | made
    assert tale.judge(mass_balance, mass_tolerance=Decimal(0)).total == 0
    tale.turned(
        [quantity(n, a) for n, a in lots.items()],
        [quantity("all", sum(lots.values(), Decimal(0)) * 2)],
    )
    assert tale.judge(mass_balance).total == 1
