"""Reads mapping profiles from TOML, and refuses what cannot be meant.

``docs/mapping-profiles.md``, version 1, over TOML 1.0.0. A field that is not known, a
text that is no text, a path that does not end: each is an error with line and field,
because a profile that is half understood would draw a wrong graph.
"""

import re
from collections.abc import Callable, Iterator

import msgspec

from explorer.core.errors import ProfileError
from explorer.encodings.moments import check_form, zone_of
from explorer.encodings.templates import Path, parse_path, parse_template
from explorer.encodings.toml_files import TomlFile
from explorer.encodings.toml_lines import Key
from explorer.model.events import EventKind
from explorer.model.profiles import (
    Choice,
    EventRule,
    Profile,
    Selection,
    TableRule,
    TimeRule,
    Words,
)

MAX_PROFILE_BYTES = 2**20
"""Longest profile."""

MAX_RULES = 1_000
"""Most event and master rules of one profile."""

ENTRY_NAMES = frozenset(
    {
        "@arguments",
        "@author",
        "@id",
        "@key",
        "@kind",
        "@space",
        "@thing",
        "@time",
        "@title",
        "@writes",
    }
)
"""Names that begin a path at the entry; ``docs/mapping-profiles.md``, section 3."""

_PATHS = frozenset({"having", "lacking", "equal"})
"""Fields that hold paths, not texts."""

_PLAIN = frozenset(
    {
        *("of", "functions", "keys", "deleted", "kind", "action"),
        *("distinct", "writes"),
    }
)
"""Fields of rules in which braces mean nothing."""


def read_profile(data: bytes, name: str) -> Profile:
    """Return the profile that a file holds; ``name`` is its name for messages.

    Raises:
        ProfileError: If it is no profile, with line and field.
    """
    file = TomlFile(data, name, MAX_PROFILE_BYTES, ProfileError)
    profile = file.value(Profile)
    for key, message in _flaws(profile):
        raise file.error(message, key)
    return profile


def _flaws(profile: Profile) -> Iterator[tuple[Key, str]]:
    """Yield (place, what is wrong) of a profile that has the right shape."""
    if not (profile.event or profile.master):
        yield (), "no [[event]] and no [[master]]: nothing would be read"
    if len(profile.event) + len(profile.master) > MAX_RULES:
        yield ("event",), f"more than {MAX_RULES} rules"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", profile.name):
        yield ("name",), "not in small letters, digits and hyphens"
    yield from _zone_flaws(("zone",), profile.zone)
    yield from _table_flaws(profile.table)
    for kind, rules in (("event", profile.event), ("master", profile.master)):
        for number, rule in enumerate(rules):
            key: Key = (kind, number)
            yield from _selection_flaws(key, rule)
            if isinstance(rule, EventRule):
                yield from _event_flaws(key, rule)
            yield from _text_flaws(key, rule)


def _zone_flaws(key: Key, zone: str) -> Iterator[tuple[Key, str]]:
    try:
        zone_of(zone)
    except ValueError as error:
        yield key, str(error)


def _table_flaws(rule: TableRule) -> Iterator[tuple[Key, str]]:
    try:
        "".encode(rule.encoding or "utf-8")
    except LookupError:
        yield ("table", "encoding"), f"there is no encoding {rule.encoding}"
    if len(rule.delimiter) > 1 or rule.delimiter in {'"', "\r", "\n"}:
        yield ("table", "delimiter"), "the delimiter is one character, and no quote"


def _selection_flaws(key: Key, rule: Selection) -> Iterator[tuple[Key, str]]:
    if rule.of != "writes" and (rule.keys or rule.deleted):
        yield (*key, "of"), 'keys and deleted need of = "writes"'
    if rule.deleted and (rule.having or rule.lacking or rule.equal):
        yield (*key, "deleted"), "a deleted key has no value to look into"


def _event_flaws(key: Key, rule: EventRule) -> Iterator[tuple[Key, str]]:
    named = (
        *(rule.things, rule.quantities, rule.children, rule.child_quantities),
        *(rule.inputs, rule.input_quantities, rule.outputs, rule.output_quantities),
    )
    if not any(named) and not rule.parent:
        yield key, "the rule names no thing"
    makes = bool(
        rule.inputs or rule.input_quantities or rule.outputs or rule.output_quantities
    )
    holds = bool(rule.parent or rule.children or rule.child_quantities)
    if makes and rule.kind is not EventKind.TRANSFORMATION:
        yield (*key, "kind"), "inputs and outputs need kind transformation"
    if rule.kind is EventKind.TRANSFORMATION and not makes:
        yield (*key, "kind"), "a transformation needs inputs or outputs"
    if rule.kind is EventKind.TRANSFORMATION and rule.action:
        yield (*key, "action"), "a transformation has no action"
    tied = {EventKind.AGGREGATION, EventKind.ASSOCIATION, EventKind.TRANSACTION}
    if holds and rule.kind not in tied:
        yield (*key, "kind"), "a parent or children need aggregation or association"
    acted = {EventKind.OBJECT, EventKind.AGGREGATION, EventKind.ASSOCIATION}
    if rule.kind in acted and not rule.action:
        yield (*key, "action"), f"{rule.kind.value} needs ADD, OBSERVE or DELETE"


def _text_flaws(key: Key, rule: msgspec.Struct) -> Iterator[tuple[Key, str]]:
    """Yield what is wrong with the texts, paths and times of a rule and below it."""
    for name in rule.__struct_fields__:
        value, place = getattr(rule, name), (*key, name)
        if name in _PLAIN:
            continue
        if name in _PATHS:
            for path in value:
                yield from _tried(place, path, _known_path)
        elif name == "each":
            if value not in {"", "@rows"}:
                yield from _tried(place, value, _known_path)
        else:
            yield from _value_flaws(place, value)
    if isinstance(rule, Choice) and rule.each and rule.writes:
        yield (*key, "each"), "each and writes exclude one another"


def _value_flaws(key: Key, value: object) -> Iterator[tuple[Key, str]]:
    if isinstance(value, str | Words):
        text = value if isinstance(value, str) else value.value
        yield from _tried(key, text, _known_text)
    elif isinstance(value, TimeRule):
        yield from _time_flaws(key, value)
    elif isinstance(value, msgspec.Struct):
        yield from _text_flaws(key, value)
    elif isinstance(value, dict | tuple):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for name, each in inner:
            yield from _value_flaws((*key, name), each)


def _time_flaws(key: Key, rule: TimeRule) -> Iterator[tuple[Key, str]]:
    yield from _tried(key, rule.value, _known_text)
    yield from _zone_flaws((*key, "zone"), rule.zone)
    for form in rule.forms:
        yield from _tried((*key, "forms"), form, check_form)


def _known_text(text: str) -> None:
    for path in parse_template(text).paths:
        _refuse_unknown(path)


def _known_path(text: str) -> None:
    _refuse_unknown(parse_path(text))


def _refuse_unknown(path: Path) -> None:
    first = path.steps[0]
    if path.is_of_entry and first not in ENTRY_NAMES:
        known = ", ".join(sorted(ENTRY_NAMES))
        raise ValueError(f"there is no {first}; known are {known}")


def _tried(
    key: Key, text: str, check: Callable[[str], object]
) -> Iterator[tuple[Key, str]]:
    try:
        check(text)
    except ValueError as error:
        yield key, str(error)
