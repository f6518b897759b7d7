from datetime import UTC, datetime, timedelta, timezone

import pytest

from explorer.reports.moments import in_zone, iso_utc, moment_utc, short_utc

BEIJING = timezone(timedelta(hours=8))
YEAR_1_US = -62_135_596_800_000_000
YEAR_9999_US = 253_402_300_799_999_999


@pytest.mark.parametrize(
    ("time_us", "text"),
    [
        (0, "1970-01-01T00:00:00.000000Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (1, "1970-01-01T00:00:00.000001Z"),
        (1_740_801_600_123_456, "2025-03-01T04:00:00.123456Z"),
        (2**53 + 1, "2255-06-05T23:47:34.740993Z"),
        (YEAR_1_US, "0001-01-01T00:00:00.000000Z"),
        (YEAR_9999_US, "9999-12-31T23:59:59.999999Z"),
        (YEAR_9999_US + 1, "253402300800000000 us since 1970-01-01"),
        (YEAR_1_US - 1, "-62135596800000001 us since 1970-01-01"),
        (10**30, f"{10**30} us since 1970-01-01"),
    ],
)
def test_iso(time_us: int, text: str) -> None:
    assert iso_utc(time_us) == text


def test_for_people() -> None:
    assert short_utc(0) == "1970-01-01 00:00:00 UTC"
    assert short_utc(500_000) == "1970-01-01 00:00:00.500000 UTC"
    assert short_utc(10**30) == f"{10**30} us since 1970-01-01"


def test_zone_beside_utc() -> None:
    assert in_zone(0, BEIJING) == "1970-01-01 08:00:00+08:00"
    assert in_zone(0, UTC) == ""
    assert in_zone(YEAR_9999_US, BEIJING) == ""
    assert in_zone(YEAR_1_US, timezone(timedelta(hours=-8))) == ""


def test_moment() -> None:
    moment = datetime(2026, 3, 1, 8, 0, 30, 999, tzinfo=BEIJING)
    assert moment_utc(moment) == "2026-03-01T00:00:30Z"
    naive = moment.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        moment_utc(naive)
