"""Which target a block must state, from the headers before it.

Bitcoin Core 29, ``src/pow.cpp``; BIP-94 for the fourth test network. Every 2,016 blocks
the target is scaled by the time that these took, at most by four; in between it stays.
"""

from explorer.encodings.bitcoin_headers import bits_of, target_of
from explorer.formats.bitcoin.networks import (
    RETARGET_BLOCKS,
    TARGET_SPACING_S,
    TARGET_TIMESPAN_S,
    Network,
)

Header = tuple[int, int]
"""(bits, time in seconds)."""


class Difficulty:
    """Works the target out, in the order of the blocks."""

    def __init__(self, network: Network) -> None:
        """Know no block yet."""
        self._network = network
        self._headers: list[Header] = []
        self._next = -1
        self._easiest = bits_of(network.limit)

    def follow(self, height: int, bits: int, time_s: int, *, is_linked: bool) -> int:
        """Return the bits that a block must state; -1 where they cannot be known."""
        if not is_linked or height != self._next:
            self._headers = []
        wanted = self._wanted(height, time_s) if self._headers else -1
        self._headers.append((bits, time_s))
        # one more than a period, for the first block of the period before
        if len(self._headers) > RETARGET_BLOCKS:
            del self._headers[0]
        self._next = height + 1
        return wanted

    def _wanted(self, height: int, time_s: int) -> int:
        network, headers = self._network, self._headers
        if not network.retargets:
            return headers[-1][0]
        if height % RETARGET_BLOCKS == 0:
            return self._retargeted()
        if not network.has_easy_blocks:
            return headers[-1][0]
        if time_s > headers[-1][1] + 2 * TARGET_SPACING_S:
            return self._easiest
        return self._last_real(height)

    def _retargeted(self) -> int:
        headers = self._headers
        if len(headers) < RETARGET_BLOCKS:
            return -1
        took = headers[-1][1] - headers[0][1]
        took = min(max(took, TARGET_TIMESPAN_S // 4), TARGET_TIMESPAN_S * 4)
        base = headers[0][0] if self._network.keeps_base else headers[-1][0]
        target = target_of(base)
        if target is None:
            return -1
        return bits_of(min(target * took // TARGET_TIMESPAN_S, self._network.limit))

    def _last_real(self, height: int) -> int:
        """Return the last target that is no exception, back to the period's first."""
        for back, (bits, _) in enumerate(reversed(self._headers), 1):
            if bits != self._easiest or (height - back) % RETARGET_BLOCKS == 0:
                return bits
        return -1
