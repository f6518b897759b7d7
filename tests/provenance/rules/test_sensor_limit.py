from decimal import Decimal

import pytest
from msgspec import structs

from explorer.core.absent import Absent
from explorer.provenance.rules import sensor_limit
from tests.provenance.event_stories import HOUR, START, Tale, found, temperatures


def test_a_cold_chain_that_is_broken_and_has_a_gap() -> None:
    tale = Tale()
    first = temperatures("2.2", "1.2", "2.6", every_h=2)
    later = temperatures("12.6", "8.9", every_h=2, start_us=START + 12 * HOUR)
    tale.seen("x", step="receiving", sensors=(*first, *later))
    judged = tale.judge(sensor_limit)
    assert found(judged) == [("gap-in-readings", (0,)), ("too-warm", (0,))]
    assert [each.detail for each in judged.found] == [
        "8.0 h > 2.0 h", "12.6 °C > 8 °C"
    ]  # fmt: skip


def test_a_cold_and_regular_series_is_in_order() -> None:
    tale = Tale()
    tale.seen("x", sensors=temperatures(1, 2, 3, 8, every_h=2))
    judged = tale.judge(sensor_limit)
    assert (found(judged), judged.judged) == ([], 1)


def test_what_is_never_cold_is_no_cold_chain() -> None:
    tale = Tale()
    tale.seen("bread", sensors=temperatures(20, 21, 5, 22))
    assert found(tale.judge(sensor_limit)) == []


def test_readings_of_several_events_are_one_chain() -> None:
    tale = Tale()
    for value in (2, 3, 15):
        tale.seen("x", sensors=temperatures(value))
    assert found(tale.judge(sensor_limit)) == [("too-warm", (2,))]
    limit = Decimal(16)
    assert found(tale.judge(sensor_limit, cold_chain_celsius=limit)) == []


@pytest.mark.parametrize(("unit", "value"), [("FAH", "59"), ("KEL", "288.15")])
def test_units_are_brought_to_celsius(unit: str, value: str) -> None:
    tale = Tale()
    tale.seen("x", sensors=temperatures(2, 3))
    tale.seen("x", sensors=temperatures(value, unit=unit))
    (one,) = tale.judge(sensor_limit).found
    assert one.detail == "15 °C > 8 °C"


def test_the_highest_of_a_span_counts() -> None:
    tale = Tale()
    span = structs.replace(
        temperatures(2)[0], value=Absent.NOT_IN_EXPORT, maximum=Decimal(30)
    )
    tale.seen("x", sensors=(*temperatures(2, 3), span))
    assert found(tale.judge(sensor_limit)) == [("too-warm", (0,))]


def test_copied_readings() -> None:
    values = [1, 2, 3, 4, 5, 6, 7, 8]
    tale = Tale()
    for thing in ("x", "y"):
        tale.seen(thing, sensors=temperatures(*values))
    judged = tale.judge(sensor_limit)
    assert found(judged) == [("same-readings", (0, 1))]
    assert judged.found[0].items == ("x", "y")
    assert found(tale.judge(sensor_limit, same_series_readings=9)) == []


@pytest.mark.parametrize("values", [[5] * 8, [1, 2, 3]])
def test_constant_and_short_series_are_no_copies(values: list[int]) -> None:
    tale = Tale()
    for thing in ("x", "y"):
        tale.seen(thing, sensors=temperatures(*values))
    assert found(tale.judge(sensor_limit)) == []


def test_one_series_told_of_the_same_thing_is_no_copy() -> None:
    tale = Tale()
    for _ in range(2):
        tale.seen("x", sensors=temperatures(1, 2, 3, 4, 5, 6, 7, 8))
    assert found(tale.judge(sensor_limit)) == []


def test_an_alarm_is_passed_on() -> None:
    tale = Tale()
    alarm = structs.replace(temperatures(2)[0], exception="ALARM_CONDITION")
    tale.seen("x", sensors=(alarm,))
    (one,) = tale.judge(sensor_limit).found
    assert (one.reason, one.detail) == ("alarm", "Temperature ALARM_CONDITION")


def test_what_cannot_be_judged() -> None:
    tale = Tale()
    timeless = [
        structs.replace(each, time_us=Absent.NOT_IN_EXPORT, unit="XYZ")
        for each in temperatures(1, 2, 3, 4)
    ]
    tale.seen("x", sensors=tuple(timeless))
    judged = tale.judge(sensor_limit)
    assert judged.missing == {"temperature-unit": 4, "reading-time": 1}
