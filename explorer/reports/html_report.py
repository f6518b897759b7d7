"""The audit report as one self-contained HTML page, in English or Chinese.

Shaped after what ISO/IEC 27037:2012 asks of handling digital evidence (auditable,
repeatable, reproducible, justifiable), in words of our own. The last line of the file
holds the SHA-256 of everything before it. Signing or time-stamping the report is left
to other tools.
"""

import hashlib
from collections.abc import Sequence

from explorer import __version__
from explorer.model.verdicts import EvidenceReport, LedgerReport
from explorer.reports.case import CaseHeader, HtmlOptions, RunFacts, Voice
from explorer.reports.html_findings import findings_section
from explorer.reports.html_sections import (
    anchors_section,
    ask_section,
    case_section,
    checked_section,
    limits_section,
    not_checked_section,
    population_section,
    signers_section,
    sources_section,
    two_questions,
    verdict_band,
    why_section,
)
from explorer.reports.json_report import is_unreadable, problem_sentence
from explorer.reports.page import (
    EMPTY,
    STYLE,
    Html,
    command,
    ev,
    ev_mono,
    lines,
    ours,
    tag,
)
from explorer.reports.phrases import Phrases
from explorer.reports.rule_sections import rule_section
from explorer.reports.words import Language, evidence_words, ledger_words

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_report(
    reports: Sequence[EvidenceReport],
    header: CaseHeader,
    run: RunFacts,
    options: HtmlOptions,
) -> bytes:
    """Return the page as UTF-8 with LF line ends.

    Raises:
        ValueError: If ``options.made_at`` has no zone.
    """
    say = Phrases(options.language)
    voice = Voice(say, options.zone, options.translations)
    parts = [
        _head(voice),
        tag("h1", ours(say("title"))),
        case_section(voice, header, run, options, __version__),
    ]
    number = 0
    for report in reports:
        parts.append(_evidence(voice, report, options, number))
        number += sum(len(ledger.findings) for ledger in report.ledgers)
    parts += [limits_section(voice), _command(voice, run)]
    return _sealed(voice, lines(*parts))


def _head(voice: Voice) -> Html:
    code = "zh-Hans" if voice.say.language is Language.ZH else "en"
    return lines(
        Html("<!DOCTYPE html>"),
        Html(f'<html lang="{code}"><head><meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        Html('<meta name="viewport" content="width=device-width">'),
        tag("title", ours(voice.say("title"))),
        Html(f"<style>{STYLE}</style></head><body>"),
    )


def _evidence(
    voice: Voice, report: EvidenceReport, options: HtmlOptions, first: int
) -> Html:
    say = voice.say
    single = report.ledgers[0] if len(report.ledgers) == 1 else None
    words = evidence_words(report, say.language)
    fictional = any(ledger.is_fictional for ledger in report.ledgers)
    parts = [
        tag("h2", ours(say("evidence") + " "), ev_mono(report.path)),
        tag("p", ours(say("fiction")), cls="fiction") if fictional else EMPTY,
        verdict_band(voice, report.verdict, words),
        two_questions(voice, report.verdict, single),
        _unreadable(voice, report) if is_unreadable(report) else EMPTY,
        sources_section(voice, report),
    ]
    number = first
    for ledger in report.ledgers:
        parts.append(_ledger(voice, ledger, options, number, alone=single is not None))
        number += len(ledger.findings)
    return lines(*parts, rule_section(voice, report))


def _unreadable(voice: Voice, report: EvidenceReport) -> Html:
    say = voice.say
    return lines(
        tag("h3", ours(say("seen"))),
        tag("p", ev(problem_sentence(report))),
        tag("p", tag("code", ours(report.problem_reason or "unreadable"))),
        tag("h3", ours(say("advice"))) if report.advice else EMPTY,
        tag("p", ours(report.advice)) if report.advice else EMPTY,
        tag("h3", ours(say("not-checked"))),
        tag("p", ours(say("everything"))),
    )


def _ledger(
    voice: Voice, ledger: LedgerReport, options: HtmlOptions, first: int, *, alone: bool
) -> Html:
    own = EMPTY
    if not alone:
        words = ledger_words(ledger, voice.say.language)
        own = lines(
            tag("h2", ours(voice.say("ledger") + " "), ev(ledger.title)),
            verdict_band(voice, ledger.verdict, words),
            two_questions(voice, ledger.verdict, ledger),
        )
    return lines(
        own,
        why_section(voice, ledger.verdict_reasons),
        anchors_section(voice, ledger),
        population_section(voice, ledger),
        checked_section(voice, ledger.checks),
        not_checked_section(voice, ledger.not_checked),
        signers_section(voice, ledger.parties),
        findings_section(voice, ledger, options.repeat, first),
        ask_section(voice, ledger),
    )


def _command(voice: Voice, run: RunFacts) -> Html:
    title = tag("h3", ours(voice.say("command")))
    if not run.command:
        return lines(title, tag("p", ours(voice.say("not-recorded")), cls="quiet"))
    return lines(title, command(run.command))


def _sealed(voice: Voice, page: Html) -> bytes:
    """Return the page with its own digest as the last line."""
    above = (page + "\n").encode("utf-8")
    digest = hashlib.sha256(above).hexdigest()
    note = ours(voice.say("digest") + voice.say("colon"))
    last = tag("p", note, tag("code", Html(digest)), cls="digest") + "</body></html>\n"
    return above + last.encode("utf-8")
