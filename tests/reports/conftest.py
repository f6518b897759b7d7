"""Reports to print, golden files to compare with, and texts that attack a reader."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from explorer import __version__
from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.checks import CheckSpec, Kind, Outcome, Reason, Severity
from explorer.model.evidence import Source
from explorer.model.ledgers import Party, Remark
from explorer.model.verdicts import (
    AnchoredRange,
    AnchorUse,
    CheckRow,
    EvidenceReport,
    Finding,
    Inconsistency,
    LedgerReport,
    Place,
    SourceDigest,
    Verdict,
)

GOLDEN = Path(__file__).parent / "golden"
HASH = "a3" * 32
OTHER = "5c" * 32

HOSTILE = (
    "<b>✔ VALID</b>",
    "<img src=x onerror=alert(1)>",
    "<a href='https://evil.example'>click</a>",
    "<script>alert(1)</script>",
    '</span></div><div class="band anchored"><div class="word">Anchored</div>',
    "</style><style>.word{display:none}",
    "</title><h1>x</h1>",
    "<!-- comment",
    "-->",
    "<![CDATA[ x ]]>",
    "<?php echo 1 ?>",
    "<svg onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example>",
    "<object data=x>",
    "<form action=//evil.example><input>",
    "<td></tr></table>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "`${alert(1)}`",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&amp;lt;",
    "&nbsp;",
    "javascript:alert(1)",
    "{{7*7}}",
    "{height}",
    "%s%n",
    "{upto}",
    "<plaintext>",
    "<textarea>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext></mtext>",
    "<b\u0000>bold",
    "<\u200bscript>",
    "\u202eDILAV\u202c",
    "\u2066isolate\u2069",
    "\u200fright",
    "zero\u200bwidth",
    "\ufeffbom",
    "line\nbreak",
    "carriage\rreturn",
    "\ttab",
    "\u2028separator\u2029",
    "\u001b[32mPASSED\u001b[0m",
    "\u0007bell",
    "back\b\b\bspace",
    "\ud800lone",
    "tag\U000e0041",
    "z" + "\u0301" * 9,
    "\u3164filler",
    "\ue000private",
    "核验通过\u2067",
    "上链后未改动",
    '=HYPERLINK("https://evil.example")',
    "a" * 5_000,
)

SPEC_LINK = CheckSpec(
    "pear.block-link",
    Kind.LINK,
    "Each block declares the hash of the block before it",
    (
        Reason("parent-hash-mismatch", "The block declares another parent hash."),
        Reason("parent-not-in-export", "The block before the first is not here."),
    ),
    core=True,
)
SPEC_HASH = CheckSpec(
    "pear.data-hash",
    Kind.HASH,
    "Each declared data hash equals the hash of its bytes",
    (Reason("hash-mismatch", "The hash of the bytes does not match."),),
    core=True,
)
SPEC_SIGNATURE = CheckSpec(
    "pear.author-signature",
    Kind.SIGNATURE,
    "Each author's signature belongs to the record",
    (Reason("unsupported-scheme", "This signature scheme cannot be checked here."),),
)


def _finding(**changes: Any) -> Finding:  # noqa: ANN401 - any field
    base = Finding(
        check="pear.data-hash",
        kind=Kind.HASH,
        outcome=Outcome.FAILED,
        severity=Severity.ERROR,
        reason="hash-mismatch",
        block=20,
        entry=3,
        entry_id="tx-0020-3",
        message="The hash of the bytes does not match.",
        expected=HASH,
        computed=OTHER,
        detail="data",
        places=(Place("case/pears.jsonl", 4_100, 4_242),),
    )
    return replace(base, **changes)


def _findings() -> tuple[Finding, ...]:
    return (
        _finding(cause=0, is_root=True),
        _finding(
            check="pear.block-link",
            kind=Kind.LINK,
            reason="parent-hash-mismatch",
            message="The block declares another parent hash.",
            block=21,
            entry=None,
            entry_id=None,
            detail="",
            places=(Place("case/pears.jsonl", 4_300, 4_364),),
            cause=0,
            is_root=False,
        ),
        _finding(
            check="pear.author-signature",
            kind=Kind.SIGNATURE,
            outcome=Outcome.INCONCLUSIVE,
            severity=Severity.WARNING,
            reason="unsupported-scheme",
            message="This signature scheme cannot be checked here.",
            expected="",
            computed="",
        ),
        _finding(
            check="pear.block-link",
            kind=Kind.LINK,
            outcome=Outcome.NOT_APPLICABLE,
            severity=Severity.NOTE,
            reason="parent-not-in-export",
            message="The block before the first is not here.",
            block=5,
            entry=None,
            entry_id=None,
            expected="",
            computed="",
            detail="",
            places=(),
        ),
    )


def _checks() -> tuple[CheckRow, ...]:
    return (
        CheckRow(SPEC_SIGNATURE, {Outcome.PASSED: 80, Outcome.INCONCLUSIVE: 1}, {}, 2),
        CheckRow(
            SPEC_LINK,
            {Outcome.PASSED: 34, Outcome.FAILED: 1, Outcome.NOT_APPLICABLE: 1},
            {"parent-not-in-export": 1, "parent-hash-mismatch": 1},
        ),
        CheckRow(SPEC_HASH, {Outcome.PASSED: 35, Outcome.FAILED: 1}, {}),
    )


def _ledger(**changes: Any) -> LedgerReport:  # noqa: ANN401 - any field
    base = LedgerReport(
        format="chain-jsonl",
        title="pear-trace",
        entry_unit="record",
        verdict=Verdict.FAILED,
        anchors=(
            AnchorUse(
                "identity", "Orchard CA 3f:1a", "from the party", "ca/orchard.pem", True
            ),
            AnchorUse("history", "printed hash", "published", "note.txt", False),
        ),
        attributed=False,
        anchored_to=None,
        blocks=36,
        entries=90,
        refused=2,
        signatures=81,
        first=5,
        last=40,
        last_hash=HASH,
        first_time_us=1_740_801_600_000_000,
        last_time_us=1_740_888_000_500_000,
        checks=_checks(),
        findings=_findings(),
        not_checked=(
            Remark("payload-meaning", "What the records mean was not checked."),
            Remark("first-parent", "The block before the first is not here.", "5"),
        ),
        parties=(
            Party(
                "p1",
                "seal.orchard",
                "OrchardOrg",
                "producer",
                Absent.NOT_IN_EXPORT,
                Absent.NOT_IN_EXPORT,
                HASH,
                ByteSpan(0, 1, 2),
                anchored=True,
            ),
        ),
        uncovered=("MarketOrg",),
        is_fictional=True,
        export_hint="Ask for: pearnode export --all",
        verdict_reasons=(
            Remark("hash", "A declared hash does not match.", "block 20"),
        ),
    )
    return replace(base, **changes)


def _evidence(*ledgers: LedgerReport, **changes: Any) -> EvidenceReport:  # noqa: ANN401 - any field
    order = list(Verdict)
    verdicts = [ledger.verdict for ledger in ledgers] or [Verdict.UNREADABLE]
    base = EvidenceReport(
        path="case/pears.jsonl",
        verdict=min(verdicts, key=order.index),
        ledgers=ledgers,
        sources=(
            SourceDigest(Source(0, "case/pears.jsonl", 9_000, 1), HASH, True),
            SourceDigest(Source(1, "case/notes.txt", 12, 1), OTHER, False),
        ),
        took_s=1.5,
    )
    return replace(base, **changes)


@pytest.fixture
def make_finding() -> Callable[..., Finding]:
    return _finding


@pytest.fixture
def make_ledger() -> Callable[..., LedgerReport]:
    return _ledger


@pytest.fixture
def make_evidence() -> Callable[..., EvidenceReport]:
    return _evidence


@pytest.fixture
def anchored_ledger() -> LedgerReport:
    """A ledger that agrees, tied to a history anchor below its last block."""
    return _ledger(
        verdict=Verdict.ANCHORED,
        attributed=True,
        anchored_to=AnchoredRange(38, OTHER, "printed hash", "published"),
        checks=(CheckRow(SPEC_LINK, {Outcome.PASSED: 35, Outcome.NOT_APPLICABLE: 1}),),
        findings=(),
        verdict_reasons=(),
        uncovered=(),
        is_fictional=False,
    )


@pytest.fixture
def unreadable() -> EvidenceReport:
    return _evidence(
        problem="The file ends within its first block.",
        problem_reason="truncated",
        advice="Ask for a complete copy.",
    )


@pytest.fixture
def inconsistency() -> Inconsistency:
    return Inconsistency(
        "mass-balance",
        Severity.WARNING,
        "More was packed than was harvested.",
        "case/pears.jsonl",
        (53, 54),
        ("pear/lot/7",),
    )


@pytest.fixture
def hostile_texts() -> tuple[str, ...]:
    return HOSTILE


@pytest.fixture
def golden() -> Callable[[bytes, str], None]:
    """Compare with a golden file; ``UPDATE_GOLDEN=1`` rewrites it instead."""

    def compare(data: bytes, name: str) -> None:
        data = data.replace(__version__.encode(), b"VERSION")
        data = re.sub(rb"<code>[0-9a-f]{64}</code></p></body>", b"DIGEST</body>", data)
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN") == "1":
            path.write_bytes(data)
        assert data == path.read_bytes(), f"{name} differs; review, UPDATE_GOLDEN=1"

    return compare
