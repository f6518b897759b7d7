from collections.abc import Callable
from dataclasses import replace

import pytest

from explorer.core.absent import Absent
from explorer.model.verdicts import (
    EvidenceReport,
    Finding,
    Inconsistency,
    LedgerReport,
    Place,
    Verdict,
)
from explorer.reports.text_report import TextOptions, shown_width, text_report
from explorer.reports.words import Language

PLAIN = TextOptions()


@pytest.mark.parametrize("language", list(Language))
def test_failed_matches_golden(
    language: Language,
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    inconsistency: Inconsistency,
    golden: Callable[[bytes, str], None],
) -> None:
    report = make_evidence(make_ledger(), inconsistencies=(inconsistency,))
    text = text_report([report], TextOptions(language))
    golden(text.encode(), f"failed.{language}.txt")


def test_anchored_and_unreadable_match_golden(
    anchored_ledger: LedgerReport,
    unreadable: EvidenceReport,
    make_evidence: Callable[..., EvidenceReport],
    golden: Callable[[bytes, str], None],
) -> None:
    text = text_report([make_evidence(anchored_ledger), unreadable], PLAIN)
    golden(text.encode(), "anchored_and_unreadable.txt")


def test_several_ledgers(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    anchored_ledger: LedgerReport,
) -> None:
    lines = text_report([make_evidence(make_ledger(), anchored_ledger)], PLAIN)
    assert lines.count("[x] Does not match") == 2
    assert lines.count("[#] Agrees with the outside anchors you chose") == 1


def test_findings_are_cut_at_twenty(
    make_finding: Callable[..., Finding],
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    many = tuple(make_finding(block=n) for n in range(25))
    lines = text_report([make_evidence(make_ledger(findings=many))], PLAIN).splitlines()
    assert "Findings (25)" in lines
    assert "  +5 more" in lines
    assert any(line.startswith("  20. Failed") for line in lines)
    assert not any(line.startswith("  21. Failed") for line in lines)


def test_colour_only_on_request(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    report = make_evidence(make_ledger())
    plain = text_report([report], PLAIN)
    coloured = text_report([report], TextOptions(colour=True))
    assert "\033" not in plain
    assert "\033[31m[x] Does not match\033[0m" in coloured
    assert coloured.replace("\033[31m", "").replace("\033[0m", "") == plain


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_anchored_says_unaltered(
    verdict: Verdict,
    make_evidence: Callable[..., EvidenceReport],
    anchored_ledger: LedgerReport,
) -> None:
    tied = anchored_ledger.anchored_to if verdict is Verdict.ANCHORED else None
    ledger = replace(anchored_ledger, verdict=verdict, anchored_to=tied)
    text = text_report([make_evidence(ledger)], PLAIN)
    assert ("unaltered after entry" in text) is (verdict is Verdict.ANCHORED)
    assert ("What to ask" in text) is (verdict is not Verdict.ANCHORED)


def test_hostile_texts_never_begin_a_line(
    make_finding: Callable[..., Finding],
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    hostile_texts: tuple[str, ...],
) -> None:
    plain = _report(make_finding, make_ledger, make_evidence, "plain").splitlines()
    for text in hostile_texts:
        printed = _report(make_finding, make_ledger, make_evidence, text)
        lines = printed.split("\n")[:-1]
        assert len(lines) == len(plain)
        assert all(line.isprintable() for line in lines), text
        begins = [line[:1] for line in lines]
        assert begins == [line[:1] for line in plain]


def _report(
    make_finding: Callable[..., Finding],
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    text: str,
) -> str:
    finding = make_finding(
        detail=text,
        expected=text,
        computed=text,
        entry_id=text,
        places=(Place(text, 0, 1),),
    )
    ledger = make_ledger(
        title=text, findings=(finding,), uncovered=(text,), export_hint=text
    )
    return text_report([make_evidence(ledger, path=text)], PLAIN)


def test_long_lists_are_cut_and_empty_ones_said(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    bare = make_ledger(
        anchors=(),
        uncovered=(),
        checks=(),
        findings=(),
        not_checked=(),
        verdict_reasons=(),
        first=None,
        first_time_us=Absent.NOT_IN_FORMAT,
        export_hint="",
        is_fictional=False,
    )
    lines = text_report([make_evidence(bare)], PLAIN).splitlines()
    assert "  - No anchor from outside the evidence took part." in lines
    assert "  Nothing was checked." in lines
    assert "  - Nothing is listed for this ledger." in lines
    assert lines[-1].startswith("  A block hash at a height")
    assert not any("Declared times" in line for line in lines)
    many = make_ledger(anchors=(), uncovered=tuple(f"Org{n}" for n in range(23)))
    printed = text_report([make_evidence(many)], PLAIN)
    assert "+3 more are not printed here." in printed
    assert "Org19" in printed
    assert "Org20" not in printed


def test_unreadable_without_advice(
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    lines = text_report([make_evidence()], PLAIN).splitlines()
    assert "  No ledger was found in this evidence. [unreadable]" in lines


def test_width_of_chinese() -> None:
    assert shown_width("ab") == 2
    assert shown_width("核验") == 4
    assert shown_width("（") == 2


def test_nothing_to_report() -> None:
    assert text_report([], PLAIN) == "\n"
