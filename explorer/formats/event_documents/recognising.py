"""Recognises files of events by what they say of themselves, never by their names."""

from collections.abc import Sequence

from explorer.encodings.epcis.documents import (
    HEAD_BYTES,
    is_companion,
    is_event_document,
)
from explorer.formats.event_documents.pipeline import EventPipeline
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.ledgers import Match


def probe(files: EvidenceFiles) -> Match:
    """Return whether any file of the evidence holds events.

    Ledgers whose entries hold events look alike; their families are asked first.
    """
    found = any(
        is_event_document(files.head(each.index, HEAD_BYTES))
        for each in files.evidence.sources
    )
    return Match.STRUCTURE if found else Match.NO


def open_ledgers(
    files: EvidenceFiles, options: ReadingOptions
) -> Sequence[EventPipeline]:
    """Return one pipeline for all files of events together: they make one history.

    Raises:
        ReadError: If a file cannot be read.
    """
    del options
    heads = {
        each.index: files.head(each.index, HEAD_BYTES)
        for each in files.evidence.sources
    }
    events = [number for number, head in heads.items() if is_event_document(head)]
    others = [
        number
        for number, head in heads.items()
        if number not in events and is_companion(head)
    ]
    return [EventPipeline(files, [*events, *others])]


def may_differ(slot: str, one: bytes, other: bytes) -> bool:
    """Return False: events have no blocks whose copies could be compared."""
    del slot, one, other
    return False
