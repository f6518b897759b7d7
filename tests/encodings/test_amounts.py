from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.amounts import AmountError, read_amount, unit_code


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("40", "40"),
        ("0.10", "0.10"),
        ("-3.5", "-3.5"),
        ("1e3", "1E+3"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        (" 7 ", "7"),
    ],
)
def test_amounts_are_exact(text: str, amount: str) -> None:
    assert str(read_amount(text)) == amount


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1,200", "amount-ambiguous"),
        ("1.200,5", "amount-not-read"),
        ("40 kg", "amount-not-read"),
        ("", "amount-not-read"),
        ("NaN", "amount-not-read"),
        ("1e999", "amount-not-read"),
        ("9" * 61, "amount-not-read"),
        ("١٢", "amount-not-read"),
    ],
)
def test_amounts_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(AmountError) as refused:
        read_amount(text)
    assert refused.value.reason == reason


def test_units() -> None:
    assert [unit_code(each) for each in ("kg", "公斤", " KGM ", "箱", "pallet")] == [
        *("KGM", "KGM", "KGM", "", "pallet")
    ]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_every_decimal_comes_back(amount: Decimal) -> None:
    text = format(amount, "f")
    if len(text) <= 60:
        assert read_amount(text) == amount
