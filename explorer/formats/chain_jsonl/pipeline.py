"""One chain-jsonl file as a ledger: read, resolve, replay, finish, detail.

docs/formats/chain-jsonl.md version 1.
"""

from collections.abc import Iterator, Sequence

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.formats.chain_jsonl import specs
from explorer.formats.chain_jsonl.drafting import ChainBatch
from explorer.formats.chain_jsonl.fields import line_fields
from explorer.formats.chain_jsonl.lines import BlockLine, ChainLine
from explorer.formats.chain_jsonl.parts import header_parts
from explorer.formats.chain_jsonl.reading import LineReader, ParsedLines
from explorer.formats.chain_jsonl.replaying import replay
from explorer.formats.chain_jsonl.resolving import Resolver
from explorer.formats.opening import EvidenceFiles
from explorer.model.checks import CheckResult, CheckSpec, Outcome
from explorer.model.ledgers import Batch, BlockDetail, Closing, Party, Remark, Replayed

MAX_HEADER_BYTES = 16 * 2**20
"""Longest header line that is looked at before reading begins."""

NAME = "chain-jsonl"
TITLE = "Hash chain in JSON Lines"
REFERENCE = "docs/formats/chain-jsonl.md, version 1"
EXPORT_HINT = (
    "Ask for the whole file, header line and trailer line included, and for the hash "
    "of its last block on another way."
)

_REMARKS = {
    "header-not-in-export": (
        "The header line is not in the file: no signature and no party could be "
        "checked, and the hash function is taken to be SHA-256."
    ),
    "header-unreadable": (
        "No header line could be read where it must stand: no signature and no party "
        "could be checked, and the hash function is taken to be SHA-256."
    ),
    "header-not-tied": (
        "Nothing ties the header line to the blocks of this file: title, parties, "
        "rules and the mark of fictional data may have been changed."
    ),
    "first-blocks-unreadable": (
        "Blocks before the first one that was read are in the file, but could not be "
        "read."
    ),
    "begins-later": "The file begins at a later block; what came before is not here.",
    "no-block-signatures": (
        "The rules demand no block signatures: nobody answers for the order and the "
        "number of the entries."
    ),
    "entries-unsigned": "Some entries carry no signature; the rules demand none.",
    "unread-tail": "What stands behind this header cannot be read by this version.",
}


class ChainPipeline:
    """One chain-jsonl ledger, ready to be read from its first line."""

    format = NAME
    entry_unit = "record"
    checks: tuple[CheckSpec, ...] = specs.CHECKS

    def __init__(self, files: EvidenceFiles, source: int, trust: TrustStore) -> None:
        """Read nothing but the first line, for its title."""
        self._files = files
        self._source = source
        self._trust = trust
        self._reader = LineReader(files, source)
        self._size = files.evidence.sources[source].size_bytes
        self._resolver = Resolver(source, self._size, trust)
        self.title = self._title()

    def read(self) -> Iterator[ParsedLines]:
        """Yield the lines of the file in order; damage is part of them.

        Raises:
            ReadError: If the file can no longer be read.
        """
        return self._reader.read()

    def resolve(self, parsed: ParsedLines) -> ChainBatch:
        """Return the blocks, entries and claims of these lines; called in order."""
        return self._resolver.resolve(parsed)

    def replay(
        self, parsed: ParsedLines, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Return what the entries say and which blocks nobody named has signed."""
        del parsed
        if not isinstance(batch, ChainBatch):
            raise TypeError("the batch of another pipeline")
        state = self._resolver
        return replay(batch, outcomes, state.rules, is_header_tied=state.is_header_tied)

    def finish(self) -> Closing:
        """Say what only the end shows."""
        rules = self._resolver.rules
        return Closing(
            results=tuple(self._closing_results()),
            not_checked=tuple(self._remarks()),
            parties=self._parties(),
            uncovered=tuple(each.id for each in self._parties() if not each.anchored),
            is_partial=self._is_partial(),
            is_fictional=rules is not None and rules.is_fictional,
            export_hint=EXPORT_HINT,
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Read one block again.

        Raises:
            ReadError: If there is no readable block of this height at ``span``.
        """
        line = self._files.read(span)
        parsed = self._reader.parse(line + b"\n", span.start)
        record = parsed.records[0]
        if not isinstance(record, BlockLine) or record.block.height != height:
            raise ReadError(f"no block {height} here", "not-this-block", span)
        resolver = self._detail_resolver(height, span)
        batch = resolver.resolve(parsed)
        return BlockDetail(
            batch.blocks[0],
            tuple(batch.entries),
            line_fields(line, span),
            tuple(batch.claims),
            header_parts(batch.blocks[0], line),
        )

    def _detail_resolver(self, height: int, span: ByteSpan) -> Resolver:
        """Return a resolver that knows the header line and the line before."""
        resolver = Resolver(self._source, self._size, self._trust)
        header = self._first_line()
        if isinstance(header.records[0], ChainLine):
            resolver.resolve(header)
        before = self._line_before(span.start)
        if height and before and isinstance(before.records[0], BlockLine):
            resolver.expected = before.records[0].block.height
            resolver.resolve(before)
        return resolver

    def _first_line(self) -> ParsedLines:
        """Return the first line, read again."""
        head = b""
        for _, chunk in self._files.chunks(self._source):
            head += chunk
            cut = head.find(b"\n")
            if cut >= 0 or len(head) > MAX_HEADER_BYTES:
                return self._reader.parse(head[: cut + 1] or b"\n", 0)
        return self._reader.parse(head + b"\n", 0)

    def _line_before(self, at: int) -> ParsedLines | None:
        """Return the line that ends right before ``at``, if it is not too long."""
        size = 4096
        while at and size <= 2 * MAX_RECORD_BYTES:
            start = max(0, at - size)
            text = self._files.read(ByteSpan(self._source, start, at))
            cut = text.rfind(b"\n", 0, -1) + 1
            if cut or not start:
                return self._reader.parse(text[cut:], start + cut)
            size *= 8
        return None

    def _title(self) -> str:
        record = self._first_line().records[0]
        return record.chain.title if isinstance(record, ChainLine) else "chain"

    def _is_partial(self) -> bool:
        """Return whether the beginning is left out, not only unreadable."""
        state = self._resolver
        is_without = state.rules is None and not state.is_header_unread
        return is_without or state.first_height > state.unread_before

    def _missing_header(self) -> str:
        """Return why no header line was read."""
        is_there = self._resolver.is_header_unread
        return "header-unreadable" if is_there else "header-not-in-export"

    def _parties(self) -> tuple[Party, ...]:
        rules = self._resolver.rules
        if rules is None:
            return ()
        return tuple(each.party for each in rules.signers.values())

    def _closing_results(self) -> Iterator[CheckResult]:
        state, rules = self._resolver, self._resolver.rules
        end = ByteSpan(self._source, self._size, self._size)
        yield from state.flaws.results()
        if state.carriage_returns:
            yield CheckResult(
                specs.LINE_FRAMING,
                Outcome.FAILED,
                "carriage-return",
                spans=(state.first_carriage_return,),
                detail=f"{state.carriage_returns} lines",
            )
        if not state.has_trailer and not state.is_stopped:
            yield CheckResult(
                specs.TRAILER, Outcome.FAILED, "trailer-missing", spans=(end,)
            )
        if rules is None and not state.is_stopped:
            yield from self._unkeyed()
        is_due = rules is not None and rules.every and state.blocks
        if is_due and state.has_trailer and not state.is_last_signed:
            yield CheckResult(
                specs.BLOCK_QUORUM,
                Outcome.FAILED,
                "last-block-not-signed",
                state.parent_height,
                spans=(state.parent.place,),
            )

    def _unkeyed(self) -> Iterator[CheckResult]:
        """Answer for the signatures that no key is known for."""
        state = self._resolver
        counts = (
            (specs.ENTRY_SIGNATURE, state.entries.unkeyed),
            (specs.BLOCK_SIGNATURE, state.unkeyed),
        )
        for check, count in counts:
            if count:
                yield CheckResult(
                    check,
                    Outcome.INCONCLUSIVE,
                    self._missing_header(),
                    detail=f"{count} signatures",
                )

    def _remarks(self) -> Iterator[Remark]:
        state, rules = self._resolver, self._resolver.rules
        if state.is_stopped:
            yield _remark("unread-tail")
        elif rules is None:
            yield _remark(self._missing_header())
        elif not rules.every:
            yield _remark("no-block-signatures")
        if rules is not None and state.blocks and not state.is_header_tied:
            yield _remark("header-not-tied")
        if state.first_height > state.unread_before:
            first = state.first_height - state.unread_before
            yield _remark("begins-later", f"block {first}")
        if state.unread_before:
            yield _remark("first-blocks-unreadable", f"{state.unread_before}")
        if state.entries.unsigned:
            yield _remark("entries-unsigned", f"{state.entries.unsigned}")


def _remark(code: str, detail: str = "") -> Remark:
    return Remark(code, _REMARKS[code], detail)
