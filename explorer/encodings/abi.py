"""Solidity contract ABI: types, calls and events decoded from what a ledger records.

Contract ABI Specification of Solidity 0.8.30: sections "Types", "Formal Specification
of the Encoding", "Events" and "JSON". Values are read strictly: padding and range are
checked, as the ABI coder v2 demands. The hash function is an argument, because chains
with national cryptography select functions by SM3 instead of Keccak-256.

Offsets are hostile: they may point anywhere, also many at one place, so the number of
values and the bytes taken are limited (``MAX_VALUES``, ``MAX_DECODED_BYTES``). Left
out: fixed-point numbers, which no compiler emits, and anonymous events, which name
nothing. Encoding is in ``abi_encoding``.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING

WORD = 32
"""Bytes of a word; everything is padded to it."""
SELECTOR_BYTES = 4
MAX_VALUES = 100_000
"""Values decoded of one call or event."""
MAX_DECODED_BYTES = 16 * 2**20
"""Bytes of texts and byte strings decoded of one call or event."""
MAX_ABI_ITEMS = 10_000
"""Functions, events and their parameters in one ABI."""
_MAX_ARRAY_LENGTH = 2**32
_MAX_EXACT = 2**53
"""Integers beyond are written as text in JSON, which many read as doubles."""

AbiValue: TypeAlias = "bool | int | str | bytes | list[AbiValue]"
"""A decoded value: addresses and byte strings are bytes, tuples and arrays lists."""
JsonText: TypeAlias = "bool | int | str | list[JsonText] | dict[str, JsonText]"
HashFunction = Callable[[bytes], bytes]

_BASE = re.compile(r"(uint|int|bytes|address|bool|string|function|tuple)([0-9]{0,3})\Z")
_SUFFIX = re.compile(r"\[([0-9]{0,10})\]\Z")


class AbiKind(StrEnum):
    """The kind of a type."""

    UINT = "uint"
    INT = "int"
    ADDRESS = "address"
    BOOL = "bool"
    FIXED_BYTES = "fixed-bytes"
    BYTES = "bytes"
    STRING = "string"
    ARRAY = "array"
    TUPLE = "tuple"


class AbiType(msgspec.Struct, frozen=True):
    """One type."""

    kind: AbiKind
    text: str
    """Canonical, as signatures have it: ``(uint256,string)[]``."""
    size: int
    """Bits of an integer, bytes of a fixed byte string, else 0."""
    is_dynamic: bool
    head: int
    """Bytes in the head of what holds it."""
    element: "AbiType | None" = None
    length: int = -1
    """Length of an array; -1: written before its elements."""
    members: tuple["AbiParameter", ...] = ()


class AbiParameter(msgspec.Struct, frozen=True):
    """One parameter of a function, an event or a tuple."""

    name: str
    type: AbiType
    is_indexed: bool = False


class AbiItem(msgspec.Struct, frozen=True):
    """One function or event."""

    name: str
    inputs: tuple[AbiParameter, ...]
    outputs: tuple[AbiParameter, ...] = ()

    @property
    def signature(self) -> str:
        """Return the text that selectors and topics are hashes of."""
        return f"{self.name}({','.join(each.type.text for each in self.inputs)})"


class Abi(msgspec.Struct, frozen=True):
    """The functions and events of a contract."""

    functions: tuple[AbiItem, ...]
    events: tuple[AbiItem, ...]
    constructor: AbiItem | None = None

    def by_selector(self, hashed: HashFunction) -> dict[bytes, AbiItem]:
        """Return four bytes → function."""
        return {
            hashed(each.signature.encode())[:SELECTOR_BYTES]: each
            for each in self.functions
        }

    def by_topic(self, hashed: HashFunction) -> dict[bytes, AbiItem]:
        """Return first topic → event."""
        return {hashed(each.signature.encode()): each for each in self.events}


def parse_abi(entries: object) -> Abi:
    """Return what an ABI in JSON, already decoded, declares.

    Raises:
        ReadError: ``abi-malformed``, ``abi-unsupported``, ``too-deep``,
            ``too-many-values``.
    """
    if not isinstance(entries, list):
        raise _fault("an ABI is a list", "abi-malformed")
    parser = _Parser()
    found: dict[str, list[AbiItem]] = {"function": [], "event": [], "constructor": []}
    for entry in entries:
        kind = entry.get("type", "function") if isinstance(entry, dict) else None
        if not isinstance(kind, str):
            raise _fault("an entry has no type", "abi-malformed")
        if kind in found and not entry.get("anonymous"):
            found[kind].append(parser.item(entry))
    constructor = found["constructor"][0] if found["constructor"] else None
    return Abi(tuple(found["function"]), tuple(found["event"]), constructor)


def parse_type(text: str, components: object = ()) -> AbiType:
    """Return the type of this name; a tuple's members are its ``components``.

    Raises:
        ReadError: As ``parse_abi`` does.
    """
    return _Parser().type(text, components, 0)


class _Parser:
    """Reads the types of one ABI and counts them."""

    def __init__(self) -> None:
        self._items = 0

    def item(self, entry: Mapping[str, object]) -> AbiItem:
        name = entry.get("name", "")
        if not isinstance(name, str):
            raise _fault("a name is no text", "abi-malformed")
        return AbiItem(
            name,
            self.parameters(entry.get("inputs", []), 0),
            self.parameters(entry.get("outputs", []), 0),
        )

    def parameters(self, entries: object, depth: int) -> tuple[AbiParameter, ...]:
        if not isinstance(entries, list | tuple):
            raise _fault("parameters are a list", "abi-malformed")
        return tuple(self._parameter(each, depth) for each in entries)

    def _parameter(self, entry: object, depth: int) -> AbiParameter:
        self._items += 1
        if self._items > MAX_ABI_ITEMS:
            raise _fault(f"more than {MAX_ABI_ITEMS} parameters", "too-many-values")
        if not isinstance(entry, dict):
            raise _fault("a parameter is an object", "abi-malformed")
        name, text = entry.get("name", ""), entry.get("type")
        if not isinstance(name, str) or not isinstance(text, str):
            raise _fault("a parameter has no name or type", "abi-malformed")
        kind = self.type(text, entry.get("components", []), depth)
        return AbiParameter(name, kind, entry.get("indexed") is True)

    def type(self, text: str, components: object, depth: int) -> AbiType:
        """Return the type; arrays are taken apart from the outside in."""
        lengths: list[int] = []
        while text.endswith("]"):
            suffix = _SUFFIX.search(text)
            if suffix is None:
                raise _fault(f"no type: {text[:80]!r}", "abi-malformed")
            lengths.append(int(suffix[1]) if suffix[1] else -1)
            text = text[: suffix.start()]
            if len(lengths) + depth > MAX_NESTING:
                raise _fault("types are nested too deeply", "too-deep")
        base = self._base(text, components, depth + len(lengths))
        for length in reversed(lengths):
            base = _array(base, length)
        return base

    def _base(self, text: str, components: object, depth: int) -> AbiType:
        match = _BASE.match(text)
        if match is None:
            raise _fault(f"no type: {text[:80]!r}", "abi-unsupported")
        name, digits = match[1], match[2]
        if name == "tuple":
            if depth >= MAX_NESTING:
                raise _fault("types are nested too deeply", "too-deep")
            return _tuple(self.parameters(components, depth + 1))
        if name in {"uint", "int"}:
            return _integer(AbiKind(name), int(digits or 256))
        if name == "bytes" and digits:
            return _fixed_bytes(text, int(digits))
        if digits:
            raise _fault(f"no type: {text[:80]!r}", "abi-unsupported")
        return _SIMPLE[name]


def _integer(kind: AbiKind, bits: int) -> AbiType:
    if bits % 8 or not 8 <= bits <= 256:
        raise _fault(f"no integer has {bits} bits", "abi-unsupported")
    return AbiType(kind, f"{kind.value}{bits}", bits, is_dynamic=False, head=WORD)


def _fixed_bytes(text: str, size: int) -> AbiType:
    if not 1 <= size <= WORD:
        raise _fault(f"no word has {size} bytes", "abi-unsupported")
    return AbiType(AbiKind.FIXED_BYTES, text, size, is_dynamic=False, head=WORD)


def _tuple(members: tuple[AbiParameter, ...]) -> AbiType:
    text = f"({','.join(each.type.text for each in members)})"
    is_dynamic = any(each.type.is_dynamic for each in members)
    head = WORD if is_dynamic else sum(each.type.head for each in members)
    return AbiType(
        AbiKind.TUPLE, text, 0, is_dynamic=is_dynamic, head=head, members=members
    )


def _array(element: AbiType, length: int) -> AbiType:
    if length > _MAX_ARRAY_LENGTH:
        raise _fault(f"no array has {length} elements", "abi-unsupported")
    is_dynamic = length < 0 or element.is_dynamic
    return AbiType(
        AbiKind.ARRAY,
        f"{element.text}[{length if length >= 0 else ''}]",
        0,
        is_dynamic=is_dynamic,
        head=WORD if is_dynamic else element.head * length,
        element=element,
        length=length,
    )


def _simple(kind: AbiKind, text: str, size: int = 0) -> AbiType:
    is_dynamic = kind in {AbiKind.BYTES, AbiKind.STRING}
    return AbiType(kind, text, size, is_dynamic=is_dynamic, head=WORD)


_SIMPLE = {
    "address": _simple(AbiKind.ADDRESS, "address"),
    "bool": _simple(AbiKind.BOOL, "bool"),
    "bytes": _simple(AbiKind.BYTES, "bytes"),
    "string": _simple(AbiKind.STRING, "string"),
    "function": _simple(AbiKind.FIXED_BYTES, "function", 24),
}


def decode_values(parameters: Sequence[AbiParameter], data: bytes) -> list[AbiValue]:
    """Return the values of parameters from their encoding; a call without selector.

    Raises:
        ReadError: ``abi-truncated``, ``abi-out-of-range``, ``too-many-values``.
    """
    return _Reader(data).sequence([each.type for each in parameters], 0)


def decode_event(
    event: AbiItem, topics: Sequence[bytes], data: bytes
) -> list[AbiValue]:
    """Return the values of an event; an indexed text or array is only its hash.

    Raises:
        ReadError: As ``decode_values`` does; ``abi-truncated`` if topics are missing.
    """
    indexed = [each for each in event.inputs if each.is_indexed]
    if len(topics) != len(indexed) + 1 or any(len(each) != WORD for each in topics):
        raise _fault("the event has another number of topics", "abi-truncated")
    plain = [each.type for each in event.inputs if not each.is_indexed]
    values = iter(_Reader(data).sequence(plain, 0))
    found = iter(topics[1:])
    return [
        _topic(each.type, next(found)) if each.is_indexed else next(values)
        for each in event.inputs
    ]


def _topic(kind: AbiType, topic: bytes) -> AbiValue:
    is_word = not kind.is_dynamic and kind.kind not in {AbiKind.ARRAY, AbiKind.TUPLE}
    return _scalar(kind, topic) if is_word else topic


class _Reader:
    """Reads values from one encoding, within limits."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._values = MAX_VALUES
        self._octets = MAX_DECODED_BYTES

    def sequence(self, kinds: Iterable[AbiType], base: int) -> list[AbiValue]:
        """Return members that lie one after the other from ``base``."""
        out: list[AbiValue] = []
        at = base
        for kind in kinds:
            start = base + self._number(at) if kind.is_dynamic else at
            out.append(self._value(kind, start))
            at += kind.head
        return out

    def _value(self, kind: AbiType, at: int) -> AbiValue:
        self._values -= 1
        if self._values < 0:
            raise _fault(f"more than {MAX_VALUES} values", "too-many-values")
        if kind.element is not None:
            return self._elements(kind.element, kind.length, at)
        if kind.kind is AbiKind.TUPLE:
            return self.sequence([each.type for each in kind.members], at)
        if kind.kind in {AbiKind.BYTES, AbiKind.STRING}:
            octets = self._long(at)
            is_text = kind.kind is AbiKind.STRING
            return octets.decode(errors="replace") if is_text else octets
        return _scalar(kind, self._word(at))

    def _elements(self, element: AbiType, length: int, at: int) -> AbiValue:
        if length < 0:
            length, at = self._number(at), at + WORD
        if length > self._values:
            raise _fault(f"an array of {length} elements", "too-many-values")
        return self.sequence([element] * length, at)

    def _long(self, at: int) -> bytes:
        size = self._number(at)
        start = at + WORD
        if size > len(self._data) - start:
            raise _fault("bytes end too late", "abi-truncated")
        self._octets -= size
        if self._octets < 0:
            raise _fault(f"more than {MAX_DECODED_BYTES} bytes", "too-many-values")
        return self._data[start : start + size]

    def _number(self, at: int) -> int:
        return int.from_bytes(self._word(at), "big")

    def _word(self, at: int) -> bytes:
        word = self._data[at : at + WORD]
        if len(word) != WORD:
            raise _fault("a word is missing", "abi-truncated")
        return word


def _scalar(kind: AbiType, word: bytes) -> AbiValue:
    number = int.from_bytes(word, "big")
    match kind.kind:
        case AbiKind.UINT:
            return _within(number, number >> kind.size == 0)
        case AbiKind.INT:
            signed = int.from_bytes(word, "big", signed=True)
            limit = 1 << (kind.size - 1)
            return _within(signed, -limit <= signed < limit)
        case AbiKind.BOOL:
            return bool(_within(number, number < 2))
        case AbiKind.ADDRESS:
            _within(number, number >> 160 == 0)
            return word[12:]
        case _:
            _within(number, not any(word[kind.size :]))
            return word[: kind.size]


def _within(value: int, holds: bool) -> int:  # noqa: FBT001 - the answer, not a switch
    if not holds:
        raise _fault("a value is outside of its type", "abi-out-of-range")
    return value


def named_values(
    parameters: Sequence[AbiParameter], values: Sequence[AbiValue]
) -> dict[str, JsonText]:
    """Return values by the names of their parameters, fit for JSON.

    A parameter without a name, or with one that was used, is called by its position.
    """
    out: dict[str, JsonText] = {}
    for index, (each, value) in enumerate(zip(parameters, values, strict=True)):
        name = each.name if each.name and each.name not in out else str(index)
        out[name] = _json(each.type, value)
    return out


def _json(kind: AbiType, value: AbiValue) -> JsonText:
    if isinstance(value, list):
        if kind.element is not None:
            element = kind.element
            return [_json(element, each) for each in value]
        return named_values(kind.members, value)
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if isinstance(value, int) and not -_MAX_EXACT <= value <= _MAX_EXACT:
        return str(value)
    return value


def _fault(message: str, reason: str) -> ReadError:
    return ReadError(message, reason)
