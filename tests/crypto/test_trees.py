"""Tests of the trees of RFC 9162."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.trees import (
    ProofReason,
    consistency_proof,
    inclusion_path,
    is_subtree,
    leaf_hash,
    node_hash,
    root_from_leaf_hash,
    root_from_path,
    root_of_hashes,
    tree_hash,
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)

LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The eight leaves of Certificate Transparency's own reference tests."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "rfc6962"

ACCEPTED = (ProofReason.PROVEN, ProofReason.NOTHING_PROVEN)
"""The vectors call the proof of an empty subtree right; we never call it proven."""

leaf_lists = st.lists(st.binary(max_size=40), min_size=1, max_size=40)


@pytest.mark.parametrize("size", range(1, 9))
def test_reference_roots(size: int) -> None:
    assert tree_hash(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_without_leaves_the_root_is_the_hash_of_nothing() -> None:
    assert tree_hash([]) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("algorithm", HashAlgorithm)
def test_every_algorithm_makes_roots_of_its_size(algorithm: HashAlgorithm) -> None:
    root = tree_hash(LEAVES, algorithm)
    path = inclusion_path(LEAVES, 3, algorithm)
    assert len(root) == algorithm.digest_size
    assert root_from_path(LEAVES[3], 3, 8, path, algorithm) == root


def test_hashes_of_leaves_can_stand_for_the_leaves() -> None:
    assert root_of_hashes([leaf_hash(each) for each in LEAVES]) == tree_hash(LEAVES)


def test_an_inner_node_cannot_be_presented_as_a_leaf() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert tree_hash([left + right]) != node_hash(left, right)


def test_a_repeated_tail_changes_the_root() -> None:
    assert tree_hash([b"a", b"b", b"c"]) != tree_hash([b"a", b"b", b"c", b"c"])


@given(leaf_lists, st.data())
def test_every_leaf_proves_its_place(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = inclusion_path(leaves, index)
    assert root_from_path(leaves[index], index, len(leaves), path) == tree_hash(leaves)


@given(leaf_lists, st.data())
def test_every_prefix_is_consistent(leaves: list[bytes], data: st.DataObject) -> None:
    first = data.draw(st.integers(1, len(leaves)))
    roots = tree_hash(leaves[:first]), tree_hash(leaves)
    proof = consistency_proof(leaves, first)
    sizes = first, len(leaves)
    assert verify_consistency(sizes, roots, proof) is ProofReason.PROVEN
    other = leaf_hash(b"another leaf"), roots[1]
    assert verify_consistency(sizes, other, proof) is ProofReason.ROOT_MISMATCH


def test_every_pair_of_small_trees_is_consistent() -> None:
    leaves = [bytes((each,)) for each in range(17)]
    for size in range(1, 18):
        for first in range(1, size + 1):
            roots = tree_hash(leaves[:first]), tree_hash(leaves[:size])
            proof = consistency_proof(leaves[:size], first)
            assert verify_consistency((first, size), roots, proof) == "proof-valid"
            longer = (*proof, bytes(32))
            assert verify_consistency((first, size), roots, longer) == "path-length"


@given(leaf_lists, st.data())
def test_a_path_of_another_length_is_refused(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = inclusion_path(leaves, index)
    root = tree_hash(leaves)
    digest = leaf_hash(leaves[index])
    for wrong in ((*path, bytes(32)), path[:-1]):
        if wrong != path:
            answer = verify_inclusion(digest, index, len(leaves), wrong, root)
            assert answer is ProofReason.PATH_LENGTH


@pytest.mark.parametrize(("index", "size"), [(-1, 8), (8, 8), (0, 0), (3, -1)])
def test_a_leaf_outside_the_tree_is_refused(index: int, size: int) -> None:
    with pytest.raises(ReadError) as caught:
        root_from_leaf_hash(bytes(32), index, size, [])
    assert caught.value.reason == "index-out-of-range"


def test_a_node_of_another_size_is_refused() -> None:
    path = inclusion_path(LEAVES, 0)
    root = tree_hash(LEAVES)
    cut = (path[0][:-1], *path[1:])
    digest = leaf_hash(LEAVES[0])
    assert verify_inclusion(digest, 0, 8, cut, root) is ProofReason.NODE_SIZE
    answer = verify_inclusion(digest[:-1], 0, 8, path, root)
    assert answer is ProofReason.NODE_SIZE
    answer = verify_consistency((4, 8), (b"", root), path[2:])
    assert answer is ProofReason.NODE_SIZE


def test_another_place_of_the_same_leaf_is_refused() -> None:
    path = inclusion_path(LEAVES, 2)
    digest, root = leaf_hash(LEAVES[2]), tree_hash(LEAVES)
    assert verify_inclusion(digest, 2, 8, path, root) is ProofReason.PROVEN
    assert verify_inclusion(digest, 3, 8, path, root) is ProofReason.ROOT_MISMATCH


@pytest.mark.parametrize(
    ("sizes", "proof", "reason"),
    [
        ((0, 8), (), "index-out-of-range"),
        ((9, 8), (), "index-out-of-range"),
        ((6, 8), (), "path-length"),
        ((4, 8), (), "path-length"),
        ((8, 8), (bytes(32),), "path-length"),
        ((6, 8), (bytes(32),), "path-length"),
    ],
)
def test_proofs_of_consistency_that_cannot_fit(
    sizes: tuple[int, int], proof: tuple[bytes, ...], reason: str
) -> None:
    roots = tree_hash(LEAVES[: sizes[0]]), tree_hash(LEAVES)
    assert verify_consistency(sizes, roots, proof) == reason


def test_makers_refuse_places_outside_the_tree() -> None:
    for index in (-1, 8):
        with pytest.raises(IndexError, match=f"no leaf {index} among 8"):
            inclusion_path(LEAVES, index)
    for first in (0, 9):
        with pytest.raises(IndexError, match=f"no tree of {first} leaves"):
            consistency_proof(LEAVES, first)


@pytest.mark.parametrize(
    ("start", "end", "answer"),
    [
        (0, 1, True),
        (0, 7, True),
        (4, 6, True),
        (4, 7, True),
        (2, 5, False),
        (1, 3, False),
        (3, 3, False),
        (-2, 0, False),
    ],
)
def test_what_is_a_subtree(start: int, end: int, answer: bool) -> None:
    assert is_subtree(start, end) is answer


def test_a_range_that_is_no_subtree_proves_nothing() -> None:
    path = inclusion_path(LEAVES, 0)
    digest, root = leaf_hash(LEAVES[0]), tree_hash(LEAVES)
    answer = verify_subtree_inclusion(digest, 0, range(1, 3), path, root)
    assert answer is ProofReason.OUT_OF_RANGE


@pytest.mark.parametrize(
    ("subtree", "root", "proof", "reason"),
    [
        (range(3, 3), tree_hash([]), (), "nothing-proven"),
        (range(3, 3), tree_hash([b""]), (), "root-mismatch"),
        (range(3, 3), tree_hash([]), (bytes(32),), "path-length"),
        (range(9, 9), tree_hash([]), (), "index-out-of-range"),
        (range(1, 3), tree_hash(LEAVES[1:3]), (), "index-out-of-range"),
    ],
)
def test_subtrees_that_prove_nothing(
    subtree: range, root: bytes, proof: tuple[bytes, ...], reason: str
) -> None:
    roots = root, tree_hash(LEAVES)
    assert verify_subtree_consistency(subtree, 8, roots, proof) == reason


def test_subtrees_inside_the_tree() -> None:
    root, front = tree_hash(LEAVES), tree_hash(LEAVES[:4])
    whole_pair = (tree_hash(LEAVES[6:]), front)
    roots = tree_hash(LEAVES[4:6]), root
    answer = verify_subtree_consistency(range(4, 6), 8, roots, whole_pair)
    assert answer is ProofReason.PROVEN
    last, first = leaf_hash(LEAVES[7]), tree_hash(LEAVES[4:6])
    cut_pair = (leaf_hash(LEAVES[6]), last, first, front)
    roots = tree_hash(LEAVES[4:7]), root
    answer = verify_subtree_consistency(range(4, 7), 8, roots, cut_pair)
    assert answer is ProofReason.PROVEN
    answer = verify_subtree_consistency(range(4, 7), 8, roots, whole_pair)
    assert answer is ProofReason.PATH_LENGTH
    path = (leaf_hash(LEAVES[4]), leaf_hash(LEAVES[6]))
    found = verify_subtree_inclusion(
        leaf_hash(LEAVES[5]), 5, range(4, 7), path, tree_hash(LEAVES[4:7])
    )
    assert found is ProofReason.PROVEN


def test_a_hundred_thousand_leaves_need_no_recursion() -> None:
    leaves = [b""] * 100_001
    path = inclusion_path(leaves, 100_000)
    root = root_from_path(b"", 100_000, 100_001, path)
    assert root == tree_hash(leaves)


def _corpus_files(kind: str) -> list[Path]:
    return sorted(CORPUS.glob(f"{kind}__*.json"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the public vectors are not here")
@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("inclusion", 30),
        ("consistency", 35),
        ("subtreeinclusion", 60),
        ("subtreeconsistency", 52),
    ],
)
def test_public_vectors(kind: str, count: int) -> None:
    files = _corpus_files(kind)
    assert len(files) >= count
    wrong = []
    for path in files:
        vector = json.loads(path.read_bytes())
        accepted = _answer(kind, vector) in ACCEPTED
        if accepted is bool(vector["wantErr"]):
            wrong.append((path.name, _answer(kind, vector)))
    assert wrong == []


def _answer(kind: str, vector: dict[str, object]) -> ProofReason:
    def number(name: str) -> int:
        value = vector.get(name, 0)
        assert isinstance(value, int)
        return value

    def octets(name: str) -> bytes:
        return base64.b64decode(str(vector.get(name) or ""))

    raw = vector["proof"] or []
    assert isinstance(raw, list)
    proof = [base64.b64decode(each) for each in raw]
    roots = octets("root1"), octets("root2")
    subtree = range(number("start"), number("end"))
    index = number("leafIdx")
    match kind:
        case "inclusion":
            size = number("treeSize")
            return verify_inclusion(
                octets("leafHash"), index, size, proof, octets("root")
            )
        case "subtreeinclusion":
            return verify_subtree_inclusion(
                octets("leafHash"), index, subtree, proof, octets("root")
            )
        case "consistency":
            sizes = number("size1"), number("size2")
            return verify_consistency(sizes, roots, proof)
    return verify_subtree_consistency(subtree, number("size"), roots, proof)
