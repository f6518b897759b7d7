"""The lines of a chain-jsonl file as typed values, fields in canonical order.

docs/formats/chain-jsonl.md version 1, sections 2 to 5. Encoding one of these values
again yields the canonical line (RFC 8785), because every field is declared in the order
in which canonical JSON sorts it and what a payload may hold on this path (no floats, no
integers beyond 2^53 - 1, at most seven levels) is encoded alike by both. Payloads that
hold more take the exact path (``exact``).
"""

from datetime import datetime
from typing import Annotated

import msgspec

from explorer.core.digests import HashAlgorithm

VERSION = 1
"""The version of the format that is read and written."""

LARGEST_INTEGER = 2**53 - 1
"""Largest integer that every implementation keeps exact (RFC 8785, 3.2.2.3)."""

ENTRY_DOMAIN = b"provenance-chain-1 entry\n"
BLOCK_DOMAIN = b"provenance-chain-1 block\n"

_ID_PATTERN = r"^[A-Za-z0-9._:/-]{1,100}$"

Identifier = Annotated[str, msgspec.Meta(pattern=_ID_PATTERN)]
Integer = Annotated[int, msgspec.Meta(ge=-LARGEST_INTEGER, le=LARGEST_INTEGER)]
Count = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_INTEGER)]
Time = Annotated[datetime, msgspec.Meta(tz=True)]

Level1 = None | bool | Integer | str
Level2 = Level1 | list[Level1] | dict[str, Level1]
Level3 = Level1 | list[Level2] | dict[str, Level2]
Level4 = Level1 | list[Level3] | dict[str, Level3]
Level5 = Level1 | list[Level4] | dict[str, Level4]
Level6 = Level1 | list[Level5] | dict[str, Level5]
Payload = dict[str, Level6]


class BlockHeader(msgspec.Struct, frozen=True, gc=False):
    """What a block's hash covers."""

    count: Count
    entries_root: str
    height: Count
    previous: str
    producer: str
    time: Time


class BlockLine(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One block; its entries are kept as the exact bytes that they are."""

    block: BlockHeader
    entries: tuple[msgspec.Raw, ...]
    hash: str
    signature: str = ""
    """Hex; empty stands for absent, never written."""


class EntryValue(msgspec.Struct, frozen=True, gc=False):
    """What an entry's signature covers."""

    author: str
    id: str
    payload: Payload
    time: Time
    type: str


class EntryItem(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One item of ``entries``: a leaf of the tree."""

    entry: EntryValue
    signature: str = ""
    """Hex; empty stands for absent, never written."""


class PartyValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One party of the header line."""

    id: Identifier
    name: str
    public_key: str
    role: str
    scheme: str


class EveryRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Blocks at multiples of ``every``, and the last block, are signed."""

    every: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_INTEGER)]


class RulesValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who must sign what."""

    block_signatures: EveryRule | str
    entry_signatures: str
    producers: tuple[Identifier, ...]


class ChainValue(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The value of the header line."""

    created: Time
    hash: HashAlgorithm
    id: Identifier
    parties: tuple[PartyValue, ...]
    rules: RulesValue
    title: str
    version: int
    fictional: bool = False
    note: str = ""


class ChainLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The header line."""

    chain: ChainValue


class TrailerValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file counts of itself."""

    blocks: int
    entries: int
    last: str


class TrailerLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last line."""

    trailer: TrailerValue
