"""Judges the records of one ledger with the rules of one pack."""

from collections.abc import Iterable, Iterator, Set

from explorer.expressions.compiling import Compiled
from explorer.expressions.values import Value
from explorer.model.content import EntryContent
from explorer.model.packs import Activity, Form
from explorer.model.verdicts import Inconsistency, KnownAt, RuleRow, Unjudged
from explorer.payloads.packs.reading import ReadPack
from explorer.payloads.packs.records import Record, records_of
from explorer.provenance.pack_rules.base import (
    MISSING_FIELD,
    TOO_MANY,
    Hit,
    Judge,
    shown,
)
from explorer.provenance.pack_rules.facts import (
    BurstJudge,
    ConditionJudge,
    MatchJudge,
    UniqueJudge,
)
from explorer.provenance.pack_rules.flows import (
    OrderJudge,
    SeparateJudge,
    StatusJudge,
    StepsJudge,
)
from explorer.provenance.pack_rules.sums import SumJudge

MAX_ALERTS = 10_000
"""Inconsistencies kept of one rule; more are only counted."""

_JUDGES: dict[Form, type[Judge]] = {
    Form.CONDITION: ConditionJudge,
    Form.ORDER: OrderJudge,
    Form.STEPS: StepsJudge,
    Form.SEPARATE: SeparateJudge,
    Form.SUM: SumJudge,
    Form.UNIQUE: UniqueJudge,
    Form.MATCH: MatchJudge,
    Form.STATUS: StatusJudge,
    Form.BURST: BurstJudge,
}

_SENTENCES = {
    MISSING_FIELD: "A field that the rule needs is not there.",
    TOO_MANY: "There are more cases than the limit.",
}


class PackJudge:
    """One pack over one ledger; entries come in order."""

    def __init__(self, read: ReadPack, path: str) -> None:
        """Judge with ``read``; ``path`` is the file that holds the ledger."""
        self.pack = read.pack
        self.records = 0
        self.found: list[Inconsistency] = []
        self._names, self._path = read.names, path
        self._judges = tuple(
            _JUDGES[each.rule.form](each, read.names) for each in read.rules
        )
        self._totals = [0] * len(self._judges)
        self._by_sort: dict[tuple[str, str], tuple[int, ...]] = {}
        self._heads: dict[str, Compiled] = {
            name: read.names.compile(node) for name, node in read.heads.items()
        }
        self._activities = {each.id: each for each in read.pack.activities}
        self._position = 0
        self._block: int | None = None
        self._last: Record | None = None
        self._closes_heights = any(each.rule.at == "height" for each in read.rules)

    def take(self, contents: Iterable[EntryContent]) -> None:
        """Judge the records of some entries."""
        for content in contents:
            if content.block != self._block:
                self._close_height()
                self._block = content.block
            if content.accepted:
                for payload in records_of(content, self.pack):
                    self._take(Record(payload, content, self._position, self._names))
            self._position += 1

    def finish(self) -> None:
        """Judge what waits for the end of the last block."""
        self._close_height()

    def leave_out(self, told: Set[tuple[str, frozenset[tuple[int, int]]]]) -> None:
        """Leave out what another rule of the same id said of the same entries."""
        kept: list[Inconsistency] = []
        codes = [judge.rule.code for judge in self._judges]
        for each in self.found:
            if (each.rule, frozenset(each.entries)) in told:
                self._totals[codes.index(each.reason)] -= 1
            else:
                kept.append(each)
        self.found = kept

    def rows(self) -> Iterator[RuleRow]:
        """Yield what each rule did."""
        for at, judge in enumerate(self._judges):
            yield RuleRow(
                judge.rule.id,
                judge.rule.code,
                self._totals[at],
                judge.judged,
                tuple(
                    Unjudged(code, _SENTENCES[code], count)
                    for code, count in sorted(judge.missing.items())
                    if count
                ),
                (),
            )

    def _take(self, record: Record) -> None:
        self.records += 1
        activity = self._heads["activity"](record)
        record.activity = activity if isinstance(activity, str) else ""
        self._last = record
        for at in self._judges_for(record):
            for hit in self._judges[at].take(record):
                self._add(at, hit, record)

    def _judges_for(self, record: Record) -> tuple[int, ...]:
        sort = (record.content.kind, record.activity)
        found = self._by_sort.get(sort)
        if found is None:
            found = tuple(
                at for at, judge in enumerate(self._judges) if _is_about(judge, *sort)
            )
            if len(self._by_sort) < 10_000:
                self._by_sort[sort] = found
        return found

    def _close_height(self) -> None:
        if not self._closes_heights or self._last is None:
            return
        for at, judge in enumerate(self._judges):
            for hit in judge.height_done():
                self._add(at, hit, self._last)
        self._last = None

    def _add(self, at: int, hit: Hit, record: Record) -> None:
        self._totals[at] += 1
        if self._totals[at] > MAX_ALERTS:
            return
        rule, last = self._judges[at].rule, hit.refs[-1]
        unknown = Activity("", "", "")
        activity = self._activities.get(record.activity, unknown)
        area = activity.area or self._head("area", record)
        self.found.append(
            Inconsistency(
                rule.id,
                rule.severity,
                rule.message,
                self._path,
                tuple(dict.fromkeys(each.position for each in hit.refs)),
                hit.items,
                reason=rule.code,
                detail=hit.detail,
                entries=tuple(
                    dict.fromkeys((each.block, each.entry) for each in hit.refs)
                ),
                message_zh=rule.message_zh,
                known_at=KnownAt(
                    self.pack.name,
                    last.block,
                    last.entry,
                    record.content.entry_id,
                    record.activity,
                    activity.checkpoint,
                    area,
                    self._head("organisation", record),
                    self._names.month(record.content.time_us),
                ),
            )
        )

    def _head(self, name: str, record: Record) -> str:
        value: Value = self._heads[name](record) if name in self._heads else None
        return "" if value is None else shown(value)


def _is_about(judge: Judge, kind: str, activity: str) -> bool:
    rule = judge.rule
    if rule.kinds and kind not in rule.kinds:
        return False
    if rule.activities and activity not in rule.activities:
        return False
    return not rule.steps or activity in rule.steps
