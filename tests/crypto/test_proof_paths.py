"""Every leaf of every tree has a way to its root, and another leaf has another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.digests import HashAlgorithm
from explorer.crypto.proof_paths import PATHS
from explorer.crypto.proofs import lead
from explorer.crypto.tree_rules import tree_root
from explorer.model.claims import TreeRule

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


@pytest.mark.parametrize("rule", PATHS)
@given(leaves=LEAVES, data=st.data())
def test_each_leaf_leads_to_the_root(
    rule: TreeRule, leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    start, steps = PATHS[rule](leaves, index, HashAlgorithm.SHA256)
    assert lead(start, steps) == tree_root(rule, leaves, HashAlgorithm.SHA256)
    assert lead(start[:-1] + bytes([start[-1] ^ 1]), steps) != lead(start, steps)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 16, 17, 33])
@pytest.mark.parametrize("rule", PATHS)
def test_paths_are_short(rule: TreeRule, size: int) -> None:
    leaves = [bytes([number]) * 32 for number in range(size)]
    _, steps = PATHS[rule](leaves, size - 1, HashAlgorithm.SHA256)
    assert len(steps) <= size.bit_length() + 1
