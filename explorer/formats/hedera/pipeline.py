"""One Hedera record stream in the order of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.formats.batching import BatchDraft
from explorer.formats.hedera import checks
from explorer.formats.hedera.book import BookShelf
from explorer.formats.hedera.detail import claim_parts, file_fields, header_parts
from explorer.formats.hedera.files import (
    FileGroup,
    StreamFiles,
    copies_by_content,
    load_record,
    load_signature,
    unpacked,
)
from explorer.formats.hedera.items import content_of
from explorer.formats.hedera.remarks import EXPORT_HINT, Facts, remarks
from explorer.formats.hedera.resolver import FilePlan, ParsedFile, Resolver
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.blocks import Unreadable
from explorer.model.checks import CheckSpec, Kind, Outcome
from explorer.model.claims import QuorumClaim
from explorer.model.content import EntryContent
from explorer.model.ledgers import Batch, BlockDetail, Closing, Replayed

BATCH_FILES = 16
BATCH_BYTES = 2**20
"""A batch ends with the file that reaches either."""
PASSED = int(Outcome.PASSED)


@dataclass(slots=True)
class ParsedFiles:
    """Some consecutive record files."""

    files: list[ParsedFile]
    done_bytes: int
    total_bytes: int
    plans: list[FilePlan] = field(default_factory=list)
    """Filled by the resolver."""


class HederaPipeline:
    """One record stream, ready to be read from its first file."""

    format = "hedera"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "transaction"

    def __init__(
        self, files: EvidenceFiles, options: ReadingOptions, stream: StreamFiles
    ) -> None:
        """Read the files of ``stream`` when asked."""
        self.title = options.network or "record stream"
        self._files = files
        self._stream = stream
        self._trust = options.trust
        self._shelf = BookShelf(files, stream.books, options.trust)
        self._resolver = self._new_resolver(_first_height(files, stream.groups))
        self._pending: list[int] = []
        """Heights that a later, linked file may still vouch for."""

    def _new_resolver(self, first: int) -> Resolver:
        signed = any(each.signatures for each in self._stream.groups)
        return Resolver(self._files, self._shelf, first, signed=signed)

    def read(self) -> Iterator[ParsedFiles]:
        """Yield files in order; damage is part of them, never raised."""
        total = sum(self._size(each) for each in self._stream.groups)
        done = size = 0
        batch: list[ParsedFile] = []
        for group in self._stream.groups:
            batch.append(self._load(group))
            size += self._size(group)
            if len(batch) >= BATCH_FILES or size >= BATCH_BYTES:
                done, size = done + size, 0
                yield ParsedFiles(batch, done, total)
                batch = []
        if batch:
            yield ParsedFiles(batch, total, total)

    def _size(self, group: FileGroup) -> int:
        sources = self._files.evidence.sources
        return sum(sources[each].size_bytes for each in group.copies)

    def _load(self, group: FileGroup) -> ParsedFile:
        parsed = ParsedFile(group, None)
        contents = list(copies_by_content(self._files, group))
        for _, copies in contents:
            try:
                file = load_record(self._files, copies[0])
            except ReadError as error:
                parsed.damage.append(self._damage(copies[0], error))
                continue
            if parsed.file is None:
                parsed.file = file
            else:
                parsed.others.append(file.whole)
        for source in group.signatures:
            try:
                parsed.signatures.append(load_signature(self._files, source))
            except ReadError as error:
                place = self._whole(source)
                reason = "signature-malformed"
                parsed.damage.append(
                    Unreadable(checks.SIGNATURE_FILE, reason, place, -1, str(error))
                )
        for number, source in group.sidecars.items():
            try:
                data = unpacked(self._files, source)
            except ReadError as error:
                parsed.damage.append(self._damage(source, error))
                continue
            parsed.sidecars[number] = (data, self._whole(source))
        return parsed

    def _damage(self, source: int, error: ReadError) -> Unreadable:
        reason = error.reason if error.reason in _REASONS else "record-malformed"
        place = self._whole(source)
        is_exact = error.span is not None and self._files.head(source, 2) != b"\x1f\x8b"
        if error.span is not None and is_exact:
            place = ByteSpan(source, error.span.start, error.span.end)
        return Unreadable(checks.FRAMING, reason, place, -1, str(error))

    def _whole(self, source: int) -> ByteSpan:
        return ByteSpan(source, 0, self._files.evidence.sources[source].size_bytes)

    def resolve(self, parsed: ParsedFiles) -> Batch:
        """Return the blocks, entries and claims of ``parsed``; called in order."""
        draft = BatchDraft()
        for each in parsed.files:
            self._resolver.resolve(each, draft)
            if each.plan is not None:
                parsed.plans.append(each.plan)
            draft.passed[checks.SIGNATURE_FILE] += len(each.signatures)
            self._cover(each, draft)
        return draft.batch(parsed.done_bytes, parsed.total_bytes)

    def _cover(self, parsed: ParsedFile, draft: BatchDraft) -> None:
        """Note copies, signature files and books: they were read, and framed whole."""
        read = [*parsed.group.copies, *parsed.group.signatures]
        read += parsed.group.sidecars.values()
        read += [book.source for book in self._stream.books]
        draft.covered += [(Kind.FRAMING, ByteSpan(each, 0, 0)) for each in read]

    def replay(
        self, parsed: ParsedFiles, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Say what entries hold, and which files nobody under the anchors signed."""
        contents: list[EntryContent] = []
        lost: list[int] = []
        for plan in parsed.plans:
            contents += [content_of(each) for each in plan.items]
            if not (plan.link_claim >= 0 and outcomes[plan.link_claim] == PASSED):
                lost += self._pending
                self._pending = []
            if self._is_anchored(plan, batch, outcomes):
                self._pending = []
            elif plan.quorum_claim < 0:
                self._pending.append(plan.height)
        return Replayed(contents=contents, unattributed=lost)

    def _is_anchored(
        self, plan: FilePlan, batch: Batch, outcomes: Sequence[int]
    ) -> bool:
        if plan.quorum_claim < 0 or outcomes[plan.quorum_claim] != PASSED:
            return False
        claim = batch.claims[plan.quorum_claim]
        if not isinstance(claim, QuorumClaim):
            return False
        held = sum(
            each.anchored and outcomes[each.claim] == PASSED for each in claim.voters
        )
        return held >= getattr(claim.rule, "least", 1)

    def finish(self) -> Closing:
        """Say what only the end shows."""
        resolver = self._resolver
        facts = Facts(
            resolver.gaps,
            resolver.signatures.unsigned,
            resolver.signatures.without_keys,
            resolver.without_sidecar,
            len(self._stream.loose_signatures),
        )
        return Closing(
            not_checked=tuple(remarks(facts)),
            parties=self._shelf.parties(),
            is_partial=True,
            export_hint=EXPORT_HINT,
            unattributed=tuple(self._pending) if self._trust.identities else (),
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Read one file again with all fields, and make its claims again.

        Raises:
            ReadError: If there is no readable file at ``span``.
        """
        groups = self._stream.groups
        at = next((n for n, g in enumerate(groups) if span.source in g.copies), -1)
        if at < 0:
            raise ReadError(f"no file {height} here", "not-this-block", span)
        resolver, draft = self._new_resolver(max(0, height - bool(at))), BatchDraft()
        if at:
            resolver.resolve(self._load(groups[at - 1]), BatchDraft())
        parsed = self._load(groups[at])
        resolver.resolve(parsed, draft)
        if parsed.file is None or not draft.blocks:
            raise ReadError(f"file {height} cannot be read", "not-this-block", span)
        return BlockDetail(
            draft.blocks[0],
            tuple(draft.entries),
            file_fields(parsed.file, parsed.signatures),
            tuple(draft.claims),
            header_parts(parsed.file, draft.blocks[0]),
            claim_parts(parsed.file, draft.blocks[0], draft.claims),
        )


_REASONS = frozenset(
    {"truncated", "trailing-bytes", "gzip-damaged", "too-long", "version-unknown"}
)


def _first_height(files: EvidenceFiles, groups: list[FileGroup]) -> int:
    """Return the number of the first file, counted back from the first numbered one."""
    for distance, group in enumerate(groups):
        if not group.copies:
            continue
        try:
            head = load_record(files, group.copies[0])
        except ReadError:
            continue
        if head.number >= 0:
            return max(0, head.number - distance)
        if distance >= _MAX_LOOKED_AHEAD:
            break
    return 0


_MAX_LOOKED_AHEAD = 10_000
