"""CCF as a ledger family: what is recognised, which ledgers it makes.

A folder with chunks is a ledger; the folders of one node (one written, others
read-only) are one ledger if their chunks continue each other. The same chunk twice is
read once.
"""

from collections.abc import Sequence
from pathlib import Path

from explorer.formats.ccf import checks
from explorer.formats.ccf.chunks import NAME as CHUNK_NAME
from explorer.formats.ccf.chunks import ChunkReader, RawEntry, looks_like_chunk
from explorer.formats.ccf.pipeline import CcfPipeline, Chunk
from explorer.formats.ccf.proofs import ProofsPipeline, find_proofs
from explorer.formats.ccf.remarks import EXPORT_HINT
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.ledgers import Match

NAME = "ccf"
TITLE = "Microsoft CCF"
REFERENCE = "docs/formats/ccf.md, CCF 1 to 6"
CHECKS = checks.CHECKS
HEAD_BYTES = 4_096

__all__ = [
    "CHECKS",
    "EXPORT_HINT",
    "NAME",
    "REFERENCE",
    "TITLE",
    "may_differ",
    "open_ledgers",
    "probe",
]


def probe(files: EvidenceFiles) -> Match:
    """Return how sure it is that the evidence holds a CCF ledger or receipt."""
    best = Match.NO
    for source in files.evidence.sources:
        if _is_chunk(files, source.index):
            return Match.STRUCTURE
        if CHUNK_NAME.match(files.path(source.index).name):
            best = Match.POSSIBLE
    return Match.STRUCTURE if find_proofs(files) else best


def _is_chunk(files: EvidenceFiles, source: int) -> bool:
    size = files.evidence.sources[source].size_bytes
    return looks_like_chunk(files.head(source, HEAD_BYTES), size)


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[CcfPipeline | ProofsPipeline]:
    """Return one pipeline for each ledger, and one for all receipts and snapshots."""
    folders: dict[Path, list[Chunk]] = {}
    for source in files.evidence.sources:
        path = files.path(source.index)
        named = CHUNK_NAME.match(path.name)
        if _is_chunk(files, source.index) or named is not None:
            first = _first(files, source.index, int(named[1]) if named else 1)
            folders.setdefault(path.parent, []).append(Chunk(source.index, first))
    found: list[CcfPipeline | ProofsPipeline] = [
        CcfPipeline(files, options, _title(files, chunks), chunks)
        for chunks in _ledgers(files, list(folders.values()))
    ]
    proofs = find_proofs(files)
    if proofs:
        found.append(ProofsPipeline(files, options, proofs))
    return found


def _first(files: EvidenceFiles, source: int, named: int) -> int:
    """Return the number of the first entry, the name's if it cannot be read."""
    for item in ChunkReader(files, source).items():
        return item.seqno if isinstance(item, RawEntry) else named
    return named


def _title(files: EvidenceFiles, chunks: Sequence[Chunk]) -> str:
    folder = files.path(chunks[0].source).parent
    is_plain = (
        folder.name in {"ledger", "0.ledger", "main-ledger"} and folder.parent.name
    )
    return folder.parent.name if is_plain else folder.name or "ledger"


def _ledgers(files: EvidenceFiles, folders: list[list[Chunk]]) -> list[list[Chunk]]:
    """Return the chunks of each ledger in order, folders put together that fit."""
    found: list[list[Chunk]] = []
    for folder in sorted(folders, key=lambda each: min(c.first for c in each)):
        ordered = sorted(folder, key=lambda each: (each.first, _rank(files, each)))
        chunks = _without_doubles(files, ordered)
        for known in found:
            if _continues(files, known, chunks):
                merged = sorted([*known, *chunks], key=lambda each: each.first)
                known[:] = _without_doubles(files, merged)
                break
        else:
            found.append(chunks)
    return found


def _rank(files: EvidenceFiles, chunk: Chunk) -> int:
    """Return 0 for a finished chunk, so that it goes before one still written."""
    return 0 if ".committed" in files.path(chunk.source).name else 1


def _without_doubles(files: EvidenceFiles, chunks: list[Chunk]) -> list[Chunk]:
    """Return the chunks without later ones that begin alike."""
    kept: list[Chunk] = []
    for chunk in chunks:
        if not kept or chunk.first != kept[-1].first:
            kept.append(chunk)
        elif _head(files, chunk) != _head(files, kept[-1]):
            kept.append(chunk)  # another entry with the same number: reading reports it
    return kept


def _continues(files: EvidenceFiles, known: list[Chunk], others: list[Chunk]) -> bool:
    """Return whether no chunk of one contradicts a chunk of the other."""
    heads = {each.first: _head(files, each) for each in known}
    if any(
        heads.get(each.first, _head(files, each)) != _head(files, each)
        for each in others
    ):
        return False
    firsts = {each.first for each in others}
    return bool(firsts & heads.keys()) or min(firsts) > max(heads)


def _head(files: EvidenceFiles, chunk: Chunk) -> bytes:
    return files.head(chunk.source, HEAD_BYTES)[8:]


def may_differ(slot: str, first: bytes, second: bytes) -> bool:
    """Return whether honest copies of an entry may differ in ``slot``: nowhere."""
    del slot, first, second
    return False
