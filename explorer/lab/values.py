"""Values of records that can be edited in place, with the bytes where they stand."""

import json
import re
from dataclasses import dataclass

from explorer.encodings.canonical_json import canonical_bytes
from explorer.lab.operations import OperationError

MAX_VALUES = 64
"""Values found in one block."""

MAX_TEXT = 200
"""Longest text that may be put in, in characters."""

_PAYLOAD = re.compile(rb'"payload":\{(?P<inside>.*?)\},"time":"')
_SCALAR = re.compile(rb'"(?P<name>(?:[^"\\]|\\.)*)":(?P<value>"(?:[^"\\]|\\.)*"|-?\d+)')


@dataclass(frozen=True, slots=True)
class EditableValue:
    """A text or a whole number of a record."""

    name: str
    text: str
    start: int
    """Offset in the file of the JSON value, quotes included."""
    end: int
    is_number: bool


def editable_values(line: bytes, offset: int) -> tuple[EditableValue, ...]:
    """Return the values in the records of a chain-jsonl block at ``offset``."""
    found: list[EditableValue] = []
    for payload in _PAYLOAD.finditer(line):
        for scalar in _SCALAR.finditer(line, *payload.span("inside")):
            if len(found) == MAX_VALUES:
                return tuple(found)
            start, end = scalar.span("value")
            raw = scalar["value"]
            found.append(
                EditableValue(
                    scalar["name"].decode("utf-8", "replace"),
                    _text(raw),
                    offset + start,
                    offset + end,
                    raw[:1] != b'"',
                )
            )
    return tuple(found)


def change_value(data: bytes, value: EditableValue, text: str) -> bytes:
    """Return the file with another value in its place, written as canonical JSON.

    Raises:
        OperationError: If it is too long, or no whole number where one stood.
    """
    if len(text) > MAX_TEXT:
        raise OperationError(f"more than {MAX_TEXT} characters")
    if value.is_number and not re.fullmatch(r"0|-?[1-9][0-9]{0,14}", text):
        raise OperationError(f"{text!r} is no whole number")
    new = text.encode() if value.is_number else canonical_bytes(text)
    return data[: value.start] + new + data[value.end :]


def _text(raw: bytes) -> str:
    if raw[:1] != b'"':
        return raw.decode()
    try:
        return str(json.loads(raw))
    except ValueError:
        return raw.decode("utf-8", "replace")
