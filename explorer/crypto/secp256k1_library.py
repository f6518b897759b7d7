"""Who works out secp256k1: the kept binding of libsecp256k1, or this program itself.

The binding (``btclib-secp256k1``, extra ``fast``) is ten to sixty times faster. Without
it ECDSA goes through ``cryptography``, the rest through ``crypto.secp256k1``. The
library refuses the higher of the two values of s, which ECDSA does not: it is lowered
first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from explorer.core.errors import ReadError
from explorer.crypto import secp256k1

Recover = Callable[[bytes, int, int, int], bytes]
"""(digest, r, s, recovery id) → uncompressed point; raises ``ReadError``."""

_PREHASHED = ec.ECDSA(utils.Prehashed(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class Secp256k1Library:
    """One implementation of the operations, with the arguments of ours."""

    verify: Callable[[bytes, bytes, int, int], bool]
    """(uncompressed point, digest, r, s) → whether they match."""
    recover: Recover
    verify_schnorr: Callable[[bytes, bytes, bytes], bool]
    """(x coordinate, message, signature) → whether BIP-340 accepts it."""
    uncompressed: Callable[[bytes], bytes]
    """Any form of a point → ``04 || X || Y``; raises ``ReadError``."""


OWN = Secp256k1Library(
    secp256k1.verify,
    secp256k1.recover,
    secp256k1.verify_schnorr,
    secp256k1.uncompressed,
)
"""This program's own arithmetic."""


def best_library(*, fast: bool = True) -> Secp256k1Library:
    """Return the binding if ``fast`` and it is installed, else what is always there."""
    found = _binding() if fast else None
    return found or Secp256k1Library(
        _openssl_verify,
        secp256k1.recover,
        secp256k1.verify_schnorr,
        secp256k1.uncompressed,
    )


def _openssl_verify(raw_point: bytes, digest: bytes, r: int, s: int) -> bool:
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256K1(), raw_point)
        key.verify(utils.encode_dss_signature(r, s), digest, _PREHASHED)
    except InvalidSignature:
        return False
    except UnsupportedAlgorithm:  # an OpenSSL built without this curve
        return secp256k1.verify(raw_point, digest, r, s)
    return True


def _binding() -> Secp256k1Library | None:
    try:
        dsa = import_module("btclib_secp256k1.dsa")
        recovery = import_module("btclib_secp256k1.recovery")
        ssa = import_module("btclib_secp256k1.ssa")
        keys = import_module("btclib_secp256k1.keys")
    except ImportError:
        return None
    check: Callable[..., bool] = dsa.verify
    restore: Callable[..., bytes] = recovery.recover
    check_schnorr: Callable[..., bool] = ssa.verify
    write: Callable[..., bytes] = keys.reserialize
    order, half = secp256k1.N, secp256k1.HALF_N

    def verify(raw_point: bytes, digest: bytes, r: int, s: int) -> bool:
        low = s if s <= half else order - s
        signature = r.to_bytes(32, "big") + low.to_bytes(32, "big")
        return check(digest, raw_point, signature, normalize=False, compact=True)

    def recover(digest: bytes, r: int, s: int, recovery_id: int) -> bytes:
        try:
            signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
            return restore(digest, signature, recovery_id, compressed=False)
        except (ValueError, OverflowError) as error:
            raise ReadError(str(error), "not-recoverable") from error

    def verify_schnorr(x_only: bytes, message: bytes, signature: bytes) -> bool:
        return len(signature) == 64 and check_schnorr(message, x_only, signature)

    def uncompressed(octets: bytes) -> bytes:
        try:
            return write(octets, compressed=False)
        except ValueError as error:
            raise ReadError(str(error), "key-malformed") from error

    return Secp256k1Library(verify, recover, verify_schnorr, uncompressed)
