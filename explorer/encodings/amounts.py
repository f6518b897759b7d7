"""Amounts and units as people write them: exact decimals or nothing.

UN/CEFACT Recommendation 20 (units). ``1,200`` is twelve hundred here and one and a
fifth there: refused, never guessed.
"""

import re
from decimal import Decimal

MAX_DIGITS = 60
"""Longest number that is taken."""

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?P<rest>\.[0-9]+)?")

_UNITS = {
    "KGM": "kg kilo kilos kilogram kilograms 公斤 千克",
    "GRM": "g gram grams 克",
    "TNE": "t tonne tonnes 吨",
    "LBR": "lb lbs pound pounds 磅",
    "ONZ": "oz ounce ounces",
    "LTR": "l litre litres liter liters 升",
    "MLT": "ml 毫升",
    "GLL": "gal gallon gallons",
    "MTR": "m 米",
    "CEL": "℃ °c celsius 摄氏度",
    "FAH": "℉ °f fahrenheit",
    "P1": "% percent",
    "": "ea each pcs piece pieces 个 件 只 箱 box boxes",
}
_BY_WORD = {word: code for code, words in _UNITS.items() for word in words.split()}


class AmountError(ValueError):
    """The text gives no amount; ``args[0]`` is the reason in kebab-case."""

    @property
    def reason(self) -> str:
        """Return ``amount-not-read`` or ``amount-ambiguous``."""
        return str(self.args[0])


def read_amount(text: str) -> Decimal:
    """Return the number that ``text`` gives, exactly.

    Raises:
        AmountError: If it gives none, or could give two.
    """
    text = text.strip()
    if len(text) > MAX_DIGITS:
        raise AmountError("amount-not-read")
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    grouped = _GROUPED.fullmatch(text)
    if grouped is None:
        raise AmountError("amount-not-read")
    if text.count(",") == 1 and grouped["rest"] is None:
        raise AmountError("amount-ambiguous")
    return Decimal(text.replace(",", ""))


def unit_code(text: str) -> str:
    """Return the code of a unit, empty for pieces; an unknown word stays as it is."""
    return _BY_WORD.get(text.strip().lower(), text.strip())
