"""Rows of one event: equal values in the columns that a profile names.

``docs/formats/spreadsheets.md``, section 3. An event may have its rows anywhere in the
table; it stands where its first row does. A row without a value in these columns is an
event of its own.
"""

import json
from collections.abc import Sequence

import msgspec

from explorer.encodings.tables.delimited import Row


class Group(msgspec.Struct, gc=False):
    """The rows of one event."""

    sheet: str
    rows: list[Row]
    records: list[dict[str, str]]

    def data(self) -> bytes:
        """Return the rows as a JSON list of objects, column to text."""
        return json.dumps(self.records, ensure_ascii=False).encode(
            "utf-8", "backslashreplace"
        )


def grouped(
    sheet: str, rows: Sequence[Row], columns: Sequence[str], by: Sequence[str]
) -> list[Group]:
    """Return the events of a sheet in the order of their first rows."""
    groups: list[Group] = []
    known: dict[tuple[str, ...], Group] = {}
    for row in rows:
        record = {
            column: cell
            for column, cell in zip(columns, row.cells, strict=False)
            if cell
        }
        key = tuple(record.get(each, "") for each in by)
        group = known.get(key) if all(key) and key else None
        if group is None:
            group = Group(sheet, [], [])
            groups.append(group)
            if key and all(key):
                known[key] = group
        group.rows.append(row)
        group.records.append(record)
    return groups
