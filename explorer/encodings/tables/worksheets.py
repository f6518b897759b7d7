"""Rows of XLSX workbooks, read without evaluating anything.

ECMA-376 (Office Open XML) through openpyxl in its reading mode. A formula gives the
result that is stored beside it. What a workbook would unpack to is bounded before it is
opened; a document type definition in any part is refused.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time

import msgspec

from explorer.core.errors import ReadError
from explorer.encodings.tables.delimited import MAX_CELL_CHARACTERS, MAX_CELLS, Row

MAX_UNPACKED_BYTES = 256 * 2**20
"""Most bytes that all parts of a workbook may unpack to."""

MAX_PARTS = 10_000
"""Most parts of a workbook."""

MAX_RATIO = 1_000
"""A part that grows more than so many times is no table of people."""

_RATIO_FROM_BYTES = 2**20
_HEAD_BYTES = 2**16
_DEFINITIONS = (b"<!DOCTYPE", b"<!ENTITY")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, SyntaxError, EOFError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, OSError),
    *(ArithmeticError, RuntimeError, NotImplementedError),
)
"""What openpyxl raises for workbooks that are none, besides its own exception."""


class Sheet(msgspec.Struct, frozen=True):
    """One worksheet."""

    title: str
    rows: tuple[Row, ...]
    is_cut: bool
    """It has more rows than were asked for."""


def is_workbook(head: bytes) -> bool:
    """Return whether a file may be a workbook; ``head`` is its beginning."""
    return head.startswith(b"PK\x03\x04")


def sheets(data: bytes, most_rows: int) -> Iterator[Sheet]:
    """Yield the worksheets in order with at most ``most_rows`` rows each.

    Raises:
        ReadError: ``not-a-workbook``, or ``unpacks-too-large`` or ``document-type``
            for what is not opened.
    """
    from openpyxl import load_workbook  # 0.1 s that only workbooks need
    from openpyxl.utils.exceptions import InvalidFileException

    _refuse_bombs(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions we do not look at
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            try:
                for sheet in book.worksheets:
                    found: list[Row] = []
                    is_cut = False
                    for number, cells in enumerate(
                        sheet.iter_rows(values_only=True), 1
                    ):
                        if number > most_rows:
                            is_cut = True
                            break
                        row = _row(number, cells)
                        if any(row.cells):
                            found.append(row)
                    yield Sheet(sheet.title, tuple(found), is_cut)
            finally:
                book.close()
    except (*_BROKEN, InvalidFileException) as error:
        raise ReadError(f"no workbook: {error}", "not-a-workbook") from error


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            total = sum(each.file_size for each in parts)
            steep = any(
                each.file_size > _RATIO_FROM_BYTES
                and each.file_size > MAX_RATIO * max(each.compress_size, 1)
                for each in parts
            )
            if len(parts) > MAX_PARTS or total > MAX_UNPACKED_BYTES or steep:
                raise ReadError("it unpacks to too much", "unpacks-too-large")
            for each in parts:
                if each.filename.endswith((".xml", ".rels")):
                    with archive.open(each) as part:
                        head = part.read(_HEAD_BYTES)
                    if any(mark in head for mark in _DEFINITIONS):
                        raise ReadError("a part has a definition", "document-type")
    except _BROKEN as error:
        raise ReadError(f"no workbook: {error}", "not-a-workbook") from error


def _row(number: int, cells: tuple[object, ...]) -> Row:
    flaw = "too-many-cells" if len(cells) > MAX_CELLS else ""
    return Row(number, tuple(map(_text, cells[:MAX_CELLS])), 0, 0, flaw)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)[:MAX_CELL_CHARACTERS].strip()
