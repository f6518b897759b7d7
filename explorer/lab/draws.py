"""Repeatable choices for samples; nothing here is random or secret.

A linear congruential generator with Knuth's MMIX constants (The Art of Computer
Programming, volume 2, 3.3.4), the upper 31 bits of its state.
"""

from collections.abc import Sequence
from typing import TypeVar

_MULTIPLIER = 6_364_136_223_846_793_005
_INCREMENT = 1_442_695_040_888_963_407
_MASK = 2**64 - 1

Item = TypeVar("Item")


class Draws:
    """The same seed gives the same choices on every machine and version."""

    def __init__(self, seed: int) -> None:
        """Start from ``seed``."""
        self._state = seed & _MASK

    def below(self, limit: int) -> int:
        """Return a number from 0 to ``limit`` - 1."""
        self._state = (self._state * _MULTIPLIER + _INCREMENT) & _MASK
        return (self._state >> 33) % limit

    def between(self, least: int, most: int) -> int:
        """Return a number from ``least`` to ``most``."""
        return least + self.below(most - least + 1)

    def pick(self, items: Sequence[Item]) -> Item:
        """Return one of ``items``."""
        return items[self.below(len(items))]
