"""Recognises documents of PROV."""

from collections.abc import Sequence

from explorer.core.absent import Absent
from explorer.encodings.prov.notations import HEAD_BYTES, Notation, notation_of
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.formats.prov.pipeline import ProvPipeline
from explorer.model.ledgers import Match


def probe(files: EvidenceFiles) -> Match:
    """Return whether any file of the evidence is a PROV document."""
    return Match.STRUCTURE if _sources(files) else Match.NO


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[ProvPipeline]:
    """Return one pipeline for each PROV document of the evidence.

    Raises:
        ReadError: If a file cannot be read.
    """
    del options
    return [ProvPipeline(files, *each) for each in _sources(files)]


def may_differ(slot: str, one: bytes, other: bytes) -> bool:
    """Return that nothing may: there are no blocks to compare."""
    del slot, one, other
    return False


def _sources(files: EvidenceFiles) -> list[tuple[int, Notation]]:
    found = []
    for each in files.evidence.sources:
        is_whole = each.size_bytes <= HEAD_BYTES
        notation = notation_of(files.head(each.index, HEAD_BYTES), is_whole=is_whole)
        if not isinstance(notation, Absent):
            found.append((each.index, notation))
    return found
