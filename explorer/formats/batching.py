"""A batch while a resolver puts it together; shared by families, knows no format."""

from collections import Counter

from explorer.core.spans import ByteSpan
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, Kind, Outcome
from explorer.model.claims import Claim
from explorer.model.ledgers import Batch

MAX_ALIKE = 100
"""Answers of one check with one reason that one block gets one by one."""


class BatchDraft:
    """Blocks, entries, claims and answers of one batch, in the order of the ledger."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.blocks: list[Block] = []
        self.entries: list[Entry] = []
        self.claims: list[Claim] = []
        self.damage: list[Unreadable] = []
        self.results: list[CheckResult] = []
        self.passed: Counter[str] = Counter()
        self.covered: list[tuple[Kind, ByteSpan]] = []
        self._alike: Counter[tuple[str, str, int]] = Counter()

    def claim(self, claim: Claim) -> int:
        """Add a claim and return its index."""
        self.claims.append(claim)
        return len(self.claims) - 1

    def answer(self, result: CheckResult) -> None:
        """Add an answer; of very many alike in one block, the first ones."""
        name = (result.check, result.reason, result.block)
        self._alike[name] += 1
        if self._alike[name] <= MAX_ALIKE:
            self.results.append(result)

    def fail(
        self,
        check: str,
        reason: str,
        block: int,
        *spans: ByteSpan,
        detail: str = "",
    ) -> None:
        """Add a failure that the resolver saw itself."""
        self.answer(
            CheckResult(
                check, Outcome.FAILED, reason, block, spans=spans, detail=detail
            )
        )

    def open(
        self,
        check: str,
        reason: str,
        block: int,
        *spans: ByteSpan,
        detail: str = "",
    ) -> None:
        """Add an answer that could not be given because material is missing."""
        self.answer(
            CheckResult(
                check, Outcome.INCONCLUSIVE, reason, block, spans=spans, detail=detail
            )
        )

    def skip(self, check: str, reason: str, block: int, *spans: ByteSpan) -> None:
        """Add that a check does not apply."""
        self.answer(
            CheckResult(check, Outcome.NOT_APPLICABLE, reason, block, spans=spans)
        )

    def batch(self, done_bytes: int, total_bytes: int) -> Batch:
        """Return the finished batch."""
        return Batch(
            self.blocks,
            self.entries,
            self.claims,
            self.damage,
            tuple(self.passed.items()),
            self.results,
            done_bytes,
            total_bytes,
            self.covered,
        )
