"""What the judges of all forms share."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import msgspec

from explorer.expressions.compiling import Compiled
from explorer.expressions.values import Moment, Quantity, Value
from explorer.payloads.packs.reading import ReadRule
from explorer.payloads.packs.records import Names, Record

MAX_KEYS = 1_000_000
"""Cases, persons or hashes that one rule keeps in mind; later ones are not judged."""

Key = tuple[Value, ...]


class Ref(msgspec.Struct, frozen=True, gc=False):
    """Where a record is."""

    block: int
    entry: int
    position: int
    """Of the entry in its ledger, from 0."""


class Hit(msgspec.Struct, frozen=True):
    """Records that do not fit; the last one completed it."""

    refs: tuple[Ref, ...]
    items: tuple[str, ...]
    detail: str = ""


MISSING_FIELD, TOO_MANY = "field-missing", "too-many-cases"


class Judge:
    """One rule over the records of one ledger, in order."""

    def __init__(self, read: ReadRule, names: Names) -> None:
        """Compile the expressions that the form asks for."""
        self.rule = read.rule
        self.judged = 0
        self.missing: Counter[str] = Counter()
        self._names, self._nodes = names, read.nodes
        self._when = self.one("when")
        self._key = self.all("key")

    def one(self, name: str) -> Compiled | None:
        """Return the function of a field's expression, if it is given."""
        found = self.all(name)
        return found[0] if found else None

    def all(self, name: str) -> tuple[Compiled, ...]:
        """Return the functions of all expressions of a field."""
        return tuple(self._names.compile(each) for each in self._nodes.get(name, ()))

    def applies(self, record: Record) -> bool:
        """Return whether the rule is about this record."""
        return self._when is None or self._when(record) is True

    def key(self, record: Record) -> Key | None:
        """Return the case of the record; nothing, and counted, where it has none."""
        found = tuple(each(record) for each in self._key)
        if None in found:
            self.missing[MISSING_FIELD] += 1
            return None
        return found

    def has_room(self, kept: int) -> bool:
        """Return whether one more case can be kept in mind."""
        if kept < MAX_KEYS:
            return True
        self.missing[TOO_MANY] += 1
        return False

    def take(self, record: Record) -> Iterator[Hit]:
        """Judge one record."""
        raise NotImplementedError

    def height_done(self) -> Iterator[Hit]:
        """Judge what is to be judged when all records of a block are known."""
        return iter(())


def ref_of(record: Record) -> Ref:
    """Return where a record is."""
    content = record.content
    return Ref(content.block, content.entry, record.position)


def shown(value: Value) -> str:
    """Return a value for people."""
    match value:
        case None:
            return "–"
        case bool():
            return "true" if value else "false"
        case Quantity():
            return number_text(value.amount)
        case Moment():
            return str(value.start_us)
        case tuple():
            return ", ".join(value)
    return value


def number_text(amount: Fraction) -> str:
    """Return a number, exact where it has few decimal places."""
    if amount.denominator == 1:
        return str(amount.numerator)
    return f"{float(amount):.10g}"


def items_of(key: Key) -> tuple[str, ...]:
    """Return what a case is called."""
    return tuple(shown(each) for each in key)
