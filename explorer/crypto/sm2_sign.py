"""SM2 signing, for sample ledgers and lessons only, never for real keys.

GB/T 32918.2-2016, section 6, with the nonce of RFC 6979, section 3.2, over SM3, so
that a sample comes out the same each time. The arithmetic is not constant-time.
"""

from collections.abc import Iterator

from cryptography.hazmat.primitives import hashes, hmac

from explorer.crypto.sm2 import (
    BASE,
    DEFAULT_IDENTITY,
    INFINITY,
    Affine,
    N,
    add_multiple,
    build_table,
    message_scalar,
    to_affine,
)
from explorer.model.keys import KeyKind, PublicKey

_WIDTH = 4


def public_key_of(private_scalar: int) -> PublicKey:
    """Return the public key of a private scalar between 1 and N - 2.

    Raises:
        ValueError: If the scalar is out of range.
    """
    if not 0 < private_scalar < N - 1:
        raise ValueError("the private scalar is out of range")
    x, y = _times_base(private_scalar)
    return PublicKey(KeyKind.SM2, b"\x04" + _octets(x) + _octets(y))


def sign(
    private_scalar: int, message: bytes, identity: bytes = DEFAULT_IDENTITY
) -> bytes:
    """Return the 64 bytes ``r || s``, big-endian.

    Raises:
        ValueError: If the scalar is out of range.
    """
    key = public_key_of(private_scalar)
    e = message_scalar(key.raw, message, identity)
    return sign_with_nonces(private_scalar, e, _nonces(private_scalar, e))


def sign_with_nonces(private_scalar: int, e: int, nonces: Iterator[int]) -> bytes:
    """Return ``r || s`` made with the first nonce that section 6.1 allows."""
    for nonce in nonces:
        r = (e + _times_base(nonce)[0]) % N
        if r == 0 or r + nonce == N:
            continue
        s = pow(1 + private_scalar, -1, N) * (nonce - r * private_scalar) % N
        if s:
            return _octets(r) + _octets(s)
    raise ValueError("no nonce is left")


def _nonces(private_scalar: int, e: int) -> Iterator[int]:
    """Yield the nonces of RFC 6979, section 3.2, steps b to h."""
    secret = _octets(private_scalar) + _octets(e % N)
    key, value = bytes(32), b"\x01" * 32
    for mark in (b"\x00", b"\x01"):
        key = _mac(key, value + mark + secret)
        value = _mac(key, value)
    while True:
        value = _mac(key, value)
        nonce = int.from_bytes(value, "big")
        if 0 < nonce < N:
            yield nonce
        key = _mac(key, value + b"\x00")
        value = _mac(key, value)


def _times_base(scalar: int) -> Affine:
    table = build_table(BASE, _WIDTH)
    return to_affine([add_multiple(INFINITY, table, _WIDTH, scalar)])[0]


def _mac(key: bytes, data: bytes) -> bytes:
    state = hmac.HMAC(key, hashes.SM3())
    state.update(data)
    return state.finalize()


def _octets(value: int) -> bytes:
    return value.to_bytes(32, "big")
