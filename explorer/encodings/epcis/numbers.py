"""Exact numbers of events: XML Schema 1.1, part 2, ``decimal`` and ``double``."""

import re
from decimal import Decimal

from explorer.core.absent import Absent

MAX_NUMBER_CHARACTERS = 100

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def decimal_of(text: str) -> Decimal | Absent:
    """Return the exact number of a text; nothing else is a number."""
    plain = text.strip()
    if not plain:
        return Absent.NOT_IN_EXPORT
    if len(plain) > MAX_NUMBER_CHARACTERS or _NUMBER.fullmatch(plain) is None:
        return Absent.UNREADABLE
    return Decimal(plain)
