"""The judge of running sums: caps, balances, conservation, ratios."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from explorer.expressions.compiling import Compiled
from explorer.expressions.values import Quantity
from explorer.payloads.packs.reading import ReadRule
from explorer.payloads.packs.records import Names, Record
from explorer.provenance.pack_rules.base import (
    MISSING_FIELD,
    Hit,
    Judge,
    Key,
    Ref,
    items_of,
    number_text,
    ref_of,
)

_SIGNS = {"least": "<", "most": ">", "equals": "≠"}


class _Sum:
    __slots__ = ("bounds", "dimension", "off", "refs", "total")

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.dimension = ""
        self.off: dict[str, Fraction] = {}
        """Bound → by how much the sum was off when last judged."""
        self.refs: tuple[Ref, ...] = ()
        self.bounds: dict[str, Fraction] = {}


class SumJudge(Judge):
    """A running sum stays at least, at most or equal to what is said."""

    def __init__(self, read: ReadRule, names: Names) -> None:
        """Begin with no sum."""
        super().__init__(read, names)
        adds, whens = self.all("change.add"), self.all("change.when")
        self._changes = tuple(zip(whens, adds, strict=True))
        self._bounds: dict[str, Compiled] = {}
        for name in _SIGNS:
            bound = self.one(name)
            if bound is not None:
                self._bounds[name] = bound
        self._by_height = read.rule.at == "height"
        self._sums: dict[Key, _Sum] = {}
        self._changed: dict[Key, _Sum] = {}

    def take(self, record: Record) -> Iterator[Hit]:
        """Add what the record adds; judge it, or leave it to the end of the block."""
        if not self.applies(record):
            return
        amounts = [add(record) for when, add in self._changes if when(record) is True]
        if not amounts:
            return
        key = self.key(record)
        if key is None:
            return
        running = self._sums.get(key)
        if running is None:
            if not self.has_room(len(self._sums)):
                return
            running = self._sums[key] = _Sum()
        if not self._add(running, amounts) or not self._note_bounds(running, record):
            self.missing[MISSING_FIELD] += 1
            return
        running.refs = (*running.refs[-3:], ref_of(record))
        if self._by_height:
            self._changed[key] = running
        else:
            yield from self._judge(key, running)

    def height_done(self) -> Iterator[Hit]:
        """Judge the sums that changed in the block."""
        changed, self._changed = self._changed, {}
        for key, running in changed.items():
            yield from self._judge(key, running)

    def _add(self, running: _Sum, amounts: Sequence[object]) -> bool:
        total, dimension = running.total, running.dimension
        for each in amounts:
            if not isinstance(each, Quantity):
                return False
            if dimension and each.dimension and each.dimension != dimension:
                return False
            dimension = dimension or each.dimension
            total += each.amount
        running.total, running.dimension = total, dimension
        return True

    def _note_bounds(self, running: _Sum, record: Record) -> bool:
        running.bounds = {}
        for name, bound in self._bounds.items():
            value = bound(record)
            if not isinstance(value, Quantity):
                return False
            alike = value.dimension == running.dimension
            if not alike and value.amount and running.total:
                return False
            running.bounds[name] = value.amount
        return True

    def _judge(self, key: Key, running: _Sum) -> Iterator[Hit]:
        self.judged += 1
        for name, bound in running.bounds.items():
            off = running.total - bound
            is_wrong = {"least": off < 0, "most": off > 0, "equals": off != 0}[name]
            before = running.off.get(name, Fraction(0))
            running.off[name] = off if is_wrong else Fraction(0)
            if is_wrong and (not before or (name == "equals" and before != off)):
                words = f"{number_text(running.total)} {_SIGNS[name]} "
                yield Hit(running.refs, items_of(key), words + number_text(bound))
