"""Public keys read from and written as SubjectPublicKeyInfo (RFC 5280, section 4.1).

Curves: RFC 5480 (P-256, P-384), SEC 2 (secp256k1), GB/T 32918.5-2017 (SM2); Ed25519:
RFC 8410; RSA: RFC 8017. Every key ends in the one form of ``model.keys``, compressed
points included.
Left out: DSA, other curves, X25519; they are refused as ``unsupported-key``.
"""

import hashlib

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from explorer.core.errors import ReadError
from explorer.crypto.sm2 import decode_point
from explorer.encodings.pem import pem_blocks
from explorer.model.keys import KeyKind, PublicKey

_SPKI_HEADS = {
    KeyKind.P256: bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200"),
    KeyKind.P384: bytes.fromhex("3076301006072a8648ce3d020106052b81040022036200"),
    KeyKind.SM2: bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200"),
    KeyKind.ED25519: bytes.fromhex("302a300506032b6570032100"),
    KeyKind.SECP256K1: bytes.fromhex("3056301006072a8648ce3d020106052b8104000a034200"),
}
"""Everything before the raw key: fixed, because DER has one encoding only."""

_LIBRARY_CURVES: dict[KeyKind, ec.EllipticCurve] = {
    KeyKind.P256: ec.SECP256R1(),
    KeyKind.P384: ec.SECP384R1(),
    KeyKind.SECP256K1: ec.SECP256K1(),
}
_CURVES = {
    "secp256r1": KeyKind.P256,
    "secp384r1": KeyKind.P384,
    "secp256k1": KeyKind.SECP256K1,
}
_HASHED_SIZES = {KeyKind.SECP256K1_XONLY: 32, KeyKind.SECP256K1_ADDRESS: 20}


def spki_of(key: PublicKey) -> bytes:
    """Return the DER SubjectPublicKeyInfo of a key."""
    return _SPKI_HEADS.get(key.kind, b"") + key.raw


def key_fingerprint(key: PublicKey) -> bytes:
    """Return SHA-256 of the DER SubjectPublicKeyInfo, 32 bytes."""
    return hashlib.sha256(spki_of(key)).digest()


def public_key_from_spki(der: bytes) -> PublicKey:
    """Return the key of a DER SubjectPublicKeyInfo.

    Raises:
        ReadError: ``unsupported-key`` for a kind left out, ``key-malformed`` for
            anything that is no key, ``weak-key`` for the point at infinity.
    """
    head = _SPKI_HEADS[KeyKind.SM2]
    if der.startswith(head):
        decode_point(der[len(head) :])
        return PublicKey(KeyKind.SM2, der[len(head) :])
    try:
        return key_from_library(serialization.load_der_public_key(der))
    except UnsupportedAlgorithm as error:
        raise ReadError(str(error), "unsupported-key") from error
    except (ValueError, TypeError) as error:
        raise ReadError(f"not a public key: {error}", "key-malformed") from error


def public_key_from_pem(data: bytes) -> PublicKey:
    """Return the one key of a PEM text with the label ``PUBLIC KEY``.

    Raises:
        ReadError: ``no-public-key`` if there is not exactly one, otherwise as
            ``public_key_from_spki``.
    """
    blocks = [each for each in pem_blocks(data) if each.label == "PUBLIC KEY"]
    if len(blocks) != 1:
        raise ReadError(
            f"{len(blocks)} PUBLIC KEY blocks instead of 1", "no-public-key"
        )
    return public_key_from_spki(blocks[0].der)


def key_from_point(kind: KeyKind, octets: bytes) -> PublicKey:
    """Return the key of a bare SEC 1 point, of 32 Ed25519 bytes or of an address.

    A point may lack its leading 04; points other than SM2 may be compressed.

    Raises:
        ReadError: ``key-malformed``, or ``weak-key`` for the point at infinity.
    """
    if kind is KeyKind.ED25519 and len(octets) == 32:
        return PublicKey(kind, octets)
    if kind in _LIBRARY_CURVES:
        curve = _LIBRARY_CURVES[kind]
        if len(octets) == 2 * (curve.key_size // 8):
            octets = b"\x04" + octets
        try:
            found = ec.EllipticCurvePublicKey.from_encoded_point(curve, octets)
        except ValueError as error:
            raise ReadError(f"not a point: {error}", "key-malformed") from error
        return key_from_library(found)
    if kind is KeyKind.SM2:
        octets = b"\x04" + octets if len(octets) == 64 else octets
        decode_point(octets)
        return PublicKey(kind, octets)
    if len(octets) == _HASHED_SIZES.get(kind):
        return PublicKey(kind, octets)
    raise ReadError(f"{len(octets)} bytes are no {kind} key", "key-malformed")


def key_from_library(key: PublicKeyTypes) -> PublicKey:
    """Return a key of ``cryptography`` in our form.

    Raises:
        ReadError: ``unsupported-key`` for a kind left out.
    """
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        raw = key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return PublicKey(_CURVES[key.curve.name], raw)
    if isinstance(key, ed25519.Ed25519PublicKey):
        return PublicKey(KeyKind.ED25519, key.public_bytes_raw())
    if isinstance(key, rsa.RSAPublicKey):
        der = key.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return PublicKey(KeyKind.RSA, der)
    raise ReadError(f"{type(key).__name__} is not supported", "unsupported-key")
