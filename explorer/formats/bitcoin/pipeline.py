"""One ledger of Bitcoin from file to findings: read, resolve, replay, detail."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.secp256k1_library import best_library
from explorer.encodings.bitcoin_headers import work_of
from explorer.formats.bitcoin import checks
from explorer.formats.bitcoin.arranging import Arranger, Placed
from explorer.formats.bitcoin.detail import block_fields, header_parts
from explorer.formats.bitcoin.draft import Draft, Said
from explorer.formats.bitcoin.networks import Network
from explorer.formats.bitcoin.readers import (
    BlockReader,
    Row,
    coinbase_height,
)
from explorer.formats.bitcoin.records import RawBlock, Spent
from explorer.formats.bitcoin.remarks import EXPORT_HINT, Facts, remarks
from explorer.formats.bitcoin.resolver import Resolver, covered_frame, covered_pieces
from explorer.model.blocks import Unreadable
from explorer.model.checks import CheckResult, CheckSpec, Kind, Outcome
from explorer.model.content import EntryContent
from explorer.model.ledgers import Batch, BlockDetail, Closing, Replayed

BATCH_BYTES = 2**20
BATCH_BLOCKS = 256
"""A batch ends with the block that reaches either."""

SpentOf = Callable[[RawBlock], list[Spent | None]]


@dataclass(slots=True)
class ParsedBlocks:
    """Some consecutive blocks."""

    items: list[tuple[Placed, RawBlock | Unreadable]]
    damage: list[Unreadable]
    done_bytes: int
    said: list[Said] = field(default_factory=list)
    """Filled when the blocks are resolved."""


@dataclass(frozen=True, slots=True)
class LedgerFiles:
    """Everything of one network in the evidence."""

    network: Network
    is_network_assumed: bool
    readers: Sequence[BlockReader]
    spent_of: SpentOf
    known_heights: dict[bytes, int]
    """Heights that the user's anchors give to hashes."""
    total_bytes: int
    side_sources: Callable[[], Sequence[int]]
    """Files that were read besides those with blocks."""
    with_contents: bool
    """Whether anybody will ask what transactions say."""


class BitcoinPipeline:
    """One ledger, ready to be read from its first block."""

    format = "bitcoin"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "transaction"

    def __init__(self, files: LedgerFiles) -> None:
        """Read nothing yet."""
        self.title = f"bitcoin {files.network.name}"
        self._files = files
        self._library = best_library()
        self._resolver = self._new_resolver()
        self._facts = Facts(files.network, files.is_network_assumed)
        self._rows: dict[ByteSpan, tuple[Row, Placed]] = {}
        self._left_out: list[CheckResult] = []

    def _new_resolver(self) -> Resolver:
        files = self._files
        return Resolver(
            files.network,
            self._library,
            files.spent_of,
            with_contents=files.with_contents,
        )

    def read(self) -> Iterator[ParsedBlocks]:
        """Yield the blocks in the order of the ledger; damage comes first."""
        damage, placed = self._index()
        items: list[tuple[Placed, RawBlock | Unreadable]] = []
        size = done = 0
        was_aside = False
        for each in placed:
            is_border = bool(items) and (each.is_aside or was_aside)
            if is_border or size >= BATCH_BYTES or len(items) >= BATCH_BLOCKS:
                done += size
                yield ParsedBlocks(items, damage, done)
                items, damage, size = [], [], 0
            items.append((each, self._load(each)))
            size += each.row.span.size_bytes
            was_aside = each.is_aside
        if items or damage:
            yield ParsedBlocks(items, damage, done + size)

    def _index(self) -> tuple[list[Unreadable], list[Placed]]:
        """List all blocks by header and put them in order."""
        rows: list[Row] = []
        damage: list[Unreadable] = []
        seen: dict[bytes, int] = {}
        self._left_out = []
        for number, reader in enumerate(self._files.readers):
            for item in reader.rows(number):
                if isinstance(item, Unreadable):
                    self._take_damage(item, damage)
                elif item.hash not in seen:
                    seen[item.hash] = len(rows)
                    rows.append(item)
                elif self._is_other(rows[seen[item.hash]], item):
                    rows.append(item)
                elif item.has_body and not rows[seen[item.hash]].has_body:
                    rows[seen[item.hash]] = item
                else:
                    self._facts.repeated += 1
        placed = Arranger(
            rows,
            self._files.network,
            self._files.known_heights,
            self._stated_height,
            lambda row: self._files.readers[row.reader].is_store,
        ).arrange()
        self._note(placed)
        return damage, placed

    def _take_damage(self, item: Unreadable, damage: list[Unreadable]) -> None:
        """Tell what is damaged from what an export only left out."""
        if item.reason != "field-missing":
            damage.append(item)
            return
        self._left_out.append(
            CheckResult(
                item.check,
                Outcome.INCONCLUSIVE,
                item.reason,
                item.block,
                spans=(item.span,),
                detail=item.detail,
            )
        )

    def _note(self, placed: Sequence[Placed]) -> None:
        facts = self._facts
        facts.aside = sum(each.is_aside for each in placed)
        facts.guessed = sum(each.is_guessed for each in placed)
        facts.work = sum(work_of(e.row.bits) for e in placed if not e.is_aside)
        self._rows = {each.row.span: (each.row, each) for each in placed}

    def _is_other(self, one: Row, other: Row) -> bool:
        """Return whether two blocks of one header have different bytes behind it."""
        if not (one.has_body and other.has_body):
            return False
        try:
            readers = self._files.readers
            first, second = (readers[e.reader].content(e) for e in (one, other))
        except ReadError:
            return True
        return first != second

    def _stated_height(self, row: Row) -> int:
        """Return the height that a block states where the rule demands it."""
        if not row.has_body:
            return -1
        raw = self._load_row(row)
        if not isinstance(raw, RawBlock):
            return -1
        network = self._files.network
        height = coinbase_height(raw)
        version = int.from_bytes(raw.data[:4], "little", signed=True)
        earliest = network.coinbase_height - network.coinbase_height // 60
        return height if version >= 2 and height >= earliest else -1

    def _load(self, placed: Placed) -> RawBlock | Unreadable:
        found = self._load_row(placed.row)
        if isinstance(found, Unreadable):
            return found
        return found

    def _load_row(self, row: Row) -> RawBlock | Unreadable:
        try:
            return self._files.readers[row.reader].load(row)
        except ReadError as error:
            return Unreadable(checks.FORM, "cannot-read", row.span, -1, str(error))

    def resolve(self, parsed: ParsedBlocks) -> Batch:
        """Return the blocks, entries and claims of ``parsed``; called in order."""
        draft = Draft()
        draft.damage.extend(parsed.damage)
        for placed, raw in parsed.items:
            if isinstance(raw, Unreadable):
                draft.damage.append(raw)
                continue
            self._resolver.add(placed, raw, draft)
            self._cover(placed.row, raw, draft)
        draft.covered += [
            (Kind.FRAMING, ByteSpan(each, 0, 0)) for each in self._files.side_sources()
        ]
        parsed.said = draft.said
        return draft.batch(parsed.done_bytes, self._files.total_bytes)

    def _cover(self, row: Row, raw: RawBlock, draft: Draft) -> None:
        if self._files.readers[row.reader].is_store:
            draft.covered.append(covered_frame(raw))
            draft.passed[checks.FRAMING] += not raw.frame_fault
        elif len(raw.places.pieces) > 1:
            draft.covered += covered_pieces(raw)

    def replay(
        self, parsed: ParsedBlocks, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Return what the transactions say, with who is known to have signed."""
        del batch
        return Replayed(contents=[_content(each, outcomes) for each in parsed.said])

    def finish(self) -> Closing:
        """Say what only the end shows."""
        return Closing(
            results=self._left_out,
            not_checked=tuple(remarks(self._resolver, self._facts)),
            is_partial=not self._resolver.begins_at_first,
            export_hint=EXPORT_HINT,
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Read one block again with all its fields.

        Signatures are shown where the block itself, or a file beside it, says what
        the inputs spend.

        Raises:
            ReadError: If no block of the evidence stands at ``span``.
        """
        if not self._rows:
            self._index()
        known = self._rows.get(span)
        if known is None:
            raise ReadError(f"no block {height} here", "not-this-block", span)
        row, placed = known
        raw = self._files.readers[row.reader].load(row)
        draft = Draft()
        self._new_resolver().add(placed, raw, draft)
        return BlockDetail(
            draft.blocks[0],
            tuple(draft.entries),
            block_fields(raw, self._files.network),
            tuple(draft.claims),
            header_parts(raw),
        )


def _content(said: Said, outcomes: Sequence[int]) -> EntryContent:
    entry = said.entry
    signed = outcomes[said.first_claim : said.last_claim]
    is_verified = said.is_signed and all(each == Outcome.PASSED for each in signed)
    return EntryContent(
        entry.block,
        entry.position,
        entry.id,
        entry.kind,
        entry.author,
        is_verified,
        accepted=True,
        time_us=entry.time_us,
        reads=said.reads,
        writes=said.writes,
        enforced=said.is_exact,
    )
