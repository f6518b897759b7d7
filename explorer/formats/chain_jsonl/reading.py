"""Reads a chain-jsonl file in chunks of whole lines, each line parsed and judged.

docs/formats/chain-jsonl.md version 1, section 1. A chunk is decoded at once and encoded
again; if that gives the same bytes, all its lines are canonical. A chunk that differs
is read line by line, and a line that still differs takes the exact path (``exact``),
which alone decides. What does not hold is a ``Refused`` line, never an exception.
Heights and hashes are not looked at here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC

import msgspec

from explorer.core.limits import MAX_ENTRIES_PER_BLOCK, MAX_RECORD_BYTES
from explorer.formats.chain_jsonl.exact import (
    ExactItem,
    Refused,
    blocks_in,
    read_exactly,
)
from explorer.formats.chain_jsonl.lines import (
    BlockLine,
    ChainLine,
    EntryItem,
    TrailerLine,
)
from explorer.formats.chain_jsonl.specs import LINE_FRAMING
from explorer.formats.opening import EvidenceFiles

CHUNK_BYTES = 2**18
"""How much is read and handed on at a time: some 600 short blocks. More is slower,
because values that are still in the processor's cache are cheaper to use again."""

MAX_FLAWED_LINES = 500
"""Lines that are refused one by one; further ones are only counted. Fewer than the
findings that are printed, so that the count is printed, too."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_ASTRAL_BYTES = tuple(bytes((each,)) for each in range(0xF0, 0xF5))
"""First bytes of characters beyond U+FFFF, which RFC 8785 (3.2.3) sorts otherwise."""

_READABLE = (b'{"block":', b'{"trailer":')
"""How lines begin that may still be read when many were not; a header is too late."""
_SHORTEST_LINE = len(b'{"trailer":{"blocks":0,"entries":0,"last":""}}')
_SHORTEST_MARK = len(b'"previous":')

_CUT = frozenset({"not-json", "not-utf-8"})
"""How a line looks that ends before it is complete."""
_TOO_LONG = Refused(
    LINE_FRAMING, "too-long", f"over {MAX_RECORD_BYTES} bytes", blocks=1
)

Record = BlockLine | ChainLine | TrailerLine | Refused
Item = EntryItem | ExactItem


@dataclass(slots=True)
class ParsedLines:
    """Some consecutive lines: bytes and values side by side."""

    start: int
    """Offset of the first line in the file."""
    end: int
    """Offset behind the last."""
    lines: Sequence[bytes] = ()
    """Without line feed; lines that are not kept are empty, see ``Refused.size``."""
    starts: Sequence[int] = ()
    """Offset of each line, only where they do not follow each other closely."""
    records: Sequence[Record] = ()
    leaves: Sequence[bytes] = ()
    """Exact bytes of the items of all blocks, in order."""
    items: Sequence[Item] = ()
    """The values of ``leaves``."""
    flaws: list[tuple[int, str]] = field(default_factory=list)
    """(index of the line, reason) of framing faults that do not hinder reading."""
    blocks: Sequence[BlockLine] = ()
    """The records again if all are blocks, read the fast way; else empty."""
    refused: int = 0
    """How many lines are refused."""


def _headers_in_utc(records: Sequence[BlockLine]) -> bool:
    """Return whether all times are UTC: an offset is decoded and encoded alike."""
    zones = [each.block.time.tzinfo for each in records]
    return zones.count(UTC) == len(zones)


def _entries_in_utc(items: Sequence[EntryItem]) -> bool:
    zones = [each.entry.time.tzinfo for each in items]
    return zones.count(UTC) == len(zones)


class LineReader:
    """Parses the lines of one file."""

    def __init__(self, files: EvidenceFiles, source: int) -> None:
        """Read nothing yet."""
        self._files = files
        self._source = source
        self._blocks = msgspec.json.Decoder(BlockLine)
        self._items = msgspec.json.Decoder(EntryItem)
        self._encode = msgspec.json.Encoder(order="deterministic").encode_lines

    def read(self) -> Iterator[ParsedLines]:
        """Yield all lines in order.

        Raises:
            ReadError: If the file can no longer be read.
        """
        held: list[bytes] = []  # what is read behind the last line feed
        held_at, held_size, refused = 0, 0, 0
        for at, chunk in self._files.chunks(self._source, CHUNK_BYTES):
            first, cut = 0, chunk.rfind(b"\n") + 1
            if not cut:
                held_size += len(chunk)
                held.append(chunk)
                if held_size > MAX_RECORD_BYTES:
                    held.clear()
                continue
            if held_size > MAX_RECORD_BYTES:
                first = chunk.index(b"\n") + 1
                yield self._too_long(held_at, at + first)
                held_at = at + first
            text = b"".join((*held, chunk[first:cut]))
            if text:
                parsed = self.parse(text, held_at, refused)
                refused += parsed.refused
                yield parsed
            held, held_at, held_size = [chunk[cut:]], at + cut, len(chunk) - cut
        yield self._last(b"".join(held), held_at, held_at + held_size)

    def parse(self, text: bytes, at: int, refused: int = 0) -> ParsedLines:
        """Return the lines of ``text``, which ends with a line feed.

        ``refused`` is how many lines before were refused.
        """
        if len(text) > MAX_RECORD_BYTES:
            return self._one_by_one(text, at, refused)
        return self._at_once(text, at) or self._one_by_one(text, at, refused)

    def _last(self, text: bytes, at: int, end: int) -> ParsedLines:
        """Return what stands behind the last line feed."""
        if not text:
            last = ParsedLines(at, at) if at == end else self._too_long(at, end)
        else:
            last = self._one_by_one(text + b"\n", at)
            last.end = at + len(text)
            record = last.records[-1]
            if isinstance(record, Refused) and record.reason in _CUT:
                cut = Refused(LINE_FRAMING, "cut-line", record.detail, record.blocks)
                last.records = [cut]
            elif not isinstance(record, Refused):
                last.flaws.append((0, "no-final-line-feed"))
        return last

    def _at_once(self, text: bytes, at: int) -> ParsedLines | None:
        """Return the lines if all are canonical block lines of the usual kind."""
        try:
            records = self._blocks.decode_lines(text)
            raws = [raw for each in records if each.entries for raw in each.entries]
            if len(raws) > MAX_ENTRIES_PER_BLOCK:
                return None
            joined = b"\n".join(raws)
            items = self._items.decode_lines(joined)
            if not self._is_canonical(text, records, joined, items):
                return None
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        # No canonical value holds a line feed, so there is one line to each.
        leaves = joined.split(b"\n") if raws else []
        lines = text[:-1].split(b"\n")
        return ParsedLines(
            at,
            at + len(text),
            lines,
            (),
            records,
            leaves,
            items,
            blocks=records,
        )

    def _is_canonical(
        self,
        text: bytes,
        records: Sequence[BlockLine],
        joined: bytes,
        items: Sequence[EntryItem],
    ) -> bool:
        """Return whether both texts are the only way to write these values."""
        return (
            self._encode(records) == text
            and self._encode(items)[:-1] == joined
            and not any(each in joined for each in _ASTRAL_BYTES)
            and _headers_in_utc(records)
            and _entries_in_utc(items)
        )

    def _one_by_one(self, text: bytes, at: int, refused: int = 0) -> ParsedLines:
        out = _Lines(at, refused)
        for raw in text[:-1].split(b"\n"):
            if out.refused < MAX_FLAWED_LINES or _may_be_read(raw):
                line, start = out.begin(raw)
                out.add(line, start, self._one(line))
            else:
                out.count(raw)
            out.at += len(raw) + 1
        return out.parsed()

    def _one(self, line: bytes) -> tuple[Record, Sequence[bytes], Sequence[Item]]:
        if len(line) > MAX_RECORD_BYTES:
            return _TOO_LONG, (), ()
        one = self._at_once(line + b"\n", 0) if line else None
        if one is None:
            return read_exactly(line)
        return one.records[0], one.leaves, one.items

    def _too_long(self, start: int, end: int) -> ParsedLines:
        record = msgspec.structs.replace(_TOO_LONG, size=end - start)
        return ParsedLines(start, end, [b""], [start], [record], refused=1)


def _may_be_read(line: bytes) -> bool:
    """Return whether it is worth trying, when very many lines were refused."""
    return len(line) >= _SHORTEST_LINE and line.startswith(_READABLE)


class _Lines:
    """Lines that are read one by one."""

    def __init__(self, start: int, refused: int) -> None:
        """Begin at offset ``start``; so many lines before were refused."""
        self.at = start
        """Offset of the next line."""
        self.refused = refused
        self._start = start
        self._before = refused
        self._lines: list[bytes] = []
        self._starts: list[int] = []
        self._records: list[Record] = []
        self._leaves: list[bytes] = []
        self._items: list[Item] = []
        self._flaws: list[tuple[int, str]] = []
        self._run = 0  # lines at the end that are only counted
        self._run_start = start
        self._run_blocks = 0

    def begin(self, raw: bytes) -> tuple[bytes, int]:
        """Return a line as it is to be read, and where it starts."""
        self._end_run()
        line, start = raw, self.at
        if not start and line.startswith(BYTE_ORDER_MARK):
            line, start = line[3:], 3
            self._flaws.append((len(self._lines), "byte-order-mark"))
        if line.endswith(b"\r"):
            line = line[:-1]
            self._flaws.append((len(self._lines), "carriage-return"))
        return line, start

    def add(
        self,
        line: bytes,
        start: int,
        reading: tuple[Record, Sequence[bytes], Sequence[Item]],
    ) -> None:
        """Add a line with what was read in it."""
        record, leaves, items = reading
        self._lines.append(line)
        self._starts.append(start)
        self._records.append(record)
        self._leaves += leaves
        self._items += items
        self.refused += isinstance(record, Refused)

    def count(self, raw: bytes) -> None:
        """Refuse a line without keeping it."""
        if not self._run:
            self._run_start = self.at
        self._run += 1
        if len(raw) >= _SHORTEST_MARK:
            self._run_blocks += blocks_in(raw)

    def parsed(self) -> ParsedLines:
        """Return all of them."""
        self._end_run()
        return ParsedLines(
            self._start,
            self.at,
            self._lines,
            self._starts,
            self._records,
            self._leaves,
            self._items,
            self._flaws,
            refused=self.refused - self._before,
        )

    def _end_run(self) -> None:
        if not self._run:
            return
        size = self.at - self._run_start
        record = Refused(
            LINE_FRAMING,
            "too-many-flaws",
            blocks=self._run_blocks,
            lines=self._run,
            size=size,
        )
        self.refused += self._run - 1
        self.add(b"", self._run_start, (record, (), ()))
        self._run = self._run_blocks = 0
