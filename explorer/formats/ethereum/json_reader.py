"""Blocks in JSON and in hex, with the receipts that lie beside them.

Documents are indexed once (``json_documents``), put in the order of their numbers and
read one by one. Receipts are tied to their block by the hash that both state.
"""

import re
from collections.abc import Iterator, Sequence

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.rlp import decode, decode_plain
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.headers import header_of
from explorer.formats.ethereum.json_blocks import read_block
from explorer.formats.ethereum.json_documents import Document, DocumentKind
from explorer.formats.ethereum.json_places import parse_places
from explorer.formats.ethereum.json_receipts import ReadReceipt, together
from explorer.formats.ethereum.records import RawBlock
from explorer.formats.ethereum.rlp_reader import parse_block
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable

_HEX = re.compile(rb'"?(?:0x)?((?:[0-9a-fA-F]{2})+)"?\Z')


class JsonBlocks:
    """The blocks of one evidence in JSON or hex."""

    is_contiguous = False

    def __init__(
        self,
        files: EvidenceFiles,
        documents: Sequence[Document],
        damage: Sequence[Unreadable],
    ) -> None:
        """Read ``documents`` when asked; ``damage`` is told first."""
        self._files = files
        kinds = {DocumentKind.BLOCK, DocumentKind.HEX}
        found = [each for each in documents if each.kind in kinds]
        numbered = [self._with_number(each) for each in found]
        self._blocks = sorted(numbered, key=lambda each: each.number)
        self._damage = damage
        self._receipts: dict[str, list[Document]] = {}
        for each in documents:
            if each.kind is DocumentKind.RECEIPT:
                self._receipts.setdefault(each.block_hash, []).append(each)
        self.unknown = [e for e in documents if e.kind is DocumentKind.OTHER]
        sizes = {each.source for each in documents}
        self.total_bytes = sum(files.evidence.sources[e].size_bytes for e in sizes)

    @property
    def is_empty(self) -> bool:
        """Return whether there is no block at all."""
        return not self._blocks

    def loose_receipts(self) -> int:
        """Return how many receipts belong to no block of the evidence."""
        names = {each.block_hash for each in self._blocks}
        loose = (each for name, each in self._receipts.items() if name not in names)
        return sum(map(len, loose))

    def numbers(self) -> Iterator[int]:
        """Yield the number of each block in order."""
        return (each.number for each in self._blocks)

    def blocks(self) -> Iterator[RawBlock | Unreadable]:
        """Yield blocks and damage in the order of the numbers."""
        yield from self._damage
        done = 0
        for each in self._blocks:
            done += each.end - each.start
            try:
                block = self._read(each)
            except ReadError as error:
                place = each.span
                detail = str(error)
                yield Unreadable(
                    checks.FRAMING, error.reason, place, each.number, detail
                )
                continue
            block.done_bytes = min(done, self.total_bytes)
            yield block

    def one(self, height: int, span: ByteSpan) -> RawBlock:
        """Return one block again.

        Raises:
            ReadError: If it cannot be read.
        """
        found = next(
            (each for each in self._blocks if each.span == span),
            Document(DocumentKind.BLOCK, span.source, span.start, span.end, height),
        )
        return self._read(found)

    def _with_number(self, document: Document) -> Document:
        """Return a hex document with the number of its block."""
        if document.kind is not DocumentKind.HEX:
            return document
        try:
            block = self._read(document)
        except ReadError:
            return document
        return Document(
            document.kind,
            document.source,
            document.start,
            document.end,
            block.number,
        )

    def _read(self, document: Document) -> RawBlock:
        data = self._files.read(document.span)
        if document.kind is DocumentKind.HEX:
            return block_from_hex(data, document.span)
        root = parse_places(data, document.start)
        block = read_block(data, document.start, root, document.source)
        receipts = self._receipts.get(document.block_hash, [])
        if receipts and document.block_hash:
            self._add_receipts(block, receipts)
        return block

    def _add_receipts(self, block: RawBlock, documents: Sequence[Document]) -> None:
        found: list[ReadReceipt] = []
        for each in documents:
            data = self._files.read(each.span)
            root = parse_places(data, each.start)
            found.append(ReadReceipt(data, each.start, root, each.source))
        block.receipts = together(found)
        for receipt in found:
            block.covered += receipt.covered
            block.mixed_case = block.mixed_case or receipt.mixed_case


def block_from_hex(text: bytes, span: ByteSpan) -> RawBlock:
    """Return the block, or bare header, whose RLP is written in hex.

    Raises:
        ReadError: If it is none.
    """
    found = _HEX.match(text.strip())
    if found is None or len(text) > MAX_RECORD_BYTES:
        raise ReadError("no hex digits of whole bytes", "hex-malformed")
    digits = found[1].decode()
    data = bytes.fromhex(digits)
    at = text.index(found[1]) + span.start
    octets = _HexOctets(span.source, at)
    root = decode(data)
    if not root.is_list or not root.items:
        raise ReadError("no list", "block-malformed")
    if root.items[0].is_list:
        block = parse_block(octets, data, 0, 0, len(data))
        top = root.items[0]
    else:
        block = _bare_header(octets, data)
        top = root
    block.span = span
    block.is_contiguous = False
    block.field_spans = {
        position: octets.span(each.start, each.end)
        for position, each in enumerate(top.items)
    }
    parts = (block.transactions_span, block.uncles_span, block.withdrawals_span)
    block.covered = [each for each in parts if each is not None]
    is_one_case = digits in {digits.lower(), digits.upper()}
    block.mixed_case = None if is_one_case else span
    return block


class _HexOctets:
    """Places of bytes that are written as two digits each."""

    is_packed = True
    """No place holds the very bytes that are hashed."""

    def __init__(self, source: int, start: int) -> None:
        self.source = source
        self._start = start

    def span(self, start: int, end: int) -> ByteSpan:
        return ByteSpan(self.source, self._start + 2 * start, self._start + 2 * end)


def _bare_header(octets: _HexOctets, data: bytes) -> RawBlock:
    fields = decode_plain(data)
    if not isinstance(fields, list):
        raise ReadError("no header", "header-malformed")
    header = header_of(fields, data)
    place = octets.span(0, len(data))
    return RawBlock(
        header.number,
        place,
        header,
        place,
        header.parent_hash,
        header.time,
        has_transactions=False,
    )
