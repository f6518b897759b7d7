from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.encodings.moments import (
    Moment,
    MomentError,
    check_form,
    read_moment,
    utc_text,
    zone_of,
)


def us(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc, arg-type]  # parts are the numbers of a date


@pytest.mark.parametrize(
    ("text", "time_us"),
    [
        ("2026-09-01T06:00:00+08:00", us(2026, 8, 31, 22)),
        ("2026-09-01 06:00", us(2026, 9, 1, 6)),
        ("2026-09-01T06:00:00.000001Z", us(2026, 9, 1, 6) + 1),
        ("2026/9/1", us(2026, 9, 1)),
        ("2026.09.01 6:05", us(2026, 9, 1, 6, 5)),
        ("2026年9月1日", us(2026, 9, 1)),
        ("2026年9月1日 10时30分", us(2026, 9, 1, 10, 30)),
        ("20260901", us(2026, 9, 1)),
        ("20260901T103000Z", us(2026, 9, 1, 10, 30)),
        ("13/4/2026", us(2026, 4, 13)),
        ("4/13/2026", us(2026, 4, 13)),
        ("3/3/2026", us(2026, 3, 3)),
        ("1 Sep 2026", us(2026, 9, 1)),
        ("01-Sep-2026", us(2026, 9, 1)),
        ("September 1, 2026 12:30 AM", us(2026, 9, 1, 0, 30)),
        ("Sep 1 2026 5:00 pm", us(2026, 9, 1, 17)),
    ],
)
def test_times_that_can_only_be_meant_one_way(text: str, time_us: int) -> None:
    assert read_moment(text).time_us == time_us


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3/4/2026", "time-ambiguous"),
        ("03-04-26", "time-ambiguous"),
        ("13/4/26", "time-ambiguous"),
        ("2026-13-01", "time-impossible"),
        ("2026-02-30", "time-impossible"),
        ("2026-01-01T00:00+19:00", "time-impossible"),
        ("31/31/2026", "time-impossible"),
        ("1 Foo 2026", "time-not-read"),
        ("1 anf 2026", "time-not-read"),
        ("2026-01-01 13:00 PM", "time-impossible"),
        ("soon", "time-not-read"),
        ("", "time-not-read"),
        ("2026-09-01" + " " * 80 + "x", "time-not-read"),
    ],
)
def test_times_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(MomentError) as refused:
        read_moment(text)
    assert refused.value.reason == reason


def test_a_stated_form_decides() -> None:
    assert read_moment("3/4/2026", ("DD/MM/YYYY",)).time_us == us(2026, 4, 3)
    assert read_moment("3/4/2026", ("MM/DD/YYYY",)).time_us == us(2026, 3, 4)
    assert read_moment("3.4.26", ("DD.MM.YY",)).time_us == us(2026, 4, 3)
    with pytest.raises(MomentError, match="time-not-read"):
        read_moment("2026-04-03", ("DD/MM/YYYY",))


def test_zones() -> None:
    assert read_moment("2026-09-01", (), 480) == Moment(
        us(2026, 8, 31, 16), 480, False, True
    )
    assert read_moment("2026-09-01T00:00-05:30", (), 480).zone_minutes == -330
    assert zone_of("") is None
    assert zone_of("Z") == 0
    for wrong in ("8", "+8:00", "+15:00", "+08:60"):
        with pytest.raises(ValueError, match="offset"):
            zone_of(wrong)


def test_a_form_without_a_year_takes_the_last_one_that_fits() -> None:
    near = us(2027, 1, 2)
    form = ("MM-DD hh:mm",)
    assert read_moment("12-31 10:00", form, 0, near).time_us == us(2026, 12, 31, 10)
    assert read_moment("01-02 10:00", form, 0, near).time_us == us(2027, 1, 2, 10)
    assert read_moment("02-29 00:00", form, 0, near).time_us == us(2024, 2, 29)
    with pytest.raises(MomentError, match="time-ambiguous"):
        read_moment("12-31 10:00", form, 0)
    with pytest.raises(MomentError, match="time-impossible"):
        read_moment("02-30 10:00", form, 0, near)
    with pytest.raises(MomentError, match="time-impossible"):
        read_moment("02-20 10:00", form, 0, 10**40)


def test_forms_that_cannot_be_used() -> None:
    check_form("DD/MM/YYYY hh:mm:ss zone")
    for wrong in ("YYYY", "DD/MM/MM", "hh:mm"):
        with pytest.raises(ValueError, match="the form"):
            check_form(wrong)


def test_utc_text() -> None:
    assert utc_text(1) == "1970-01-01T00:00:00.000001Z"
    assert utc_text(Absent.NOT_IN_FORMAT) == ""
    assert utc_text(10**40) == ""


@given(st.text(max_size=30), st.text(max_size=12))
def test_no_text_raises_anything_else(text: str, form: str) -> None:
    for forms in ((), (f"{form}MM/DD",)):
        try:
            for each in forms:
                check_form(each)
            found = read_moment(text, forms, 480, 0)
        except ValueError:
            continue
        assert isinstance(found, Moment)


@given(st.datetimes(timezones=st.just(UTC)))
def test_iso_times_are_read_exactly(moment: datetime) -> None:
    found = read_moment(moment.isoformat())
    assert utc_text(found.time_us) == moment.isoformat().replace("+00:00", "Z")
