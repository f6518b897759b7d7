"""Makes blocks of the regression test network, with real work and real signatures."""

import hashlib
import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from explorer.core.digests import HashAlgorithm
from explorer.core.tasks import NullContext
from explorer.crypto.bitcoin_headers import is_worked
from explorer.crypto.bitcoin_trees import merkle_root
from explorer.crypto.hashes import digest
from explorer.crypto.secp256k1 import N, hash160
from explorer.crypto.secp256k1_sign import public_key_of, sign_digest, sign_schnorr
from explorer.crypto.trust import HistoryAnchor, TrustStore
from explorer.encodings.der import encode_signature, read_signature
from explorer.formats.bitcoin.networks import COIN, REGTEST
from explorer.formats.bitcoin.parsing import (
    read_block,
    read_transactions,
    write_size,
    wtxid_of,
)
from explorer.formats.bitcoin.records import Spent
from explorer.formats.bitcoin.sighash import (
    SignedTransaction,
    legacy_preimage,
    taproot_digest,
    witness_preimage,
)
from explorer.model.checks import Outcome
from explorer.model.verdicts import EvidenceReport, LedgerReport
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

BITS = 0x207FFFFF
START = 1_600_000_000


def sha256d(data: bytes) -> bytes:
    return digest(HashAlgorithm.SHA256D, data)


def push(data: bytes) -> bytes:
    if len(data) < 76:
        return bytes((len(data),)) + data
    return b"\x4c" + bytes((len(data),)) + data


def key_of(secret: int) -> bytes:
    """Return the compressed key."""
    raw = public_key_of(secret).raw
    return bytes((2 + (raw[64] & 1),)) + raw[1:33]


def p2pkh(secret: int) -> bytes:
    return b"\x76\xa9\x14" + hash160(key_of(secret)) + b"\x88\xac"


def p2pk(secret: int) -> bytes:
    return push(public_key_of(secret).raw) + b"\xac"


def p2wpkh(secret: int) -> bytes:
    return b"\x00\x14" + hash160(key_of(secret))


def p2sh(script: bytes) -> bytes:
    return b"\xa9\x14" + hash160(script) + b"\x87"


def p2wsh(script: bytes) -> bytes:
    return b"\x00\x20" + hashlib.sha256(script).digest()


def p2tr(secret: int) -> bytes:
    return b"\x51\x20" + public_key_of(secret).raw[1:33]


def multisig(least: int, secrets: Sequence[int]) -> bytes:
    keys = b"".join(push(key_of(each)) for each in secrets)
    return bytes((0x50 + least,)) + keys + bytes((0x50 + len(secrets), 0xAE))


@dataclass
class Input:
    """What an input spends, and with which secrets."""

    outpoint: bytes
    value: int
    script: bytes
    secrets: Sequence[int] = ()
    redeem: bytes = b""
    hash_type: int = 1
    sequence: bytes = b"\xff\xff\xff\xff"
    script_sig: bytes = b""
    witness: list[bytes] = field(default_factory=list)

    @property
    def spent(self) -> Spent:
        return Spent(self.value, self.script, -1, -1)


Output = tuple[int, bytes]


def serialise(
    inputs: Sequence[Input],
    outputs: Sequence[Output],
    *,
    with_witness: bool = True,
    version: int = 2,
) -> bytes:
    has_witness = with_witness and any(each.witness for each in inputs)
    parts = [struct.pack("<i", version), b"\x00\x01" * has_witness]
    parts.append(write_size(len(inputs)))
    for each in inputs:
        script = write_size(len(each.script_sig)) + each.script_sig
        parts += [each.outpoint, script, each.sequence]
    parts.append(write_size(len(outputs)))
    for value, script in outputs:
        parts += [struct.pack("<q", value), write_size(len(script)), script]
    if has_witness:
        for each in inputs:
            items = [write_size(len(item)) + item for item in each.witness]
            parts += [write_size(len(items)), *items]
    return b"".join([*parts, bytes(4)])


def sign(inputs: Sequence[Input], outputs: Sequence[Output]) -> bytes:
    """Return the transaction with every input signed in the way of its script."""
    bare = serialise(inputs, outputs)
    (parsed,), _ = read_transactions(bare, 0, 1)
    signed = SignedTransaction(bare, parsed)
    spent = [each.spent for each in inputs]
    for index, each in enumerate(inputs):
        _sign_input(signed, index, each, spent)
    return serialise(inputs, outputs)


def _sign_input(
    signed: SignedTransaction, index: int, one: Input, spent: Sequence[Spent]
) -> None:
    script, wrapped = one.script, b""
    if script[:1] == b"\xa9" and one.redeem[:1] == b"\x00":
        wrapped, script = one.redeem[:34], one.redeem[:34]
        if script[1] == 20:
            script = script[:22]
            wrapped = script
    inner = one.redeem[34:] if wrapped[1:2] == b"\x20" else one.redeem
    if script[:1] == b"\x00":
        code = (
            inner if script[1] == 32 else b"\x76\xa9\x14" + script[2:22] + b"\x88\xac"
        )
        preimage = witness_preimage(signed, index, code, one.value, one.hash_type)
        items = _values(sha256d(preimage), code, one)
        one.witness = [*items, *([code] if script[1] == 32 else [])]
        one.script_sig = push(wrapped) if wrapped else b""
        return
    if script[:1] == b"\x51" and script[1] == 32:
        message = taproot_digest(signed, index, spent, one.hash_type % 256, b"")
        secret = one.secrets[0]
        ending = bytes((one.hash_type,)) * bool(one.hash_type)
        one.witness = [sign_schnorr(secret, message or b"") + ending]
        return
    code = one.redeem or script
    covered = legacy_preimage(signed, index, code, one.hash_type)
    hashed = b"\x01" + bytes(31) if covered is None else sha256d(covered)
    items = _values(hashed, code, one)
    if one.redeem:
        items.append(one.redeem)
    one.script_sig = b"".join(push(each) for each in items)


def _values(hashed: bytes, code: bytes, one: Input) -> list[bytes]:
    signatures = [
        der(sign_digest(each, hashed)) + bytes((one.hash_type,)) for each in one.secrets
    ]
    if code[-1:] == b"\xae":
        return [b"", *signatures]
    if code[:1] == b"\x76":
        return [*signatures, key_of(one.secrets[0])]
    return signatures


def der(signature: bytes) -> bytes:
    r, s = (int.from_bytes(signature[at : at + 32], "big") for at in (0, 32))
    return encode_signature(r, s)


def high(signature_with_type: bytes) -> bytes:
    """Return the equivalent signature with the high s."""
    r, s = read_signature(signature_with_type[:-1])
    return encode_signature(r, N - s) + signature_with_type[-1:]


def txid_of(data: bytes) -> bytes:
    (parsed,), _ = read_transactions(data, 0, 1)
    return parsed.txid


def output_of(
    transaction: bytes, number: int, script: bytes, secrets: Sequence[int] = ()
) -> Input:
    """Return an input that spends an output of a transaction."""
    (parsed,), _ = read_transactions(transaction, 0, 1)
    outpoint = parsed.txid + number.to_bytes(4, "little")
    return Input(outpoint, parsed.outputs[number][0], script, secrets)


def genesis() -> bytes:
    """Return the first block of the test network, from its public facts."""
    words = b"The Times 03/Jan/2009 Chancellor on brink of second bailout for banks"
    key = bytes.fromhex(
        "04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb6"
        "49f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f"
    )
    script = bytes.fromhex("04ffff001d0104") + push(words)
    one = Input(bytes(32) + b"\xff" * 4, 0, b"", script_sig=script)
    coinbase = serialise([one], [(50 * COIN, push(key) + b"\xac")], version=1)
    head = struct.pack("<i", 1) + bytes(32) + sha256d(coinbase)
    return head + struct.pack("<III", 1296688602, BITS, 2) + b"\x01" + coinbase


class Chain:
    """A chain that grows; ``blocks`` are raw."""

    def __init__(self, *, with_genesis: bool = True) -> None:
        self.blocks: list[bytes] = [genesis()] if with_genesis else []
        self.coinbases: list[bytes] = [self.blocks[0][81:]] if with_genesis else []

    @property
    def tip(self) -> bytes:
        return sha256d(self.blocks[-1][:80]) if self.blocks else bytes(32)

    def coinbase(
        self,
        height: int,
        value: int,
        script: bytes,
        *,
        leaves: Sequence[bytes] = (),
        is_witness: bool = False,
    ) -> bytes:
        number = height.to_bytes((height.bit_length() + 8) // 8 or 1, "little")
        stated = bytes((0x50 + height,)) if 0 < height <= 16 else push(number)
        one = Input(bytes(32) + b"\xff" * 4, 0, b"", script_sig=stated + b"\x00")
        outputs = [(value, script)]
        if is_witness:
            one.witness = [bytes(32)]
            root = merkle_root([bytes(32), *leaves], HashAlgorithm.SHA256D)
            commitment = sha256d(root + bytes(32))
            outputs.append((0, bytes.fromhex("6a24aa21a9ed") + commitment))
        return serialise([one], outputs)

    def add(
        self,
        transactions: Sequence[bytes] = (),
        *,
        value: int = 50 * COIN,
        script: bytes = b"\x51",
        parent: bytes | None = None,
        height: int | None = None,
        time_s: int | None = None,
        bits: int = BITS,
        coinbase: bytes | None = None,
        change: Callable[[list[bytes]], list[bytes]] = list,
    ) -> bytes:
        """Append a block; ``change`` alters the list after the root was made."""
        place = len(self.blocks) if height is None else height
        if coinbase is None:
            coinbase = self.coinbase(
                place,
                value,
                script,
                leaves=[sha256d(each) for each in transactions],
                is_witness=True,
            )
        whole = [coinbase, *transactions]
        root = merkle_root([txid_of(each) for each in whole], HashAlgorithm.SHA256D)
        moment = START + 600 * place if time_s is None else time_s
        block = mined(parent or self.tip, root, moment, change(whole), bits)
        self.blocks.append(block)
        self.coinbases.append(coinbase)
        return block

    def grow(self, count: int, script: bytes = b"\x51") -> None:
        for _ in range(count):
            self.add(script=script)

    def matured(self, scripts: Sequence[bytes]) -> list[bytes]:
        """Add a block for each script, then a hundred; return their coinbases."""
        first = len(self.blocks)
        for script in scripts:
            self.add(script=script)
        self.grow(100)
        return self.coinbases[first : first + len(scripts)]


def mined(
    parent: bytes, root: bytes, time_s: int, transactions: Sequence[bytes], bits: int
) -> bytes:
    head = struct.pack("<i", 4) + parent + root + struct.pack("<II", time_s, bits)
    nonce = 0
    while not is_worked(head + struct.pack("<I", nonce)):
        nonce += 1
    body = write_size(len(transactions)) + b"".join(transactions)
    return head + struct.pack("<I", nonce) + body


def framed(blocks: Sequence[bytes], magic: bytes = REGTEST.magic) -> bytes:
    return b"".join(magic + struct.pack("<I", len(b)) + b for b in blocks)


def covered_with(data: bytes, key: bytes) -> bytes:
    return bytes(byte ^ key[at % 8] for at, byte in enumerate(data))


def getblock(
    block: bytes,
    height: int,
    level: int = 2,
    changes: Mapping[str, object] | None = None,
) -> str:
    """Return a block as ``getblock`` prints it."""
    transactions, _ = read_block(block)
    body: list[object] = [
        {
            "txid": each.txid[::-1].hex(),
            "hash": wtxid_of(block, each)[::-1].hex(),
            "vin": [{"sequence": 0} for _ in each.inputs],
            "hex": block[each.start : each.end].hex(),
        }
        for each in transactions
    ]
    if level == 1:
        body = [each.txid[::-1].hex() for each in transactions]
    (version,) = struct.unpack("<i", block[:4])
    fields: dict[str, object] = {
        "hash": sha256d(block[:80])[::-1].hex(),
        "confirmations": 1,
        "height": height,
        "version": version,
        "merkleroot": block[36:68][::-1].hex(),
        "time": int.from_bytes(block[68:72], "little"),
        "nonce": int.from_bytes(block[76:80], "little"),
        "bits": block[72:76][::-1].hex(),
        "nTx": len(body),
        "tx": body,
    }
    if any(block[4:36]):
        fields["previousblockhash"] = block[4:36][::-1].hex()
    fields.update(changes or {})
    return json.dumps(fields)


def verified(
    path: Path, *, checkpoints: Sequence[HistoryAnchor] = (), network: str = ""
) -> EvidenceReport:
    options = VerifyOptions(
        TrustStore(), checkpoints=checkpoints, network=network, jobs=1
    )
    return Engine(None).verify((path,), options, create_case(None), NullContext())


def ledger_of(path: Path) -> LedgerReport:
    report = verified(path)
    assert len(report.ledgers) == 1, report.problem
    return report.ledgers[0]


def failures(ledger: LedgerReport) -> set[tuple[str, str, int | None]]:
    """Return (check, reason, block) of everything that failed."""
    return {
        (each.check.removeprefix("bitcoin."), each.reason, each.block)
        for each in ledger.findings
        if each.outcome is Outcome.FAILED
    }


def passed(ledger: LedgerReport) -> dict[str, int]:
    return {
        row.spec.id.removeprefix("bitcoin."): row.count(Outcome.PASSED)
        for row in ledger.checks
    }
