"""Units of mass, volume, length and count, brought to one base unit each.

UN/CEFACT Recommendation 20, revision 17: conversion factors of the codes that trade in
goods uses. A quantity without a unit is a count of pieces (EPCIS 2.0.1, section 7.3.3).
A code that is not listed is its own base: amounts compare only with the same code.
"""

from decimal import Decimal
from typing import NamedTuple

PIECES = "EA"
KILOGRAM = "KGM"


class Measure(NamedTuple):
    """An amount in a base unit."""

    base: str
    amount: Decimal


_FACTORS: dict[str, tuple[str, Decimal]] = {
    "": (PIECES, Decimal(1)),
    "EA": (PIECES, Decimal(1)),
    "H87": (PIECES, Decimal(1)),
    "C62": (PIECES, Decimal(1)),
    "NAR": (PIECES, Decimal(1)),
    "DZN": (PIECES, Decimal(12)),
    "KGM": (KILOGRAM, Decimal(1)),
    "GRM": (KILOGRAM, Decimal("0.001")),
    "MGM": (KILOGRAM, Decimal("0.000001")),
    "TNE": (KILOGRAM, Decimal(1000)),
    "LBR": (KILOGRAM, Decimal("0.45359237")),
    "ONZ": (KILOGRAM, Decimal("0.028349523125")),
    "STN": (KILOGRAM, Decimal("907.18474")),
    "LTN": (KILOGRAM, Decimal("1016.0469088")),
    "LTR": ("LTR", Decimal(1)),
    "MLT": ("LTR", Decimal("0.001")),
    "HLT": ("LTR", Decimal(100)),
    "MTQ": ("LTR", Decimal(1000)),
    "GLL": ("LTR", Decimal("3.785411784")),
    "MTR": ("MTR", Decimal(1)),
    "CMT": ("MTR", Decimal("0.01")),
}


def measure(amount: Decimal, unit: str) -> Measure:
    """Return an amount in its base unit."""
    base, factor = _FACTORS.get(unit, (unit, Decimal(1)))
    return Measure(base, amount * factor)
