"""The way from one leaf to the root of its tree, for the rules that have short ones.

Each path is a start and steps for ``crypto.proofs.lead``. Left out: the Merkle-Patricia
and SSZ trees, whose proofs are made of whole nodes.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from explorer.core.digests import HashAlgorithm
from explorer.crypto.fisco_trees import INDEXED_CHILDREN, indexed_leaf
from explorer.crypto.hashes import hash_function
from explorer.crypto.trees import inclusion_path, inclusion_steps, leaf_hash
from explorer.model.claims import ProofStep, TreeRule

Path = tuple[bytes, tuple[ProofStep, ...]]
"""Where it starts, and its steps."""


def _rfc9162(leaves: Sequence[bytes], index: int, algorithm: HashAlgorithm) -> Path:
    start = leaf_hash(leaves[index], algorithm)
    nodes = (start, *inclusion_path(leaves, index, algorithm))
    hashed = ProofStep(b"\x00", b"", algorithm)
    steps = inclusion_steps(index, len(leaves), nodes, algorithm)
    return leaves[index], (hashed, *steps)


def _bitcoin(leaves: Sequence[bytes], index: int, algorithm: HashAlgorithm) -> Path:
    combine = hash_function(algorithm)
    level, position = list(leaves), index
    steps: list[ProofStep] = []
    while len(level) > 1:
        if len(level) & 1:
            level.append(level[-1])
        partner = level[position ^ 1]
        if position & 1:
            steps.append(ProofStep(partner, b"", algorithm))
        else:
            steps.append(ProofStep(b"", partner, algorithm))
        level = [combine(level[at] + level[at + 1]) for at in range(0, len(level), 2)]
        position >>= 1
    return leaves[index], tuple(steps)


def _grouped(
    leaves: Sequence[bytes], index: int, algorithm: HashAlgorithm, children: int
) -> tuple[ProofStep, ...]:
    """Return the steps through levels of so many children each."""
    combine = hash_function(algorithm)
    level, position = list(leaves), index
    steps: list[ProofStep] = []
    while len(level) > 1:
        start = position - position % children
        group = level[start : start + children]
        inside = position - start
        before, behind = b"".join(group[:inside]), b"".join(group[inside + 1 :])
        steps.append(ProofStep(before, behind, algorithm))
        level = [
            combine(b"".join(level[at : at + children]))
            for at in range(0, len(level), children)
        ]
        position //= children
    return tuple(steps)


def _binary(leaves: Sequence[bytes], index: int, algorithm: HashAlgorithm) -> Path:
    return leaves[index], _grouped(leaves, index, algorithm, 2)


def _indexed(leaves: Sequence[bytes], index: int, algorithm: HashAlgorithm) -> Path:
    numbered = [indexed_leaf(number, leaf) for number, leaf in enumerate(leaves)]
    steps = _grouped(numbered, index, algorithm, INDEXED_CHILDREN)
    return numbered[index], (*steps, ProofStep(b"", b"", algorithm))


_RULES: dict[TreeRule, Callable[[Sequence[bytes], int, HashAlgorithm], Path]] = {
    TreeRule.RFC9162: _rfc9162,
    TreeRule.BITCOIN: _bitcoin,
    TreeRule.FISCO_BINARY: _binary,
    TreeRule.FISCO_INDEXED: _indexed,
}

PATHS: Mapping[TreeRule, Callable[[Sequence[bytes], int, HashAlgorithm], Path]] = (
    MappingProxyType(_RULES)
)
"""Rule → function from leaves, number of the leaf and hash function to the path."""
