"""Static rules of uncles: headers of side branches that a block rewards.

Yellow Paper, section 11.1: at most two, none twice, none an ancestor, each a child of
an ancestor up to seven blocks back, each following the rules of its own parent. Where
the evidence does not reach back far enough the answer is left open.
"""

from collections.abc import Iterator, Sequence

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import hash_function
from explorer.formats.ethereum.forks import Network, Reach
from explorer.formats.ethereum.header_rules import (
    Breach,
    Setting,
    header_breaches,
    parent_breaches,
)
from explorer.formats.ethereum.headers import Header

MAX_UNCLES = 2
GENERATIONS = 7
_keccak = hash_function(HashAlgorithm.KECCAK256)


class Ancestor(msgspec.Struct, frozen=True, gc=False):
    """A block before this one, nearest first."""

    hash: bytes
    header: Header
    uncles: tuple[bytes, ...]
    """Hashes of the uncles that it names."""


def uncle_breaches(
    uncles: Sequence[Header],
    header: Header,
    ancestors: Sequence[Ancestor],
    network: Network,
) -> Iterator[Breach]:
    """Yield the rules that the uncles of a block break.

    ``ancestors`` are at most seven, nearest first. A breach with the reason
    ``uncle-parent-not-in-export`` means that the evidence ends too early.
    """
    if len(uncles) > MAX_UNCLES:
        yield Breach("too-many-uncles", f"<= {MAX_UNCLES}", str(len(uncles)))
    used = {each for ancestor in ancestors for each in ancestor.uncles}
    line = {ancestor.hash for ancestor in ancestors}
    line.add(_keccak(header.raw))
    for uncle in uncles[: 2 * MAX_UNCLES]:
        name = _keccak(uncle.raw)
        if name in used:
            yield Breach("uncle-repeated", "", name.hex())
        if name in line:
            yield Breach("uncle-is-ancestor", "", name.hex())
        used.add(name)
        yield from _place(uncle, header, ancestors, network)


def _place(
    uncle: Header, header: Header, ancestors: Sequence[Ancestor], network: Network
) -> Iterator[Breach]:
    setting = Setting(_reach(network, uncle), dao_number=network.dao_number)
    yield from _as_uncle(header_breaches(uncle, setting))
    parents = ancestors[1:GENERATIONS]
    parent = next((each for each in parents if each.hash == uncle.parent_hash), None)
    if parent is not None:
        before = _reach(network, parent.header)
        yield from _as_uncle(parent_breaches(uncle, parent.header, setting, before))
        return
    is_whole = len(ancestors) >= GENERATIONS or (
        bool(ancestors) and ancestors[-1].header.number == 0
    )
    is_brother = bool(ancestors) and ancestors[0].hash == uncle.parent_hash
    if is_whole or is_brother or uncle.number >= header.number:
        yield Breach("uncle-parent-mismatch", "", uncle.parent_hash.hex())
    else:
        yield Breach("uncle-parent-not-in-export", "", uncle.parent_hash.hex())


def _reach(network: Network, header: Header) -> Reach:
    return network.reach(header.field_count, header.number, header.time, -1)


def _as_uncle(found: Iterator[Breach]) -> Iterator[Breach]:
    for each in found:
        yield Breach("uncle-rule", each.expected, f"{each.reason}: {each.found}")
