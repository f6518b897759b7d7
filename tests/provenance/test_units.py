from decimal import Decimal

import pytest

from explorer.provenance.units import measure


@pytest.mark.parametrize(
    ("amount", "unit", "base", "value"),
    [
        ("1", "KGM", "KGM", "1"),
        ("1", "TNE", "KGM", "1000"),
        ("500", "GRM", "KGM", "0.5"),
        ("100", "LBR", "KGM", "45.359237"),
        ("2", "", "EA", "2"),
        ("2", "DZN", "EA", "24"),
        ("1", "MTQ", "LTR", "1000"),
        ("3", "XYZ", "XYZ", "3"),
    ],
)
def test_base_units(amount: str, unit: str, base: str, value: str) -> None:
    assert measure(Decimal(amount), unit) == (base, Decimal(value))
