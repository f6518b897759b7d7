"""One chain of the Ethereum family: read, resolve, replay, finish, detail."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.crypto.public_keys import key_fingerprint
from explorer.encodings.abi import AbiItem
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.branches import NO_BRANCHES, find_branches, has_repeats
from explorer.formats.ethereum.contents import contents_of
from explorer.formats.ethereum.detail import block_fields, claim_parts, header_parts
from explorer.formats.ethereum.draft import Plan
from explorer.formats.ethereum.era1_reader import EraTail
from explorer.formats.ethereum.forks import Network
from explorer.formats.ethereum.records import RawBlock
from explorer.formats.ethereum.remarks import EXPORT_HINT, Counted, remarks
from explorer.formats.ethereum.resolver import Item, Resolver
from explorer.formats.ethereum.seal_claims import VALIDATORS
from explorer.formats.ethereum.sealing import SealKind
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.checks import CheckSpec, Outcome
from explorer.model.content import EntryContent
from explorer.model.keys import KeyKind, PublicKey
from explorer.model.ledgers import Batch, BlockDetail, Closing, Party, Replayed

BATCH_BYTES = 2**18
BATCH_BLOCKS = 64
MAX_UNKNOWN = 100
"""Unknown documents that are told one by one."""


class BlockSource(Protocol):
    """Yields the blocks of one ledger, in order, with damage."""

    is_contiguous: bool
    total_bytes: int

    def numbers(self) -> Iterator[int]:
        """Yield the number of each block, cheaply."""

    def blocks(self) -> Iterator[Item]:
        """Yield blocks and damage from the first on."""

    def one(self, height: int, span: ByteSpan) -> RawBlock:
        """Return the block at ``span`` alone.

        Raises:
            ReadError: If it cannot be read.
        """


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside the blocks of an evidence."""

    events: Mapping[bytes, AbiItem]
    """First topic → event, of the ABIs."""
    loose_receipts: int = 0
    """Receipts that belong to none of the blocks."""
    abi_sources: Sequence[int] = ()
    """Files that the ABIs were read from."""
    unknown: Sequence[ByteSpan] = ()
    """Documents among the blocks that are nothing known."""


@dataclass(slots=True)
class ParsedBlocks:
    """Some consecutive blocks and damaged places."""

    items: list[Item]
    done_bytes: int
    plans: list[Plan | None] = field(default_factory=list)


class EthereumPipeline:
    """One chain, ready to be read from its first block."""

    format = "ethereum"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "transaction"

    def __init__(
        self,
        files: EvidenceFiles,
        options: ReadingOptions,
        title: str,
        blocks: BlockSource,
        network: Network,
        beside: Beside,
    ) -> None:
        """Read ``blocks`` when asked; ``beside`` is what lies beside them."""
        self.title = title
        self._files = files
        self._trust = options.trust
        self._blocks = blocks
        self._events = beside.events
        self._loose_receipts = beside.loose_receipts
        self._unknown = beside.unknown
        self._abi_sources = beside.abi_sources
        self._resolver = Resolver(network, options.trust)
        self._attribution = _Attribution()
        self._counted = Counted()

    def read(self) -> Iterator[ParsedBlocks]:
        """Yield blocks in order; damage is part of them, never raised."""
        branches = NO_BRANCHES
        if has_repeats(self._blocks.numbers()):
            found = (e for e in self._blocks.blocks() if not isinstance(e, EraTail))
            branches = find_branches(found, self._resolver.hashed)
        self._resolver.begin(branches)
        self._attribution, self._counted = _Attribution(), Counted()
        most = 1 if branches.has_forks else BATCH_BLOCKS
        items: list[Item] = []
        size = done = 0
        for item in self._blocks.blocks():
            items.append(item)
            if isinstance(item, RawBlock):
                size += item.span.size_bytes
                done = max(done, item.done_bytes)
            if len(items) >= most or size >= BATCH_BYTES:
                yield ParsedBlocks(items, done)
                items, size = [], 0
        if items:
            yield ParsedBlocks(items, self._blocks.total_bytes)

    def resolve(self, parsed: ParsedBlocks) -> Batch:
        """Return the blocks, entries and claims of ``parsed``; called in order."""
        draft = self._resolver.resolve(parsed.items)
        parsed.plans = draft.plans
        batch = draft.batch(parsed.done_bytes, self._blocks.total_bytes)
        return replace(batch, read_sources=self._abi_sources)

    def replay(
        self, parsed: ParsedBlocks, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Tell what the transactions say, and which blocks nobody named has sealed."""
        contents: list[EntryContent] = []
        held = Outcome.PASSED
        for plan in parsed.plans:
            if plan is None:
                continue
            self._counted.add(plan)
            holds = [
                each >= 0 and outcomes[each] == held for each in plan.sender_claims
            ]
            is_bound = (
                _all_hold((plan.transactions_claim, plan.receipts_claim), outcomes)
                and not plan.is_aside
            )
            if not plan.is_aside:
                contents += contents_of(
                    plan, is_bound=is_bound, holds=holds, events=self._events
                )
            self._attribution.note(plan, outcomes)
        return Replayed(contents=contents)

    def finish(self) -> Closing:
        """Say what only the end shows."""
        resolver = self._resolver
        is_sealed = resolver.seals.kind is not SealKind.NONE
        first = resolver.first
        unknown = [
            checks.result(
                checks.FRAMING, Outcome.INCONCLUSIVE, "document-unknown", -1, (each,)
            )
            for each in self._unknown[:MAX_UNKNOWN]
        ]
        return Closing(
            results=unknown,
            not_checked=remarks(resolver, self._counted, self._loose_receipts),
            parties=self._parties(),
            is_partial=first != 0,
            is_fictional=resolver.is_fictional,
            export_hint=EXPORT_HINT,
            unattributed=self._attribution.remaining() if is_sealed else (),
        )

    def _parties(self) -> list[Party]:
        found: list[Party] = []
        is_named = bool(self._trust.anchors_for(VALIDATORS))
        for address, place in self._resolver.seals.seen.items():
            key = PublicKey(KeyKind.SECP256K1_ADDRESS, address)
            name = f"0x{address.hex()}"
            found.append(
                Party(
                    name,
                    name,
                    VALIDATORS if is_named else "",
                    "validator",
                    key,
                    Absent.NOT_IN_FORMAT,
                    key_fingerprint(key).hex(),
                    place,
                    self._trust.covers_key(key, VALIDATORS),
                )
            )
        return found

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Read one block again with all its fields, and make its claims again.

        Raises:
            ReadError: If no block can be read at ``span``.
        """
        raw = self._blocks.one(height, span)
        draft = self._resolver.again(raw)
        return BlockDetail(
            draft.blocks[0],
            tuple(draft.entries),
            block_fields(raw),
            tuple(draft.claims),
            header_parts(raw, draft.blocks[0].header),
            claim_parts(raw, draft.claims),
        )


def _all_hold(claims: Sequence[int], outcomes: Sequence[int]) -> bool:
    return all(each >= 0 and outcomes[each] == Outcome.PASSED for each in claims)


class _Attribution:
    """First blocks, which nobody seals, are tied only by a link from a sealed one."""

    def __init__(self) -> None:
        self._waiting: list[int] = []
        self._loose: list[int] = []

    def note(self, plan: Plan, outcomes: Sequence[int]) -> None:
        """Take the next block; a quorum of its own is judged by the check."""
        is_linked = _all_hold((plan.link_claim,), outcomes)
        if not is_linked:
            self._loose += self._waiting
            self._waiting = []
        if plan.quorum_claim >= 0:
            if is_linked:
                self._waiting = []
            return
        self._waiting.append(plan.raw.number)

    def remaining(self) -> list[int]:
        """Return the heights that no sealed block ties."""
        return [*self._loose, *self._waiting]
