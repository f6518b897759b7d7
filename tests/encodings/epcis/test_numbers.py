from decimal import Decimal

import pytest

from explorer.core.absent import Absent
from explorer.encodings.epcis.numbers import decimal_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.50", Decimal("12.50")),
        (" -1e3 ", Decimal("-1E+3")),
        (".5", Decimal("0.5")),
        ("", Absent.NOT_IN_EXPORT),
        ("NaN", Absent.UNREADABLE),
        ("Infinity", Absent.UNREADABLE),
        ("1_000", Absent.UNREADABLE),
        ("\uff11\uff12", Absent.UNREADABLE),
        ("1e9999", Absent.UNREADABLE),
        ("9" * 101, Absent.UNREADABLE),
    ],
)
def test_numbers_are_exact_or_none(text: str, expected: object) -> None:
    assert decimal_of(text) == expected
