"""Record and signature files of version 6, and address books: protobuf messages.

``stream/record_stream_file.proto``, ``stream/signature_file.proto`` and
``services/basic_types.proto`` of the Hedera protobufs 0.27 and later. A file of version
6 begins with its version in four bytes, a signature file with one.
"""

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.certificates import parse_certificate
from explorer.crypto.public_keys import public_key_from_spki
from explorer.encodings.protobuf import RawField, content, number, scan
from explorer.formats.hedera.records import (
    HASH_BYTES,
    MAX_ITEMS,
    AddressBook,
    Item,
    NodeKey,
    Place,
    RecordFile,
    SidecarName,
    SignatureFile,
    Signed,
)
from explorer.model.keys import KeyKind, PublicKey

VERSION_BYTES = 4
MAX_NODES = 10_000
_BYTES_1, _BYTES_2, _BYTES_3, _BYTES_4 = 0x0A, 0x12, 0x1A, 0x22
_BYTES_5, _BYTES_6 = 0x2A, 0x32
_NUMBER_1, _NUMBER_2, _NUMBER_3, _NUMBER_5 = 0x08, 0x10, 0x18, 0x28


def read_record_message(data: bytes) -> RecordFile:
    """Return a record file of version 6.

    Raises:
        ReadError: ``record-malformed`` or ``truncated``.
    """
    fields = _scan(data, (VERSION_BYTES, len(data)), "record-malformed")
    hapi = _place(fields, _BYTES_1)
    start, end = _hash_in(data, fields, _BYTES_2), _hash_in(data, fields, _BYTES_4)
    out = RecordFile(
        6,
        data,
        _version(data, hapi),
        data[slice(*start)],
        end_hash=data[slice(*end)],
        start_place=start,
        end_place=end,
        number=_signed_number(number(fields, _NUMBER_5)),
    )
    for each in fields:
        if each[0] == _BYTES_3:
            out.items.append(_item(data, each))
        elif each[0] == _BYTES_6:
            out.sidecars.append(_sidecar(data, each))
        if len(out.items) > MAX_ITEMS:
            raise ReadError(f"over {MAX_ITEMS} records", "record-malformed")
    return out


def _version(data: bytes, place: Place) -> tuple[int, int, int]:
    fields = _scan(data, place, "record-malformed")
    return (
        number(fields, _NUMBER_1),
        number(fields, _NUMBER_2),
        number(fields, _NUMBER_3),
    )


def _item(data: bytes, each: RawField) -> Item:
    fields = _scan(data, (each[1], each[2]), "record-malformed")
    record, transaction = _place(fields, _BYTES_2), _place(fields, _BYTES_1)
    return Item(record, transaction, (each[1], each[2]))


def _sidecar(data: bytes, each: RawField) -> SidecarName:
    fields = _scan(data, (each[1], each[2]), "record-malformed")
    place = _hash_in(data, fields, _BYTES_1)
    return SidecarName(number(fields, _NUMBER_2), data[slice(*place)])


def _hash_in(data: bytes, fields: list[RawField], tag: int) -> Place:
    """Return the place of the hash in the hash object of one field."""
    inner = _scan(data, _place(fields, tag), "record-malformed")
    place = _place(inner, _BYTES_3)
    if place[1] - place[0] != HASH_BYTES:
        raise ReadError("a hash of another length", "record-malformed")
    return place


def read_signature_message(data: bytes, node: str, source: int) -> SignatureFile:
    """Return a signature file of version 6.

    Raises:
        ReadError: ``signature-malformed``.
    """
    fields = _scan(data, (1, len(data)), "signature-malformed")
    file = _signature(data, _place(fields, _BYTES_1), source)
    metadata = _place(fields, _BYTES_2)
    has_metadata = metadata[1] > metadata[0]
    return SignatureFile(
        node,
        file,
        _signature(data, metadata, source) if has_metadata else None,
        source,
    )


def _signature(data: bytes, place: Place, source: int) -> Signed:
    reason = "signature-malformed"
    fields = _scan(data, place, reason)
    signature = _place(fields, _BYTES_4)
    stated = _place(_scan(data, _place(fields, _BYTES_5), reason), _BYTES_3)
    if stated[1] - stated[0] != HASH_BYTES:
        raise ReadError("a hash of another length", reason)
    return Signed(
        data[slice(*stated)],
        data[slice(*signature)],
        ByteSpan(source, *stated),
        ByteSpan(source, *signature),
    )


def read_address_book(data: bytes, source: int) -> AddressBook:
    """Return the nodes of a network file 0.0.101 or 0.0.102.

    Raises:
        ReadError: ``no-address-book`` if it is none.
    """
    reason = "no-address-book"
    nodes: list[NodeKey] = []
    for each in _scan(data, (0, len(data)), reason):
        if each[0] != _BYTES_1 or len(nodes) >= MAX_NODES:
            raise ReadError("not only nodes in it", reason)
        fields = _scan(data, (each[1], each[2]), reason)
        key = _key(content(data, fields, _BYTES_4))
        name = _account_name(data, fields)
        if key is not None and name:
            nodes.append(NodeKey(name, key, ByteSpan(source, each[1], each[2])))
    if not nodes:
        raise ReadError("no node with a key in it", reason)
    return AddressBook(tuple(nodes), source)


def _account_name(data: bytes, fields: list[RawField]) -> str:
    memo = content(data, fields, _BYTES_3)
    parts = memo.split(b".")
    if len(parts) == 3 and all(part.isdigit() and len(part) < 19 for part in parts):
        return memo.decode()
    place = _place(fields, _BYTES_6)
    return account(data, place) if place[1] > place[0] else ""


def account(data: bytes, place: Place) -> str:
    """Return an ``AccountID``, ``TokenID`` or ``TopicID`` as text: ``0.0.3``.

    An account that is only known by its alias is shown by it, in hex.

    Raises:
        ReadError: If it cannot be read.
    """
    fields = _scan(data, place, "record-malformed")
    alias = content(data, fields, _BYTES_4)
    last = alias.hex() if alias else str(number(fields, _NUMBER_3))
    return f"{number(fields, _NUMBER_1)}.{number(fields, _NUMBER_2)}.{last}"


def _key(text: bytes) -> PublicKey | None:
    """Return the RSA key written in hex: a SubjectPublicKeyInfo or a certificate."""
    try:
        der = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        return None
    key: PublicKey | Absent
    try:
        key = public_key_from_spki(der)
    except ReadError:
        try:
            key = parse_certificate(der).public_key
        except ReadError:
            return None
    is_rsa = isinstance(key, PublicKey) and key.kind is KeyKind.RSA
    return key if is_rsa and isinstance(key, PublicKey) else None


def _place(fields: list[RawField], tag: int) -> Place:
    """Return the place of the last field with ``tag``, empty if there is none."""
    for each in reversed(fields):
        if each[0] == tag:
            return each[1], each[2]
    return 0, 0


def _scan(data: bytes, place: Place, reason: str) -> list[RawField]:
    try:
        return scan(data, *place)
    except ReadError as error:
        raise ReadError(str(error), reason) from error


def _signed_number(value: int) -> int:
    return value - 2**64 if value >= 2**63 else value
