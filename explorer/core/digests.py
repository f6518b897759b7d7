"""Hash algorithms and hash values.

FIPS 180-4 (SHA-2), FIPS 202 (SHA-3), GB/T 32905-2016 (SM3), Keccak submission of 2011
(Keccak-256, not SHA3-256). MD5 is left out on purpose: a ledger that relies on it is
read, and its claims are inconclusive. SHA-1 and RIPEMD-160 stand only in the paths of
time stamps, where a collision alone forges nothing.
"""

from dataclasses import dataclass
from enum import StrEnum


class HashAlgorithm(StrEnum):
    """A hash function this program computes."""

    SHA256 = "sha256"
    SHA384 = "sha384"
    SHA512 = "sha512"
    SHA3_256 = "sha3-256"
    SM3 = "sm3"
    SHA256D = "sha256d"
    """SHA-256 of the SHA-256, as Bitcoin hashes."""
    KECCAK256 = "keccak256"
    """Original Keccak padding, as Ethereum hashes; SHA3-256 pads otherwise."""
    SHA1 = "sha1"
    """Only inside time stamps; collisions are known."""
    RIPEMD160 = "ripemd160"
    """Only inside time stamps."""

    @property
    def digest_size(self) -> int:
        """Return the length of its digests in bytes."""
        return _SIZES[self]


_SIZES = {
    HashAlgorithm.SHA256: 32,
    HashAlgorithm.SHA384: 48,
    HashAlgorithm.SHA512: 64,
    HashAlgorithm.SHA3_256: 32,
    HashAlgorithm.SM3: 32,
    HashAlgorithm.SHA256D: 32,
    HashAlgorithm.KECCAK256: 32,
    HashAlgorithm.SHA1: 20,
    HashAlgorithm.RIPEMD160: 20,
}


@dataclass(frozen=True, slots=True)
class Digest:
    """A hash value together with the function that made it."""

    algorithm: HashAlgorithm
    value: bytes
    """Raw bytes in the order the hash function produced them, never display order."""

    def __post_init__(self) -> None:
        """Refuse a value of the wrong length, so no later code needs to ask."""
        if len(self.value) != self.algorithm.digest_size:
            raise ValueError(f"{self.algorithm} digest has {len(self.value)} bytes")
