"""One chain of an export from its lowest height to its highest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.formats.batching import BatchDraft
from explorer.formats.cometbft import checks
from explorer.formats.cometbft.detail import claim_parts, document_field, header_parts
from explorer.formats.cometbft.index import ChainIndex, Index, Library
from explorer.formats.cometbft.plans import Around, HeightPlan
from explorer.formats.cometbft.records import Height
from explorer.formats.cometbft.remarks import EXPORT_HINT, Facts, remarks
from explorer.formats.cometbft.replay import PASSED, ChainReplay
from explorer.formats.cometbft.resolver import Resolver
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.blocks import Unreadable
from explorer.model.checks import CheckSpec, Kind
from explorer.model.claims import QuorumClaim
from explorer.model.ledgers import Batch, BlockDetail, Closing, Replayed

BATCH_HEIGHTS = 32
BATCH_BYTES = 2**20
"""A batch ends with the height that reaches either."""


@dataclass(slots=True)
class ParsedHeights:
    """Some heights in order, each with its neighbours."""

    heights: list[Around]
    damage: list[Unreadable]
    documents: int
    """How many documents were read without fault."""
    done_bytes: int
    total_bytes: int
    plans: list[HeightPlan] = field(default_factory=list)
    """Filled by the resolver."""


class CometPipeline:
    """One chain, ready to be read from its lowest height."""

    format = "cometbft"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "transaction"

    def __init__(
        self,
        files: EvidenceFiles,
        options: ReadingOptions,
        index: Index,
        chain: ChainIndex,
    ) -> None:
        """Read ``chain`` of ``files`` when asked."""
        self.title = chain.chain_id or files.path(min(index.sources)).name
        self._files = files
        self._index = index
        self._chain = chain
        self._library = Library(files)
        self._heights = sorted(chain.heights)
        self._resolver = Resolver(options.trust)
        for each in self._library.genesis_sets(chain.genesis):
            self._resolver.book.learn(each)
        self._replay = ChainReplay()
        self._has_anchors = bool(options.trust.identities)
        self._has_entries = False

    def read(self) -> Iterator[ParsedHeights]:
        """Yield heights in order; damage is part of them, never raised."""
        sizes = [
            sum(each.end - each.start for each in self._chain.heights[height])
            for height in self._heights
        ]
        total, done, size = sum(sizes), 0, 0
        batch = self._batch(list(self._index.damage), total)
        before: Height | None = None
        here = self._load(0, batch.damage)
        for number in range(len(self._heights)):
            after = self._load(number + 1, batch.damage)
            batch.heights.append(_around(before, here, after))
            batch.documents += len(self._chain.heights[self._heights[number]])
            size += sizes[number]
            before, here = here, after
            if len(batch.heights) >= BATCH_HEIGHTS or size >= BATCH_BYTES:
                done, size = done + size, 0
                batch.done_bytes = done
                yield batch
                batch = self._batch([], total)
        if batch.heights or batch.damage:
            batch.done_bytes = total
            yield batch

    def _batch(self, damage: list[Unreadable], total: int) -> ParsedHeights:
        return ParsedHeights([], damage, 0, 0, total)

    def _load(self, number: int, damage: list[Unreadable]) -> Height | None:
        if number >= len(self._heights):
            return None
        height = self._heights[number]
        return self._library.height(height, self._chain.heights[height], damage)

    def resolve(self, parsed: ParsedHeights) -> Batch:
        """Return the blocks, entries and claims of ``parsed``; called in order."""
        draft = BatchDraft()
        draft.damage += parsed.damage
        draft.passed[checks.FRAMING] += parsed.documents
        draft.passed[checks.FORM] += max(0, parsed.documents - len(parsed.damage))
        parsed.plans = [self._resolver.resolve(each, draft) for each in parsed.heights]
        self._has_entries = self._has_entries or bool(draft.entries)
        for each in parsed.heights:
            for reference in self._chain.heights[each.here.height]:
                span = ByteSpan(reference.source, reference.start, reference.start)
                draft.covered.append((Kind.FRAMING, span))
        return draft.batch(parsed.done_bytes, parsed.total_bytes)

    def replay(
        self, parsed: ParsedHeights, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Judge what only this family knows; called in order."""
        unanchored = {
            claim.block
            for index, claim in enumerate(batch.claims)
            if isinstance(claim, QuorumClaim)
            and not _is_anchored(claim, index, outcomes)
        }
        return self._replay.replay(parsed.plans, outcomes, frozenset(unanchored))

    def finish(self) -> Closing:
        """Say what only the end shows."""
        resolver = self._resolver
        facts = Facts(
            self._replay.has_gaps,
            bool(self._heights) and max(self._heights[0], 0) > 1,
            resolver.without_validators,
            resolver.has_celestia,
            resolver.has_results,
            self._has_entries,
            self._index.unassigned,
        )
        remaining = self._replay.remaining() if self._has_anchors else []
        return Closing(
            not_checked=tuple(remarks(facts)),
            parties=resolver.book.parties(),
            is_partial=facts.has_gaps or facts.starts_late,
            export_hint=EXPORT_HINT,
            unattributed=tuple(remaining),
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Read one height again with all fields, and make its claims again.

        Raises:
            ReadError: If there is no readable block of this height.
        """
        references = self._chain.heights.get(height, [])
        damage: list[Unreadable] = []
        here = self._library.height(height, references, damage)
        if not here.records:
            raise ReadError(f"no block {height} here", "not-this-block", span)
        draft = BatchDraft()
        around = _around(self._next_to(height, -1), here, self._next_to(height, 1))
        Resolver(self._resolver.trust, self._resolver.book).resolve(around, draft)
        fields = tuple(
            document_field(self._files, self._library.node(each), each)
            for each in references
        )
        return BlockDetail(
            draft.blocks[0],
            tuple(draft.entries),
            fields,
            tuple(draft.claims),
            header_parts(draft.blocks[0]),
            claim_parts(draft.claims, here),
        )

    def _next_to(self, height: int, step: int) -> Height | None:
        references = self._chain.heights.get(height + step)
        if references is None:
            return None
        return self._library.height(height + step, references, [])


def _around(before: Height | None, here: Height | None, after: Height | None) -> Around:
    """Return a height with the neighbours that really are next to it."""
    if here is None:
        raise ReadError("no height to read", "not-this-block")
    is_before = before is not None and before.height == here.height - 1
    is_after = after is not None and after.height == here.height + 1
    return Around(here, before if is_before else None, after if is_after else None)


def _is_anchored(claim: QuorumClaim, index: int, outcomes: Sequence[int]) -> bool:
    if outcomes[index] != PASSED:
        return False
    held = sum(
        each.weight
        for each in claim.voters
        if each.anchored and each.claim >= 0 and outcomes[each.claim] == PASSED
    )
    least = getattr(claim.rule, "least", 1)
    return held >= least
