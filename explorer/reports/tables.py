"""Tables for export: typed cells, control totals, period and sample.

Cells are typed, so that a number stays exact and a text can never become a formula
(CWE-1236). Everything here is a pure function or a counter over an iterator: a million
rows need no more memory than one.
"""

import hashlib
import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.reports.moments import iso_utc

Value = str | int | bytes | bool | Decimal | Absent | None
Row = tuple[Value, ...]
Cell = str | int | bool | None
"""A value ready for a writer; ``None`` for what is absent, which is not ``""``."""

MAX_EXACT_INTEGER = 2**53 - 1
"""Largest integer that every JSON reader keeps exactly (RFC 7493, section 2.2)."""

_MAX_DECIMAL_BITS = 14_000
"""Above, an integer is written in hex: Python refuses longer decimal texts."""

_DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")
_SKIPPED = ' "\u00a0\u3000'
_NUMBER = re.compile(r"[+-]?[0-9.]+(E[+-]?[0-9]+)?\Z")


class ColumnKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TIME = "time"
    """Microseconds since 1970-01-01 UTC, written as ISO 8601 with ``Z``."""
    BYTES = "bytes"
    """Raw bytes, written as lower-case hex."""
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    summed: bool = False
    """Whether its control total is written into the description."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and rows that are taken once."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterator[Row]


@dataclass(slots=True)
class Totals:
    """Counts that grow while rows go by; complete when the rows are taken."""

    population: int = 0
    """Rows before the period was applied."""
    outside: int = 0
    without_time: int = 0
    """Rows left out of a period because they carry no time."""
    written: int = 0
    sums: dict[str, int | Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """From inclusive to exclusive, microseconds since 1970-01-01 UTC."""

    from_us: int
    to_us: int

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.to_us < self.from_us:
            raise ValueError("the period ends before it begins")


def in_period(
    rows: Iterable[Row], time_column: int, period: Period, totals: Totals
) -> Iterator[Row]:
    """Yield the rows whose time lies in ``period``; count all others in ``totals``."""
    for row in rows:
        totals.population += 1
        time_us = row[time_column]
        if not isinstance(time_us, int):
            totals.without_time += 1
        elif period.from_us <= time_us < period.to_us:
            yield row
        else:
            totals.outside += 1


def sample(rows: Iterable[Row], size: int, seed: str) -> list[Row]:
    """Return ``size`` rows chosen by ``seed``, in their order; all if there are fewer.

    Row number i (from 0) gets the key SHA-256 of the UTF-8 text ``seed:i``; the rows
    with the smallest keys are taken. Every set of rows is equally likely, memory holds
    ``size`` rows, and anyone can repeat it: ``printf %s 'seed:17' | sha256sum``.

    Raises:
        ValueError: If ``size`` is negative.
    """
    chosen = _smallest(rows, size, seed)
    return [row for _, row in chosen]


def sample_positions(population: int, size: int, seed: str) -> list[int]:
    """Return the row numbers (from 0) that ``sample`` takes of ``population`` rows."""
    empty: Row = ()
    rows = (empty for _ in range(population))
    return [position for position, _ in _smallest(rows, size, seed)]


def _smallest(rows: Iterable[Row], size: int, seed: str) -> list[tuple[int, Row]]:
    if size < 0:
        raise ValueError("a sample cannot have a negative size")
    prefix = f"{seed}:".encode("utf-8", "surrogatepass")
    heap: list[tuple[int, int, Row]] = []  # largest key first: keys are negated
    for position, row in enumerate(rows):
        digest = hashlib.sha256(prefix + str(position).encode()).digest()
        item = (-int.from_bytes(digest, "big"), position, row)
        if len(heap) < size:
            heapq.heappush(heap, item)
        elif heap and item[0] > heap[0][0]:
            heapq.heapreplace(heap, item)
    return sorted(((position, row) for _, position, row in heap), key=lambda x: x[0])


def cell(value: Value, kind: ColumnKind) -> Cell:
    """Return the value as text, whole number or truth; absence as ``None``.

    What a value *is* decides, not what its column promises: a text in a column of
    numbers stays a text.
    """
    if value is None or isinstance(value, Absent):
        return None
    if isinstance(value, bool | str):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return str(value)
    if kind is ColumnKind.TIME:
        return iso_utc(value)
    return value if value.bit_length() <= _MAX_DECIMAL_BITS else hex(value)


def csv_cell(value: Value, kind: ColumnKind) -> str:
    """Return the field of a CSV file, quotes included (RFC 4180, section 2).

    Absent is an empty field, an empty text is ``""``. Text is always quoted, made
    printable, and marked against formulas (``marked``). A finite number is bare.
    """
    shown = cell(value, kind)
    if shown is None:
        return ""
    if isinstance(shown, bool):
        return "true" if shown else "false"
    if isinstance(shown, int):
        return str(shown)
    if isinstance(value, Decimal) and _NUMBER.match(shown):
        return shown
    safe = marked(shown)
    text = printable(safe, max(len(safe), 1))
    return '"' + text.replace('"', '""') + '"'


def marked(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula.

    The text, and each part of it after a semicolon (which some spreadsheets take for
    the end of a cell), gets a leading apostrophe where it begins like a formula, spaces
    and quotes before it aside, or begins with an apostrophe. ``unmarked`` undoes it.
    """
    return ";".join(_marked_part(part) for part in text.split(";"))


def _marked_part(part: str) -> str:
    begins = part.lstrip(_SKIPPED)[:1]
    is_marked = begins in _DANGEROUS if begins else False
    return "'" + part if is_marked or part.startswith("'") else part


def unmarked(text: str) -> str:
    """Return what ``marked`` was given."""
    return ";".join(part.removeprefix("'") for part in text.split(";"))


def counted(table: Table, totals: Totals) -> Iterator[Row]:
    """Yield the rows, counting them and adding up the summed columns.

    Raises:
        ValueError: If a row has not as many values as the table has columns.
    """
    summed = [(at, each.name) for at, each in enumerate(table.columns) if each.summed]
    totals.sums = {name: 0 for _, name in summed}
    width = len(table.columns)
    for row in table.rows:
        if len(row) != width:
            raise ValueError(f"a row of {table.name} has {len(row)} values")
        for at, name in summed:
            value = row[at]
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                totals.sums[name] += value
        totals.written += 1
        yield row
