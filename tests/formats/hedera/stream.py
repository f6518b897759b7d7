"""Writes small Hedera record streams in every version, with signature files."""

import gzip
import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from explorer.encodings.protobuf import encode_bytes, encode_integer, encode_varint

HASH_CLASS = bytes.fromhex("f422da83a251741e")
ITEM_CLASS = bytes.fromhex("e370929ba5429d8b")
SIGNATURE_CLASS = bytes.fromhex("13dc4b399b245c69")
SHA384_TYPE = bytes.fromhex("58ff811b")
ONE = struct.pack(">i", 1)
BEGIN = 1_700_000_000


def sha384(data: bytes) -> bytes:
    return hashlib.sha384(data).digest()


@cache
def key_of(node: int) -> rsa.RSAPrivateKey:
    del node  # one key for each
    return rsa.generate_private_key(65_537, 2_048)


def sign(node: int, digest: bytes) -> bytes:
    return key_of(node).sign(digest, padding.PKCS1v15(), hashes.SHA384())


def spki(node: int) -> bytes:
    return (
        key_of(node)
        .public_key()
        .public_bytes(
            serialization.Encoding.DER,
            serialization.PublicFormat.SubjectPublicKeyInfo,
        )
    )


def address_book(nodes: Sequence[int]) -> bytes:
    out = b""
    for node in nodes:
        name = encode_bytes(3, f"0.0.{node}".encode())
        key = encode_bytes(4, spki(node).hex().encode())
        out += encode_bytes(1, name + key + encode_integer(5, node))
    return out


def octets(data: bytes) -> bytes:
    return struct.pack(">i", len(data)) + data


def entity(number: int) -> bytes:
    return encode_integer(3, number)


def zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def amounts(moves: dict[int, int]) -> bytes:
    return b"".join(
        encode_bytes(
            1,
            encode_bytes(1, entity(account))
            + encode_varint(0x10)
            + encode_varint(zigzag(amount)),
        )
        for account, amount in moves.items()
    )


@dataclass(frozen=True)
class Said:
    """A transaction with its record."""

    second: int
    kind: int = 14
    body: bytes = b""
    status: int = 22
    hbar: tuple[tuple[int, int], ...] = ((5, -10), (6, 10))
    tokens: bytes = b""
    way: str = "signed"

    def transaction(self) -> bytes:
        moment = encode_integer(1, BEGIN + self.second)
        name = encode_bytes(1, moment) + encode_bytes(2, entity(5))
        body = encode_bytes(1, name) + encode_bytes(self.kind, self.body)
        if self.way == "signed":
            return encode_bytes(5, encode_bytes(1, body))
        return encode_bytes(4 if self.way == "bytes" else 1, body)

    def record(self) -> bytes:
        moment = encode_integer(1, BEGIN + self.second) + encode_integer(2, 7)
        name = encode_bytes(1, moment) + encode_bytes(2, entity(5))
        return (
            encode_bytes(1, encode_integer(1, self.status))
            + encode_bytes(3, moment)
            + encode_bytes(4, name)
            + encode_bytes(10, amounts(dict(self.hbar)))
            + self.tokens
        )


def hash_object(digest: bytes) -> bytes:
    return HASH_CLASS + ONE + SHA384_TYPE + struct.pack(">i", 48) + digest


def item_object(said: Said) -> bytes:
    return ITEM_CLASS + ONE + octets(said.record()) + octets(said.transaction())


def running(start: bytes, said: Sequence[Said]) -> bytes:
    head = HASH_CLASS[::-1] + ONE[::-1]
    for each in said:
        start = sha384(head + start + head + sha384(item_object(each)))
    return start


@dataclass
class Made:
    """A record file with what nodes sign of it."""

    time: str
    data: bytes
    version: int
    end: bytes
    file_hash: bytes
    metadata_hash: bytes = b""

    def signature(self, node: int, digest: bytes = b"", key: int = 0) -> bytes:
        """Return a node's signature file; over another digest or with another key."""
        digest, key = digest or self.file_hash, key or node
        signed = sign(key, digest)
        if self.version < 5:
            return b"\x04" + digest + b"\x03" + octets(signed)
        metadata = sign(key, self.metadata_hash)
        if self.version == 5:
            parts = hash_object(digest) + signature_object(signed)
            parts += hash_object(self.metadata_hash) + signature_object(metadata)
            return b"\x05" + ONE + parts
        return (
            b"\x06"
            + encode_bytes(1, signature_message(signed, digest))
            + encode_bytes(2, signature_message(metadata, self.metadata_hash))
        )


def signature_object(signed: bytes) -> bytes:
    size = len(signed)
    head = SIGNATURE_CLASS + ONE + ONE + struct.pack(">ii", size, 101 - size)
    return head + signed


def hash_message(digest: bytes) -> bytes:
    return encode_integer(1, 1) + encode_integer(2, 48) + encode_bytes(3, digest)


def signature_message(signed: bytes, digest: bytes) -> bytes:
    out = encode_integer(1, 1) + encode_integer(2, len(signed))
    return out + encode_bytes(4, signed) + encode_bytes(5, hash_message(digest))


def name_at(second: int) -> str:
    # 1,700,000,000 is 22:13:20; only the order of names matters
    return f"2023-11-14T22_{13 + second // 60:02d}_{second % 60:02d}.000000000Z"


def make(
    version: int,
    start: bytes,
    said: Sequence[Said],
    second: int = 0,
    number: int = 0,
    sidecars: Sequence[bytes] = (),
) -> Made:
    name, end = name_at(second), running(start, said)
    if version < 5:
        head = struct.pack(">iib", version, 3, 1) + start
        rest = b"".join(
            b"\x02" + octets(each.transaction()) + octets(each.record())
            for each in said
        )
        data = head + rest
        digest = sha384(head + sha384(rest) if version == 2 else data)
        return Made(name, data, version, digest, digest)
    if version == 5:
        head = struct.pack(">iiiii", 5, 0, 11, 0, 1)
        body = b"".join(map(item_object, said))
        data = head + hash_object(start) + body + hash_object(end)
        metadata = sha384(head + hash_object(start) + hash_object(end))
        return Made(name, data, 5, end, sha384(data), metadata)
    return _six(name, (start, end), said, number, sidecars)


def _six(
    name: str,
    ends: tuple[bytes, bytes],
    said: Sequence[Said],
    number: int,
    sidecars: Sequence[bytes],
) -> Made:
    start, end = ends
    hapi = encode_integer(1, 0) + encode_integer(2, 28) + encode_integer(3, 1)
    body = encode_bytes(1, hapi) + encode_bytes(2, hash_message(start))
    for each in said:
        parts = encode_bytes(1, each.transaction()) + encode_bytes(2, each.record())
        body += encode_bytes(3, parts)
    body += encode_bytes(4, hash_message(end)) + encode_integer(5, number)
    for index, sidecar in enumerate(sidecars, 1):
        named = encode_bytes(1, hash_message(sha384(sidecar)))
        body += encode_bytes(6, named + encode_integer(2, index))
    data = struct.pack(">i", 6) + body
    metadata = struct.pack(">iiii", 6, 0, 28, 1) + start + end
    digest = sha384(metadata + struct.pack(">q", number))
    return Made(name, data, 6, end, sha384(data), digest)


@dataclass
class Stream:
    """A stream in the making; nodes 3, 4, 5 and 6 sign."""

    nodes: tuple[int, ...] = (3, 4, 5, 6)
    made: list[Made] = field(default_factory=list)
    number: int = 100
    last: bytes = bytes(48)

    def grow(
        self,
        version: int,
        *said: Said,
        second: int = -1,
        sidecars: Sequence[bytes] = (),
    ) -> Made:
        second = 5 * len(self.made) if second < 0 else second
        items = said or (Said(second),)
        made = make(version, self.last, items, second, self.number, sidecars)
        self.number += 1
        self.last = made.end
        self.made.append(made)
        return made

    def write(self, folder: Path, *, book: bool = True, packed: bool = False) -> Path:
        """Write the files as the nodes' folders of a bucket hold them."""
        folder.mkdir(parents=True, exist_ok=True)
        if book:
            (folder / "book.bin").write_bytes(address_book(self.nodes))
        for made in self.made:
            for node in self.nodes:
                below = folder / f"record0.0.{node}"
                below.mkdir(exist_ok=True)
                data = gzip.compress(made.data) if packed else made.data
                suffix = ".rcd.gz" if packed else ".rcd"
                (below / (made.time + suffix)).write_bytes(data)
                signature = made.signature(node)
                (below / f"{made.time}.rcd_sig").write_bytes(signature)
        return folder


def orchard(version: int) -> Stream:
    stream = Stream()
    for _ in range(3):
        stream.grow(version)
    return stream
