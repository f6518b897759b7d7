"""Keys of secp256k1 that verify, with a second opinion on every refusal.

A signature that the first library refuses is worked out again by this program; if that
accepts it, neither answer is used.
"""

import hashlib
from collections.abc import Callable

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import hash_function
from explorer.crypto.secp256k1 import (
    HALF_N,
    N,
    address_of,
    decode_point,
    encode_point,
    lift,
)
from explorer.crypto.secp256k1_library import OWN, Secp256k1Library
from explorer.crypto.signature_reasons import SignatureReason
from explorer.encodings.der import read_signature
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme


def _sha256(message: bytes) -> bytes:
    return hashlib.sha256(message).digest()


_DIGESTS: dict[str, Callable[[bytes], bytes]] = {
    SignatureScheme.SECP256K1_SHA256: _sha256,
    SignatureScheme.SECP256K1_SHA256D: hash_function(HashAlgorithm.SHA256D),
    SignatureScheme.SECP256K1_KECCAK256: hash_function(HashAlgorithm.KECCAK256),
    SignatureScheme.SECP256K1_DIGEST: bytes,
}

_ADDRESS_DIGESTS: dict[str, Callable[[bytes], bytes]] = {
    SignatureScheme.SECP256K1_KECCAK256_ADDRESS: hash_function(HashAlgorithm.KECCAK256),
    SignatureScheme.SECP256K1_DIGEST_ADDRESS: bytes,
}

SECP256K1_SCHEMES: dict[str, KeyKind] = {
    **dict.fromkeys(_DIGESTS, KeyKind.SECP256K1),
    **dict.fromkeys(_ADDRESS_DIGESTS, KeyKind.SECP256K1_ADDRESS),
    SignatureScheme.SCHNORR_SECP256K1: KeyKind.SECP256K1_XONLY,
}
"""Scheme → the kind of key it needs."""


class EcdsaKey:
    """A point; signatures are 64 bytes ``r || s`` or DER."""

    def __init__(self, key: PublicKey, library: Secp256k1Library) -> None:
        """Refuse what is no point.

        Raises:
            ReadError: ``weak-key`` or ``key-malformed``.
        """
        self._raw = encode_point(decode_point(key.raw))
        self._library = library

    def verify(
        self, scheme: str, message: bytes, signature: bytes, *, low_s: bool
    ) -> SignatureReason:
        """Answer for one signature; the scheme fits the kind of key."""
        digest = _DIGESTS[scheme](message)
        try:
            r, s = decode_signature(signature)
        except ReadError:
            return SignatureReason.MALFORMED
        if len(digest) != 32 or not (0 < r < N and 0 < s < N):
            return SignatureReason.MALFORMED
        if low_s and s > HALF_N:
            return SignatureReason.HIGH_S
        if self._library.verify(self._raw, digest, r, s):
            return SignatureReason.VALID
        return _refused(accepted=OWN.verify(self._raw, digest, r, s))


class AddressKey:
    """An address; signatures are ``r || s || recovery id``, 65 bytes."""

    def __init__(self, key: PublicKey, library: Secp256k1Library) -> None:
        """Refuse what is no address.

        Raises:
            ReadError: ``key-malformed``.
        """
        if len(key.raw) != 20:
            raise ReadError("not an address of 20 bytes", "key-malformed")
        self._address = key.raw
        self._library = library

    def verify(
        self, scheme: str, message: bytes, signature: bytes, *, low_s: bool
    ) -> SignatureReason:
        """Answer for one signature; the scheme fits the kind of key."""
        digest = _ADDRESS_DIGESTS[scheme](message)
        r = int.from_bytes(signature[:32], "big")
        s = int.from_bytes(signature[32:64], "big")
        is_whole = len(signature) == 65 and signature[64] <= 3 and len(digest) == 32
        if not is_whole or not (0 < r < N and 0 < s < N):
            return SignatureReason.MALFORMED
        if low_s and s > HALF_N:
            return SignatureReason.HIGH_S
        if self._is_signer(self._library, digest, r, s, signature[64]):
            return SignatureReason.VALID
        return _refused(accepted=self._is_signer(OWN, digest, r, s, signature[64]))

    def _is_signer(
        self, library: Secp256k1Library, digest: bytes, r: int, s: int, recovery_id: int
    ) -> bool:
        try:
            found = library.recover(digest, r, s, recovery_id)
        except ReadError:
            return False
        return address_of(found) == self._address


class SchnorrKey:
    """An x coordinate; signatures are those of BIP-340, 64 bytes."""

    def __init__(self, key: PublicKey, library: Secp256k1Library) -> None:
        """Refuse what is the x of no point.

        Raises:
            ReadError: ``key-malformed``.
        """
        if len(key.raw) != 32:
            raise ReadError("not 32 bytes", "key-malformed")
        lift(int.from_bytes(key.raw, "big"), 0)
        self._raw = key.raw
        self._library = library

    def verify(
        self, scheme: str, message: bytes, signature: bytes, *, low_s: bool
    ) -> SignatureReason:
        """Answer for one signature; the scheme fits the kind of key."""
        del scheme, low_s
        if len(signature) != 64:
            return SignatureReason.MALFORMED
        if self._library.verify_schnorr(self._raw, message, signature):
            return SignatureReason.VALID
        accepted = OWN.verify_schnorr(self._raw, message, signature)
        return _refused(accepted=accepted)


Secp256k1Key = EcdsaKey | AddressKey | SchnorrKey


def prepared_key(key: PublicKey, library: Secp256k1Library) -> Secp256k1Key:
    """Return a key that verifies.

    Raises:
        ReadError: ``weak-key`` or ``key-malformed``.
    """
    match key.kind:
        case KeyKind.SECP256K1_ADDRESS:
            return AddressKey(key, library)
        case KeyKind.SECP256K1_XONLY:
            return SchnorrKey(key, library)
    return EcdsaKey(key, library)


def decode_signature(signature: bytes) -> tuple[int, int]:
    """Return r and s of 64 raw bytes (big-endian) or of DER; any positive numbers.

    Raises:
        ReadError: If it is neither.
    """
    if len(signature) == 64:
        r, s = signature[:32], signature[32:]
        return int.from_bytes(r, "big"), int.from_bytes(s, "big")
    return read_signature(signature)


def _refused(*, accepted: bool) -> SignatureReason:
    return SignatureReason.DISAGREEMENT if accepted else SignatureReason.MISMATCH
