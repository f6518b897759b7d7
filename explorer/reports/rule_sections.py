"""Inconsistent records, and what the rules could and could not judge, in reports.

They never change the verdict; the note beside them says so. Events are named by their
position in their file, or by block and entry where a ledger holds them.
"""

from collections.abc import Iterator, Sequence

from explorer.core.limits import MAX_FINDINGS_PRINTED
from explorer.core.text import printable
from explorer.model.verdicts import EvidenceReport, Inconsistency, RuleRow
from explorer.reports.case import Voice
from explorer.reports.html_sections import more
from explorer.reports.json_report import inconsistencies_total
from explorer.reports.page import (
    EMPTY,
    Html,
    ev,
    ev_mono,
    lines,
    mark,
    ours,
    table,
    tag,
)

MAX_NAMED = 12
"""Events or items named in one line; the others are counted."""

MAX_LINES = 20
"""Inconsistencies in a text report."""


def rule_text(voice: Voice, report: EvidenceReport) -> Iterator[str]:
    """Yield the lines of a text report; none where no event was read."""
    say = voice.say
    total = inconsistencies_total(report)
    if not total and not rule_rows(report):
        return
    yield ""
    yield f"{say('inconsistencies')} ({total})"
    yield f"  {say('inconsistencies-note')}"
    for each in report.inconsistencies[:MAX_LINES]:
        yield f"  - {each.rule} · {each.severity.value}: {_said(voice, each)}"
        yield f"    {say.label('events')}{printable(_where(each))}"
        yield f"    {say.label('items')}{printable(_some(each.items))}"
    if total > MAX_LINES:
        yield f"  +{say('more-rows', count=total - MAX_LINES)}"
    unjudged = [
        f"  - {row.rule}: {voice.sentence(each.sentence)} ({each.count})"
        for row in rule_rows(report)
        for each in row.unjudged
    ]
    if unjudged:
        yield from ("", say("rules-not-judged"), *unjudged)
    settings = [
        f"{name} {value}" for row in rule_rows(report) for name, value in row.settings
    ]
    if settings:
        some = "; ".join(dict.fromkeys(settings))
        yield from ("", say("rules-settings"), f"  {printable(some)}")


def rule_section(voice: Voice, report: EvidenceReport) -> Html:
    """Return both tables for the HTML report; nothing where no event was read."""
    say = voice.say
    if not report.inconsistencies and not rule_rows(report):
        return EMPTY
    rows = [
        (
            Html(mark("inconsistent") + tag("code", ours(each.rule))),
            ev(_said(voice, each)),
            ev_mono(each.path),
            ev(_events(each)),
            ev(", ".join(each.items)),
        )
        for each in report.inconsistencies[:MAX_FINDINGS_PRINTED]
    ]
    total = inconsistencies_total(report)
    return lines(
        tag(
            "h3" if len(report.ledgers) <= 1 else "h2",
            ours(say("inconsistencies")),
        ),
        tag("p", ours(say("inconsistencies-note"))),
        table(_heads(voice, ("reason", "what", "file", "events", "items")), rows)
        if rows
        else EMPTY,
        more(voice, total - MAX_FINDINGS_PRINTED),
        _rules_table(voice, rule_rows(report)),
    )


def rule_rows(report: EvidenceReport) -> list[RuleRow]:
    """Return what each rule did in each ledger."""
    return [row for ledger in report.ledgers for row in ledger.rules]


def _rules_table(voice: Voice, rules: Sequence[RuleRow]) -> Html:
    if not rules:
        return EMPTY
    rows = []
    for row in rules:
        unjudged = [
            f"{voice.sentence(each.sentence)} ({each.count})" for each in row.unjudged
        ]
        settings = [f"{name} {value}" for name, value in row.settings]
        rows.append(
            (
                tag("code", ours(row.rule)),
                ours(voice.sentence(row.title)),
                ours(str(row.found)),
                ours(str(row.judged)),
                ours(" ".join(unjudged)),
                ev("; ".join(settings)),
            )
        )
    keys = ("rule", "rule-holds", "rule-found", "rule-judged", "rules-not-judged")
    return table(_heads(voice, (*keys, "rules-settings")), rows)


def _heads(voice: Voice, keys: tuple[str, ...]) -> tuple[Html, ...]:
    return tuple(ours(voice.say(key)) for key in keys)


def _said(voice: Voice, each: Inconsistency) -> str:
    message = printable(_sentence(voice, each))
    return f"{message} [{printable(each.detail)}]" if each.detail else message


def _sentence(voice: Voice, each: Inconsistency) -> str:
    """Return the sentence; that of a domain pack is in the pack."""
    if each.known_at is None:
        return voice.sentence(each.message)
    return each.message_zh if voice.say.language == "zh" else each.message


def _where(each: Inconsistency) -> str:
    return f"{each.path} {_events(each)}"


def _events(each: Inconsistency) -> str:
    if each.entries:
        return _some([f"{block}:{entry}" for block, entry in each.entries])
    own = _some([str(position) for position in each.events])
    others = [f"{path} {_some(list(map(str, some)))}" for path, some in each.elsewhere]
    return "; ".join([own, *others])


def _some(names: Sequence[str]) -> str:
    rest = len(names) - MAX_NAMED
    shown = ", ".join(names[:MAX_NAMED])
    return f"{shown} (+{rest})" if rest > 0 else shown
