"""One canonical form for GS1 identifiers: the Digital Link at ``https://id.gs1.org``.

EPC Tag Data Standard 2.1, section 6 (EPC, class and pattern URNs) and GS1 Digital Link
URI Syntax 1.4, sections 4 and 5. The canonical form holds the key and its finest
qualifier only: query, consumer product variant (22) and, where there is a serial
number, the lot are left out, GTINs have 14 digits. What is not wholly right by these
rules stays exactly as it was written; the check digit of a link is taken as written.

Left out: from link to URN (it needs the table of company prefix lengths), compressed
links, tag and raw URIs. A company prefix tells where a company registered, never where
a thing was made; nothing here looks at it.
"""

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote, unquote

import msgspec

from explorer.encodings.gs1.check_digits import check_digit, ends_with_check_digit
from explorer.encodings.gs1.element_strings import NotElements, read_elements

BASE = "https://id.gs1.org/"

MAX_CHARACTERS = 2_048
"""Longer texts are no identifiers."""


class LinkStyle(Enum):
    """Whose way of writing a canonical link is asked for."""

    IDENTITY = "identity"
    """One spelling for each thing, so that equal things are equal texts."""
    EVENT_HASH = "event-hash"
    """As the published vectors of the EPCIS event hash have it: a link whose values
    are percent-encoded stays as it is."""
    PLAIN = "plain"
    """As OpenEPCIS has it: nothing is percent-encoded, any character may stand."""


class GS1Key(msgspec.Struct, frozen=True, gc=False):
    """A canonical link taken apart."""

    ai: str
    """Application identifier of the key: ``01``, ``00``, ``414``."""
    value: str
    qualifier_ai: str = ""
    """``21`` serial, ``10`` lot, ``235``, ``254``, ``8011``; empty: none."""
    qualifier: str = ""


_SHORT_NAMES = MappingProxyType(
    {
        "gtin": "01",
        "itip": "8006",
        "cpid": "8010",
        "gln": "414",
        "party": "417",
        "gsrnp": "8017",
        "gsrn": "8018",
        "gcn": "255",
        "sscc": "00",
        "gdti": "253",
        "ginc": "401",
        "gsin": "402",
        "grai": "8003",
        "giai": "8004",
        "cpv": "22",
        "lot": "10",
        "ser": "21",
    }
)

_TEXT = {
    LinkStyle.IDENTITY: r"[^/]",
    LinkStyle.EVENT_HASH: r"[\"'\-.0-9;<=>?A-Z_a-z]",
    LinkStyle.PLAIN: r".",
}
_KEYS = {
    "00": r"\d{18}",
    "01": r"\d{14}|\d{13}|\d{12}|\d{8}",
    "253": r"\d{13}T{0,17}",
    "255": r"\d{13}\d{0,12}",
    "401": r"\d{4}T{0,26}",
    "402": r"\d{17}",
    "414": r"\d{13}",
    "417": r"\d{13}",
    "8003": r"\d{14}T{0,16}",
    "8004": r"\d{4}T{0,26}",
    "8006": r"\d{18}",
    "8010": r"\d{4}(?:[#\-/0-9A-Z]|%23|%2F){0,26}",
    "8017": r"\d{18}",
    "8018": r"\d{18}",
}
_QUALIFIERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "01": {"22": r"T{1,20}", "10": r"T{1,20}", "21": r"T{1,20}", "235": r"T{1,28}"},
        "8006": {"22": r"T{1,20}", "10": r"T{1,20}", "21": r"T{1,20}"},
        "414": {"254": r"T{1,20}"},
        "8010": {"8011": r"\d{1,12}"},
    }
)
_FINEST = ("235", "21", "254", "8011", "10")
"""Qualifiers from the finest; 22 is never kept."""


def _compiled(style: LinkStyle) -> dict[tuple[str, str], re.Pattern[str]]:
    """Return (key, qualifier or nothing) → pattern of the value."""
    text = _TEXT[style]
    rules = {(ai, ""): rule for ai, rule in _KEYS.items()}
    rules |= {
        (a, b): rule for a, most in _QUALIFIERS.items() for b, rule in most.items()
    }
    return {
        place: re.compile(rule.replace("T", text), re.ASCII)
        for place, rule in rules.items()
    }


_PATTERNS = {style: _compiled(style) for style in LinkStyle}

_URN = re.compile(
    r"urn:epc:(?:id|class|idpat):([a-z]+):(\d{6,12})\.(.*)", re.ASCII | re.DOTALL
)
_SERIAL = re.compile(
    r"(?:%2[1-25-9A-Fa-f]|%3[0-9A-Fa-f]|%4[1-9A-Fa-f]|%5[0-9AFaf]|%6[1-9A-Fa-f]"
    r"|%7[0-9Aa]|[!')(*+,.0-9:;=A-Za-z_-])+"
)
_PART = re.compile(r"(?:%23|%2[Ff]|[0-9A-Z-])+")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_MUST_ENCODE = str.maketrans({each: quote(each, safe="") for each in "!()*+,:"})


class _Scheme(msgspec.Struct, frozen=True, gc=False):
    """How the parts of one URN scheme make a link."""

    ai: str
    digits: int
    """Digits of company prefix and reference together; 0: the reference is text."""
    is_moved: bool = False
    """The first digit of the reference goes to the front."""
    lead: str = ""
    has_check: bool = True
    serial_ai: str = ""
    """Qualifier that the serial becomes; empty: it is put behind the key."""
    most: int = 0
    """Longest serial, 0: the scheme has none."""


_SCHEMES = MappingProxyType(
    {
        "sgtin": _Scheme("01", 13, is_moved=True, serial_ai="21", most=20),
        "upui": _Scheme("01", 13, is_moved=True, serial_ai="235", most=28),
        "lgtin": _Scheme("01", 13, is_moved=True, serial_ai="10", most=20),
        "itip": _Scheme("8006", 13, is_moved=True, serial_ai="21", most=20),
        "sscc": _Scheme("00", 17, is_moved=True),
        "sgln": _Scheme("414", 12, serial_ai="254", most=20),
        "pgln": _Scheme("417", 12),
        "grai": _Scheme("8003", 12, lead="0", most=16),
        "gdti": _Scheme("253", 12, most=17),
        "sgcn": _Scheme("255", 12, most=12),
        "gsrn": _Scheme("8018", 17),
        "gsrnp": _Scheme("8017", 17),
        "gsin": _Scheme("402", 16),
        "giai": _Scheme("8004", 0, has_check=False, most=30),
        "ginc": _Scheme("401", 0, has_check=False, most=30),
        "cpi": _Scheme("8010", 0, has_check=False, serial_ai="8011", most=12),
    }
)


@lru_cache(maxsize=65_536)
def canonical(text: str, style: LinkStyle = LinkStyle.IDENTITY) -> str:
    """Return the canonical link of a GS1 identifier, any other text as it is."""
    if len(text) > MAX_CHARACTERS:
        return text
    if text.startswith("urn:epc:"):
        return _from_urn(text, style) or text
    if text.startswith(("http://", "https://")):
        return _from_link(text, style) or text
    if style is LinkStyle.IDENTITY and text.startswith(("(", "]")):
        return _from_elements(text) or text
    return text


def key_of(canonical_id: str) -> GS1Key | None:
    """Return the parts of a canonical link; nothing for other identifiers."""
    if not canonical_id.startswith(BASE):
        return None
    parts = canonical_id[len(BASE) :].split("/")
    if len(parts) == 2:
        return GS1Key(parts[0], unquote(parts[1]))
    if len(parts) == 4:
        return GS1Key(parts[0], unquote(parts[1]), parts[2], unquote(parts[3]))
    return None


def has_wrong_check_digit(canonical_id: str) -> bool:
    """Return whether the key of a canonical link ends its digits with a wrong one."""
    key = key_of(canonical_id)
    size = _CHECKED.get(key.ai) if key is not None else None
    if key is None or size is None:
        return False
    return not ends_with_check_digit(key.value[:size])


_CHECKED = {"00": 18, "01": 14, "253": 13, "255": 13, "402": 17, "414": 13, "417": 13}
_CHECKED |= {"8003": 14, "8006": 14, "8017": 18, "8018": 18}


def _from_urn(text: str, style: LinkStyle) -> str:
    match = _URN.fullmatch(text)
    scheme = _SCHEMES.get(match[1]) if match else None
    if match is None or scheme is None:
        return ""
    is_pattern = text.startswith("urn:epc:idpat:")
    return _assemble(scheme, match[2], match[3], _Spelling(style, is_pattern))


class _Spelling(msgspec.Struct, frozen=True, gc=False):
    """How the free parts of a URN may be written and are written out."""

    style: LinkStyle
    is_pattern: bool

    def write(self, raw: str, most: int, allowed: re.Pattern[str] = _SERIAL) -> str:
        """Return a free part as it stands in the link; empty if it may not stand."""
        size = len(_ENCODED.sub("x", raw))
        if not 0 < size <= most:
            return ""
        if self.style is LinkStyle.PLAIN:
            return raw
        if allowed.fullmatch(raw) is None:
            return ""
        if self.style is LinkStyle.EVENT_HASH:
            return raw.translate(_MUST_ENCODE)
        return _encoded(unquote(raw))


def _assemble(scheme: _Scheme, prefix: str, rest: str, spelling: _Spelling) -> str:
    if not scheme.digits:
        return _assemble_text(scheme, prefix, rest, spelling)
    reference, dot, serial = rest.partition(".")
    if len(prefix) + len(reference) != scheme.digits or not _is_digits(reference):
        return ""
    key = scheme.lead + prefix + reference
    if scheme.is_moved:
        if not reference:
            return ""
        key = reference[0] + prefix + reference[1:]
    key = f"{BASE}{scheme.ai}/{key}{check_digit(key)}"
    if scheme.ai == "8006":
        pieces, serial = serial[:5].split("."), serial[6:]
        if [len(each) for each in pieces] != [2, 2] or not _is_digits("".join(pieces)):
            return ""
        key += "".join(pieces)
    if not scheme.most:
        return "" if dot else key
    return _with_serial(scheme, key, serial, spelling)


def _with_serial(scheme: _Scheme, key: str, serial: str, spelling: _Spelling) -> str:
    if spelling.is_pattern:
        return key if serial == "*" else ""
    if scheme.ai == "414" and serial == "0":
        return key
    if scheme.ai == "255" and not _is_digits(serial):
        return ""
    written = spelling.write(serial, scheme.most)
    if not written:
        return ""
    return f"{key}/{scheme.serial_ai}/{written}" if scheme.serial_ai else key + written


def _assemble_text(scheme: _Scheme, prefix: str, rest: str, spelling: _Spelling) -> str:
    most = 30 - len(prefix)
    if scheme.ai != "8010":
        written = spelling.write(rest, most)
        return f"{BASE}{scheme.ai}/{prefix}{written}" if written else ""
    part, _, serial = rest.rpartition(".")
    written = spelling.write(part, most, _PART)
    key = f"{BASE}8010/{prefix}{written}"
    if not written or spelling.is_pattern:
        return key if written and serial == "*" else ""
    fits = _is_digits(serial) and 0 < len(serial) <= scheme.most
    return f"{key}/8011/{serial}" if fits else ""


def _from_link(text: str, style: LinkStyle) -> str:
    path = text.partition("#")[0].partition("?")[0]
    if style is LinkStyle.PLAIN:
        path = text  # its values may hold these characters
    parts = path.split("/")[3:]
    if style is LinkStyle.IDENTITY and parts and not parts[-1]:
        parts.pop()
    patterns = _PATTERNS[style]
    names = [_SHORT_NAMES.get(each, each) for each in parts]
    for at, name in enumerate(names[:-1]):
        if (name, "") not in patterns:
            continue
        value = parts[at + 1]
        if _fits(patterns, (name, ""), value, style):
            kept = _qualified(names[at:], parts[at:], patterns, style)
            if kept is not None:
                return kept
    return ""


def _qualified(
    names: list[str],
    parts: list[str],
    patterns: Mapping[tuple[str, str], re.Pattern[str]],
    style: LinkStyle,
) -> str | None:
    """Return the link of a key and its qualifiers, nothing if one does not fit."""
    ai, value = names[0], parts[1]
    if ai == "01":
        value = value.zfill(14)
    rest = list(zip(names[2::2], parts[3::2], strict=False))
    if len(parts) % 2 or not all(
        (ai, name) in patterns and _fits(patterns, (ai, name), part, style)
        for name, part in rest
    ):
        return None
    given = dict(rest)
    write = _identity_text if style is LinkStyle.IDENTITY else str
    key = f"{BASE}{ai}/{write(value)}"
    finest = next((each for each in _FINEST if each in given), "")
    return f"{key}/{finest}/{write(given[finest])}" if finest else key


def _fits(
    patterns: Mapping[tuple[str, str], re.Pattern[str]],
    place: tuple[str, str],
    value: str,
    style: LinkStyle,
) -> bool:
    plain = unquote(value) if style is LinkStyle.IDENTITY else value
    if style is LinkStyle.IDENTITY and place != ("8010", "") and "/" in plain:
        plain = plain.replace("/", "x")  # an encoded slash is part of the value
    return patterns[place].fullmatch(plain) is not None


def _from_elements(text: str) -> str:
    elements = read_elements(text)
    if isinstance(elements, NotElements) or any(each.fault for each in elements):
        return ""
    given = {each.ai: each.value for each in elements}
    key = next((each for each in given if each in _KEYS), "")
    if not key:
        return ""
    link = f"{BASE}{key}/{_encoded(given[key])}"
    for ai in _QUALIFIERS.get(key, {}):
        if ai in given:
            link += f"/{ai}/{_encoded(given[ai])}"
    return _from_link(link, LinkStyle.IDENTITY)


def _identity_text(raw: str) -> str:
    return _encoded(unquote(raw))


def _encoded(text: str) -> str:
    return quote(text, safe="-._~';=")


def _is_digits(text: str) -> bool:
    return (text.isascii() and text.isdigit()) or not text
