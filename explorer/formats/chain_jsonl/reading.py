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
from explorer.formats.chain_jsonl.exact import ExactItem, Refused, read_exactly
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

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_ASTRAL_BYTES = tuple(bytes((each,)) for each in range(0xF0, 0xF5))
"""First bytes of characters beyond U+FFFF, which RFC 8785 (3.2.3) sorts otherwise."""

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
    """Without line feed; a line too long to be kept is empty."""
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
        held_at, held_size = 0, 0
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
                yield self.parse(text, held_at)
            held, held_at, held_size = [chunk[cut:]], at + cut, len(chunk) - cut
        yield self._last(b"".join(held), held_at, held_at + held_size)

    def parse(self, text: bytes, at: int) -> ParsedLines:
        """Return the lines of ``text``, which ends with a line feed."""
        if len(text) > MAX_RECORD_BYTES:
            return self._one_by_one(text, at)
        return self._at_once(text, at) or self._one_by_one(text, at)

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

    def _one_by_one(self, text: bytes, at: int) -> ParsedLines:
        out = ParsedLines(at, at + len(text))
        lines: list[bytes] = []
        starts: list[int] = []
        records: list[Record] = []
        leaves: list[bytes] = []
        items: list[Item] = []
        for raw in text[:-1].split(b"\n"):
            line, start = raw, at
            at += len(raw) + 1
            if not start and line.startswith(BYTE_ORDER_MARK):
                line, start = line[3:], 3
                out.flaws.append((len(lines), "byte-order-mark"))
            if line.endswith(b"\r"):
                line = line[:-1]
                out.flaws.append((len(lines), "carriage-return"))
            record, its_leaves, its_items = self._one(line)
            lines.append(line)
            starts.append(start)
            records.append(record)
            leaves += its_leaves
            items += its_items
        out.lines, out.starts, out.records = lines, starts, records
        out.leaves, out.items = leaves, items
        return out

    def _one(self, line: bytes) -> tuple[Record, Sequence[bytes], Sequence[Item]]:
        if len(line) > MAX_RECORD_BYTES:
            return _TOO_LONG, (), ()
        one = self._at_once(line + b"\n", 0) if line else None
        if one is None:
            return read_exactly(line)
        return one.records[0], one.leaves, one.items

    def _too_long(self, start: int, end: int) -> ParsedLines:
        return ParsedLines(start, end, [b""], [start], [_TOO_LONG])
