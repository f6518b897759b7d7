"""Reads a lesson file (docs/lessons.md): TOML 1.0.0, errors with line and field."""

import re
import tomllib
from collections.abc import Iterator

import msgspec

from explorer.core.errors import LessonError
from explorer.encodings.toml_lines import Key, line_of, toml_lines
from explorer.lab.lesson_ledgers import LEDGERS
from explorer.lab.lessons import (
    MAX_ACTIONS,
    MAX_ROWS,
    MAX_STEPS,
    Action,
    Doing,
    Fact,
    Lesson,
    Showing,
    Step,
)
from explorer.model.verdicts import Verdict

MAX_LESSON_BYTES = 256 * 2**10
ORIGINAL = "original"
"""The copy that the printed hash and the keys are taken from."""

_TOML_LINE = re.compile(r"at line (?P<line>\d+)")
_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`")
_STEPS = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<index>\d+)\]")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NEEDS_BLOCK = frozenset(
    {Doing.EDIT, Doing.REHASH_BLOCK, Doing.CUT, Doing.REPEAT_ENTRY, Doing.MINE}
)


def read_lesson(data: bytes, name: str) -> Lesson:
    """Return the lesson that a file holds; ``name`` is its name for messages.

    Raises:
        LessonError: If it is no lesson, with line and field.
    """
    if len(data) > MAX_LESSON_BYTES:
        raise LessonError(f"longer than {MAX_LESSON_BYTES} bytes", name, 1, "")
    try:
        text = data.decode("utf-8-sig")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LessonError("the bytes are not UTF-8", name, line, "") from error
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found["line"]) if found else data.count(b"\n") + 1
        raise LessonError(f"not TOML: {error}", name, line, "") from error
    except RecursionError as error:
        raise LessonError("nested too deep", name, 1, "") from error
    return _checked(values, name, toml_lines(text))


def _checked(values: dict[str, object], name: str, lines: dict[Key, int]) -> Lesson:
    try:
        lesson = msgspec.convert(values, Lesson)
    except msgspec.ValidationError as error:
        place = _PLACE.search(str(error))
        key = _key(place["path"] if place else "")
        message = _PLACE.sub("", str(error))
        unknown = re.search(r"unknown field `(.+)`", message)
        where = (*key, unknown[1]) if unknown else key
        raise LessonError(
            message, name, line_of(lines, where), _field(where)
        ) from error
    for key, message in _flaws(lesson):
        raise LessonError(message, name, line_of(lines, key), _field(key))
    return lesson


def _key(path: str) -> Key:
    return tuple(
        int(each["index"]) if each["index"] else each["name"]
        for each in _STEPS.finditer(path)
    )


def _field(key: Key) -> str:
    out = ""
    for each in key:
        out += f"[{each + 1}]" if isinstance(each, int) else f".{each}"
    return out.lstrip(".")


def _flaws(lesson: Lesson) -> Iterator[tuple[Key, str]]:
    """Yield (place, what is wrong) of a lesson that has the right shape."""
    if not _NAME.fullmatch(lesson.name):
        yield ("name",), "not in small letters, digits and hyphens"
    if ORIGINAL not in lesson.start:
        yield ("start",), f"no copy is called {ORIGINAL}"
    for copy, ledger in lesson.start.items():
        if ledger not in LEDGERS:
            known = ", ".join(LEDGERS)
            yield ("start", copy), f"no ledger is called {ledger}; there are {known}"
    if not 1 <= len(lesson.step) <= MAX_STEPS:
        yield ("step",), f"there are not 1 to {MAX_STEPS} steps"
    copies = set(lesson.start)
    for number, step in enumerate(lesson.step):
        at: Key = ("step", number)
        yield from _step_flaws(at, step, copies)
        yield from _row_flaws((*at, "rows"), step, copies, lesson)
        yield from _expectation_flaws((*at, "expect"), step, copies)


def _step_flaws(at: Key, step: Step, copies: set[str]) -> Iterator[tuple[Key, str]]:
    if len(step.action) > MAX_ACTIONS:
        yield (*at, "action"), f"more than {MAX_ACTIONS} actions"
    for number, action in enumerate(step.action):
        yield from _action_flaws((*at, "action", number), action, copies)
        copies.add(action.copy)
    for number, fact in enumerate(step.fact):
        yield from _fact_flaws((*at, "fact", number), fact, copies)


def _row_flaws(
    at: Key, step: Step, copies: set[str], lesson: Lesson
) -> Iterator[tuple[Key, str]]:
    if not 1 <= len(step.rows) <= MAX_ROWS:
        yield at, f"not 1 to {MAX_ROWS} rows"
    for copy in step.rows:
        if copy not in copies:
            yield at, f"no copy is called {copy} here"
        if copy not in lesson.row:
            yield at, f"there is no [row.{copy}]"


def _expectation_flaws(
    at: Key, step: Step, copies: set[str]
) -> Iterator[tuple[Key, str]]:
    for number, expected in enumerate(step.expect):
        here = (*at, number)
        if expected.copy not in copies:
            yield (*here, "copy"), f"no copy is called {expected.copy} here"
        if expected.verdict not in set(Verdict):
            yield (*here, "verdict"), f"no verdict is called {expected.verdict}"


def _action_flaws(
    at: Key, action: Action, copies: set[str]
) -> Iterator[tuple[Key, str]]:
    if action.copy == ORIGINAL:
        yield (*at, "copy"), f"{ORIGINAL} stays as it was handed over"
    named, field = action.copy, "copy"
    if action.kind is Doing.COPY:
        named, field = action.source, "from"
    elif action.source:
        yield (*at, "from"), f"{action.kind} works on its own copy"
    if named not in copies:
        yield (*at, field), f"no copy is called {named!r} here"
    if action.kind in _NEEDS_BLOCK and action.block < 0:
        yield (*at, "block"), f"{action.kind} needs a block"
    if action.kind is Doing.EDIT and not action.old:
        yield (*at, "old"), "there is nothing to replace"
    if action.kind is Doing.ADD and not (action.author and action.id and action.text):
        yield at, "an added record needs author, id and text"
    yield from _hex_flaws(at, action)


def _hex_flaws(at: Key, action: Action) -> Iterator[tuple[Key, str]]:
    if action.kind is Doing.BYTES:
        if action.offset < 0:
            yield (*at, "offset"), "bytes needs an offset"
        for field, text in (("old", action.old), ("new", action.new)):
            if not re.fullmatch(r"([0-9a-f]{2})+", text):
                yield (*at, field), "not bytes in small hex digits"
    if action.bits and not re.fullmatch(r"[0-9a-f]{8}", action.bits):
        yield (*at, "bits"), "not 8 small hex digits"


def _fact_flaws(at: Key, fact: Fact, copies: set[str]) -> Iterator[tuple[Key, str]]:
    if fact.show is Showing.VOTE and len(fact.copies) < 2:
        yield (*at, "copies"), "a vote needs two copies at least"
    named = fact.copies if fact.show is Showing.VOTE else (fact.copy,)
    for copy in named:
        if copy not in copies:
            yield at, f"no copy is called {copy!r} here"
