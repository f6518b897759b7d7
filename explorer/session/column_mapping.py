"""Columns of a spreadsheet put to the fields of an event, as a profile is made by hand.

A choice of columns becomes a mapping profile (docs/mapping-profiles.md) as TOML, and
that profile, read like any other, shows the first events of the table. Nothing is
guessed but which heading may mean which field, and the user sees and changes that.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from explorer.core.errors import ExplorerError, ProfileError, ReadError
from explorer.core.tasks import TaskContext
from explorer.crypto.trust import TrustStore
from explorer.encodings.profile_files import read_profile
from explorer.encodings.tables.delimited import Row, decoded, delimiter_of, rows
from explorer.encodings.tables.headings import find_headings
from explorer.encodings.tables.worksheets import is_workbook, sheets
from explorer.model.events import EntryPlace, TraceEvent
from explorer.model.ledgers import Remark
from explorer.model.profiles import Profile
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

MAX_TABLE_BYTES = 64 * 2**20
"""Longest file that is looked at for its columns."""

MAX_LOOKED_AT = 200
"""Rows looked at for the columns."""

MAX_SHOWN_ROWS = 5
MAX_EVENTS = 50
"""Events of the preview."""


_PARTY = '{{ type = "possessing_party", id = {0} }}'


class Target(StrEnum):
    """What a column may hold."""

    THING = "thing"
    AMOUNT = "amount"
    UNIT = "unit"
    TIME = "time"
    STEP = "step"
    PLACE = "place"
    SOURCE = "source"
    DESTINATION = "destination"
    INPUT = "input"
    DOCUMENT = "document"
    EVENT = "event"
    """Rows with the same value are one event."""


_HEADINGS: Mapping[Target, str] = {
    Target.THING: "lot|batch|item|serial|epc|box|批次|批号|箱号|追溯码|编号",
    Target.AMOUNT: "quantity|qty|amount|weight|数量|重量|公斤",
    Target.UNIT: "unit|uom|单位",
    Target.TIME: "time|date|日期|时间",
    Target.STEP: "step|activity|event type|what|环节|事件|类型",
    Target.PLACE: "location|place|site|where|地点|产地|仓库",
    Target.SOURCE: "from|seller|supplier|shipper|发货方|卖方|供应商",
    Target.DESTINATION: "to|buyer|customer|receiver|consignee|收货方|买方|客户",
    Target.INPUT: "input|raw material|made from|原料|来源批次",
    Target.DOCUMENT: "document|invoice|reference|po|bol|单据|单号|发票",
    Target.EVENT: "event id|事件编号",
}


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """The columns of one table, and how its first rows look."""

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What the user chose: a column for a field, or nothing."""

    columns: Mapping[Target, str]
    name: str = "my-table"
    zone: str = ""
    """Offset of times written without one."""
    sheet: str = ""
    unit: str = ""
    """Unit of amounts where no column says it."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that could not be read as what it was said to be."""

    row: str
    column: str
    """Heading of the column; the field where it is not known."""
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a mapping makes of a table."""

    events: tuple[TraceEvent, ...]
    """The first ones."""
    total: int
    faults: tuple[CellFault, ...]
    remarks: tuple[Remark, ...] = ()
    problem: str = ""
    """Why nothing could be made of it; with the line and field of the profile."""


def look_at(path: Path) -> tuple[SheetSeen, ...]:
    """Return the tables of a file that have headings.

    Raises:
        ReadError: If it is no table, or too long.
    """
    try:
        if path.stat().st_size > MAX_TABLE_BYTES:
            raise ReadError(f"{path.name} is too long to be looked at", "too-long")
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path.name}: {error.strerror}", "cannot-read") from error
    found: list[SheetSeen] = []
    if is_workbook(data):
        for sheet in sheets(data, MAX_LOOKED_AT):
            found += _seen(sheet.title, sheet.rows)
    else:
        text = decoded(data)
        lines: list[Row] = []
        for row in rows(text, delimiter_of(text.text)):
            lines.append(row)
            if len(lines) >= MAX_LOOKED_AT:
                break
        found += _seen("", lines)
    if not found:
        raise ReadError(f"{path.name} has no row of headings", "no-headings")
    return tuple(found)


def guess(columns: Sequence[str]) -> dict[Target, str]:
    """Return which heading may mean which field; each column once."""
    found: dict[Target, str] = {}
    order = sorted(Target, key=lambda each: each is not Target.EVENT)
    for target in order:
        pattern = re.compile(rf"(?:^|\W)(?:{_HEADINGS[target]})", re.IGNORECASE)
        for column in columns:
            if column not in found.values() and pattern.search(column):
                found[target] = column
                break
    return found


def profile_text(mapping: ColumnChoice) -> str:
    """Return the profile as TOML."""
    chosen = {key: value for key, value in mapping.columns.items() if value}
    lines = ["version = 1", f"name = {_quoted(mapping.name or 'my-table')}"]
    if mapping.zone:
        lines.append(f"zone = {_quoted(mapping.zone)}")
    names = ", ".join(_quoted(each) for each in dict.fromkeys(chosen.values()))
    lines += ["", "[applies]", f"columns = [{names}]"]
    table = []
    if mapping.sheet:
        table.append(f"sheet = {_quoted(mapping.sheet)}")
    if Target.EVENT in chosen:
        table.append(f"group = [{_quoted(chosen[Target.EVENT])}]")
    if table:
        lines += ["", "[table]", *table]
    lines += ["", "[[event]]", 'name = "row"', 'of = "rows"']
    lines += _event_lines(chosen, mapping)
    return "\n".join(lines) + "\n"


def preview(path: Path, text: str, context: TaskContext) -> Preview:
    """Return the first events that the profile ``text`` makes of a table.

    Raises:
        CancelledError: If the context asks to stop.
    """
    try:
        profile = read_profile(text.encode(), "profile")
    except ProfileError as error:
        return Preview((), 0, (), problem=str(error))
    events: list[TraceEvent] = []
    options = VerifyOptions(
        TrustStore(), format="table", profiles=(profile,), on_events=events.extend
    )
    database = create_case(None)
    try:
        report = Engine(None).verify((path,), options, database, context)
    except ExplorerError as error:
        return Preview((), 0, (), problem=str(error))
    finally:
        database.close()
    remarks = tuple(
        remark
        for ledger in report.ledgers
        for remark in ledger.not_checked
        if remark.code.startswith(("mapping-", "table-"))
    )
    faults = tuple(fault for event in events for fault in _faults(event, profile))
    return Preview(
        tuple(events[:MAX_EVENTS]),
        len(events),
        faults[:MAX_EVENTS],
        remarks,
        report.problem,
    )


def _seen(title: str, table: Sequence[Row]) -> list[SheetSeen]:
    found = find_headings(table, ())
    if found is None:
        return []
    some = table[found.row + 1 : found.row + 1 + MAX_SHOWN_ROWS]
    shown = tuple(tuple(each.cells) for each in some)
    return [SheetSeen(title, found.columns, shown)]


def _event_lines(chosen: Mapping[Target, str], mapping: ColumnChoice) -> list[str]:
    is_made = Target.INPUT in chosen
    kind = "transformation" if is_made else "observation"
    paths = {target: _path(column) for target, column in chosen.items()}
    forms = {
        Target.TIME: "time = {0}",
        Target.STEP: "step = {0}",
        Target.PLACE: "read_point = {{ id = {0} }}",
        Target.INPUT: "inputs = [{0}]",
        Target.SOURCE: f"sources = [{_PARTY}]",
        Target.DESTINATION: f"destinations = [{_PARTY}]",
        Target.DOCUMENT: 'transactions = [{{ type = "document", id = {0} }}]',
    }
    lines = [f'kind = "{kind}"']
    lines += [
        form.format(paths[target]) for target, form in forms.items() if target in paths
    ]
    if Target.THING in chosen:
        name = "output_quantities" if is_made else "quantities"
        lines.append(f"{name} = [{_quantity(chosen, mapping)}]")
    return lines


def _quantity(chosen: Mapping[Target, str], mapping: ColumnChoice) -> str:
    parts = ['each = "@rows"', f"thing = {_path(chosen[Target.THING])}"]
    if Target.AMOUNT in chosen:
        parts.append(f"amount = {_path(chosen[Target.AMOUNT])}")
        if Target.UNIT in chosen:
            parts.append(f"unit = {_path(chosen[Target.UNIT])}")
        elif mapping.unit:
            unit = mapping.unit.replace("{", "{{").replace("}", "}}")
            parts.append(f"unit = {_quoted(unit)}")
    return f"{{ {', '.join(parts)} }}"


def _path(column: str) -> str:
    is_plain = re.fullmatch(r"\w[\w ]*", column) is not None
    return _quoted(f"{{{column}}}" if is_plain else f'{{"{column}"}}')


def _quoted(text: str) -> str:
    """Return a TOML basic string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _faults(event: TraceEvent, profile: Profile) -> list[CellFault]:
    entry = event.entry
    row = entry.entry_id if isinstance(entry, EntryPlace) else str(event.place.position)
    rule = profile.event[0]
    columns = {
        "event_time": str(rule.time),
        "time": str(rule.time),
        "step": str(rule.step),
        "read_point": str(rule.read_point.id),
    }
    for quantity in (*rule.quantities, *rule.output_quantities):
        columns |= {
            "amount": str(quantity.amount),
            "unit": str(quantity.unit),
            "thing": str(quantity.thing),
        }
    return [
        CellFault(
            row,
            _heading(columns.get(flaw.field.rsplit(".", 1)[-1], flaw.field)),
            flaw.reason,
            flaw.detail,
        )
        for flaw in event.flaws
    ]


def _heading(template: str) -> str:
    return template.strip("{}").strip('"')
