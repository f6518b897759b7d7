"""Element strings: what a barcode holds.

GS1 General Specifications, sections 5.10 and 7.8. Two spellings are read: in brackets,
``(01)…(10)…``, as printed below a barcode, and as scanned, with U+001D (FNC1) behind
values of open length and an optional symbology identifier in front.
"""

import re

import msgspec

from explorer.encodings.gs1.application_identifiers import FORMATS, needs_separator

SEPARATOR = "\x1d"
"""How a scanner passes FNC1 on."""

MAX_CHARACTERS = 8_192
"""Longest text that is looked at; a barcode holds at most some 7,000 characters."""

_SYMBOLOGIES = ("]C1", "]e0", "]d2", "]Q3", "]J1")
_BRACKETED = re.compile(r"\((\d{2,4})\)([^(]*(?:\((?!\d{2,4}\))[^(]*)*)")


class Element(msgspec.Struct, frozen=True, gc=False):
    """One application identifier with its value."""

    ai: str
    value: str
    fault: str
    """Why the value does not fit, as a reason code; empty: it fits."""


class NotElements(msgspec.Struct, frozen=True, gc=False):
    """Why a text is no element string."""

    reason: str
    at: int
    """Character at which reading stopped."""


def read_elements(text: str) -> tuple[Element, ...] | NotElements:
    """Return the elements of ``text`` in order; values that do not fit say so."""
    if len(text) > MAX_CHARACTERS:
        return NotElements("too-long", MAX_CHARACTERS)
    body = text[3:] if text.startswith(_SYMBOLOGIES) else text
    found = _bracketed(body) if body.startswith("(") else _scanned(body)
    if isinstance(found, NotElements):
        return NotElements(found.reason, found.at + len(text) - len(body))
    return found


def _bracketed(text: str) -> tuple[Element, ...] | NotElements:
    elements: list[Element] = []
    at = 0
    for match in _BRACKETED.finditer(text):
        if match.start() != at or match[1] not in FORMATS:
            break
        elements.append(_element(match[1], match[2]))
        at = match.end()
    if at != len(text) or not elements:
        return NotElements("identifier-unknown", at)
    return tuple(elements)


def _scanned(text: str) -> tuple[Element, ...] | NotElements:
    elements: list[Element] = []
    at = len(text) - len(text.lstrip(SEPARATOR))
    while at < len(text):
        ai = next((text[at : at + n] for n in (2, 3, 4) if _is_known(text, at, n)), "")
        if not ai:
            return NotElements("identifier-unknown", at)
        at += len(ai)
        end = text.find(SEPARATOR, at)
        end = len(text) if end < 0 else end
        if not needs_separator(ai):
            end = min(end, at + _fixed_size(ai))
        elements.append(_element(ai, text[at:end]))
        at = end + (text[end : end + 1] == SEPARATOR)
    return tuple(elements) or NotElements("empty", 0)


def _is_known(text: str, at: int, size: int) -> bool:
    return text[at : at + size] in FORMATS


def _fixed_size(ai: str) -> int:
    sizes = {"00": 18, "01": 14, "02": 14, "03": 14, "20": 2, "41": 13}
    return sizes.get(ai[:2], 6)


def _element(ai: str, value: str) -> Element:
    return Element(ai, value, FORMATS[ai].fault(value))
