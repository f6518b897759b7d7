"""The outputs that can still be spent, as far as the evidence shows them.

Memory is bounded: above ``MAX_OUTPUTS`` the oldest are forgotten, and what spends them
later is counted as unknown.
"""

import struct

from explorer.formats.bitcoin.records import Spent

MAX_OUTPUTS = 600_000
"""Outputs kept, some 250 bytes each."""
MAX_SPENT = 300_000
"""Outpoints remembered as spent, so that a second spending shows."""

_head = struct.Struct("<qii")
_HEAD_BYTES = _head.size


class Outputs:
    """Outputs of the blocks so far; packed, because there are many."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[bytes, bytes] = {}
        self._spent: dict[bytes, None] = {}
        self.forgotten = 0

    def add(
        self, outpoint: bytes, value: int, script: bytes, at: tuple[int, int]
    ) -> None:
        """Take an output that the transaction at (height, position) made."""
        known = self._known
        known[outpoint] = _head.pack(value, *at) + script
        if self._spent:
            self._spent.pop(outpoint, None)  # the same coinbase made again (BIP-30)
        if len(known) > MAX_OUTPUTS:
            del known[next(iter(known))]
            self.forgotten += 1

    def take(self, outpoint: bytes) -> Spent | None:
        """Return an output and forget it; ``None`` if it is not known."""
        packed = self._known.pop(outpoint, None)
        if packed is None:
            return None
        value, block, entry = _head.unpack_from(packed)
        return Spent(value, packed[_HEAD_BYTES:], block, entry)

    def was_spent(self, outpoint: bytes) -> bool:
        """Return whether it was spent before; remember that it is spent now."""
        spent = self._spent
        if outpoint in spent:
            return True
        spent[outpoint] = None
        if len(spent) > MAX_SPENT:
            del spent[next(iter(spent))]
        return False
