"""The GS1 keys in a code, and the texts under which ledgers name such a thing.

Spellings are read by ``encodings.gs1``: Digital Link, element string, EPC URN. The item
comes first; its lot after it, because many ledgers speak of lots alone.
"""

from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

from explorer.encodings.gs1.element_strings import (
    SEPARATOR,
    NotElements,
    read_elements,
)
from explorer.encodings.gs1.links import (
    BASE,
    canonical,
    has_wrong_check_digit,
    key_of,
)

_HINTS = ("21", "10", "00")


def gs1_id(text: str) -> str:
    """Return the canonical link of a GS1 code, empty for any other text."""
    scanned = text.startswith(SEPARATOR)
    found = canonical("]Q3" + text.lstrip(SEPARATOR) if scanned else text)
    return found if key_of(found) is not None else ""


def gs1_identifiers(text: str) -> dict[str, str]:
    """Return the application identifiers of a GS1 code with their values."""
    if text.lower().startswith(("http://", "https://")):
        return _of_link(text)
    elements = read_elements(text.lstrip(SEPARATOR))
    if isinstance(elements, NotElements):
        return {}
    return {each.ai: each.value for each in elements}


def _of_link(text: str) -> dict[str, str]:
    """Return the pairs of a Digital Link's path, from its key on."""
    key = key_of(gs1_id(text))
    parts = [unquote(each) for each in urlsplit(text).path.split("/") if each]
    if key is None or key.ai not in parts:
        return {} if key is None else {key.ai: key.value}
    tail = parts[parts.index(key.ai) :]
    return dict(zip(tail[::2], tail[1::2], strict=False))


def gs1_names(text: str) -> tuple[str, ...]:
    """Return the texts that name the thing of a GS1 code, the item before its lot."""
    canonical_id = gs1_id(text)
    if not canonical_id:
        return ()
    found = gs1_identifiers(text)
    names = [canonical_id, text]
    if "01" in found and found.get("10"):
        names.append(f"{BASE}01/{found['01']}/10/{quote(found['10'], safe='')}")
    return tuple(dict.fromkeys(names))


def gs1_hints(found: Mapping[str, str]) -> tuple[str, ...]:
    """Return serial and lot by themselves: other products may have the same."""
    return tuple(found[key] for key in _HINTS if found.get(key))


def is_misspelt(text: str) -> bool:
    """Return whether a part of a GS1 code breaks its rules, as a check digit may."""
    if not text.startswith(("(", "]")):
        return has_wrong_check_digit(gs1_id(text))
    elements = read_elements(text)
    return not isinstance(elements, NotElements) and any(e.fault for e in elements)
