"""Turns parsed lines, in order, into blocks, entries and claims.

docs/formats/chain-jsonl.md version 1, sections 2 to 6. What needs no hash and no key is
answered here at once (numbers, times, names); everything else becomes a claim. The root
of a block without entries is a constant, so a block that declares it needs no claim.
Blocks are handed on with rising heights only; others are reported as not read.
"""

from datetime import UTC, datetime, timedelta

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.crypto.trust import TrustStore
from explorer.formats.chain_jsonl import specs
from explorer.formats.chain_jsonl.block_claims import claim_root, claim_signature
from explorer.formats.chain_jsonl.drafting import ChainBatch, Draft
from explorer.formats.chain_jsonl.entries import EntryResolver
from explorer.formats.chain_jsonl.exact import Refused
from explorer.formats.chain_jsonl.flaws import Flaws
from explorer.formats.chain_jsonl.lines import BlockLine, ChainLine, TrailerLine
from explorer.formats.chain_jsonl.reading import ParsedLines, Record
from explorer.formats.chain_jsonl.rules import ChainRules, octets_of, read_rules
from explorer.formats.chain_jsonl.runs import Parent, RunRules, pack_hashes, take_run
from explorer.model.blocks import Block, Unreadable
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import (
    AuthorityClaim,
    HashClaim,
    LinkClaim,
)

_BLOCK_LINE = b'{"block":'
_HEAD = len(_BLOCK_LINE)
_CHAIN_HEAD = len(b'{"chain":')
_ENTRIES = b',"entries":['
_PREVIOUS = b'"previous":"'
_ROOT = b'"entries_root":"'
_SIGNATURE_FRAME = len(b'","signature":"')
_CLOSING = len(b'"}')
_HASH_BYTES = 32
"""Both hash functions of the format have digests of 32 bytes."""
_DIGITS = 2 * _HASH_BYTES
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_STOPPING = frozenset({"unsupported-version", "unsupported-hash"})


class Resolver:
    """Knows the header line and the block before."""

    def __init__(self, source: int, total_bytes: int, trust: TrustStore) -> None:
        """Know nothing yet; ``total_bytes`` is the size of the file."""
        self._source = source
        self._total = total_bytes
        self._trust = trust
        self._nowhere = ByteSpan(source, 0, 0)
        self._use(HashAlgorithm.SHA256)
        self.rules: ChainRules | None = None
        self.entries = EntryResolver(source)
        self.flaws = Flaws()
        self.is_header_unread = False
        """No header line was read, but there is one or may be one."""
        self.is_stopped = False
        """The header is of a kind that nothing behind it can be read with."""
        self.has_trailer = False
        self.lines = 0
        self.blocks = 0
        self.entry_total = 0
        self.first_height = -1
        self.expected = 0
        """Height that the next block must have."""
        self.parent = Parent(b"", self._nowhere)
        self.parent_height = -1
        self.unread = 0
        """Blocks that could not be read."""
        self.unread_before = 0
        """Those of them before the first block that was read."""
        self.is_last_signed = False
        self.unkeyed = 0
        """Block signatures that no key is known for."""
        self.carriage_returns = 0
        self.first_carriage_return = self._nowhere

    def resolve(self, parsed: ParsedLines) -> ChainBatch:
        """Return the blocks, entries and claims of these lines."""
        out = Draft()
        for index, reason in parsed.flaws:
            size = len(parsed.lines[index])
            self._report_flaw(reason, parsed.starts[index], size, out)
        if parsed.blocks and self.rules and not (self.is_stopped or self.has_trailer):
            self._plain_lines(parsed, self.rules, out)
        else:
            self._any_lines(parsed, out)
        if out.blocks:
            self.first_height = (
                self.first_height if self.blocks else out.blocks[0].height
            )
            self.parent_height = out.blocks[-1].height
        self.blocks += len(out.blocks)
        self.entry_total += len(out.entries)
        span = ByteSpan(self._source, parsed.start, parsed.end)
        return out.batch(span, self._total)

    @property
    def is_header_tied(self) -> bool:
        """Whether a block is there that declares the hash of the header line."""
        return self.rules is not None and self.first_height == 0

    def _plain_lines(self, parsed: ParsedLines, rules: ChainRules, out: Draft) -> None:
        """Take lines that are blocks, all canonical."""
        records, lines = parsed.blocks, parsed.lines
        run_rules = RunRules(
            self._source, self.algorithm, self._empty_root, rules.producers, rules.every
        )
        hashes = pack_hashes(records)
        index, at, taken = 0, parsed.start, 0
        while index < len(records):
            if hashes:
                begun, state = index, (self.parent, run_rules)
                place = (index, at, self.expected)
                index, at, self.parent = take_run(
                    records, lines, hashes, place, state, out
                )
                self.expected += index - begun
                if index > begun:
                    self.is_last_signed = False
            if index < len(records):
                line = lines[index]
                taken = self._take(line, at, records[index], parsed, taken, out)
                at += len(line) + 1
                index += 1
        self.lines += len(records)

    def _any_lines(self, parsed: ParsedLines, out: Draft) -> None:
        at, taken = parsed.start, 0
        starts = parsed.starts
        for index, record in enumerate(parsed.records):
            line = parsed.lines[index]
            start = starts[index] if starts else at
            at += len(line) + 1
            if isinstance(record, BlockLine) and not (
                self.is_stopped or self.has_trailer
            ):
                taken = self._take(line, start, record, parsed, taken, out)
            else:
                end = start + _size(line, record)
                self._other(line, ByteSpan(self._source, start, end), record, out)
            self.lines += 1

    def _take(
        self,
        line: bytes,
        start: int,
        record: BlockLine,
        parsed: ParsedLines,
        taken: int,
        out: Draft,
    ) -> int:
        """Take a block with its entries; return how many entries are behind it."""
        behind = taken + len(record.entries)
        if self._block(line, start, record, out) and record.entries:
            first = start + line.index(_ENTRIES, _HEAD) + len(_ENTRIES)
            self.entries.take(
                parsed.leaves[taken:behind],
                parsed.items[taken:behind],
                (out.blocks[-1].height, first),
                self.rules,
                out,
            )
        return behind

    def _use(self, algorithm: HashAlgorithm) -> None:
        self.algorithm = algorithm
        self._empty_root = digest(algorithm, b"").hex()

    def _report_flaw(self, reason: str, start: int, size: int, out: Draft) -> None:
        span = ByteSpan(self._source, start, start + size)
        if reason == "carriage-return":
            if not self.carriage_returns:
                self.first_carriage_return = span
            self.carriage_returns += 1
            return
        check = specs.LINE_FRAMING
        out.report(CheckResult(check, Outcome.FAILED, reason, spans=(span,)))

    def _other(self, line: bytes, span: ByteSpan, record: Record, out: Draft) -> None:
        """Take a line that is no block, or a block where none may stand."""
        if isinstance(record, Refused):
            if not self.lines and not line.startswith(_BLOCK_LINE):
                self.is_header_unread = True
            self._refuse(record, span, out)
        elif self.is_stopped:
            return
        elif self.has_trailer:
            self._refuse(Refused(specs.LINE_FORM, "after-trailer"), span, out)
        elif isinstance(record, TrailerLine):
            self._trailer(record, span, out)
        elif isinstance(record, ChainLine) and not self.lines:
            self._header(line, span, record, out)
        else:
            self.is_header_unread |= self.rules is None
            self._refuse(Refused(specs.LINE_FORM, "header-not-first"), span, out)

    def _refuse(self, refused: Refused, span: ByteSpan, out: Draft) -> None:
        """Report a line that is not read, and expect what follows it."""
        block = self.expected if refused.blocks else -1
        detail = refused.detail
        flaw = Unreadable(refused.check, refused.reason, span, block, detail)
        self.flaws.take(flaw, refused.lines, out)
        if refused.reason in _STOPPING and not self.lines:
            self.is_stopped = True
        self.unread += refused.blocks
        if refused.blocks or not self.lines:
            self.expected += refused.blocks
            self.parent = Parent(b"", self._nowhere, reason="parent-unreadable")

    def _header(
        self, line: bytes, span: ByteSpan, record: ChainLine, out: Draft
    ) -> None:
        place = ByteSpan(self._source, span.start + _CHAIN_HEAD, span.end - 1)
        exact = line[_CHAIN_HEAD:-1]
        rules = read_rules(record.chain, exact, place, self._trust)
        if isinstance(rules, Refused):
            self.is_header_unread = True
            self._refuse(rules, span, out)
            return
        out.lines += 1
        self.rules = rules
        self._use(rules.algorithm)
        own_hash = digest(self.algorithm, exact)
        self.parent = Parent(exact, place, own_hash.hex(), own_hash)
        for signer in rules.signers.values():
            name, keys = signer.party.id, (signer.key,)
            out.claims.append(
                AuthorityClaim(specs.PARTY_KEY, -1, name, (), keys, place)
            )

    def _block(self, line: bytes, start: int, record: BlockLine, out: Draft) -> bool:
        """Take one block without its entries; answer whether it was taken."""
        header, parent = record.block, self.parent
        height, count = header.height, len(record.entries)
        span = ByteSpan(self._source, start, start + len(line))
        own_hash = octets_of(record.hash, _HASH_BYTES)
        previous = (
            parent.hash
            if header.previous == parent.hex
            else octets_of(header.previous, _HASH_BYTES)
        )
        if not (own_hash and previous):
            self._refuse(Refused(specs.LINE_FORM, "wrong-hex", "", 1), span, out)
            return False
        if height != self.expected:
            follows = bool(parent.hex) and header.previous == parent.hex
            height = self._renumber(height, span, out, follows=follows)
            if height < 0:
                return False
        parent = self.parent
        cut = line.index(_ENTRIES, _HEAD)
        exact = line[_HEAD:cut]
        place = ByteSpan(self._source, start + _HEAD, start + cut)
        time_us = (header.time - _EPOCH) // _MICROSECOND
        algorithm = self.algorithm
        if not self.blocks and not out.blocks:
            self.unread_before = self.unread
        out.blocks.append(
            Block(height, span, algorithm, exact, previous, count, time_us)
        )
        signed = len(record.signature)
        end = span.end - (signed + _SIGNATURE_FRAME if signed else 0) - _CLOSING
        own_place = ByteSpan(self._source, end - _DIGITS, end)
        out.claims.append(
            HashClaim(
                specs.BLOCK_HASH,
                height,
                -1,
                algorithm,
                exact,
                own_hash,
                place,
                own_place,
            )
        )
        self._link(parent, previous, place, out)
        if time_us < parent.time_us or count != header.count:
            self._report_header(record, time_us, place, out)
        if count or header.entries_root != self._empty_root:
            claim_root(record, place, out)
        else:
            out.empty_roots += 1
        self.is_last_signed = bool(signed)
        if self.rules is None:
            self.unkeyed += bool(signed)
        else:
            claim_signature(record, place, self.rules, out)
        self.parent = Parent(exact, place, record.hash, own_hash, time_us)
        self.expected = height + 1
        return True

    def _link(
        self, parent: Parent, previous: bytes, place: ByteSpan, out: Draft
    ) -> None:
        block = out.blocks[-1]
        start = place.start + block.header.index(_PREVIOUS) + len(_PREVIOUS)
        where = ByteSpan(self._source, start, start + _DIGITS)
        if parent.header:
            out.claims.append(
                LinkClaim(
                    specs.BLOCK_LINK,
                    block.height,
                    self.algorithm,
                    parent.header,
                    previous,
                    parent.place,
                    where,
                )
            )
            return
        is_first = not self.blocks and len(out.blocks) == 1
        is_there = parent.reason == "parent-unreadable" or not is_first
        outcome = Outcome.INCONCLUSIVE if is_there else Outcome.NOT_APPLICABLE
        reason, spans = parent.reason, (where,)
        out.results.append(
            CheckResult(specs.BLOCK_LINK, outcome, reason, block.height, spans=spans)
        )

    def _renumber(
        self, height: int, span: ByteSpan, out: Draft, *, follows: bool
    ) -> int:
        """Take a height that was not expected; return the height to use, or -1.

        A block that declares the hash of the one before ``follows`` it, whatever its
        number says; otherwise a higher number means that blocks are missing.
        """
        if follows:
            self._report_number("height-differs", height, self.expected, span, out)
            return self.expected
        is_first = not self.blocks and not out.blocks
        if is_first and not (self.rules and height == 0):
            # Where a partial export begins, or what follows an unreadable first line.
            unread = self.parent.reason == "parent-unreadable"
            reason = "parent-unreadable" if unread else "parent-not-in-export"
            self.parent = Parent(b"", self._nowhere, reason=reason)
            return height
        if height < self.expected:
            self.unread += 1
            reason = "height-not-rising"
            detail = f"{height} where {self.expected} was expected"
            flaw = Unreadable(specs.BLOCK_NUMBER, reason, span, height, detail)
            self.flaws.take(flaw, 1, out)
            return -1
        self._report_number("height-gap", height, height, span, out)
        self.parent = Parent(b"", self._nowhere, time_us=self.parent.time_us)
        return height

    def _report_number(
        self, reason: str, declared: int, block: int, span: ByteSpan, out: Draft
    ) -> None:
        out.report(
            CheckResult(
                specs.BLOCK_NUMBER,
                Outcome.FAILED,
                reason,
                block,
                expected=str(self.expected),
                computed=str(declared),
                spans=(span,),
            )
        )

    def _report_header(
        self, record: BlockLine, time_us: int, place: ByteSpan, out: Draft
    ) -> None:
        header, count = record.block, len(record.entries)
        if time_us < self.parent.time_us:
            before = _EPOCH + self.parent.time_us * _MICROSECOND
            out.report(
                CheckResult(
                    specs.BLOCK_TIME,
                    Outcome.FAILED,
                    "time-goes-back",
                    out.blocks[-1].height,
                    expected=f">= {before.isoformat()}",
                    computed=header.time.isoformat(),
                    spans=(place,),
                )
            )
        if count != header.count:
            out.report(
                CheckResult(
                    specs.ENTRY_COUNT,
                    Outcome.FAILED,
                    "entry-count-differs",
                    out.blocks[-1].height,
                    expected=str(header.count),
                    computed=str(count),
                    spans=(place,),
                )
            )

    def _trailer(self, record: TrailerLine, span: ByteSpan, out: Draft) -> None:
        """Compare the trailer with what was read."""
        self.has_trailer = True
        out.lines += 1
        value, check = record.trailer, specs.TRAILER
        blocks = self.blocks + len(out.blocks) + self.unread
        stated: list[tuple[str, int | str, int | str]] = [
            ("trailer-blocks-differ", value.blocks, blocks)
        ]
        if not self.unread:  # what an unread block held is not known
            entries = self.entry_total + len(out.entries)
            stated.append(("trailer-entries-differ", value.entries, entries))
        if self.parent.header:
            last = digest(self.algorithm, self.parent.header).hex()
            stated.append(("trailer-last-differs", value.last, last))
        out.passed[check] += 1
        for reason, declared, computed in stated:
            if declared != computed:
                out.passed[check] = 0
                out.results.append(
                    CheckResult(
                        check,
                        Outcome.FAILED,
                        reason,
                        expected=str(declared),
                        computed=str(computed),
                        spans=(span,),
                    )
                )


def _size(line: bytes, record: Record) -> int:
    """Return how many bytes a line takes, also if they are not kept."""
    if isinstance(record, Refused) and record.size >= 0:
        return record.size
    return len(line)
