"""Times as text: ISO 8601-1:2019 in UTC, or with the offset of a zone beside it.

Only this module turns microseconds into words, so that no report depends on the zone
or the locale of the computer that makes it.
"""

from datetime import UTC, datetime, timedelta, tzinfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso_utc(time_us: int) -> str:
    """Return microseconds since 1970-01-01 UTC as ``2025-03-01T04:05:06.000000Z``.

    A number outside the years 1 to 9999 is returned as it is, with its unit.
    """
    try:
        moment = _EPOCH + timedelta(microseconds=time_us)
    except OverflowError:
        return f"{time_us} us since 1970-01-01"
    return _utc_text(moment, "microseconds")


def short_utc(time_us: int) -> str:
    """Return the time for people: ``2025-03-01 04:05:06 UTC``, fractions if any."""
    try:
        moment = _EPOCH + timedelta(microseconds=time_us)
    except OverflowError:
        return f"{time_us} us since 1970-01-01"
    return moment.replace(tzinfo=None).isoformat(" ") + " UTC"


def in_zone(time_us: int, zone: tzinfo) -> str:
    """Return the time in ``zone`` with its offset, or an empty text for UTC itself.

    Also empty where the zone would leave the years 1 to 9999.
    """
    try:
        moment = (_EPOCH + timedelta(microseconds=time_us)).astimezone(zone)
    except OverflowError:
        return ""
    if not moment.utcoffset():
        return ""
    return moment.isoformat(" ")


def moment_utc(moment: datetime) -> str:
    """Return an aware time as ISO 8601 UTC to the second.

    Raises:
        ValueError: If ``moment`` has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a report needs times with a zone")
    return _utc_text(moment.astimezone(UTC), "seconds")


def _utc_text(moment: datetime, timespec: str) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec=timespec) + "Z"
