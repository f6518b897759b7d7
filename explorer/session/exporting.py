"""Exports blocks, entries, findings or signers of a verified evidence as a table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.model.verdicts import EvidenceReport
from explorer.reports.ledger_tables import (
    BLOCK_COLUMNS,
    BLOCK_TIME,
    ENTRY_COLUMNS,
    ENTRY_TIME,
    alerts_table,
    findings_table,
    signers_table,
)
from explorer.reports.table_files import About, Written, write_table
from explorer.reports.tables import Period, Row, Table, Totals, in_period, sample
from explorer.session.filtering import chosen_rows
from explorer.store.queries import CaseReader

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALWAYS_FROM = datetime(1, 1, 1, tzinfo=UTC)
_ALWAYS_TO = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """Which rows of which table."""

    table: str
    """``blocks``, ``entries``, ``findings``, ``signers`` or ``alerts``."""
    from_time: datetime | Absent = Absent.NOT_IN_EXPORT
    to_time: datetime | Absent = Absent.NOT_IN_EXPORT
    sample_size: int | Absent = Absent.NOT_IN_EXPORT
    seed: str = "0"
    filter: str = ""
    """Only rows for which this expression holds (``docs/filter-language.md``)."""


def export(
    choice: ExportChoice, report: EvidenceReport, reader: CaseReader, output: Path
) -> Written:
    """Write the chosen rows to ``output`` (.csv, .xlsx or .jsonl).

    Raises:
        ExplorerError: If the table has no times but a period is asked for, or no rows
            to filter, or the file cannot be written.
        ExpressionError: If the filter cannot be understood.
    """
    chosen = _chosen(choice, report, reader)
    tables: Mapping[str, Callable[[], tuple[Table, int | None]]] = {
        "blocks": lambda: (_blocks(reader, chosen), BLOCK_TIME),
        "entries": lambda: (_entries(reader, chosen), ENTRY_TIME),
        "findings": lambda: (findings_table([report]), None),
        "alerts": lambda: (alerts_table([report]), None),
        "signers": lambda: (signers_table([report]), None),
    }
    table, time_column = tables[choice.table]()
    totals = Totals()
    rows: Iterator[Row] = table.rows
    period = _period(choice)
    if not isinstance(period, Absent):
        if time_column is None:
            raise ExplorerError(f"{choice.table} have no time to cut a period by")
        rows = in_period(rows, time_column, period, totals)
    if not isinstance(choice.sample_size, Absent):
        rows = iter(sample(rows, choice.sample_size, choice.seed))
    about = About(
        report.sources,
        period=period,
        sample_size=choice.sample_size,
        seed=choice.seed,
        filters=choice.filter,
        is_fictional=any(each.is_fictional for each in report.ledgers),
        totals=totals,
    )
    return write_table(Table(table.name, table.columns, rows), about, output)


def _chosen(
    choice: ExportChoice, report: EvidenceReport, reader: CaseReader
) -> frozenset[int] | None:
    if not choice.filter:
        return None
    if choice.table not in {"blocks", "entries"}:
        raise ExplorerError(f"a filter chooses blocks or entries, not {choice.table}")
    return chosen_rows(reader, report.ledgers, choice.filter)


def _blocks(reader: CaseReader, chosen: frozenset[int] | None) -> Table:
    rows = (
        (*record[:6], bool(record[6]), *record[7:])
        for record in reader.block_records(chosen)
    )
    return Table("blocks", BLOCK_COLUMNS, _typed(rows))


def _entries(reader: CaseReader, chosen: frozenset[int] | None) -> Table:
    return Table("entries", ENTRY_COLUMNS, _typed(reader.entry_records(chosen)))


def _typed(rows: Iterator[tuple[object, ...]]) -> Iterator[Row]:
    # SQLite hands out int, str, bytes and None only, as the columns promise.
    return cast("Iterator[Row]", rows)


def _period(choice: ExportChoice) -> Period | Absent:
    if isinstance(choice.from_time, Absent) and isinstance(choice.to_time, Absent):
        return Absent.NOT_IN_EXPORT
    start = _ALWAYS_FROM if isinstance(choice.from_time, Absent) else choice.from_time
    end = _ALWAYS_TO if isinstance(choice.to_time, Absent) else choice.to_time
    if end < start:
        raise ExplorerError("the period ends before it begins")
    return Period(_micros(start), _micros(end))


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
