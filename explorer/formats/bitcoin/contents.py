"""What a transaction says, in words that no ledger family owns.

Every output is a thing, named by its transaction and number; an input reads it, at the
version that the transaction before wrote. So the lineage of keys traces value.
"""

import json
from collections.abc import Sequence

from explorer.formats.bitcoin.networks import COIN, Network
from explorer.formats.bitcoin.parsing import outpoint_of
from explorer.formats.bitcoin.records import (
    NULL_OUTPOINT,
    RawBlock,
    Spent,
    Transaction,
    shown,
)
from explorer.formats.bitcoin.scripts import (
    address_of_script,
    kind_of,
    notarised,
)
from explorer.model.blocks import Entry
from explorer.model.content import KeyRead, KeyWrite

MAX_SUMMED = 3
"""Outputs named in the summary of a transaction."""
MAX_SUMMARY = 200
MAX_ADDRESSES = 20_000
"""Addresses that are remembered."""
_OP_RETURN = b"\x6a"
SPACE = "bitcoin"
"""Name space of outputs as things: ``transaction:number``."""
BEFORE = (-1, 0)
"""Version of an output that was made before the evidence begins."""


class Teller:
    """Says what transactions of one network are about."""

    def __init__(self, network: Network) -> None:
        """Write addresses as ``network`` does."""
        self._network = network
        self._addresses: dict[bytes, str] = {}

    def entry(
        self,
        raw: RawBlock,
        at: tuple[int, int],
        transaction: Transaction,
        spent: Sequence[Spent | None],
        summary: str,
    ) -> Entry:
        """Return the entry at (height, position)."""
        kind = "payment" if at[1] else "coinbase"
        author = self._author(raw, transaction, spent)
        span = raw.places.span(transaction.start, transaction.end)
        name = shown(transaction.txid)
        return Entry(*at, name, kind, author, span, summary=summary)

    def _author(
        self, raw: RawBlock, transaction: Transaction, spent: Sequence[Spent | None]
    ) -> str:
        """Return the address that pays; of a coinbase, the one that is paid first."""
        owner = next((each for each in spent if each is not None), None)
        if owner is not None:
            return self._address(owner.script)
        if transaction.inputs and transaction.outputs:
            at = transaction.inputs[0][0]
            if raw.data[at : at + 36] == NULL_OUTPOINT:
                _, start, end = transaction.outputs[0]
                return self._address(raw.data[start:end])
        return ""

    def reads(
        self, raw: RawBlock, transaction: Transaction, spent: Sequence[Spent | None]
    ) -> tuple[KeyRead, ...]:
        """Return the outputs that the inputs spend, none for a coinbase."""
        return tuple(
            KeyRead(SPACE, key_of(outpoint_of(raw.data, entry)), _version(output))
            for entry, output in zip(transaction.inputs, spent, strict=False)
        )

    def summary(self, raw: RawBlock, transaction: Transaction) -> str:
        """Return a line about the first outputs."""
        data = raw.data
        lines: list[str] = []
        for value, start, end in transaction.outputs[:MAX_SUMMED]:
            script = data[start:end]
            if script[:1] == _OP_RETURN:
                carried = notarised(script)
                lines.append(f"OP_RETURN {_text_of(carried) or carried.hex()}")
            else:
                lines.append(f"{amount_text(value)} → {self._owner(script)}")
        rest = len(transaction.outputs) - MAX_SUMMED
        if rest > 0:
            lines.append(f"+{rest}")
        return ", ".join(lines)[:MAX_SUMMARY]

    def writes(self, raw: RawBlock, transaction: Transaction) -> tuple[KeyWrite, ...]:
        """Return the outputs as things."""
        data, places = raw.data, raw.places
        name = shown(transaction.txid)
        whole = places.span(transaction.start, transaction.end)
        found: list[KeyWrite] = []
        for number, (value, start, end) in enumerate(transaction.outputs):
            record = self._record(value, data[start:end])
            span = places.span(start - 9, end) if end - start < 253 else whole
            key = f"{name}:{number}"
            found.append(KeyWrite(SPACE, key, record, is_delete=False, span=span))
        return tuple(found)

    def _record(self, value: int, script: bytes) -> bytes:
        """Return what is kept of an output, as JSON."""
        amount = amount_text(value)
        if script[:1] != _OP_RETURN:
            address = self._address(script)
            name, owner = (
                ("address", address) if address else ("script", kind_of(script))
            )
            return f'{{"amount":"{amount}","{name}":"{owner}"}}'.encode()
        carried = notarised(script)
        told = {"amount": amount, "op_return": carried.hex()}
        text = _text_of(carried)
        told = told | {"text": text} if text else told
        return json.dumps(told, separators=(",", ":")).encode()

    def _address(self, script: bytes) -> str:
        """Return the address of a script; the same ones come again and again."""
        known = self._addresses.get(script)
        if known is None:
            if len(self._addresses) >= MAX_ADDRESSES:
                self._addresses.clear()
            known = address_of_script(script, self._network)
            self._addresses[script] = known
        return known

    def _owner(self, script: bytes) -> str:
        return self._address(script) or kind_of(script)


def key_of(outpoint: bytes) -> str:
    """Return the name of an output as a thing."""
    return f"{shown(outpoint[:32])}:{int.from_bytes(outpoint[32:], 'little')}"


def amount_text(value: int) -> str:
    """Return an amount in bitcoins, exact."""
    whole, rest = divmod(abs(value), COIN)
    sign = "-" if value < 0 else ""
    digits = f"{rest:08d}".rstrip("0")
    return f"{sign}{whole}.{digits} BTC" if digits else f"{sign}{whole} BTC"


def _version(output: Spent | None) -> tuple[int, int]:
    if output is None or output.entry < 0:
        return BEFORE
    return output.block, output.entry


def _text_of(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() else ""
