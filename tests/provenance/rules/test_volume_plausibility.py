from decimal import Decimal

from explorer.provenance.rules import volume_plausibility
from tests.provenance.event_stories import Tale, found


def harvests(*amounts: int) -> Tale:
    tale = Tale()
    for amount in amounts:
        tale.lot(f"lot{amount}", amount, location="GY1")
    return tale


def test_more_than_a_place_yields() -> None:
    limits = {"GY1": Decimal(100)}
    judged = harvests(60, 41).judge(volume_plausibility, place_limits_kg=limits)
    assert found(judged) == [("more-than-place-yields", (0, 1))]
    assert judged.found[0].items == ("GY1",)
    assert judged.found[0].detail == "2026: 101 kg > 100 kg"


def test_within_the_limit_and_other_places() -> None:
    limits = {"GY1": Decimal(101), "GY2": Decimal(1)}
    judged = harvests(60, 41).judge(volume_plausibility, place_limits_kg=limits)
    assert (found(judged), judged.judged) == ([], 1)


def test_each_year_counts_for_itself() -> None:
    tale = harvests(60)
    tale.lot("next", 60, at=24 * 365, location="GY1")
    limits = {"GY1": Decimal(100)}
    assert found(tale.judge(volume_plausibility, place_limits_kg=limits)) == []


def test_without_a_limit_nothing_can_be_judged() -> None:
    assert harvests(60).judge(volume_plausibility).missing == {"limit": 1}
