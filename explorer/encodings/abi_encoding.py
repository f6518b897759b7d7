"""Values written in the Solidity contract ABI, for samples and to check decoding.

Contract ABI Specification of Solidity 0.8.30, "Formal Specification of the Encoding".
"""

from collections.abc import Sequence

from explorer.core.errors import ReadError
from explorer.encodings.abi import WORD, AbiKind, AbiType, AbiValue


def encode_values(kinds: Sequence[AbiType], values: Sequence[AbiValue]) -> bytes:
    """Return the encoding of values one after the other, as a call has behind its name.

    Raises:
        ReadError: ``abi-malformed`` if a value does not fit its type.
    """
    heads: list[bytes] = []
    tails: list[bytes] = []
    offset = sum(kind.head for kind in kinds)
    for kind, value in zip(kinds, values, strict=True):
        encoded = _encoded(kind, value)
        if kind.is_dynamic:
            heads.append(offset.to_bytes(WORD, "big"))
            tails.append(encoded)
            offset += len(encoded)
        else:
            heads.append(encoded)
    return b"".join((*heads, *tails))


def _encoded(kind: AbiType, value: AbiValue) -> bytes:
    if isinstance(value, list):
        return _encoded_list(kind, value)
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, int):
        return value.to_bytes(WORD, "big", signed=value < 0)
    if kind.kind in {AbiKind.BYTES, AbiKind.STRING}:
        return len(value).to_bytes(WORD, "big") + value + bytes(-len(value) % WORD)
    is_address = kind.kind is AbiKind.ADDRESS
    return value.rjust(WORD, b"\0") if is_address else value.ljust(WORD, b"\0")


def _encoded_list(kind: AbiType, value: list[AbiValue]) -> bytes:
    if kind.element is None:
        return encode_values([each.type for each in kind.members], value)
    if kind.length not in {-1, len(value)}:
        raise ReadError(f"{kind.text} with {len(value)} elements", "abi-malformed")
    elements = encode_values([kind.element] * len(value), value)
    return elements if kind.length >= 0 else len(value).to_bytes(WORD, "big") + elements
