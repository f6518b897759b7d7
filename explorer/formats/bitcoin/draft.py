"""A batch while it is being put together."""

from collections import Counter

import msgspec

from explorer.core.spans import ByteSpan
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, Kind, Outcome
from explorer.model.claims import Claim
from explorer.model.content import KeyRead, KeyWrite
from explorer.model.ledgers import Batch

MAX_ALIKE = 100
"""Answers of one check with one reason that one block gets one by one."""


class Said(msgspec.Struct, frozen=True, gc=False):
    """What one transaction says, until the outcomes of its signatures are there."""

    entry: Entry
    first_claim: int
    last_claim: int
    """Claims of its input signatures, end exclusive."""
    is_signed: bool
    """Every input has signatures that are judged."""
    is_exact: bool
    """Every output that it spends is known."""
    reads: tuple[KeyRead, ...]
    writes: tuple[KeyWrite, ...]


class Draft:
    """Blocks, entries, claims and answers of one batch."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.blocks: list[Block] = []
        self.entries: list[Entry] = []
        self.claims: list[Claim] = []
        self.damage: list[Unreadable] = []
        self.passed: Counter[str] = Counter()
        self.covered: list[tuple[Kind, ByteSpan]] = []
        self.said: list[Said] = []
        self._results: list[CheckResult] = []
        self._alike: Counter[tuple[int, str, str]] = Counter()

    def fail(
        self,
        check: str,
        reason: str,
        block: int,
        span: ByteSpan,
        *,
        entry: int = -1,
        values: tuple[str, str] = ("", ""),
    ) -> None:
        """Take a failure; ``values`` are what was expected and what was found.

        Alike ones beyond ``MAX_ALIKE`` in a block are dropped: it has failed for this
        reason a hundred times then.
        """
        alike = (block, check, reason)
        self._alike[alike] += 1
        if self._alike[alike] <= MAX_ALIKE:
            self._results.append(
                CheckResult(
                    check, Outcome.FAILED, reason, block, entry, *values, (span,)
                )
            )

    def answer(self, result: CheckResult) -> None:
        """Take any other answer."""
        self._results.append(result)

    def batch(self, done_bytes: int, total_bytes: int) -> Batch:
        """Return the finished batch."""
        return Batch(
            self.blocks,
            self.entries,
            self.claims,
            self.damage,
            tuple(self.passed.items()),
            self._results,
            done_bytes,
            total_bytes,
            self.covered,
        )
