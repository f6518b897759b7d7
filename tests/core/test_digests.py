"""A digest has the length of its algorithm, or does not come to be."""

import pytest

from explorer.core.digests import Digest, HashAlgorithm


@pytest.mark.parametrize("algorithm", list(HashAlgorithm))
def test_only_the_right_length_is_taken(algorithm: HashAlgorithm) -> None:
    size = algorithm.digest_size
    assert Digest(algorithm, bytes(size)).value == bytes(size)
    with pytest.raises(ValueError, match=f"has {size - 1} bytes"):
        Digest(algorithm, bytes(size - 1))
