"""Numbers, sizes, times and ids as the window writes them (WINDOW sections 2 and 12).

Thousands with a narrow no-break space, times always with UTC, hashes in groups of four
when they are compared and ``8…4`` when they are only recognised.
"""

import re
from datetime import MAXYEAR, UTC, datetime, timedelta, timezone

from explorer.core.absent import Absent
from explorer.gui.translations import current_language, translate
from explorer.model.blocks import NO_BLOCK
from explorer.reports.words import Language

NARROW_SPACE = "\u202f"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BEIJING = timezone(timedelta(hours=8))
_MAY_BREAK = "\u200b"
_LONG_WORD = re.compile(r"[^\s\u2e80-\uffff]{24}(?=\S)")
_UNITS = ("B", "kB", "MB", "GB", "TB")


def grouped(number: int) -> str:
    """Return a whole number with a narrow space between thousands."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def counted(number: int, one: str, many: str) -> str:
    """Return ``one`` for 1, else ``many`` with its ``{0}`` replaced by the number."""
    return one if number == 1 else many.format(grouped(number))


def size_text(size_bytes: int) -> str:
    """Return a size in decimal units, as file managers show it."""
    value, unit = float(size_bytes), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    number = f"{value:.0f}" if unit == 0 or value >= 99.95 else f"{value:.1f}"
    return f"{number} {_UNITS[unit]}"


def time_text(time_us: int | Absent) -> str:
    """Return a time in UTC, with Beijing time beside it in Chinese."""
    if isinstance(time_us, Absent):
        return translate("Wording", "not recorded")
    try:
        moment = _EPOCH + timedelta(microseconds=time_us)
    except OverflowError:
        return f"{time_us} µs"
    text = f"{moment:%Y-%m-%d %H:%M:%S} UTC"
    if current_language() is Language.ZH and moment.year < MAXYEAR:
        beijing = moment.astimezone(_BEIJING)
        text += f"（北京时间 {beijing:%m-%d %H:%M:%S}）"
    return text


def time_range_text(first_us: int | Absent, last_us: int | Absent) -> str:
    """Return from when to when, the date once if both are of one day; else empty."""
    if isinstance(first_us, Absent) or isinstance(last_us, Absent):
        return ""
    try:
        first = _EPOCH + timedelta(microseconds=first_us)
        last = _EPOCH + timedelta(microseconds=last_us)
    except OverflowError:
        return ""
    if first.date() == last.date():
        return f"{first:%Y-%m-%d}  {first:%H:%M:%S} – {last:%H:%M:%S} UTC"
    return f"{first:%Y-%m-%d %H:%M} – {last:%Y-%m-%d %H:%M} UTC"


def duration_text(seconds: float) -> str:
    """Return a duration rounded for people."""
    if seconds < 9.95:
        return translate("Wording", "{0} s").format(f"{seconds:.1f}")
    if seconds < 90:
        return translate("Wording", "{0} s").format(f"{seconds:.0f}")
    return translate("Wording", "{0} min").format(f"{seconds / 60:.0f}")


def ago_text(then: datetime, now: datetime) -> str:
    """Return how long ago something was, in days."""
    days = (now.date() - then.date()).days
    if days <= 0:
        return translate("Wording", "today")
    if days == 1:
        return translate("Wording", "yesterday")
    return translate("Wording", "{0} days ago").format(days)


def short_hash(text: str) -> str:
    """Return a hash in hex as ``8…4``, only fit for recognising it."""
    return text if len(text) <= 16 else f"{text[:8]}…{text[-4:]}"


def breakable(text: str) -> str:
    """Return ``text`` with places to break within very long words, for wrapped labels.

    The places are zero-width spaces that we add ourselves after ``printable``.
    """
    return _LONG_WORD.sub(lambda found: found.group() + _MAY_BREAK, text)


def groups_of_four(text: str, per_line: int = 0) -> str:
    """Return hex in groups of four, for comparing; ``per_line`` groups a line."""
    groups = [text[at : at + 4] for at in range(0, len(text), 4)]
    if not per_line:
        return " ".join(groups)
    return "\n".join(
        " ".join(groups[at : at + per_line]) for at in range(0, len(groups), per_line)
    )


def place_text(height: int | None, entry: int | None) -> str:
    """Return a place for people, such as ``block 20, entry 1``."""
    if height is None:
        return translate("Wording", "the whole ledger")
    if height == NO_BLOCK:
        return loose_text(entry)
    block = translate("Wording", "block {0}").format(grouped(height))
    if entry is None:
        return block
    return translate("Wording", "{0}, entry {1}").format(block, grouped(entry))


def loose_text(entry: int | None, unit: str = "", total: int | None = None) -> str:
    """Return the place of an entry that belongs to no block, such as ``event 5``.

    ``unit`` is what the family calls an entry; with ``total`` also of how many.
    """
    if entry is None:
        return translate("Wording", "outside of all blocks")
    words = {
        "event": translate("Wording", "event {0}"),
        "row": translate("Wording", "row {0}"),
        "statement": translate("Wording", "statement {0}"),
        "proof": translate("Wording", "proof {0}"),
    }
    place = words.get(unit, translate("Wording", "entry {0}")).format(grouped(entry))
    if total is None:
        return place
    of = translate("Wording", "{0} of {1}, counted from 0")
    return of.format(place, grouped(total))


def unit_text(unit: str, count: int) -> str:
    """Return how many entries there are, in the family's own word."""
    words = {
        "event": (
            translate("Wording", "1 event"),
            translate("Wording", "{0} events"),
        ),
        "row": (translate("Wording", "1 row"), translate("Wording", "{0} rows")),
        "statement": (
            translate("Wording", "1 statement"),
            translate("Wording", "{0} statements"),
        ),
        "transaction": (
            translate("Wording", "1 transaction"),
            translate("Wording", "{0} transactions"),
        ),
    }
    usual = (translate("Wording", "1 entry"), translate("Wording", "{0} entries"))
    return counted(count, *words.get(unit, usual))


def units_word(unit: str) -> str:
    """Return the word below a large number of entries."""
    words = {
        "event": translate("Wording", "events"),
        "row": translate("Wording", "rows"),
        "statement": translate("Wording", "statements"),
    }
    return words.get(unit, translate("Wording", "entries"))
