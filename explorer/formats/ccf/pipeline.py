"""One CCF ledger from its first chunk to its last."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.formats.batching import BatchDraft
from explorer.formats.ccf import checks
from explorer.formats.ccf.chunks import (
    ChunkItem,
    ChunkReader,
    RawEntry,
    read_entry,
)
from explorer.formats.ccf.contents import content_of
from explorer.formats.ccf.detail import claim_parts, entry_fields, header_parts
from explorer.formats.ccf.frontier import Frontier
from explorer.formats.ccf.remarks import EXPORT_HINT, Facts, remarks
from explorer.formats.ccf.resolver import EntryPlan, Resolver
from explorer.formats.ccf.signers import service_name
from explorer.formats.ccf.state import all_holders
from explorer.formats.ccf.tables import read_public
from explorer.formats.ccf.tree import stated_tree
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.blocks import Unreadable
from explorer.model.checks import CheckSpec, Kind, Outcome
from explorer.model.content import EntryContent
from explorer.model.ledgers import Batch, BlockDetail, Closing, Party, Replayed

BATCH_ENTRIES = 512
BATCH_BYTES = 2**20
"""A batch ends with the entry that reaches either."""
MAX_LOOKED_AHEAD = 100_000
"""Entries looked through for a signature that writes the tree down."""
MAX_REREAD = 50_000
"""Entries read again to show one of them with everything known before it."""
PASSED = int(Outcome.PASSED)


@dataclass(frozen=True, slots=True)
class Chunk:
    """One file of a ledger."""

    source: int
    first: int
    """Sequence number of its first entry."""


@dataclass(frozen=True, slots=True)
class Restart:
    """Entries are missing here; the tree of all before, if it is known."""

    frontier: Frontier | None


@dataclass(slots=True)
class ParsedEntries:
    """Some consecutive entries, damage, and ends of chunks."""

    items: list[ChunkItem | Restart]
    done_bytes: int
    total_bytes: int
    plans: list[EntryPlan] = field(default_factory=list)
    """Filled by the resolver."""


class CcfPipeline:
    """One ledger, ready to be read from its first chunk."""

    format = "ccf"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "entry"

    def __init__(
        self,
        files: EvidenceFiles,
        options: ReadingOptions,
        title: str,
        chunks: Sequence[Chunk],
    ) -> None:
        """Read ``chunks``, which are in order, when asked."""
        self.title = title
        self._files = files
        self._chunks = chunks
        self._trust = options.trust
        self._first = chunks[0].first
        self._resolver = Resolver(options.trust, self._first)
        self._anchored_to = -1
        self._heights: list[int] = []

    def read(self) -> Iterator[ParsedEntries]:
        """Yield entries in order; damage is part of them, never raised."""
        sources = self._files.evidence.sources
        total = sum(sources[each.source].size_bytes for each in self._chunks)
        items: list[ChunkItem | Restart] = []
        done = size = 0
        for item in self._items():
            items.append(item)
            if isinstance(item, RawEntry):
                size += len(item.data)
            if size >= BATCH_BYTES or len(items) >= BATCH_ENTRIES:
                done, size = done + size, 0
                yield ParsedEntries(items, done, total)
                items = []
        if items:
            yield ParsedEntries(items, total, total)

    def _items(self) -> Iterator[ChunkItem | Restart]:
        expected = 1
        for number, chunk in enumerate(self._chunks):
            if chunk.first != expected:
                yield Restart(self._tree_before(number, chunk.first))
            for item in ChunkReader(self._files, chunk.source).items():
                if isinstance(item, RawEntry):
                    expected = item.seqno + 1
                yield item

    def _tree_before(self, number: int, seqno: int) -> Frontier | None:
        """Return the tree of all entries before ``seqno``, from a signature behind it.

        ``number`` is that of its chunk.
        """
        seen = 0
        for chunk in self._chunks[number:]:
            for item in ChunkReader(self._files, chunk.source).items():
                seen += 1
                if not isinstance(item, RawEntry) or seen > MAX_LOOKED_AHEAD:
                    return None
                if item.seqno < seqno:
                    continue
                try:
                    stated = stated_tree(item, read_public(item))
                except ReadError:
                    continue
                if stated is not None:
                    return stated.before(seqno)
        return None

    def resolve(self, parsed: ParsedEntries) -> Batch:
        """Return the blocks, entries and claims of ``parsed``; called in order."""
        draft = BatchDraft()
        for item in parsed.items:
            if isinstance(item, RawEntry):
                parsed.plans.append(self._resolver.entry(item, draft))
                draft.passed[checks.FRAMING] += 1
            elif isinstance(item, Unreadable):
                self._resolver.damage(item, draft)
            elif isinstance(item, Restart):
                self._resolver.restart(item.frontier)
            else:
                draft.passed[checks.POSITIONS] += 1
                draft.covered += [(Kind.FRAMING, each) for each in item.covered]
        return draft.batch(parsed.done_bytes, parsed.total_bytes)

    def replay(
        self, parsed: ParsedEntries, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Say what entries hold and how far anchored signatures reach."""
        del batch
        contents: list[EntryContent] = []
        for plan in parsed.plans:
            self._heights.append(plan.raw.seqno)
            signed = plan.signed
            holds = [each for each in signed.claims if outcomes[each] == PASSED]
            if holds and signed.is_anchored:
                self._anchored_to = plan.raw.seqno
            if plan.part is None or plan.entry.kind in {"signature", "internal"}:
                continue
            claim = signed.member_claims.get(plan.entry.author, -1)
            is_signed = claim >= 0 and outcomes[claim] == PASSED
            contents.append(
                content_of(plan.raw, plan.part, plan.entry, author_verified=is_signed)
            )
        return Replayed(contents=contents)

    def finish(self) -> Closing:
        """Say what only the end shows."""
        resolver = self._resolver
        state = resolver.state
        facts = Facts(
            self._first,
            resolver.private_entries,
            len(resolver.unsigned_tail),
            resolver.has_old_history,
            len(state.services),
        )
        loose = tuple(each for each in self._heights if each > self._anchored_to)
        service = state.service
        is_covered = service is None or resolver.signers.is_anchored(service)
        return Closing(
            not_checked=tuple(remarks(facts)),
            parties=self._parties(),
            uncovered=() if is_covered or service is None else (service_name(service),),
            is_partial=self._first > 1,
            export_hint=EXPORT_HINT,
            unattributed=loose if self._trust.identities else (),
        )

    def _parties(self) -> tuple[Party, ...]:
        resolver = self._resolver
        roles: Counter[str] = Counter()
        found: list[Party] = []
        for role, each in all_holders(resolver.state):
            roles[role] += 1
            is_service = role == "service"
            found.append(
                Party(
                    each.id,
                    each.certificate.common_name or each.id,
                    service_name(each) if is_service else "",
                    role,
                    each.key,
                    each.certificate.der,
                    each.certificate.fingerprint.hex(),
                    each.place,
                    anchored=is_service and resolver.signers.is_anchored(each),
                )
            )
        return tuple(found)

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Read one entry again with all fields, and make its claims again.

        Raises:
            ReadError: If no entry of this number can be read at ``span``.
        """
        raw = read_entry(self._files.read(span), span.source, span.start)
        if raw is None or raw.seqno != height:
            raise ReadError(f"no entry {height} here", "not-this-block", span)
        resolver, draft = self._before(height), BatchDraft()
        plan = resolver.entry(raw, draft)
        return BlockDetail(
            draft.blocks[0],
            tuple(draft.entries),
            entry_fields(raw, plan.part),
            tuple(draft.claims),
            header_parts(draft.blocks[0]),
            claim_parts(draft.claims),
        )

    def _before(self, height: int) -> Resolver:
        """Return a resolver that has seen every entry before ``height``.

        Of very many only the tree is taken over, from a signature behind the entry.
        """
        if height - self._first > MAX_REREAD:
            resolver = Resolver(self._trust, height)
            number = max(
                at for at, each in enumerate(self._chunks) if each.first <= height
            )
            resolver.restart(self._tree_before(number, height))
            return resolver
        resolver, scratch = Resolver(self._trust, self._first), BatchDraft()
        for item in self._items():
            if isinstance(item, RawEntry):
                if item.seqno >= height:
                    break
                resolver.entry(item, scratch)
                scratch = BatchDraft()
            elif isinstance(item, Restart):
                resolver.restart(item.frontier)
            elif isinstance(item, Unreadable):
                resolver.damage(item, scratch)
        return resolver
