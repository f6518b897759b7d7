"""Turns blocks, in the order of the ledger, into entries and claims.

Bitcoin Core 29, ``src/validation.cpp`` (``CheckBlock``, ``ContextualCheckBlock``),
``src/pow.cpp``; BIP-34 (height in the coinbase). Blocks set aside are checked by
themselves; only the ledger's own branch is followed.
"""

from collections import deque
from collections.abc import Callable
from statistics import median_low

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.secp256k1_library import Secp256k1Library
from explorer.encodings.bitcoin_headers import bits_of, target_of
from explorer.formats.bitcoin import arranging, checks
from explorer.formats.bitcoin.arranging import Placed
from explorer.formats.bitcoin.bodies import Bodies
from explorer.formats.bitcoin.difficulty import Difficulty
from explorer.formats.bitcoin.draft import Draft
from explorer.formats.bitcoin.networks import Network, subsidy
from explorer.formats.bitcoin.readers import coinbase_height
from explorer.formats.bitcoin.records import HEADER_BYTES, RawBlock, Spent, shown
from explorer.formats.bitcoin.store import FRAME_HEAD
from explorer.formats.bitcoin.transactions import TransactionReader
from explorer.model.blocks import Block, Unreadable
from explorer.model.checks import CheckResult, Kind, Outcome
from explorer.model.claims import (
    HashClaim,
    LinkClaim,
    WorkClaim,
)

MEDIAN_BLOCKS = 11
SHA256D = HashAlgorithm.SHA256D
_NO_PARENT = bytes(32)

SpentOf = Callable[[RawBlock], list[Spent | None]]
"""What files beside a block say its inputs spend; empty if nothing."""


class Resolver:
    """Follows the blocks of one ledger."""

    def __init__(
        self,
        network: Network,
        library: Secp256k1Library,
        spent_of: SpentOf,
        *,
        with_contents: bool = True,
    ) -> None:
        """Ask ``spent_of`` for outputs that are not made by blocks before."""
        self._network = network
        self._spent_of = spent_of
        self._easiest = bits_of(network.limit)
        self._difficulty = Difficulty(network)
        self._times: deque[int] = deque(maxlen=MEDIAN_BLOCKS)
        self._before: tuple[int, bytes, bytes, ByteSpan] | None = None
        self.transactions = TransactionReader(
            network, library, with_contents=with_contents
        )
        self.bodies = Bodies(network)
        self.begins_at_first = False
        self.genesis_differs = False

    def add(self, placed: Placed, raw: RawBlock, draft: Draft) -> None:
        """Take the next block."""
        height = placed.height
        header = raw.header
        count = len(raw.transactions) or max(
            len(raw.declared.txids), raw.declared.entry_count, 0
        )
        block = Block(
            height,
            raw.span,
            SHA256D,
            header,
            b"" if header[4:36] == _NO_PARENT else header[4:36],
            count,
            int.from_bytes(header[68:72], "little") * 1_000_000,
            is_aside=placed.is_aside,
        )
        draft.blocks.append(block)
        self._note_damage(height, raw, draft)
        self._check_work(height, raw, header, draft)
        is_linked = self._check_link(placed, raw, block, draft)
        if not placed.is_aside:
            self._follow(height, raw, block, draft, is_linked=is_linked)
        self._check_declared(height, raw, header, draft)
        self.bodies.add(placed, raw, draft)
        if raw.has_body and not placed.is_aside:
            self._check_height(placed, raw, draft)
            self._check_reward(placed, raw, draft)

    def _note_damage(self, height: int, raw: RawBlock, draft: Draft) -> None:
        if raw.frame_fault:
            span = raw.span
            start = max(span.start - FRAME_HEAD, 0)
            frame = ByteSpan(span.source, start, span.end)
            draft.damage.append(
                Unreadable(checks.FRAMING, raw.frame_fault, frame, height)
            )
        if raw.damage is not None:
            found = raw.damage
            draft.damage.append(
                Unreadable(found.check, found.reason, found.span, height, found.detail)
            )
        if not raw.frame_fault and raw.damage is None:
            draft.passed[checks.FORM] += 1

    def _check_work(
        self, height: int, raw: RawBlock, header: bytes, draft: Draft
    ) -> None:
        bits = int.from_bytes(header[72:76], "little")
        target = target_of(bits)
        place = raw.places.span(0, HEADER_BYTES)
        if target is None or target > self._network.limit:
            reason = "target-impossible" if target is None else "target-too-easy"
            draft.fail(
                checks.WORK,
                reason,
                height,
                raw.places.span(72, 76),
                values=(f"{self._easiest:08x}", f"{bits:08x}"),
            )
            return
        draft.claims.append(
            WorkClaim(
                checks.WORK,
                height,
                SHA256D,
                header,
                target,
                place,
                is_little_endian=True,
            )
        )

    def _check_link(
        self, placed: Placed, raw: RawBlock, block: Block, draft: Draft
    ) -> bool:
        """Claim the link to the block before; return whether it is one."""
        height = placed.height
        place = raw.places.span(4, 36)
        if placed.is_aside and not placed.gap:
            draft.passed[checks.LINK] += 1  # found by the hash that it declares
            return True
        if placed.gap == arranging.FIRST:
            return False
        before = self._before
        if placed.gap == arranging.OPEN:
            draft.answer(
                CheckResult(
                    checks.LINK,
                    Outcome.INCONCLUSIVE,
                    "parent-may-be-elsewhere",
                    height,
                    expected=shown(block.declared_parent),
                    spans=(place,),
                )
            )
            return False
        is_next = before is not None and before[0] == height - 1
        if placed.gap == arranging.MISSING and not is_next:
            values = (shown(block.declared_parent), "")
            draft.fail(checks.LINK, "parent-missing", height, place, values=values)
            return False
        if before is None or placed.is_aside or not is_next:
            draft.answer(
                CheckResult(
                    checks.LINK,
                    Outcome.NOT_APPLICABLE,
                    "parent-not-in-export",
                    height,
                    expected=shown(block.declared_parent),
                    spans=(place,),
                    decisive=False,
                )
            )
            return False
        _, parent_header, parent_hash, parent_place = before
        draft.claims.append(
            LinkClaim(
                checks.LINK,
                height,
                SHA256D,
                parent_header,
                raw.data[4:36],
                parent_place,
                place,
            )
        )
        return parent_hash == raw.data[4:36]

    def _follow(
        self, height: int, raw: RawBlock, block: Block, draft: Draft, *, is_linked: bool
    ) -> None:
        """Check what follows from the blocks before."""
        if height == 0 and not block.declared_parent:
            self.begins_at_first = self.transactions.has_all = True
            self.genesis_differs = raw.hash != self._network.genesis
        elif not is_linked:
            self.transactions.has_all = False
        time_s = int.from_bytes(raw.data[68:72], "little")
        bits = int.from_bytes(raw.data[72:76], "little")
        self._check_target(height, raw, bits, time_s, draft, is_linked=is_linked)
        if not is_linked:
            self._times.clear()
        if len(self._times) == MEDIAN_BLOCKS:
            middle = median_low(self._times)
            if time_s <= middle:
                draft.fail(
                    checks.TIME,
                    "time-too-old",
                    height,
                    raw.places.span(68, 72),
                    values=(f"> {middle}", f"{time_s}"),
                )
            else:
                draft.passed[checks.TIME] += 1
        self._times.append(time_s)
        if not raw.has_body:
            self.transactions.has_all = False
        place = raw.places.span(0, HEADER_BYTES)
        self._before = (height, block.header, raw.hash, place)

    def _check_target(
        self,
        height: int,
        raw: RawBlock,
        bits: int,
        time_s: int,
        draft: Draft,
        *,
        is_linked: bool,
    ) -> None:
        wanted = self._difficulty.follow(height, bits, time_s, is_linked=is_linked)
        place = raw.places.span(72, 76)
        if wanted < 0:
            draft.answer(
                CheckResult(
                    checks.TARGET,
                    Outcome.NOT_APPLICABLE,
                    "period-not-in-export",
                    height,
                    spans=(place,),
                    decisive=False,
                )
            )
        elif wanted != bits:
            draft.fail(
                checks.TARGET,
                "target-differs",
                height,
                place,
                values=(f"{wanted:08x}", f"{bits:08x}"),
            )
        else:
            draft.passed[checks.TARGET] += 1

    def _check_declared(
        self, height: int, raw: RawBlock, header: bytes, draft: Draft
    ) -> None:
        """Claim what a JSON export states besides the bytes."""
        declared = raw.declared
        if declared.block_hash:
            draft.claims.append(
                HashClaim(
                    checks.BLOCK_HASH,
                    height,
                    -1,
                    SHA256D,
                    header,
                    declared.block_hash,
                    raw.places.span(0, HEADER_BYTES),
                    declared.hash_place or raw.span,
                    part="block header",
                )
            )
        if 0 <= declared.height != height:
            draft.fail(
                checks.HEIGHT,
                "export-height-differs",
                height,
                raw.span,
                values=(f"{height}", f"{declared.height}"),
            )
        stated, found = declared.entry_count, declared.listed
        if stated >= 0 and 0 <= found != stated:
            draft.fail(
                checks.FORM,
                "count-differs",
                height,
                raw.span,
                values=(f"{found}", f"{stated}"),
            )

    def _check_height(self, placed: Placed, raw: RawBlock, draft: Draft) -> None:
        """Check the height in the coinbase where it must stand (BIP-34)."""
        height, network = placed.height, self._network
        if placed.is_guessed or height < network.coinbase_height or not height:
            return
        stated = coinbase_height(raw)
        if stated == height:
            draft.passed[checks.HEIGHT] += 1
            return
        draft.fail(
            checks.HEIGHT,
            "height-differs" if stated >= 0 else "height-not-stated",
            height,
            raw.places.span(HEADER_BYTES, len(raw.data)),
            values=(f"{height}", f"{stated}" if stated >= 0 else ""),
        )

    def _check_reward(self, placed: Placed, raw: RawBlock, draft: Draft) -> None:
        height, reader = placed.height, self.transactions
        spent = raw.spent if raw.spent is not None else self._spent_of(raw)
        fees = reader.read(raw, height, spent, draft)
        if fees is None or placed.is_guessed or not raw.transactions:
            reader.counts.rewards_open += 1
            return
        first = raw.transactions[0]
        paid = sum(value for value, _, _ in first.outputs)
        allowed = subsidy(self._network, height) + fees
        if paid > allowed:
            draft.fail(
                checks.REWARD,
                "reward-too-high",
                height,
                raw.places.span(first.start, first.end),
                entry=0,
                values=(f"<= {allowed}", f"{paid}"),
            )
        else:
            draft.passed[checks.REWARD] += 1


def covered_pieces(raw: RawBlock) -> list[tuple[Kind, ByteSpan]]:
    """Return the places of a block whose bytes lie apart; hashes cover them all."""
    source = raw.places.source
    pieces = raw.places.pieces
    return [(Kind.HASH, ByteSpan(source, e.at, e.at + e.size)) for e in pieces]


def covered_frame(raw: RawBlock) -> tuple[Kind, ByteSpan]:
    """Return the magic bytes and the length before a block of a store."""
    span = raw.span
    return Kind.FRAMING, ByteSpan(span.source, span.start - FRAME_HEAD, span.start)
