"""Root of a Merkle-Patricia tree, as Ethereum and its relatives build it.

Ethereum Yellow Paper (Shanghai version), appendix D: keys are parted into nibbles; a
node is a leaf, an extension or a branch of 17 items, written in RLP; a node shorter
than 32 bytes stands inside its parent, any other by its Keccak-256 hash; the root is
always hashed. A list of values is the tree of RLP(index) → value.

The tree is built from the sorted keys at once; nothing is kept. Nodes nest as deep as a
key has nibbles, so keys are limited. Left out: trees that change, and deletion.
"""

from collections.abc import Callable, Sequence

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import hash_function
from explorer.encodings.rlp import encode, from_int

MAX_KEY_BYTES = 64
"""Longest key; Ethereum's own are at most 32 bytes."""

_Pairs = Sequence[tuple[bytes, bytes]]
"""Sorted pairs of nibbles (one in each byte) and value."""
_Hash = Callable[[bytes], bytes]

_HALVES = tuple(bytes((each >> 4, each & 15)) for each in range(256))
_EMPTY_NODE = b"\x80"


def list_root(values: Sequence[bytes], algorithm: HashAlgorithm) -> bytes:
    """Return the root of RLP(index) → value for the values in the order of indices."""
    pairs = [
        (nibbles(encode(from_int(index))), value) for index, value in enumerate(values)
    ]
    return _root(sorted(pairs), hash_function(algorithm))


def map_root(values: dict[bytes, bytes], algorithm: HashAlgorithm) -> bytes:
    """Return the root of key → value; an empty value stands for no entry.

    Raises:
        ValueError: If a key is longer than ``MAX_KEY_BYTES``.
    """
    if any(len(key) > MAX_KEY_BYTES for key in values):
        raise ValueError(f"a key has more than {MAX_KEY_BYTES} bytes")
    pairs = sorted((nibbles(key), value) for key, value in values.items() if value)
    return _root(pairs, hash_function(algorithm))


def nibbles(key: bytes) -> bytes:
    """Return the halves of the bytes of a key, one in each byte."""
    return b"".join([_HALVES[each] for each in key])


def compact(path: bytes, *, is_leaf: bool) -> bytes:
    """Return the hex-prefix encoding of a path of nibbles (appendix C)."""
    flag = 2 if is_leaf else 0
    padded = bytes((flag + 1,)) + path if len(path) % 2 else bytes((flag, 0)) + path
    pairs = zip(padded[::2], padded[1::2], strict=True)
    return bytes([high << 4 | low for high, low in pairs])


def _root(pairs: _Pairs, hash_of: _Hash) -> bytes:
    return hash_of(_node(pairs, 0, hash_of) if pairs else _EMPTY_NODE)


def _node(pairs: _Pairs, depth: int, hash_of: _Hash) -> bytes:
    """Return the RLP of the node over ``pairs``, whose keys agree up to ``depth``."""
    first, value = pairs[0]
    if len(pairs) == 1:
        return _joined(_text(compact(first[depth:], is_leaf=True)) + _text(value))
    shared = _shared(first, pairs[-1][0], depth)
    if shared > depth:
        child = _reference(_node(pairs, shared, hash_of), hash_of)
        return _joined(_text(compact(first[depth:shared], is_leaf=False)) + child)
    return _branch(pairs, depth, hash_of)


def _branch(pairs: _Pairs, depth: int, hash_of: _Hash) -> bytes:
    own, start = b"", 0
    if len(pairs[0][0]) == depth:
        own, start = pairs[0][1], 1
    children = [_EMPTY_NODE] * 16
    while start < len(pairs):
        nibble = pairs[start][0][depth]
        end = start + 1
        while end < len(pairs) and pairs[end][0][depth] == nibble:
            end += 1
        below = _node(pairs[start:end], depth + 1, hash_of)
        children[nibble] = _reference(below, hash_of)
        start = end
    return _joined(b"".join(children) + _text(own))


def _shared(first: bytes, last: bytes, depth: int) -> int:
    """Return up to where the smallest and the largest key agree."""
    end = min(len(first), len(last))
    while depth < end and first[depth] == last[depth]:
        depth += 1
    return depth


def _reference(node: bytes, hash_of: _Hash) -> bytes:
    return node if len(node) < 32 else b"\xa0" + hash_of(node)


def _text(value: bytes) -> bytes:
    size = len(value)
    if size == 1 and value < b"\x80":
        return value
    return (bytes((0x80 + size,)) if size < 56 else _long(0xB7, size)) + value


def _joined(content: bytes) -> bytes:
    size = len(content)
    return (bytes((0xC0 + size,)) if size < 56 else _long(0xF7, size)) + content


def _long(base: int, size: int) -> bytes:
    length = from_int(size)
    return bytes((base + len(length),)) + length
