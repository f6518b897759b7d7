"""Records that do not fit together, and what the rules could not judge, as lines.

An inconsistency never changes the verdict and never says why. Those of one rule and one
reason are one line with a count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from explorer.core.text import printable
from explorer.gui.translations import current_language, sentence, translate
from explorer.gui.viewmodels.case import Place
from explorer.gui.viewmodels.wording import counted, grouped, loose_text, place_text
from explorer.model.blocks import NO_BLOCK
from explorer.model.verdicts import Inconsistency, LedgerReport, RuleRow
from explorer.reports.words import Language

MAX_NAMED = 3
"""Items named in the second line of a list."""

MAX_PLACES = 12
"""Entries offered one by one."""

MAX_ITEMS = 20


@dataclass(frozen=True, slots=True)
class RecordLine:
    """Inconsistencies of one rule and one reason."""

    records: tuple[Inconsistency, ...]
    rule: RuleRow | None = None

    @property
    def title(self) -> str:
        """Return what does not fit: our own sentence, or that of a domain pack."""
        return said(self.records[0])

    @property
    def where(self) -> str:
        """Return the rule, and the items or how often it was found."""
        first = self.records[0]
        if len(self.records) > 1:
            times = translate("Records", "found {0} times").format(
                grouped(len(self.records))
            )
            return f"{first.rule} · {times}"
        detail, items = printable(first.detail, 80), items_text(first.items, MAX_NAMED)
        return " · ".join(filter(None, (first.rule, detail, items)))


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that could not judge some records."""

    rule: RuleRow

    @property
    def title(self) -> str:
        """Return what would hold."""
        return sentence(self.rule.title)

    @property
    def where(self) -> str:
        """Return the rule and how often it could not be applied."""
        count = sum(each.count for each in self.rule.unjudged)
        times = counted(
            count,
            translate("Records", "cannot be judged once: a field is missing"),
            translate("Records", "cannot be judged {0} times: a field is missing"),
        )
        return f"{self.rule.rule} · {times}"


@dataclass(frozen=True, slots=True)
class SettingsLine:
    """All rules with what they did and their tolerances."""

    rules: tuple[RuleRow, ...]

    @property
    def title(self) -> str:
        """Return its name in the list."""
        return translate("Records", "All rules and their settings")

    @property
    def where(self) -> str:
        """Return how many rules ran, and how many found nothing."""
        quiet = sum(not each.found for each in self.rules)
        text = translate("Records", "{0} rules, {1} found nothing")
        return text.format(grouped(len(self.rules)), grouped(quiet))


AnyRecordLine = RecordLine | RuleLine | SettingsLine


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """One part of the list."""

    heading: str
    lines: tuple[AnyRecordLine, ...]


def record_lines(records: Iterable[Inconsistency]) -> list[RecordLine]:
    """Return inconsistencies of one rule and reason together, in their order."""
    same: dict[tuple[str, str], list[Inconsistency]] = {}
    for each in records:
        same.setdefault((each.rule, each.reason or each.message), []).append(each)
    return [RecordLine(tuple(some)) for some in same.values()]


def record_groups(ledger: LedgerReport | None) -> list[RecordGroup]:
    """Return the parts of the list below the findings; none if no rule ran."""
    if ledger is None or not (ledger.rules or ledger.inconsistencies):
        return []
    rules = {row.rule: row for row in ledger.rules}
    found = tuple(
        RecordLine(line.records, rules.get(line.records[0].rule))
        for line in record_lines(ledger.inconsistencies)
    )
    unjudged = tuple(RuleLine(row) for row in ledger.rules if row.unjudged)
    groups = []
    if found:
        total = max(len(ledger.inconsistencies), sum(row.found for row in ledger.rules))
        name = translate("Records", "Records that do not fit together · {0}")
        groups.append(RecordGroup(name.format(grouped(total)), found))
    if unjudged:
        name = translate("Records", "Rules that lacked a field · {0}")
        groups.append(RecordGroup(name.format(grouped(len(unjudged))), unjudged))
    if ledger.rules:
        every = SettingsLine(tuple(ledger.rules))
        name = translate("Records", "Rules about records")
        groups.append(RecordGroup(name, (every,)))
    return groups


def items_text(items: Sequence[str], most: int) -> str:
    """Return the names of items, and how many more there are."""
    shown = ", ".join(printable(each, 60) for each in items[:most])
    more = len(items) - most
    if more <= 0:
        return shown
    return translate("Records", "{0} and {1} more").format(shown, grouped(more))


def places_of(record: Inconsistency, ledger: int, unit: str) -> list[tuple[str, Place]]:
    """Return the entries that hold the events, with the words for each."""
    item = record.items[0] if record.items else ""
    found = [
        (place_text(block, entry), Place(ledger, block, entry, item=item))
        for block, entry in record.entries
    ]
    found += [
        (loose_text(entry, unit), Place(ledger, NO_BLOCK, entry, item=item))
        for entry in record.loose
    ]
    return found


def events_text(record: Inconsistency) -> str:
    """Return the files and the positions of the events in them."""
    parts = [(record.path, record.events), *record.elsewhere]
    texts = []
    for path, events in parts:
        if not events:
            continue
        name = printable(path.replace("\\", "/").rsplit("/", 1)[-1], 60)
        numbers = ", ".join(grouped(each) for each in events[:MAX_PLACES])
        more = len(events) - MAX_PLACES
        if more > 0:
            numbers += translate("Records", " and {0} more").format(grouped(more))
        texts.append(f"{name}: {numbers}")
    return "\n".join(texts)


def settings_text(rule: RuleRow | None) -> str:
    """Return the tolerances that a rule used."""
    if rule is None or not rule.settings:
        return ""
    return "\n".join(f"{name} = {value}" for name, value in rule.settings)


def said(each: Inconsistency) -> str:
    """Return the sentence; a domain pack brings its own in both languages."""
    if each.known_at is None:
        return sentence(each.message)
    is_chinese = current_language() is Language.ZH
    return printable(each.message_zh if is_chinese else each.message, 300)
