"""A batch while it is being put together."""

from collections import Counter

from explorer.core.spans import ByteSpan
from explorer.formats.fabric.metadata import COMMIT_HASH, FLAGS
from explorer.formats.fabric.records import RawBlock
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, Kind, Outcome
from explorer.model.claims import Claim
from explorer.model.ledgers import Batch

_Flaw = tuple[int, str, str, Outcome, bool]
MAX_ALIKE = 100
"""Answers of one check with one reason that one block gets one by one."""


def limited(results: list[CheckResult]) -> list[CheckResult]:
    """Return the answers with those beyond ``MAX_ALIKE`` told as a number.

    A block may hold very many transactions with the same flaw.
    """
    if len(results) <= MAX_ALIKE:
        return results
    found: list[CheckResult] = []
    counts: Counter[_Flaw] = Counter()
    last: dict[_Flaw, CheckResult] = {}
    for each in results:
        name = each.block, each.check, each.reason, each.outcome, each.decisive
        counts[name] += 1
        if counts[name] <= MAX_ALIKE:
            found.append(each)
        else:
            last[name] = each
    for name, each in last.items():
        found.append(
            CheckResult(
                each.check,
                each.outcome,
                each.reason,
                each.block,
                spans=each.spans,
                decisive=each.decisive,
                detail=f"{counts[name] - MAX_ALIKE} more in this block",
            )
        )
    return found


class Draft:
    """Blocks, entries, claims and answers of one batch, in file order."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.blocks: list[Block] = []
        self.entries: list[Entry] = []
        self.claims: list[Claim] = []
        self.damage: list[Unreadable] = []
        self.passed: Counter[str] = Counter()
        self.results: list[CheckResult] = []
        self.covered: list[tuple[Kind, ByteSpan]] = []

    def cover(self, block: RawBlock, *, is_replayed: bool) -> None:
        """Note the bytes that framing and, if there is one, the replay protect.

        Transactions are left to the data hash and flags and commit hash to the replay:
        framing alone would not notice another value there.
        """
        if not block.is_exact:
            return
        apart = [*block.envelopes]
        for slot in (FLAGS, COMMIT_HASH):
            if block.slot(slot):
                apart.append(block.slot_place(slot))
                if is_replayed:
                    place = block.span(*block.slot_place(slot))
                    self.covered.append((Kind.REPLAY, place))
        at, end = block.place
        for start, stop in sorted(apart):
            self.covered.append((Kind.FRAMING, block.span(at, start)))
            at = stop
        self.covered.append((Kind.FRAMING, block.span(at, end)))

    def claim(self, claim: Claim) -> int:
        """Add a claim and return its index."""
        self.claims.append(claim)
        return len(self.claims) - 1

    def batch(self, done_bytes: int, total_bytes: int) -> Batch:
        """Return the finished batch."""
        return Batch(
            self.blocks,
            self.entries,
            self.claims,
            self.damage,
            tuple(self.passed.items()),
            limited(self.results),
            done_bytes,
            total_bytes,
            self.covered,
        )
