from explorer.core.absent import Absent
from explorer.provenance.rules.dates import moment_of, shown_us


def test_dates_and_times() -> None:
    assert moment_of("1970-01-02") == 86_400_000_000
    assert moment_of(" 1970-01-01T08:00:01+08:00 ") == 1_000_000
    assert moment_of("soon") is Absent.UNREADABLE


def test_times_for_people() -> None:
    assert shown_us(86_400_000_000) == "1970-01-02 00:00Z"
    assert shown_us(2**62) == f"{2**62} µs"
