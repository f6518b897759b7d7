"""A batch while it is put together, and the plan of each of its blocks."""

from collections import Counter
from dataclasses import dataclass, field

from explorer.core.spans import ByteSpan
from explorer.formats.ethereum.header_rules import Breach
from explorer.formats.ethereum.records import RawBlock
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, Kind, Outcome
from explorer.model.claims import Claim
from explorer.model.ledgers import Batch

MAX_ALIKE = 100
"""Answers of one check with one reason that one block gets one by one."""


@dataclass(slots=True)
class Plan:
    """What replay needs of one block."""

    raw: RawBlock
    senders: list[bytes] = field(default_factory=list)
    """Address of the sender of each transaction, empty where unknown."""
    sender_claims: list[int] = field(default_factory=list)
    """Index of each sender's claim, -1 where there is none."""
    hash_claim: int = -1
    link_claim: int = -1
    quorum_claim: int = -1
    transactions_claim: int = -1
    receipts_claim: int = -1
    is_aside: bool = False
    has_seal: bool = False


class Draft:
    """Blocks, entries, claims and answers of one batch, in order."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.blocks: list[Block] = []
        self.entries: list[Entry] = []
        self.claims: list[Claim] = []
        self.damage: list[Unreadable] = []
        self.passed: Counter[str] = Counter()
        self.results: list[CheckResult] = []
        self.covered: list[tuple[Kind, ByteSpan]] = []
        self.plans: list[Plan | None] = []
        """One for each block; nothing stands for damage."""

    def claim(self, claim: Claim) -> int:
        """Add a claim and return its index."""
        self.claims.append(claim)
        return len(self.claims) - 1

    def answer(
        self,
        check: str,
        outcome: Outcome,
        reason: str,
        block: int,
        span: ByteSpan,
        detail: str = "",
    ) -> None:
        """Add an answer about a block that needs no claim."""
        self.answer_entry(check, outcome, reason, (block, -1), span, detail)

    def answer_entry(
        self,
        check: str,
        outcome: Outcome,
        reason: str,
        at: tuple[int, int],
        span: ByteSpan,
        detail: str = "",
    ) -> None:
        """Add an answer about an entry, ``at`` being its block and position."""
        self.results.append(
            CheckResult(
                check,
                outcome,
                reason,
                *at,
                spans=(span,),
                decisive=outcome is not Outcome.NOT_APPLICABLE,
                detail=detail,
            )
        )

    def judge(
        self,
        check: str,
        found: list[Breach],
        block: int,
        span: ByteSpan,
        *,
        is_known: bool,
        entry: int = -1,
    ) -> None:
        """Add what rules were broken; a pass if none was.

        Where the network is not known, only universal rules can fail.
        """
        if not found:
            self.passed[check] += 1
        for each in found[:MAX_ALIKE]:
            is_decided = is_known or each.is_universal
            self.results.append(
                CheckResult(
                    check,
                    Outcome.FAILED if is_decided else Outcome.INCONCLUSIVE,
                    each.reason if is_decided else "network-not-named",
                    block,
                    entry,
                    each.expected,
                    each.found,
                    (span,),
                    is_decided,
                    "" if is_decided else each.reason,
                )
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
