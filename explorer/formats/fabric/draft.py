"""A batch while it is being put together."""

from collections import Counter

from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult
from explorer.model.claims import Claim
from explorer.model.ledgers import Batch


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
            self.results,
            done_bytes,
            total_bytes,
        )
