"""Hash, link, tree and work checks: right, wrong, and wrong for their own reason."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

import msgspec

from explorer.checks.structure import (
    PASSED,
    BlockDigests,
    Failure,
    HashCheck,
    ParentLinkCheck,
    TreeRootCheck,
    WorkCheck,
)
from explorer.core.digests import HashAlgorithm
from explorer.crypto.trees import tree_hash
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import Claim, TreeClaim, TreeRule, WorkClaim
from tests.checks.claims import (
    DECLARED,
    PLACE,
    block,
    hash_claim,
    link_claim,
    sha256,
)

C_contra = TypeVar("C_contra", bound=Claim, contravariant=True)
C = TypeVar("C", bound=Claim)


class Check(Protocol[C_contra]):
    def failures(self, claims: Sequence[C_contra]) -> Iterator[Failure]: ...


def answer(check: Check[C], claim: C) -> CheckResult:
    found = list(check.failures([claim]))
    assert [position for position, _ in found] in ([], [0])
    return found[0][1] if found else PASSED


def test_a_hash_that_matches_passes() -> None:
    check = HashCheck(BlockDigests())
    assert answer(check, hash_claim(b"pear", sha256(b"pear"))) is PASSED


def test_a_hash_that_differs_fails_with_both_values_and_places() -> None:
    result = answer(HashCheck(BlockDigests()), hash_claim(b"Pear", sha256(b"pear")))
    assert (result.outcome, result.reason) == (Outcome.FAILED, "hash-mismatch")
    assert (result.block, result.entry) == (5, 1)
    assert result.expected == sha256(b"pear").hex()
    assert result.computed == sha256(b"Pear").hex()
    assert result.spans == (PLACE, DECLARED)


def test_a_shortened_declared_hash_never_passes() -> None:
    result = answer(HashCheck(BlockDigests()), hash_claim(b"x", sha256(b"x")[:16]))
    assert result.reason == "hash-mismatch"


def test_a_link_is_judged_by_the_computed_hash_of_the_parent() -> None:
    digests = BlockDigests()
    parent = b"header 5"
    assert digests.load([block(5, parent)]) == [sha256(parent)]
    check = ParentLinkCheck(digests)
    assert answer(check, link_claim(parent, sha256(parent))) is PASSED
    result = answer(check, link_claim(parent, sha256(b"another")))
    assert (result.block, result.reason) == (6, "parent-hash-mismatch")


def test_the_last_header_of_a_batch_is_remembered_for_the_next() -> None:
    digests = BlockDigests()
    first, second = b"header 1", b"header 2"
    digests.load([block(1, first)])
    digests.load([block(2, second)])
    assert digests.of(HashAlgorithm.SHA256, first) == sha256(first)
    assert digests.of(HashAlgorithm.SM3, first) != sha256(first)


def test_a_tree_root_is_computed_from_its_leaves() -> None:
    leaves = (b"a", b"b", b"c")
    root = tree_hash(leaves, HashAlgorithm.SHA256)

    def claim(declared: bytes, used: tuple[bytes, ...]) -> TreeClaim:
        return TreeClaim(
            "t.tree",
            7,
            TreeRule.RFC9162,
            HashAlgorithm.SHA256,
            used,
            declared,
            PLACE,
            DECLARED,
        )

    assert answer(TreeRootCheck(), claim(root, leaves)) is PASSED
    for wrong in (leaves[:2], (*leaves, b"c"), (b"b", b"a", b"c"), ()):
        result = answer(TreeRootCheck(), claim(root, wrong))
        assert (result.block, result.reason) == (7, "root-mismatch")


def test_work_is_done_only_at_or_below_the_target() -> None:
    value = int.from_bytes(sha256(b"nonce"), "big")

    def claim(target: int) -> WorkClaim:
        return WorkClaim("t.work", 3, HashAlgorithm.SHA256, b"nonce", target, PLACE)

    check = WorkCheck(BlockDigests())
    assert answer(check, claim(value)) is PASSED
    result = answer(check, claim(value - 1))
    assert (result.block, result.reason) == (3, "work-not-done")


def test_a_block_without_its_header_has_the_hash_it_states() -> None:
    digests = BlockDigests()
    bare = msgspec.structs.replace(block(1, b""), stated_hash=b"\x07" * 32)
    assert digests.load([bare]) == [b"\x07" * 32]
    assert digests.load([block(2, b"two")]) == [sha256(b"two")]


def test_a_block_without_its_header_has_no_hash() -> None:
    digests = BlockDigests()
    first = block(0, b"header")
    incomplete = msgspec.structs.replace(first, header=b"")
    assert digests.load([first, incomplete]) == [sha256(b"header"), b""]
    assert digests.load([first]) == [sha256(b"header")]
    assert digests.of(HashAlgorithm.SHA256, b"") == sha256(b"")
