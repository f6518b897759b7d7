"""Finds the heading row of a table and gives its columns the names of a profile.

``docs/formats/spreadsheets.md``. A heading row is one whose cells are texts, all
different; the first rows of a sheet may hold a title instead. Headings are compared
without regard to case, white space and a trailing star or colon.
"""

import re
from collections.abc import Sequence

import msgspec

from explorer.encodings.tables.delimited import Row
from explorer.model.profiles import Profile

MAX_ROWS_BEFORE = 20
"""So many rows may stand before the headings."""

_NUMBER = re.compile(r"[-+]?[0-9][0-9.,:/\s-]*")


class Headings(msgspec.Struct, frozen=True):
    """The columns of one table."""

    row: int
    """Position of the heading row among the rows."""
    columns: tuple[str, ...]
    """Names as the rules of the profile call them; as written where it has none."""
    profile: Profile | None
    """The profile that knows this table."""


def find_headings(rows: Sequence[Row], profiles: Sequence[Profile]) -> Headings | None:
    """Return the headings: those that a profile knows, else the first that may be."""
    likely = [
        number for number, row in enumerate(rows[:MAX_ROWS_BEFORE]) if _may_be(row)
    ]
    for profile in profiles:
        if not profile.applies.columns:
            continue
        for number in likely:
            columns = _renamed(rows[number].cells, profile)
            if set(profile.applies.columns) <= set(columns):
                return Headings(number, columns, profile)
    for number in likely:
        cells = rows[number].cells
        for given in profiles:
            if _is_for_any(given):
                return Headings(number, _renamed(cells, given), given)
        return Headings(number, _unnamed(cells), None)
    return None


def _may_be(row: Row) -> bool:
    filled = [each for each in row.cells if each]
    are_words = not any(_NUMBER.fullmatch(each) for each in filled)
    return len(filled) > 1 and len(set(filled)) == len(filled) and are_words


def _is_for_any(profile: Profile) -> bool:
    """Return whether the user gave a profile for whatever the table is."""
    applies = profile.applies
    return not (applies.columns or applies.formats or applies.spaces or applies.fields)


def _renamed(cells: Sequence[str], profile: Profile) -> tuple[str, ...]:
    known: dict[str, str] = {}
    for name, others in profile.table.names.items():
        known |= {_plain(each): name for each in (name, *others)}
    known |= {_plain(each): each for each in profile.applies.columns}
    return _unnamed([known.get(_plain(each), each) for each in cells])


def _unnamed(cells: Sequence[str]) -> tuple[str, ...]:
    """Return names that differ: empty and repeated ones get their column's number."""
    out: list[str] = []
    for number, each in enumerate(cells, 1):
        name = each or f"column {number}"
        out.append(f"{name} ({number})" if name in out else name)
    return tuple(out)


def _plain(text: str) -> str:
    return " ".join(text.casefold().rstrip("*:：").split())
