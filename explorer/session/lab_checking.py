"""Verifies working copies of the lab with the program's own readers and checks.

A copy is verified exactly as a file with these bytes would be: the same reader, the
same claims, the same checks and replay. ``verify --json`` of the saved copy says the
same (tests compare the two for every step of every lesson).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from explorer.checks.runner import ClaimRunner
from explorer.checks.signatures import Here
from explorer.core.errors import ExplorerError
from explorer.core.tasks import NullContext
from explorer.crypto.trust import HistoryAnchor, TrustStore
from explorer.formats.opening import ReadingOptions
from explorer.lab.lesson_states import BlockState, CopyState, Standing
from explorer.lab.values import editable_values
from explorer.model.blocks import Block, Entry
from explorer.model.checks import Kind, Outcome
from explorer.model.verdicts import EvidenceReport, Finding, LedgerReport
from explorer.session.catalogue import recognise
from explorer.session.engine import with_unread
from explorer.session.memory_evidence import MemoryFiles
from explorer.session.options import VerifyOptions
from explorer.session.profiles import shipped_profiles
from explorer.session.verification import LedgerVerification, NobodyListens
from explorer.store.schema import create_case
from explorer.store.writer import CaseWriter

HASH_LINE = b',"hash":"'
"""Before the declared hash of a chain-jsonl block."""

_PARENT_UNREADABLE = "parent-unreadable"
"""Why a block's link stays open where the block before it cannot be read."""

_HASH_CHARACTERS = 64
_DISPLAY_REVERSED = frozenset({"bitcoin"})
"""Families whose hashes people write with the last byte first."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a copy is compared with from outside."""

    trust: TrustStore = field(default_factory=TrustStore)
    checkpoints: tuple[HistoryAnchor, ...] = ()


NOTHING_OUTSIDE = Compared()


class _KeepingWriter(CaseWriter):
    """Keeps the blocks and entries that a verification writes."""

    def __init__(self) -> None:
        self.database = create_case(None)
        super().__init__(self.database)
        self.blocks: list[Block] = []
        self.hashes: list[bytes] = []
        self.entries: list[Entry] = []

    def add_blocks(
        self,
        blocks: Sequence[Block],
        hashes: Sequence[bytes],
        entries: Sequence[Entry],
        statuses: Mapping[int, int],
    ) -> None:
        """Write a batch and keep it."""
        super().add_blocks(blocks, hashes, entries, statuses)
        self.blocks += blocks
        self.hashes += hashes
        self.entries += entries


def verify_copy(
    files: Mapping[str, bytes], compared: Compared = NOTHING_OUTSIDE
) -> EvidenceReport:
    """Return the report of a working copy, as ``verify`` gives it for the files.

    Raises:
        ExplorerError: If it can no longer be read at all.
    """
    return _verified(files, compared)[0]


def check_copy(
    copy: str, files: Mapping[str, bytes], compared: Compared = NOTHING_OUTSIDE
) -> CopyState:
    """Return what the program says of a working copy, block by block.

    Raises:
        ExplorerError: If it can no longer be read at all.
    """
    report, memory, writer = _verified(files, compared)
    ledger = report.ledgers[0]
    findings = [each for each in ledger.findings if each.kind is not Kind.ANCHOR]
    blocks = _standing(
        _block(memory, ledger, block, block_hash, _Said(writer.entries, findings))
        for block, block_hash in zip(writer.blocks, writer.hashes, strict=True)
        if not block.is_aside
    )
    return CopyState(
        copy,
        ledger.verdict,
        ledger,
        tuple(blocks),
        _shown(bytes.fromhex(ledger.last_hash), ledger.format),
        tuple(
            each.message
            for each in findings
            if each.block is None and each.outcome is not Outcome.NOT_APPLICABLE
        ),
    )


def _verified(
    files: Mapping[str, bytes], compared: Compared
) -> tuple[EvidenceReport, MemoryFiles, _KeepingWriter]:
    memory, writer = MemoryFiles(files), _KeepingWriter()
    options = VerifyOptions(compared.trust, checkpoints=compared.checkpoints)
    writer.add_evidence(memory.evidence)
    family = recognise(memory)
    history = TrustStore(history=compared.checkpoints)
    reading = ReadingOptions(compared.trust.merge(history), profiles=shipped_profiles())
    ledgers: list[LedgerReport] = []
    read: set[int] = set()
    for pipeline in family.open_ledgers(memory, reading):
        runner = ClaimRunner(compared.trust, Here(fast=True))
        run = LedgerVerification(
            pipeline, memory.evidence, options, runner, writer, NobodyListens()
        )
        ledgers.append(run.run(NullContext()))
        read |= run.sources_read
    if not ledgers:
        raise ExplorerError("no ledger is left in the working copy")
    ledgers[0] = with_unread(ledgers[0], memory.evidence, read)
    report = EvidenceReport(
        memory.evidence.path,
        ledgers[0].verdict,
        tuple(ledgers),
        memory.digests(),
        inconsistencies=ledgers[0].inconsistencies,
    )
    return report, memory, writer


@dataclass(frozen=True, slots=True)
class _Said:
    entries: Sequence[Entry]
    findings: Sequence[Finding]


def _block(
    memory: MemoryFiles,
    ledger: LedgerReport,
    block: Block,
    block_hash: bytes,
    said: _Said,
) -> BlockState:
    here = [each for each in said.findings if each.block == block.height]
    worth = [each for each in here if each.outcome is not Outcome.NOT_APPLICABLE]
    failed = {each.kind for each in worth if each.outcome is Outcome.FAILED}
    line = memory.read(block.span)
    is_text = ledger.format == "chain-jsonl"
    entries = [each for each in said.entries if each.block == block.height]
    return BlockState(
        block.height,
        tuple(each.id for each in entries),
        tuple(each.summary for each in entries),
        _shown(block.declared_parent, ledger.format),
        _declared(line) if is_text else "",
        _shown(block_hash, ledger.format),
        _own_standing(worth, failed),
        Kind.LINK not in failed,
        not failed & {Kind.HASH, Kind.FRAMING, Kind.MALFORMED, Kind.WORK},
        Kind.TREE not in failed,
        not failed & {Kind.SIGNATURE, Kind.QUORUM, Kind.IDENTITY},
        tuple(dict.fromkeys(each.reason for each in worth)),
        tuple(dict.fromkeys(each.message for each in worth)),
        next((each.computed for each in worth if each.kind is Kind.TREE), ""),
        editable_values(line, block.span.start) if is_text else (),
    )


def _own_standing(worth: Sequence[Finding], failed: set[Kind]) -> Standing:
    if failed:
        return Standing.FAILED
    return Standing.OPEN if worth else Standing.HOLDS


def _standing(blocks: Iterable[BlockState]) -> list[BlockState]:
    """Mark what follows a broken hash, root, link or block: it rests on nothing."""
    found: list[BlockState] = []
    is_lost = False
    for block in blocks:
        if is_lost and block.standing is Standing.HOLDS:
            found.append(replace(block, standing=Standing.RESTS_ON_NOTHING))
        else:
            found.append(block)
        is_lost = is_lost or not (
            block.hash_fits and block.tree_fits and block.link_fits
        )
        is_lost = is_lost or _PARENT_UNREADABLE in block.reasons
    return found


def _declared(line: bytes) -> str:
    at = line.rfind(HASH_LINE) + len(HASH_LINE)
    return line[at : at + _HASH_CHARACTERS].decode("ascii", "replace")


def _shown(value: bytes, family: str) -> str:
    """Return a hash as people of this family write it."""
    return (value[::-1] if family in _DISPLAY_REVERSED else value).hex()
