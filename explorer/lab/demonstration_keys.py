"""Keys for samples and lessons, derived from a text that anybody may read.

The private key is SHA-256 of a label and the seed text, so that a sample comes out the
same each time and nobody can mistake it for a secret. ECDSA nonces are those of RFC
6979, s is the lower of its two values; SM2 is ``crypto.sm2_sign``.
"""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from explorer.crypto.sm2_sign import public_key_of, sign
from explorer.encodings.der import encode_signature, read_signature
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

SEED_LABEL = b"provenance-explorer demonstration key, not secret\n"
"""Goes before the seed text; the hash of both is the private key."""

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class DemonstrationKey(Protocol):
    """A private key that is no secret."""

    @property
    def scheme(self) -> SignatureScheme:
        """Return how it signs."""

    @property
    def public_key(self) -> PublicKey:
        """Return the public half."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature; the same bytes for the same message."""


def demonstration_key(scheme: SignatureScheme, seed: str) -> DemonstrationKey:
    """Return the key that follows from the seed text.

    Raises:
        ValueError: If no sample is signed with this scheme.
    """
    secret = hashlib.sha256(SEED_LABEL + seed.encode()).digest()
    match scheme:
        case SignatureScheme.ED25519:
            return _ed25519_key(secret)
        case SignatureScheme.ECDSA_P256_SHA256:
            return _p256_key(secret)
        case SignatureScheme.SM2_SM3:
            scalar = _scalar(secret, _P256_ORDER - 2)  # below the order of SM2 too
            return _Sm2Key(scheme, public_key_of(scalar), scalar)
        case _:
            raise ValueError(f"no demonstration keys for {scheme}")


@dataclass(frozen=True, slots=True)
class _Ed25519Key:
    scheme: SignatureScheme
    public_key: PublicKey
    private: ed25519.Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


@dataclass(frozen=True, slots=True)
class _P256Key:
    scheme: SignatureScheme
    public_key: PublicKey
    private: ec.EllipticCurvePrivateKey

    def sign(self, message: bytes) -> bytes:
        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        signature = self.private.sign(message, algorithm)
        r, s = read_signature(signature)
        return (
            signature if s <= _P256_ORDER // 2 else encode_signature(r, _P256_ORDER - s)
        )


@dataclass(frozen=True, slots=True)
class _Sm2Key:
    scheme: SignatureScheme
    public_key: PublicKey
    private_scalar: int

    def sign(self, message: bytes) -> bytes:
        return sign(self.private_scalar, message)


def _ed25519_key(secret: bytes) -> _Ed25519Key:
    private = ed25519.Ed25519PrivateKey.from_private_bytes(secret)
    raw = private.public_key().public_bytes_raw()
    return _Ed25519Key(
        SignatureScheme.ED25519, PublicKey(KeyKind.ED25519, raw), private
    )


def _p256_key(secret: bytes) -> _P256Key:
    private = ec.derive_private_key(_scalar(secret, _P256_ORDER), ec.SECP256R1())
    raw = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    scheme = SignatureScheme.ECDSA_P256_SHA256
    return _P256Key(scheme, PublicKey(KeyKind.P256, raw), private)


def _scalar(secret: bytes, below: int) -> int:
    return int.from_bytes(secret, "big") % (below - 1) + 1
