"""Framing, work and roots of a node's files alone, without entries or claims.

What the benchmarks compare with other programs: every block is parsed, its work and the
root of its transactions are worked out, nothing is kept.
"""

from collections.abc import Iterator

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.bitcoin_headers import is_worked
from explorer.crypto.bitcoin_trees import merkle_root
from explorer.encodings.bitcoin_headers import HEADER_BYTES, ROOT
from explorer.formats.bitcoin.parsing import read_block
from explorer.formats.bitcoin.store import Frame, StoreFile


class Shape(msgspec.Struct, frozen=True, gc=False):
    """What one block showed."""

    transactions: int
    is_whole: bool
    is_worked: bool
    has_root: bool


def structure_only(store: StoreFile) -> Iterator[Shape]:
    """Yield one answer for each frame of a file.

    Raises:
        ReadError: If the file can no longer be read.
    """
    for frame in store.frames():
        if not isinstance(frame, Frame):
            yield Shape(0, is_whole=False, is_worked=False, has_root=False)
            continue
        data = store.read(frame.start, frame.end)
        worked = is_worked(data[:HEADER_BYTES])
        try:
            found, end = read_block(data)
        except ReadError:
            yield Shape(0, is_whole=False, is_worked=worked, has_root=False)
            continue
        leaves = [each.txid for each in found]
        root = merkle_root(leaves, HashAlgorithm.SHA256D)
        whole = end == len(data) and not frame.fault
        yield Shape(len(found), whole, worked, root == data[ROOT])
