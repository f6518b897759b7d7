"""Values that expressions compute with.

A value is ``True`` or ``False``, an exact number, a text, a ``Moment``, a ``Quantity``
(durations too), or a tuple of texts for a field that can have several. ``None`` is
*unknown*: the field is not there. Comparing with it gives unknown, as in SQL.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, or the interval that a literal such as ``2026-09-01`` stands for."""

    start_us: int
    """Microseconds since 1970-01-01 UTC."""
    end_us: int
    """Last microsecond of the interval; equal to the start for a single moment."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in the base unit of its dimension."""

    amount: Fraction
    dimension: str
    """``mass``, ``duration`` (microseconds)…; empty for a plain number."""


Value = bool | Quantity | str | Moment | tuple[str, ...] | None


def number(value: int | Fraction) -> Quantity:
    """Return a plain number."""
    return Quantity(Fraction(value), "")


def moment(time_us: int) -> Moment:
    """Return a single moment, given in microseconds since 1970-01-01 UTC."""
    return Moment(time_us, time_us)
