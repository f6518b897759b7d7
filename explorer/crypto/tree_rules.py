"""The root of a tree under each rule that a ledger family may name.

Every rule is one function from leaves to a root; what a leaf is and which document
fixes the rule stands in ``model.claims.TreeRule``.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from explorer.core.digests import HashAlgorithm
from explorer.crypto.bitcoin_trees import merkle_root, witness_commitment
from explorer.crypto.fisco_trees import binary_root, indexed_root
from explorer.crypto.patricia import list_root
from explorer.crypto.ssz import list_of_pairs_root
from explorer.crypto.trees import tree_hash
from explorer.model.claims import TreeRule

RootFunction = Callable[[Sequence[bytes], HashAlgorithm], bytes]

_RULES: dict[TreeRule, RootFunction] = {
    TreeRule.RFC9162: tree_hash,
    TreeRule.FISCO_INDEXED: indexed_root,
    TreeRule.FISCO_BINARY: binary_root,
    TreeRule.BITCOIN: merkle_root,
    TreeRule.BITCOIN_WITNESS: witness_commitment,
    TreeRule.PATRICIA: list_root,
    TreeRule.SSZ_ERA1: list_of_pairs_root,
}

ROOTS: Mapping[TreeRule, RootFunction] = MappingProxyType(_RULES)
"""Rule → function from leaves and hash function to the root."""


def tree_root(
    rule: TreeRule, leaves: Sequence[bytes], algorithm: HashAlgorithm
) -> bytes:
    """Return the root of ``leaves`` under ``rule``."""
    return ROOTS[rule](leaves, algorithm)
