"""Reads domain packs from TOML, and refuses what cannot be meant.

``docs/domain-packs.md``, version 1. Every expression is understood here, so that
judging cannot fail later; each error has its file, line and field.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from explorer.core.errors import PackError, ProfileError
from explorer.encodings.moments import zone_of
from explorer.encodings.templates import parse_path
from explorer.encodings.toml_files import TomlFile
from explorer.encodings.toml_lines import Key
from explorer.expressions.checking import calculated, understood
from explorer.expressions.errors import ExpressionError
from explorer.expressions.syntax import Node
from explorer.expressions.units import UNITS
from explorer.model.packs import Form, Pack, PackField, PackRule
from explorer.payloads.packs.records import Names

MAX_PACK_BYTES = 2**20
"""Longest pack."""

MAX_PACK_RULES = 500
"""Most rules of one pack."""

MAX_BURST = 1_000
"""Most records or values that a burst rule can allow."""

RULE_IDS = frozenset(
    {
        "mass-balance",
        "missing-origin",
        "cloned-serial",
        "impossible-travel",
        "time-order",
        "after-decommission",
        "double-aggregation",
        "custody-gap",
        "role-violation",
        "expired-certificate",
        "disposition-conflict",
        "backdated-record",
        "duplicate-evidence",
        "double-financing",
        "identifier-error",
        "offset-mismatch",
        "sensor-limit",
        "volume-plausibility",
        "scan-pattern",
        "step-missing",
        "step-order",
        "segregation-of-duty",
        "cap-exceeded",
        "conservation",
    }
)
"""Ids that a rule can have; ``docs/rules.md``."""

_FORMS: dict[Form, tuple[frozenset[str], frozenset[str]]] = {
    form: (frozenset(needed.split()), frozenset(allowed.split()))
    for form, needed, allowed in (
        (Form.CONDITION, "demand", "key"),
        (Form.ORDER, "key steps", ""),
        (Form.STEPS, "key steps", "final"),
        (Form.SEPARATE, "key steps", "by"),
        (Form.SUM, "change", "key least most equals at"),
        (Form.UNIQUE, "key", "free same"),
        (Form.MATCH, "key define", "defined_by demand latest needed forbidden"),
        (Form.STATUS, "key moves", "state"),
        (Form.BURST, "key", "most within distinct"),
    )
}
"""Form → fields it needs, fields it may have besides."""

_SHARED = frozenset(
    {
        "id",
        "code",
        "form",
        "message",
        "message_zh",
        "severity",
        "kinds",
        "activities",
        "when",
    }
)
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CONDITIONS = ("when", "demand", "free", "define")
_VALUES = ("by", "least", "most", "equals", "same", "state", "within", "distinct")
_LISTS = ("key", "defined_by")


@dataclass(frozen=True, slots=True)
class ReadRule:
    """A rule with its expressions understood."""

    rule: PackRule
    nodes: dict[str, tuple[Node, ...]]
    """Field → its expressions; ``change.add`` and ``change.when`` for sums."""


@dataclass(frozen=True, slots=True)
class ReadPack:
    """A pack with everything that judging needs."""

    pack: Pack
    names: Names
    rules: tuple[ReadRule, ...]
    heads: dict[str, Node]
    """``activity``, ``area`` and ``organisation``, where they are given."""


def read_pack(data: bytes, name: str) -> ReadPack:
    """Return the pack that a file holds; ``name`` is its name for messages.

    Raises:
        PackError: If it is no pack, with line and field.
    """
    file = TomlFile(data, name, MAX_PACK_BYTES, PackError)
    pack = file.value(Pack)
    for key, message in _flaws(pack):
        raise file.error(message, key)
    names = Names(pack)
    reader = _Reader(file, names)
    heads = {
        head: reader.value((head,), text)
        for head in ("activity", "area", "organisation")
        if (text := getattr(pack, head))
    }
    rules = tuple(reader.rule(("rule", at), each) for at, each in enumerate(pack.rule))
    return ReadPack(pack, names, rules, heads)


class _Reader:
    def __init__(self, file: TomlFile, names: Names) -> None:
        self._file, self._names = file, names

    def rule(self, key: Key, rule: PackRule) -> ReadRule:
        """Return a rule with its expressions.

        Raises:
            PackError: If one cannot be understood.
        """
        nodes: dict[str, tuple[Node, ...]] = {}
        for name in _CONDITIONS:
            if text := getattr(rule, name):
                nodes[name] = (self.condition((*key, name), text),)
        for name in _VALUES:
            if text := getattr(rule, name):
                nodes[name] = (self.value((*key, name), text),)
        for name in _LISTS:
            texts = getattr(rule, name)
            nodes[name] = tuple(self.value((*key, name), each) for each in texts)
        if rule.change:
            place = (*key, "change")
            nodes["change.add"] = tuple(
                self.value(place, each.add) for each in rule.change
            )
            nodes["change.when"] = tuple(
                self.condition(place, each.when or "true") for each in rule.change
            )
        return ReadRule(rule, nodes)

    def condition(self, key: Key, text: str) -> Node:
        """Return an expression that is true or false."""
        try:
            return understood(text, self._names.schema)
        except ExpressionError as error:
            raise self._wrong(key, text, error) from error

    def value(self, key: Key, text: str) -> Node:
        """Return an expression of any kind."""
        try:
            return calculated(text, self._names.schema)[0]
        except ExpressionError as error:
            raise self._wrong(key, text, error) from error

    def _wrong(self, key: Key, text: str, error: ExpressionError) -> ProfileError:
        message = f"{error} ({error.advice()}) in: {text[:100]}"
        return self._file.error(message, key)


def _flaws(pack: Pack) -> Iterator[tuple[Key, str]]:
    """Yield (place, what is wrong) of a pack that has the right shape."""
    if pack.version != 1:
        yield ("version",), "this program reads version 1"
    if not _KEBAB.fullmatch(pack.name):
        yield ("name",), "not in small letters, digits and hyphens"
    if len(pack.rule) > MAX_PACK_RULES:
        yield ("rule",), f"more than {MAX_PACK_RULES} rules"
    yield from _tried(("zone",), pack.zone, zone_of)
    for at, path in enumerate(pack.applies.fields):
        yield from _tried(("applies", "fields", at), path, parse_path)
    for at, field in enumerate(pack.field):
        yield from _field_flaws(("field", at), field)
    for at, rule in enumerate(pack.rule):
        yield from _rule_flaws(("rule", at), rule)
    yield from _twice("field", "name", [each.name for each in pack.field])
    yield from _twice("rule", "code", [each.code for each in pack.rule])
    yield from _word_flaws(pack, {each.name for each in pack.field})


def _twice(table: str, name: str, values: list[str]) -> Iterator[tuple[Key, str]]:
    for at, value in enumerate(values):
        if value in values[:at]:
            yield (table, at, name), f"{value} stands twice"


def _word_flaws(pack: Pack, names: set[str]) -> Iterator[tuple[Key, str]]:
    areas = {each.id for each in pack.areas}
    for at, activity in enumerate(pack.activities):
        if activity.area and activity.area not in areas:
            yield ("activities", at, "area"), f"there is no area {activity.area}"
    for column in pack.view.columns:
        if column not in names and not column.startswith(("entry.", "activity")):
            yield ("view", "columns"), f"there is no field {column}"


def _field_flaws(key: Key, field: PackField) -> Iterator[tuple[Key, str]]:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", field.name):
        yield (*key, "name"), "not in small letters, digits and _"
    if field.unit and field.unit not in UNITS:
        yield (*key, "unit"), f"there is no unit {field.unit}"
    yield from _tried((*key, "path"), field.path, parse_path)
    yield from _tried((*key, "each"), field.each or "x", parse_path)
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,12}|/[1-9][0-9]{0,11})?", field.factor):
        yield (*key, "factor"), "a number such as 0.01 or 1/3 is expected"


def _tried(
    key: Key, text: str, check: Callable[[str], object]
) -> Iterator[tuple[Key, str]]:
    try:
        check(text)
    except ValueError as error:
        yield key, str(error)


def _rule_flaws(key: Key, rule: PackRule) -> Iterator[tuple[Key, str]]:
    if rule.id not in RULE_IDS:
        known = ", ".join(sorted(RULE_IDS))
        yield (*key, "id"), f"there is no rule id {rule.id}; known are {known}"
    if not _KEBAB.fullmatch(rule.code):
        yield (*key, "code"), "not in small letters, digits and hyphens"
    if not (rule.message.strip() and rule.message_zh.strip()):
        yield (*key, "message"), "a sentence is needed in both languages"
    yield from _form_flaws(key, rule)
    if set(rule.final) - set(rule.steps):
        yield (*key, "final"), "it names a step that is not in steps"


def _form_flaws(key: Key, rule: PackRule) -> Iterator[tuple[Key, str]]:
    """Yield which fields the form lacks or has too many."""
    needed, allowed = _FORMS[rule.form]
    given = {
        name for name, default in _DEFAULTS.items() if getattr(rule, name) != default
    }
    for name in sorted(needed - given):
        yield key, f"the form {rule.form.value} needs the field {name}"
    for name in sorted(given - needed - allowed - _SHARED):
        yield (*key, name), f"the form {rule.form.value} has no field {name}"
    if rule.form is Form.SUM and not given & {"least", "most", "equals"}:
        yield key, "a sum needs least, most or equals"
    if rule.form is Form.BURST and not _is_count(rule.most):
        yield (*key, "most"), "a whole number up to 1000 in quotes is expected"


def _is_count(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,4}", text)) and 0 < int(text) <= MAX_BURST


_DEFAULTS: dict[str, object] = {
    name: getattr(PackRule("", "", Form.CONDITION, "", ""), name)
    for name in PackRule.__struct_fields__
    if name not in _SHARED
}
