"""The use case "event hashes of a file": GS1 CBV 2.0.1, section 8.9, no ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ExplorerError
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest, hash_function
from explorer.encodings.epcis.documents import read_document
from explorer.encodings.epcis.event_ids import (
    EventTexts,
    declared_hash,
    is_hash_id,
    written_id,
)
from explorer.encodings.epcis.nodes import Damage, EventTree, OtherValue
from explorer.formats.opening import EvidenceFiles, open_evidence


@dataclass(frozen=True, slots=True)
class HashedEvent:
    """One event with its canonical hash."""

    type: str
    declared_id: str
    hash: str
    """The canonical event id, SHA-256."""
    variant: str
    """The way of writing whose hash the declared id is; empty: none, or no hash."""
    declares_hash: bool
    place: ByteSpan


@dataclass(frozen=True, slots=True)
class HashedFile:
    """The events of one file in its order."""

    path: str
    events: tuple[HashedEvent, ...]
    problems: tuple[tuple[str, ByteSpan], ...]
    """(reason, place) of what could not be read."""
    error: str = ""
    """Why the file could not be opened."""


def hash_file(path: Path) -> HashedFile:
    """Return the event hashes of one file or folder; problems are part of it."""
    try:
        with open_evidence((path,)) as files:
            return _hashed(files, str(path))
    except ExplorerError as error:
        return HashedFile(str(path), (), (), str(error))


def _hashed(files: EvidenceFiles, path: str) -> HashedFile:
    texts = EventTexts()
    events: list[HashedEvent] = []
    problems: list[tuple[str, ByteSpan]] = []
    for source in files.evidence.sources:
        number = source.index
        for item in read_document(partial(_chunks, files, number)):
            if isinstance(item, EventTree):
                events.append(_event(item, number, texts))
            elif isinstance(item, Damage | OtherValue):
                span = ByteSpan(number, item.start, item.end)
                reason = item.reason if isinstance(item, Damage) else "not-an-event"
                problems.append((reason, span))
    return HashedFile(path, tuple(events), tuple(problems))


def _chunks(files: EvidenceFiles, source: int) -> Iterator[bytes]:
    return (data for _, data in files.chunks(source))


def _event(tree: EventTree, source: int, texts: EventTexts) -> HashedEvent:
    text = texts.canonical(tree)
    declared_id = next(
        (each.text.strip() for each in tree.fields if each.name == "eventID"), ""
    )
    declared = declared_hash(declared_id)
    match = None
    if declared is not None:
        function = hash_function(declared.algorithm)
        match = texts.matching(tree, text, declared, function)
    return HashedEvent(
        tree.type,
        declared_id,
        written_id(HashAlgorithm.SHA256, digest(HashAlgorithm.SHA256, text)),
        match.variant if match is not None else "",
        is_hash_id(declared_id),
        ByteSpan(source, tree.start, tree.end),
    )
