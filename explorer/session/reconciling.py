"""Reconciles a party's spreadsheet with a ledger: both are read by the same engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.core.tasks import TaskContext
from explorer.model.events import EntryPlace, TraceEvent
from explorer.model.verdicts import EvidenceReport
from explorer.provenance.reconciliation import (
    DAY_US,
    Line,
    Pair,
    Reconciliation,
    Side,
    Status,
    lines_of,
    reconcile,
)
from explorer.reports.moments import iso_utc
from explorer.reports.table_files import About, Written, write_table
from explorer.reports.tables import Column, ColumnKind, Row, Table
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two records of one fact may be apart."""

    time_us: int = DAY_US
    amount: Decimal = Decimal(0)
    """Share of the ledger's amount: 0.02 is two per cent."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The comparison, with what was read for it."""

    found: Reconciliation
    ledger: EvidenceReport
    sheet: EvidenceReport


COLUMNS = (
    Column("status"),
    Column("thing_here"),
    Column("thing_there"),
    Column("amount_here", ColumnKind.DECIMAL),
    Column("unit_here"),
    Column("amount_there", ColumnKind.DECIMAL),
    Column("unit_there"),
    Column("time_here", ColumnKind.TIME),
    Column("time_there", ColumnKind.TIME),
    Column("step_here"),
    Column("step_there"),
    Column("differs_in"),
    Column("position_here", ColumnKind.INTEGER),
    Column("block_there", ColumnKind.INTEGER),
    Column("entry_there", ColumnKind.INTEGER),
    Column("entry_id_there"),
)


def reconcile_paths(
    ledger: Sequence[Path],
    sheet: Path,
    options: VerifyOptions,
    tolerance: Tolerance,
    context: TaskContext,
) -> Reconciled:
    """Read both and compare them.

    Profiles among the options are tried on either side.

    Raises:
        ExplorerError: If one of them could not be read, or gave no event.
        CancelledError: If the context asks to stop.
    """
    theirs, report = _events(tuple(ledger), options, context)
    ours, list_report = _events((sheet,), replace(options, format="table"), context)
    found = reconcile(
        list(lines_of(ours)),
        list(lines_of(theirs)),
        tolerance.time_us,
        tolerance.amount,
    )
    return Reconciled(found, report, list_report)


def to_json(result: Reconciled) -> dict[str, object]:
    """Return the comparison as plain values; keys are only ever added."""
    found = result.found
    return {
        "ledger": result.ledger.path,
        "verdict": result.ledger.verdict.value,
        "sheet": result.sheet.path,
        "counts": {each.value: found.count(each) for each in Status},
        "totals": {"here": _side_json(found.here), "there": _side_json(found.there)},
        "notes": [
            {"code": each.code, "sentence": each.sentence, "detail": each.detail}
            for report in result.sheet.ledgers
            for each in report.not_checked
            if each.code.startswith(("mapping-", "table-"))
        ],
        "lines": [_pair_json(each) for each in found.pairs],
    }


def export(result: Reconciled, output: Path) -> Written:
    """Write the comparison to ``output`` (.csv, .xlsx or .jsonl).

    Raises:
        ExplorerError: If the file cannot be written.
    """
    sources = (*result.ledger.sources, *result.sheet.sources)
    fictional = any(each.is_fictional for each in result.ledger.ledgers)
    about = About(sources, is_fictional=fictional)
    rows = (_row(each) for each in result.found.pairs)
    return write_table(Table("reconciliation", COLUMNS, rows), about, output)


def _events(
    paths: tuple[Path, ...], options: VerifyOptions, context: TaskContext
) -> tuple[list[TraceEvent], EvidenceReport]:
    events: list[TraceEvent] = []
    listening = replace(options, on_events=events.extend)
    database = create_case(None)
    report = Engine(None).verify(paths, listening, database, context)
    database.close()
    if report.problem:
        raise ExplorerError(f"{report.path}: {report.problem}")
    if not events:
        raise ExplorerError(
            f"{report.path}: no event was found in it; a mapping profile may be missing"
        )
    return events, report


def _side_json(side: Side) -> dict[str, object]:
    return {
        "lines": side.lines,
        "things": side.things,
        "amounts": {unit: format(n, "f") for unit, n in side.amounts.items()},
    }


def _pair_json(pair: Pair) -> dict[str, object]:
    return {
        "status": pair.status.value,
        "here": _line_json(pair.here),
        "there": _line_json(pair.there),
        "differs": [each.field for each in pair.differences],
    }


def _line_json(line: Line | Absent) -> dict[str, object] | None:
    if isinstance(line, Absent):
        return None
    found = line.entry
    entry = found if isinstance(found, EntryPlace) else None
    return {
        "thing": line.thing,
        "amount": None if isinstance(line.amount, Absent) else format(line.amount, "f"),
        "unit": line.unit,
        "time": None if isinstance(line.time_us, Absent) else iso_utc(line.time_us),
        "step": line.step,
        "position": line.place.position,
        "block": None if entry is None else entry.block,
        "entry": None if entry is None else entry.entry,
        "entry_id": None if entry is None else entry.entry_id,
    }


def _row(pair: Pair) -> Row:
    here, there = _cells(pair.here), _cells(pair.there)
    differs = ", ".join(each.field for each in pair.differences)
    place = Absent.NOT_IN_EXPORT
    position = place if isinstance(pair.here, Absent) else pair.here.place.position
    entry = place if isinstance(pair.there, Absent) else pair.there.entry
    at = (
        (entry.block, entry.entry, entry.entry_id)
        if isinstance(entry, EntryPlace)
        else (place, place, place)
    )
    return (
        pair.status.value,
        here[0],
        there[0],
        *here[1:3],
        *there[1:3],
        here[3],
        there[3],
        here[4],
        there[4],
        differs,
        position,
        *at,
    )


def _cells(line: Line | Absent) -> Row:
    if isinstance(line, Absent):
        return (Absent.NOT_IN_EXPORT,) * 5
    return (line.thing, line.amount, line.unit, line.time_us, line.step)


def shown_times(pair: Pair) -> Iterator[str]:
    """Yield the two times of a pair that differs in them, for people."""
    for line in (pair.here, pair.there):
        if isinstance(line, Line) and isinstance(line.time_us, int):
            yield iso_utc(line.time_us)
