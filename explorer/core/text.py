"""Text from a ledger made safe to show.

Unicode Technical Report 36 (security considerations): control, bidirectional,
zero-width and private characters are replaced by a visible ``<U+XXXX>`` mark, so that
evidence can neither reorder nor hide what stands beside it.
"""

import unicodedata

MAX_SHOWN_CHARACTERS = 4_000
"""Longest text handed to a view; the rest is counted, not drawn."""

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u2800")
_ZALGO_LIMIT = 4


def printable(text: str, limit: int = MAX_SHOWN_CHARACTERS) -> str:
    """Return ``text`` with every invisible or reordering character made visible."""
    shown = text if len(text) <= limit else text[:limit]
    if not (shown.isascii() and shown.isprintable()):
        shown = _visible(shown)
    rest = len(text) - limit
    return shown if rest <= 0 else f"{shown}… (+{rest} characters)"


def _visible(text: str) -> str:
    out: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        hidden = category in _HIDDEN_CATEGORIES or character in _INVISIBLE
        variation = 0xFE00 <= ord(character) <= 0xFE0F or ord(character) >= 0xE0100
        if hidden or variation or marks > _ZALGO_LIMIT:
            out.append(f"<U+{ord(character):04X}>")
        else:
            out.append(character)
    return "".join(out)


def short_hex(value: bytes) -> str:
    """Return the first and last four bytes in hex, only fit for recognising."""
    text = value.hex()
    return text if len(text) <= 16 else f"{text[:8]}…{text[-8:]}"
