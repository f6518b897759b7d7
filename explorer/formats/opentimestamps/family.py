"""OpenTimestamps as a family: every ``.ots`` file of the evidence is a ledger.

Files beside a proof: the one it is about (by name), and any that may hold the header of
the block that it names.
"""

from collections import defaultdict
from collections.abc import Sequence

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.formats.opentimestamps import checks
from explorer.formats.opentimestamps.headers import (
    FoundHeader,
    find_headers,
    json_headers,
    single_header,
)
from explorer.formats.opentimestamps.pipeline import ProofFile, StampPipeline
from explorer.formats.opentimestamps.stamps import (
    BITCOIN,
    MAGIC,
    MAX_STAMP_BYTES,
    Stamp,
    read_stamp,
)
from explorer.model.ledgers import Match

NAME = "opentimestamps"
TITLE = "OpenTimestamps"
REFERENCE = "docs/formats/opentimestamps.md, python-opentimestamps 0.4"
CHECKS = checks.CHECKS
SUFFIX = ".ots"


def probe(files: EvidenceFiles) -> Match:
    """Return how sure it is that the evidence holds a proof."""
    proofs = _proofs(files)
    evidence = files.evidence
    if 0 in proofs and evidence.path == evidence.sources[0].path:
        return Match.OPENED
    if proofs:
        return Match.STRUCTURE
    names = (files.path(each.index).name for each in files.evidence.sources)
    return Match.POSSIBLE if any(n.endswith(SUFFIX) for n in names) else Match.NO


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[StampPipeline]:
    """Return one pipeline for each proof of the evidence."""
    del options
    stamps = {source: _read(files, source) for source in _proofs(files)}
    targets = {source: _target_of(files, source) for source in stamps}
    side = [
        each.index
        for each in files.evidence.sources
        if each.index not in stamps and each.index not in targets.values()
    ]
    roots = {root for stamp in stamps.values() for _, root in _anchors(stamp)}
    headers = find_headers(files, side, roots) if roots else {}
    conflicts = _conflicts(list(stamps.values()))
    return [
        StampPipeline(
            files,
            ProofFile(
                source,
                stamp,
                targets[source],
                headers,
                _supplied(files, side, stamp),
                bool(side),
                conflicts,
            ),
        )
        for source, stamp in stamps.items()
    ]


def may_differ(slot: str, one: bytes, other: bytes) -> bool:
    """Return whether honest copies of a block may differ: there are no blocks."""
    del slot, one, other
    return False


def _proofs(files: EvidenceFiles) -> list[int]:
    return [
        each.index
        for each in files.evidence.sources
        if files.head(each.index, len(MAGIC)) == MAGIC
    ]


def _read(files: EvidenceFiles, source: int) -> Stamp | ReadError:
    size = files.evidence.sources[source].size_bytes
    if size > MAX_STAMP_BYTES:
        return ReadError(f"over {MAX_STAMP_BYTES} bytes", "too-long")
    try:
        return read_stamp(files.read(ByteSpan(source, 0, size)))
    except ReadError as error:
        return error


def _target_of(files: EvidenceFiles, source: int) -> int:
    path = files.path(source)
    wanted = path.with_suffix("") if path.suffix == SUFFIX else None
    for each in files.evidence.sources:
        if wanted is not None and files.path(each.index) == wanted:
            return each.index
    return -1


def _anchors(stamp: Stamp | ReadError) -> list[tuple[int, bytes]]:
    if isinstance(stamp, ReadError):
        return []
    return [(e.height, e.message) for e in stamp.attestations if e.kind == BITCOIN]


def _conflicts(
    stamps: Sequence[Stamp | ReadError],
) -> frozenset[tuple[int, bytes]]:
    """Return what proofs say about blocks for which another root is said too."""
    said: dict[int, set[bytes]] = defaultdict(set)
    for stamp in stamps:
        for height, root in _anchors(stamp):
            said[height].add(root)
    return frozenset(
        (height, root)
        for height, roots in said.items()
        if len(roots) > 1
        for root in roots
    )


def _supplied(
    files: EvidenceFiles, side: Sequence[int], stamp: Stamp | ReadError
) -> FoundHeader | None:
    """Return the header that is given for the one block that a proof names.

    It is the only header given, or the one that states the height.
    """
    heights = {height for height, _ in _anchors(stamp)}
    if len(heights) != 1:
        return None
    single = [found for each in side if (found := single_header(files, each))]
    if len(single) == 1:
        return single[0]
    stated = [
        found
        for each in side
        for found in json_headers(files, each)
        if found.height in heights
    ]
    return stated[0] if len(stated) == 1 else None
