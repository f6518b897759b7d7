"""Spans that are lit in the bytes pane, and how the pane reads bytes as text.

Section 8 of the design ("Bytes"). The only outcome colour there is that of a byte that
differs. UTF-8 (RFC 3629) is read leniently: what is not a whole character is a dot.
"""

import base64
import struct
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from explorer.core.text import printable

MAX_INSPECTED_BYTES = 64
"""Longest selection whose hex and base64 the inspector writes out."""


class SpanKind(StrEnum):
    """Why a span is lit."""

    SELECTED = "selected"
    """What the user chose; accent ground and a line of 2.6 px."""
    LINKED = "linked"
    """Belongs to what was chosen; quiet ground and a line of 2 px."""
    CONTEXT = "context"
    """Like linked, with a line of 1 px."""
    CHANGED = "changed"
    """Differs from what it should be; in a box."""
    UNCOVERED = "uncovered"
    """Covered by no check; dotted underline, no ground."""


@dataclass(frozen=True, slots=True)
class LitSpan:
    """A named span of bytes, from ``start`` up to, not including, ``end``."""

    start: int
    end: int
    kind: SpanKind
    name: str
    """Our own words, or printable text."""
    note: str = ""
    """For a changed byte what it was, such as ``was 33``."""

    def __post_init__(self) -> None:
        """Refuse a span that ends before it starts."""
        if not 0 <= self.start <= self.end:
            raise ValueError("a span ends before it starts")


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Selected bytes, from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    @property
    def size_bytes(self) -> int:
        """Return how many bytes are selected."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and the bytes over which it is drawn."""

    at: int
    """Position of its first byte in the bytes read."""
    size_bytes: int
    text: str


def glyphs(data: bytes) -> list[Glyph]:
    """Return the visible characters of UTF-8 ``data``, each over its own bytes.

    Bytes that are no whole, visible character are left out; they are drawn as dots.
    """
    found: list[Glyph] = []
    at = 0
    while at < len(data):
        size = _sequence_length(data[at])
        text = _character(data[at : at + size]) if size else ""
        if text:
            found.append(Glyph(at, size, text))
            at += size
        else:
            at += 1
    return found


def _sequence_length(first: int) -> int:
    if 0x20 <= first < 0x7F:
        return 1
    if 0xC2 <= first <= 0xDF:
        return 2
    if 0xE0 <= first <= 0xEF:
        return 3
    return 4 if 0xF0 <= first <= 0xF4 else 0


def _character(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    is_one = len(text) == 1 and printable(text) == text
    stands_alone = is_one and not unicodedata.category(text).startswith("M")
    return text if stands_alone else ""


@dataclass(frozen=True, slots=True)
class InspectedValue:
    """One way to read the selected bytes."""

    name: str
    """Stable word: ``offset``, ``hex``, ``base64``, ``u8``, ``u16-be``, ``utf-8``."""
    text: str


_NUMBERS = (
    ("u8", ">B"),
    ("u16-be", ">H"),
    ("u16-le", "<H"),
    ("u32-be", ">I"),
    ("u32-le", "<I"),
    ("u64-be", ">Q"),
    ("u64-le", "<Q"),
)


def inspected_values(data: bytes, offset: int) -> tuple[InspectedValue, ...]:
    """Return the ways to read ``data``, which stands at ``offset`` of the file.

    Whole numbers are read from the first bytes, big endian (``be``) and little endian
    (``le``). Text that is not UTF-8 is left out; long data is cut with a count.
    """
    values = [
        InspectedValue("offset", f"0x{offset:x} · {offset}"),
        InspectedValue("size", str(len(data))),
    ]
    if not data:
        return tuple(values)
    shown = data[:MAX_INSPECTED_BYTES]
    rest = "" if len(shown) == len(data) else f" … (+{len(data) - len(shown)})"
    pairs = " ".join(shown.hex()[at : at + 4] for at in range(0, 2 * len(shown), 4))
    values += [
        InspectedValue("hex", pairs + rest),
        InspectedValue("base64", base64.b64encode(shown).decode("ascii") + rest),
    ]
    for name, layout in _NUMBERS:
        size = struct.calcsize(layout)
        if len(data) >= size:
            (number,) = struct.unpack(layout, data[:size])
            values.append(InspectedValue(name, str(number)))
    text = _text_of(shown, is_cut=bool(rest))
    if text:
        values.append(InspectedValue("utf-8", text + rest))
    return tuple(values)


def _text_of(data: bytes, *, is_cut: bool) -> str:
    """Return the bytes as text; a character cut off at the end is left out."""
    for dropped in range(4 if is_cut else 1):
        try:
            text = data[: len(data) - dropped].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return printable(text)
    return ""
