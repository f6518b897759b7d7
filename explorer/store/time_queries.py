"""How the entries of a ledger lie in time: counts in equal parts of its whole time."""

import sqlite3

import msgspec
import numpy as np
import numpy.typing as npt


class TimeData(msgspec.Struct, frozen=True):
    """Counts of entries in equal parts between the first and the last time."""

    first_us: int
    last_us: int
    counts: npt.NDArray[np.int64]
    refused: npt.NDArray[np.int64]
    without: int
    """Entries that state no time."""

    @property
    def part_us(self) -> int:
        """Return how long one part is, in microseconds."""
        return (self.last_us - self.first_us) // len(self.counts) + 1


def entry_times(
    database: sqlite3.Connection, ledger: int, parts: int
) -> TimeData | None:
    """Return the entries over time; nothing where none states a time."""
    first, last, timed, total = database.execute(
        "SELECT min(time_us),max(time_us),count(time_us),count(*) FROM entry "
        "WHERE ledger=?",
        (ledger,),
    ).fetchone()
    if first is None:
        return None
    part = (last - first) // parts + 1
    counts = np.zeros(parts, np.int64)
    refused = np.zeros(parts, np.int64)
    for number, count, out in database.execute(
        "SELECT (time_us-?)/?,count(*),sum(refused<>'') FROM entry "
        "WHERE ledger=? AND time_us IS NOT NULL GROUP BY 1",
        (first, part, ledger),
    ):
        counts[number], refused[number] = count, out
    return TimeData(first, last, counts, refused, total - timed)
