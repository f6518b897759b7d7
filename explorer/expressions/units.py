"""Units that stand behind a number, each as an exact factor of its base unit.

Codes of UN/ECE Recommendation 20 (``KGM``), everyday signs (``kg``) and Chinese names
(``公斤``, ``斤``, ``元``) are one unit. Money is never converted between currencies.
Temperatures have one unit only, because degrees are no multiples of one another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a multiple of the base unit of what it measures."""

    dimension: str
    factor: Fraction


_TABLE: dict[str, dict[str, str]] = {
    "mass": {
        "mg MGM": "1/1000000",
        "g GRM 克": "1/1000",
        "kg KGM 公斤 千克": "1",
        "t TNE 吨": "1000",
        "斤 jin": "1/2",
        "lb LBR": "45359237/100000000",
        "oz ONZ": "45359237/1600000000",
    },
    "length": {
        "mm MMT": "1/1000",
        "cm CMT": "1/100",
        "m MTR 米": "1",
        "km KMT": "1000",
    },
    "area": {"m2 MTK": "1", "mu 亩": "2000/3", "ha HAR 公顷": "10000"},
    "volume": {"ml MLT": "1/1000", "l LTR 升": "1", "m3 MTQ": "1000"},
    "temperature": {"°C CEL degC 度": "1"},
    "duration": {
        "us": "1",
        "ms": "1000",
        "s 秒": "1000000",
        "min 分钟": "60000000",
        "h 小时": "3600000000",
        "d 天": "86400000000",
        "w 周": "604800000000",
    },
    "share": {"%": "1/100"},
    "money CNY": {"CNY RMB 元": "1", "万元": "10000", "亿元": "100000000"},
    "money USD": {"USD": "1"},
    "money EUR": {"EUR": "1"},
    "pieces": {"pcs H87 EA 件 个 箱": "1"},
}

UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        name: Unit(dimension, Fraction(factor))
        for dimension, rows in _TABLE.items()
        for names, factor in rows.items()
        for name in names.split()
    }
)
"""Name or sign → unit; durations count microseconds."""
