"""The tables that can be exported: blocks, entries, findings and signers."""

from collections.abc import Iterable, Iterator, Sequence

from explorer.model.blocks import Block, Entry
from explorer.model.ledgers import Party
from explorer.model.verdicts import EvidenceReport, Finding, Inconsistency
from explorer.reports.tables import Column, ColumnKind, Row, Table

_INTEGER, _TIME, _BYTES = ColumnKind.INTEGER, ColumnKind.TIME, ColumnKind.BYTES

BLOCK_COLUMNS = (
    Column("height", _INTEGER),
    Column("time_utc", _TIME),
    Column("hash", _BYTES),
    Column("declared_parent", _BYTES),
    Column("entries", _INTEGER, summed=True),
    Column("refused", _INTEGER, summed=True),
    Column("configuration", ColumnKind.BOOLEAN),
    Column("source", _INTEGER),
    Column("start", _INTEGER),
    Column("end", _INTEGER),
)
BLOCK_TIME = 1
"""Number of the column with the time."""

ENTRY_COLUMNS = (
    Column("block", _INTEGER),
    Column("position", _INTEGER),
    Column("time_utc", _TIME),
    Column("id"),
    Column("kind"),
    Column("author"),
    Column("refused"),
    Column("summary"),
    Column("source", _INTEGER),
    Column("start", _INTEGER),
    Column("end", _INTEGER),
)
ENTRY_TIME = 2
"""Number of the column with the time."""

FINDING_COLUMNS = (
    Column("ledger"),
    Column("check"),
    Column("kind"),
    Column("outcome"),
    Column("severity"),
    Column("reason"),
    Column("block", _INTEGER),
    Column("entry", _INTEGER),
    Column("entry_id"),
    Column("message"),
    Column("detail"),
    Column("expected"),
    Column("computed"),
    Column("path"),
    Column("start", _INTEGER),
    Column("end", _INTEGER),
)

SIGNER_COLUMNS = (
    Column("ledger"),
    Column("id"),
    Column("name"),
    Column("organisation"),
    Column("role"),
    Column("fingerprint_sha256"),
    Column("chosen", ColumnKind.BOOLEAN),
)


def block_rows(blocks: Iterable[tuple[Block, bytes]]) -> Iterator[Row]:
    """Yield a row for each block and its computed hash."""
    for block, block_hash in blocks:
        yield (
            block.height,
            block.time_us,
            block_hash,
            block.declared_parent,
            block.entry_count,
            block.refused_count,
            block.is_configuration,
            block.span.source,
            block.span.start,
            block.span.end,
        )


def entry_rows(entries: Iterable[Entry]) -> Iterator[Row]:
    """Yield a row for each entry."""
    for entry in entries:
        yield (
            entry.block,
            entry.position,
            entry.time_us,
            entry.id,
            entry.kind,
            entry.author,
            entry.refused,
            entry.summary,
            entry.span.source,
            entry.span.start,
            entry.span.end,
        )


def finding_row(ledger: str, finding: Finding) -> Row:
    """Return the row of one finding, with its first place."""
    place = finding.places[0] if finding.places else None
    return (
        ledger,
        finding.check,
        finding.kind.value,
        finding.outcome.word,
        finding.severity.value,
        finding.reason,
        finding.block,
        finding.entry,
        finding.entry_id,
        finding.message,
        finding.detail,
        finding.expected,
        finding.computed,
        place.path if place else None,
        place.start if place else None,
        place.end if place else None,
    )


def signer_row(ledger: str, party: Party) -> Row:
    """Return the row of one signer or party."""
    return (
        ledger,
        party.id,
        party.name,
        party.organisation,
        party.role,
        party.fingerprint,
        party.anchored,
    )


ALERT_COLUMNS = (
    Column("ledger"),
    Column("rule"),
    Column("reason"),
    Column("severity"),
    Column("pack"),
    Column("area"),
    Column("activity"),
    Column("checkpoint", _INTEGER),
    Column("organisation"),
    Column("month"),
    Column("known_at_block", _INTEGER),
    Column("known_at_entry", _INTEGER),
    Column("known_at_entry_id"),
    Column("entries"),
    Column("items"),
    Column("message"),
    Column("message_zh"),
    Column("detail"),
    Column("path"),
)


def alert_row(ledger: str, alert: Inconsistency) -> Row:
    """Return the row of one inconsistency, by a pack or by a general rule."""
    known = alert.known_at
    last = alert.entries[-1] if alert.entries else None
    return (
        ledger,
        alert.rule,
        alert.reason,
        alert.severity.value,
        known.pack if known else None,
        known.area if known else None,
        known.activity if known else None,
        (known.checkpoint or None) if known else None,
        known.organisation if known else None,
        known.month if known else None,
        known.block if known else last and last[0],
        known.entry if known else last and last[1],
        known.entry_id if known else None,
        " ".join(f"{block}:{entry}" for block, entry in alert.entries),
        " ".join(alert.items),
        alert.message,
        alert.message_zh or None,
        alert.detail,
        alert.path,
    )


def alerts_table(reports: Iterable[EvidenceReport]) -> Table:
    """Return all inconsistencies as a table."""
    rows = (
        alert_row(ledger.title, alert)
        for report in reports
        for ledger in report.ledgers
        for alert in ledger.inconsistencies
    )
    return Table("alerts", ALERT_COLUMNS, rows)


def findings_table(reports: Sequence[EvidenceReport]) -> Table:
    """Return the findings of all ledgers, in order."""
    rows = (
        finding_row(ledger.title, finding)
        for report in reports
        for ledger in report.ledgers
        for finding in ledger.findings
    )
    return Table("findings", FINDING_COLUMNS, rows)


def signers_table(reports: Sequence[EvidenceReport]) -> Table:
    """Return the signers and parties of all ledgers, in order."""
    rows = (
        signer_row(ledger.title, party)
        for report in reports
        for ledger in report.ledgers
        for party in ledger.parties
    )
    return Table("signers", SIGNER_COLUMNS, rows)
