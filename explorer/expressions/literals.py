"""Numbers, units and times as they are written."""

import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from explorer.expressions.errors import ExpressionError
from explorer.expressions.tokens import Token
from explorer.expressions.units import UNITS
from explorer.expressions.values import Moment, Quantity

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)\Z")
_LENGTHS = {10: 86_400_000_000, 16: 60_000_000, 19: 1_000_000}
"""Characters without zone → microseconds that such a literal stands for."""


def number_of(token: Token, unit: Token | None) -> Quantity:
    """Return the exact number, in the base unit where a unit stands behind it."""
    is_hex = token.text[:2].lower() == "0x"
    amount = Fraction(int(token.text, 16)) if is_hex else Fraction(token.text)
    if unit is None:
        return Quantity(amount, "")
    known = UNITS[unit.text]
    if known.dimension == "share":
        return Quantity(amount * known.factor, "")
    return Quantity(amount * known.factor, known.dimension)


def moment_of(token: Token) -> Moment:
    """Return the interval of a day, minute or second, or a moment; UTC without zone.

    Raises:
        ExpressionError: ``no-such-time`` for a 31st of February and its like.
    """
    bare = _ZONE.sub("", token.text[10:])
    length = 10 + len(bare)
    try:
        at = datetime.fromisoformat(token.text)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        start = (at.astimezone(UTC) - _EPOCH) // _MICROSECOND
    except (ValueError, OverflowError) as error:
        raise ExpressionError(
            "there is no such time", "no-such-time", token.start, token.end
        ) from error
    return Moment(start, start + _LENGTHS.get(length, 1) - 1)
