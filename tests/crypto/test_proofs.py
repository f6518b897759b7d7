"""Paths to a root: RFC 9162 paths as steps, steps without a hash, no step at all."""

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.crypto.proofs import lead
from explorer.crypto.tree_rules import ROOTS, tree_root
from explorer.crypto.trees import inclusion_path, leaf_hash, tree_hash
from explorer.model.claims import ProofStep, TreeRule

SHA256 = HashAlgorithm.SHA256


def test_a_path_of_a_tree_leads_to_its_root() -> None:
    leaves = [bytes([number]) for number in range(4)]
    left, right = inclusion_path(leaves, 2)
    steps = [
        ProofStep(b"\x01", left, SHA256),
        ProofStep(b"\x01" + right, b"", SHA256),
    ]
    assert lead(leaf_hash(leaves[2]), steps) == tree_hash(leaves)
    assert lead(leaf_hash(leaves[1]), steps) != tree_hash(leaves)


def test_a_step_without_hash_only_joins() -> None:
    step = ProofStep(b"a", b"c", Absent.NOT_IN_FORMAT)
    assert lead(b"b", [step]) == b"abc"
    assert lead(b"b", []) == b"b"


def test_every_rule_has_a_function() -> None:
    assert set(ROOTS) == set(TreeRule)
    assert tree_root(TreeRule.RFC9162, [b"a"], SHA256) == leaf_hash(b"a")
