"""Times as people write them, read exactly or not at all.

ISO 8601 (``2026-09-01T06:00+08:00``, also with a space), year-first dates with other
marks, Chinese dates (``2026年9月1日``), and forms that a profile states, such as
``DD/MM/YYYY hh:mm``. Without a stated form ``3/4/2026`` could be the third of April or
the fourth of March: it is refused, never guessed. Two-digit years are refused without
a stated form.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

import msgspec

from explorer.core.absent import Absent

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

MAX_CHARACTERS = 64
"""Longest text that is taken for a time."""


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A time that was read."""

    time_us: int
    """Microseconds since 1970-01-01 UTC."""
    zone_minutes: int
    """Minutes east of UTC."""
    is_zone_written: bool
    is_day: bool
    """Only a date was written; the time is the first moment of that day."""


class MomentError(ValueError):
    """The text gives no time; ``args[0]`` is the reason in kebab-case."""

    @property
    def reason(self) -> str:
        """Return ``time-ambiguous``, ``time-not-read`` or ``time-impossible``."""
        return str(self.args[0])


_ZONE = r"(?:\s*(?P<zone>Z|z|UTC|[+-][0-9]{2}:?[0-9]{2}))?"
_CLOCK = (
    r"(?:(?:T|\s+|\s*)(?P<hh>[0-9]{1,2})[:时](?P<mm>[0-9]{1,2})"
    r"(?:[:分](?P<ss>[0-9]{1,2})(?:[.,](?P<ff>[0-9]{1,9}))?秒?)?分?(?:\s*(?P<half>[AaPp][Mm]))?"
    + _ZONE
    + r")?"
)
_YEAR_FIRST = re.compile(
    r"(?P<YYYY>[0-9]{4})\s*[-/.年]\s*(?P<MM>[0-9]{1,2})\s*[-/.月]\s*(?P<DD>[0-9]{1,2})日?"
    + _CLOCK
)
_COMPACT = re.compile(
    r"(?P<YYYY>[0-9]{4})(?P<MM>[0-9]{2})(?P<DD>[0-9]{2})"
    r"(?:T(?P<hh>[0-9]{2})(?P<mm>[0-9]{2})(?P<ss>[0-9]{2})?" + _ZONE + r")?"
)
_YEAR_LAST = re.compile(
    r"(?P<one>[0-9]{1,2})[-/.](?P<two>[0-9]{1,2})[-/.](?P<YYYY>[0-9]{4}|[0-9]{2})"
    + _CLOCK
)
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTH = "(?P<month>[A-Za-z]{3,9})"
_NAMED = (
    re.compile(
        r"(?P<DD>[0-9]{1,2})[-\s]" + _MONTH + r"[-,\s]\s*(?P<YYYY>[0-9]{4})" + _CLOCK
    ),
    re.compile(_MONTH + r"\s+(?P<DD>[0-9]{1,2}),?\s+(?P<YYYY>[0-9]{4})" + _CLOCK),
)
_TOKENS = {
    "YYYY": "(?P<YYYY>[0-9]{4})",
    "YY": "(?P<YY>[0-9]{2})",
    "MM": "(?P<MM>[0-9]{1,2})",
    "DD": "(?P<DD>[0-9]{1,2})",
    "hh": "(?P<hh>[0-9]{1,2})",
    "mm": "(?P<mm>[0-9]{1,2})",
    "ss": "(?P<ss>[0-9]{1,2})(?:[.,](?P<ff>[0-9]{1,9}))?",
    "zone": "(?P<zone>Z|z|UTC|[+-][0-9]{2}:?[0-9]{2})",
    "half": "(?P<half>[AaPp][Mm])",
}
_TOKEN = re.compile("|".join(_TOKENS))


def read_moment(
    text: str,
    forms: tuple[str, ...] = (),
    zone_minutes: int | None = None,
    near_us: int | None = None,
) -> Moment:
    """Return the time that ``text`` gives.

    ``forms`` are the only ones tried if there are any. ``zone_minutes`` counts where no
    zone is written (UTC if it is not known). A form without a year takes the one that
    puts the time last before ``near_us``, with a day to spare.

    Raises:
        MomentError: If it gives none, or more than one.
    """
    text = text.strip()
    if len(text) > MAX_CHARACTERS or not text:
        raise MomentError("time-not-read")
    for form in forms:
        found = _pattern(form).fullmatch(text)
        if found is not None:
            return _moment(found.groupdict(), zone_minutes, near_us)
    if forms:
        raise MomentError("time-not-read")
    return _moment(_usual(text), zone_minutes, near_us)


def utc_text(time_us: int | Absent) -> str:
    """Return a time as ISO 8601 in UTC; nothing for one that is not there."""
    if isinstance(time_us, Absent):
        return ""
    try:
        moment = EPOCH + time_us * _MICROSECOND
    except OverflowError:
        return ""
    return moment.isoformat().replace("+00:00", "Z")


@lru_cache(maxsize=256)
def zone_of(text: str) -> int | None:
    """Return the minutes east of UTC of ``+08:00`` or ``Z``; ``None`` for no text.

    Raises:
        ValueError: If it is written otherwise.
    """
    if not text:
        return None
    if text in {"Z", "z", "UTC"}:
        return 0
    found = re.fullmatch(r"([+-])([0-9]{2}):?([0-9]{2})", text)
    if found is None or int(found[2]) > 14 or int(found[3]) > 59:
        raise ValueError(f"{text} is no offset such as +08:00")
    minutes = int(found[2]) * 60 + int(found[3])
    return -minutes if found[1] == "-" else minutes


def check_form(form: str) -> None:
    """Refuse a form that has no day or names a part twice.

    Raises:
        ValueError: If it cannot be used.
    """
    tokens = _TOKEN.findall(form)
    if len(set(tokens)) != len(tokens):
        raise ValueError(f"the form {form!r} names a part twice")
    if "MM" not in tokens or "DD" not in tokens:
        raise ValueError(f"the form {form!r} has no MM and DD")


@lru_cache(maxsize=256)
def _pattern(form: str) -> re.Pattern[str]:
    out, at = "", 0
    for found in _TOKEN.finditer(form):
        out += re.escape(form[at : found.start()]) + _TOKENS[found[0]]
        at = found.end()
    return re.compile(out + re.escape(form[at:]))


def _usual(text: str) -> dict[str, str | None]:
    for pattern in (_YEAR_FIRST, _COMPACT, *_NAMED):
        found = pattern.fullmatch(text)
        if found is not None:
            return found.groupdict()
    found = _YEAR_LAST.fullmatch(text)
    if found is None:
        raise MomentError("time-not-read")
    parts: dict[str, str | None] = found.groupdict()
    one, two = int(found["one"]), int(found["two"])
    if len(found["YYYY"]) == 2 or (one <= 12 and two <= 12 and one != two):
        raise MomentError("time-ambiguous")
    day, month = (one, two) if one > 12 else (two, one)
    return parts | {"DD": str(day), "MM": str(month)}


def _moment(
    parts: dict[str, str | None], zone_minutes: int | None, near_us: int | None
) -> Moment:
    written = parts.get("zone")
    try:
        minutes = zone_of(written) if written else zone_minutes
        time_us = (_datetime(parts, minutes or 0, near_us) - EPOCH) // _MICROSECOND
    except MomentError:
        raise
    except (ValueError, OverflowError) as error:
        raise MomentError("time-impossible") from error
    return Moment(time_us, minutes or 0, bool(written), parts.get("hh") is None)


def _datetime(
    parts: dict[str, str | None], zone_minutes: int, near_us: int | None
) -> datetime:
    zone = timezone(timedelta(minutes=zone_minutes))
    year = _year(parts)
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hh", "mm", "ss"))
    micro = int((parts.get("ff") or "0").ljust(6, "0")[:6])
    clock = (_hour(hour, parts.get("half")), minute, second, micro)
    day = (_month(parts), int(parts["DD"] or 0))
    if year is None:
        return _last_before(day, clock, zone, near_us)
    return datetime(year, *day, *clock, tzinfo=zone)


def _year(parts: dict[str, str | None]) -> int | None:
    full, short = parts.get("YYYY"), parts.get("YY")
    if full:
        return int(full)
    return 2000 + int(short) if short else None


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("month")
    if name is None:
        return int(parts["MM"] or 0)
    at = _MONTHS.find(name[:3].lower())
    if at % 3:  # also -1: no month begins so
        raise MomentError("time-not-read")
    return at // 3 + 1


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise MomentError("time-impossible")
    return hour % 12 + (12 if half.lower() == "pm" else 0)


def _last_before(
    day: tuple[int, int],
    clock: tuple[int, int, int, int],
    zone: timezone,
    near_us: int | None,
) -> datetime:
    if near_us is None:
        raise MomentError("time-ambiguous")
    latest = EPOCH + timedelta(microseconds=near_us) + timedelta(days=1)
    for year in range(latest.year, latest.year - 9, -1):  # 29 February comes rarely
        try:
            found = datetime(year, *day, *clock, tzinfo=zone)
        except ValueError:
            continue
        if found <= latest:
            return found
    raise MomentError("time-impossible")
