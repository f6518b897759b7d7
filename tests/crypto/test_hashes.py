"""Tests of the hash functions, with the vectors of their standards."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import digest, hash_function

VECTORS = {
    HashAlgorithm.SHA256: (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    ),
    HashAlgorithm.SHA384: (
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
        "8086072ba1e7cc2358baeca134c825a7"
    ),
    HashAlgorithm.SHA512: (
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    ),
    HashAlgorithm.SHA3_256: (
        "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"
    ),
    HashAlgorithm.SM3: (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    ),
    HashAlgorithm.SHA256D: (
        "4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358"
    ),
    HashAlgorithm.KECCAK256: (
        "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"
    ),
    HashAlgorithm.SHA1: "a9993e364706816aba3e25717850c26c9cd0d89d",
    HashAlgorithm.RIPEMD160: "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc",
}
"""Digests of ``abc``: FIPS 180-4 and 202 examples; GB/T 32905-2016, A.1; SHA-256 of the
first; Keccak-256 as in the test vectors of the Keccak team for 24 bits."""


@pytest.mark.parametrize("algorithm", HashAlgorithm)
def test_published_digests(algorithm: HashAlgorithm) -> None:
    assert digest(algorithm, b"abc").hex() == VECTORS[algorithm]


def test_the_second_sm3_vector() -> None:
    computed = digest(HashAlgorithm.SM3, b"abcd" * 16)
    assert computed.hex() == (
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


@given(st.binary(max_size=300))
def test_the_function_and_the_digest_agree(data: bytes) -> None:
    for algorithm in HashAlgorithm:
        computed = hash_function(algorithm)(data)
        assert computed == digest(algorithm, data)
        assert len(computed) == algorithm.digest_size
    assert digest(HashAlgorithm.SHA256, data) == hashlib.sha256(data).digest()
