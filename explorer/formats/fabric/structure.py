"""Framing, links and data hashes alone: the quick look at a ledger.

The same bytes and rules as the full reading (``records``, ``sequence``), without
looking into transactions. Left out: signatures, configuration, replay, single blocks.
"""

import hashlib
from collections.abc import Iterator

import msgspec

from explorer.core.spans import ByteSpan
from explorer.formats.fabric.records import RawBlock
from explorer.formats.fabric.store_reader import StoreReader
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable


class BlockShape(msgspec.Struct, frozen=True, gc=False):
    """One block as its structure shows it."""

    number: int
    span: ByteSpan
    block_hash: bytes
    """SHA-256 of the header."""
    data_hash_holds: bool
    follows_previous: bool
    """Whether it declares the hash of the block before it in the file; true for the
    first."""
    slots: tuple[bytes, ...]
    """Metadata slots, which two honest copies may hold differently."""


def structure_only(
    files: EvidenceFiles, sources: list[int]
) -> Iterator[BlockShape | Unreadable]:
    """Yield the shape of every block of a store, damage included.

    ``sources`` are its block files in order.
    """
    sha256 = hashlib.sha256
    previous = b""
    for item in StoreReader(files, sources):
        if not isinstance(item, RawBlock):
            previous = b""
            yield item
            continue
        data, places = item.data, item.envelopes
        covered = b"".join([data[start:end] for start, end in places])
        block_hash = sha256(item.header).digest()
        yield BlockShape(
            item.number,
            item.whole,
            block_hash,
            sha256(covered).digest() == item.data_hash,
            previous in (b"", item.previous_hash),
            tuple([data[start:end] for start, end in item.metadata]),
        )
        previous = block_hash
