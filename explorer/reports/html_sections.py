"""Sections of the HTML report about the verdict, its ties and what was looked at."""

from explorer.core.absent import Absent
from explorer.model.checks import Outcome
from explorer.model.ledgers import Party, Remark
from explorer.model.verdicts import (
    AnchorUse,
    CheckRow,
    EvidenceReport,
    LedgerReport,
    Verdict,
)
from explorer.reports.case import CaseHeader, HtmlOptions, RunFacts, Voice
from explorer.reports.json_report import TOOL_NAME
from explorer.reports.moments import in_zone, moment_utc, short_utc
from explorer.reports.page import (
    EMPTY,
    Html,
    bullets,
    command,
    ev,
    ev_mono,
    facts,
    grouped_hex,
    lines,
    mark,
    ours,
    spaced,
    table,
    tag,
)
from explorer.reports.words import VerdictWords

MAX_ROWS_PRINTED = 10_000
"""Files or signers printed in one table; the number of the others is stated."""

COUNTED = (
    ("passed", Outcome.PASSED),
    ("failed", Outcome.FAILED),
    ("open", Outcome.INCONCLUSIVE),
    ("not-applicable", Outcome.NOT_APPLICABLE),
    ("broken", Outcome.BROKEN),
)
"""Columns of the table of checks."""


def case_section(
    voice: Voice, header: CaseHeader, run: RunFacts, options: HtmlOptions, version: str
) -> Html:
    """Return who examined what, with which tool; empty fields say so."""
    made = options.made_at
    texts = {
        "case-id": header.case,
        "examiner": header.examiner,
        "organisation": header.organisation,
        "purpose": header.purpose,
        "period": header.period,
        "time-zone": header.time_zone,
        "tool": f"{TOOL_NAME} {version}",
        "python": run.python,
        "cryptography": run.cryptography,
        "self-test": run.self_test,
        "made-at": "" if isinstance(made, Absent) else moment_utc(made),
        "as-of": run.as_of,
        "trust": run.trust,
        "policy": run.algorithm_policy,
        "filters": run.filters,
        "notes": header.notes,
    }
    rows = [(ours(voice.say(key)), _given(voice, text)) for key, text in texts.items()]
    return facts(rows)


def _given(voice: Voice, text: str) -> Html:
    if text:
        return ours(text)
    return tag("span", ours(voice.say("not-recorded")), cls="quiet")


def verdict_band(voice: Voice, verdict: Verdict, words: VerdictWords) -> Html:
    """Return the band; only words of our own catalogue are ever in it."""
    return tag(
        "div",
        tag("div", mark(verdict.value, 30), ours(words.word), cls="word"),
        tag("p", ours(words.sentence), cls="lead"),
        tag(
            "p",
            tag("b", ours(voice.say("limit"))),
            ours(voice.say("colon") + words.limit),
        ),
        cls=f"band {verdict.value}",
    )


def two_questions(
    voice: Voice, verdict: Verdict, ledger: LedgerReport | None = None
) -> Html:
    """Return the two separate answers: after entry, and before entry."""
    anchored = ledger.anchored_to if ledger else None
    if verdict is Verdict.ANCHORED and anchored is not None:
        after = voice.say("after-anchored", height=anchored.height)
        answer = tag("p", tag("b", ours(after), cls="green"))
    elif verdict is Verdict.ANCHORED:
        answer = tag("p", ours(voice.say("after-several")))
    else:
        answer = tag("p", tag("b", ours(voice.say(f"after-{verdict.value}"))))
    return tag(
        "div",
        tag("div", tag("h4", ours(voice.say("after"))), answer),
        tag(
            "div",
            tag("h4", ours(voice.say("before"))),
            tag("p", ours(voice.say("before-text"))),
        ),
        cls="pair",
    )


def anchors_section(voice: Voice, ledger: LedgerReport) -> Html:
    """Return what ties the ledger to the outside, each with its origin."""
    say = voice.say
    parts = [tag("h3", ours(say("anchors")))]
    if ledger.anchors:
        keys = ("kind", "what", "origin", "file", "agrees")
        rows = [_anchor_row(voice, use) for use in ledger.anchors]
        parts.append(table(_heads(voice, keys), rows))
    else:
        parts.append(tag("p", ours(say("no-anchors"))))
    if ledger.anchored_to is not None:
        tie = ledger.anchored_to
        upto = ours(say("anchored-to", height=tie.height) + say("colon"))
        origin = ours(f"({voice.sentence(tie.origin)})")
        value = spaced(ev_mono(tie.block_hash), ev(tie.what), origin)
        parts.append(tag("p", upto, value))
    if ledger.uncovered:
        parts.append(tag("h4", ours(say("uncovered"))))
        parts.append(bullets([ev(name) for name in ledger.uncovered]))
    return lines(*parts)


def _anchor_row(voice: Voice, use: AnchorUse) -> tuple[Html, ...]:
    return (
        ours(voice.anchor_kind(use.kind)),
        ev(use.what),
        ours(voice.sentence(use.origin)),
        ev_mono(use.source),
        ours(voice.say("yes" if use.agrees else "no")),
    )


def sources_section(voice: Voice, report: EvidenceReport) -> Html:
    """Return the files with their digests, and whether they stayed as they were."""
    rows = [
        (
            ev_mono(each.source.path),
            ours(str(each.source.size_bytes)),
            ev_mono(each.sha256),
            ours(voice.say("yes" if each.unchanged else "changed")),
        )
        for each in report.sources[:MAX_ROWS_PRINTED]
    ]
    heads = (
        *_heads(voice, ("file", "bytes")),
        ours("SHA-256"),
        ours(voice.say("unchanged")),
    )
    rest = more(voice, len(report.sources) - MAX_ROWS_PRINTED)
    return lines(tag("h3", ours(voice.say("sources"))), table(heads, rows), rest)


def more(voice: Voice, count: int, key: str = "more-rows") -> Html:
    """Return how many are not printed, nothing if none."""
    return tag("p", ours(voice.say(key, count=count))) if count > 0 else EMPTY


def population_section(voice: Voice, ledger: LedgerReport) -> Html:
    """Return how much there is, and from where to where."""
    say = voice.say
    entries = spaced(
        ours(str(ledger.entries)), ours(f"({voice.sentence(ledger.entry_unit)})")
    )
    rows = [
        (ours(say("format")), ours(ledger.format)),
        (ours(say("ledger")), ev(ledger.title)),
        (ours(say("blocks")), ours(str(ledger.blocks))),
        (ours(say("range")), ours(block_range(ledger) or say("not-recorded"))),
        (ours(say("entries")), entries),
        (ours(say("refused")), ours(str(ledger.refused))),
        (ours(say("signatures")), ours(str(ledger.signatures))),
        (ours(say("parties")), ours(str(len(ledger.parties)))),
        (ours(say("times")), _times(voice, ledger)),
        (ours(say("last-hash")), _hash_or_none(voice, ledger.last_hash)),
    ]
    return lines(tag("h3", ours(say("population"))), facts(rows))


def block_range(ledger: LedgerReport) -> str:
    """Return the first and last height, empty where there are no blocks."""
    if ledger.first is None or ledger.last is None:
        return ""
    return f"{ledger.first}–{ledger.last}"


def _hash_or_none(voice: Voice, text: str) -> Html:
    return ev_mono(grouped_hex(text)) if text else ours(voice.say("not-recorded"))


def _times(voice: Voice, ledger: LedgerReport) -> Html:
    shown = (_time(voice, ledger.first_time_us), _time(voice, ledger.last_time_us))
    return Html("<br>".join(shown))


def _time(voice: Voice, time_us: int | Absent) -> Html:
    if isinstance(time_us, Absent):
        return ours(voice.say("not-recorded"))
    beside = in_zone(time_us, voice.zone)
    return ours(short_utc(time_us) + (f" ({beside})" if beside else ""))


def checked_section(voice: Voice, checks: tuple[CheckRow, ...]) -> Html:
    """Return every check with its counts, failed ones first."""
    title = tag("h3", ours(voice.say("checked")))
    if not checks:
        return lines(title, tag("p", ours(voice.say("none-checked"))))
    keys = ("check", "kind", *(key for key, _ in COUNTED), "premises")
    rows = [_check_row(voice, row) for row in failed_first(checks)]
    return lines(title, table(_heads(voice, keys), rows, "counts"))


def failed_first(checks: tuple[CheckRow, ...]) -> list[CheckRow]:
    """Return the rows, those with failed or broken answers first."""
    bad = (Outcome.FAILED, Outcome.BROKEN)
    return sorted(checks, key=lambda row: not any(map(row.count, bad)))


def row_mark(row: CheckRow) -> str:
    """Return the mark of the worst answer of a check."""
    for outcome in (Outcome.FAILED, Outcome.BROKEN, Outcome.INCONCLUSIVE):
        if row.count(outcome):
            return outcome.word
    passed = row.count(Outcome.PASSED)
    return (Outcome.PASSED if passed else Outcome.NOT_APPLICABLE).word


def _check_row(voice: Voice, row: CheckRow) -> tuple[Html, ...]:
    title = ours(voice.sentence(row.spec.title))
    code = tag("code", ours(row.spec.id))
    return (
        Html(f"{mark(row_mark(row))}{title}<br>{code}"),
        ours(voice.sentence(row.spec.kind.value)),
        *(ours(str(row.count(outcome))) for _, outcome in COUNTED),
        ours(str(row.premises_not_met)),
    )


def not_checked_section(voice: Voice, remarks: tuple[Remark, ...]) -> Html:
    """Return what was not checked, with the same weight as what was."""
    title = tag("h3", ours(voice.say("not-checked")))
    if not remarks:
        return lines(title, tag("p", ours(voice.say("none-listed"))))
    return lines(title, remark_list(voice, remarks))


def why_section(voice: Voice, remarks: tuple[Remark, ...]) -> Html:
    """Return why the verdict is not better; nothing if no reason is given."""
    if not remarks:
        return EMPTY
    return lines(tag("h3", ours(voice.say("why"))), remark_list(voice, remarks))


def remark_list(voice: Voice, remarks: tuple[Remark, ...]) -> Html:
    """Return remarks as a list, their details apart from our sentence."""
    return bullets(
        [
            spaced(
                ours(voice.sentence(remark.sentence)),
                ev(remark.detail) if remark.detail else EMPTY,
            )
            for remark in remarks
        ]
    )


def signers_section(voice: Voice, parties: tuple[Party, ...]) -> Html:
    """Return who signs, with fingerprints to compare by hand."""
    if not parties:
        return EMPTY
    keys = ("name", "organisation", "role", "fingerprint", "chosen")
    rows = [_party_row(voice, party) for party in parties[:MAX_ROWS_PRINTED]]
    return lines(
        tag("h3", ours(voice.say("parties"))),
        table(_heads(voice, keys), rows),
        more(voice, len(parties) - MAX_ROWS_PRINTED),
    )


def _party_row(voice: Voice, party: Party) -> tuple[Html, ...]:
    return (
        ev(party.name or party.id),
        ev(party.organisation),
        ev(party.role),
        ev_mono(grouped_hex(party.fingerprint)),
        ours(voice.say("yes" if party.anchored else "no")),
    )


def ask_section(voice: Voice, ledger: LedgerReport) -> Html:
    """Return what to ask the other side for, below ``anchored`` only."""
    if ledger.verdict is Verdict.ANCHORED:
        return EMPTY
    hint = voice.sentence(ledger.export_hint)
    return lines(
        tag("h3", ours(voice.say("ask"))),
        tag("p", ours(voice.say("ask-anchor"))),
        command(hint) if hint else EMPTY,
    )


def limits_section(voice: Voice) -> Html:
    """Return what such a report shows and does not show."""
    items = [ours(voice.say(f"show-{number}")) for number in range(1, 6)]
    return lines(tag("h2", ours(voice.say("show"))), bullets(items))


def _heads(voice: Voice, keys: tuple[str, ...]) -> tuple[Html, ...]:
    return tuple(ours(voice.say(key)) for key in keys)
