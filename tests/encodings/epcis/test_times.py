import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.encodings.epcis.times import in_milliseconds, read_time, read_zone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00.000001Z", (1, 0)),
        (" 1970-01-01T08:00:00+08:00 ", (0, 480)),
        ("1969-12-31T18:30:00-05:30", (0, -330)),
        ("1970-01-01T00:00:00", (0, Absent.NOT_IN_EXPORT)),
        ("1970-01-01T00:00:00.0000019Z", (1, 0)),
        (
            "0001-01-01T00:00:00+14:00",
            (-62_135_596_800_000_000 - 14 * 3_600_000_000, 840),
        ),
        ("", (Absent.NOT_IN_EXPORT, Absent.NOT_IN_EXPORT)),
        ("22-07-2026", (Absent.UNREADABLE, Absent.UNREADABLE)),
        ("2016-12-31T23:59:60Z", (Absent.UNREADABLE, Absent.UNREADABLE)),
        ("10000-01-01T00:00:00Z", (Absent.UNREADABLE, Absent.UNREADABLE)),
    ],
)
def test_times_are_exact_microseconds(text: str, expected: object) -> None:
    assert read_time(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+08:00", 480),
        ("-0530", -330),
        ("Z", 0),
        ("", Absent.NOT_IN_EXPORT),
        ("Beijing", Absent.UNREADABLE),
        ("+8", Absent.UNREADABLE),
    ],
)
def test_zones_are_minutes_east(text: str, expected: object) -> None:
    assert read_zone(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-04-01T15:00:00+01:00", "2020-04-01T14:00:00.000Z"),
        ("2020-04-01T15:00:00.1425Z", "2020-04-01T15:00:00.143Z"),
        ("2020-04-01T15:00:00.1424999Z", "2020-04-01T15:00:00.142Z"),
        ("2020-12-31T23:59:59.9996Z", "2021-01-01T00:00:00.000Z"),
        ("2020-04-01T15:00:00", "2020-04-01T15:00:00.000Z"),
        ("9999-12-31T23:59:59.9996Z", "9999-12-31T23:59:59.9996Z"),
        (" noon ", "noon"),
    ],
)
def test_milliseconds_round_upwards_from_the_fourth_decimal(
    text: str, expected: str
) -> None:
    assert in_milliseconds(text) == expected


def test_the_habit_of_the_reference_rounds_half_to_even() -> None:
    text = "2020-04-01T15:00:00.1425Z"
    assert in_milliseconds(text, half_even=True).endswith(".142Z")


@given(st.text(max_size=40))
def test_no_text_makes_it_raise(text: str) -> None:
    read_time(text)
    read_zone(text)
    in_milliseconds(text)
