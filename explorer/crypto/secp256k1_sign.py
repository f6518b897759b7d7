"""Signing with secp256k1, for sample ledgers and lessons only, never for real keys.

ECDSA: SEC 1 v2.0, section 4.1.3, with the nonce of RFC 6979, section 3.2, over SHA-256,
so that a sample comes out the same each time; Schnorr: BIP-340. The arithmetic is not
constant-time.
"""

import hashlib
import hmac

from explorer.crypto.secp256k1 import (
    HALF_N,
    N,
    encode_point,
    tagged_hash,
    times_base,
)
from explorer.model.keys import KeyKind, PublicKey


def public_key_of(private_scalar: int) -> PublicKey:
    """Return the public key of a private scalar between 1 and N - 1.

    Raises:
        ValueError: If the scalar is out of range.
    """
    if not 0 < private_scalar < N:
        raise ValueError("the private scalar is out of range")
    return PublicKey(KeyKind.SECP256K1, encode_point(times_base(private_scalar)))


def sign_digest(private_scalar: int, digest: bytes) -> bytes:
    """Return ``r || s || recovery id`` with a low s, 65 bytes."""
    e = int.from_bytes(digest, "big")
    nonce = _nonce(private_scalar, digest)
    x, y = times_base(nonce)
    r = x % N
    s = pow(nonce, -1, N) * (e + r * private_scalar) % N
    recovery_id = (y & 1) | (2 if x >= N else 0)
    if s > HALF_N:
        s, recovery_id = N - s, recovery_id ^ 1
    return _octets(r) + _octets(s) + bytes((recovery_id,))


def sign_schnorr(private_scalar: int, message: bytes) -> bytes:
    """Return the 64 bytes of BIP-340 with auxiliary data of zeros."""
    x, y = times_base(private_scalar)
    secret = N - private_scalar if y & 1 else private_scalar
    mask = tagged_hash("BIP0340/aux", bytes(32))
    mixed = bytes(a ^ b for a, b in zip(_octets(secret), mask, strict=True))
    seed = tagged_hash("BIP0340/nonce", mixed + _octets(x) + message)
    nonce = int.from_bytes(seed, "big") % N
    nonce_x, nonce_y = times_base(nonce)
    nonce = N - nonce if nonce_y & 1 else nonce
    challenge = tagged_hash(
        "BIP0340/challenge", _octets(nonce_x) + _octets(x) + message
    )
    s = (nonce + int.from_bytes(challenge, "big") * secret) % N
    return _octets(nonce_x) + _octets(s)


def _nonce(private_scalar: int, digest: bytes) -> int:
    """Return the nonce of RFC 6979, section 3.2, steps b to h."""
    reduced = _octets(int.from_bytes(digest, "big") % N)
    seed = _octets(private_scalar) + reduced
    key, value = bytes(32), b"\x01" * 32
    for mark in (b"\x00", b"\x01"):
        key = _hmac(key, value + mark + seed)
        value = _hmac(key, value)
    while True:
        value = _hmac(key, value)
        nonce = int.from_bytes(value, "big")
        if 0 < nonce < N:
            return nonce
        key = _hmac(key, value + b"\x00")
        value = _hmac(key, value)


def _hmac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def _octets(number: int) -> bytes:
    return number.to_bytes(32, "big")
