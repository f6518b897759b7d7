"""What Hedera hashes: files, metadata, and the running hash over all records.

Versions 1 and 2: SHA-384 of the file, or of its head and the hash of the rest. Version
5: of the whole file; metadata are the head and both hash objects. Version 6: metadata
are version, HAPI version, both hashes and the block number, all big-endian. Running
hash: SHA-384 of (class, hash before, class, hash of the record), where the class of a
hash is written little-endian and that of a record big-endian.
"""

import hashlib
import struct

from explorer.formats.hedera.records import Item, RecordFile
from explorer.formats.hedera.streams import (
    HASH_CLASS,
    HASH_OBJECT_BYTES,
    HEAD_BYTES,
    ITEM_CLASS,
    OBJECT_VERSION,
    OLD_HEAD_BYTES,
)

_HASH_HEAD = struct.pack("<QI", HASH_CLASS, OBJECT_VERSION)
_ITEM_HEAD = struct.pack(">QI", ITEM_CLASS, OBJECT_VERSION)


def file_bytes(file: RecordFile) -> bytes:
    """Return the bytes whose SHA-384 is the hash of the file that nodes sign."""
    if file.version != 2:
        return file.data
    rest = hashlib.sha384(file.data[OLD_HEAD_BYTES:]).digest()
    return file.data[:OLD_HEAD_BYTES] + rest


def metadata_bytes(file: RecordFile) -> bytes:
    """Return the bytes whose SHA-384 is the metadata hash; empty before version 5."""
    if file.version == 5:
        head = file.data[: HEAD_BYTES + HASH_OBJECT_BYTES]
        return head + file.data[-HASH_OBJECT_BYTES:]
    if file.version == 6:
        head = struct.pack(">iiii", 6, *(_int32(each) for each in file.hapi))
        return head + file.start_hash + file.end_hash + struct.pack(">q", file.number)
    return b""


def _int32(value: int) -> int:
    value %= 2**32
    return value - 2**32 if value >= 2**31 else value


def item_bytes(file: RecordFile, item: Item) -> bytes:
    """Return the bytes of a record that its hash covers."""
    if file.version == 5:
        return file.data[slice(*item.whole)]
    record = file.data[slice(*item.record)]
    transaction = file.data[slice(*item.transaction)]
    return b"".join(
        (
            _ITEM_HEAD,
            struct.pack(">i", len(record)),
            record,
            struct.pack(">i", len(transaction)),
            transaction,
        )
    )


def last_step(file: RecordFile) -> bytes:
    """Return the bytes whose SHA-384 is the running hash behind the last record.

    Empty if the file holds no record.
    """
    running, covered = file.start_hash, b""
    for item in file.items:
        hashed = hashlib.sha384(item_bytes(file, item)).digest()
        covered = _HASH_HEAD + running + _HASH_HEAD + hashed
        running = hashlib.sha384(covered).digest()
    return covered


def chain_bytes(file: RecordFile) -> bytes:
    """Return the bytes whose SHA-384 the next file must begin with."""
    if file.version >= 5:
        return last_step(file) or file.data
    return file_bytes(file)
