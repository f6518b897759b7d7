"""Tests of signing for samples; the published values stand in ``test_secp256k1``."""

import pytest

from explorer.crypto.secp256k1 import HALF_N, N
from explorer.crypto.secp256k1_sign import public_key_of, sign_digest


@pytest.mark.parametrize("scalar", [0, N, -1])
def test_scalars_out_of_range(scalar: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        public_key_of(scalar)


def test_signatures_are_low_and_the_same_each_time() -> None:
    made = [sign_digest(9, bytes((number,)) * 32) for number in range(8)]
    assert made == [sign_digest(9, bytes((number,)) * 32) for number in range(8)]
    assert all(int.from_bytes(each[32:64], "big") <= HALF_N for each in made)
    assert {each[64] for each in made} <= {0, 1}
