"""Tests of the addresses of witness programs: vectors of BIP-173 and BIP-350."""

import pytest

from explorer.encodings.bech32 import segwit_address


@pytest.mark.parametrize(
    ("prefix", "version", "program", "address"),
    [
        (
            "bc",
            0,
            "751e76e8199196d454941c45d1b3a323f1433bd6",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        ),
        (
            "tb",
            0,
            "1863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
            "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
        ),
        (
            "bc",
            1,
            "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        ),
        ("bc", 16, "751e", "bc1sw50qgdz25j"),
    ],
)
def test_published_vectors(
    prefix: str, version: int, program: str, address: str
) -> None:
    assert segwit_address(prefix, version, bytes.fromhex(program)) == address
