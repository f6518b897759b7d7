"""Record and signature files of versions 1, 2 and 5: big-endian Java streams.

Hedera "Record and Event Stream File Formats". Version 2: version, HAPI version, marker
and hash of the previous file, then marker, length and bytes of transaction and record.
Version 5: head of 20 bytes, start hash object, record objects, end hash object. A hash
object: class id, version, digest type, length, 48 bytes.
"""

import struct

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.formats.hedera.records import (
    HASH_BYTES,
    MAX_ITEMS,
    Item,
    Place,
    RecordFile,
    SignatureFile,
    Signed,
)

HASH_CLASS = 0xF422DA83A251741E
ITEM_CLASS = 0xE370929BA5429D8B
SIGNATURE_CLASS = 0x13DC4B399B245C69
SHA384_TYPE = 0x58FF811B
OBJECT_VERSION = 1
HEAD_BYTES = 20
HASH_OBJECT_BYTES = 68
OLD_HEAD_BYTES = 57
"""Version, HAPI version, marker and previous hash of versions 1 and 2."""
_MARK_PREVIOUS, _MARK_ITEM = 1, 2
_MARK_SIGNATURE, _MARK_HASH = 3, 4
_SHA384_WITH_RSA = 1
_SIGNATURE_CHECK = 101
"""The checksum of a signature object is this less the length."""

_INT = struct.Struct(">i")
_OBJECT = struct.Struct(">QI")
"""Class id and version of an object."""
_HASH = struct.Struct(">QIII")
"""Class id, version, digest type and length of a hash object."""
_SIGNATURE = struct.Struct(">QIIII")
"""Class id, version, type, length and checksum of a signature object."""


def read_record_stream(data: bytes) -> RecordFile:
    """Return a record file of version 1, 2 or 5.

    Raises:
        ReadError: ``truncated``, ``trailing-bytes``, ``record-malformed`` or
            ``version-unknown``.
    """
    try:
        version = _INT.unpack_from(data)[0]
        if version in {1, 2}:
            return _read_old(data, version)
        if version == 5:
            return _read_five(data)
    except struct.error as error:
        raise ReadError("the file ends too early", "truncated") from error
    raise ReadError(f"version {version}", "version-unknown")


def _read_old(data: bytes, version: int) -> RecordFile:
    hapi = _INT.unpack_from(data, 4)[0]
    if len(data) < OLD_HEAD_BYTES:
        raise ReadError("the file ends inside its head", "truncated")
    if data[8:9] != bytes((_MARK_PREVIOUS,)):
        raise ReadError("no hash of the previous file", "record-malformed")
    start = (9, OLD_HEAD_BYTES)
    out = RecordFile(version, data, (hapi, 0, 0), data[slice(*start)])
    out.start_place = start
    at = OLD_HEAD_BYTES
    while at < len(data):
        begin = at
        if data[at] != _MARK_ITEM or len(out.items) >= MAX_ITEMS:
            raise _malformed(at, "no record here")
        transaction, at = _octets(data, at + 1)
        record, at = _octets(data, at)
        out.items.append(Item(record, transaction, (begin, at)))
    return out


def _read_five(data: bytes) -> RecordFile:
    hapi = struct.unpack_from(">iii", data, 4)
    if _INT.unpack_from(data, 16)[0] != OBJECT_VERSION:
        raise ReadError("another version of the object stream", "record-malformed")
    start, at = _hash_object(data, HEAD_BYTES)
    out = RecordFile(5, data, hapi, data[slice(*start)])
    out.start_place = start
    while _class_at(data, at) == ITEM_CLASS and len(out.items) < MAX_ITEMS:
        begin = at
        if _OBJECT.unpack_from(data, at)[1] != OBJECT_VERSION:
            raise _malformed(at, "another version of a record")
        record, at = _octets(data, at + _OBJECT.size)
        transaction, at = _octets(data, at)
        out.items.append(Item(record, transaction, (begin, at)))
    out.end_place, at = _hash_object(data, at)
    out.end_hash = data[slice(*out.end_place)]
    if at != len(data):
        raise ReadError("bytes behind the end hash", "trailing-bytes")
    return out


def read_signature_stream(data: bytes, node: str, source: int) -> SignatureFile:
    """Return a signature file of version 4 (for record files 1 and 2) or 5.

    Raises:
        ReadError: ``signature-malformed``.
    """
    try:
        if data[:1] == b"\x05":
            return _read_signature_five(data, node, source)
        if data[:1] != bytes((_MARK_HASH,)):
            raise ReadError("another version", "signature-malformed")
        stated = (1, 1 + HASH_BYTES)
        if data[stated[1] : stated[1] + 1] != bytes((_MARK_SIGNATURE,)):
            raise ReadError("no signature behind the hash", "signature-malformed")
        signature, at = _octets(data, stated[1] + 1)
    except struct.error as error:
        raise ReadError("the file ends too early", "signature-malformed") from error
    if at != len(data):
        raise ReadError("bytes behind the signature", "signature-malformed")
    return SignatureFile(node, _signed(data, stated, signature, source), None, source)


def _read_signature_five(data: bytes, node: str, source: int) -> SignatureFile:
    if _INT.unpack_from(data, 1)[0] != OBJECT_VERSION:
        raise ReadError("another version of the object stream", "signature-malformed")
    parts: list[Signed] = []
    at = 5
    for _ in range(2):
        stated, at = _hash_object(data, at)
        head = _SIGNATURE.unpack_from(data, at)
        size = head[3]
        signature = (at + _SIGNATURE.size, at + _SIGNATURE.size + size)
        is_sound = (
            head[:3] == (SIGNATURE_CLASS, OBJECT_VERSION, _SHA384_WITH_RSA)
            and head[4] == (_SIGNATURE_CHECK - size) % 2**32
            and signature[1] <= len(data)
        )
        if not is_sound:
            raise ReadError("no signature object", "signature-malformed")
        parts.append(_signed(data, stated, signature, source))
        at = signature[1]
    if at != len(data):
        raise ReadError("bytes behind the signatures", "signature-malformed")
    return SignatureFile(node, parts[0], parts[1], source)


def _signed(data: bytes, stated: Place, signature: Place, source: int) -> Signed:
    return Signed(
        data[slice(*stated)],
        data[slice(*signature)],
        ByteSpan(source, *stated),
        ByteSpan(source, *signature),
    )


def _hash_object(data: bytes, at: int) -> tuple[Place, int]:
    """Return the place of the hash in a hash object, and where the object ends."""
    wanted = (HASH_CLASS, OBJECT_VERSION, SHA384_TYPE, HASH_BYTES)
    if _HASH.unpack_from(data, at) != wanted:
        raise _malformed(at, "no hash object here")
    start, end = at + _HASH.size, at + HASH_OBJECT_BYTES
    if end > len(data):
        raise ReadError("the file ends inside a hash", "truncated")
    return (start, end), end


def _class_at(data: bytes, at: int) -> int:
    return int(_OBJECT.unpack_from(data, at)[0])


def _octets(data: bytes, at: int) -> tuple[Place, int]:
    size = _INT.unpack_from(data, at)[0]
    start, end = at + 4, at + 4 + size
    if size < 0:
        raise _malformed(at, "a negative length")
    if end > len(data):
        raise ReadError("the file ends inside a record", "truncated")
    return (start, end), end


def _malformed(at: int, what: str) -> ReadError:
    return ReadError(what, "record-malformed", ByteSpan(0, at, at + 1))
