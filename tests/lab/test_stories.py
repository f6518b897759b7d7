"""The invented stories are plausible: nothing in them contradicts itself."""

import io
from datetime import UTC, datetime

import pytest

from explorer.encodings.canonical_json import JsonValue, parse_json
from explorer.lab.draws import Draws
from explorer.lab.enforcement import (
    FULL,
    SMALL,
    EnforcementSize,
    write_enforcement,
)
from explorer.lab.enforcement_alerts import SPENDING
from explorer.lab.enforcement_flows import FLOWS, FlowRecords
from explorer.lab.pear_events import gs1_key, pear_events


def test_draws_are_the_same_everywhere() -> None:
    draws = Draws(1)
    assert [draws.below(100) for _ in range(6)] == [74, 53, 96, 70, 34, 95]
    assert {draws.between(3, 5) for _ in range(50)} == {3, 4, 5}
    assert draws.pick(["only"]) == "only"


@pytest.mark.parametrize(
    ("digits", "key"),
    [("629104150021", "6291041500213"), ("9520000000001", "95200000000019")],
)
def test_gs1_check_digits(digits: str, key: str) -> None:
    assert gs1_key(digits) == key  # the first is the example of GS1's own page


def test_pears_are_never_more_than_what_went_in() -> None:
    made: dict[str, float] = {}
    for event in pear_events():
        for item in items(event.payload, "quantityList", "outputQuantityList"):
            if event.kind in {"harvest", "grading", "pressing"}:
                made[item[0]] = item[1]
    used: dict[str, float] = {}
    for event in pear_events():
        taken = items(event.payload, "inputQuantityList")
        for name, weight in taken:
            used[name] = used.get(name, 0) + weight
        if taken:
            out = sum(each for _, each in items(event.payload, "outputQuantityList"))
            assert out <= sum(each for _, each in taken)
    assert used
    assert all(weight <= made[name] for name, weight in used.items())


def items(payload: dict[str, JsonValue], *names: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for name in names:
        value = payload.get(name, [])
        assert isinstance(value, list)
        for each in value:
            assert isinstance(each, dict)
            weight = each["quantity"]
            assert isinstance(weight, int | float)
            found.append((str(each["epcClass"]), weight))
    return found


def test_no_box_is_sold_twice_or_before_it_was_unpacked() -> None:
    unpacked: set[str] = set()
    sold: set[str] = set()
    for event in pear_events():
        children, sale = event.payload.get("childEPCs"), event.payload.get("epcList")
        if event.kind == "unpacking" and isinstance(children, list):
            unpacked.update(map(str, children))
        if event.kind == "sale" and isinstance(sale, list):
            boxes = set(map(str, sale))
            assert boxes <= unpacked
            assert not boxes & sold
            sold |= boxes
    assert len(sold) == 22


def test_nobody_spends_more_than_there_is_or_may_be() -> None:
    records = FlowRecords(10, Draws(5))
    flows: set[str] = set()
    for day in range(2_000):
        now = datetime(2023, 1 + day // 200, 1 + day % 28, tzinfo=UTC)
        record = records.next(now)
        flows.add(record.flow)
        if record.flow == SPENDING:
            numbers = {
                name: value
                for name, value in record.payload.items()
                if isinstance(value, int)
            }
            assert numbers["balance_fen"] >= 0
            assert numbers["month_spent_fen"] <= numbers["limit_fen"]
    assert flows == set(FLOWS)


def test_steps_of_a_case_come_in_their_order() -> None:
    records = FlowRecords(30, Draws(6))
    steps: dict[str, list[int]] = {}
    for _ in range(3_000):
        payload = records.next(datetime(2023, 5, 1, tzinfo=UTC)).payload
        case, checkpoint = payload.get("case"), payload["checkpoint"]
        if isinstance(case, str) and isinstance(checkpoint, int):
            steps.setdefault(case, []).append(checkpoint)
    assert len(steps) > 20
    assert all(each == list(range(1, len(each) + 1)) for each in steps.values())


def test_the_enforcement_ledger_has_the_size_asked_for() -> None:
    out = io.BytesIO()
    write_enforcement(out, EnforcementSize(1_500, 90, 8))
    lines = out.getvalue().splitlines()
    trailer = parse_json(lines[-1])
    assert isinstance(trailer, dict)
    assert isinstance(trailer["trailer"], dict)
    assert (trailer["trailer"]["blocks"], trailer["trailer"]["entries"]) == (1_500, 90)
    assert len(lines) == 1_502
    assert (FULL.blocks, FULL.records) == (402_460, 51_947)
    assert SMALL.blocks < 5_000
