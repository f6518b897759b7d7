"""The GS1 keys in a code, as far as needed to look a thing up.

GS1 Digital Link URI syntax 1.4, section 4 (application identifiers in the path) and GS1
General Specifications 24, section 7.8 (element strings; FNC1 ends a field of variable
length).

Left out: compressed links, check digits, all identifiers but those below; the readers
of event documents know them all.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

_FNC1 = "\x1d"
_FIXED = {"00": 18, "01": 14, "02": 14, "11": 6, "13": 6, "15": 6, "17": 6, "414": 13}
_VARIABLE = ("10", "21", "22", "240", "254", "8003", "8004", "253", "37", "30")
_IN_BRACKETS = re.compile(r"\((\d{2,4})\)([^()]{1,90})")
_BRACKETED = re.compile(r"(?:\(\d{2,4}\)[^()]{1,90})+\Z")
_LINK_IDENTIFIERS = frozenset({*_FIXED, *_VARIABLE, "417"})


def link_identifiers(address: str) -> dict[str, str]:
    """Return the application identifiers in a Digital Link's path; none elsewhere.

    A path counts only if it holds a primary key that identifies a thing or place.
    """
    try:
        path = urlsplit(address).path
    except ValueError:
        return {}
    parts = [unquote(each) for each in path.split("/") if each]
    for start in range(len(parts) - 1):
        if parts[start] in {"01", "00", "8003", "8004", "253", "414", "417"}:
            pairs = zip(parts[start::2], parts[start + 1 :: 2], strict=False)
            found = {key: value for key, value in pairs if key in _LINK_IDENTIFIERS}
            if found.get(parts[start], "").isalnum():
                return found
    return {}


def element_string(text: str) -> dict[str, str]:
    """Return the parts of an element string, with brackets or as scanners send it."""
    if _BRACKETED.match(text):
        return dict(_IN_BRACKETS.findall(text))
    body = text.removeprefix("]Q3").removeprefix("]C1").removeprefix("]d2")
    if body == text and _FNC1 not in text:
        return {}
    return dict(_raw_parts(body.lstrip(_FNC1)))


def _raw_parts(body: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(body):
        fixed = next((key for key in _FIXED if body.startswith(key, at)), "")
        open_key = next((key for key in _VARIABLE if body.startswith(key, at)), "")
        key = fixed or open_key
        if not key:
            return
        start = at + len(key)
        end = body.find(_FNC1, start)
        end = len(body) if end < 0 else end
        stop = min(start + _FIXED[key], end) if fixed else end
        yield key, body[start:stop]
        at = stop + (body[stop : stop + 1] == _FNC1)


def gs1_names(found: Mapping[str, str]) -> Iterator[str]:
    """Yield the spellings under which ledgers name such a thing."""
    trade, serial, lot = found.get("01", ""), found.get("21", ""), found.get("10", "")
    base = "https://id.gs1.org"
    if trade and serial:
        yield f"{base}/01/{trade}/21/{serial}"
        if lot:
            yield f"{base}/01/{trade}/10/{lot}/21/{serial}"
    if trade and lot:
        yield f"{base}/01/{trade}/10/{lot}"
    for key in ("00", "8003", "8004", "253"):
        if key in found:
            yield f"{base}/{key}/{found[key]}"
    if trade and not (serial or lot):
        yield f"{base}/01/{trade}"


def gs1_hints(found: Mapping[str, str]) -> tuple[str, ...]:
    """Return serial and lot by themselves: other products may have the same."""
    return tuple(found[key] for key in ("21", "10", "00") if found.get(key))
