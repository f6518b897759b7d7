"""Hyperledger Fabric as a ledger family: what is recognised, which ledgers it makes.

Block stores are recognised by ``blockfile_NNNNNN`` or their first bytes, single blocks
and JSON by their form; see ``docs/formats/fabric.md``. Left out: snapshots (their files
are no blocks), the LevelDB index beside a store.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.protobuf import content, number, scan
from explorer.formats.fabric import checks
from explorer.formats.fabric.block_reader import (
    FileBlock,
    FileBlocks,
    FileLedger,
    looks_like_block,
    probe_blocks,
)
from explorer.formats.fabric.json_reader import is_json, is_meant_as_block
from explorer.formats.fabric.pipeline import FabricPipeline, LedgerSource
from explorer.formats.fabric.records import MAX_HEIGHT, RawBlock
from explorer.formats.fabric.remarks import EXPORT_HINT
from explorer.formats.fabric.sequence import Snapshot
from explorer.formats.fabric.store_reader import (
    StoreReader,
    looks_like_store,
    read_record,
)
from explorer.formats.fabric.transactions import EnvelopeParser
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.blocks import Unreadable
from explorer.model.checks import CheckResult
from explorer.model.ledgers import Match

NAME = "fabric"
TITLE = "Hyperledger Fabric"
REFERENCE = "docs/formats/fabric.md, Fabric 3.1"
CHECKS = checks.CHECKS
__all__ = [
    "CHECKS",
    "EXPORT_HINT",
    "NAME",
    "REFERENCE",
    "TITLE",
    "open_ledgers",
    "probe",
]

SNAPSHOT_INFO = "bootstrappingSnapshot.info"
HEAD_BYTES = 4_096
MAX_SNAPSHOT_INFO_BYTES = 4_096
_BLOCK_FILE = re.compile(r"blockfile_(\d{6,})\Z")
_JSON_BLOCK = re.compile(
    rb'\s*\{\s*(?:"data"\s*:\s*\{\s*"data"\s*:\s*\[\s*\{\s*"(?:payload|signature)"'
    rb'|"header"\s*:\s*\{\s*"(?:data_hash|number|previous_hash)")'
)
_PEEKED = 3
"""Records looked at for the channel's name."""


def probe(files: EvidenceFiles) -> Match:
    """Return how sure it is that the evidence holds Fabric blocks."""
    best = Match.NO
    for source in files.evidence.sources:
        best = max(best, _match(files, source.index))
        if best is Match.STRUCTURE:
            break
    return best


def _match(files: EvidenceFiles, source: int) -> Match:
    path = files.path(source)
    head = files.head(source, HEAD_BYTES)
    if looks_like_store(head) or looks_like_block(head):
        return Match.STRUCTURE
    if looks_like_json(head):
        return Match.STRUCTURE
    is_named = _BLOCK_FILE.search(path.name) or path.suffix == ".block"
    return Match.POSSIBLE if is_named else Match.NO


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[FabricPipeline]:
    """Return one pipeline for each ledger in the evidence."""
    stores = [_store_of(files, store) for store in _stores(files).values()]
    known = {each.channel: each for each in reversed(stores)}
    others: list[FileLedger] = []
    for ledger in probe_blocks(files, _single_files(files)):
        store = known.get(ledger.channel)
        if store is None or not _may_hold(store, ledger):
            others.append(ledger)
        else:
            store.copies.extend(ledger.blocks)
    found = [_store_pipeline(files, options, each) for each in stores]
    for ledger in others:
        source = LedgerSource(
            ledger.channel or files.path(ledger.blocks[0].source).name,
            ledger.channel,
            is_store=False,
            first=-1,
            total_bytes=sum(
                files.evidence.sources[each.source].size_bytes for each in ledger.blocks
            ),
        )
        blocks = FileBlocks(files, ledger.blocks)
        found.append(FabricPipeline(files, options, source, blocks))
    return found


def _may_hold(store: "_Store", ledger: FileLedger) -> bool:
    """Return whether block files are copies of blocks that the store should hold."""
    readable = [each.number for each in ledger.blocks if not each.fault]
    return (
        store.first >= 0
        and len(readable) == len(ledger.blocks)
        and (min(readable) >= store.first)
    )


@dataclass(slots=True)
class _Store:
    """The files of one block store."""

    folder: Path
    files: list[tuple[int, int]] = field(default_factory=list)
    """(number in the name, source)."""
    snapshot_info: int = -1
    channel: str = ""
    first: int = -1
    snapshot: Snapshot | None = None
    results: tuple[CheckResult, ...] = ()
    copies: list[FileBlock] = field(default_factory=list)
    """Single block files that should be blocks of the store."""


def _stores(files: EvidenceFiles) -> dict[Path, _Store]:
    """Return the stores of the evidence by folder; one nameless file is a store too."""
    stores: dict[Path, _Store] = {}
    infos: dict[Path, int] = {}
    for source in files.evidence.sources:
        path = files.path(source.index)
        named = _BLOCK_FILE.match(path.name)
        if path.name == SNAPSHOT_INFO:
            infos[path.parent] = source.index
        elif named:
            store = stores.setdefault(path.parent, _Store(path.parent))
            store.files.append((int(named[1]), source.index))
        elif looks_like_store(files.head(source.index, HEAD_BYTES)):
            stores[path] = _Store(path.parent, [(0, source.index)])
    for store in stores.values():
        store.files.sort()
        store.snapshot_info = infos.get(store.folder, -1)
    return stores


def _single_files(files: EvidenceFiles) -> list[int]:
    """Return the files that are, or should be, one block each."""
    found: list[int] = []
    others: list[int] = []
    for source in files.evidence.sources:
        path = files.path(source.index)
        if _BLOCK_FILE.match(path.name) or path.name == SNAPSHOT_INFO:
            continue
        head = files.head(source.index, HEAD_BYTES)
        if looks_like_store(head):
            continue
        if path.suffix == ".block" or looks_like_block(head) or looks_like_json(head):
            found.append(source.index)
        elif path.suffix == ".json" or is_json(head):
            others.append(source.index)
    folders = {files.path(source).parent for source in found}
    found += [
        source
        for source in others
        if files.path(source).parent in folders and _should_be_block(files, source)
    ]
    return sorted(found)


def _should_be_block(files: EvidenceFiles, source: int) -> bool:
    """Return whether a JSON file beside blocks is one, or too broken to tell."""
    size_bytes = files.evidence.sources[source].size_bytes
    if size_bytes > MAX_RECORD_BYTES:
        return False
    return is_meant_as_block(files.read(ByteSpan(source, 0, size_bytes)))


def _store_of(files: EvidenceFiles, store: _Store) -> _Store:
    """Return the store with what its first bytes and its snapshot file say."""
    store.snapshot, store.results = _snapshot(files, store)
    store.first = 0 if store.files[0][0] == 0 else -1
    if store.snapshot is not None:
        store.first = store.snapshot.last_block + 1
    sources = [source for _, source in store.files]
    store.channel = _channel(files, sources) or store.folder.name
    return store


def _store_pipeline(
    files: EvidenceFiles, options: ReadingOptions, store: _Store
) -> FabricPipeline:
    sources = [source for _, source in store.files]
    sizes = [files.evidence.sources[each].size_bytes for each in sources]
    facts = LedgerSource(
        store.channel,
        store.channel,
        is_store=True,
        first=store.first,
        total_bytes=sum(sizes),
        snapshot=store.snapshot,
        results=store.results,
        copies={each.number: (each.header, each.span) for each in store.copies},
    )
    return FabricPipeline(files, options, facts, _StoreBlocks(files, sources))


class _StoreBlocks:
    """The blocks of a store, each time from the beginning."""

    def __init__(self, files: EvidenceFiles, sources: list[int]) -> None:
        self._files = files
        self._sources = sources

    def blocks(self) -> Iterator[RawBlock | Unreadable]:
        yield from StoreReader(self._files, self._sources)

    def one(self, span: ByteSpan) -> RawBlock:
        return read_record(self._files, span)


def _channel(files: EvidenceFiles, sources: list[int]) -> str:
    """Return the channel that the first readable block names, empty if none does."""
    parser = EnvelopeParser()
    for index, item in enumerate(StoreReader(files, sources)):
        if index >= _PEEKED:
            break
        if isinstance(item, RawBlock) and item.envelopes:
            channel = parser.parse(item.data, *item.envelopes[0]).channel
            if channel:
                return channel
    return ""


def _snapshot(
    files: EvidenceFiles, store: _Store
) -> tuple[Snapshot | None, tuple[CheckResult, ...]]:
    """Read ``bootstrappingSnapshot.info``: last block, its hash, the hash before."""
    source = store.snapshot_info
    if source < 0:
        return None, ()
    data = files.head(source, MAX_SNAPSHOT_INFO_BYTES)
    span = ByteSpan(source, 0, len(data))
    try:
        fields = scan(data, 0, len(data))
    except ReadError as error:
        reason = "snapshot-malformed"
        found = checks.failed(checks.SNAPSHOT_LINK, reason, -1, (span,), str(error))
        return None, (found,)
    last_block = number(fields, 0x08)
    if last_block > MAX_HEIGHT:
        found = checks.failed(
            checks.SNAPSHOT_LINK, "snapshot-malformed", -1, (span,), str(last_block)
        )
        return None, (found,)
    return Snapshot(last_block, content(data, fields, 0x12), span), ()


def looks_like_json(head: bytes) -> bool:
    """Return whether ``head`` begins like a block in JSON."""
    return _JSON_BLOCK.match(head) is not None
