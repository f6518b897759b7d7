"""A row or some bytes as text to be pasted elsewhere: JSON, CSV, citation, hex, base64.

Texts of the file are made printable; CSV cells that begin like a formula are quoted.
"""

import base64
import csv
import io
import json
from enum import StrEnum
from pathlib import Path

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel
from explorer.gui.viewmodels.wording import loose_text, place_text, time_text
from explorer.model.blocks import NO_BLOCK
from explorer.reports.moments import iso_utc
from explorer.store.queries import Row

MAX_COPIED_BYTES = 2**20
"""Longest run of bytes that is copied as hex or base64."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CopyForm(StrEnum):
    """How something is copied."""

    JSON = "json"
    CSV = "csv"
    CITATION = "citation"
    HEX = "hex"
    BASE64 = "base64"


def form_word(form: CopyForm) -> str:
    """Return the words for the menu."""
    words = {
        CopyForm.JSON: translate("Copy", "Copy as JSON"),
        CopyForm.CSV: translate("Copy", "Copy as CSV"),
        CopyForm.CITATION: translate("Copy", "Copy as citation"),
        CopyForm.HEX: translate("Copy", "Copy bytes as hex"),
        CopyForm.BASE64: translate("Copy", "Copy bytes as base64"),
    }
    return words[form]


def row_text(row: Row, form: CopyForm, case: CaseModel) -> str:
    """Return a row as JSON, CSV or a citation."""
    if form is CopyForm.CITATION:
        return citation(row, case)
    facts = _facts(row, case)
    if form is CopyForm.JSON:
        return json.dumps(facts, ensure_ascii=False, indent=1)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(facts)
    writer.writerow(_cell(each) for each in facts.values())
    return out.getvalue()


def bytes_text(data: bytes, form: CopyForm) -> str:
    """Return bytes as hex or base64."""
    return base64.b64encode(data).decode() if form is CopyForm.BASE64 else data.hex()


def citation(row: Row, case: CaseModel) -> str:
    """Return where a row stands, so that another can find it: file, digest, bytes."""
    path, digest = _source(row, case)
    ledger = case.ledger_report()
    unit = "" if ledger is None else ledger.entry_unit
    position = row.position if row.position >= 0 else None
    place = (
        loose_text(position, unit)
        if row.height == NO_BLOCK
        else place_text(row.height, position)
    )
    span = row.span
    parts = [
        printable(Path(path).name, 120),
        place,
        printable(row.id, 200),
        time_text(row.time_us),
        translate("Copy", "bytes {0}–{1}").format(span.start, span.end),
    ]
    if digest:
        parts.append(f"SHA-256 {digest}")
    return ", ".join(each for each in parts if each)


def _facts(row: Row, case: CaseModel) -> dict[str, object]:
    path, digest = _source(row, case)
    none = row.height == NO_BLOCK
    return {
        "block": None if none else row.height,
        "entry": row.position if row.position >= 0 else None,
        "id": row.id,
        "kind": row.kind,
        "author": row.author,
        "time": None if isinstance(row.time_us, Absent) else iso_utc(row.time_us),
        "refused": row.refused,
        "summary": row.summary,
        "file": path,
        "start": row.span.start,
        "end": row.span.end,
        "file_sha256": digest,
    }


def _source(row: Row, case: CaseModel) -> tuple[str, str]:
    sources = () if case.report is None else case.report.sources
    for each in sources:
        if each.source.index == row.span.source:
            return each.source.path, each.sha256
    return "", ""


def _cell(value: object) -> str:
    text = "" if value is None else printable(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
