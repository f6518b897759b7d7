"""Which entry stands at given bytes: the smallest that holds all of them."""

import sqlite3
from collections.abc import Iterator

import pytest

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.store.holding_queries import HeldPlace, HoldingReader
from explorer.store.schema import create_case


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    made = create_case(None)
    made.execute(
        "INSERT INTO block VALUES(0,0,7,0,100,200,x'" + "ab" * 32 + "',NULL,5,1,0,0,0)"
    )
    made.execute(
        "INSERT INTO entry VALUES(1,0,7,0,'"
        + "cd" * 32
        + "','k','a',9,0,120,150,'','')"
    )
    made.execute("INSERT INTO entry VALUES(2,1,7,0,'x','k','a',9,0,0,900,'','')")
    made.execute(
        "INSERT INTO thing(id,ledger,thing,block,entry,value) "
        "VALUES(0,0,'t',7,0,CAST('holds pears' AS BLOB))"
    )
    yield made
    made.close()


@pytest.mark.parametrize(
    ("start", "end", "place"),
    [
        (130, 140, HeldPlace(7, 0, 9)),
        (120, 150, HeldPlace(7, 0, 9)),
        (149, 151, HeldPlace(7, -1, 5)),
        (199, 201, None),
        (0, 10, None),
    ],
)
def test_bytes_stand_in_an_entry_else_in_a_block_else_nowhere(
    database: sqlite3.Connection, start: int, end: int, place: HeldPlace | None
) -> None:
    assert HoldingReader(database, 0).place_at(ByteSpan(0, start, end)) == place


def test_values_and_names_are_found_in_their_own_ledger(
    database: sqlite3.Connection,
) -> None:
    holdings = HoldingReader(database, 0)
    assert holdings.values_holding(b"pears") == [HeldPlace(7, 0, 9)]
    assert holdings.values_holding(b"plums") == []
    assert holdings.named("ab" * 32) == [HeldPlace(7, -1, 5)]
    assert holdings.named("cd" * 32) == [HeldPlace(7, 0, 9)]
    assert HoldingReader(database, 1).named("cd" * 32) == []
    assert HoldingReader(database, 1).entry_count() == 1


def test_an_unknown_time_is_absent(database: sqlite3.Connection) -> None:
    database.execute("UPDATE entry SET time_us=NULL")
    place = HoldingReader(database, 0).place_at(ByteSpan(0, 130, 140))
    assert place is not None
    assert place.time_us is Absent.NOT_IN_FORMAT
