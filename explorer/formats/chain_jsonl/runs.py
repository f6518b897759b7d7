"""The quick way through blocks that are all alike: empty, unsigned, in order.

Most blocks of a busy ledger hold nothing. ``take_run`` does for them exactly what
``Resolver`` does one by one (docs/formats/chain-jsonl.md version 1, section 3), without
asking again what the first look has answered, and stops at the first block that is
different in any way. A test compares both ways.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.formats.chain_jsonl import specs
from explorer.formats.chain_jsonl.drafting import Draft
from explorer.formats.chain_jsonl.lines import BlockLine
from explorer.model.blocks import Block
from explorer.model.claims import HashClaim, LinkClaim

_HEAD = len(b'{"block":')
_TAIL = len(b',"entries":[],"hash":""}') + 64
_DIGITS = 64
_CLOSING = len(b'"}')
_BEFORE_PREVIOUS = len(b'{"count":0,"entries_root":"","height":,"previous":"') + _DIGITS
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ANY_TIME = -(2**63)


class Parent(NamedTuple):
    """What the next block must follow."""

    header: bytes
    """Exact bytes whose hash it must declare; empty if they are not there."""
    place: ByteSpan
    hex: str = ""
    """The hash that the parent declares of itself."""
    hash: bytes = b""
    time_us: int = _ANY_TIME
    reason: str = "parent-not-in-export"
    """Why the header is not there."""


class RunRules(NamedTuple):
    """What makes a block of this chain a usual one."""

    source: int
    algorithm: HashAlgorithm
    empty_root: str
    """Hex of the root of no entries."""
    producers: frozenset[str]
    every: int
    """Blocks at multiples of it are signed, so they are not usual; 0: none."""


def pack_hashes(records: Sequence[BlockLine]) -> bytes:
    """Return the declared hashes, 32 bytes each, or nothing if one is none in hex."""
    texts = [each.hash for each in records]
    if set(map(len, texts)) != {_DIGITS}:
        return b""
    joined = "".join(texts)
    try:
        packed = bytes.fromhex(joined)
    except ValueError:
        return b""
    return packed if packed.hex() == joined else b""


def take_run(
    records: Sequence[BlockLine],
    lines: Sequence[bytes],
    hashes: bytes,
    place: tuple[int, int, int],
    state: tuple[Parent, RunRules],
    out: Draft,
) -> tuple[int, int, Parent]:
    """Take usual blocks; return the index and offset of the next, and the last one.

    ``place`` is the index and the offset of the first block and the height it must
    have; ``hashes`` are those of all records.
    """
    index, at, height = place
    parent, (source, algorithm, empty_root, producers, every) = state
    header, header_place, parent_hex, parent_hash, parent_us, reason = parent
    if not header:
        return index, at, parent
    block_hash, block_link = specs.BLOCK_HASH, specs.BLOCK_LINK
    epoch, unit, span_of = _EPOCH, _MICROSECOND, ByteSpan
    add_block, add_claim = out.blocks.append, out.claims.append
    digits = len(str(height))
    limit = 10**digits
    first = index
    for record in records[index:]:
        fields = record.block
        time_us = (fields.time - epoch) // unit
        if (
            fields.height != height
            or fields.previous != parent_hex
            or fields.count
            or record.entries
            or record.signature
            or fields.entries_root != empty_root
            or time_us < parent_us
            or fields.producer not in producers
            or (every and not height % every)
            or height >= limit
        ):
            break
        line = lines[index]
        end = at + len(line)
        exact = line[_HEAD:-_TAIL]
        start = at + _HEAD
        where = span_of(source, start, end - _TAIL)
        own_hash = hashes[32 * index : 32 * index + 32]
        add_block(
            Block(
                height,
                span_of(source, at, end),
                algorithm,
                exact,
                parent_hash,
                0,
                time_us,
            )
        )
        own_place = span_of(source, end - 66, end - _CLOSING)
        add_claim(
            HashClaim(
                block_hash, height, -1, algorithm, exact, own_hash, where, own_place
            )
        )
        start += _BEFORE_PREVIOUS + digits
        stated = span_of(source, start, start + _DIGITS)
        add_claim(
            LinkClaim(
                block_link, height, algorithm, header, parent_hash, header_place, stated
            )
        )
        header, header_place, parent_us = exact, where, time_us
        parent_hash, parent_hex = own_hash, record.hash
        index += 1
        height += 1
        at = end + 1
    taken = index - first
    out.empty_roots += taken
    out.passed[specs.PRODUCER] += taken
    return (
        index,
        at,
        Parent(header, header_place, parent_hex, parent_hash, parent_us, reason),
    )
