"""The exact bytes that a transaction's hash and signature cover.

2.x: ``libethcore/Transaction.cpp`` of FISCO BCOS 2.11 (transactions from 2.0.0-rc2 on):
the hash covers the RLP list with the signature, the signature the list without. 3.x:
``bcos-tars-protocol/impl/TarsHashable.h`` of 3.6: fields one after the other; the
signature is made over the hash. The nonce is hashed as the text it is, from 3.3 on as
the bytes that JSON writes in hex. Left out: transactions of the web3 kind, whose
signed bytes no export holds.
"""

from collections.abc import Iterator

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.json_places import Node, Shape
from explorer.encodings.rlp import encode, from_int
from explorer.formats.fisco.fields import FIELD_MALFORMED, Fields

ADDRESS_BYTES = 20
KEY_BYTES = 64
SHORT_SIGNATURE = 65
"""r, s and recovery id of secp256k1."""
LONG_SIGNATURE = 128
"""r, s and public key of SM2."""
_NUMBERS2 = ("nonce", "gasPrice", "gas", "blockLimit")
_TEXTS_VERSION_1 = ("value", "gasPrice")
_FEES_VERSION_1 = ("maxFeePerGas", "maxPriorityFeePerGas")
MAX_VERSION = 2

Piece = tuple[str, bytes]


class Preimage(msgspec.Struct, frozen=True):
    """What may be hashed and signed, under one reading of the fields."""

    hashed: tuple[Piece, ...]
    signed: tuple[Piece, ...]

    def hashed_data(self) -> bytes:
        """Return the bytes whose hash is the transaction's."""
        return b"".join([each for _, each in self.hashed])

    def signed_data(self) -> bytes:
        """Return the bytes whose hash is signed."""
        return b"".join([each for _, each in self.signed])


class TxSignature(msgspec.Struct, frozen=True):
    """The signature of a transaction, taken apart."""

    numbers: bytes
    """r and s, 64 bytes."""
    recovery: int
    """Recovery id; -1 where the public key is there."""
    key: bytes
    """Public key of 64 bytes; empty where the signature yields it."""
    place: ByteSpan

    @property
    def algorithm(self) -> HashAlgorithm:
        """Return the hash function that goes with this kind of signature."""
        return HashAlgorithm.SM3 if self.key else HashAlgorithm.KECCAK256


def is_third_transaction(fields: Fields) -> bool:
    """Return whether a transaction is of 3.x."""
    return fields.has("groupID") or fields.has("chainID")


def signature_of(fields: Fields) -> TxSignature:
    """Return the signature.

    Raises:
        ReadError: ``field-missing`` (its message is the name) or ``field-malformed``.
    """
    node = fields.need("signature")
    if node.shape is Shape.OBJECT:
        return _signature2(fields, node)
    octets = fields.octets("signature")
    if not octets:
        raise ReadError("signature", "field-missing")
    place = fields.place(node)
    if len(octets) == LONG_SIGNATURE:
        return TxSignature(octets[:64], -1, octets[64:], place)
    if len(octets) != SHORT_SIGNATURE:
        raise ReadError(f"signature: {len(octets)} bytes", FIELD_MALFORMED)
    return TxSignature(octets[:64], _recovery(octets[64]), b"", place)


def _signature2(fields: Fields, node: Node) -> TxSignature:
    parts = fields.inside(node, "signature")
    place = fields.place(node)
    numbers = b"".join(_word(parts.number(name), name) for name in ("r", "s"))
    v = parts.octets("v") if _is_key(parts) else b""
    if v:
        return TxSignature(numbers, -1, v, place)
    return TxSignature(numbers, _recovery(parts.number("v")), b"", place)


def _is_key(parts: Fields) -> bool:
    value = parts.need("v").value
    return isinstance(value, str) and len(value.removeprefix("0x")) == 2 * KEY_BYTES


def _recovery(v: int) -> int:
    """Return 0 to 3 from what is written as such, or with 27 added."""
    return v - 27 if v >= 27 else v


def _word(value: int, name: str) -> bytes:
    if value >> 256:
        raise ReadError(f"signature.{name}: out of range", FIELD_MALFORMED)
    return value.to_bytes(32, "big")


def preimages(fields: Fields) -> list[Preimage]:
    """Return every reading of the fields, the likeliest first.

    Raises:
        ReadError: ``field-missing`` (its message is the name) or ``field-malformed``;
            ``web3-transaction`` or ``unknown-version`` where the rule is another.
    """
    if is_third_transaction(fields):
        return _preimages3(fields)
    return [
        _preimage2(fields, to, signature)
        for to in _targets(fields)
        for signature in _signatures(signature_of(fields))
    ]


def _preimage2(fields: Fields, to: bytes, signature: list[bytes]) -> Preimage:
    pieces: list[Piece] = [
        (name, encode(from_int(fields.number(name)))) for name in _NUMBERS2
    ]
    pieces.append(("to", encode(to)))
    pieces.append(("value", encode(from_int(fields.number("value")))))
    pieces.append(("input", encode(fields.octets("input"))))
    pieces += [
        (name, encode(from_int(fields.number(name)))) for name in ("chainId", "groupId")
    ]
    pieces.append(("extraData", encode(fields.octets("extraData"))))
    signed = tuple(_listed(pieces))
    content = b"".join([encode(each) for each in signature])
    hashed = tuple(_listed([*pieces, ("signature", content)]))
    return Preimage(hashed, signed)


def _listed(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces of an RLP list, its prefix first."""
    content = b"".join([each for _, each in pieces])
    size = len(content)
    if size < 56:
        yield "list", bytes((0xC0 + size,))
    else:
        length = from_int(size)
        yield "list", bytes((0xF7 + len(length),)) + length
    yield from pieces


def _targets(fields: Fields) -> list[bytes]:
    """Return how the target may be encoded: a deployment has none, JSON shows zeros."""
    to = fields.octets("to") if fields.has("to") else b""
    if not any(to):
        return [b"", bytes(ADDRESS_BYTES)]
    return [to]


def _signatures(signature: TxSignature) -> list[list[bytes]]:
    """Return how the signature may be encoded; the numbers usually without zeros."""
    r, s = signature.numbers[:32], signature.numbers[32:]
    v = signature.key or from_int(signature.recovery + 27)
    short = [v, r.lstrip(b"\0"), s.lstrip(b"\0")]
    full = [v, r, s]
    return [short] if short == full else [short, full]


def _preimages3(fields: Fields) -> list[Preimage]:
    if fields.has("type") and fields.number("type"):
        raise ReadError("type", "web3-transaction")
    version = fields.number("version")
    if version > MAX_VERSION:
        raise ReadError(f"version {version}", "unknown-version")
    found = []
    for nonce in _nonces(fields.text("nonce")):
        pieces = tuple(_pieces3(fields, version, nonce))
        found.append(Preimage(pieces, pieces))
    return found


def _nonces(text: str) -> list[bytes]:
    digits = text.removeprefix("0x")
    found = [text.encode()]
    try:
        if digits.isalnum():
            found.append(bytes.fromhex(digits))
    except ValueError:
        pass
    return found


def _pieces3(fields: Fields, version: int, nonce: bytes) -> Iterator[Piece]:
    yield "version", version.to_bytes(4, "big")
    yield "chainID", fields.text("chainID").encode()
    yield "groupID", fields.text("groupID").encode()
    yield "blockLimit", _int64(fields, "blockLimit")
    yield "nonce", nonce
    yield "to", fields.text("to").encode() if fields.has("to") else b""
    yield "input", fields.octets("input")
    yield "abi", fields.text("abi").encode() if fields.has("abi") else b""
    if version >= 1:
        for name in _TEXTS_VERSION_1:
            yield name, fields.text(name).encode()
        yield "gasLimit", _int64(fields, "gasLimit")
        for name in _FEES_VERSION_1:
            yield name, fields.text(name).encode()
    if version >= MAX_VERSION:
        yield "extension", fields.octets("extension")


def _int64(fields: Fields, name: str) -> bytes:
    value = fields.number(name)
    if value >= 2**63:
        raise ReadError(f"{name}: out of range", FIELD_MALFORMED)
    return value.to_bytes(8, "big")
