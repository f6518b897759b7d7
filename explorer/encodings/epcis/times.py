"""Times of events.

XML Schema 1.1, part 2, ``dateTime`` (GS1 EPCIS 2.0.1, section 7.3.2). A time without a
zone is taken as UTC. Digits behind the microsecond are dropped.
"""

import re
from datetime import UTC, datetime, timedelta

from explorer.core.absent import Absent

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ZONE = re.compile(r"([+-])(\d\d):?(\d\d)", re.ASCII)
MAX_TIME_CHARACTERS = 64


def read_time(text: str) -> tuple[int | Absent, int | Absent]:
    """Return (microseconds since 1970-01-01 UTC, minutes east of UTC as written)."""
    plain = text.strip()
    if not plain:
        return Absent.NOT_IN_EXPORT, Absent.NOT_IN_EXPORT
    try:
        moment = datetime.fromisoformat(plain[:MAX_TIME_CHARACTERS])
    except ValueError:
        return Absent.UNREADABLE, Absent.UNREADABLE
    offset = moment.utcoffset()
    if offset is None:
        return (moment.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND, (
            Absent.NOT_IN_EXPORT
        )
    return (moment - _EPOCH) // _MICROSECOND, offset // timedelta(minutes=1)


def read_zone(text: str) -> int | Absent:
    """Return the minutes east of UTC of an ``eventTimeZoneOffset``."""
    plain = text.strip()
    if plain in {"Z", "z"}:
        return 0
    match = _ZONE.fullmatch(plain)
    if match is None:
        return Absent.UNREADABLE if plain else Absent.NOT_IN_EXPORT
    minutes = int(match[2]) * 60 + int(match[3])
    return -minutes if match[1] == "-" else minutes


def in_milliseconds(text: str, *, half_even: bool = False) -> str:
    """Return a time in UTC with three decimals and ``Z``, as event hashes have it.

    The fourth decimal rounds, upwards from 5 or, if asked, half to even; what is no
    time stays as it is.
    """
    time_us, _ = read_time(text)
    if isinstance(time_us, Absent):
        return text.strip()
    rounded = round(time_us, -3) // 1_000 if half_even else (time_us + 500) // 1_000
    try:
        moment = _EPOCH + timedelta(milliseconds=rounded)
    except OverflowError:
        return text.strip()
    return f"{moment.isoformat(timespec='milliseconds')[:-6]}Z"
