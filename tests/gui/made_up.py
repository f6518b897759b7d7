"""Reports made by hand, for view models and pages."""

from dataclasses import replace
from typing import Any

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.checks import CheckSpec, Kind, Outcome, Severity
from explorer.model.evidence import Source
from explorer.model.keys import KeyKind, PublicKey
from explorer.model.ledgers import Party, Remark
from explorer.model.verdicts import (
    AnchorUse,
    CheckRow,
    EvidenceReport,
    Finding,
    LedgerReport,
    Place,
    SourceDigest,
    Verdict,
)

HASH = CheckSpec("made.hash", Kind.HASH, "Declared hashes match", (), core=True)
LINK = CheckSpec("made.link", Kind.LINK, "Blocks follow one another", (), core=True)
HOSTILE = "Anchored\u202egnp.exe<b>Agrees</b>\u0007"
"""Text of a ledger that tries to look like a verdict."""


def finding(block: int | None = 20, **changes: Any) -> Finding:  # noqa: ANN401 - fields by name
    """Return a failed hash in a block, changed as asked."""
    made = Finding(
        HASH.id,
        Kind.HASH,
        Outcome.FAILED,
        Severity.ERROR,
        "hash-mismatch",
        block,
        None,
        None,
        "The hash of the bytes does not match the declared one.",
        "16be" * 16,
        "16be" * 8 + "ac4e" * 8,
        "",
        (Place("/evidence/blockfile", 100, 200),),
        0,
    )
    return replace(made, **changes)


def party(number: int, *, anchored: bool = False) -> Party:
    """Return a party with a key and no certificate."""
    return Party(
        f"id{number}",
        f"peer {number}",
        f"Org{number}",
        "peer",
        PublicKey(KeyKind.ED25519, bytes([number]) * 32),
        Absent.NOT_IN_FORMAT,
        f"{number:02x}" * 32,
        ByteSpan(0, 0, 1),
        anchored,
    )


def ledger(verdict: Verdict = Verdict.CONSISTENT, **changes: Any) -> LedgerReport:  # noqa: ANN401
    """Return the report of a ledger of 70 blocks, changed as asked."""
    rows = (
        CheckRow(HASH, {Outcome.PASSED: 70}),
        CheckRow(LINK, {Outcome.PASSED: 69, Outcome.NOT_APPLICABLE: 1}),
    )
    made = LedgerReport(
        "made-up",
        "pears",
        "record",
        verdict,
        (),
        attributed=False,
        anchored_to=None,
        blocks=70,
        entries=147,
        refused=9,
        signatures=300,
        first=0,
        last=69,
        last_hash="ab" * 32,
        first_time_us=1_790_000_000_000_000,
        last_time_us=1_790_000_360_000_000,
        checks=rows,
        findings=(),
        not_checked=(Remark("ends", "Whether the ledger ends here.", "block 69"),),
        parties=(party(1), party(2, anchored=True)),
        uncovered=(),
        is_fictional=True,
        export_hint="Ask for the block hash at height 69.",
    )
    return replace(made, **changes)


def failed_ledger() -> LedgerReport:
    """Return a ledger in which one block explains several failures."""
    rows = (
        CheckRow(LINK, {Outcome.PASSED: 69, Outcome.NOT_APPLICABLE: 1}),
        CheckRow(HASH, {Outcome.PASSED: 69, Outcome.FAILED: 1}),
    )
    follows = finding(
        21, check=LINK.id, kind=Kind.LINK, reason="parent-hash-mismatch", is_root=False
    )
    note = finding(
        3, outcome=Outcome.NOT_APPLICABLE, reason="refused", cause=-1, severity="note"
    )
    unsure = finding(
        69, outcome=Outcome.INCONCLUSIVE, reason="end", cause=-1, severity="warning"
    )
    return ledger(
        Verdict.FAILED,
        checks=rows,
        findings=(finding(), follows, replace(follows, block=22), unsure, note),
        anchors=(AnchorUse("identity", "Org1 CA", "published", "ca.pem", agrees=True),),
    )


def report(*ledgers: LedgerReport) -> EvidenceReport:
    """Return the report of an evidence with these ledgers."""
    made = ledgers or (ledger(),)
    source = Source(0, "/evidence/blockfile", 832_000, 0)
    return EvidenceReport(
        "/evidence/blockfile",
        min((each.verdict for each in made), key=list(Verdict).index),
        made,
        (SourceDigest(source, "8a2a" * 16, unchanged=True),),
        took_s=0.3,
    )
