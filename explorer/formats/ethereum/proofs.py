"""Account and storage proofs of ``eth_getProof`` (EIP-1186), as paths to a root.

Yellow Paper, appendix D. The nodes must follow the nibbles of the hashed key; each is
tied to the one above by its hash, or stands inside it if it is shorter than 32 bytes. A
proof may also show that a key holds nothing: then its last node leads elsewhere.
"""

from typing import NamedTuple

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import hash_function
from explorer.crypto.patricia import nibbles
from explorer.encodings.rlp import Item, decode
from explorer.model.claims import ProofStep

MAX_NODES = 80
"""Nodes of one proof; a hashed key has 64 nibbles."""
_KECCAK = HashAlgorithm.KECCAK256
_keccak = hash_function(_KECCAK)
_EMPTY = b"\x80"


class Path(NamedTuple):
    """A proof as a path."""

    start: bytes
    steps: tuple[ProofStep, ...]
    value: bytes
    """What the key holds; empty where the proof shows that it holds nothing."""


class _Stop(NamedTuple):
    """Where a walk through one node ends."""

    depth: int
    child: tuple[int, int]
    """Place of what is below (hash, node or value) in the node, (0, 0) for none."""
    is_value: bool


def path_of(nodes: list[bytes], key: bytes) -> Path:
    """Return the path from the value of ``key`` (not yet hashed) up to the root.

    Raises:
        ReadError: ``proof-path-mismatch`` if the nodes do not follow the key,
            ``proof-malformed`` if one is no node.
    """
    if not nodes:
        return Path(_EMPTY, (ProofStep(b"", b"", _KECCAK),), b"")
    if len(nodes) > MAX_NODES:
        raise ReadError(f"{len(nodes)} nodes", "proof-malformed")
    path = nibbles(_keccak(key))
    depth = 0
    cuts: list[tuple[bytes, int, int]] = []
    for index, node in enumerate(nodes):
        stop = _walk(node, path, depth)
        depth = stop.depth
        is_last = index == len(nodes) - 1
        if stop.child == (0, 0) or stop.is_value:
            if not is_last:
                raise ReadError("nodes behind the end", "proof-path-mismatch")
            return _path(cuts, node, stop)
        if is_last:
            raise ReadError("the path is too short", "proof-path-mismatch")
        start, end = _reference(node, stop, nodes[index + 1])
        cuts.append((node, start, end))
    raise ReadError("no end", "proof-path-mismatch")


def _walk(node: bytes, path: bytes, depth: int) -> _Stop:
    """Follow the path through one node, and through nodes that stand inside it."""
    try:
        item = decode(node)
    except ReadError as error:
        raise ReadError(str(error), "proof-malformed") from error
    while True:
        stop = _step(item, path, depth)
        if isinstance(stop, _Stop):
            return stop
        item, depth = stop


def _step(item: Item, path: bytes, depth: int) -> _Stop | tuple[Item, int]:
    nothing = _Stop(depth, (0, 0), is_value=False)
    if len(item.items) == 17:
        if depth == len(path):
            raise ReadError("a branch below the key", "proof-malformed")
        child = item.items[path[depth]]
        depth += 1
    elif len(item.items) == 2:
        own, is_leaf = _own_path(item.items[0].value)
        if path[depth : depth + len(own)] != own:
            return nothing
        depth += len(own)
        child = item.items[1]
        if is_leaf:
            is_whole = depth == len(path)
            place = (child.payload, child.end)
            return _Stop(depth, place, is_value=True) if is_whole else nothing
    else:
        raise ReadError("no node", "proof-malformed")
    if child.is_list:
        return child, depth
    if not child.value:
        return nothing
    return _Stop(depth, (child.payload, child.end), is_value=False)


def _own_path(compact: bytes) -> tuple[bytes, bool]:
    """Return the nibbles of a hex-prefix encoding, and whether it ends at a value."""
    halves = nibbles(compact)
    if not halves or halves[0] > 3:
        raise ReadError("no path", "proof-malformed")
    return halves[1 if halves[0] & 1 else 2 :], bool(halves[0] & 2)


def _reference(node: bytes, stop: _Stop, below: bytes) -> tuple[int, int]:
    """Return where ``below`` is named in ``node``."""
    start, end = stop.child
    if node[start:end] != _keccak(below):
        raise ReadError("a node is not the one above names", "proof-path-mismatch")
    return start, end


def _path(cuts: list[tuple[bytes, int, int]], last: bytes, stop: _Stop) -> Path:
    start, end = stop.child
    value = last[start:end]
    steps = [ProofStep(last[:start], last[end:], _KECCAK)]
    if not value:
        steps = [ProofStep(b"", b"", _KECCAK)]
    for node, begin, finish in reversed(cuts):
        steps.append(ProofStep(node[:begin], node[finish:], _KECCAK))
    return Path(value or last, tuple(steps), value)
