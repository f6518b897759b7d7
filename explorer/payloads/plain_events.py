"""Events in plain JSON objects: ``{"inputs": […], "outputs": […]}``, ``{"item": …}``.

``docs/formats/chain-jsonl.md``, section 3: what somebody writes who knows no standard.
``what`` says what was done and ``time`` when. Other shapes are left to mapping
profiles.
"""

from collections.abc import Mapping

from explorer.encodings.epcis.json_text import Number
from explorer.encodings.epcis.times import read_time
from explorer.encodings.gs1.links import canonical
from explorer.model.events import EntryPlace, EventKind, EventPlace, TraceEvent

MAX_WHAT_CHARACTERS = 200
"""Longest text that says what an event did."""


def plain_event(
    value: object, place: EventPlace, entry: EntryPlace
) -> TraceEvent | None:
    """Return the event of a plain object, nothing if it is none."""
    if not isinstance(value, dict):
        return None
    used = _names(value.get("inputs"), is_list=True)
    made = _names(value.get("outputs"), is_list=True)
    listed = _names(value.get("items"), is_list=True)
    single = _names(value.get("item"), is_list=False)
    if used is None or made is None or listed is None or single is None:
        return None
    items = tuple(dict.fromkeys((*listed, *single)))
    if not (items or used or made):
        return None
    what, time = _text(value, "what")[:MAX_WHAT_CHARACTERS], _text(value, "time")
    time_us, zone = read_time(time)
    is_seen = bool(items) and not (used or made)
    return TraceEvent(
        kind=EventKind.OBSERVATION if is_seen else EventKind.TRANSFORMATION,
        place=place,
        entry=entry,
        event_time_us=time_us,
        written_zone_minutes=zone,
        step=what,
        things=items if is_seen else (),
        inputs=() if is_seen else used or items,
        outputs=made,
    )


def _names(value: object, *, is_list: bool) -> tuple[str, ...] | None:
    """Return canonical ids, nothing if one is no text, whole number or object."""
    if value is None:
        return ()
    values = value if is_list else [value]
    if not isinstance(values, list):
        return None
    names = [_name(each) for each in values]
    if None in names:
        return None
    return tuple(dict.fromkeys(canonical(each) for each in names if each))


def _name(value: object) -> str | None:
    found = value.get("id") if isinstance(value, dict) else value
    if isinstance(found, Number):
        return str(found) if found.lstrip("-").isdigit() else None
    return _sound(found) if isinstance(found, str) else None


def _text(value: Mapping[str, object], name: str) -> str:
    found = value.get(name)
    is_text = isinstance(found, str) and not isinstance(found, Number)
    return _sound(str(found)) if is_text else ""


def _sound(text: str) -> str:
    """Return text without halves of surrogate pairs."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
