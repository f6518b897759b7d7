"""Transactions of types 0 to 4: fields, what is signed, what is hashed.

Yellow Paper, section 4.2 (type 0), EIP-155 (chain id in ``v``), EIP-2930 (1), EIP-1559
(2), EIP-4844 (3), EIP-7702 (4), EIP-2718 (envelope: one byte of type, then RLP). Left
out: types of other chains (deposits of Optimism, Arbitrum, Celo), which are hashed and
shown but not understood; blobs in network form, which no block holds.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from explorer.core.errors import ReadError
from explorer.encodings.rlp import Plain, decode_plain, encode, from_int

MAX_ENVELOPE_BYTES = 16 * 2**20
"""Longest transaction; Ethereum's blocks hold far less."""
SECP256K1_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
LEGACY, ACCESS_LIST, DYNAMIC_FEE, BLOB, SET_CODE = range(5)

FIELD_NAMES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        LEGACY: ("nonce", "gas price", "gas", "to", "value", "data", "v", "r", "s"),
        ACCESS_LIST: (
            *("chain id", "nonce", "gas price", "gas", "to", "value", "data"),
            *("access list", "y parity", "r", "s"),
        ),
        DYNAMIC_FEE: (
            *("chain id", "nonce", "max priority fee per gas", "max fee per gas"),
            *("gas", "to", "value", "data", "access list", "y parity", "r", "s"),
        ),
        BLOB: (
            *("chain id", "nonce", "max priority fee per gas", "max fee per gas"),
            *("gas", "to", "value", "data", "access list", "max fee per blob gas"),
            *("blob versioned hashes", "y parity", "r", "s"),
        ),
        SET_CODE: (
            *("chain id", "nonce", "max priority fee per gas", "max fee per gas"),
            *("gas", "to", "value", "data", "access list", "authorization list"),
            *("y parity", "r", "s"),
        ),
    }
)
"""Type → names of its fields in order."""
_BYTES_OF = {
    "chain id": 32,
    "nonce": 8,
    "gas price": 32,
    "max priority fee per gas": 32,
    "max fee per gas": 32,
    "gas": 8,
    "value": 32,
    "max fee per blob gas": 32,
    "v": 32,
    "y parity": 1,
    "r": 32,
    "s": 32,
}
"""Integer fields and their most bytes."""
_LISTS = frozenset({"access list", "blob versioned hashes", "authorization list"})


class Transaction(msgspec.Struct, gc=False, frozen=True):
    """One transaction; what its type has not is 0 or empty."""

    envelope: bytes
    """The bytes whose hash is the transaction's."""
    type: int
    chain_id: int
    """-1 where the transaction is for any chain."""
    nonce: int
    max_fee: int
    """Gas price for types 0 and 1."""
    max_priority: int
    gas: int
    to: bytes
    """Empty: a contract is created."""
    value: int
    data: bytes
    recovery: int
    """0 or 1; -1 where ``v`` is no value that Ethereum knows."""
    r: int
    s: int
    signed: bytes
    """The bytes whose Keccak-256 is signed."""
    access_list: tuple[tuple[bytes, int], ...] = ()
    """(address, number of storage keys)."""
    blob_hashes: tuple[bytes, ...] = ()
    max_blob_fee: int = 0
    authorizations: int = 0

    @property
    def signature(self) -> bytes:
        """Return r, s and recovery id, 65 bytes."""
        recovery = self.recovery if 0 <= self.recovery <= 3 else 255
        return (
            self.r.to_bytes(32, "big") + self.s.to_bytes(32, "big") + bytes((recovery,))
        )


def parse_transaction(envelope: bytes) -> Transaction:
    """Return the transaction in an envelope.

    Raises:
        ReadError: ``transaction-malformed``, ``transaction-type-unknown``, or what the
            RLP decoder refuses.
    """
    if not envelope or len(envelope) > MAX_ENVELOPE_BYTES:
        raise ReadError(f"{len(envelope)} bytes", "transaction-malformed")
    kind = envelope[0]
    if kind >= 0xC0:
        return _legacy(envelope, _fields(decode_plain(envelope), LEGACY))
    if kind not in FIELD_NAMES or kind == LEGACY:
        raise ReadError(f"type {kind}", "transaction-type-unknown")
    return _typed(envelope, kind, _fields(decode_plain(envelope, 1), kind))


def _fields(found: Plain, kind: int) -> list[Plain]:
    names = FIELD_NAMES[kind]
    if not isinstance(found, list) or len(found) != len(names):
        raise ReadError("not the fields of its type", "transaction-malformed")
    for name, value in zip(names, found, strict=True):
        if isinstance(value, list) != (name in _LISTS):
            raise ReadError(f"{name} has another form", "transaction-malformed")
    return found


def _numbers(kind: int, fields: Sequence[Plain]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, value in zip(FIELD_NAMES[kind], fields, strict=True):
        most = _BYTES_OF.get(name)
        if most is None:
            continue
        if not isinstance(value, bytes) or len(value) > most or value[:1] == b"\x00":
            raise ReadError(f"{name} is no number of its kind", "transaction-malformed")
        found[name] = int.from_bytes(value, "big")
    return found


def _text(fields: Sequence[Plain], kind: int, name: str) -> bytes:
    value = fields[FIELD_NAMES[kind].index(name)]
    if not isinstance(value, bytes):
        raise ReadError(f"{name} is a list", "transaction-malformed")
    if name == "to" and len(value) not in {0, 20}:
        raise ReadError(f"an address of {len(value)} bytes", "transaction-malformed")
    return value


def _legacy(envelope: bytes, fields: list[Plain]) -> Transaction:
    numbers = _numbers(LEGACY, fields)
    v, chain_id, recovery = numbers["v"], -1, -1
    signed: list[Plain] = fields[:6]
    if v in {27, 28}:
        recovery = v - 27
    elif v >= 35:
        chain_id, recovery = (v - 35) // 2, (v - 35) % 2
        signed = [*signed, from_int(chain_id), b"", b""]
    return Transaction(
        envelope,
        LEGACY,
        chain_id,
        numbers["nonce"],
        numbers["gas price"],
        numbers["gas price"],
        numbers["gas"],
        _text(fields, LEGACY, "to"),
        numbers["value"],
        _text(fields, LEGACY, "data"),
        recovery,
        numbers["r"],
        numbers["s"],
        encode(signed),
    )


def _typed(envelope: bytes, kind: int, fields: list[Plain]) -> Transaction:
    numbers = _numbers(kind, fields)
    names = FIELD_NAMES[kind]
    access = _access_list(fields[names.index("access list")])
    blobs, authorizations = _extras(kind, fields)
    parity = numbers["y parity"]
    price = numbers.get("gas price", 0)
    return Transaction(
        envelope,
        kind,
        numbers["chain id"],
        numbers["nonce"],
        numbers.get("max fee per gas", price),
        numbers.get("max priority fee per gas", price),
        numbers["gas"],
        _text(fields, kind, "to"),
        numbers["value"],
        _text(fields, kind, "data"),
        parity if parity < 2 else -1,
        numbers["r"],
        numbers["s"],
        envelope[:1] + encode(fields[:-3]),
        access,
        blobs,
        numbers.get("max fee per blob gas", 0),
        authorizations,
    )


def _extras(kind: int, fields: list[Plain]) -> tuple[tuple[bytes, ...], int]:
    """Return the blob hashes and the number of authorizations."""
    last = fields[-4]
    if kind == BLOB and isinstance(last, list):
        hashes = [each for each in last if isinstance(each, bytes) and len(each) == 32]
        if len(hashes) != len(last):
            raise ReadError("a blob hash has another size", "transaction-malformed")
        return tuple(hashes), 0
    if kind == SET_CODE and isinstance(last, list):
        for each in last:
            _demand_authorization(each)
        return (), len(last)
    return (), 0


_AUTHORIZATION_BYTES = (32, 20, 8, 1, 32, 32)
"""Most bytes of chain id, address (exactly), nonce, y parity, r, s."""


def _demand_authorization(item: Plain) -> None:
    is_well_formed = isinstance(item, list) and len(item) == len(_AUTHORIZATION_BYTES)
    if not is_well_formed or isinstance(item, bytes):
        raise ReadError("an authorization has other fields", "transaction-malformed")
    for position, most in enumerate(_AUTHORIZATION_BYTES):
        value = item[position]
        if not isinstance(value, bytes) or len(value) > most:
            raise ReadError("an authorization is out of range", "transaction-malformed")
        is_address = position == 1
        if len(value) != 20 if is_address else value[:1] == b"\x00":
            raise ReadError("an authorization is malformed", "transaction-malformed")


def _access_list(item: Plain) -> tuple[tuple[bytes, int], ...]:
    found: list[tuple[bytes, int]] = []
    for entry in item if isinstance(item, list) else ():
        match entry:
            case [bytes() as address, list() as keys] if len(address) == 20:
                if any(not isinstance(key, bytes) or len(key) != 32 for key in keys):
                    raise ReadError("a storage key", "transaction-malformed")
                found.append((address, len(keys)))
            case _:
                raise ReadError("an access list", "transaction-malformed")
    return tuple(found)
