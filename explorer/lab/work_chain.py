"""A chain with proof of work: blocks of Bitcoin's regression test network, mined here.

Header and coinbase as Bitcoin Core 29 reads them; heights stand in the coinbase
(BIP-34). The target is harder than that network's easiest, so that finding a nonce
takes a few hundred tries. Left out: witnesses, fees and everything that spends.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.digests import HashAlgorithm
from explorer.crypto.bitcoin_headers import is_worked
from explorer.crypto.bitcoin_trees import merkle_root
from explorer.crypto.hashes import digest

MAGIC = bytes.fromhex("fabfb5da")
"""Begins each block in a file of the regression test network."""

EASY_BITS = 0x2000FFFF
"""One hash in 256 is small enough."""

MAX_TRIES = 2**22
"""More nonces than this are not tried."""

BLOCKS = 6
TAIL_BLOCK = 2
"""With ``has_spends`` this block holds three transactions."""

_HEADER = 80
_SCRIPT_AT = 42
"""Where the script of a transaction with one input begins."""
_FIRST_TIME = 1_756_684_800
_SPACING_S = 600
_REWARD = 25 * 100_000_000
_LARGEST_TAG = 40


@dataclass(frozen=True, slots=True)
class Mined:
    """A file after mining."""

    data: bytes
    tries: int
    """How many nonces were tried altogether."""


def work_chain(*, has_spends: bool = False) -> bytes:
    """Return the blocks of the lesson as a node keeps them in ``blk00000.dat``.

    ``has_spends`` adds two transactions to one block that spend what is not here.
    """
    first = 1 if has_spends else 0  # what is spent was made before the file begins
    parent, out = _hash(b"before") if has_spends else bytes(32), []
    for height in range(first, BLOCKS):
        tag = b"harvest 1433 kg" if height == 1 else b"lesson block %d" % height
        records = [_coinbase(height, tag)]
        if has_spends and height == TAIL_BLOCK:
            records += [_spend(b"one"), _spend(b"two")]
        block, _ = mine(parent, records, _FIRST_TIME + height * _SPACING_S, EASY_BITS)
        parent = _hash(block[:_HEADER])
        out.append(block)
    return framed(out)


def framed(blocks: Sequence[bytes]) -> bytes:
    """Return a node's file with these blocks."""
    return b"".join(MAGIC + struct.pack("<I", len(each)) + each for each in blocks)


def blocks_of(data: bytes) -> list[bytes]:
    """Return the blocks of a node's file.

    Raises:
        ValueError: If a frame is cut or is of another network.
    """
    found: list[bytes] = []
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        block = data[at + 8 : at + 8 + size]
        if data[at : at + 4] != MAGIC or len(block) != size or size <= _HEADER:
            raise ValueError("no block of the regression test network here")
        found.append(block)
        at += 8 + size
    return found


def remine(data: bytes, first: int, bits: int = 0) -> Mined:
    """Return the file with block ``first`` and all after it linked and mined anew.

    ``bits`` is another target for them; 0 keeps that of each block.

    Raises:
        ValueError: If there is no such block, or no nonce was found.
    """
    blocks = blocks_of(data)
    tries = 0
    for place in range(_place_of(blocks, first), len(blocks)):
        header, body = blocks[place][:_HEADER], blocks[place][_HEADER:]
        parent = _hash(blocks[place - 1][:_HEADER]) if place else header[4:36]
        moment, old_bits = struct.unpack("<II", header[68:76])
        blocks[place], tried = mine(parent, _records(body), moment, bits or old_bits)
        tries += tried
    return Mined(framed(blocks), tries)


def mine(
    parent: bytes, records: Sequence[bytes], time_s: int, bits: int
) -> tuple[bytes, int]:
    """Return a block whose hash is small enough, and how many nonces it took.

    Raises:
        ValueError: If none among ``MAX_TRIES`` will do.
    """
    root = merkle_root([_hash(each) for each in records], HashAlgorithm.SHA256D)
    head = struct.pack("<i", 4) + parent + root + struct.pack("<II", time_s, bits)
    for nonce in range(MAX_TRIES):
        header = head + struct.pack("<I", nonce)
        if is_worked(header):
            body = bytes((len(records),)) + b"".join(records)
            return header + body, nonce + 1
    raise ValueError(f"no nonce among {MAX_TRIES} will do")


def repeat_tail(data: bytes, height: int) -> bytes:
    """Return the file with the last transaction of one block written twice.

    The root of Bitcoin's tree stays the same if the block had an odd number of them,
    more than one (CVE-2012-2459).

    Raises:
        ValueError: If there is no such block.
    """
    blocks = blocks_of(data)
    place = _place_of(blocks, height)
    header, body = blocks[place][:_HEADER], blocks[place][_HEADER:]
    records = _records(body)
    records.append(records[-1])
    blocks[place] = header + bytes((len(records),)) + b"".join(records)
    return framed(blocks)


def _place_of(blocks: Sequence[bytes], height: int) -> int:
    """Return the place of a block by the height that its coinbase states."""
    for place, block in enumerate(blocks):
        stated = block[_HEADER + 1 + _SCRIPT_AT]
        if height == (stated - 0x50 if stated else 0):
            return place
    raise ValueError(f"there is no block {height}")


def _records(body: bytes) -> list[bytes]:
    """Return the transactions of a lesson's block; all are of one shape."""
    found: list[bytes] = []
    at = 1
    while at < len(body):
        script = body[at + 41]
        end = at + 42 + script + 4 + 1 + 8 + 1 + 1 + 4
        found.append(body[at:end])
        at = end
    if len(found) != body[0]:
        raise ValueError("a block that is none of this lesson's")
    return found


def _coinbase(height: int, tag: bytes) -> bytes:
    stated = bytes((0x50 + height if height else 0,))  # OP_1 to OP_16 for 1 to 16
    short = tag[:_LARGEST_TAG]
    return _transaction(
        bytes(32) + b"\xff" * 4, stated + bytes((len(short),)) + short, _REWARD
    )


def _spend(name: bytes) -> bytes:
    return _transaction(_hash(name) + bytes(4), b"", 1_000)


def _transaction(outpoint: bytes, script: bytes, value: int) -> bytes:
    return b"".join(
        (
            struct.pack("<i", 1),
            b"\x01" + outpoint,
            bytes((len(script),)) + script + b"\xff" * 4,
            b"\x01" + struct.pack("<q", value) + b"\x01\x51",
            bytes(4),
        )
    )


def _hash(data: bytes) -> bytes:
    return digest(HashAlgorithm.SHA256D, data)
