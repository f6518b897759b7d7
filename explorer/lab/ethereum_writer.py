"""Writes small chains of the Ethereum family, for samples, lessons and tests.

Blocks are made as the formats say (``docs/formats/ethereum.md``): RLP, Merkle-Patricia
roots, bloom filters, signed transactions, and seals of QBFT validators. Contract code
is not run: what receipts say is what the caller gives, and state roots are a hash of
the height. Keys are demonstration keys and no secret.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import hash_function
from explorer.crypto.patricia import list_root
from explorer.crypto.secp256k1 import address_of
from explorer.crypto.secp256k1_sign import public_key_of, sign_digest
from explorer.encodings.rlp import Encodable, encode, from_int

SEED_LABEL = b"provenance-explorer demonstration key, not secret\n"
_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
BFT_MIX_HASH = bytes.fromhex(
    "63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365"
)
GAS_LIMIT = 30_000_000
PARENT_HASH, EXTRA = 0, 12
_KECCAK = HashAlgorithm.KECCAK256
keccak = hash_function(_KECCAK)


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration key with its address."""

    secret: int
    address: bytes

    def sign(self, message: bytes) -> bytes:
        """Return r, s and recovery id over the Keccak-256 of a message."""
        return sign_digest(self.secret, keccak(message))


def account(seed: str) -> Account:
    """Return the account that follows from the seed text."""
    octets = hashlib.sha256(SEED_LABEL + seed.encode()).digest()
    secret = int.from_bytes(octets, "big") % (_ORDER - 1) + 1
    return Account(secret, address_of(public_key_of(secret).raw))


@dataclass(frozen=True, slots=True)
class Call:
    """A transaction to make, with what its receipt says."""

    sender: Account
    to: bytes
    """Empty: a contract is made."""
    data: bytes = b""
    value: int = 0
    logs: tuple[tuple[bytes, tuple[bytes, ...], bytes], ...] = ()
    """(address, topics, data)."""
    has_failed: bool = False
    gas: int = 200_000


@dataclass(slots=True)
class ChainPlan:
    """What decides a chain besides its transactions."""

    chain_id: int
    validators: Sequence[Account]
    start_time: int
    step_s: int = 60
    vanity: bytes = b""
    """First bytes of the extra data, at most 32."""
    nonces: dict[bytes, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MadeBlock:
    """One block that was made."""

    header: bytes
    hash: bytes
    transactions: tuple[bytes, ...]
    """Envelopes."""
    receipts: tuple[bytes, ...]
    """As under the receipts root."""

    @property
    def encoded(self) -> bytes:
        """Return the block as in an export."""
        return block_rlp(self.header, self.transactions)


def block_rlp(header: bytes, envelopes: Sequence[bytes]) -> bytes:
    """Return [header, [transactions], []]; typed transactions are strings."""
    listed = [each if each[0] >= 0xC0 else encode(each) for each in envelopes]
    body = header + _list(b"".join(listed)) + b"\xc0"
    return _list(body)


def _list(content: bytes) -> bytes:
    size = len(content)
    if size < 56:
        return bytes((0xC0 + size,)) + content
    length = from_int(size)
    return bytes((0xF7 + len(length),)) + length + content


def dynamic_fee(plan: ChainPlan, call: Call) -> bytes:
    """Return a signed transaction of type 2; the sender's nonce counts up."""
    nonce = plan.nonces.get(call.sender.address, 0)
    plan.nonces[call.sender.address] = nonce + 1
    fields: list[Encodable] = [
        from_int(plan.chain_id),
        from_int(nonce),
        b"",
        b"",
        from_int(call.gas),
        call.to,
        from_int(call.value),
        call.data,
        [],
    ]
    signature = call.sender.sign(b"\x02" + encode(fields))
    r, s = signature[:32].lstrip(b"\0"), signature[32:64].lstrip(b"\0")
    return b"\x02" + encode([*fields, from_int(signature[64]), r, s])


def receipt(call: Call, cumulative: int) -> tuple[bytes, int]:
    """Return a receipt of type 2 and its bloom filter as a number."""
    bits = 0
    for address, topics, _ in call.logs:
        for value in (address, *topics):
            hashed = keccak(value)
            for start in (0, 2, 4):
                bits |= 1 << (int.from_bytes(hashed[start : start + 2], "big") & 2047)
    status = b"" if call.has_failed else b"\x01"
    rows: list[Encodable] = [[a, list(topics), data] for a, topics, data in call.logs]
    bloom = bits.to_bytes(256, "big")
    return b"\x02" + encode([status, from_int(cumulative), bloom, rows]), bits


def gas_of(call: Call) -> int:
    """Return a plausible amount of gas: what a transaction needs to begin."""
    zeros = call.data.count(0)
    create = 0 if call.to else 32_000 + 2 * ((len(call.data) + 31) // 32)
    return 21_000 + 4 * zeros + 16 * (len(call.data) - zeros) + create


def qbft_chain(plan: ChainPlan, blocks: Sequence[Sequence[Call]]) -> list[MadeBlock]:
    """Return a first block and one for each list of calls, sealed by all validators."""
    made: list[MadeBlock] = []
    parent = bytes(32)
    for number in range(len(blocks) + 1):
        calls = blocks[number - 1] if number else ()
        made.append(made_block(plan, number, parent, calls))
        parent = made[-1].hash
    return made


def made_block(
    plan: ChainPlan, number: int, parent: bytes, calls: Sequence[Call]
) -> MadeBlock:
    """Return one block that follows the one whose hash is ``parent``."""
    envelopes = tuple(dynamic_fee(plan, each) for each in calls)
    receipts: list[bytes] = []
    bits = used = 0
    for each in calls:
        used += gas_of(each)
        encoded, bloom = receipt(each, used)
        receipts.append(encoded)
        bits |= bloom
    proposer = plan.validators[number % len(plan.validators)]
    fields: list[Encodable] = [
        parent,
        keccak(b"\xc0"),
        proposer.address if number else bytes(20),
        keccak(b"state" + from_int(number)),
        list_root(envelopes, _KECCAK),
        list_root(receipts, _KECCAK),
        bits.to_bytes(256, "big"),
        b"\x01",
        from_int(number),
        from_int(GAS_LIMIT),
        from_int(used),
        from_int(plan.start_time + number * plan.step_s),
        b"",
        BFT_MIX_HASH,
        bytes(8),
        b"",
    ]
    header, block_hash = _sealed(plan, fields, number)
    return MadeBlock(header, block_hash, envelopes, tuple(receipts))


def _sealed(
    plan: ChainPlan, fields: list[Encodable], number: int
) -> tuple[bytes, bytes]:
    """Return the header with its seals, and the block's hash."""
    listed = sorted(each.address for each in plan.validators)
    items: list[Encodable] = [plan.vanity.ljust(32, b"\0"), listed, [], b""]

    def with_seals(seals: Sequence[bytes]) -> bytes:
        return encode([*fields[:EXTRA], encode([*items, list(seals)]), *fields[13:]])

    unsealed = with_seals([])
    if not number:
        return unsealed, keccak(unsealed)
    ordered = sorted(plan.validators, key=lambda each: each.address)
    sealed = with_seals([each.sign(unsealed) for each in ordered])
    return sealed, keccak(unsealed)
