"""Results as JSON: the contract of the command line (DESIGN, section 5).

Text of the evidence stands here exactly as it is; ``document_text`` escapes everything
outside ASCII, so that a terminal shows no hidden or reordering character. Durations are
left out: the same inputs give the same bytes.
"""

import json
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from explorer import __version__
from explorer.core.limits import MAX_FINDINGS_PRINTED
from explorer.model.checks import Kind, Outcome, Severity
from explorer.model.verdicts import (
    AnchoredRange,
    AnchorUse,
    CheckRow,
    EvidenceReport,
    Finding,
    Inconsistency,
    LedgerReport,
    RuleRow,
    SourceDigest,
)
from explorer.reports.words import concrete

JsonObject = dict[str, object]
Key = TypeVar("Key", bound=Hashable)

TOOL_NAME = "provenance-explorer"

UNREADABLE_CHECK = "evidence.readable"
"""Check id of the finding that an unreadable evidence gets."""

NOTHING_CHECKED = "Everything: nothing in this evidence could be read."

_FRAMING_REASONS = frozenset({"truncated", "trailing-bytes", "non-canonical"})

_COUNTED = (
    ("passed", Outcome.PASSED),
    ("failed", Outcome.FAILED),
    ("inconclusive", Outcome.INCONCLUSIVE),
    ("not_applicable", Outcome.NOT_APPLICABLE),
    ("broken", Outcome.BROKEN),
)


def document(reports: Sequence[EvidenceReport]) -> JsonObject:
    """Return the whole document for one or several pieces of evidence."""
    return {
        "tool": {"name": TOOL_NAME, "version": __version__},
        "results": [evidence_json(report) for report in reports],
    }


def document_text(reports: Sequence[EvidenceReport]) -> str:
    """Return the document as ASCII JSON with a newline at its end."""
    return json.dumps(document(reports), indent=1, ensure_ascii=True) + "\n"


def evidence_json(report: EvidenceReport) -> JsonObject:
    """Return one evidence; several ledgers stand in ``ledgers`` and summed on top."""
    ledgers = report.ledgers
    top = _merged(report)
    if len(ledgers) > 1:
        top["ledgers"] = [_one_ledger(report, ledger) for ledger in ledgers]
    return top


def _merged(report: EvidenceReport) -> JsonObject:
    ledgers = report.ledgers
    single = ledgers[0] if len(ledgers) == 1 else None
    findings = [finding for ledger in ledgers for finding in ledger.findings]
    return {
        "path": report.path,
        "format": "+".join(_distinct(ledger.format for ledger in ledgers)),
        "title": " + ".join(_distinct(ledger.title for ledger in ledgers)),
        "verdict": report.verdict.value,
        "anchors": _anchors(use for ledger in ledgers for use in ledger.anchors),
        "attributed": bool(ledgers) and all(ledger.attributed for ledger in ledgers),
        "anchored_to": _anchored(single.anchored_to) if single else None,
        "sources": [_source(source) for source in report.sources],
        "blocks": sum(ledger.blocks for ledger in ledgers),
        "entries": sum(ledger.entries for ledger in ledgers),
        "signatures": sum(ledger.signatures for ledger in ledgers),
        "first": single.first if single else None,
        "last": single.last if single else None,
        "checks": _checks(row for ledger in ledgers for row in ledger.checks),
        "findings": _problem(report)
        + [_finding(finding) for finding in findings[:MAX_FINDINGS_PRINTED]],
        "findings_total": sum(map(findings_total, ledgers)) + is_unreadable(report),
        "inconsistencies": [
            _inconsistency(each)
            for each in report.inconsistencies[:MAX_FINDINGS_PRINTED]
        ],
        "inconsistencies_total": inconsistencies_total(report),
        "rules": [_rule(row) for ledger in ledgers for row in ledger.rules],
        "not_checked": _not_checked(report),
        "ledgers": [],
    }


def _one_ledger(report: EvidenceReport, ledger: LedgerReport) -> JsonObject:
    alone = EvidenceReport(
        report.path,
        ledger.verdict,
        (ledger,),
        report.sources,
        inconsistencies=ledger.inconsistencies,
    )
    return _merged(alone)


def findings_total(ledger: LedgerReport) -> int:
    """Return how many findings the ledger has, those not held here included."""
    return max(ledger.findings_total, len(ledger.findings))


def is_unreadable(report: EvidenceReport) -> bool:
    """Return whether nothing of the evidence could be read."""
    return bool(report.problem) or not report.ledgers


def problem_sentence(report: EvidenceReport) -> str:
    """Return why nothing could be read."""
    return report.problem or "No ledger was found in this evidence."


def _problem(report: EvidenceReport) -> list[JsonObject]:
    if not is_unreadable(report):
        return []
    reason = report.problem_reason or "unreadable"
    framing = reason in _FRAMING_REASONS
    return [
        {
            "check": UNREADABLE_CHECK,
            "kind": (Kind.FRAMING if framing else Kind.MALFORMED).value,
            "outcome": Outcome.FAILED.word,
            "severity": Severity.ERROR.value,
            "reason": reason,
            "block": None,
            "entry": None,
            "entry_id": None,
            "message": f"{problem_sentence(report)} {report.advice}".strip(),
            "expected": "",
            "computed": "",
            "spans": [],
        }
    ]


def _finding(finding: Finding) -> JsonObject:
    return {
        "check": finding.check,
        "kind": finding.kind.value,
        "outcome": finding.outcome.word,
        "severity": finding.severity.value,
        "reason": finding.reason,
        "block": finding.block,
        "entry": finding.entry,
        "entry_id": finding.entry_id,
        "message": concrete(finding.message, finding.detail),
        "expected": finding.expected,
        "computed": finding.computed,
        "spans": [
            {"path": place.path, "start": place.start, "end": place.end}
            for place in finding.places
        ],
    }


def _checks(rows: Iterable[CheckRow]) -> list[JsonObject]:
    merged: dict[str, list[CheckRow]] = {}
    for row in rows:
        merged.setdefault(row.spec.id, []).append(row)
    return [_check(same) for same in merged.values()]


def _check(rows: list[CheckRow]) -> JsonObject:
    spec = rows[0].spec
    reasons: dict[str, int] = {}
    for row in rows:
        for reason, count in row.reasons.items():
            reasons[reason] = reasons.get(reason, 0) + count
    counts = {word: sum(row.count(o) for row in rows) for word, o in _COUNTED}
    return {
        "id": spec.id,
        "kind": spec.kind.value,
        **counts,
        "reasons": dict(sorted(reasons.items())),
        "premises_not_met": sum(row.premises_not_met for row in rows),
    }


def _anchors(uses: Iterable[AnchorUse]) -> list[JsonObject]:
    keys = _distinct((use.kind, use.what, use.origin) for use in uses)
    return [{"kind": kind, "what": what, "origin": o} for kind, what, o in keys]


def _anchored(span: AnchoredRange | None) -> JsonObject | None:
    if span is None:
        return None
    return {
        "height": span.height,
        "hash": span.block_hash,
        "what": span.what,
        "origin": span.origin,
    }


def _source(source: SourceDigest) -> JsonObject:
    return {
        "path": source.source.path,
        "bytes": source.source.size_bytes,
        "sha256": source.sha256,
    }


def _inconsistency(each: Inconsistency) -> JsonObject:
    return {
        "rule": each.rule,
        "severity": each.severity.value,
        "reason": each.reason,
        "message": concrete(each.message, each.detail),
        "path": each.path,
        "events": list(each.events),
        "items": list(each.items),
        "entries": [list(place) for place in each.entries],
        "elsewhere": [
            {"path": path, "events": list(events)} for path, events in each.elsewhere
        ],
        **_known_at(each),
    }


def _known_at(each: Inconsistency) -> JsonObject:
    """Return what only rules of domain packs say."""
    known = each.known_at
    if known is None:
        return {}
    return {
        "message_zh": concrete(each.message_zh, each.detail),
        "pack": known.pack,
        "known_at": {
            "block": known.block,
            "entry": known.entry,
            "entry_id": known.entry_id,
        },
        "activity": known.activity,
        "checkpoint": known.checkpoint or None,
        "area": known.area,
        "organisation": known.organisation,
        "month": known.month,
    }


def inconsistencies_total(report: EvidenceReport) -> int:
    """Return how many inconsistencies there are, those not held here included."""
    counted = sum(row.found for ledger in report.ledgers for row in ledger.rules)
    return max(counted, len(report.inconsistencies))


def _rule(row: RuleRow) -> JsonObject:
    return {
        "rule": row.rule,
        "found": row.found,
        "judged": row.judged,
        "not_judged": [
            {"reason": each.code, "message": each.sentence, "count": each.count}
            for each in row.unjudged
        ],
        "settings": dict(row.settings),
    }


def _not_checked(report: EvidenceReport) -> list[str]:
    remarks = [
        concrete(remark.sentence, remark.detail)
        for ledger in report.ledgers
        for remark in ledger.not_checked
    ]
    return ([NOTHING_CHECKED] if is_unreadable(report) else []) + _distinct(remarks)


def _distinct(values: Iterable[Key]) -> list[Key]:
    return list(dict.fromkeys(values))
