"""Entries over time: every entry is counted once, in the part of its time."""

import sqlite3

from explorer.store.schema import create_case
from explorer.store.time_queries import entry_times


def case(*times: int | None) -> sqlite3.Connection:
    database = create_case(None)
    database.executemany(
        "INSERT INTO entry(row,ledger,block,position,time_us,refused) "
        "VALUES(?,0,0,?,?,?)",
        [(n, n, time, "NO" if n == 1 else "") for n, time in enumerate(times)],
    )
    return database


def test_entries_are_counted_in_the_part_of_their_time() -> None:
    found = entry_times(case(0, 10, 99, 100, None), 0, 4)
    assert found is not None
    assert (found.first_us, found.last_us, found.part_us) == (0, 100, 26)
    assert list(found.counts) == [2, 0, 0, 2]
    assert list(found.refused) == [1, 0, 0, 0]
    assert found.without == 1


def test_one_time_alone() -> None:
    found = entry_times(case(5, 5), 0, 3)
    assert found is not None
    assert list(found.counts) == [2, 0, 0]


def test_no_time_at_all() -> None:
    assert entry_times(case(None), 0, 4) is None
    assert entry_times(case(1), 7, 4) is None
