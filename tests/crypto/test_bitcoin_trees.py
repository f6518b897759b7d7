"""Tests of Bitcoin's tree of hashes."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.core.digests import HashAlgorithm
from explorer.crypto.bitcoin_trees import merkle_root, witness_commitment
from explorer.crypto.hashes import digest

SHA256D = HashAlgorithm.SHA256D


def test_small_trees() -> None:
    one, two, three = (bytes((each,)) * 32 for each in (1, 2, 3))
    pair = digest(SHA256D, one + two)
    assert merkle_root([], SHA256D) == bytes(32)
    assert merkle_root([one], SHA256D) == one
    assert merkle_root([one, two], SHA256D) == pair
    whole = digest(SHA256D, pair + digest(SHA256D, three + three))
    assert merkle_root([one, two, three], SHA256D) == whole


@given(st.integers(1, 40))
def test_a_repeated_end_has_the_same_root(count: int) -> None:
    """CVE-2012-2459: why repeated leaves are refused elsewhere."""
    leaves = [bytes((each,)) * 32 for each in range(count)]
    same = [*leaves, leaves[-1]]
    answers = merkle_root(leaves, SHA256D), merkle_root(same, SHA256D)
    assert (answers[0] == answers[1]) is (count % 2 == 1 and count > 1)


def test_the_commitment_to_witnesses() -> None:
    one, value = b"\x01" * 32, b"\x02" * 32
    wanted = digest(SHA256D, merkle_root([bytes(32), one], SHA256D) + value)
    assert witness_commitment([bytes(32), one, value], SHA256D) == wanted
    assert witness_commitment([], SHA256D) == digest(SHA256D, bytes(64))
