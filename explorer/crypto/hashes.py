"""Hash functions: SHA-2 (FIPS 180-4), SHA-3 (FIPS 202), SM3 and Keccak-256.

SHA-2 and SHA-3 come from ``hashlib``, SM3 from ``cryptography`` because Python does not
promise it, Keccak-256 from ``pycryptodome`` because ``hashlib`` only has SHA-3,
RIPEMD-160 too because OpenSSL 3 may lack it. Weak functions: see ``core.digests``.
"""

import hashlib
from collections.abc import Callable

from Crypto.Hash import RIPEMD160, keccak
from cryptography.hazmat.primitives import hashes

from explorer.core.digests import HashAlgorithm


def hash_function(algorithm: HashAlgorithm) -> Callable[[bytes], bytes]:
    """Return the function from bytes to digest bytes; fetch it once before a loop."""
    return _FUNCTIONS[algorithm]


def digest(algorithm: HashAlgorithm, data: bytes) -> bytes:
    """Return the digest of ``data``, in the order the hash function produces it."""
    return _FUNCTIONS[algorithm](data)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sha384(data: bytes) -> bytes:
    return hashlib.sha384(data).digest()


def _sha512(data: bytes) -> bytes:
    return hashlib.sha512(data).digest()


def _sha3_256(data: bytes) -> bytes:
    return hashlib.sha3_256(data).digest()


def _sm3(data: bytes) -> bytes:
    state = hashes.Hash(_SM3)
    state.update(data)
    return state.finalize()


def _sha256d(data: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(data).digest()).digest()


def _keccak256(data: bytes) -> bytes:
    return keccak.new(digest_bits=256, data=data).digest()


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def _ripemd160(data: bytes) -> bytes:
    return RIPEMD160.new(data).digest()


_SM3 = hashes.SM3()
_FUNCTIONS = {
    HashAlgorithm.SHA256: _sha256,
    HashAlgorithm.SHA384: _sha384,
    HashAlgorithm.SHA512: _sha512,
    HashAlgorithm.SHA3_256: _sha3_256,
    HashAlgorithm.SM3: _sm3,
    HashAlgorithm.SHA256D: _sha256d,
    HashAlgorithm.KECCAK256: _keccak256,
    HashAlgorithm.SHA1: _sha1,
    HashAlgorithm.RIPEMD160: _ripemd160,
}
