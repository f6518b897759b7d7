"""For each finding of a report the commands that repeat what was computed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from explorer.core.errors import ExplorerError
from explorer.crypto.trust import TrustStore
from explorer.model.checks import Outcome
from explorer.model.verdicts import EvidenceReport, Finding
from explorer.session.showing import BlockShower, ShownBlock
from explorer.store.queries import CaseReader

MAX_REPEATED = 200
"""Findings that get commands; each means reading a block again."""


def repeat_commands(
    report: EvidenceReport, reader: CaseReader, paths: Sequence[Path], trust: TrustStore
) -> dict[int, str]:
    """Return commands by the number of the finding, counted over all ledgers from 0.

    A finding that no hash, tree or signature of one block explains has none.
    """
    try:
        shower = BlockShower(tuple(paths), trust)
    except ExplorerError:
        return {}
    try:
        return dict(_commands(report, _Blocks(shower, reader)))
    finally:
        shower.close()


class _Blocks:
    """Blocks shown again, the last one kept: findings come block by block."""

    def __init__(self, shower: BlockShower, reader: CaseReader) -> None:
        self._shower = shower
        self._reader = reader
        self._last: tuple[int, int, ShownBlock | None] = (-1, -1, None)

    def block(self, ledger: int, height: int) -> ShownBlock | None:
        if self._last[:2] != (ledger, height):
            self._last = (ledger, height, self._show(ledger, height))
        return self._last[2]

    def _show(self, ledger: int, height: int) -> ShownBlock | None:
        row = self._reader.block_row(ledger, height)
        before = self._reader.block_row(ledger, height - 1)
        if row is None:
            return None
        try:
            parent = None if before is None else before.span
            return self._shower.show(ledger, height, row.span, parent)
        except ExplorerError:
            return None


def _commands(report: EvidenceReport, blocks: _Blocks) -> Iterator[tuple[int, str]]:
    number = -1
    for ledger, each in enumerate(report.ledgers):
        for finding in each.findings:
            number += 1
            if number < MAX_REPEATED and finding.block is not None:
                command = _command(finding, blocks.block(ledger, finding.block))
                if command:
                    yield number, command


def _command(finding: Finding, block: ShownBlock | None) -> str:
    if block is None:
        return ""
    for shown in block.claims:
        entry = getattr(shown.claim, "entry", -1)
        if (
            shown.spec.id == finding.check
            and entry == (-1 if finding.entry is None else finding.entry)
            and shown.outcome is not Outcome.PASSED
            and shown.explanation is not None
            and _is_same(finding, shown.explanation.declared)
        ):
            return shown.explanation.command
    return ""


def _is_same(finding: Finding, declared: str) -> bool:
    """Return whether the claim is the finding's: several can stand in one entry."""
    return not finding.expected or finding.expected == declared
