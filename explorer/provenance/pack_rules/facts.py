"""Judges of single records, and of records beside what earlier ones said."""

from collections import deque
from collections.abc import Iterator

from explorer.expressions.syntax import (
    Binary,
    Call,
    Collection,
    Name,
    Negative,
    Node,
    Not,
    Range,
)
from explorer.expressions.values import Moment, Quantity, Value
from explorer.payloads.packs.reading import ReadRule
from explorer.payloads.packs.records import Names, Record
from explorer.provenance.pack_rules.base import (
    MISSING_FIELD,
    Hit,
    Judge,
    Key,
    Ref,
    items_of,
    ref_of,
    shown,
)

MAX_DETAIL_NAMES = 6
"""Fields whose values are told."""


class ConditionJudge(Judge):
    """Every record fits the condition."""

    def __init__(self, read: ReadRule, names: Names) -> None:
        """Know which fields to tell."""
        super().__init__(read, names)
        (node,) = read.nodes["demand"]
        self._demand = names.compile(node)
        self._told = tuple(dict.fromkeys(names_in(node)))[:MAX_DETAIL_NAMES]

    def take(self, record: Record) -> Iterator[Hit]:
        """Judge one record."""
        if not self.applies(record):
            return
        holds = self._demand(record)
        if holds is None:
            self.missing[MISSING_FIELD] += 1
            return
        self.judged += 1
        if holds is False:
            key = tuple(each(record) for each in self._key)
            told = "; ".join(f"{each} = {shown(record(each))}" for each in self._told)
            yield Hit((ref_of(record),), items_of(key), told)


class MatchJudge(Judge):
    """A record fits the earlier one that it refers to, which must be there."""

    def __init__(self, read: ReadRule, names: Names) -> None:
        """Begin with nothing to refer to."""
        super().__init__(read, names)
        self._define = names.compile(read.nodes["define"][0])
        self._defined_by = self.all("defined_by") or self._key
        self._demand = self.one("demand")
        demand = read.nodes.get("demand", ())
        self._told = tuple(dict.fromkeys(n for each in demand for n in names_in(each)))
        self._kept_names = tuple(
            each.removeprefix("earlier.")
            for each in self._told
            if each.startswith("earlier.")
        )
        self._kept: dict[Key, tuple[Ref, tuple[Value, ...]]] = {}

    def take(self, record: Record) -> Iterator[Hit]:
        """Judge one record, then remember what it defines."""
        if self.applies(record):
            yield from self._judge(record)
        if self._define(record) is True:
            self._remember(record)

    def _judge(self, record: Record) -> Iterator[Hit]:
        key = self.key(record)
        if key is None:
            return
        kept = self._kept.get(key)
        if kept is None:
            if self.rule.needed and not self.rule.forbidden:
                self.judged += 1
                yield Hit((ref_of(record),), items_of(key))
            return
        ref, values = kept
        if self._demand is None:
            self.judged += 1
            if self.rule.forbidden:
                yield Hit((ref, ref_of(record)), items_of(key))
            return
        record.earlier = dict(zip(self._kept_names, values, strict=True))
        holds = self._demand(record)
        if holds is None:
            self.missing[MISSING_FIELD] += 1
            return
        self.judged += 1
        if holds is False:
            told = "; ".join(f"{each} = {shown(record(each))}" for each in self._told)
            yield Hit((ref, ref_of(record)), items_of(key), told)

    def _remember(self, record: Record) -> None:
        key = tuple(each(record) for each in self._defined_by)
        if None in key:
            self.missing[MISSING_FIELD] += 1
            return
        if key not in self._kept:
            if not self.has_room(len(self._kept)):
                return
        elif not self.rule.latest:
            return
        values = tuple(record(each) for each in self._kept_names)
        self._kept[key] = (ref_of(record), values)


class UniqueJudge(Judge):
    """A key stands once, until it is set free."""

    def __init__(self, read: ReadRule, names: Names) -> None:
        """Begin with no key."""
        super().__init__(read, names)
        self._free, self._same = self.one("free"), self.one("same")
        self._first: dict[Key, tuple[Ref, Value]] = {}

    def take(self, record: Record) -> Iterator[Hit]:
        """Judge one record."""
        if self._free is not None and self._free(record) is True:
            key = self.key(record)
            if key is not None:
                self._first.pop(key, None)
            return
        key = self.key(record) if self.applies(record) else None
        if key is None:
            return
        self.judged += 1
        same = None if self._same is None else self._same(record)
        first = self._first.get(key)
        if first is None:
            if self.has_room(len(self._first)):
                self._first[key] = (ref_of(record), same)
        elif same is None or same != first[1]:
            yield Hit((first[0], ref_of(record)), items_of(key))


class BurstJudge(Judge):
    """Not more than so many records, or different values, with one key."""

    def __init__(self, read: ReadRule, names: Names) -> None:
        """Begin with no key."""
        super().__init__(read, names)
        self._most = int(read.rule.most)
        self._distinct = self.one("distinct")
        within = self.one("within")
        self._within: Value = None
        if within is not None:
            self._within = within(lambda _: None)
        self._recent: dict[Key, deque[tuple[int, Value, Ref]]] = {}

    def take(self, record: Record) -> Iterator[Hit]:
        """Judge one record."""
        key = self.key(record) if self.applies(record) else None
        if key is None:
            return
        time = record("entry.time")
        now = time.start_us if isinstance(time, Moment) else None
        value = None if self._distinct is None else self._distinct(record)
        is_vague = self._distinct is not None and value is None
        if is_vague or (now is None and self._within is not None):
            self.missing[MISSING_FIELD] += 1
            return
        recent = self._recent.get(key)
        if recent is None:
            if not self.has_room(len(self._recent)):
                return
            recent = self._recent[key] = deque(maxlen=self._most + 2)
        self.judged += 1
        self._forget(recent, now or 0)
        if self._distinct is not None and any(each[1] == value for each in recent):
            return
        recent.append((now or 0, value, ref_of(record)))
        if len(recent) == self._most + 1:
            refs = tuple(each[2] for each in recent)
            words = ", ".join(shown(each[1]) for each in recent if each[1] is not None)
            if self._within is not None:
                recent.clear()  # the next burst is another one
            yield Hit(refs, items_of(key), words)

    def _forget(self, recent: deque[tuple[int, Value, Ref]], now: int) -> None:
        if not isinstance(self._within, Quantity):
            return
        while recent and now - recent[0][0] > self._within.amount:
            recent.popleft()


def names_in(node: Node) -> Iterator[str]:
    """Yield the fields that an expression names."""
    if isinstance(node, Name):
        yield node.name
    for each in _parts(node):
        yield from names_in(each)


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Call():
            return node.arguments
        case Not() | Negative():
            return (node.operand,)
        case Binary():
            return node.left, node.right
        case Range():
            return node.low, node.high
        case Collection():
            return node.items
    return ()
