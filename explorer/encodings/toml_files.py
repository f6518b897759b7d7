"""TOML files as typed values, with line and field of whatever is wrong.

Profiles and domain packs are written by hand: a field that is not known, or of the
wrong kind, is an error with its place, for half-understood data would judge wrongly.
"""

import re
import tomllib
from typing import TypeVar

import msgspec

from explorer.core.errors import ProfileError
from explorer.encodings.toml_lines import Key, line_of, toml_lines

_PLACE = re.compile(r" - at `\$(?P<path>.*)`$")
_STEPS = re.compile(r"\.(?P<name>[^.\[\]]+)|\[(?P<index>\d+)\]")
_TOML_LINE = re.compile(r"\(at line (?P<line>\d+), column \d+\)")

Value = TypeVar("Value", bound=msgspec.Struct)


class TomlFile:
    """One file; makes errors of one kind that know their line."""

    def __init__(
        self, data: bytes, name: str, most_bytes: int, error: type[ProfileError]
    ) -> None:
        """Take the bytes of a file; ``name`` is its name for messages.

        Raises:
            ProfileError: Of the kind ``error``, if it is too long or not UTF-8.
        """
        self._name, self._error = name, error
        if len(data) > most_bytes:
            raise error(f"longer than {most_bytes} bytes", name, 1, "")
        try:
            self._text = data.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            line = data[: problem.start].count(b"\n") + 1
            raise error("the bytes are not UTF-8", name, line, "") from problem
        self._lines = toml_lines(self._text)

    def value(self, kind: type[Value]) -> Value:
        """Return what the file says.

        Raises:
            ProfileError: If it is not of this kind.
        """
        values = self._values()
        try:
            return msgspec.convert(values, kind)
        except msgspec.ValidationError as problem:
            place = _PLACE.search(str(problem))
            key = _key(place["path"] if place else "")
            message = _PLACE.sub("", str(problem))
            unknown = re.search(r"unknown field `(.+)`", message)
            where = (*key, unknown[1]) if unknown else key
            raise self.error(message, where) from problem

    def error(self, message: str, key: Key) -> ProfileError:
        """Return an error about a field."""
        return self._error(message, self._name, line_of(self._lines, key), _field(key))

    def _values(self) -> dict[str, object]:
        name, text = self._name, self._text
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            found = _TOML_LINE.search(str(problem))
            line = int(found["line"]) if found else text.count("\n") + 1
            message = f"not TOML: {problem}"
            if "key part" in message or "statement" in message:
                message += "; names of other than a-z, 0-9, _ and - need quotes"
            raise self._error(message, name, line, "") from problem
        except RecursionError as problem:
            raise self._error("nested too deep", name, 1, "") from problem


def _key(path: str) -> Key:
    found = _STEPS.finditer(path)
    return tuple(
        int(each["index"]) if each["index"] else each["name"] for each in found
    )


def _field(key: Key) -> str:
    out = ""
    for each in key:
        out += f"[{each}]" if isinstance(each, int) else f".{each}"
    return out.lstrip(".")
