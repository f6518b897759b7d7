"""One spreadsheet as evidence without blocks: each event of it is an entry.

``docs/formats/spreadsheets.md``. A table holds no hash and no signature, so it is
indeterminate at best. What its columns mean says a mapping profile; without one the
rows are listed and say nothing about things.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.tables.delimited import Row, decoded, delimiter_of, rows
from explorer.encodings.tables.headings import Headings, find_headings
from explorer.encodings.tables.worksheets import is_workbook, sheets
from explorer.formats.opening import EvidenceFiles
from explorer.formats.table import specs
from explorer.formats.table.grouping import Group, grouped
from explorer.model.blocks import NO_BLOCK, Entry, Unreadable
from explorer.model.checks import CheckResult, CheckSpec, Outcome
from explorer.model.content import ROWS_TYPE, Document, EntryContent
from explorer.model.ledgers import Batch, BlockDetail, Closing, Remark, Replayed
from explorer.model.profiles import Profile

NAME = "table"
TITLE = "Spreadsheet (CSV, XLSX)"
REFERENCE = "docs/formats/spreadsheets.md"
EXPORT_HINT = (
    "Ask which system the table was exported from, and for that system's own records: "
    "a table can be changed without a trace."
)
MAX_TABLE_BYTES = 256 * 2**20
"""Longest file that is read."""

MAX_ROWS = 1_000_000
"""Most rows of one table."""

MAX_FLAWS = 1_000
"""Most rows of which it is said what is wrong with them."""

_NOBODY_SIGNED = Remark(
    "table-nobody-signed",
    "A table holds no hash and no signature: nothing shows who wrote it, when, or that "
    "it is unaltered.",
)
_FORMULAS = Remark(
    "table-formulas",
    "Formulas were not evaluated: cells with one were taken with the result stored "
    "beside it.",
)
_ENCODING = Remark(
    "table-encoding-guessed",
    "The file does not state its character encoding; its bytes fit this one.",
)
_NO_PROFILE = Remark(
    "table-no-profile",
    "No mapping profile knows the columns of this table; its rows say nothing about "
    "things. Give one with --profile.",
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    rows: tuple[Row, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class _Parsed:
    groups: Sequence[Group]
    damage: Sequence[Unreadable]
    results: Sequence[CheckResult]
    rows: int


class TablePipeline:
    """One file with one or more tables."""

    format = NAME
    entry_unit = "row"
    checks: tuple[CheckSpec, ...] = specs.CHECKS

    def __init__(
        self, files: EvidenceFiles, source: int, profiles: Sequence[Profile]
    ) -> None:
        """Read nothing yet."""
        self._files = files
        self._source = source
        self._profiles = profiles
        self._size = files.evidence.sources[source].size_bytes
        self._remarks: dict[str, Remark] = {_NOBODY_SIGNED.code: _NOBODY_SIGNED}
        self.title = files.path(source).name

    def read(self) -> Iterator[_Parsed]:
        """Yield the tables of the file, grouped to events."""
        try:
            found = self._sheets()
        except ReadError as error:
            damage = Unreadable(
                specs.FILE_FORM, error.reason, self._span(), NO_BLOCK, str(error)
            )
            yield _Parsed((), (damage,), (), 0)
            return
        yield self._parsed(found)

    def resolve(self, parsed: _Parsed) -> Batch:
        """Return the events as entries."""
        entries = [
            self._entry(number, group) for number, group in enumerate(parsed.groups)
        ]
        bad = len(parsed.damage) + len(parsed.results)
        passed = [(specs.ROW_FORM, max(0, parsed.rows - bad))]
        if not any(each.check == specs.FILE_FORM for each in parsed.damage):
            passed.append((specs.FILE_FORM, 1))
        return Batch(
            (),
            entries,
            (),
            parsed.damage,
            [pair for pair in passed if pair[1]],
            parsed.results,
            done_bytes=self._size,
            total_bytes=self._size,
        )

    def replay(
        self, parsed: _Parsed, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Return the rows of each event; what they mean, a profile must say."""
        del outcomes
        return Replayed(
            contents=[
                EntryContent(
                    NO_BLOCK,
                    entry.position,
                    entry.id,
                    entry.kind,
                    "",
                    author_verified=False,
                    accepted=True,
                    time_us=Absent.NOT_IN_FORMAT,
                    documents=(Document(ROWS_TYPE, group.data(), entry.span),),
                )
                for entry, group in zip(batch.entries, parsed.groups, strict=True)
            ]
        )

    def finish(self) -> Closing:
        """Say what was not checked."""
        return Closing(
            not_checked=tuple(self._remarks.values()), export_hint=EXPORT_HINT
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Refuse: there are no blocks.

        Raises:
            ReadError: Always.
        """
        raise ReadError(f"no block {height}: a table has none", "no-block", span)

    def _sheets(self) -> list[_Sheet]:
        if self._size > MAX_TABLE_BYTES:
            raise ReadError("longer than the limit", "too-long")
        data = self._files.read(self._span())
        return self._workbook(data) if is_workbook(data) else [self._text(data)]

    def _workbook(self, data: bytes) -> list[_Sheet]:
        wanted = {each.table.sheet for each in self._profiles if each.table.sheet}
        found = [
            _Sheet(each.title, each.rows, each.is_cut)
            for each in sheets(data, MAX_ROWS)
        ]
        self._remark(_FORMULAS)
        named = [each for each in found if each.title in wanted]
        return named or found

    def _text(self, data: bytes) -> _Sheet:
        tables = [each.table for each in self._profiles]
        encodings = [each.encoding for each in tables if each.encoding]
        delimiters = [each.delimiter for each in tables if each.delimiter]
        text = decoded(data, encodings[0] if encodings else "")
        if text.is_guessed:
            self._remark(Remark(_ENCODING.code, _ENCODING.sentence, text.encoding))
        delimiter = delimiters[0] if delimiters else delimiter_of(text.text)
        found: list[Row] = []
        for row in rows(text, delimiter or ","):
            if len(found) == MAX_ROWS:
                return _Sheet("", tuple(found), is_cut=True)
            found.append(row)
        return _Sheet("", tuple(found))

    def _parsed(self, found: Sequence[_Sheet]) -> _Parsed:
        groups: list[Group] = []
        damage: list[Unreadable] = []
        results: list[CheckResult] = []
        count = 0
        for sheet in found:
            if sheet.is_cut:
                damage.append(self._damage(specs.FILE_FORM, "too-many-rows"))
            headings = find_headings(sheet.rows, self._profiles)
            if headings is None:
                continue
            body = sheet.rows[headings.row + 1 :]
            count += len(body)
            for row in body:
                if row.flaw and len(damage) < MAX_FLAWS:
                    damage.append(self._damage(specs.ROW_FORM, row.flaw, row))
                elif len(row.cells) > len(headings.columns) and any(
                    row.cells[len(headings.columns) :]
                ):
                    results.append(self._extra(row))
            groups += self._groups(sheet, body, headings)
        if not groups and not damage:
            damage.append(self._damage(specs.FILE_FORM, "no-headings"))
        return _Parsed(groups, damage, results[:MAX_FLAWS], count)

    def _groups(
        self, sheet: _Sheet, body: Sequence[Row], headings: Headings
    ) -> list[Group]:
        profile = headings.profile
        if profile is None:
            self._remark(_NO_PROFILE)
        by = () if profile is None else profile.table.group
        sound = [each for each in body if each.cells]
        found = grouped(sheet.title, sound, headings.columns, by)
        if profile is not None and profile.table.kind:
            for group in found:
                kind = group.records[0].get(profile.table.kind, "")
                group.sheet = kind or group.sheet
        return found

    def _entry(self, number: int, group: Group) -> Entry:
        first = group.rows[0]
        record = group.records[0]
        place = f"{group.sheet} row {first.number}".strip()
        return Entry(
            NO_BLOCK,
            number,
            place,
            group.sheet or "row",
            "",
            self._span(first),
            summary=" · ".join(record.values())[:200],
        )

    def _span(self, row: Row | None = None) -> ByteSpan:
        if row is None or row.end == 0:
            return ByteSpan(self._source, 0, self._size)
        return ByteSpan(self._source, row.start, row.end)

    def _damage(self, check: str, reason: str, row: Row | None = None) -> Unreadable:
        detail = f"row {row.number}" if row else ""
        return Unreadable(check, reason, self._span(row), NO_BLOCK, detail)

    def _extra(self, row: Row) -> CheckResult:
        return CheckResult(
            specs.ROW_FORM,
            Outcome.INCONCLUSIVE,
            "cells-without-column",
            spans=(self._span(row),),
            detail=f"row {row.number}",
        )

    def _remark(self, remark: Remark) -> None:
        self._remarks[remark.code] = remark
