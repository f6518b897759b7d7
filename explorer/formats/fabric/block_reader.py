"""Single blocks as ``peer channel fetch`` writes them, alone or many in a folder.

``common.Block`` of Fabric 3.1, one to a file. Blocks of one channel make one partial
ledger, ordered by number. A file that is byte for byte another one is left out. Blocks
of a peer, of an orderer and in JSON are ledgers apart only where each has its own first
block, with the configuration, or holds a block again: a block that lacks something
stays among the others and is judged with them. Left out: compressed files.
"""

import hashlib
from collections.abc import Iterable, Iterator
from operator import attrgetter

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.formats.fabric.json_reader import is_json as looks_like_text
from explorer.formats.fabric.json_reader import read_json_block
from explorer.formats.fabric.metadata import FLAGS
from explorer.formats.fabric.records import RawBlock, parse_block_message
from explorer.formats.fabric.transactions import EnvelopeParser
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable

FRAMING = "fabric.block-framing"
HEAD_BYTES = 64
"""Enough to tell JSON from other bytes."""


def read_block_file(files: EvidenceFiles, source: int) -> RawBlock:
    """Return the block that is a file.

    Raises:
        ReadError: If the file is no block, or too long.
    """
    size_bytes = files.evidence.sources[source].size_bytes
    if size_bytes > MAX_RECORD_BYTES:
        raise ReadError(f"{size_bytes} bytes", "too-long")
    block = parse_block_message(files.read(ByteSpan(source, 0, size_bytes)))
    block.source = source
    return block


def looks_like_block(head: bytes) -> bool:
    """Return whether ``head`` begins like a block: a header, then data."""
    # Header: at most a number and two hashes of 32 bytes.
    if len(head) < 8 or head[0] != 0x0A or not 34 <= head[1] <= 80:
        return False
    behind = 2 + head[1]
    inside = head[2:3]
    return (
        inside in (b"\x08", b"\x12", b"\x1a") and head[behind : behind + 1] == b"\x12"
    )


class FileBlock(msgspec.Struct, frozen=True):
    """A file that is a block, or should be."""

    source: int
    number: int
    channel: str
    is_from_peer: bool
    """It has validation flags."""
    span: ByteSpan
    is_json: bool = False
    header: bytes = b""
    fault: str = ""
    """Why it cannot be read."""


class FileBlocks:
    """Reads block files in the order given."""

    def __init__(self, files: EvidenceFiles, blocks: list[FileBlock]) -> None:
        """Read nothing yet."""
        self._files = files
        self._blocks = blocks

    def blocks(self) -> Iterator[RawBlock | Unreadable]:
        """Yield each block, or why it cannot be read."""
        for each in self._blocks:
            try:
                yield self._read(each)
            except ReadError as error:
                size = self._files.evidence.sources[each.source].size_bytes
                span = ByteSpan(each.source, 0, size)
                reason = "json-malformed" if each.is_json else "block-malformed"
                detail = f"{self._files.path(each.source).name}: {error}"
                yield Unreadable(FRAMING, reason, span, each.number, detail)

    def one(self, span: ByteSpan) -> RawBlock:
        """Return the block of the file that ``span`` is in.

        Raises:
            ReadError: If it cannot be read.
        """
        is_json = looks_like_text(self._files.head(span.source, HEAD_BYTES))
        return _read(self._files, span.source, is_json=is_json)

    def _read(self, block: FileBlock) -> RawBlock:
        return _read(self._files, block.source, is_json=block.is_json)


class FileLedger(msgspec.Struct):
    """Block files that make one partial ledger, ordered by number."""

    channel: str
    blocks: list[FileBlock]


def probe_blocks(files: EvidenceFiles, sources: Iterable[int]) -> list[FileLedger]:
    """Return the ledgers that single block files make."""
    blocks: list[FileBlock] = []
    unreadable: list[FileBlock] = []
    seen: set[bytes] = set()
    parser = EnvelopeParser()
    for source in sources:
        block, exact = _look(files, source, parser)
        if block.fault:
            unreadable.append(block)
        elif exact not in seen:
            seen.add(exact)
            blocks.append(block)
    found = [
        ledger
        for channel, chosen in _by_channel(blocks).items()
        for ledger in _ledgers(channel, chosen)
    ]
    for ledger in found:
        ledger.blocks.sort(key=attrgetter("number"))
    if unreadable:
        target = found[0] if found else FileLedger("", [])
        target.blocks.extend(unreadable)
        return found or [target]
    return found


def _by_channel(blocks: list[FileBlock]) -> dict[str, list[FileBlock]]:
    """Sort blocks by channel; those that name none belong to the only one there is."""
    found: dict[str, list[FileBlock]] = {}
    for block in blocks:
        found.setdefault(block.channel, []).append(block)
    if len(found) == 2 and "" in found:
        nameless = found.pop("")
        next(iter(found.values())).extend(nameless)
    return found


class _Growing(msgspec.Struct):
    """A ledger while block files are given to it."""

    ledger: FileLedger
    kind: tuple[bool, bool]
    takes_all: bool
    """It takes blocks of any kind."""
    known: set[tuple[int, bytes]] = set()


def _ledgers(channel: str, blocks: list[FileBlock]) -> list[FileLedger]:
    """Return the ledgers that the blocks of one channel make."""
    kinds: dict[tuple[bool, bool], list[FileBlock]] = {}
    for block in blocks:
        kinds.setdefault((block.is_json, not block.is_from_peer), []).append(block)
    whole = {kind for kind in kinds if any(not each.number for each in kinds[kind])}
    growing: list[_Growing] = []
    for kind in sorted(kinds, key=lambda each: (each not in whole, each)):
        is_whole = kind in whole
        for block in kinds[kind]:
            name = block.number, block.header
            target = next(
                (
                    each
                    for each in growing
                    if (each.kind == kind or (each.takes_all and not is_whole))
                    and name not in each.known
                ),
                None,
            )
            if target is None:
                takes_all = is_whole or not growing
                target = _Growing(FileLedger(channel, []), kind, takes_all)
                growing.append(target)
            target.known.add(name)
            target.ledger.blocks.append(block)
    return [each.ledger for each in growing]


def _look(
    files: EvidenceFiles, source: int, parser: EnvelopeParser
) -> tuple[FileBlock, bytes]:
    """Return what a file is, and a digest of all its bytes."""
    is_json = looks_like_text(files.head(source, HEAD_BYTES))
    span = ByteSpan(source, 0, files.evidence.sources[source].size_bytes)
    try:
        block = _read(files, source, is_json=is_json)
    except ReadError as error:
        fault = FileBlock(
            source,
            -1,
            "",
            is_from_peer=False,
            span=span,
            is_json=is_json,
            fault=error.reason,
        )
        return fault, b""
    channel = ""
    if block.envelopes:
        channel = parser.parse(block.data, *block.envelopes[0]).channel
    found = FileBlock(
        source,
        block.number,
        channel,
        bool(block.slot(FLAGS)),
        span,
        is_json,
        block.header,
    )
    return found, hashlib.sha256(block.data).digest()


def _read(files: EvidenceFiles, source: int, *, is_json: bool) -> RawBlock:
    return read_json_block(files, source) if is_json else read_block_file(files, source)
