"""The Ethereum family: what is recognised, and which ledgers it makes.

See ``docs/formats/ethereum.md``. Blocks of one evidence make one ledger, whatever they
are written in; tables of ethereum-etl and account proofs make ledgers of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import hash_function
from explorer.encodings.abi import AbiItem, parse_abi
from explorer.encodings.canonical_json import parse_json
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.era1_reader import EraBlocks, looks_like_era1
from explorer.formats.ethereum.etl_reader import EtlBlocks, EtlFile, etl_kind
from explorer.formats.ethereum.forks import network_by_name
from explorer.formats.ethereum.json_documents import (
    Document,
    DocumentKind,
    documents_of,
)
from explorer.formats.ethereum.json_reader import JsonBlocks
from explorer.formats.ethereum.octets import Octets
from explorer.formats.ethereum.pipeline import (
    Beside,
    BlockSource,
    EthereumPipeline,
)
from explorer.formats.ethereum.proof_pipeline import ProofPipeline, roots_of
from explorer.formats.ethereum.recognising import FileKind, kind_of_head
from explorer.formats.ethereum.rlp_reader import RlpBlocks
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.blocks import Unreadable
from explorer.model.ledgers import Match, Pipeline

NAME = "ethereum"
TITLE = "Ethereum family (public, Clique, IBFT, QBFT)"
REFERENCE = "docs/formats/ethereum.md, forks up to Prague"
CHECKS = checks.CHECKS
HEAD_BYTES = 4_096
MAX_ABI_BYTES = 4 * 2**20


def probe(files: EvidenceFiles) -> Match:
    """Return how sure it is that the evidence holds blocks of this family."""
    for source in files.evidence.sources:
        head = files.head(source.index, HEAD_BYTES)
        if kind_of_head(head) not in {FileKind.NONE, FileKind.MAYBE_JSON}:
            return Match.STRUCTURE
    return Match.NO


@dataclass(slots=True)
class _Found:
    """The files of one evidence by kind."""

    rlp: list[Octets] = field(default_factory=list)
    era1: list[Octets] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    tables: list[EtlFile] = field(default_factory=list)
    damage: list[Unreadable] = field(default_factory=list)


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[Pipeline[Any]]:
    """Return one pipeline for each ledger in the evidence.

    Raises:
        ReadError: ``network-unknown`` if the user named a network that does not exist.
    """
    network = network_by_name(options.network)
    found = _sorted(files)
    events = _events(files, found.documents)
    abis = [e.source for e in found.documents if e.kind is DocumentKind.ABI]
    ledgers: list[Pipeline[Any]] = []
    blocks = JsonBlocks(files, found.documents, found.damage)
    sources: list[tuple[BlockSource, Beside]] = []
    if found.rlp:
        sources.append((RlpBlocks(found.rlp), Beside(events, abi_sources=abis)))
    if found.era1:
        sources.append((EraBlocks(found.era1), Beside(events, abi_sources=abis)))
    if not blocks.is_empty or found.damage:
        unknown = [each.span for each in blocks.unknown]
        sources.append((blocks, Beside(events, blocks.loose_receipts(), abis, unknown)))
    if found.tables:
        sources.append(
            (EtlBlocks(files, found.tables), Beside(events, abi_sources=abis))
        )
    name = files.path(0).name if len(files.evidence.sources) == 1 else "chain"
    for source, beside in sources:
        ledgers.append(EthereumPipeline(files, options, name, source, network, beside))
    proofs = [each for each in found.documents if each.kind is DocumentKind.PROOF]
    if proofs:
        roots = roots_of(each for source, _ in sources for each in source.blocks())
        ledgers.append(ProofPipeline(files, proofs, roots, name))
    return ledgers


def _sorted(files: EvidenceFiles) -> _Found:
    found = _Found()
    for source in files.evidence.sources:
        span = ByteSpan(source.index, 0, source.size_bytes)
        head = files.head(source.index, HEAD_BYTES)
        kind = kind_of_head(head)
        try:
            _take(files, source.index, kind, found)
        except ReadError as error:
            place = error.span or span
            found.damage.append(
                Unreadable(
                    checks.FRAMING,
                    error.reason,
                    ByteSpan(source.index, place.start, place.end),
                    -1,
                    str(error),
                )
            )
    return found


def _take(files: EvidenceFiles, source: int, kind: FileKind, found: _Found) -> None:
    match kind:
        case FileKind.RLP | FileKind.GZIP | FileKind.ERA1:
            octets = Octets(files, source)
            is_era1 = looks_like_era1(octets.read(0, HEAD_BYTES))
            (found.era1 if is_era1 else found.rlp).append(octets)
        case FileKind.HEX:
            found.documents += _hex_lines(files, source)
        case FileKind.TABLE | FileKind.JSON:
            _take_text(files, source, found)
        case FileKind.MAYBE_JSON:
            found.documents += _abi_only(files, source)
        case FileKind.NONE:
            return


def _take_text(files: EvidenceFiles, source: int, found: _Found) -> None:
    table = etl_kind(files.head(source, HEAD_BYTES))
    if table is not None:
        found.tables.append(EtlFile(table, source))
    else:
        found.documents += documents_of(files, source)


def _hex_lines(files: EvidenceFiles, source: int) -> list[Document]:
    size = files.evidence.sources[source].size_bytes
    data = files.read(ByteSpan(source, 0, size))
    found: list[Document] = []
    at = 0
    for line in data.split(b"\n"):
        if line.strip():
            found.append(Document(DocumentKind.HEX, source, at, at + len(line)))
        at += len(line) + 1
    return found


def _abi_only(files: EvidenceFiles, source: int) -> list[Document]:
    """Return the ABI in a JSON file that holds nothing else of this family."""
    if files.evidence.sources[source].size_bytes > MAX_ABI_BYTES:
        return []
    try:
        found = documents_of(files, source)
        return [each for each in found if each.kind is DocumentKind.ABI]
    except ReadError:
        return []


def _events(
    files: EvidenceFiles, documents: Sequence[Document]
) -> dict[bytes, AbiItem]:
    """Return the events that the ABIs beside the evidence declare, by first topic."""
    hashed = hash_function(HashAlgorithm.KECCAK256)
    events: dict[bytes, AbiItem] = {}
    for each in documents:
        if each.kind is not DocumentKind.ABI or each.end - each.start > MAX_ABI_BYTES:
            continue
        try:
            value = parse_json(files.read(each.span))
            entries = value.get("abi") if isinstance(value, dict) else value
            events.update(parse_abi(entries).by_topic(hashed))
        except ReadError:
            continue  # an ABI that cannot be read only leaves events undecoded
    return events
