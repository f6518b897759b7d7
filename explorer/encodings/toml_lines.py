"""On which line of a TOML text a field stands, for error messages.

TOML 1.0.0 (toml.io); ``tomllib`` reads the text but keeps no places. Only what error
messages need: headers of tables, and keys at the beginning of a line. A field inside an
inline table or a list is placed at the line of the key that holds it.
"""

import re
from collections import Counter

Key = tuple[str | int, ...]
"""Names of tables and fields; positions in arrays of tables from 0."""

_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_FIELD = re.compile(r"""\s*(?P<name>(?:[^\s=#"'\[\]]+|"[^"]*"|'[^']*'))\s*=""")


def toml_lines(text: str) -> dict[Key, int]:
    """Return the line, from 1, of each table header and of each field below it."""
    lines: dict[Key, int] = {}
    counts: Counter[Key] = Counter()
    table: Key = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header is not None:
            table = _table(header["name"], counts, is_array=header["open"] == "[[")
            lines.setdefault(table, number)
            continue
        field = _FIELD.match(line)
        if field is not None:
            lines.setdefault((*table, *_names(field["name"])), number)
    return lines


def line_of(lines: dict[Key, int], key: Key) -> int:
    """Return the line of a field, or of the nearest thing around it; 1 at least."""
    for size in range(len(key), 0, -1):
        if key[:size] in lines:
            return lines[key[:size]]
    return 1


def _table(name: str, counts: Counter[Key], *, is_array: bool) -> Key:
    """Return the place of a table; the last element of each array around it."""
    key: Key = ()
    names = _names(name)
    for position, each in enumerate(names):
        key = (*key, each)
        is_last = position == len(names) - 1
        if is_last and is_array:
            counts[key] += 1
        if counts[key]:
            key = (*key, counts[key] - 1)
    return key


def _names(text: str) -> tuple[str, ...]:
    return tuple(each.strip().strip("\"'") for each in text.split("."))
