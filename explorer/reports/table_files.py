"""Writing tables to files: CSV, XLSX and JSON Lines, each with its description.

CSV follows RFC 4180 (CRLF line ends, all texts quoted) with a UTF-8 byte order mark,
which spreadsheets need for Chinese; its description stands in a second file,
``NAME.about.json``. XLSX has the description as its first sheet, JSON Lines as its
first line and the totals as its last. A file appears only when it is complete.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from explorer import __version__
from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.model.verdicts import SourceDigest
from explorer.reports.json_report import TOOL_NAME, JsonObject
from explorer.reports.moments import iso_utc, moment_utc
from explorer.reports.tables import (
    MAX_EXACT_INTEGER,
    Cell,
    Period,
    Table,
    Totals,
    cell,
    counted,
    csv_cell,
)
from explorer.reports.xlsx import write_xlsx

CHUNK_BYTES = 2**20


class ExportError(ExplorerError):
    """A table could not be written."""

    def advice(self) -> str:
        """Say what is accepted."""
        return "Name a new file that ends in .csv, .xlsx or .jsonl."


@dataclass(frozen=True, slots=True)
class About:
    """Where the rows come from and how they were chosen."""

    sources: tuple[SourceDigest, ...]
    filters: str = ""
    """The filter in force, as the user wrote it."""
    period: Period | Absent = Absent.NOT_IN_EXPORT
    sample_size: int | Absent = Absent.NOT_IN_EXPORT
    seed: str = ""
    made_at: datetime | Absent = Absent.NOT_IN_EXPORT
    is_fictional: bool = False
    totals: Totals = field(default_factory=Totals)
    """The counters that the rows go by; read when all rows are written."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written."""

    path: Path
    rows: int
    sha256: str
    about: Path | Absent
    """Where its description stands if not in itself."""


def write_table(table: Table, about: About, path: Path) -> Written:
    """Write ``table`` to ``path`` in the format that its ending names.

    Raises:
        ExportError: If the ending is unknown, the path is one of the evidence's own
            files, or the file cannot be written.
        ValueError: If a row does not fit the columns.
    """
    writers: dict[str, Callable[[BinaryIO, Table, About], None]] = {
        ".csv": _write_csv,
        ".xlsx": _write_xlsx,
        ".jsonl": _write_jsonl,
    }
    ending = path.suffix.lower()
    if ending not in writers:
        raise ExportError(f"{path} does not end in .csv, .xlsx or .jsonl")
    sidecar = path.with_name(f"{path.name}.about.json")
    targets = (path, sidecar) if ending == ".csv" else (path,)
    _refuse_evidence(targets, about)
    sha256 = _write(path, lambda stream: writers[ending](stream, table, about))
    rows = about.totals.written
    if ending != ".csv":
        return Written(path, rows, sha256, Absent.NOT_IN_FORMAT)
    described = {**_described(table, about), "sha256": sha256}
    text = json.dumps({**described, **_totals(about)}, indent=1) + "\n"
    _write(sidecar, lambda stream: _put(stream, text))
    return Written(path, rows, sha256, sidecar)


def _refuse_evidence(targets: tuple[Path, ...], about: About) -> None:
    own = {os.path.realpath(each.source.path) for each in about.sources}
    for target in targets:
        if os.path.realpath(target) in own:
            raise ExportError(f"{target} is a file of the evidence")


def _write(path: Path, fill: Callable[[BinaryIO], None]) -> str:
    """Fill a file beside ``path``, then put it in its place; return its SHA-256."""
    part = path.with_name(f".{path.name}.part")
    try:
        try:
            with part.open("xb") as stream:
                fill(stream)
            sha256 = _sha256(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}") from error
    return sha256


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while part := stream.read(CHUNK_BYTES):
            digest.update(part)
    return digest.hexdigest()


def _put(stream: BinaryIO, text: str) -> None:
    stream.write(text.encode("utf-8"))


def _write_csv(stream: BinaryIO, table: Table, about: About) -> None:
    kinds = [column.kind for column in table.columns]
    head = ",".join(f'"{column.name}"' for column in table.columns)
    _put(stream, f"\ufeff{head}\r\n")
    for row in counted(table, about.totals):
        fields = [csv_cell(value, kind) for value, kind in zip(row, kinds, strict=True)]
        _put(stream, ",".join(fields) + "\r\n")


def _write_jsonl(stream: BinaryIO, table: Table, about: About) -> None:
    names = [column.name for column in table.columns]
    _put(stream, json.dumps({"about": _described(table, about)}) + "\n")
    for row in _cells(table, about):
        exact = {name: _exact(v) for name, v in zip(names, row, strict=True)}
        _put(stream, json.dumps(exact) + "\n")
    _put(stream, json.dumps(_totals(about)) + "\n")


def _write_xlsx(stream: BinaryIO, table: Table, about: About) -> None:
    head = [column.name for column in table.columns]
    rows = (table.name, head, _cells(table, about))
    description = ("about", ("field", "value"), _about_rows(table, about))
    write_xlsx(stream, (rows, description), first=1)


def _cells(table: Table, about: About) -> Iterator[list[Cell]]:
    kinds = [column.kind for column in table.columns]
    for row in counted(table, about.totals):
        yield [cell(value, kind) for value, kind in zip(row, kinds, strict=True)]


def _exact(value: Cell) -> Cell:
    if isinstance(value, int) and abs(value) > MAX_EXACT_INTEGER:
        return str(value)
    return value


def _about_rows(table: Table, about: About) -> Iterator[tuple[Cell, Cell]]:
    """Yield the description as rows; taken only after all rows of the table."""
    described = {**_described(table, about), **_totals(about)}
    for key, value in described.items():
        if isinstance(value, str | int):
            yield key, value
        else:
            yield key, json.dumps(value)


def _described(table: Table, about: About) -> JsonObject:
    period, made = about.period, about.made_at
    bounds = None if isinstance(period, Absent) else (period.from_us, period.to_us)
    size = None if isinstance(about.sample_size, Absent) else about.sample_size
    return {
        "tool": f"{TOOL_NAME} {__version__}",
        "table": table.name,
        "made_at": None if isinstance(made, Absent) else moment_utc(made),
        "fictional": about.is_fictional,
        "filter": about.filters,
        "period": None if bounds is None else [iso_utc(at) for at in bounds],
        "sample": None if size is None else {"size": size, "seed": about.seed},
        "columns": {each.name: each.kind.value for each in table.columns},
        "sources": [
            {
                "path": each.source.path,
                "bytes": each.source.size_bytes,
                "sha256": each.sha256,
            }
            for each in about.sources
        ],
    }


def _totals(about: About) -> JsonObject:
    totals = about.totals
    sums = {name: _sum_text(value) for name, value in totals.sums.items()}
    return {
        "totals": {
            "rows": totals.written,
            "population": max(totals.population, totals.written),
            "outside_period": totals.outside,
            "without_time": totals.without_time,
            "sums": sums,
        }
    }


def _sum_text(value: int | Decimal) -> Cell:
    return str(value) if isinstance(value, Decimal) else _exact(value)
