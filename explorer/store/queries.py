"""Reads a case file: pages of rows, the strip, findings, search, the provenance graph.

Every query is bounded by ``LIMIT`` or answers with arrays; nothing loads whole rows of
a large ledger at once.
"""

import json
import sqlite3
from collections.abc import Collection, Container, Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.checks import Kind, Outcome, Severity
from explorer.model.verdicts import Finding, Place
from explorer.store.bigrams import query_of
from explorer.store.holding_queries import HoldingReader
from explorer.store.statement_queries import StatementReader

MAX_HITS = 500
"""Rows that a search answers with."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row of the list of blocks and entries."""

    row: int
    ledger: int
    height: int
    position: int
    """Position of the entry in its block; -1 for the block itself."""
    span: ByteSpan
    id: str
    """Hash of a block (hex) or id of an entry."""
    kind: str
    author: str
    time_us: int | Absent
    status: int
    """Worst outcome of the block's checks; 0 for an entry."""
    refused: str
    summary: str
    entries: int
    is_configuration: bool = False


class StripData(msgspec.Struct, frozen=True):
    """One number per block of a ledger, in order."""

    heights: npt.NDArray[np.int64]
    entries: npt.NDArray[np.int32]
    refused: npt.NDArray[np.int32]
    statuses: npt.NDArray[np.uint8]
    configurations: npt.NDArray[np.bool_]


class BlockLink(msgspec.Struct, frozen=True, gc=False):
    """What the picture of blocks needs to know of one block."""

    row: int
    height: int
    hash: bytes
    parent: bytes
    """The hash of the block before, as this block declares it."""
    status: int
    is_configuration: bool


class GraphRows(msgspec.Struct, frozen=True):
    """The provenance graph as arrays; node numbers are ``thing.id``."""

    node_count: int
    sources: npt.NDArray[np.int64]
    targets: npt.NDArray[np.int64]
    flow_rows: npt.NDArray[np.int64]
    struck: npt.NDArray[np.bool_]


_BLOCK_COLUMNS = (
    "row,ledger,height,-1,source,start,end,lower(hex(hash)),'','',time_us,status,"
    "'','',entries,configuration"
)
_ENTRY_COLUMNS = (
    "row,ledger,block,position,source,start,end,id,kind,author,time_us,0,refused,"
    "summary,0,0"
)


class CaseReader:
    """Answers questions about one case file; belongs to one thread at a time."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Read through ``database``, usually ``schema.open_case``."""
        self._database = database

    @property
    def database(self) -> sqlite3.Connection:
        """Return the connection, for queries that are compiled elsewhere."""
        return self._database

    def meta(self, key: str) -> str:
        """Return a fact about the whole case, or an empty text."""
        found = self._database.execute(
            "SELECT value FROM meta WHERE key=?", (key,)
        ).fetchone()
        return str(found[0]) if found else ""

    def row_count(self) -> int:
        """Return how many rows the list of blocks and entries has so far."""
        last = self._database.execute(
            "SELECT max((SELECT ifnull(max(row),-1) FROM block),"
            "(SELECT ifnull(max(row),-1) FROM entry))"
        ).fetchone()
        return int(last[0]) + 1

    def row_range(self, ledger: int) -> tuple[int, int]:
        """Return (first row, how many) of a ledger; its rows follow one another."""
        others = self._database.execute(
            "SELECT 1 FROM ledger WHERE id<>? LIMIT 1", (ledger,)
        ).fetchone()
        if others is None:
            return 0, self.row_count()
        bounds = [
            self._database.execute(
                f"SELECT min(row),max(row) FROM {table} WHERE ledger=?",  # noqa: S608
                (ledger,),
            ).fetchone()
            for table in ("block", "entry")
        ]
        numbers = [int(each) for pair in bounds for each in pair if each is not None]
        if not numbers:
            return 0, 0
        return min(numbers), max(numbers) - min(numbers) + 1

    def rows(self, first: int, count: int) -> list[Row]:
        """Return the rows from number ``first``, in order."""
        return self._rows("WHERE row>=? AND row<?", (first, first + count))

    def rows_by_number(self, numbers: Sequence[int]) -> list[Row]:
        """Return these rows, in order."""
        marks = ",".join("?" * len(numbers))
        return self._rows(f"WHERE row IN ({marks})", tuple(numbers))

    def block_row(self, ledger: int, height: int) -> Row | None:
        """Return the row of a block, or nothing if there is no such height."""
        found = self._database.execute(
            "SELECT row FROM block WHERE ledger=? AND height=?", (ledger, height)
        ).fetchone()
        return self.rows(int(found[0]), 1)[0] if found else None

    def block_links(self, ledger: int, first: int, last: int) -> list[BlockLink]:
        """Return the blocks of these heights, forks included, at most some hundreds."""
        return [
            BlockLink(
                row, height, bytes(own or b""), bytes(parent or b""), status, bool(c)
            )
            for row, height, own, parent, status, c in self._database.execute(
                "SELECT row,height,hash,parent,status,configuration FROM block "
                "WHERE ledger=? AND height BETWEEN ? AND ? ORDER BY height,row LIMIT ?",
                (ledger, first, last, MAX_HITS),
            )
        ]

    def declared_parent(self, ledger: int, height: int) -> bytes:
        """Return the hash of the block before, as a block declares it; or nothing."""
        found = self._database.execute(
            "SELECT parent FROM block WHERE ledger=? AND height=?", (ledger, height)
        ).fetchone()
        return bytes(found[0] or b"") if found else b""

    def row_of(self, ledger: int, height: int, entry: int | None) -> int | None:
        """Return the number of a block's row, or of its entry's; nothing if none."""
        query = "SELECT row FROM block WHERE ledger=? AND height=?"
        values: tuple[int, ...] = (ledger, height)
        if entry is not None:
            query = "SELECT row FROM entry WHERE ledger=? AND block=? AND position=?"
            values = (*values, entry)
        found = self._database.execute(query, values).fetchone()
        return int(found[0]) if found else None

    def entries_of(self, ledger: int, height: int) -> list[Row]:
        """Return the entries of a block."""
        return [
            _row(each)
            for each in self._database.execute(
                f"SELECT {_ENTRY_COLUMNS} FROM entry "  # noqa: S608 - own constant
                "WHERE ledger=? AND block=? ORDER BY row",
                (ledger, height),
            )
        ]

    def sources(self) -> list[tuple[str, int, str]]:
        """Return (path, size in bytes, SHA-256 or empty) of every file."""
        return [
            (str(path), int(size), str(digest))
            for path, size, digest in self._database.execute(
                "SELECT path,size_bytes,sha256 FROM source ORDER BY id"
            )
        ]

    def ledgers(self) -> list[tuple[int, str, str, str]]:
        """Return (number, format, title, what an entry is called)."""
        return [
            (int(number), str(name), str(title), str(unit))
            for number, name, title, unit in self._database.execute(
                "SELECT id,format,title,entry_unit FROM ledger ORDER BY id"
            )
        ]

    def strip(self, ledger: int) -> StripData:
        """Return one number per block for the chain strip.

        SQLite joins the numbers of a column itself, which makes no Python object of
        each and lets other threads run meanwhile.
        """
        names = ("height", "entries", "refused", "status", "configuration")
        joined = ",".join(f"group_concat({name})" for name in names)
        found = self._database.execute(
            f"SELECT {joined} FROM (SELECT {','.join(names)} FROM block "  # noqa: S608
            "WHERE ledger=? ORDER BY row)",
            (ledger,),
        ).fetchone()
        heights, entries, refused, statuses, configurations = map(_numbers, found)
        return StripData(
            heights,
            entries.astype(np.int32),
            refused.astype(np.int32),
            statuses.astype(np.uint8),
            configurations.astype(np.bool_),
        )

    def authorship(self, ledger: int) -> list[tuple[str, str, int, int]]:
        """Return (author, kind, entries, refused ones) over all entries."""
        return [
            (str(author), str(kind), int(entries), int(refused))
            for author, kind, entries, refused in self._database.execute(
                "SELECT author,kind,count(*),sum(refused<>'') FROM entry "
                "WHERE ledger=? GROUP BY author,kind ORDER BY author,kind LIMIT 10000",
                (ledger,),
            )
        ]

    def findings(self, ledger: int | None = None) -> list[Finding]:
        """Return findings by root cause, roots first."""
        where, values = ("", ()) if ledger is None else ("WHERE ledger=?", (ledger,))
        return self._findings(where, values)

    def findings_at(self, ledger: int, heights: Collection[int]) -> list[Finding]:
        """Return the findings that speak of these blocks or of their entries.

        ``NO_BLOCK`` asks for those on entries that belong to no block.
        """
        return self._findings(
            "WHERE ledger=? AND ifnull(block,-1) IN (SELECT value FROM json_each(?)) "
            "AND (block IS NOT NULL OR entry IS NOT NULL)",
            (ledger, json.dumps(sorted(heights))),
        )

    def block_records(
        self, chosen: Container[int] | None = None
    ) -> Iterator[tuple[object, ...]]:
        """Yield blocks for export, all or the ``chosen`` rows.

        Columns as in the query below; times are µs since 1970 or nothing, hashes bytes.
        """
        found = self._database.execute(
            "SELECT row,height,time_us,hash,parent,entries,refused,configuration,"
            "source,start,end FROM block ORDER BY row"
        )
        yield from (each[1:] for each in found if chosen is None or each[0] in chosen)

    def entry_records(
        self, chosen: Container[int] | None = None
    ) -> Iterator[tuple[object, ...]]:
        """Yield entries for export, all or the ``chosen`` rows, as in the query."""
        found = self._database.execute(
            "SELECT row,block,position,time_us,id,kind,author,refused,summary,source,"
            "start,end FROM entry ORDER BY row"
        )
        yield from (each[1:] for each in found if chosen is None or each[0] in chosen)

    def find(self, text: str) -> list[int]:
        """Return row numbers that match a height, a hash, an id or words."""
        wanted = text.strip()
        found: list[int] = []
        for query, value in _lookups(wanted):
            answers = self._database.execute(f"{query} LIMIT {MAX_HITS}", (value,))
            found.extend(int(row[0]) for row in answers if row[0] not in found)
        words = query_of(wanted)
        if words:
            answers = self._database.execute(
                f"SELECT rowid FROM words WHERE words MATCH ? LIMIT {MAX_HITS}",  # noqa: S608
                (words,),
            )
            known = set(found)
            found.extend(int(row[0]) for row in answers if row[0] not in known)
        return found[:MAX_HITS]

    def graph(self, ledger: int) -> GraphRows:
        """Return the provenance graph of a ledger."""
        count = self._database.execute("SELECT count(*) FROM thing").fetchone()[0]
        found = self._database.execute(
            "SELECT source,target,rowid,struck FROM flow WHERE ledger=? ORDER BY rowid",
            (ledger,),
        ).fetchall()
        table = np.array(found, dtype=np.int64).reshape(len(found), 4)
        return GraphRows(
            int(count),
            table[:, 0].copy(),
            table[:, 1].copy(),
            table[:, 2].copy(),
            table[:, 3].astype(np.bool_),
        )

    def statements(self, ledger: int) -> StatementReader:
        """Return the reader of what a ledger's entries say about things."""
        return StatementReader(self._database, ledger)

    def holdings(self, ledger: int) -> HoldingReader:
        """Return what finds given bytes in a ledger."""
        return HoldingReader(self._database, ledger)

    def _findings(self, where: str, values: tuple[object, ...]) -> list[Finding]:
        return [
            _finding(each)
            for each in self._database.execute(
                "SELECT check_id,kind,outcome,severity,reason,block,entry,entry_id,"  # noqa: S608
                "message,expected,computed,detail,spans,cause,is_root FROM finding "
                f"{where} ORDER BY ledger,id",
                values,
            )
        ]

    def _rows(self, where: str, values: tuple[object, ...]) -> list[Row]:
        return [
            _row(each)
            for each in self._database.execute(
                f"SELECT {_BLOCK_COLUMNS} FROM block {where} UNION ALL "  # noqa: S608
                f"SELECT {_ENTRY_COLUMNS} FROM entry {where} ORDER BY 1",
                values + values,
            )
        ]


def _numbers(joined: str | None) -> npt.NDArray[np.int64]:
    if not joined:
        return np.zeros(0, np.int64)
    return np.fromstring(joined, dtype=np.int64, sep=",")


def _lookups(text: str) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    if text.isascii() and text.isdigit() and len(text) < 19:
        found.append(("SELECT row FROM block WHERE height=?", int(text)))
    bare = text.lower().removeprefix("0x")
    if len(bare) == 64 and all(c in "0123456789abcdef" for c in bare):
        found.append(("SELECT row FROM block WHERE hash=?", bytes.fromhex(bare)))
    if text:
        found.append(("SELECT row FROM entry WHERE id=?", text))
    if len(bare) >= 6 and all(c in "0123456789abcdef" for c in bare):
        found.append(("SELECT row FROM entry WHERE id >= ?1 AND id < ?1 || 'g'", bare))
        found.append(
            ("SELECT row FROM block WHERE lower(hex(hash)) LIKE ?", f"{bare}%")
        )
    return found


def _row(values: tuple[object, ...]) -> Row:
    source, start, end = values[4:7]
    return msgspec.convert(
        {
            "row": values[0],
            "ledger": values[1],
            "height": values[2],
            "position": values[3],
            "span": {"source": source, "start": start, "end": end},
            "id": values[7],
            "kind": values[8],
            "author": values[9],
            "time_us": Absent.NOT_IN_FORMAT.value if values[10] is None else values[10],
            "status": values[11],
            "refused": values[12],
            "summary": values[13],
            "entries": values[14],
            "is_configuration": bool(values[15]),
        },
        Row,
    )


def _finding(values: tuple[object, ...]) -> Finding:
    texts = [str(each) if each is not None else "" for each in values]
    places = json.loads(texts[12])
    return Finding(
        texts[0],
        Kind(texts[1]),
        Outcome(int(texts[2])),
        Severity(texts[3]),
        texts[4],
        None if values[5] is None else int(texts[5]),
        None if values[6] is None else int(texts[6]),
        None if values[7] is None else texts[7],
        texts[8],
        texts[9],
        texts[10],
        texts[11],
        tuple(Place(path, start, end) for path, start, end in places),
        int(texts[13]),
        texts[14] == "1",
    )
