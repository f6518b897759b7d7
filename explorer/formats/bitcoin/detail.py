"""The detail tree of one block: every field with its place."""

from collections.abc import Callable
from datetime import UTC, datetime

from explorer.core.absent import Absent
from explorer.encodings.bitcoin_headers import work_of
from explorer.formats.bitcoin.contents import amount_text, key_of
from explorer.formats.bitcoin.networks import Network
from explorer.formats.bitcoin.parsing import outpoint_of
from explorer.formats.bitcoin.records import (
    HEADER_BYTES,
    RawBlock,
    Transaction,
    shown,
)
from explorer.formats.bitcoin.scripts import address_of_script, kind_of
from explorer.model.ledgers import PREVIOUS_HASH, Field, HashPart

MAX_FIELDS = 200_000
"""Fields shown of one block; what is behind them is counted, not shown."""
MAX_SHOWN_BYTES = 2_000
_HEADER = (
    ("version", 0, 4),
    (PREVIOUS_HASH, 4, 36),
    ("merkle root", 36, 68),
    ("time", 68, 72),
    ("target", 72, 76),
    ("nonce", 76, 80),
)


def header_parts(raw: RawBlock) -> tuple[HashPart, ...]:
    """Return the pieces of the header, whose double hash is the block's hash."""
    return tuple(
        HashPart(name, raw.data[start:end], raw.places.span(start, end))
        for name, start, end in _HEADER
    )


def block_fields(raw: RawBlock, network: Network) -> tuple[Field, ...]:
    """Return the fields of a block in file order."""
    return _Tree(raw, network).block()


class _Tree:
    """Builds the tree of one block and counts its fields."""

    def __init__(self, raw: RawBlock, network: Network) -> None:
        self._raw = raw
        self._network = network
        self._left = MAX_FIELDS

    def block(self) -> tuple[Field, ...]:
        raw = self._raw
        header = tuple(
            self._leaf(name, _HEADER_VALUES[name](raw.data[start:end]), start, end)
            for name, start, end in _HEADER
        )
        fields = [
            Field("hash", shown(raw.hash), Absent.NOT_IN_FORMAT),
            Field("header", "", raw.places.span(0, HEADER_BYTES), header),
        ]
        if raw.transactions:
            transactions = self._transactions()
            place = raw.places.span(HEADER_BYTES, len(raw.data))
            number = str(len(raw.transactions))
            fields.append(Field("transactions", number, place, transactions))
        elif raw.declared.txids:
            ids = tuple(
                Field(f"transaction {position}", shown(txid), Absent.NOT_IN_EXPORT)
                for position, txid in enumerate(raw.declared.txids)
            )
            fields.append(Field("transactions", str(len(ids)), raw.span, ids))
        return tuple(fields)

    def _transactions(self) -> tuple[Field, ...]:
        found: list[Field] = []
        for position, each in enumerate(self._raw.transactions):
            if self._left < 0:
                rest = f"{len(self._raw.transactions) - position}"
                found.append(Field("not shown", rest, Absent.NOT_IN_FORMAT))
                break
            found.append(self._transaction(position, each))
        return tuple(found)

    def _transaction(self, position: int, one: Transaction) -> Field:
        raw = self._raw
        children = [self._number("version", one.start, one.start + 4)]
        if one.witnesses:
            children.append(
                self._leaf("witness marker", "0001", one.start + 4, one.inputs_start)
            )
        children += [self._input(number, one) for number in range(len(one.inputs))]
        children += [self._output(number, one) for number in range(len(one.outputs))]
        children.append(self._number("lock time", one.end - 4, one.end))
        return Field(
            f"transaction {position}",
            shown(one.txid),
            raw.places.span(one.start, one.end),
            tuple(children),
        )

    def _input(self, number: int, one: Transaction) -> Field:
        data = self._raw.data
        at, start, end = one.inputs[number]
        spends = key_of(outpoint_of(data, one.inputs[number]))
        children = [
            self._leaf("spent transaction", shown(data[at : at + 32]), at, at + 32),
            self._number("spent output", at + 32, at + 36),
            self._bytes("script", start, end),
            self._number("sequence", end, end + 4),
        ]
        if one.witnesses:
            children += [
                self._bytes(f"witness item {index}", *place)
                for index, place in enumerate(one.witnesses[number])
            ]
        span = self._raw.places.span(at, end + 4)
        return Field(f"input {number}", spends, span, tuple(children))

    def _output(self, number: int, one: Transaction) -> Field:
        data = self._raw.data
        value, start, end = one.outputs[number]
        script = data[start:end]
        begin = one.outputs[number - 1][2] if number else _first_output(data, one)
        children = [
            self._leaf("amount", amount_text(value), begin, begin + 8),
            self._bytes("script", start, end),
            Field("kind", str(kind_of(script)), Absent.NOT_IN_FORMAT),
        ]
        address = address_of_script(script, self._network)
        if address:
            children.append(Field("address", address, Absent.NOT_IN_FORMAT))
        span = self._raw.places.span(begin, end)
        name = address or str(kind_of(script))
        shown_value = f"{amount_text(value)} → {name}"
        return Field(f"output {number}", shown_value, span, tuple(children))

    def _leaf(self, name: str, value: str, start: int, end: int) -> Field:
        self._left -= 1
        return Field(name, value, self._raw.places.span(start, end))

    def _number(self, name: str, start: int, end: int) -> Field:
        value = int.from_bytes(self._raw.data[start:end], "little")
        return self._leaf(name, str(value), start, end)

    def _bytes(self, name: str, start: int, end: int) -> Field:
        part = self._raw.data[start : min(end, start + MAX_SHOWN_BYTES)]
        rest = "…" if end - start > MAX_SHOWN_BYTES else ""
        return self._leaf(name, part.hex() + rest, start, end)


def _first_output(data: bytes, one: Transaction) -> int:
    first = data[one.outputs_start]
    width = 1 if first < 253 else 1 + (1 << (first - 252))
    return one.outputs_start + width


def _number(value: bytes) -> str:
    return str(int.from_bytes(value, "little", signed=len(value) == 4))


def _target(value: bytes) -> str:
    bits = int.from_bytes(value, "little")
    return f"{bits:08x} (2^{max(work_of(bits).bit_length() - 1, 0)} hashes)"


def _time(value: bytes) -> str:
    moment = datetime.fromtimestamp(int.from_bytes(value, "little"), UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


_HEADER_VALUES: dict[str, Callable[[bytes], str]] = {
    "version": _number,
    PREVIOUS_HASH: shown,
    "merkle root": shown,
    "time": _time,
    "target": _target,
    "nonce": lambda value: str(int.from_bytes(value, "little")),
}
