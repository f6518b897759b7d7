"""Writing XLSX workbooks (ECMA-376-1:2016, SpreadsheetML): typed cells, nothing else.

Texts are inline strings with the quote-prefix style, so that they stay texts even when
somebody edits the cell. Members are written as a stream, with a fixed time and a fixed
order: the same rows give the same members. No formulas, no links, no shared strings.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO, Final
from xml.sax.saxutils import escape

from explorer.core.text import printable
from explorer.reports.tables import Cell

MAX_SHEET_ROWS = 1_048_576
"""Rows of one sheet, its head included; more go on the next sheet."""

MAX_CELL_CHARACTERS = 32_767
"""Longest text of a cell."""

MAX_NUMBER = 10**15 - 1
"""Largest integer written as a number: a spreadsheet shows fifteen digits."""

Sheet = tuple[str, Sequence[Cell], Iterable[Sequence[Cell]]]
"""Name, head and rows."""

_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    "</borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    "</cellStyleXfs>"
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"'
    ' applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1"'
    ' applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)
_TEXT_STYLE = 1
_HEAD_STYLE = 2


def write_xlsx(stream: BinaryIO, sheets: Sequence[Sheet], first: int = 0) -> None:
    """Write a workbook; ``first`` is the number of the sheet to show first.

    Sheets are written in the given order, so that a description may be filled in while
    the rows before it go by, and still be shown first.
    """
    names: list[str] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        order = 0
        for number, (name, head, rows) in enumerate(sheets):
            written = _write_sheets(archive, len(names), name, head, rows)
            if number == first:
                order = len(names)
            names += written
        _write_parts(archive, names, order)


def _write_sheets(
    archive: zipfile.ZipFile,
    start: int,
    name: str,
    head: Sequence[Cell],
    rows: Iterable[Sequence[Cell]],
) -> list[str]:
    """Write one sheet, and more if there are too many rows; return their names."""
    names: list[str] = []
    remaining = iter(rows)
    following: Sequence[Cell] | None = next(remaining, None)
    while following is not None or not names:
        names.append(name if not names else f"{name} {len(names) + 1}")
        page = () if following is None else chain((following,), remaining)
        member = f"xl/worksheets/sheet{start + len(names)}.xml"
        with archive.open(_info(member), "w", force_zip64=True) as out:
            for text in _sheet_xml(head, islice(page, MAX_SHEET_ROWS - 1)):
                out.write(text.encode("utf-8"))
        following = next(remaining, None)
    return names


def _sheet_xml(head: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    yield f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    yield "</sheetView></sheetViews><sheetData>\n"
    yield _row_xml(head, _HEAD_STYLE)
    for row in rows:
        yield _row_xml(row, _TEXT_STYLE)
    yield "</sheetData></worksheet>\n"


def _row_xml(row: Sequence[Cell], style: int) -> str:
    return f"<row>{''.join([_cell_xml(value, style) for value in row])}</row>\n"


def _cell_xml(value: Cell, style: int) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int):
        if -MAX_NUMBER <= value <= MAX_NUMBER:
            return f"<c><v>{value}</v></c>"
        value = str(value)
    text = xml_text(value)
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f'<c s="{style}" t="inlineStr"><is><t{space}>{text}</t></is></c>'


def xml_text(text: str) -> str:
    """Return text for a cell: printable, and no ``_xHHHH_`` taken for a character."""
    room = MAX_CELL_CHARACTERS
    shown = printable(text, max(len(text), 1))
    if len(shown) > room:
        note = f"… (+{len(shown) - room + 40} characters)"
        shown = shown[: room - 40] + note
    return escape(_ESCAPED.sub("_x005F_", shown))


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _FIXED_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3  # the same on each system
    info.external_attr = 0o600 << 16
    return info


def _write_parts(archive: zipfile.ZipFile, names: list[str], first: int) -> None:
    numbers = range(1, len(names) + 1)
    order = [*numbers[first:], *numbers[:first]]
    sheets = "".join(
        f'<sheet name="{escape(names[n - 1])}" sheetId="{n}" r:id="rId{n}"/>'
        for n in order
    )
    relations = "".join(
        _relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers
    ) + _relation(len(names) + 1, "styles", "styles.xml")
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        f'ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    parts = {
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(relations),
        "_rels/.rels": _relations(_relation(1, "officeDocument", "xl/workbook.xml")),
        "[Content_Types].xml": _content_types(types),
    }
    for name, text in parts.items():
        archive.writestr(_info(name), text.encode("utf-8"))


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relations(inner: str) -> str:
    opening = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    return f"{_XML}{opening}{inner}</Relationships>"


def _content_types(sheets: str) -> str:
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f"{sheets}</Types>"
    )
