"""The exact bytes whose hash is a block's hash, under each rule that a node may use.

2.x: ``libethcore/BlockHeader.cpp`` of FISCO BCOS 2.11, an RLP list of 13 fields; the
signatures stand outside. 3.x: ``bcos-tars-protocol/impl/TarsHashable.h`` of 3.6, fields
one after the other; in the genesis block the roots and the gas are empty. Header
version 4 (3.0.0-rc4) wrote of every number its low 32 bits, then four zero bytes. Left
out: earlier candidates of 3.0, whose rule is not known.
"""

from collections.abc import Iterator

import msgspec

from explorer.core.errors import ReadError
from explorer.encodings.rlp import encode, from_int
from explorer.formats.fisco.fields import (
    FIELD_MALFORMED,
    Fields,
    number_of,
    octets_of,
)
from explorer.model.ledgers import PREVIOUS_HASH

HASH_BYTES = 32
BLOOM_BYTES = 256
NODE_BYTES = 64
"""A node's id is its public key without the leading 04."""
RC4_VERSION = 4
FIRST_RELEASE = 0x03000000
"""Header version of 3.0.0; what is below was a candidate."""
MAX_NUMBER_64 = 2**63 - 1

Piece = tuple[str, bytes]
"""Name of the field, or of what it is for, and the bytes it adds."""


class HeaderForm(msgspec.Struct, frozen=True):
    """A header under one rule."""

    rule: str
    """``2.x``, ``3.x``, ``3.x-genesis`` or ``3.0.0-rc4``."""
    pieces: tuple[Piece, ...]

    def data(self) -> bytes:
        """Return the bytes that are hashed."""
        return b"".join([each for _, each in self.pieces])


def header_forms(fields: Fields, *, is_third: bool) -> list[HeaderForm]:
    """Return the header under every rule that may apply, the likeliest first.

    Raises:
        ReadError: ``field-missing`` (its message is the name) or ``field-malformed``.
    """
    if not is_third:
        return [HeaderForm("2.x", tuple(_pieces2(fields)))]
    forms = [HeaderForm("3.x", tuple(_pieces3(fields, big=True, is_genesis=False)))]
    if fields.number("number") == 0:
        pieces = tuple(_pieces3(fields, big=True, is_genesis=True))
        forms.insert(0, HeaderForm("3.x-genesis", pieces))
    if fields.number("version") == RC4_VERSION:
        pieces = tuple(_pieces3(fields, big=False, is_genesis=False))
        forms.insert(0, HeaderForm("3.0.0-rc4", pieces))
    return forms


def parent_of(fields: Fields, *, is_third: bool) -> tuple[bytes, int]:
    """Return the declared hash and number of the block before; empty and -1 if none.

    Raises:
        ReadError: As ``header_forms`` does.
    """
    if not is_third:
        number = fields.number("number")
        return fields.fixed("parentHash", HASH_BYTES), number - 1
    parents = list(fields.objects("parentInfo"))
    if not parents:
        return b"", -1
    return (
        parents[0].fixed("blockHash", HASH_BYTES),
        parents[0].number("blockNumber"),
    )


def sealers_of(fields: Fields) -> list[bytes]:
    """Return the ids of the sealers, 64 bytes each, in the order of their index.

    Raises:
        ReadError: As ``header_forms`` does.
    """
    found = [octets_of(each, "sealerList") for each in fields.items("sealerList")]
    if any(len(each) != NODE_BYTES for each in found):
        raise ReadError("sealerList: a node id has another length", FIELD_MALFORMED)
    return found


def weights_of(fields: Fields, count: int, *, is_third: bool) -> list[int]:
    """Return one weight for each sealer; in 2.x all weigh the same.

    Raises:
        ReadError: As ``header_forms`` does.
    """
    if not is_third:
        return [1] * count
    weights = [
        number_of(each, "consensusWeights") for each in fields.items("consensusWeights")
    ]
    if len(weights) != count:
        raise ReadError("consensusWeights: not one for each sealer", FIELD_MALFORMED)
    return weights


def extra_octets(fields: Fields, *, is_third: bool) -> list[bytes]:
    """Return the extra data: a list of byte strings in 2.x, one in 3.x.

    Raises:
        ReadError: As ``header_forms`` does.
    """
    if is_third:
        return [fields.octets("extraData")]
    return [octets_of(each, "extraData") for each in fields.items("extraData")]


def _pieces2(fields: Fields) -> Iterator[Piece]:
    parent = fields.fixed("parentHash", HASH_BYTES)
    rest: list[Piece] = [
        (name, encode(fields.fixed(name, size)))
        for name, size in (
            ("stateRoot", HASH_BYTES),
            ("transactionsRoot", HASH_BYTES),
            ("receiptsRoot", HASH_BYTES),
            ("dbHash", HASH_BYTES),
            ("logsBloom", BLOOM_BYTES),
        )
    ]
    rest += [
        (name, encode(from_int(fields.number(name))))
        for name in ("number", "gasLimit", "gasUsed", "timestamp")
    ]
    extra = extra_octets(fields, is_third=False)
    rest.append(("extraData", encode(extra)))
    rest.append(("sealer", encode(from_int(fields.number("sealer")))))
    rest.append(("sealerList", encode(sealers_of(fields))))
    size = 1 + HASH_BYTES + sum(len(each) for _, each in rest)
    width = (size.bit_length() + 7) // 8
    start = bytes((0xF7 + width,)) + size.to_bytes(width, "big")
    yield "list", start + bytes((0x80 + HASH_BYTES,))
    yield PREVIOUS_HASH, parent
    yield from rest


def _pieces3(fields: Fields, *, big: bool, is_genesis: bool) -> Iterator[Piece]:
    number = fields.number
    version = number("version")
    yield "version", _int32(version) if big else _int64(version, "version", big)
    for parent in fields.objects("parentInfo"):
        yield "parent number", _int64(parent.number("blockNumber"), "parentInfo", big)
        yield PREVIOUS_HASH, parent.fixed("blockHash", HASH_BYTES)
    for name in ("txsRoot", "receiptsRoot", "stateRoot"):
        root = fields.fixed(name, HASH_BYTES)
        yield name, b"" if is_genesis else root
    yield "number", _int64(number("number"), "number", big)
    gas = fields.text("gasUsed").encode()
    yield "gasUsed", b"" if is_genesis else gas
    yield "timestamp", _int64(number("timestamp"), "timestamp", big)
    yield "sealer", _int64(number("sealer"), "sealer", big)
    yield "sealerList", b"".join(sealers_of(fields))
    yield "extraData", fields.octets("extraData")
    weights = [
        _int64(number_of(each, "consensusWeights"), "consensusWeights", big)
        for each in fields.items("consensusWeights")
    ]
    yield "consensusWeights", b"".join(weights)


def _int32(value: int) -> bytes:
    if value >= 2**31:
        raise ReadError("version: out of range", FIELD_MALFORMED)
    return value.to_bytes(4, "big")


def _int64(value: int, name: str, big: bool) -> bytes:  # noqa: FBT001 - which order
    if value > MAX_NUMBER_64:
        raise ReadError(f"{name}: out of range", FIELD_MALFORMED)
    if big:
        return value.to_bytes(8, "big")
    return (value & 0xFFFFFFFF).to_bytes(4, "big") + bytes(4)
