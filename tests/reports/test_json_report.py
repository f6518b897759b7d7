import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from explorer.core.limits import MAX_FINDINGS_PRINTED
from explorer.model.verdicts import (
    EvidenceReport,
    Finding,
    Inconsistency,
    LedgerReport,
    Verdict,
)
from explorer.reports.json_report import document, document_text, evidence_json

RESULT = {
    "path": str,
    "format": str,
    "title": str,
    "verdict": str,
    "anchors": list,
    "attributed": bool,
    "anchored_to": (dict, type(None)),
    "sources": list,
    "blocks": int,
    "entries": int,
    "signatures": int,
    "first": (int, type(None)),
    "last": (int, type(None)),
    "checks": list,
    "findings": list,
    "findings_total": int,
    "inconsistencies": list,
    "inconsistencies_total": int,
    "rules": list,
    "not_checked": list,
    "ledgers": list,
}
PARTS: dict[str, dict[str, Any]] = {
    "anchors": {"kind": str, "what": str, "origin": str},
    "sources": {"path": str, "bytes": int, "sha256": str},
    "checks": {
        "id": str,
        "kind": str,
        "passed": int,
        "failed": int,
        "inconclusive": int,
        "not_applicable": int,
        "broken": int,
        "reasons": dict,
        "premises_not_met": int,
    },
    "findings": {
        "check": str,
        "kind": str,
        "outcome": str,
        "severity": str,
        "reason": str,
        "block": (int, type(None)),
        "entry": (int, type(None)),
        "entry_id": (str, type(None)),
        "message": str,
        "expected": str,
        "computed": str,
        "spans": list,
    },
    "inconsistencies": {
        "rule": str,
        "severity": str,
        "reason": str,
        "message": str,
        "path": str,
        "events": list,
        "items": list,
        "entries": list,
        "elsewhere": list,
    },
    "rules": {
        "rule": str,
        "found": int,
        "judged": int,
        "not_judged": list,
        "settings": dict,
    },
}


def _shaped(value: dict[str, Any], shape: dict[str, Any]) -> None:
    assert list(value) == list(shape)
    for key, kind in shape.items():
        assert isinstance(value[key], kind), key


def _result(report: EvidenceReport) -> dict[str, Any]:
    """Go through the text, so that what is asserted is what a reader gets."""
    [result] = json.loads(document_text([report]))["results"]
    assert isinstance(result, dict)
    return result


def _check_contract(result: dict[str, Any]) -> None:
    _shaped(result, RESULT)
    for key, shape in PARTS.items():
        for part in result[key]:
            _shaped(part, shape)
    for finding in result["findings"]:
        for span in finding["spans"]:
            _shaped(span, {"path": str, "start": int, "end": int})
    for ledger in result["ledgers"]:
        _check_contract(ledger)


def test_every_shape_follows_the_contract(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    anchored_ledger: LedgerReport,
    unreadable: EvidenceReport,
    inconsistency: Inconsistency,
) -> None:
    several = make_evidence(
        make_ledger(), anchored_ledger, inconsistencies=(inconsistency,)
    )
    for report in (several, make_evidence(anchored_ledger), unreadable):
        _check_contract(_result(report))


def test_document_names_the_tool() -> None:
    assert list(document([])) == ["tool", "results"]
    assert document([])["results"] == []


def test_failed_ledger(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    golden: Callable[[bytes, str], None],
) -> None:
    report = make_evidence(make_ledger())
    golden(document_text([report]).encode("ascii"), "failed.json")


def test_anchored_range_and_null(
    make_evidence: Callable[..., EvidenceReport], anchored_ledger: LedgerReport
) -> None:
    tied = _result(make_evidence(anchored_ledger))["anchored_to"]
    assert tied == {
        "height": 38,
        "hash": "5c" * 32,
        "what": "printed hash",
        "origin": "published",
    }
    loose = replace(anchored_ledger, anchored_to=None, verdict=Verdict.CONSISTENT)
    assert _result(make_evidence(loose))["anchored_to"] is None


def test_several_ledgers_are_summed(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    anchored_ledger: LedgerReport,
) -> None:
    other = replace(anchored_ledger, format="fabric", title="market")
    result = _result(make_evidence(other, make_ledger(), make_ledger()))
    assert result["verdict"] == "failed"
    assert result["format"] == "fabric+chain-jsonl"
    assert result["title"] == "market + pear-trace"
    assert (result["blocks"], result["entries"], result["signatures"]) == (
        108,
        270,
        243,
    )
    assert (result["first"], result["last"]) == (None, None)
    assert result["anchored_to"] is None
    assert result["attributed"] is False
    links = [row for row in result["checks"] if row["id"] == "pear.block-link"]
    assert len(links) == 1
    assert (links[0]["passed"], links[0]["failed"]) == (35 + 34 + 34, 2)
    assert links[0]["reasons"] == {
        "parent-hash-mismatch": 2,
        "parent-not-in-export": 2,
    }
    assert len(result["findings"]) == result["findings_total"] == 8
    assert [each["verdict"] for each in result["ledgers"]] == [
        "anchored",
        "failed",
        "failed",
    ]
    assert result["ledgers"][0]["first"] == 5
    assert result["ledgers"][0]["attributed"] is True
    assert result["not_checked"] == result["ledgers"][0]["not_checked"]


def test_unreadable_carries_reason_and_advice(unreadable: EvidenceReport) -> None:
    result = _result(unreadable)
    assert result["verdict"] == "unreadable"
    assert result["blocks"] == 0
    [finding] = result["findings"]
    assert finding["kind"] == "framing"
    assert finding["reason"] == "truncated"
    assert finding["message"] == (
        "The file ends within its first block. Ask for a complete copy."
    )
    assert result["findings_total"] == 1
    assert result["not_checked"] != []


def test_unreadable_without_a_reason_is_malformed(
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    [finding] = _result(make_evidence())["findings"]
    assert (finding["kind"], finding["reason"]) == ("malformed", "unreadable")
    assert finding["message"] == "No ledger was found in this evidence."


def test_only_the_first_findings_are_printed(
    make_finding: Callable[..., Finding],
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    many = tuple(make_finding(block=n) for n in range(MAX_FINDINGS_PRINTED + 5))
    result = _result(make_evidence(make_ledger(findings=many)))
    assert len(result["findings"]) == MAX_FINDINGS_PRINTED
    assert result["findings"][-1]["block"] == MAX_FINDINGS_PRINTED - 1
    assert result["findings_total"] == MAX_FINDINGS_PRINTED + 5
    stored = make_ledger(findings=many[:2], findings_total=70_000)
    assert _result(make_evidence(stored))["findings_total"] == 70_000


def test_durations_stay_out(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    one = make_evidence(make_ledger(), took_s=1.0)
    assert document_text([one]) == document_text([replace(one, took_s=99.0)])


def test_hostile_text_is_exact_and_ascii(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    hostile_texts: tuple[str, ...],
) -> None:
    for text in hostile_texts:
        report = make_evidence(make_ledger(title=text), path=text)
        printed = document_text([report])
        assert printed.isascii()
        assert all(line.isprintable() for line in printed.splitlines())
        assert json.loads(printed)["results"][0]["title"] == text
        assert evidence_json(report)["path"] == text
