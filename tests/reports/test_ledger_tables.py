from collections.abc import Callable

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.model.blocks import Block, Entry
from explorer.model.verdicts import EvidenceReport, LedgerReport
from explorer.reports.ledger_tables import (
    BLOCK_COLUMNS,
    BLOCK_TIME,
    ENTRY_COLUMNS,
    ENTRY_TIME,
    FINDING_COLUMNS,
    SIGNER_COLUMNS,
    block_rows,
    entry_rows,
    findings_table,
    signers_table,
)


def test_blocks() -> None:
    block = Block(
        7, ByteSpan(0, 10, 90), HashAlgorithm.SHA256, b"h", b"p", 3, 42, 1, True
    )
    [row] = block_rows([(block, b"\x01")])
    assert len(row) == len(BLOCK_COLUMNS)
    assert row == (7, 42, b"\x01", b"p", 3, 1, True, 0, 10, 90)
    assert BLOCK_COLUMNS[BLOCK_TIME].name == "time_utc"


def test_entries() -> None:
    entry = Entry(7, 0, "tx", "harvest", "OrchardOrg", ByteSpan(1, 2, 3))
    [row] = entry_rows([entry])
    assert len(row) == len(ENTRY_COLUMNS)
    assert row[ENTRY_TIME] is Absent.NOT_IN_FORMAT
    assert ENTRY_COLUMNS[ENTRY_TIME].name == "time_utc"
    assert row[3:6] == ("tx", "harvest", "OrchardOrg")


def test_findings_and_signers(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    report = make_evidence(make_ledger(), make_ledger(title="b"))
    rows = list(findings_table([report]).rows)
    assert len(rows) == 8
    assert all(len(row) == len(FINDING_COLUMNS) for row in rows)
    assert rows[0][:6] == (
        "pear-trace",
        "pear.data-hash",
        "hash",
        "failed",
        "error",
        "hash-mismatch",
    )
    assert rows[0][13:] == ("case/pears.jsonl", 4_100, 4_242)
    assert rows[3][13:] == (None, None, None)
    signers = list(signers_table([report]).rows)
    assert len(signers) == 2
    assert all(len(row) == len(SIGNER_COLUMNS) for row in signers)
    assert signers[1][0] == "b"
    assert signers[0][-1] is True
