import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from explorer.core.absent import Absent
from explorer.model.evidence import Source
from explorer.model.verdicts import SourceDigest
from explorer.reports.table_files import About, ExportError, write_table
from explorer.reports.tables import (
    Column,
    ColumnKind,
    Period,
    Row,
    Table,
    Totals,
    in_period,
    unmarked,
)

COLUMNS = (
    Column("height", ColumnKind.INTEGER, summed=True),
    Column("time_utc", ColumnKind.TIME),
    Column("hash", ColumnKind.BYTES),
    Column("author"),
)
ROWS: tuple[Row, ...] = (
    (2**53 + 1, 0, b"\x01\x02", "=cmd()"),
    (1, Absent.NOT_IN_FORMAT, Absent.NOT_IN_EXPORT, '梨, "a"\u202e'),
    (-1, 1_740_801_600_000_001, b"", ""),
)
SOURCE = SourceDigest(Source(0, "case/pears.jsonl", 9, 1), "a3" * 32, unchanged=True)


def _table() -> Table:
    return Table("entries", COLUMNS, iter(ROWS))


def _about(*sources: SourceDigest) -> About:
    return About(
        sources or (SOURCE,),
        filters="author = orchard",
        period=Period(0, 2 * 10**15),
        sample_size=3,
        seed="spring",
        made_at=datetime(2026, 3, 1, tzinfo=UTC),
        is_fictional=True,
        totals=Totals(population=9, outside=4, without_time=2),
    )


def test_csv_and_its_description(
    tmp_path: Path, golden: Callable[[bytes, str], None]
) -> None:
    path = tmp_path / "out.csv"
    written = write_table(_table(), _about(), path)
    data = path.read_bytes()
    golden(data, "entries.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 4
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1][0] == "9007199254740993"
    assert unmarked(rows[1][3]) == "=cmd()"
    assert rows[2][3] == '梨, "a"<U+202E>'
    assert written.sha256 == hashlib.sha256(data).hexdigest()
    assert written.rows == 3
    assert isinstance(written.about, Path)
    about = json.loads(written.about.read_text("utf-8"))
    assert about["sha256"] == written.sha256
    assert about["totals"] == {
        "rows": 3,
        "population": 9,
        "outside_period": 4,
        "without_time": 2,
        "sums": {"height": "9007199254740993"},
    }
    assert about["sample"] == {"size": 3, "seed": "spring"}
    assert about["period"][0] == "1970-01-01T00:00:00.000000Z"
    assert about["sources"][0]["sha256"] == "a3" * 32
    assert about["fictional"] is True
    names = {each.name for each in tmp_path.iterdir()}
    assert names == {"out.csv", "out.csv.about.json"}


def test_json_lines(tmp_path: Path, golden: Callable[[bytes, str], None]) -> None:
    path = tmp_path / "out.jsonl"
    write_table(_table(), _about(), path)
    golden(path.read_bytes(), "entries.jsonl")
    first, *rows, last = [json.loads(line) for line in path.read_text().splitlines()]
    assert first["about"]["table"] == "entries"
    assert rows[0] == {
        "height": "9007199254740993",
        "time_utc": "1970-01-01T00:00:00.000000Z",
        "hash": "0102",
        "author": "=cmd()",
    }
    assert rows[1]["time_utc"] is None
    assert rows[1]["author"] == '梨, "a"\u202e'  # exact here
    assert rows[2]["hash"] == ""
    assert last["totals"]["rows"] == 3


def test_workbook(tmp_path: Path) -> None:
    path = tmp_path / "out.XLSX"
    written = write_table(_table(), _about(), path)
    assert written.about is Absent.NOT_IN_FORMAT
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["about", "entries"]
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    assert json.loads(str(about["totals"]))["rows"] == 3
    assert json.loads(str(about["sources"]))[0]["sha256"] == "a3" * 32
    sheet = book["entries"]
    assert sheet["A2"].value == "9007199254740993"
    assert sheet["A4"].value == -1
    assert sheet["D2"].value == "=cmd()"
    assert sheet["D2"].data_type == "s"
    assert sheet["D3"].value == '梨, "a"<U+202E>'


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_same_rows_same_bytes(tmp_path: Path, ending: str) -> None:
    digests = {
        write_table(_table(), _about(), tmp_path / f"{n}.{ending}").sha256
        for n in range(2)
    }
    assert len(digests) == 1


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_empty_table(tmp_path: Path, ending: str) -> None:
    empty = Table("entries", COLUMNS, iter(()))
    written = write_table(empty, About(()), tmp_path / f"empty.{ending}")
    assert written.rows == 0
    assert written.path.stat().st_size > 0


def test_totals_of_a_period_reach_the_description(tmp_path: Path) -> None:
    totals = Totals()
    rows = in_period(ROWS, 1, Period(0, 10), totals)
    about = About((SOURCE,), period=Period(0, 10), totals=totals)
    write_table(Table("entries", COLUMNS, rows), about, tmp_path / "out.jsonl")
    last = json.loads((tmp_path / "out.jsonl").read_text().splitlines()[-1])
    assert last["totals"]["rows"] == 1
    assert last["totals"]["population"] == 3
    assert last["totals"]["without_time"] == 1
    assert last["totals"]["outside_period"] == 1


def test_refusals(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.csv, \.xlsx or \.jsonl") as caught:
        write_table(_table(), _about(), tmp_path / "out.ods")
    assert caught.value.advice()
    with pytest.raises(ExportError, match="cannot be written"):
        write_table(_table(), _about(), tmp_path / "missing" / "out.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["out.csv", "out.csv.about.json"])
def test_evidence_is_never_overwritten(tmp_path: Path, name: str) -> None:
    evidence = tmp_path / name
    evidence.write_bytes(b"evidence")
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    own = SourceDigest(Source(0, str(link / name), 8, 1), "", unchanged=True)
    with pytest.raises(ExportError, match="file of the evidence"):
        write_table(_table(), _about(own), tmp_path / "out.csv")
    assert evidence.read_bytes() == b"evidence"


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    bad = Table("entries", COLUMNS, iter([ROWS[0], (1,)]))
    with pytest.raises(ValueError, match="1 values"):
        write_table(bad, _about(), path)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
