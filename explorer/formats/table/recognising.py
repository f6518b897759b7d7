"""Recognises spreadsheets: workbooks by their bytes, delimited text by its headings."""

import zipfile
from collections.abc import Sequence
from itertools import islice

from explorer.core.errors import ReadError
from explorer.encodings.tables.delimited import (
    DecodedText,
    decoded,
    delimiter_of,
    rows,
)
from explorer.encodings.tables.worksheets import is_workbook
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.formats.table.pipeline import TablePipeline
from explorer.model.ledgers import Match

HEAD_BYTES = 2**16
"""How much of a text is looked at."""

ROWS_COMPARED = 5
"""So many rows of a ``.txt`` file must have equally many cells."""

_TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".txt")
_WORKBOOK_PART = "xl/workbook.xml"


def probe(files: EvidenceFiles) -> Match:
    """Return whether any file of the evidence is a table."""
    found = [_match(files, each.index) for each in files.evidence.sources]
    return max(found, default=Match.NO)


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[TablePipeline]:
    """Return one pipeline for each table of the evidence.

    Raises:
        ReadError: If a file cannot be read.
    """
    return [
        TablePipeline(files, each.index, options.profiles)
        for each in files.evidence.sources
        if _match(files, each.index) is not Match.NO
    ]


def may_differ(slot: str, one: bytes, other: bytes) -> bool:
    """Return that nothing may: there are no blocks to compare."""
    del slot, one, other
    return False


def _match(files: EvidenceFiles, source: int) -> Match:
    head = files.head(source, HEAD_BYTES)
    path = files.path(source)
    if is_workbook(head):
        is_book = path.suffix.lower() in {".xlsx", ".xlsm"} or _has_workbook(str(path))
        return Match.POSSIBLE if is_book else Match.NO
    if path.suffix.lower() not in _TEXT_ENDINGS or head[:1] in {b"{", b"[", b"<"}:
        return Match.NO
    # A character cut in two at the end of the head must not count against it.
    for cut in range(min(4, len(head)) or 1):
        try:
            text = decoded(head[: len(head) - cut])
        except ReadError:
            continue
        is_table = _is_even(text) if path.suffix.lower() == ".txt" else True
        return Match.POSSIBLE if is_table and delimiter_of(text.text) else Match.NO
    return Match.NO


def _is_even(text: DecodedText) -> bool:
    """Return whether the first rows have equally many cells: prose has not."""
    delimiter = delimiter_of(text.text)
    first = list(islice(rows(text, delimiter or ","), ROWS_COMPARED + 1))
    sizes = {len(each.cells) for each in first[:ROWS_COMPARED]}
    return len(first) > 1 and len(sizes) == 1 and max(sizes) > 1


def _has_workbook(path: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return _WORKBOOK_PART in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
