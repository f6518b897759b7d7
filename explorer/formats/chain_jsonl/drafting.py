"""The batch that the resolver fills, with what the replay needs beside it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.spans import ByteSpan
from explorer.formats.chain_jsonl import specs
from explorer.formats.chain_jsonl.reading import Item
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, Kind
from explorer.model.claims import Claim
from explorer.model.ledgers import Batch


@dataclass(frozen=True, slots=True)
class ChainBatch(Batch):
    """A batch with the values and signatures of its entries."""

    items: Sequence[Item] = ()
    """One for each entry."""
    leaves: Sequence[bytes] = ()
    """The exact bytes of the items."""
    signatures: Sequence[int] = ()
    """For each entry the index of its signature claim, -1 without one."""
    anchored: Sequence[bool] = ()
    """For each entry whether its author is under the user's anchors."""
    unproven: Sequence[int] = ()
    """Heights with an entry whose demanded signature is missing or by nobody known."""


class Draft:
    """A batch in the making."""

    __slots__ = (
        "anchored",
        "blocks",
        "claims",
        "damage",
        "empty_roots",
        "entries",
        "failed",
        "items",
        "leaves",
        "lines",
        "passed",
        "results",
        "signatures",
        "unproven",
    )

    def __init__(self) -> None:
        """Begin empty."""
        self.blocks: list[Block] = []
        self.entries: list[Entry] = []
        self.claims: list[Claim] = []
        self.damage: list[Unreadable] = []
        self.results: list[CheckResult] = []
        self.items: list[Item] = []
        self.leaves: list[bytes] = []
        self.signatures: list[int] = []
        self.anchored: list[bool] = []
        self.unproven: list[int] = []
        self.lines = 0
        """Header and trailer lines that were read; blocks count themselves."""
        self.empty_roots = 0
        """Blocks without entries that declare the root of none."""
        self.passed: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        """How often a check that every block or entry undergoes did not pass."""

    def report(self, result: CheckResult) -> None:
        """Keep an answer that is not passed."""
        self.results.append(result)
        self.failed[result.check] += 1

    def batch(self, lines: ByteSpan, total_bytes: int) -> ChainBatch:
        """Return everything taken so far from these bytes, all of them framed."""
        return ChainBatch(
            blocks=self.blocks,
            entries=self.entries,
            claims=self.claims,
            damage=self.damage,
            passed=self._passed(),
            results=self.results,
            done_bytes=lines.end,
            total_bytes=total_bytes,
            covered=((Kind.FRAMING, lines),),
            items=self.items,
            leaves=self.leaves,
            signatures=self.signatures,
            anchored=self.anchored,
            unproven=self.unproven,
        )

    def _passed(self) -> list[tuple[str, int]]:
        blocks, entries = len(self.blocks), len(self.entries)
        lines = blocks + self.lines
        tried = Counter(
            {
                specs.LINE_FRAMING: lines,
                specs.CANONICAL_JSON: lines,
                specs.LINE_FORM: lines,
                specs.BLOCK_NUMBER: blocks,
                specs.BLOCK_TIME: blocks,
                specs.ENTRY_COUNT: blocks,
                specs.ENTRIES_ROOT: self.empty_roots,
                specs.ENTRY_ID: entries,
            }
        )
        tried.update(self.passed)
        tried.subtract(self.failed)
        return [(check, count) for check, count in tried.items() if count > 0]
