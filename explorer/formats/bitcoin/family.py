"""Bitcoin as a ledger family: what is recognised, which ledgers it makes.

One ledger for each network of the evidence. Files of a node name their network by
magic bytes; for single blocks the user may name it, otherwise it is read off the target
where that shows it, and taken to be the main one where nothing does.
"""

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.bitcoin_headers import is_worked
from explorer.crypto.hashes import digest
from explorer.crypto.trust import HistoryAnchor
from explorer.encodings.bitcoin_headers import bits_of, target_of
from explorer.formats.bitcoin import checks
from explorer.formats.bitcoin.beside import Beside
from explorer.formats.bitcoin.json_blocks import looks_like_blocks
from explorer.formats.bitcoin.networks import (
    MAIN,
    NETWORKS,
    REGTEST,
    SIGNET,
    TESTNET3,
    Network,
    network_named,
)
from explorer.formats.bitcoin.parsing import read_block
from explorer.formats.bitcoin.pipeline import BitcoinPipeline, LedgerFiles
from explorer.formats.bitcoin.readers import (
    BlockReader,
    HexReader,
    JsonReader,
    RawReader,
    Row,
    StoreReader,
    coinbase_height,
)
from explorer.formats.bitcoin.records import HEADER_BYTES
from explorer.formats.bitcoin.store import StoreFile, recognised
from explorer.formats.bitcoin.undo import UndoFiles
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.ledgers import Match

NAME = "bitcoin"
TITLE = "Bitcoin"
REFERENCE = "docs/formats/bitcoin.md, Bitcoin Core 29"
CHECKS = checks.CHECKS

HEAD_BYTES = 4_096
MAX_PROBED_BYTES = 8 * 2**20
"""Longest file that is tried as one whole block, if its header shows no work."""
KEY_FILE = "xor.dat"
MAX_KEY_FILE_BYTES = 64
_STORE_NAME = re.compile(
    r"(?:.*[^a-z])?(?:blk\d*.*\.dat|bootstrap\.dat)\Z", re.IGNORECASE
)
_UNDO_NAME = re.compile(r"rev\d+\.dat\Z")
_HEX_HEAD = re.compile(rb"\s*[0-9A-Fa-f]{160}")
_EASY_UNTIL = 32_255
"""Last height of the main network with the easiest target."""


@dataclass(slots=True)
class _Found:
    """What the files of the evidence are."""

    stores: dict[str, list[StoreFile]] = field(default_factory=dict)
    """Network → its store files."""
    undo: dict[str, list[StoreFile]] = field(default_factory=dict)
    singles: list[BlockReader] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    """Files that may hold what inputs spend."""
    is_certain: bool = False


def probe(files: EvidenceFiles) -> Match:
    """Return how sure it is that the evidence holds blocks of Bitcoin."""
    found = _look(files)
    if found.stores or (found.singles and found.is_certain):
        return Match.STRUCTURE
    if found.singles or any(map(_is_store_name, _names(files))):
        return Match.POSSIBLE
    return Match.NO


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[BitcoinPipeline]:
    """Return one pipeline for each network of the evidence.

    Raises:
        ReadError: ``unknown-network`` if the user names one that there is not.
    """
    wanted = network_named(options.network) if options.network else None
    if options.network and wanted is None:
        raise ReadError(f"no network {options.network}", "unknown-network")
    found = _look(files)
    by_name: dict[str, Network] = {}
    readers: dict[str, list[BlockReader]] = {}
    for name, stores in found.stores.items():
        network = network_named(name) or MAIN
        by_name[name] = network
        readers[name] = [StoreReader(each) for each in stores]
    is_certain = True
    if found.singles:
        guessed = wanted or next(iter(by_name.values()), None)
        if guessed is None:
            guessed, is_certain = _guessed_network(found.singles)
        network = guessed
        by_name[network.name] = network
        readers.setdefault(network.name, []).extend(found.singles)
    beside = Beside(files, found.lists)
    total = sum(each.size_bytes for each in files.evidence.sources)
    return [
        BitcoinPipeline(
            LedgerFiles(
                network,
                not is_certain,
                readers[name],
                beside.finder(UndoFiles(found.undo.get(name, []))),
                _known_heights(options.trust.history),
                total,
                _side_sources(files, found, beside),
                options.with_contents,
            )
        )
        for name, network in by_name.items()
    ]


def _side_sources(
    files: EvidenceFiles, found: _Found, beside: Beside
) -> Callable[[], Sequence[int]]:
    """Return the function that names the files read besides those with blocks."""
    fixed = [each.source for stores in found.undo.values() for each in stores]
    fixed += [
        each.index
        for each in files.evidence.sources
        if files.path(each.index).name == KEY_FILE
    ]
    return lambda: (*fixed, *beside.used)


def may_differ(slot: str, one: bytes, other: bytes) -> bool:
    """Return whether honest copies of a block may differ in this field: never."""
    del slot, one, other
    return False


def _look(files: EvidenceFiles) -> _Found:
    found = _Found()
    keys = _keys(files)
    for source in files.evidence.sources:
        path = files.path(source.index)
        head = files.head(source.index, HEAD_BYTES)
        key = keys.get(str(path.parent), b"")
        store = recognised(head, key)
        is_undo = bool(_UNDO_NAME.search(path.name))
        if store is not None:
            network, key = store
            kept = found.undo if is_undo else found.stores
            made = StoreFile(files, source.index, network.magic, key)
            kept.setdefault(network.name, []).append(made)
        elif not is_undo:
            _look_closer(files, source.index, head, found)
    for stores in found.stores.values():
        stores.sort(key=lambda each: files.path(each.source).name)
    return found


def _look_closer(files: EvidenceFiles, source: int, head: bytes, found: _Found) -> None:
    """Recognise a file that is no store."""
    size = files.evidence.sources[source].size_bytes
    if looks_like_blocks(head):
        found.singles.append(JsonReader(files, source))
        found.is_certain = True
    elif _HEX_HEAD.match(head):
        header = bytes.fromhex(head.split(maxsplit=1)[0][: 2 * HEADER_BYTES].decode())
        _take(files, source, header, size // 2, found, is_hex=True)
    elif len(head) >= HEADER_BYTES:
        _take(files, source, head, size, found, is_hex=False)
    elif size:
        found.lists.append(source)


def _take(
    files: EvidenceFiles,
    source: int,
    head: bytes,
    size: int,
    found: _Found,
    *,
    is_hex: bool,
) -> None:
    """Take a file as blocks or headers if its first bytes are a header."""
    is_one = not _is_text(head[:HEADER_BYTES]) and is_worked(head)
    are_headers = is_one and _are_headers(head, size)
    is_whole = not is_one and not is_hex and _is_block(files, source, head)
    if not (is_one or is_whole):
        found.lists.append(source)
        return
    if is_hex:
        found.singles.append(HexReader(files, source))
    else:
        found.singles.append(RawReader(files, source, are_headers=are_headers))
    found.is_certain = True


def _is_text(header: bytes) -> bool:
    """Return whether 80 bytes are UTF-8: two hashes in a header never are.

    Read as a target, four letters are so easy that many a text seems to be worked.
    """
    try:
        codecs.getincrementaldecoder("utf-8")().decode(header)
    except UnicodeDecodeError:
        return False
    return True


def _are_headers(head: bytes, size: int) -> bool:
    if size == HEADER_BYTES:
        return True
    second = head[HEADER_BYTES : 2 * HEADER_BYTES]
    first = digest(HashAlgorithm.SHA256D, head[:HEADER_BYTES])
    return len(second) == HEADER_BYTES and second[4:36] == first


def _is_block(files: EvidenceFiles, source: int, head: bytes) -> bool:
    """Return whether a file without work in its header is one whole block all the same.

    Its header may have been changed.
    """
    size = files.evidence.sources[source].size_bytes
    if not HEADER_BYTES < size <= MAX_PROBED_BYTES:
        return False
    is_possible = target_of(int.from_bytes(head[72:76], "little")) is not None
    version = int.from_bytes(head[:4], "little")
    if not (is_possible or version < 1 << 30):
        return False
    data = files.read(ByteSpan(source, 0, size))
    try:
        transactions, end = read_block(data)
    except ReadError:
        return False
    return bool(transactions) and end == size


def _keys(files: EvidenceFiles) -> dict[str, bytes]:
    """Return folder → the eight bytes of its ``xor.dat``."""
    return {
        str(files.path(each.index).parent): files.head(each.index, MAX_KEY_FILE_BYTES)
        for each in files.evidence.sources
        if files.path(each.index).name == KEY_FILE
    }


def _names(files: EvidenceFiles) -> list[str]:
    return [files.path(each.index).name for each in files.evidence.sources]


def _is_store_name(name: str) -> bool:
    return _STORE_NAME.match(name) is not None


def _guessed_network(readers: Sequence[BlockReader]) -> tuple[Network, bool]:
    """Return the network that a first block or a target shows, else the main one.

    The second value says whether it is certain.
    """
    easiest = {bits_of(each.limit): each for each in (REGTEST, SIGNET)}
    first = {each.genesis: each for each in NETWORKS}
    guessed = MAIN
    for number, reader in enumerate(readers):
        for row in reader.rows(number):
            if not isinstance(row, Row):
                continue
            if row.hash in first:
                return first[row.hash], True
            if row.bits in easiest:
                guessed = easiest[row.bits]
            elif row.bits == bits_of(MAIN.limit) and _is_late(reader, row):
                guessed = TESTNET3
    return guessed, False


def _is_late(reader: BlockReader, row: Row) -> bool:
    """Return whether a block stands where the main network is harder by far."""
    height = row.height
    if row.has_body and height < 0:
        try:
            raw = reader.load(row)
        except ReadError:
            return False
        is_stated = int.from_bytes(raw.data[:4], "little", signed=True) > 1
        height = coinbase_height(raw) if is_stated else -1
    return height > _EASY_UNTIL


def _known_heights(anchors: Sequence[HistoryAnchor]) -> dict[bytes, int]:
    """Return hash → height of anchors, the hash as computed and as printed."""
    known: dict[bytes, int] = {}
    for each in anchors:
        known[each.block_hash] = known[each.block_hash[::-1]] = each.height
    return known
