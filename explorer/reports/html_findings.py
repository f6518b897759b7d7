"""Findings of the HTML report, grouped by cause, each with all that is needed to argue.

The order is always the same: what, expected and computed, where, reason code, how to
repeat it. Which finding causes which is our inference, and is marked so.
"""

from collections.abc import Mapping

from explorer.core.limits import MAX_FINDINGS_PRINTED
from explorer.model.checks import Outcome, Severity
from explorer.model.verdicts import Finding, LedgerReport, Place
from explorer.reports.case import Voice
from explorer.reports.html_sections import more
from explorer.reports.json_report import findings_total
from explorer.reports.page import (
    Html,
    command,
    ev,
    ev_mono,
    facts,
    lines,
    mark,
    ours,
    spaced,
    tag,
)
from explorer.reports.repetition import Repetition, repetition
from explorer.reports.words import finding_word

Numbered = tuple[int, Finding]


def findings_section(
    voice: Voice, ledger: LedgerReport, repeat: Mapping[int, str], first: int
) -> Html:
    """Return the findings; ``first`` is the number of the ledger's first finding."""
    say = voice.say
    total = findings_total(ledger)
    title = tag("h3", ours(f"{say('findings')} ({total})"))
    if not total:
        return lines(title, tag("p", ours(say("no-findings"))))
    shown = list(enumerate(ledger.findings[:MAX_FINDINGS_PRINTED], first))
    parts = [title]
    heading = ""
    for key, (number, finding) in _by_cause(shown):
        if key != heading or key == "root":
            parts.append(tag("h4", ours(say(key))))
            heading = key
        parts.append(_card(voice, number, finding, repeat.get(number, "")))
    parts.append(more(voice, total - len(shown), "more-findings"))
    return lines(*parts)


def _by_cause(findings: list[Numbered]) -> list[tuple[str, Numbered]]:
    """Return findings with the phrase they stand under, causes together."""
    faults = [each for each in findings if _is_fault(each[1])]
    causes = dict.fromkeys(each.cause for _, each in faults if each.cause >= 0)
    out: list[tuple[str, Numbered]] = []
    for cause in causes:
        same = [each for each in faults if each[1].cause == cause]
        out += [("root", each) for each in same if each[1].is_root]
        out += [("follows", each) for each in same if not each[1].is_root]
    out += [("alone", each) for each in faults if each[1].cause < 0]
    others = [each for each in findings if not _is_fault(each[1])]
    out += [("could-not", each) for each in others if _is_open(each[1])]
    out += [("good-to-know", each) for each in others if not _is_open(each[1])]
    return out


def _is_fault(finding: Finding) -> bool:
    is_bad = finding.outcome in {Outcome.FAILED, Outcome.BROKEN}
    return is_bad and finding.severity is not Severity.NOTE


def _is_open(finding: Finding) -> bool:
    return finding.outcome is Outcome.INCONCLUSIVE


def _card(voice: Voice, number: int, finding: Finding, given: str) -> Html:
    say = voice.say
    word = finding_word(finding, say.language)
    what = ours(f"{number + 1}. {word}{say('colon')}{voice.sentence(finding.message)}")
    rows = [
        (ours(say(key)), show(text))
        for key, text, show in (
            ("detail", finding.detail, ev),
            ("expected", finding.expected, ev_mono),
            ("computed", finding.computed, ev_mono),
        )
        if text
    ]
    rows.append((ours(say("place")), _where(voice, finding)))
    code = f"{finding.check} · {finding.reason} · {finding.severity.value}"
    rows.append((ours(say("reason")), tag("code", ours(code))))
    rows += _repeat_row(voice, finding, given)
    head = tag("h4", mark(finding.outcome.word), what)
    return tag("div", head, facts(rows), cls="card")


def _where(voice: Voice, finding: Finding) -> Html:
    say = voice.say
    parts: list[Html] = []
    if finding.block is not None:
        parts.append(ours(say("block-at", height=finding.block)))
    if finding.entry is not None:
        parts.append(ours(say("entry-at", position=finding.entry)))
    if finding.entry_id:
        parts.append(ev_mono(finding.entry_id))
    head = spaced(*parts)
    places = [_place(voice, place) for place in finding.places]
    if not parts and not places:
        return ours(say("not-recorded"))
    return Html("<br>".join([head, *places] if head else places))


def _place(voice: Voice, place: Place) -> Html:
    return spaced(ev_mono(place.path), ours(voice.say.byte_range(place)))


def _repeat_row(voice: Voice, finding: Finding, given: str) -> list[tuple[Html, Html]]:
    how = Repetition(given, ()) if given else repetition(finding)
    if how is None:
        return []
    notes = [tag("p", ours(voice.say(key))) for key in how.explained_by]
    value = Html(command(how.command) + "".join(notes))
    return [(ours(voice.say("repeat")), value)]
