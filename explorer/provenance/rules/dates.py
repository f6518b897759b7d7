"""Dates and times in free fields, as rules read them."""

from datetime import UTC, datetime, timedelta

from explorer.core.absent import Absent

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def moment_of(text: str) -> int | Absent:
    """Return microseconds since 1970-01-01 UTC; without a zone the time is UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return Absent.UNREADABLE
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // _MICROSECOND


def shown_us(time_us: int) -> str:
    """Return a time for people, to the minute, UTC."""
    try:
        moment = _EPOCH + timedelta(microseconds=time_us)
    except OverflowError:
        return f"{time_us} µs"
    return moment.strftime("%Y-%m-%d %H:%MZ")
