"""Block metadata: orderer signatures, last configuration, flags, commit hash.

``common/common.proto`` (``BlockMetadataIndex``) and ``protoutil/blockutils.go`` of
Fabric 3.1. No hash covers metadata: slot 0 is covered by the orderers' signatures,
slots 2 and 4 by replaying, slot 1 by its agreement with slot 0, and every length and
tag by the demand that the slot be in its only valid form. Left out: the orderer slot
(3) of Fabric before 1.4.1, and signatures over the last-configuration slot.
"""

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_SIGNATURES_PER_BLOCK
from explorer.encodings.protobuf import (
    canonical_fault,
    encode_bytes,
    encode_integer,
    number,
    scan,
    scan_map,
)
from explorer.formats.fabric.messages import TABLES
from explorer.formats.fabric.records import HASH_BYTES, RawBlock

SIGNATURES, LAST_CONFIG, FLAGS, ORDERER, COMMIT_HASH = range(5)

Place = tuple[int, int]
_NOWHERE = (0, 0)


class BlockSignature(msgspec.Struct, gc=False):
    """One ``MetadataSignature``; places refer to the block's buffer."""

    header: Place
    signature: Place
    identifier: Place


class BlockMetadata(msgspec.Struct, gc=False):
    """What the metadata of one block says."""

    value: Place = _NOWHERE
    """What orderers sign, besides their own header and the block's."""
    signatures: list[BlockSignature] = []
    last_config: int = -1
    """Number of the configuration block in force; -1 if it is not said."""
    faults: list[tuple[str, Place]] = []
    """(reason, place) of everything that is not as it must be."""
    commit_hash: bytes = b""
    has_legacy_slot: bool = False
    """The orderer slot or signatures of the last-configuration slot are in use."""


def read_metadata(block: RawBlock, height: int) -> BlockMetadata:
    """Return the metadata of a block, faults included; never raises."""
    found = BlockMetadata(signatures=[], faults=[])
    try:
        _read_signatures(block, found)
        _read_last_config(block, height, found)
        _read_commit_hash(block, found)
    except ReadError:
        found.faults.append(("metadata-not-canonical", block.place))
    others = [ORDERER, *range(COMMIT_HASH + 1, len(block.metadata))]
    if any(block.slot(each) for each in others):
        found.has_legacy_slot = True
    return found


def _read_signatures(block: RawBlock, found: BlockMetadata) -> None:
    if not block.metadata:
        return
    start, end = block.metadata[SIGNATURES]
    data = block.data
    parts: list[bytes] = []
    for tag, first, last in scan(data, start, end):
        if tag == 0x0A:
            found.value = (first, last)
            parts.append(encode_bytes(1, data[first:last]))
        elif tag == 0x12:
            if len(found.signatures) >= MAX_SIGNATURES_PER_BLOCK:
                found.faults.append(("too-many-signatures", (start, end)))
                return
            fields = scan_map(data, first, last)
            signature = BlockSignature(
                fields.get(0x0A, _NOWHERE),
                fields.get(0x12, _NOWHERE),
                fields.get(0x1A, _NOWHERE),
            )
            found.signatures.append(signature)
            parts.append(_signature_again(data, signature))
    is_same = b"".join(parts) == data[start:end]
    # What is inside the value is covered by the signatures, if there are any.
    if is_same and not found.signatures:
        is_same = canonical_fault(data, (start, end), TABLES, "SignedMetadata") < 0
    if not is_same:
        found.faults.append(("metadata-not-canonical", (start, end)))


def _signature_again(data: bytes, signature: BlockSignature) -> bytes:
    """Return a ``MetadataSignature`` as Fabric writes it among the others."""
    message = b""
    places = (signature.header, signature.signature, signature.identifier)
    for field, (first, last) in enumerate(places, 1):
        if first < last:
            message += encode_bytes(field, data[first:last])
    return encode_bytes(2, message)


def _read_last_config(block: RawBlock, height: int, found: BlockMetadata) -> None:
    """Read the number of the configuration block from slot 0, else from slot 1."""
    data = block.data
    start, end = found.value
    if start < end:
        inner = scan_map(data, start, end)
        found.last_config = number(scan(data, *inner.get(0x0A, _NOWHERE)), 0x08)
    slot = block.slot(LAST_CONFIG)
    if slot:
        _compare_last_config(slot, block.slot_place(LAST_CONFIG), found)
    if height == 0 and found.last_config > 0:
        found.faults.append(("last-config-mismatch", block.slot_place(SIGNATURES)))


def _compare_last_config(slot: bytes, place: Place, found: BlockMetadata) -> None:
    fields = scan_map(slot, 0, len(slot))
    legacy = number(scan(slot, *fields.get(0x0A, _NOWHERE)), 0x08)
    found.has_legacy_slot = 0x12 in fields
    plain = encode_bytes(1, encode_integer(1, legacy))
    if slot != plain and not found.has_legacy_slot:
        found.faults.append(("metadata-not-canonical", place))
    if found.last_config < 0:
        found.last_config = legacy
    elif legacy != found.last_config:
        found.faults.append(("last-config-mismatch", place))


def _read_commit_hash(block: RawBlock, found: BlockMetadata) -> None:
    slot = block.slot(COMMIT_HASH)
    if not slot:
        return
    found.commit_hash = slot[2:]
    if len(slot) != HASH_BYTES + 2 or slot[:2] != b"\x0a\x20":
        found.faults.append(("metadata-not-canonical", block.slot_place(COMMIT_HASH)))
