"""Results for a terminal: short and calm, one evidence after the other.

Every text of the evidence goes through ``core.text.printable`` and stands behind a word
of ours or is indented, so that it can neither move the cursor nor begin a line.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.model.ledgers import Remark
from explorer.model.verdicts import (
    AnchorUse,
    CheckRow,
    EvidenceReport,
    Finding,
    LedgerReport,
    Verdict,
)
from explorer.reports.case import Voice
from explorer.reports.html_sections import COUNTED, block_range, failed_first
from explorer.reports.json_report import (
    findings_total,
    is_unreadable,
    problem_sentence,
)
from explorer.reports.moments import short_utc
from explorer.reports.phrases import Phrases
from explorer.reports.rule_sections import rule_text
from explorer.reports.words import (
    Language,
    Translations,
    VerdictWords,
    evidence_words,
    finding_word,
    ledger_words,
)

MAX_FINDINGS_SHOWN = 20
MAX_LISTED = 20
"""Anchors, organisations or remarks printed in one list."""

_COLOURS = {
    Verdict.FAILED: "31",
    Verdict.UNREADABLE: "1",
    Verdict.INDETERMINATE: "33",
    Verdict.CONSISTENT: "1",
    Verdict.ATTRIBUTED: "34",
    Verdict.ANCHORED: "32",
}
_SIGNS = {
    Verdict.FAILED: "[x]",
    Verdict.UNREADABLE: "[/]",
    Verdict.INDETERMINATE: "[?]",
    Verdict.CONSISTENT: "[=]",
    Verdict.ATTRIBUTED: "[s]",
    Verdict.ANCHORED: "[#]",
}


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How the text report speaks."""

    language: Language = Language.EN
    colour: bool = False
    """Colour the verdict's word (ANSI); never the only sign."""
    translations: Translations = field(default_factory=dict)


def text_report(reports: Sequence[EvidenceReport], options: TextOptions) -> str:
    """Return the text with LF line ends and one at its end."""
    voice = Voice(Phrases(options.language), translations=options.translations)
    parts = [
        "\n".join(_evidence(voice, report, colour=options.colour)) for report in reports
    ]
    return "\n\n".join(parts) + "\n"


def _evidence(voice: Voice, report: EvidenceReport, *, colour: bool) -> Iterator[str]:
    say = voice.say
    yield f"{say.label('evidence')}{printable(report.path)}"
    words = evidence_words(report, say.language)
    yield from _verdict(voice, report.verdict, words, colour=colour)
    if is_unreadable(report):
        reason = report.problem_reason or "unreadable"
        yield f"  {printable(problem_sentence(report))} [{printable(reason)}]"
        if report.advice:
            yield f"  {printable(report.advice)}"
        yield from ("", say("not-checked"), f"  - {say('everything')}")
    changed = [each for each in report.sources if not each.unchanged]
    for each in changed[:MAX_LISTED]:
        yield f"  {printable(each.source.path)}: {say('changed')}"
    for ledger in report.ledgers:
        yield from _ledger(voice, ledger, colour=colour, alone=len(report.ledgers) == 1)
    yield from rule_text(voice, report)


def _verdict(
    voice: Voice, verdict: Verdict, words: VerdictWords, *, colour: bool
) -> Iterator[str]:
    word = f"{_SIGNS[verdict]} {words.word}"
    yield f"\033[{_COLOURS[verdict]}m{word}\033[0m" if colour else word
    yield f"  {words.sentence}"
    yield f"  {voice.say.label('limit')}{words.limit}"


def _ledger(
    voice: Voice, ledger: LedgerReport, *, colour: bool, alone: bool
) -> Iterator[str]:
    say = voice.say
    yield ""
    yield f"{say.label('ledger')}{ledger.format} {printable(ledger.title)}"
    if ledger.is_fictional:
        yield f"  {say('fiction')}"
    if not alone:
        words = ledger_words(ledger, say.language)
        yield from _verdict(voice, ledger.verdict, words, colour=colour)
    yield from _counts(voice, ledger)
    yield from _remarks(voice, "why", ledger.verdict_reasons)
    yield from _anchors(voice, ledger)
    yield from _checks(voice, ledger.checks)
    yield from _remarks(voice, "not-checked", ledger.not_checked)
    yield from _findings(voice, ledger)
    if ledger.verdict is not Verdict.ANCHORED:
        hint = voice.sentence(ledger.export_hint)
        yield from ("", say("ask"), f"  {say('ask-anchor')}")
        if hint:
            yield f"  {printable(hint)}"


def _counts(voice: Voice, ledger: LedgerReport) -> Iterator[str]:
    say = voice.say
    blocks = f"{say.label('blocks')}{ledger.blocks}"
    span = block_range(ledger)
    parts = [
        f"{blocks} ({span})" if span else blocks,
        f"{say.label('entries')}{ledger.entries}",
        f"{say.label('refused')}{ledger.refused}",
        f"{say.label('signatures')}{ledger.signatures}",
    ]
    yield "  " + " · ".join(parts)
    first, last = ledger.first_time_us, ledger.last_time_us
    if not isinstance(first, Absent) and not isinstance(last, Absent):
        span = f"{short_utc(first)} / {short_utc(last)}"
        yield f"  {say.label('times')}{span}"


def _anchors(voice: Voice, ledger: LedgerReport) -> Iterator[str]:
    say = voice.say
    yield from ("", say("anchors"))
    lines = [_anchor(voice, use) for use in ledger.anchors]
    tie = ledger.anchored_to
    if tie is not None:
        origin = printable(voice.sentence(tie.origin))
        what = f"{printable(tie.block_hash)} {printable(tie.what)} ({origin})"
        lines.append(f"{say.label('anchored-to', height=tie.height)}{what}")
    lines += [f"{say.label('uncovered')}{printable(name)}" for name in ledger.uncovered]
    yield from _listed(voice, lines or [say("no-anchors")])


def _anchor(voice: Voice, use: AnchorUse) -> str:
    say = voice.say
    origin = printable(voice.sentence(use.origin))
    kind = voice.anchor_kind(use.kind)
    line = f"{kind}{say('colon')}{printable(use.what)} ({origin})"
    return line if use.agrees else f"{line} · {say.label('agrees')}{say('no')}"


def _listed(voice: Voice, items: Sequence[str]) -> Iterator[str]:
    yield from (f"  - {item}" for item in items[:MAX_LISTED])
    if len(items) > MAX_LISTED:
        yield f"  +{voice.say('more-rows', count=len(items) - MAX_LISTED)}"


def _remarks(voice: Voice, key: str, remarks: Sequence[Remark]) -> Iterator[str]:
    if not remarks and key == "why":
        return
    yield from ("", voice.say(key))
    items = [_remark(voice, remark) for remark in remarks]
    yield from _listed(voice, items or [voice.say("none-listed")])


def _remark(voice: Voice, remark: Remark) -> str:
    sentence = voice.sentence(remark.sentence)
    return f"{sentence} [{printable(remark.detail)}]" if remark.detail else sentence


def _checks(voice: Voice, checks: tuple[CheckRow, ...]) -> Iterator[str]:
    say = voice.say
    yield ""
    if not checks:
        yield from (say("checked"), f"  {say('none-checked')}")
        return
    rows = [(say("checked"), *(say(key) for key, _ in COUNTED))]
    for row in failed_first(checks):
        counts = (str(row.count(outcome)) for _, outcome in COUNTED)
        rows.append((f"  {voice.sentence(row.spec.title)}", *counts))
    yield from _aligned(rows)


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(shown_width, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first + " " * (widths[0] - shown_width(first))]
        for cell, width in zip(rest, widths[1:], strict=True):
            cells.append(" " * (width - shown_width(cell)) + cell)
        yield "  ".join(cells)


def shown_width(text: str) -> int:
    """Return how many columns a terminal takes for ``text`` (UAX 11)."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def _findings(voice: Voice, ledger: LedgerReport) -> Iterator[str]:
    say = voice.say
    total = findings_total(ledger)
    yield from ("", f"{say('findings')} ({total})")
    if not total:
        yield f"  {say('no-findings')}"
    shown = ledger.findings[:MAX_FINDINGS_SHOWN]
    for number, finding in enumerate(shown, 1):
        yield from _finding(voice, number, finding)
    if total > len(shown):
        yield f"  +{total - len(shown)} {_more(say.language)}"


def _more(language: Language) -> str:
    return "项" if language is Language.ZH else "more"


def _finding(voice: Voice, number: int, finding: Finding) -> Iterator[str]:
    say = voice.say
    word = finding_word(finding, say.language)
    yield f"  {number}. {word}{say('colon')}{voice.sentence(finding.message)}"
    code = f"{finding.check} · {finding.reason} · {finding.severity.value}"
    yield f"     {' · '.join((*_where(voice, finding), code))}"
    texts = (
        ("detail", finding.detail),
        ("expected", finding.expected),
        ("computed", finding.computed),
    )
    yield from (
        f"     {say.label(key)}{printable(text)}" for key, text in texts if text
    )
    for place in islice(finding.places, 3):
        where = f"{printable(place.path)}, {say.byte_range(place)}"
        yield f"     {say.label('place')}{where}"


def _where(voice: Voice, finding: Finding) -> Iterable[str]:
    if finding.block is not None:
        yield voice.say("block-at", height=finding.block)
    if finding.entry is not None:
        yield voice.say("entry-at", position=finding.entry)
    if finding.entry_id:
        yield printable(finding.entry_id)
