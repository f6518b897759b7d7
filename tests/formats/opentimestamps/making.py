"""Writes proofs: operations, attestations, and the header they end in."""

import hashlib
import struct
from pathlib import Path

from explorer.core.digests import HashAlgorithm
from explorer.crypto.bitcoin_headers import is_worked
from explorer.crypto.hashes import digest
from explorer.formats.opentimestamps.stamps import MAGIC
from explorer.model.verdicts import LedgerReport
from tests.formats.bitcoin.making import verified

SHA1, RIPEMD160, SHA256, KECCAK = b"\x02", b"\x03", b"\x08", b"\x67"
REVERSE, HEXLIFY, FORK = b"\xf2", b"\xf3", b"\xff"
BITCOIN = bytes.fromhex("0588960d73d71901")
LITECOIN = bytes.fromhex("06869a0d73d71b45")
PENDING = bytes.fromhex("83dfe30d2ef90c8e")

GENESIS = bytes.fromhex(
    "01000000" + "00" * 32 + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa"
    "4b1e5e4a29ab5f49ffff001d1dac2b7c"
)
"""The first header of the main network: the only real work at hand here."""
GENESIS_COINBASE_ID = GENESIS[36:68]


def leb(number: int) -> bytes:
    out = bytearray()
    while True:
        byte = number & 0x7F
        number >>= 7
        out.append(byte | (0x80 if number else 0))
        if not number:
            return bytes(out)


def counted(data: bytes) -> bytes:
    return leb(len(data)) + data


def append(data: bytes) -> bytes:
    return b"\xf0" + counted(data)


def prepend(data: bytes) -> bytes:
    return b"\xf1" + counted(data)


def bitcoin(height: int) -> bytes:
    return b"\x00" + BITCOIN + counted(leb(height))


def pending(uri: str) -> bytes:
    return b"\x00" + PENDING + counted(counted(uri.encode()))


def proof(found: bytes, tree: bytes, algorithm: bytes = SHA256) -> bytes:
    return MAGIC + b"\x01" + algorithm + found + tree


def genesis_transaction() -> bytes:
    """Return the one transaction of the first block, from its public facts."""
    head = bytes.fromhex(
        "01000000010000000000000000000000000000000000000000000000000000000000000000"
        "ffffffff4d04ffff001d010445"
    )
    words = b"The Times 03/Jan/2009 Chancellor on brink of second bailout for banks"
    tail = bytes.fromhex(
        "ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e039"
        "09a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b"
        "6bf11d5fac00000000"
    )
    return head + words + tail


def double(data: bytes) -> bytes:
    return digest(HashAlgorithm.SHA256D, data)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def ledger_of(path: Path) -> LedgerReport:
    report = verified(path)
    assert len(report.ledgers) == 1, report.problem
    return report.ledgers[0]


def easy_header(root: bytes, bits: int = 0x207FFFFF) -> bytes:
    """Return a header with hardly any work."""
    start = struct.pack("<i", 4) + bytes(32) + root + struct.pack("<II", 1, bits)
    nonce = 0
    while not is_worked(start + struct.pack("<I", nonce)):
        nonce += 1
    return start + struct.pack("<I", nonce)
