"""Merkle trees of RFC 9162 (Certificate Transparency 2.0), section 2.1, any hash.

Leaves and inner nodes are hashed with different prefixes, so that an inner node can
never be presented as a leaf, and an odd node is carried up, never doubled (compare
CVE-2012-2459 and CVE-2017-12842 of Bitcoin's tree, which is kept apart, in its own
format's module). Subtree proofs follow draft-ietf-plants-merkle-tree-certs, section 4.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import hash_function
from explorer.crypto.proofs import lead
from explorer.model.claims import ProofStep

_SHA256 = HashAlgorithm.SHA256
_LEAF = b"\x00"
_NODE = b"\x01"


class ProofReason(StrEnum):
    """Why a proof was accepted or not."""

    PROVEN = "proof-valid"
    ROOT_MISMATCH = "root-mismatch"
    PATH_LENGTH = "path-length"
    """The path has more or fewer nodes than the size of the tree demands."""
    OUT_OF_RANGE = "index-out-of-range"
    """The leaf or subtree does not exist in a tree of this size."""
    NOTHING_PROVEN = "nothing-proven"
    """The subtree holds no leaf: in order, but no evidence of anything."""
    NODE_SIZE = "node-size"
    """A node of the path is not as long as a digest."""


def leaf_hash(leaf: bytes, algorithm: HashAlgorithm = _SHA256) -> bytes:
    """Return the hash of one leaf."""
    return hash_function(algorithm)(_LEAF + leaf)


def node_hash(left: bytes, right: bytes, algorithm: HashAlgorithm = _SHA256) -> bytes:
    """Return the hash of an inner node."""
    return hash_function(algorithm)(_NODE + left + right)


def tree_hash(leaves: Sequence[bytes], algorithm: HashAlgorithm = _SHA256) -> bytes:
    """Return the root over the raw leaves; without leaves, the hash of nothing."""
    hashed = hash_function(algorithm)
    return root_of_hashes([hashed(_LEAF + each) for each in leaves], algorithm)


def root_of_hashes(
    leaf_hashes: Sequence[bytes], algorithm: HashAlgorithm = _SHA256
) -> bytes:
    """Return the root over leaves that are hashed already."""
    hashed = hash_function(algorithm)
    if not leaf_hashes:
        return hashed(b"")
    level = leaf_hashes
    while len(level) > 1:
        level = _next_level(level, hashed)
    return level[0]


def inclusion_path(
    leaves: Sequence[bytes], index: int, algorithm: HashAlgorithm = _SHA256
) -> tuple[bytes, ...]:
    """Return the sibling hashes from leaf ``index`` to the root (2.1.3.1).

    Raises:
        IndexError: If there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} among {len(leaves)}")
    hashed = hash_function(algorithm)
    level: Sequence[bytes] = [hashed(_LEAF + each) for each in leaves]
    path: list[bytes] = []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        index >>= 1
        level = _next_level(level, hashed)
    return tuple(path)


def root_from_path(
    leaf: bytes,
    index: int,
    size: int,
    path: Sequence[bytes],
    algorithm: HashAlgorithm = _SHA256,
) -> bytes:
    """Return the root that a raw leaf and its path lead to.

    Raises:
        ReadError: With a ``ProofReason`` if the path does not fit index and size.
    """
    return root_from_leaf_hash(leaf_hash(leaf, algorithm), index, size, path, algorithm)


def root_from_leaf_hash(
    leaf_digest: bytes,
    index: int,
    size: int,
    path: Sequence[bytes],
    algorithm: HashAlgorithm = _SHA256,
) -> bytes:
    """Return the root that a leaf hash and its path lead to (2.1.3.2).

    Raises:
        ReadError: With a ``ProofReason`` if the path does not fit index and size.
    """
    nodes = (leaf_digest, *path)
    return lead(leaf_digest, inclusion_steps(index, size, nodes, algorithm))


def inclusion_steps(
    index: int,
    size: int,
    nodes: Sequence[bytes],
    algorithm: HashAlgorithm = _SHA256,
) -> tuple[ProofStep, ...]:
    """Return the steps from a leaf hash, the first of ``nodes``, along the others.

    Raises:
        ReadError: With a ``ProofReason`` if the path does not fit index and size.
    """
    if not 0 <= index < size:
        raise _misfit(ProofReason.OUT_OF_RANGE, f"no leaf {index} among {size}")
    _demand_node_sizes(nodes, algorithm)
    steps: list[ProofStep] = []
    position, last = index, size - 1
    for node in nodes[1:]:
        if last == 0:
            raise _misfit(ProofReason.PATH_LENGTH, "the path goes on above the root")
        if position & 1 or position == last:
            steps.append(ProofStep(_NODE + node, b"", algorithm))
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            steps.append(ProofStep(_NODE, node, algorithm))
        position, last = position >> 1, last >> 1
    if last:
        raise _misfit(ProofReason.PATH_LENGTH, "the path ends below the root")
    return tuple(steps)


def verify_inclusion(
    leaf_digest: bytes,
    index: int,
    size: int,
    path: Sequence[bytes],
    root: bytes,
    algorithm: HashAlgorithm = _SHA256,
) -> ProofReason:
    """Return whether the path proves the leaf hash under ``root``."""
    try:
        computed = root_from_leaf_hash(leaf_digest, index, size, path, algorithm)
    except ReadError as error:
        return ProofReason(error.reason)
    return ProofReason.PROVEN if computed == root else ProofReason.ROOT_MISMATCH


def verify_subtree_inclusion(
    leaf_digest: bytes,
    index: int,
    subtree: range,
    path: Sequence[bytes],
    root: bytes,
    algorithm: HashAlgorithm = _SHA256,
) -> ProofReason:
    """Return whether the path proves leaf ``index`` under the root of a subtree."""
    if not is_subtree(subtree.start, subtree.stop):
        return ProofReason.OUT_OF_RANGE
    place = index - subtree.start
    return verify_inclusion(leaf_digest, place, len(subtree), path, root, algorithm)


def consistency_proof(
    leaves: Sequence[bytes], first: int, algorithm: HashAlgorithm = _SHA256
) -> tuple[bytes, ...]:
    """Return the proof that the first ``first`` leaves were only added to (2.1.4.1).

    Raises:
        IndexError: If ``first`` is not between 1 and the number of leaves.
    """
    if not 0 < first <= len(leaves):
        raise IndexError(f"no tree of {first} leaves among {len(leaves)}")
    start, end = 0, len(leaves)
    proof: list[bytes] = []
    while first != end:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if first <= middle:
            proof.append(tree_hash(leaves[middle:end], algorithm))
            end = middle
        else:
            proof.append(tree_hash(leaves[start:middle], algorithm))
            start = middle
    if start:
        proof.append(tree_hash(leaves[start:end], algorithm))
    return tuple(reversed(proof))


def verify_consistency(
    sizes: tuple[int, int],
    roots: tuple[bytes, bytes],
    proof: Sequence[bytes],
    algorithm: HashAlgorithm = _SHA256,
) -> ProofReason:
    """Return whether the proof leads from the earlier tree to the later (2.1.4.2).

    ``sizes`` and ``roots`` hold the earlier tree first. An earlier tree without leaves
    proves nothing and is out of range.
    """
    if sizes[0] < 1:
        return ProofReason.OUT_OF_RANGE
    subtree = range(sizes[0])
    return verify_subtree_consistency(subtree, sizes[1], roots, proof, algorithm)


def verify_subtree_consistency(
    subtree: range,
    size: int,
    roots: tuple[bytes, bytes],
    proof: Sequence[bytes],
    algorithm: HashAlgorithm = _SHA256,
) -> ProofReason:
    """Return whether the proof leads from a subtree to the whole tree.

    ``roots`` holds the root of the subtree, then that of the tree.
    """
    if not 0 <= subtree.start <= subtree.stop <= size:
        return ProofReason.OUT_OF_RANGE
    if not subtree:
        return _judge_empty(roots[0], proof, algorithm)
    if not is_subtree(subtree.start, subtree.stop):
        return ProofReason.OUT_OF_RANGE
    try:
        _demand_node_sizes((*roots, *proof) if proof else (), algorithm)
        computed = _consistent_roots(subtree, size, roots[0], proof, algorithm)
    except ReadError as error:
        return ProofReason(error.reason)
    return ProofReason.PROVEN if computed == roots else ProofReason.ROOT_MISMATCH


def is_subtree(start: int, end: int) -> bool:
    """Return whether leaves ``start`` to ``end`` (excluded) form a subtree."""
    if not 0 <= start < end:
        return False
    return start % (1 << (end - start - 1).bit_length()) == 0


def _judge_empty(
    root: bytes, proof: Sequence[bytes], algorithm: HashAlgorithm
) -> ProofReason:
    if proof:
        return ProofReason.PATH_LENGTH
    if root != tree_hash((), algorithm):
        return ProofReason.ROOT_MISMATCH
    return ProofReason.NOTHING_PROVEN


def _consistent_roots(
    subtree: range,
    size: int,
    subtree_root: bytes,
    proof: Sequence[bytes],
    algorithm: HashAlgorithm,
) -> tuple[bytes, bytes]:
    hashed = hash_function(algorithm)
    first, second, last = _climb(subtree.start, subtree.stop - 1, size - 1)
    nodes = [subtree_root, *proof] if first == second else list(proof)
    if not nodes:
        raise _misfit(ProofReason.PATH_LENGTH, "the proof is empty")
    small = large = nodes[0]
    # Add the nodes of the proof, to the smaller tree only where they lie in it.
    for node in nodes[1:]:
        if last == 0:
            raise _misfit(ProofReason.PATH_LENGTH, "the proof goes on above the root")
        if second & 1 or second == last:
            if first < second:
                small = hashed(_NODE + node + small)
            large = hashed(_NODE + node + large)
            while not second & 1:
                first, second, last = first >> 1, second >> 1, last >> 1
        else:
            large = hashed(_NODE + large + node)
        first, second, last = first >> 1, second >> 1, last >> 1
    if last:
        raise _misfit(ProofReason.PATH_LENGTH, "the proof ends below the root")
    return small, large


def _climb(first: int, second: int, last: int) -> tuple[int, int, int]:
    """Return the place of the highest node that both trees share as it is."""
    while first != second and (second == last or second & 1):
        first, second, last = first >> 1, second >> 1, last >> 1
    return first, second, last


def _next_level(
    level: Sequence[bytes], hashed: Callable[[bytes], bytes]
) -> list[bytes]:
    pairs = [
        hashed(_NODE + level[at] + level[at + 1]) for at in range(0, len(level) - 1, 2)
    ]
    if len(level) & 1:
        pairs.append(level[-1])
    return pairs


def _demand_node_sizes(nodes: Sequence[bytes], algorithm: HashAlgorithm) -> None:
    if any(len(each) != algorithm.digest_size for each in nodes):
        raise _misfit(ProofReason.NODE_SIZE, "a node is not as long as a digest")


def _misfit(reason: ProofReason, message: str) -> ReadError:
    return ReadError(message, reason)
