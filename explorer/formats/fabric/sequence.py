"""Block numbers and links: which height a block has, and which block it follows.

``common/ledger/blkstorage`` and ``protoutil/blockutils.go`` of Fabric 3.1. A store
holds every block from 0, or from behind the snapshot that it was started from; an
export may begin anywhere and have gaps. Left out: competing branches, which Fabric does
not have.
"""

import hashlib

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.formats.fabric.checks import (
    LINK,
    NUMBER,
    SNAPSHOT_LINK,
    failed,
    result,
)
from explorer.formats.fabric.records import MAX_HEIGHT, RawBlock
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import LinkClaim

KEPT_HEADERS = 64
"""Headers remembered for links of blocks that are out of order."""
MAX_GAP = 100_000
"""A larger jump of numbers is taken for a damaged number."""
MAX_MISSING = 100_000
"""Missing heights remembered."""


class Snapshot(msgspec.Struct, frozen=True):
    """What a store says about the snapshot it was started from."""

    last_block: int
    last_hash: bytes
    span: ByteSpan


class Placed(msgspec.Struct):
    """Where a block belongs."""

    height: int
    is_kept: bool = True
    """False for a repeat, which is reported and not looked into."""
    is_gap: bool = False
    """Whether blocks before it are missing."""
    results: list[CheckResult] = []
    links: list[LinkClaim] = []
    passed: list[str] = []


class BlockSequence:
    """Assigns heights in file order."""

    def __init__(
        self, *, is_store: bool, first: int, snapshot: Snapshot | None
    ) -> None:
        """Expect ``first`` to come first; -1 if the export may begin anywhere."""
        self._is_store = is_store
        self._snapshot = snapshot
        self._expected = first
        self._is_first = True
        self._headers: dict[int, tuple[bytes, ByteSpan]] = {}
        self._missing: set[int] = set()
        self._last: bytes = b""
        self._last_height = -1
        self._lowest = -1
        """Least height placed, -1 before the first."""
        self._lost_from = -1
        """First height that the damage just before may stand for, -1 if none does."""

    def lost(self) -> int:
        """Note bytes that could not be read; return their likely height, -1 if unknown.

        They need not be a block: the next one may still have this height.
        """
        height = self._expected
        if height >= 0:
            self._lost_from = height if self._lost_from < 0 else self._lost_from
            self._expected += 1
        self._is_first = False
        self._last = b""
        return height

    def place(self, block: RawBlock) -> Placed:
        """Return height, number and link of the next block."""
        placed = Placed(block.number, results=[], links=[], passed=[])
        self._number(block, placed)
        if not placed.is_kept:
            return placed
        self._link(block, placed)
        self._headers[placed.height] = (block.header, block.header_span)
        if len(self._headers) > KEPT_HEADERS:
            del self._headers[next(iter(self._headers))]
        self._last, self._last_height = block.header, placed.height
        self._is_first = False
        is_lowest = self._lowest < 0 or placed.height < self._lowest
        self._lowest = placed.height if is_lowest else self._lowest
        self._expected = max(self._expected, placed.height + 1)
        return placed

    def link_of(self, block: RawBlock, height: int) -> list[LinkClaim]:
        """Return the link of a block whose parent is still remembered."""
        parent = self._headers.get(height - 1)
        return [] if parent is None else [_claim(parent, block, height)]

    def _number(self, block: RawBlock, placed: Placed) -> None:
        self._settle_lost(block.number)
        number, expected = block.number, self._expected
        if number <= MAX_HEIGHT and (expected < 0 or number == expected):
            placed.passed.append(NUMBER)
        elif self._is_misnumbered(block):
            placed.height = max(expected, 0)
            self._fail(placed, "number-mismatch", placed.height, block)
        elif number > expected:
            placed.is_gap = True
            self._note_gap(block, placed)
        elif self._lowest < 0:
            # Nothing came before it: the snapshot file says too much.
            self._fail(placed, "number-mismatch", number, block)
            self._expected = number
        elif number in self._missing or number < self._lowest:
            self._missing.discard(number)
            self._fail(placed, "block-out-of-order", number, block)
        else:
            placed.is_kept = False
            known = self._headers.get(number)
            same = known is None or known[0] == block.header
            reason = "block-repeated" if same else "blocks-conflict"
            self._fail(placed, reason, number, block)

    def _settle_lost(self, number: int) -> None:
        """Learn from the next block how many the damage before it stands for."""
        start, self._lost_from = self._lost_from, -1
        if 0 <= start <= number <= self._expected:
            self._expected = number
        if start >= 0:
            end = min(self._expected, start + MAX_MISSING - len(self._missing))
            self._missing.update(range(start, end))

    def _is_misnumbered(self, block: RawBlock) -> bool:
        """Return whether everything but the number says that it is the next block."""
        if block.number > MAX_HEIGHT:
            return True
        if self._is_first:
            return self._expected == 0 and not block.previous_hash
        if self._last:
            follows = block.previous_hash == hashlib.sha256(self._last).digest()
            return follows and self._last_height + 1 == self._expected
        return block.number - self._expected > MAX_GAP

    def _note_gap(self, block: RawBlock, placed: Placed) -> None:
        expected = self._expected
        if not self._is_store:
            placed.passed.append(NUMBER)
            return
        if len(self._missing) < MAX_MISSING:
            self._missing.update(
                range(expected, min(block.number, expected + MAX_MISSING))
            )
        reason = "first-block-missing" if self._is_first else "blocks-missing"
        self._fail(placed, reason, expected, block)

    def _fail(self, placed: Placed, reason: str, height: int, block: RawBlock) -> None:
        place = block.span(*block.number_place)
        placed.results.append(
            CheckResult(
                NUMBER,
                Outcome.FAILED,
                reason,
                height,
                expected=str(self._expected),
                computed=str(block.number),
                spans=(place,),
            )
        )

    def _link(self, block: RawBlock, placed: Placed) -> None:
        height = placed.height
        place = block.span(*block.previous_hash_place)
        parent = self._headers.get(height - 1)
        if parent is not None:
            placed.links.append(_claim(parent, block, height))
        elif height == 0:
            if block.previous_hash:
                reason = "first-block-names-parent"
                placed.results.append(failed(LINK, reason, 0, (place,)))
            else:
                placed.results.append(
                    result(LINK, Outcome.NOT_APPLICABLE, "first-block", 0, (place,))
                )
        elif self._snapshot is not None and height == self._snapshot.last_block + 1:
            self._snapshot_link(self._snapshot, block, placed)
        elif self._is_store and not self._is_first:
            placed.results.append(
                result(
                    LINK, Outcome.INCONCLUSIVE, "parent-unreadable", height, (place,)
                )
            )
        else:
            reason = "parent-not-in-export"
            placed.results.append(
                result(LINK, Outcome.NOT_APPLICABLE, reason, height, (place,))
            )

    def _snapshot_link(
        self, snapshot: Snapshot, block: RawBlock, placed: Placed
    ) -> None:
        if block.previous_hash == snapshot.last_hash:
            placed.passed.append(SNAPSHOT_LINK)
            return
        placed.results.append(
            CheckResult(
                SNAPSHOT_LINK,
                Outcome.FAILED,
                "snapshot-hash-mismatch",
                placed.height,
                expected=snapshot.last_hash.hex(),
                computed=block.previous_hash.hex(),
                spans=(block.span(*block.previous_hash_place), snapshot.span),
            )
        )


def _claim(parent: tuple[bytes, ByteSpan], block: RawBlock, height: int) -> LinkClaim:
    return LinkClaim(
        LINK,
        height,
        HashAlgorithm.SHA256,
        parent[0],
        block.previous_hash,
        parent[1],
        block.span(*block.previous_hash_place),
    )
