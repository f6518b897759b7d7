import io
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from explorer.core.errors import ReadError
from explorer.encodings.tables import worksheets
from explorer.encodings.tables.worksheets import is_workbook, sheets


def book(*rows: list[object], title: str = "Data") -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_cells_become_exact_texts() -> None:
    data = book(
        ["a", 1, 0.1, 12.0, True, None, " x "],
        [],
        [date(2026, 9, 1), datetime(2026, 9, 1, 8, 30)],  # noqa: DTZ001 - as Excel has it
    )
    assert is_workbook(data)
    (sheet,) = sheets(data, 100)
    assert sheet.title == "Data"
    assert sheet.rows[0].cells == ("a", "1", "0.1", "12", "True", "", "x")
    assert sheet.rows[1].cells[:2] == ("2026-09-01", "2026-09-01 08:30:00")
    assert [each.number for each in sheet.rows] == [1, 3]


def test_formulas_are_not_evaluated() -> None:
    (sheet,) = sheets(book(["a", "=1+1"]), 100)
    assert sheet.rows[0].cells == ("a", "")  # nothing is stored beside it


def test_long_sheets_are_cut() -> None:
    (sheet,) = sheets(book(["a"], ["b"], ["c"]), 2)
    assert (len(sheet.rows), sheet.is_cut) == (2, True)


def repacked(data: bytes, extra: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, extra.pop(name, old.read(name)))
        for name, content in extra.items():
            new.writestr(name, content)
    return stream.getvalue()


def test_bombs_are_refused_before_they_are_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = repacked(book(["a"]), {"xl/big.bin": b"\0" * 3_000_000})
    with pytest.raises(ReadError) as refused:
        list(sheets(bomb, 10))
    assert refused.value.reason == "unpacks-too-large"
    monkeypatch.setattr(worksheets, "MAX_UNPACKED_BYTES", 100)
    with pytest.raises(ReadError, match="too much"):
        list(sheets(book(["a"]), 10))


def test_definitions_are_refused() -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(ReadError) as refused:
        list(sheets(repacked(book(["a"]), {"xl/workbook.xml": evil}), 10))
    assert refused.value.reason == "document-type"


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 100, b"no zip at all"],
)
def test_what_is_no_workbook(data: bytes) -> None:
    with pytest.raises(ReadError) as refused:
        list(sheets(data, 10))
    assert refused.value.reason == "not-a-workbook"


def test_a_zip_without_sheets_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(ReadError):
        list(sheets(path.read_bytes(), 10))


_BOOK = book(["a", 1], ["b", 2])


@given(st.integers(0, len(_BOOK) - 1), st.integers(0, 255))
def test_no_changed_byte_makes_it_raise_anything_else(at: int, value: int) -> None:
    data = _BOOK[:at] + bytes([value]) + _BOOK[at + 1 :]
    try:
        list(sheets(data, 10))
    except ReadError as error:
        assert error.reason in {  # noqa: PT017 - both outcomes are right
            "not-a-workbook",
            "unpacks-too-large",
            "document-type",
        }


def test_the_library_is_loaded_only_when_a_workbook_is_read() -> None:
    module = worksheets.__name__
    words = f"import sys, {module}; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
