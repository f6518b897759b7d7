"""Answers where a case file holds given bytes, and which entry stands where."""

import sqlite3

import msgspec

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan

MAX_PLACES = 200
"""Most places that one question answers with."""


class HeldPlace(msgspec.Struct, frozen=True, gc=False):
    """A block, or an entry of it."""

    block: int
    entry: int
    """-1 for the block itself."""
    time_us: int | Absent


class HoldingReader:
    """Looks through one ledger of a case file; belongs to one thread at a time."""

    def __init__(self, database: sqlite3.Connection, ledger: int) -> None:
        """Read through ``database``."""
        self._database = database
        self._ledger = ledger

    def entry_count(self) -> int:
        """Return how many entries the ledger has."""
        found = self._database.execute(
            "SELECT count(*) FROM entry WHERE ledger=?", (self._ledger,)
        ).fetchone()
        return int(found[0])

    def place_at(self, span: ByteSpan) -> HeldPlace | None:
        """Return the entry in which these bytes stand, else the block, or nothing."""
        return self._one(
            "SELECT block,position,time_us FROM entry WHERE ledger=? AND source=? "
            "AND start<=? AND end>=? ORDER BY end-start LIMIT 1",
            span,
        ) or self._one(
            "SELECT height,-1,time_us FROM block WHERE ledger=? AND source=? "
            "AND start<=? AND end>=? ORDER BY end-start LIMIT 1",
            span,
        )

    def is_read(self, span: ByteSpan) -> bool:
        """Return whether these bytes stand in a block or entry of any ledger."""
        where = "WHERE source=? AND start<=? AND end>=?"
        found = self._database.execute(
            f"SELECT EXISTS(SELECT 1 FROM entry {where}) OR "  # noqa: S608 - own constant
            f"EXISTS(SELECT 1 FROM block {where})",
            (span.source, span.start, span.end) * 2,
        ).fetchone()
        return bool(found[0])

    def values_holding(self, data: bytes) -> list[HeldPlace]:
        """Return the entries that recorded a value with these bytes in it."""
        return self._places(
            "SELECT DISTINCT t.block,t.entry,e.time_us FROM thing t LEFT JOIN entry e "
            "ON e.ledger=t.ledger AND e.block=t.block AND e.position=t.entry "
            "WHERE t.ledger=? AND length(t.value)>0 AND instr(t.value,?)>0 "
            "ORDER BY t.block,t.entry LIMIT ?",
            data,
        )

    def named(self, digest: str) -> list[HeldPlace]:
        """Return blocks with this hash and entries with this id (hex)."""
        entries = self._places(
            "SELECT block,position,time_us FROM entry WHERE ledger=? AND id=? "
            "ORDER BY row LIMIT ?",
            digest,
        )
        blocks = self._places(
            "SELECT height,-1,time_us FROM block WHERE ledger=? AND hash=? "
            "ORDER BY row LIMIT ?",
            bytes.fromhex(digest),
        )
        return [*entries, *blocks]

    def _one(self, query: str, span: ByteSpan) -> HeldPlace | None:
        row = self._database.execute(
            query, (self._ledger, span.source, span.start, span.end)
        ).fetchone()
        return None if row is None else _place(row)

    def _places(self, query: str, wanted: str | bytes) -> list[HeldPlace]:
        answers = self._database.execute(query, (self._ledger, wanted, MAX_PLACES))
        return [_place(row) for row in answers]


def _place(row: tuple[int, int, int | None]) -> HeldPlace:
    block, entry, time_us = row
    return HeldPlace(block, entry, Absent.NOT_IN_FORMAT if time_us is None else time_us)
