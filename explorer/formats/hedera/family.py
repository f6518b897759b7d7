"""Hedera as a ledger family: what is recognised, which ledgers it makes."""

from collections.abc import Sequence

from explorer.formats.hedera import checks
from explorer.formats.hedera.files import (
    RECORD_NAME,
    SIGNATURE_NAME,
    is_record_file,
    sort_files,
)
from explorer.formats.hedera.pipeline import HederaPipeline
from explorer.formats.hedera.remarks import EXPORT_HINT
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.ledgers import Match

NAME = "hedera"
TITLE = "Hedera record stream"
REFERENCE = "docs/formats/hedera.md, record files 1, 2, 5 and 6"
CHECKS = checks.CHECKS

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
    """Return how sure it is that the evidence holds record files of Hedera."""
    best = Match.NO
    for source in files.evidence.sources:
        if is_record_file(files, source.index):
            return Match.STRUCTURE
        name = files.path(source.index).name
        if RECORD_NAME.match(name) or SIGNATURE_NAME.match(name):
            best = Match.POSSIBLE
    return best


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[HederaPipeline]:
    """Return the stream that the record files of the evidence make."""
    stream = sort_files(files)
    return [HederaPipeline(files, options, stream)] if stream.groups else []


def may_differ(slot: str, first: bytes, second: bytes) -> bool:
    """Return whether honest copies may differ in ``slot``: in whose signatures came."""
    del first, second
    return slot.startswith("signature of ")
