"""One Fabric ledger from file to findings: read, resolve, replay, finish, detail.

Left out: what the evidence does not hold and how to ask for it is said by ``finish``.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from explorer.core.spans import ByteSpan
from explorer.formats.fabric import checks
from explorer.formats.fabric.attribution import Attribution
from explorer.formats.fabric.contents import content_of
from explorer.formats.fabric.detail import block_fields
from explorer.formats.fabric.draft import limited
from explorer.formats.fabric.parts import claim_parts, header_parts
from explorer.formats.fabric.plans import BlockPlan, ParsedBlocks
from explorer.formats.fabric.records import RawBlock
from explorer.formats.fabric.remarks import EXPORT_HINT, Remarks
from explorer.formats.fabric.replay import BlockReplay, LedgerReplay
from explorer.formats.fabric.resolver import LedgerFacts, Resolver
from explorer.formats.fabric.sequence import BlockSequence, Snapshot
from explorer.formats.fabric.state import KeyState
from explorer.formats.fabric.transactions import (
    ENDORSER_TRANSACTION,
    EnvelopeParser,
    Transaction,
)
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.blocks import Unreadable
from explorer.model.checks import CheckResult, CheckSpec, Outcome
from explorer.model.content import EntryContent
from explorer.model.ledgers import Batch, BlockDetail, Closing, Replayed

BATCH_BYTES = 2**18
BATCH_BLOCKS = 32
"""A batch ends with the block that reaches either; small ones stay in the cache, which
made everything but the signatures a fifth faster than batches of 2 MB."""


class BlockSource(Protocol):
    """Yields the blocks of one ledger, in order, with damage."""

    def blocks(self) -> Iterator[RawBlock | Unreadable]:
        """Yield blocks and damage from the first on."""

    def one(self, span: ByteSpan) -> RawBlock:
        """Return the block at ``span`` alone.

        Raises:
            ReadError: If it cannot be read.
        """


@dataclass(frozen=True, slots=True)
class LedgerSource:
    """Where the blocks of one ledger come from."""

    title: str
    channel: str
    is_store: bool
    """A store holds every block from its first one; an export may have gaps."""
    first: int
    """Number of the first block that should be there; -1 if any may be."""
    total_bytes: int
    snapshot: Snapshot | None = None
    results: tuple[CheckResult, ...] = ()
    """What opening the evidence showed already."""
    copies: dict[int, tuple[bytes, ByteSpan]] = field(default_factory=dict)
    """Header and place of single block files that should be blocks of a store."""


class FabricPipeline:
    """One ledger, ready to be read from its first block."""

    format = "fabric"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "transaction"

    def __init__(
        self,
        files: EvidenceFiles,
        options: ReadingOptions,
        source: LedgerSource,
        blocks: BlockSource,
    ) -> None:
        """Read ``blocks`` of ``files`` when asked."""
        self.title = source.title
        self._files = files
        self._source = source
        self._blocks = blocks
        self._parser = EnvelopeParser()
        self._has_anchors = bool(options.trust.identities)
        copies = dict(source.copies)
        facts = LedgerFacts(source.channel, source.is_store, source.first, copies)
        sequence = BlockSequence(
            is_store=source.is_store, first=source.first, snapshot=source.snapshot
        )
        self._resolver = Resolver(facts, sequence, options.trust)
        has_all = source.is_store and source.first == 0
        self._replay = LedgerReplay(
            source.channel, self._value_of, has_all=has_all, is_store=source.is_store
        )
        self._has_all = has_all
        self._attribution = Attribution()
        self._quorum_missing = 0
        self._has_lossy_json = False

    def read(self) -> Iterator[ParsedBlocks]:
        """Yield parsed blocks in order; damage is part of them, never raised."""
        items: list[RawBlock | Unreadable] = []
        parsed: list[list[Transaction]] = []
        size = done = 0
        for item in self._blocks.blocks():
            items.append(item)
            parsed.append(self._transactions(item))
            span = item.whole if isinstance(item, RawBlock) else item.span
            size += span.size_bytes
            if size >= BATCH_BYTES or len(items) >= BATCH_BLOCKS:
                done += size
                yield ParsedBlocks(items, parsed, done, self._source.total_bytes)
                items, parsed, size = [], [], 0
        if items:
            yield ParsedBlocks(items, parsed, done + size, self._source.total_bytes)

    def _transactions(self, item: RawBlock | Unreadable) -> list[Transaction]:
        if not isinstance(item, RawBlock):
            return []
        parse, data = self._parser.parse, item.data
        return [parse(data, start, end) for start, end in item.envelopes]

    def resolve(self, parsed: ParsedBlocks) -> Batch:
        """Return the blocks, entries and claims of ``parsed``; called in order."""
        return self._resolver.resolve(parsed)

    def replay(
        self, parsed: ParsedBlocks, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Judge transactions, flags and commit hashes; called in order."""
        passed: Counter[str] = Counter()
        results: list[CheckResult] = []
        contents: list[EntryContent] = []
        unattributed: list[int] = []
        for plan in parsed.plan:
            if plan is None:
                self._replay.lose()
                self._attribution.lose()
                continue
            self._has_lossy_json = self._has_lossy_json or not plan.raw.can_rehash
            found = self._replay.replay(plan, outcomes)
            passed[checks.FLAG] += found.passed
            results.extend(found.results)
            results.extend(_surplus(plan, outcomes))
            _add_contents(plan, found, contents)
            if self._has_anchors:
                is_counted = not found.is_attributed
                unattributed += [plan.height] * is_counted
                self._attribution.note(
                    plan, batch.claims, outcomes, is_counted=is_counted
                )
            if plan.epoch is None and plan.height > 0:
                self._quorum_missing += 1
        commits = self._replay.commits
        passed[checks.COMMIT_HASH] += commits.passed
        results.extend(commits.results)
        commits.passed, commits.results = 0, []
        return Replayed(
            tuple((name, count) for name, count in passed.items() if count),
            limited(results),
            contents,
            unattributed,
        )

    def finish(self) -> Closing:
        """Say what only the end shows."""
        epochs = self._resolver.epochs
        remarks = Remarks(
            is_store=self._source.is_store,
            has_all=self._has_all,
            has_snapshot=self._source.snapshot is not None,
            tally=self._replay.tally,
            commits=self._replay.commits,
            quorum_missing=self._quorum_missing,
            copies_beyond=len(self._resolver.copies),
            has_lossy_json=self._has_lossy_json,
            is_certain=self._replay.is_certain or not self._has_all,
            has_legacy_slots=self._resolver.has_legacy_slots,
            organisations=epochs.organisations,
        )
        anchored = frozenset(self._resolver.anchored)
        return Closing(
            results=(*self._source.results, *remarks.results()),
            not_checked=remarks.remarks(),
            parties=self._resolver.book.parties(anchored),
            uncovered=epochs.uncovered(),
            is_partial=not self._has_all,
            export_hint=EXPORT_HINT,
            unattributed=self._attribution.remaining() if self._has_anchors else (),
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Read one block again with all its fields, and make its claims again.

        Raises:
            ReadError: If no block can be read at ``span``.
        """
        raw = self._blocks.one(span)
        parse, data = self._parser.parse, raw.data
        parsed = [parse(data, start, end) for start, end in raw.envelopes]
        draft = self._resolver.again(raw, height, parsed)
        return BlockDetail(
            draft.blocks[0],
            tuple(draft.entries),
            block_fields(raw),
            tuple(draft.claims),
            header_parts(raw),
            claim_parts(raw, draft.claims),
        )

    def _value_of(self, key: KeyState) -> bytes:
        return key.value if key.value is not None else self._files.read(key.place)


def _surplus(plan: BlockPlan, outcomes: Sequence[int]) -> list[CheckResult]:
    """Answer for signatures that do not hold on a block that others suffice for."""
    if plan.quorum_claim < 0 or outcomes[plan.quorum_claim] != Outcome.PASSED:
        return []
    return [
        checks.failed(
            checks.ORDERER_SIGNATURE,
            "surplus-signature-mismatch",
            plan.height,
            (plan.raw.span(*plan.metadata.signatures[index].signature),),
        )
        for index, claim in enumerate(plan.orderer_claims)
        if outcomes[claim] == Outcome.FAILED
    ]


def _add_contents(
    plan: BlockPlan, found: BlockReplay, contents: list[EntryContent]
) -> None:
    each = zip(plan.transactions, found.codes, found.verdicts, strict=True)
    for planned, code, verdict in each:
        if planned.tx.type == ENDORSER_TRANSACTION and planned.tx.head_code == 0:
            contents.append(
                content_of(
                    plan,
                    planned,
                    is_accepted=code == 0,
                    is_enforced=found.is_exact and code == 0,
                    creator_holds=verdict.creator_holds,
                )
            )
