"""Writes chain-jsonl files, version 1 (docs/formats/chain-jsonl.md), byte for byte.

The same calls give the same bytes. The last block is held back until ``close``, because
only then is it known which block the rules want signed as the last one. Written is what
the caller asks for, errors included: lessons need wrong chains, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import hash_function
from explorer.crypto.trees import tree_hash
from explorer.formats.chain_jsonl.lines import (
    BLOCK_DOMAIN,
    ENTRY_DOMAIN,
    VERSION,
    BlockHeader,
    ChainLine,
    ChainValue,
    EveryRule,
    PartyValue,
    RulesValue,
    TrailerLine,
    TrailerValue,
)
from explorer.lab.demonstration_keys import DemonstrationKey


@dataclass(frozen=True, slots=True)
class LabParty:
    """A party of a sample with its key."""

    id: str
    name: str
    role: str
    key: DemonstrationKey


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """Everything the header line says."""

    id: str
    title: str
    hash: HashAlgorithm
    created: datetime
    parties: tuple[LabParty, ...]
    producers: tuple[str, ...]
    sign_every: int = 0
    """Blocks at multiples of it are signed; 0: none is."""
    entry_signatures: str = "required"
    note: str = ""
    is_fictional: bool = True


class _EntryValue(msgspec.Struct, frozen=True, gc=False):
    author: str
    id: str
    payload: msgspec.Raw
    time: datetime
    type: str


class ChainWriter:
    """Writes one chain into a binary stream that the caller opens and closes."""

    def __init__(self, out: BinaryIO, plan: ChainPlan) -> None:
        """Write the header line."""
        self._out = out
        self._encode = msgspec.json.Encoder(order="sorted").encode
        self._chain_id = plan.id.encode()
        self._keys: Mapping[str, DemonstrationKey] = {
            each.id: each.key for each in plan.parties
        }
        self._every = plan.sign_every
        value = header_value(plan)
        self._algorithm = value.hash
        self._hash = hash_function(value.hash)
        self._empty_root = self._hash(b"").hex()
        self._previous = self._hash(self._encode(value)).hex()
        self._blocks = 0
        self._entries = 0
        self._held: tuple[bytes, bytes, str, str] | None = None
        out.write(self._encode(ChainLine(value)) + b"\n")

    @property
    def height(self) -> int:
        """Return the height of the block that is written next."""
        return self._blocks

    def item(
        self, author: str, entry_id: str, payload: bytes, time: datetime, kind: str
    ) -> bytes:
        """Return a signed item; ``payload`` is canonical JSON already."""
        value = self._encode(
            _EntryValue(author, entry_id, msgspec.Raw(payload), time, kind)
        )
        message = b"%b%b\n%b" % (ENTRY_DOMAIN, self._chain_id, value)
        signature = self._keys[author].sign(message).hex().encode()
        return b'{"entry":%b,"signature":"%b"}' % (value, signature)

    def add_block(self, items: Sequence[bytes], producer: str, time: datetime) -> str:
        """Write a block with these items and return its hash in hex."""
        root = tree_hash(items, self._algorithm).hex() if items else self._empty_root
        header = self._encode(
            BlockHeader(len(items), root, self._blocks, self._previous, producer, time)
        )
        self._write_held(is_last=False)
        digest = self._hash(header).hex()
        self._held = (header, b",".join(items), digest, producer)
        self._previous = digest
        self._blocks += 1
        self._entries += len(items)
        return digest

    def close(self) -> str:
        """Write the last block and the trailer line; return the last hash in hex."""
        self._write_held(is_last=True)
        trailer = TrailerValue(self._blocks, self._entries, self._previous)
        self._out.write(self._encode(TrailerLine(trailer)) + b"\n")
        return self._previous

    def _write_held(self, *, is_last: bool) -> None:
        if self._held is None:
            return
        header, items, digest, producer = self._held
        self._held = None
        tail = b""
        height = self._blocks - 1
        if self._every and (is_last or height % self._every == 0):
            message = b"%b%b\n%b" % (BLOCK_DOMAIN, self._chain_id, header)
            tail = (
                b',"signature":"%b"' % self._keys[producer].sign(message).hex().encode()
            )
        self._out.write(
            b'{"block":%b,"entries":[%b],"hash":"%b"%b}\n'
            % (header, items, digest.encode(), tail)
        )


def header_value(plan: ChainPlan) -> ChainValue:
    """Return the value of the header line."""
    return ChainValue(
        created=plan.created,
        hash=plan.hash,
        id=plan.id,
        parties=tuple(_party_value(each) for each in plan.parties),
        rules=RulesValue(
            EveryRule(plan.sign_every) if plan.sign_every else "none",
            plan.entry_signatures,
            plan.producers,
        ),
        title=plan.title,
        version=VERSION,
        fictional=plan.is_fictional,
        note=plan.note,
    )


def _party_value(party: LabParty) -> PartyValue:
    key = party.key
    return PartyValue(
        party.id, party.name, key.public_key.raw.hex(), party.role, key.scheme.value
    )
