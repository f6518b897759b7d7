"""A case file in memory that holds the pear story, and reports about it, for tests."""

from collections.abc import Iterable

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.model.blocks import Block, Entry
from explorer.model.checks import CheckSpec, Kind, Outcome, Severity
from explorer.model.evidence import Evidence, Source
from explorer.model.ledgers import Party
from explorer.model.verdicts import (
    AnchoredRange,
    CheckRow,
    Finding,
    LedgerReport,
    Verdict,
)
from explorer.provenance.lineage import Lineage
from explorer.store.queries import CaseReader
from explorer.store.schema import add_indexes, create_case
from explorer.store.writer import CaseWriter
from tests.payloads.story import Story, pear_story

AGENT = "OrchardMSP"
BLOCK_HASH = [bytes([height % 256]) * 32 for height in range(4_000)]


def finding(
    kind: Kind,
    block: int,
    entry: int | None = None,
    outcome: Outcome = Outcome.FAILED,
    reason: str = "hash-mismatch",
) -> Finding:
    severity = Severity.ERROR if outcome is Outcome.FAILED else Severity.WARNING
    return Finding(
        f"test.{kind.value}",
        kind,
        outcome,
        severity,
        reason,
        block,
        entry,
        None,
        "It does not match.",
        "00",
        "11",
        "",
        (),
    )


def case_reader(
    story: Story | None = None, findings: Iterable[Finding] = (), ledgers: int = 1
) -> CaseReader:
    """Return a case with ``ledgers`` ledgers; the story is told by the last of them."""
    told = pear_story() if story is None else story
    database = create_case(None)
    writer = CaseWriter(database)
    writer.add_evidence(Evidence("pears", (Source(0, "pears/blocks", 9_000, 1),)))
    for number in range(ledgers - 1):
        writer.begin_ledger("fabric", f"other-{number}", "transaction")
    writer.begin_ledger("fabric", "pear-trace", "transaction")
    contents = {each.block: each for each in told.contents}
    last = told.block + 1
    blocks = [
        Block(
            height,
            ByteSpan(0, 100 * height, 100 * height + 90),
            HashAlgorithm.SHA256,
            b"header %d" % height,
            BLOCK_HASH[height - 1] if height else b"",
            1,
        )
        for height in range(last)
    ]
    entries = [
        Entry(
            height,
            0,
            contents[height].entry_id if height in contents else "genesis",
            contents[height].kind if height in contents else "config",
            AGENT,
            ByteSpan(0, 100 * height + 20, 100 * height + 80),
            refused="MVCC_READ_CONFLICT"
            if height in contents and not contents[height].accepted
            else "",
        )
        for height in range(last)
    ]
    writer.add_blocks(blocks, [BLOCK_HASH[each] for each in range(last)], entries, {})
    lineage = Lineage()
    for content in told.contents:
        writer.add_statements(lineage.add(content))
    writer.add_findings(findings)
    writer.index_words()
    add_indexes(database)
    return CaseReader(database)


def check_row(kind: Kind, passed: int, failed: int = 0) -> CheckRow:
    spec = CheckSpec(f"test.{kind.value}", kind, f"The {kind.value} holds", ())
    counts = {Outcome.PASSED: passed}
    if failed:
        counts[Outcome.FAILED] = failed
    return CheckRow(spec, counts)


def party(*, anchored: bool) -> Party:
    absent = Absent.NOT_IN_FORMAT
    place = ByteSpan(0, 0, 1)
    return Party(
        "id-1", "ca", AGENT, "peer", absent, absent, "ab" * 32, place, anchored
    )


def ledger_report(
    *,
    checks: tuple[CheckRow, ...] = (),
    anchored: bool = False,
    anchored_to: int | None = None,
    verdict: Verdict = Verdict.CONSISTENT,
    is_fictional: bool = True,
) -> LedgerReport:
    rows = checks or (
        check_row(Kind.HASH, 16),
        check_row(Kind.LINK, 15),
        check_row(Kind.SIGNATURE, 16),
        check_row(Kind.REPLAY, 16),
    )
    tie = AnchoredRange(anchored_to or 0, "ab" * 32, "printed hash", "published")
    return LedgerReport(
        format="fabric",
        title="pear-trace",
        entry_unit="transaction",
        verdict=verdict,
        anchors=(),
        attributed=anchored,
        anchored_to=None if anchored_to is None else tie,
        blocks=16,
        entries=16,
        refused=2,
        signatures=16,
        first=0,
        last=15,
        last_hash=BLOCK_HASH[15].hex(),
        first_time_us=Absent.NOT_IN_FORMAT,
        last_time_us=Absent.NOT_IN_FORMAT,
        checks=rows,
        findings=(),
        not_checked=(),
        parties=(party(anchored=anchored),),
        uncovered=(),
        is_fictional=is_fictional,
        export_hint="",
    )
