"""Judges of cases that go through steps: order, missing steps, persons, status."""

from collections.abc import Iterator

from explorer.expressions.values import Value
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


class OrderJudge(Judge):
    """No step comes after a later one of the same case."""

    def __init__(self, read: ReadRule, names: Names) -> None:
        """Begin with no case."""
        super().__init__(read, names)
        self._steps = {name: at for at, name in enumerate(read.rule.steps)}
        self._latest: dict[Key, tuple[int, Ref]] = {}

    def take(self, record: Record) -> Iterator[Hit]:
        """Judge one step."""
        at = self._steps.get(record.activity)
        if at is None or not self.applies(record):
            return
        key = self.key(record)
        if key is None:
            return
        self.judged += 1
        ref = ref_of(record)
        latest = self._latest.get(key)
        if latest is not None and latest[0] > at:
            words = f"{self.rule.steps[latest[0]]} → {record.activity}"
            yield Hit((latest[1], ref), items_of(key), words)
        elif latest is not None or self.has_room(len(self._latest)):
            self._latest[key] = (at, ref)


class StepsJudge(Judge):
    """When a final step comes, all steps before it have been."""

    def __init__(self, read: ReadRule, names: Names) -> None:
        """Begin with no case."""
        super().__init__(read, names)
        steps = read.rule.steps
        self._steps = {name: at for at, name in enumerate(steps)}
        self._final = frozenset(read.rule.final or steps[-1:])
        self._seen: dict[Key, tuple[int, Ref]] = {}
        """Case → (bits of the steps that were or were told, last record)."""

    def take(self, record: Record) -> Iterator[Hit]:
        """Judge one step."""
        at = self._steps.get(record.activity)
        if at is None or not self.applies(record):
            return
        key = self.key(record)
        if key is None:
            return
        ref = ref_of(record)
        seen, last = self._seen.get(key, (0, ref))
        if record.activity in self._final:
            self.judged += 1
            before = (1 << at) - 1
            if before & ~seen:
                lacking = [
                    name
                    for name, each in self._steps.items()
                    if each < at and not seen >> each & 1
                ]
                refs = (ref,) if last == ref else (last, ref)
                yield Hit(refs, items_of(key), ", ".join(lacking))
            seen |= before
        if key in self._seen or self.has_room(len(self._seen)):
            self._seen[key] = (seen | 1 << at, ref)


class SeparateJudge(Judge):
    """No person does two of the steps of one case."""

    def __init__(self, read: ReadRule, names: Names) -> None:
        """Begin with no case."""
        super().__init__(read, names)
        self._steps = frozenset(read.rule.steps)
        by = self.one("by")
        self._by = by or names.compile(read.nodes["by"][0])
        self._done: dict[Key, dict[str, tuple[Value, Ref]]] = {}

    def take(self, record: Record) -> Iterator[Hit]:
        """Judge one step."""
        step = record.activity
        if step not in self._steps or not self.applies(record):
            return
        key, person = self.key(record), self._by(record)
        if key is None or person is None:
            self.missing[MISSING_FIELD] += person is None
            return
        done = self._done.get(key)
        if done is None:
            if not self.has_room(len(self._done)):
                return
            done = self._done[key] = {}
        self.judged += 1
        ref = ref_of(record)
        same = [
            (name, earlier)
            for name, (who, earlier) in done.items()
            if who == person and name != step
        ]
        if same:
            words = " = ".join([*(name for name, _ in same), step])
            refs = (*(each for _, each in same), ref)
            yield Hit(refs, items_of(key), f"{words}: {shown(person)}")
        done[step] = (person, ref)


class StatusJudge(Judge):
    """A thing goes only from a state to one that may follow."""

    def __init__(self, read: ReadRule, names: Names) -> None:
        """Begin with nothing known."""
        super().__init__(read, names)
        self._moves = {
            state: frozenset(each) for state, each in read.rule.moves.items()
        }
        self._known = frozenset(self._moves).union(*self._moves.values())
        self._state = self.one("state")
        self._now: dict[Key, tuple[str, Ref]] = {}

    def take(self, record: Record) -> Iterator[Hit]:
        """Judge one move."""
        state = record.activity if self._state is None else self._state(record)
        if not isinstance(state, str) or state not in self._known:
            return
        key = self.key(record) if self.applies(record) else None
        if key is None:
            return
        self.judged += 1
        ref = ref_of(record)
        before, last = self._now.get(key, ("", ref))
        if state not in self._moves.get(before, frozenset()):
            refs = (last, ref) if before else (ref,)
            yield Hit(refs, items_of(key), f"{before or '–'} → {state}")
        if key in self._now or self.has_room(len(self._now)):
            self._now[key] = (state, ref)
