"""Writes small chains for tests: any fork, any seal, any fault."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import cramjam

from explorer.core.digests import HashAlgorithm
from explorer.crypto.patricia import list_root
from explorer.crypto.ssz import list_of_pairs_root
from explorer.encodings.rlp import Encodable, encode, from_int
from explorer.lab.ethereum_writer import (
    BFT_MIX_HASH,
    Account,
    account,
    keccak,
)

_KECCAK = HashAlgorithm.KECCAK256
NAMES = (
    *("parent", "ommers", "miner", "state", "transactions", "receipts", "bloom"),
    *("difficulty", "number", "gas_limit", "gas_used", "time", "extra", "mix"),
    *("nonce", "base_fee", "withdrawals", "blob_gas", "excess", "beacon", "requests"),
)
ALICE, BOB, CAROL, DAVE = (account(each) for each in ("alice", "bob", "carol", "dave"))
VALIDATORS = (ALICE, BOB, CAROL, DAVE)
HIGH_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
GAS_LIMIT = 8_000_000


@dataclass
class Made:
    """A block with its parts, ready to be altered."""

    values: dict[str, Encodable]
    envelopes: list[bytes] = field(default_factory=list)
    uncles: list[bytes] = field(default_factory=list)
    withdrawals: list[Encodable] | None = None
    receipts: list[bytes] = field(default_factory=list)
    hashed: bytes = b""
    """The bytes of the block's hash, where they are not the header."""

    @property
    def header(self) -> bytes:
        return encode([self.values[each] for each in NAMES if each in self.values])

    @property
    def hash(self) -> bytes:
        return keccak(self.hashed or self.header)

    @property
    def encoded(self) -> bytes:
        listed = [each if each[0] >= 0xC0 else encode(each) for each in self.envelopes]
        parts = [self.header, _list(listed), _list(self.uncles)]
        if self.withdrawals is not None:
            parts.append(encode(self.withdrawals))
        return _list(parts)


def _list(items: Sequence[bytes]) -> bytes:
    content = b"".join(items)
    if len(content) < 56:
        return bytes((0xC0 + len(content),)) + content
    size = from_int(len(content))
    return bytes((0xF7 + len(size),)) + size + content


def numbered(**values: int | bytes) -> dict[str, Encodable]:
    """Return header fields, numbers as RLP has them."""
    return {
        name: from_int(value) if isinstance(value, int) else value
        for name, value in values.items()
    }


def genesis(**values: int | bytes) -> Made:
    """Return a first block; more fields make it one of a later fork."""
    fields = numbered(
        parent=bytes(32),
        ommers=keccak(b"\xc0"),
        miner=bytes(20),
        state=keccak(b"state"),
        transactions=list_root((), _KECCAK),
        receipts=list_root((), _KECCAK),
        bloom=bytes(256),
        difficulty=131_072,
        number=0,
        gas_limit=GAS_LIMIT,
        gas_used=0,
        time=1_500_000_000,
        extra=b"",
        mix=bytes(32),
        nonce=bytes(8),
    )
    return Made({**fields, **numbered(**values)})


def child(
    parent: Made,
    envelopes: Sequence[bytes] = (),
    values: Mapping[str, int | bytes] = MappingProxyType({}),
    *,
    uncles: Sequence[Made] = (),
    receipts: Sequence[bytes] = (),
    **more: int | bytes,
) -> Made:
    """Return a block that follows ``parent``, with roots of what it holds.

    Values of the header are given by name or, where names come as values, together.
    """
    before = parent.values
    fields = dict(before)
    fields |= numbered(
        parent=parent.hash,
        number=_int(before["number"]) + 1,
        time=_int(before["time"]) + 13,
        transactions=list_root(envelopes, _KECCAK),
        ommers=keccak(_list([each.header for each in uncles])),
        receipts=list_root(receipts, _KECCAK),
        bloom=bytes(256),
        gas_used=21_000 * len(envelopes),
    )
    if "base_fee" in before:
        fields |= numbered(base_fee=next_base_fee(parent))
    made = Made(
        {**fields, **numbered(**values, **more)},
        list(envelopes),
        [each.header for each in uncles],
        receipts=list(receipts),
    )
    if "withdrawals" in made.values:
        made.withdrawals = []
    return made


def _int(value: Encodable) -> int:
    return int.from_bytes(value, "big") if isinstance(value, bytes) else 0


def next_base_fee(parent: Made) -> int:
    fee, used = _int(parent.values["base_fee"]), _int(parent.values["gas_used"])
    target = _int(parent.values["gas_limit"]) // 2
    if used == target:
        return fee
    change = fee * abs(used - target) // target // 8
    return fee + max(change, 1) if used > target else fee - change


def merged(fork: str = "Cancun") -> Made:
    """Return a first block after the merge with the fields of a fork."""
    more: dict[str, int | bytes] = {"base_fee": 7}
    if fork in {"Shanghai", "Cancun", "Prague"}:
        more["withdrawals"] = list_root((), _KECCAK)
    if fork in {"Cancun", "Prague"}:
        more |= {"blob_gas": 0, "excess": 0, "beacon": bytes(32)}
    if fork == "Prague":
        more["requests"] = bytes(32)
    made = genesis(difficulty=0, **more)
    if "withdrawals" in more:
        made.withdrawals = []
    return made


def legacy(
    sender: Account,
    nonce: int = 0,
    *,
    to: bytes = b"\x11" * 20,
    value: int = 1,
    data: bytes = b"",
    gas: int = 21_000,
    price: int = 20,
    chain_id: int = -1,
) -> bytes:
    """Return a signed transaction of type 0."""
    fields: list[Encodable] = [
        *map(from_int, (nonce, price, gas)),
        to,
        from_int(value),
        data,
    ]
    signed = fields if chain_id < 0 else [*fields, from_int(chain_id), b"", b""]
    seal = sender.sign(encode(signed))
    v = 27 + seal[64] if chain_id < 0 else 35 + 2 * chain_id + seal[64]
    return encode([*fields, from_int(v), *_scalars(seal)])


def _scalars(seal: bytes) -> list[Encodable]:
    return [seal[:32].lstrip(b"\0"), seal[32:64].lstrip(b"\0")]


def typed(
    sender: Account,
    kind: int,
    nonce: int = 0,
    *,
    to: bytes = b"\x11" * 20,
    data: bytes = b"",
    gas: int = 100_000,
    fee: int = 20,
    priority: int = 1,
    extra: Sequence[Encodable] = (),
    access: Sequence[Encodable] = (),
    chain_id: int = 1,
) -> bytes:
    """Return a signed transaction of type 1 to 4."""
    prices = [from_int(fee)] if kind == 1 else [from_int(priority), from_int(fee)]
    fields: list[Encodable] = [
        from_int(chain_id),
        from_int(nonce),
        *prices,
        from_int(gas),
        to,
        b"",
        data,
        list(access),
        *extra,
    ]
    seal = sender.sign(bytes((kind,)) + encode(fields))
    tail = [from_int(seal[64]), *_scalars(seal)]
    return bytes((kind,)) + encode([*fields, *tail])


def export(blocks: Sequence[Made]) -> bytes:
    return b"".join(each.encoded for each in blocks)


def write(folder: Path, blocks: Sequence[Made], name: str = "chain.rlp") -> Path:
    path = folder / name
    path.write_bytes(export(blocks))
    return path


def gzipped(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return packer.compress(data) + packer.flush()


def work_chain(length: int = 5) -> list[Made]:
    """Return a chain with a transfer in each block."""
    chain = [genesis()]
    for nonce in range(length):
        chain.append(child(chain[-1], [legacy(ALICE, nonce)]))
    return chain


def era1(blocks: Sequence[Made]) -> bytes:
    """Return an era1 archive of these blocks."""
    out = [_record(0x3265, b"")]
    starts: list[int] = []
    leaves: list[bytes] = []
    total = size = 0
    for block in blocks:
        total += _int(block.values["difficulty"])
        size = sum(map(len, out))
        starts.append(size)
        listed = [each if each[0] >= 0xC0 else encode(each) for each in block.envelopes]
        body = _list([_list(listed), _list(block.uncles)])
        receipts = _list(block.receipts)
        out += [
            _record(3, _snappy(block.header)),
            _record(4, _snappy(body)),
            _record(5, _snappy(receipts)),
            _record(6, total.to_bytes(32, "little")),
        ]
        leaves.append(block.hash + total.to_bytes(32, "little"))
    root = list_of_pairs_root(leaves, HashAlgorithm.SHA256)
    out.append(_record(7, root))
    at = sum(map(len, out))
    first = _int(blocks[0].values["number"])
    offsets = b"".join((e - at).to_bytes(8, "little", signed=True) for e in starts)
    count = len(starts).to_bytes(8, "little")
    out.append(_record(0x3266, first.to_bytes(8, "little") + offsets + count))
    return b"".join(out)


def _record(kind: int, data: bytes) -> bytes:
    return kind.to_bytes(2, "little") + len(data).to_bytes(4, "little") + b"\0\0" + data


def _snappy(data: bytes) -> bytes:
    return bytes(cramjam.snappy.compress(data))


def receipt(
    gas: int,
    logs: Sequence[tuple[bytes, tuple[bytes, ...], bytes]] = (),
    *,
    kind: int = 0,
    status: bytes = b"\x01",
) -> bytes:
    bits = bloom(logs)
    rows: list[Encodable] = [[a, list(topics), data] for a, topics, data in logs]
    body = encode([status, from_int(gas), bits, rows])
    return bytes((kind,)) + body if kind else body


def bloom(logs: Sequence[tuple[bytes, tuple[bytes, ...], bytes]]) -> bytes:
    bits = 0
    for address, topics, _ in logs:
        for value in (address, *topics):
            hashed = keccak(value)
            for at in (0, 2, 4):
                bits |= 1 << (int.from_bytes(hashed[at : at + 2], "big") % 2048)
    return bits.to_bytes(256, "big")


def clique_genesis(signers: Sequence[Account] = VALIDATORS) -> Made:
    listed = b"".join(sorted(each.address for each in signers))
    return genesis(difficulty=1, extra=bytes(32) + listed + bytes(65))


def clique_child(
    parent: Made,
    signer: Account,
    *,
    signers: Sequence[Account] = VALIDATORS,
    difficulty: int = 0,
    vote: tuple[Account, bool] | None = None,
    checkpoint: Sequence[Account] = (),
) -> Made:
    """Return a block that ``signer`` sealed; the difficulty is right unless given."""
    number = _int(parent.values["number"]) + 1
    ordered = sorted(each.address for each in signers)
    in_turn = ordered[number % len(ordered)] == signer.address
    listed = b"".join(sorted(each.address for each in checkpoint))
    made = child(
        parent,
        difficulty=difficulty or (2 if in_turn else 1),
        extra=bytes(32) + listed,
        miner=vote[0].address if vote else bytes(20),
        nonce=b"\xff" * 8 if vote and vote[1] else bytes(8),
    )
    seal = signer.sign(made.header)
    made.values["extra"] = bytes(32) + listed + seal
    return made


def bft_chain(
    kind: str, count: int = 3, validators: Sequence[Account] = VALIDATORS
) -> list[Made]:
    first = bft_seal(genesis(difficulty=1, mix=BFT_MIX_HASH), kind, validators)
    chain = [first]
    for number in range(count):
        proposer = validators[number % len(validators)]
        miner = bytes(20) if kind == "ibft1" else proposer.address
        made = child(chain[-1], miner=miner, extra=b"")
        chain.append(bft_seal(made, kind, validators, proposer=proposer))
    return chain


def bft_seal(
    made: Made,
    kind: str,
    validators: Sequence[Account] = VALIDATORS,
    *,
    proposer: Account = ALICE,
    committers: Sequence[Account] | None = None,
    vote: "Encodable | None" = None,
) -> Made:
    """Seal a block; ``committers`` are all validators unless given."""
    signers = validators if committers is None else committers
    is_first = made.values["number"] == b""
    listed: list[Encodable] = [each.address for each in validators]
    if kind == "ibft1":
        return _ibft1(made, listed, proposer, () if is_first else signers)
    wish = vote if vote is not None else ([] if kind == "qbft" else b"")
    round_number: Encodable = b"" if kind == "qbft" else bytes(4)
    items: list[Encodable] = [bytes(32), listed, wish, round_number]

    def header(more: Sequence[Encodable]) -> bytes:
        made.values["extra"] = encode(list(more))
        return made.header

    if kind == "qbft":
        signed = header([*items, []])
        made.hashed = signed
    else:
        signed = header(items)
        made.hashed = header(items[:3])
    seals = [] if is_first else [each.sign(signed) for each in signers]
    header([*items, seals])
    return made


def _ibft1(
    made: Made,
    listed: list[Encodable],
    proposer: Account,
    signers: Sequence[Account],
) -> Made:
    def header(seal: bytes, seals: Sequence[bytes]) -> bytes:
        made.values["extra"] = bytes(32) + encode([listed, seal, list(seals)])
        return made.header

    if not signers:
        made.hashed = header(b"", [])
        return made
    seal = proposer.sign(keccak(header(b"", [])))
    made.hashed = header(seal, [])
    committed = keccak(made.hashed) + b"\x02"
    header(seal, [each.sign(committed) for each in signers])
    return made
