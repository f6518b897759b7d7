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
    gs1_hints,
    gs1_identifiers,
    gs1_names,
    is_misspelt,
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
    is_misspelt: bool = False
    """A part of its GS1 key breaks the rules, as a check digit may."""


def read_code(text: str, known_hosts: Sequence[str] = ()) -> CodeRead:
    """Return what a decoded or pasted text is; nothing is opened or looked up."""
    wanted = text.strip(" \t\r\n")[:MAX_CODE_CHARACTERS]
    address = read_address(wanted, known_hosts)
    names = gs1_names(wanted) or ((wanted,) if is_misspelt(wanted) else ())
    if names:
        return _gs1_code(wanted, address, names)
    if address is not None:
        words = tuple(dict.fromkeys([wanted, *_words_of(wanted)]))[:MAX_CANDIDATES]
        return CodeRead(wanted, CodeKind.ADDRESS, address, {}, words)
    return CodeRead(wanted, CodeKind.PLAIN, None, {}, (wanted,) if wanted else ())


def _gs1_code(text: str, address: Address | None, names: tuple[str, ...]) -> CodeRead:
    found = gs1_identifiers(text)
    kind = CodeKind.ELEMENT_STRING
    if address is not None:
        kind = CodeKind.DIGITAL_LINK
    elif text.startswith("urn:epc:"):
        kind = CodeKind.EPC
    hints, wrong = gs1_hints(found), is_misspelt(text)
    return CodeRead(text, kind, address, found, names, hints, is_misspelt=wrong)


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
