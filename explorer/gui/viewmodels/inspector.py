"""What the bytes selected say when read as numbers, text, or a time.

Only readings that fit are given; none of them is what the format means, that stands in
the field's name.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime

from explorer.core.spans import ByteSpan
from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import grouped

MAX_HEX_BYTES = 64
"""Bytes written out; the rest is counted."""

MAX_TEXT_BYTES = 256
_NUMBER_SIZES = frozenset({1, 2, 3, 4, 8})
_EARLIEST, _LATEST = 946_684_800, 4_102_444_800
"""Seconds from 2000 to 2100: only such numbers are read as times."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the bytes."""

    name: str
    value: str
    is_mono: bool = False


def readings(span: ByteSpan, data: bytes) -> list[Reading]:
    """Return how the bytes of a span can be read, the place first."""
    found = [
        Reading(
            translate("Inspect", "offset"),
            f"0x{span.start:x} · {grouped(span.start)}",
            is_mono=True,
        )
    ]
    if not data:
        return found
    found.append(Reading(translate("Inspect", "hex"), _hex(data), is_mono=True))
    text = _text(data)
    if text:
        found.append(Reading(translate("Inspect", "text"), text))
    else:
        shown = base64.b64encode(data[:MAX_HEX_BYTES]).decode()
        rest = "…" if len(data) > MAX_HEX_BYTES else ""
        found.append(Reading("base64", shown + rest, is_mono=True))
    return [*found, *_numbers(data)]


def _hex(data: bytes) -> str:
    text = data[:MAX_HEX_BYTES].hex()
    groups = " ".join(text[at : at + 4] for at in range(0, len(text), 4))
    return groups + (" …" if len(data) > MAX_HEX_BYTES else "")


def _text(data: bytes) -> str:
    """Return the bytes as UTF-8 if they are text, else an empty text."""
    try:
        text = data[:MAX_TEXT_BYTES].decode("utf-8")
    except UnicodeDecodeError as error:
        cut = len(data) > MAX_TEXT_BYTES and error.start > MAX_TEXT_BYTES - 4
        if not cut:
            return ""
        text = data[: error.start].decode("utf-8")
    if any(ord(each) < 32 and each not in "\t\n\r" for each in text):
        return ""
    return printable(text) + ("…" if len(data) > MAX_TEXT_BYTES else "")


def _numbers(data: bytes) -> list[Reading]:
    if len(data) not in _NUMBER_SIZES:
        return []
    big, little = int.from_bytes(data, "big"), int.from_bytes(data, "little")
    if big == little:
        return [Reading(translate("Inspect", "number"), grouped(big))]
    found = [
        Reading(translate("Inspect", "number, first byte highest"), grouped(big)),
        Reading(translate("Inspect", "number, first byte lowest"), grouped(little)),
    ]
    for seconds in (big, little):
        if _EARLIEST <= seconds < _LATEST:
            moment = datetime.fromtimestamp(seconds, UTC)
            text = f"{moment:%Y-%m-%d %H:%M:%S} UTC"
            found.append(Reading(translate("Inspect", "as seconds since 1970"), text))
    return found
