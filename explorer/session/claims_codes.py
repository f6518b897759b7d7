"""What a code says: an address, a GS1 code, or a plain id; and what it may name.

A code is taken apart to look a thing up: which texts may name it in a ledger, the most
telling first. Nothing is opened, and nothing is guessed: texts that may name something
else too are given apart, to choose from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

from explorer.session.claims_gs1 import (
    element_string,
    gs1_hints,
    gs1_names,
    link_identifiers,
)
from explorer.session.claims_hosts import Address, read_address

MAX_CODE_CHARACTERS = 4_096
MAX_CANDIDATES = 24
"""Most texts that a code is looked up by."""


class CodeKind(StrEnum):
    """What a code is."""

    ADDRESS = "address"
    DIGITAL_LINK = "digital-link"
    ELEMENT_STRING = "element-string"
    EPC = "epc"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class CodeRead:
    """A code with everything that may name a thing in it."""

    text: str
    kind: CodeKind
    address: Address | None
    identifiers: Mapping[str, str]
    """GS1 application identifier → value."""
    candidates: tuple[str, ...]
    """Texts that name the thing, to look for in a ledger, the most telling first."""
    hints: tuple[str, ...] = ()
    """Texts that may name it or something else: only to choose from."""


def read_code(text: str, known_hosts: Sequence[str] = ()) -> CodeRead:
    """Return what a decoded or pasted text is; nothing is opened or looked up."""
    wanted = text.strip()[:MAX_CODE_CHARACTERS]
    address = read_address(wanted, known_hosts)
    if address is not None:
        return _of_address(wanted, address)
    found = element_string(wanted)
    if found:
        names = tuple(dict.fromkeys([*gs1_names(found), wanted]))[:MAX_CANDIDATES]
        kind, hints = CodeKind.ELEMENT_STRING, gs1_hints(found)
        return CodeRead(wanted, kind, None, found, names, hints)
    if wanted.lower().startswith("urn:epc:"):
        return CodeRead(wanted, CodeKind.EPC, None, {}, (wanted,))
    return CodeRead(wanted, CodeKind.PLAIN, None, {}, (wanted,) if wanted else ())


def _of_address(text: str, address: Address) -> CodeRead:
    identifiers = link_identifiers(text)
    if identifiers:
        names = tuple(dict.fromkeys([text, *gs1_names(identifiers)]))
        kind, hints = CodeKind.DIGITAL_LINK, gs1_hints(identifiers)
        return CodeRead(text, kind, address, identifiers, names, hints)
    names = tuple(dict.fromkeys([text, *_words_of(text)]))[:MAX_CANDIDATES]
    return CodeRead(text, CodeKind.ADDRESS, address, {}, names)


def _words_of(address: str) -> Iterator[str]:
    """Yield the parts of an address that may be an identifier, the last one first."""
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, max_num_fields=MAX_CANDIDATES)
    except ValueError:
        return
    yield from (value for _, value in pairs if value)
    path = [unquote(each) for each in parts.path.split("/") if each]
    yield from path[-1:]
    if parts.fragment:
        yield unquote(parts.fragment)
