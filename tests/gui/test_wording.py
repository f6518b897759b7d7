"""Numbers, sizes, times and ids as the window writes them."""

import pytest

from explorer.core.absent import Absent
from explorer.gui.viewmodels.wording import (
    counted,
    duration_text,
    grouped,
    groups_of_four,
    place_text,
    short_hash,
    size_text,
    time_range_text,
    time_text,
)


def test_thousands_have_a_narrow_space() -> None:
    assert [grouped(each) for each in (0, 999, 402460)] == ["0", "999", "402\u202f460"]


def test_one_and_many() -> None:
    assert counted(1, "one block", "{0} blocks") == "one block"
    assert counted(1524, "one block", "{0} blocks") == "1\u202f524 blocks"


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (831_932, "832 kB"),
        (999_949, "1.0 MB"),
        (2_825_283, "2.8 MB"),
        (170_000_000, "170 MB"),
    ],
)
def test_sizes(size: int, expected: str) -> None:
    assert size_text(size) == expected


def test_times_carry_their_zone() -> None:
    assert time_text(1_790_000_000_000_000) == "2026-09-21 14:13:20 UTC"
    assert time_text(Absent.NOT_IN_EXPORT) == "not recorded"
    assert time_text(10**20) == f"{10**20} µs"


def test_a_range_within_a_day_names_the_day_once() -> None:
    first = 1_790_000_000_000_000
    assert time_range_text(first, first + 60_000_000).count("2026") == 1
    assert time_range_text(first, first + 86_400_000_000).count("2026") == 2
    assert time_range_text(first, Absent.UNREADABLE) == ""


def test_hashes() -> None:
    value = "0123456789abcdef" * 4
    assert short_hash(value) == "01234567…cdef"
    assert short_hash("abcd") == "abcd"
    assert groups_of_four("0123456789") == "0123 4567 89"
    assert groups_of_four(value, 8).count("\n") == 1


def test_places() -> None:
    assert place_text(None, None) == "the whole ledger"
    assert place_text(20, None) == "block 20"
    assert place_text(1234, 5) == "block 1\u202f234, entry 5"


def test_durations() -> None:
    assert [duration_text(each) for each in (0.62, 34.4, 125)] == [
        "0.6 s",
        "34 s",
        "2 min",
    ]
