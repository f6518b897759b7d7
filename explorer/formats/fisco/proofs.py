"""Merkle paths from a transaction or receipt to the root in its block's header.

2.x (``getTransactionByHashWithProof``): a list of levels with the neighbours to the
left and right of the hash, 16 children a level; the leaf is numbered by RLP. 3.x
(``txProof``, ``txReceiptProof``): a flat list, in which a word holding a count stands
before each group of hashes; one hash alone is the root itself.
"""

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.crypto.fisco_trees import INDEXED_CHILDREN, indexed_leaf
from explorer.crypto.hashes import digest
from explorer.formats.fisco.fields import FIELD_MALFORMED, Fields, octets_of
from explorer.model.claims import ProofStep

HASH_BYTES = 32
_COUNT_BYTES = 4
MAX_GROUP = 2
"""Children of an inner node in 3.x."""


class Path:
    """A path that was followed as far as it goes."""

    __slots__ = ("is_whole", "root", "start", "steps")

    def __init__(self, start: bytes) -> None:
        """Begin at the leaf."""
        self.start = start
        self.steps: list[ProofStep] = []
        self.root = start
        self.is_whole = True
        """False if a group does not hold the hash that the one before led to."""

    def add(self, prefix: bytes, suffix: bytes, algorithm: HashAlgorithm) -> None:
        """Go one step up."""
        self.steps.append(ProofStep(prefix, suffix, algorithm))
        self.root = digest(algorithm, prefix + self.root + suffix)


def indexed_path(
    fields: Fields, name: str, leaf: bytes, index: int, algorithm: HashAlgorithm
) -> Path:
    """Return the path of 2.x.

    Raises:
        ReadError: ``field-malformed``.
    """
    path = Path(indexed_leaf(index, leaf))
    levels = list(fields.objects(name))
    if len(levels) > MAX_NESTING:
        raise ReadError(f"{name}: {len(levels)} levels", FIELD_MALFORMED)
    for level in levels:
        left = [octets_of(each, "left") for each in level.items("left")]
        right = [octets_of(each, "right") for each in level.items("right")]
        if len(left) + len(right) >= INDEXED_CHILDREN:
            raise ReadError(f"{name}: too many neighbours", FIELD_MALFORMED)
        path.add(b"".join(left), b"".join(right), algorithm)
    return path


def flat_path(fields: Fields, name: str, leaf: bytes, algorithm: HashAlgorithm) -> Path:
    """Return the path of 3.x.

    Raises:
        ReadError: ``field-malformed``.
    """
    words = [octets_of(each, name) for each in fields.items(name)]
    if any(len(each) != HASH_BYTES for each in words):
        raise ReadError(f"{name}: a word has another length", FIELD_MALFORMED)
    path = Path(leaf)
    if len(words) == 1:
        path.is_whole = words[0] == leaf
        return path
    at = 0
    while at < len(words) and path.is_whole:
        count = _count(words[at], name)
        group = words[at + 1 : at + 1 + count]
        if len(group) != count or len(path.steps) >= 2 * MAX_NESTING:
            raise ReadError(f"{name}: a group ends too early", FIELD_MALFORMED)
        path.is_whole = path.root in group
        position = group.index(path.root) if path.is_whole else 0
        before, after = group[:position], group[position + 1 :]
        path.add(b"".join(before), b"".join(after), algorithm)
        at += 1 + count
    return path


def _count(word: bytes, name: str) -> int:
    count = int.from_bytes(word[:_COUNT_BYTES], "big")
    if any(word[_COUNT_BYTES:]) or not 1 <= count <= MAX_GROUP:
        raise ReadError(f"{name}: no count where one must stand", FIELD_MALFORMED)
    return count
