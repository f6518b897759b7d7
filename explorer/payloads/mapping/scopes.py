"""Records that a mapping profile looks into, and what its paths lead to.

``docs/mapping-profiles.md``, version 1, sections 3 and 4. Numbers keep every digit;
an object that has a key twice is refused, because two readers could see two values.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType

import msgspec

from explorer.core.limits import MAX_NESTING
from explorer.core.spans import ByteSpan
from explorer.encodings.moments import utc_text
from explorer.encodings.templates import Path, Step, parse_path
from explorer.model.content import ROWS_TYPE, EntryContent, KeyWrite
from explorer.model.profiles import Choice, Selection
from explorer.payloads.key_names import thing_id

MAX_VALUES = 100_000
"""Most values that one path may lead to."""

MAX_REMEMBERED_BYTES = 16_384
"""Longest value that is kept for the next rule."""

_EMPTY: tuple[object, ...] = (None, "", [], {})
"""Values that say nothing."""

MAX_DIGITS = 1_000
"""Numbers with more digits than that keep their exponent."""


class RecordError(ValueError):
    """The bytes are no JSON that can be read in one way only."""


class EntryNames(msgspec.Struct, frozen=True):
    """The ``@`` names; what they mean is worked out only when one is asked for."""

    content: EntryContent
    title: str
    write: KeyWrite | None = None
    """The write whose value is the record, if it is one."""
    writes: list[object] | None = None
    """All written values, where the record is the whole entry."""

    def get(self, name: str) -> object:
        """Return what a name stands for, ``None`` if for nothing here."""
        of_content, of_write = _OF_CONTENT.get(name), _OF_WRITE.get(name)
        if of_content is not None:
            return of_content(self.content)
        if of_write is not None:
            return None if self.write is None else of_write(self.write)
        if name == "@title":
            return self.title
        return self.writes if name == "@writes" else None


class Scope(msgspec.Struct, frozen=True):
    """One record, with the entry that it belongs to."""

    record: object
    entry: EntryNames
    span: ByteSpan
    writes: tuple["Scope", ...] = ()
    """The written values of the entry."""

    def find(self, path: Path) -> list[object]:
        """Return the values that a path leads to, in order; nothing is no value."""
        found = self._at(path)
        if len(found) == 1 and type(found[0]) is str:
            return found if found[0] else []
        return [each for each in _flat(found) if each not in _EMPTY]

    def has(self, path: str) -> bool:
        """Return whether a path leads to something, be it an object or a list."""
        return any(each not in _EMPTY for each in self._at(parse_path(path)))

    def chosen(self, rule: Choice) -> Iterator["Scope"]:
        """Yield the records that a rule of an item looks at."""
        if rule.writes:
            parts: Sequence[Scope] = [
                each
                for each in self.writes
                if _pattern(rule.writes).fullmatch(str(each.entry.get("@key")))
            ]
        elif rule.each == "@rows":
            rows = self.record if isinstance(self.record, list) else [self.record]
            parts = [msgspec.structs.replace(self, record=each) for each in rows]
        elif rule.each:
            parts = [
                msgspec.structs.replace(self, record=each)
                for each in self._elements(parse_path(rule.each))
            ]
        else:
            parts = [self]
        return (each for each in parts if each.fits(rule))

    def fits(self, rule: Choice | Selection) -> bool:
        """Return whether the record has what a rule demands of it."""
        if not (rule.having or rule.lacking or rule.equal):
            return True
        return (
            all(self.has(each) for each in rule.having)
            and not any(self.has(each) for each in rule.lacking)
            and all(
                [as_text(found) for found in self.find(parse_path(path))] == [text]
                for path, text in rule.equal.items()
            )
        )

    def _elements(self, path: Path) -> list[object]:
        """Return the elements of the lists that a path leads to."""
        return [e for each in self._at(path) if isinstance(each, list) for e in each]

    def _at(self, path: Path) -> list[object]:
        steps, value = path.steps, self.record
        if path.is_of_entry:
            value, steps = self.entry.get(str(steps[0])), steps[1:]
        for at, step in enumerate(steps):
            if type(value) is not dict or type(step) is int:
                return _followed([value], steps[at:])
            value = value.get(step)
        return [value]


def is_about(rule: Selection, content: EntryContent) -> bool:
    """Return whether a rule is about entries of this kind."""
    return not rule.functions or content.kind in rule.functions


def scopes_of(content: EntryContent, rule: Selection, title: str) -> Iterator[Scope]:
    """Yield the records that a rule looks at, of an entry that it is about.

    Raises:
        RecordError: If a value that the rule wants to look into cannot be read.
    """
    entry = EntryNames(content, title)
    match rule.of:
        case "entry":
            writes = tuple(_writes(entry, "", deleted=False, strict=False))
            names = EntryNames(content, title, writes=[each.record for each in writes])
            span = _first_span(content)
            found: Iterator[Scope] = iter([Scope({}, names, span, writes)])
        case "writes":
            found = _writes(entry, rule.keys, deleted=rule.deleted, strict=True)
        case "documents":
            found = _documents(entry)
        case "arguments":
            found = _arguments(entry)
        case _:
            found = _rows(entry)
    yield from (each for each in found if each.fits(rule))


def as_text(value: object) -> str:
    """Return a value as text; numbers in full, without an exponent."""
    if type(value) is str:
        return value
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal() if abs(value.adjusted()) < MAX_DIGITS:
            return format(value, "f")
        case _:
            return str(value)


def parse_record(data: bytes) -> object:
    """Return what a JSON text says; nobody may change it.

    Raises:
        RecordError: If it is no JSON, nested too deep, or has a key twice.
    """
    return _parsed(data) if len(data) > MAX_REMEMBERED_BYTES else _remembered(data)


@lru_cache(maxsize=256)
def _remembered(data: bytes) -> object:
    return _parsed(data)  # several rules look into the same value


def _parsed(data: bytes) -> object:
    try:
        value = json.loads(
            data.decode(),
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise RecordError(str(error)) from error
    _refuse_depth(value)
    return value


def _refuse_constant(text: str) -> object:
    raise ValueError(f"{text} is no JSON")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse_depth(value: object) -> None:
    layer = [value]
    for _ in range(MAX_NESTING):
        layer = [
            inner
            for each in layer
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not layer:
            return
    raise RecordError(f"nested deeper than {MAX_NESTING}")


def _followed(values: list[object], steps: Sequence[Step]) -> list[object]:
    for step in steps:
        values = _stepped(values, step)
    return values


def _stepped(values: Sequence[object], step: Step) -> list[object]:
    out: list[object] = []
    for each in values:
        if isinstance(step, int):
            if isinstance(each, list) and step < len(each):
                out.append(each[step])
        elif isinstance(each, dict):
            out.append(each.get(step))
        elif isinstance(each, list):
            out += [e.get(step) for e in each if isinstance(e, dict)]
        if len(out) > MAX_VALUES:
            return out[:MAX_VALUES]
    return out


def _flat(values: Sequence[object]) -> Iterator[object]:
    for each in values:
        if isinstance(each, list):
            yield from (e for e in each if not isinstance(e, dict | list))
        elif not isinstance(each, dict):
            yield each


def _argument(text: str) -> object:
    if text[:1] not in {"{", "["}:
        return text
    try:
        return parse_record(text.encode("utf-8", "surrogatepass"))
    except RecordError:
        return text


def _writes(
    entry: EntryNames, keys: str, *, deleted: bool, strict: bool
) -> Iterator[Scope]:
    content, title = entry.content, entry.title
    for write in content.writes:
        if write.is_delete is not deleted:
            continue
        if keys and not _pattern(keys).fullmatch(write.key):
            continue
        try:
            record = {} if deleted else parse_record(write.value)
        except RecordError:
            if strict:
                raise
            continue
        yield Scope(record, EntryNames(content, title, write), write.span)


def _documents(entry: EntryNames) -> Iterator[Scope]:
    for document in entry.content.documents:
        if document.media_type.endswith("json") and document.media_type != ROWS_TYPE:
            found = parse_record(document.data)
            for each in found if isinstance(found, list) else [found]:
                yield Scope(each, entry, document.span)


def _arguments(entry: EntryNames) -> Iterator[Scope]:
    span = _first_span(entry.content)
    for text in entry.content.arguments:
        each = _argument(text)
        if isinstance(each, dict):
            yield Scope(each, entry, span)


def _rows(entry: EntryNames) -> Iterator[Scope]:
    for document in entry.content.documents:
        if document.media_type == ROWS_TYPE:
            yield Scope(parse_record(document.data), entry, document.span)


def _first_span(content: EntryContent) -> ByteSpan:
    spans = [each.span for each in (content.documents or content.writes)[:1]]
    return spans[0] if spans else ByteSpan(0, 0, 0)


_OF_CONTENT: Mapping[str, Callable[[EntryContent], object]] = MappingProxyType(
    {
        "@arguments": lambda entry: [_argument(each) for each in entry.arguments],
        "@author": attrgetter("author"),
        "@id": attrgetter("entry_id"),
        "@kind": attrgetter("kind"),
        "@time": lambda entry: utc_text(entry.time_us),
    }
)
_OF_WRITE: Mapping[str, Callable[[KeyWrite], object]] = MappingProxyType(
    {
        "@key": attrgetter("key"),
        "@space": attrgetter("space"),
        "@thing": lambda write: thing_id(write.space, write.key),
    }
)


@lru_cache(maxsize=1_024)
def _pattern(keys: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, keys.split("*"))), re.DOTALL)
