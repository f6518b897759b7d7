"""Ethereum: 3,000 blocks in RLP, an era1 archive of 8,192, a QBFT chain.

Goals, on one core: the RLP file at most 0.2 s, a fifth of what @ethereumjs/block took
for such a file (1.03 s), the archive at most 0.6 s. Files are made here; their blocks
are like mainnet's first ones. Printed beside the cost of the hashes alone.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import cramjam

from benchmarks.measuring import median_s, say
from explorer.checks.runner import ClaimRunner
from explorer.checks.signatures import Here, Parcel, verify_parcels
from explorer.core.digests import HashAlgorithm
from explorer.core.tasks import NullContext
from explorer.crypto.patricia import list_root
from explorer.crypto.ssz import list_of_pairs_root
from explorer.crypto.trust import TrustStore
from explorer.encodings.rlp import Encodable, encode, from_int
from explorer.formats.ethereum import open_ledgers
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.lab.ethereum_writer import Call, ChainPlan, account, keccak, qbft_chain
from explorer.model.claims import SignatureClaim
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

RLP_BLOCKS, ERA_BLOCKS, SEALED_BLOCKS = 3_000, 8_192, 300
_DIFFICULTY = 17_179_869_184


def main() -> None:
    """Print the figures."""
    headers = _headers(ERA_BLOCKS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _plain(folder / "chain.rlp", headers[:RLP_BLOCKS])
        _archive(folder / "mainnet-00000-00000000.era1", headers)
        _sealed(folder / "qbft.rlp")


def _plain(path: Path, headers: Sequence[bytes]) -> None:
    path.write_bytes(b"".join(_list(each + b"\xc0\xc0") for each in headers))
    _print(f"rlp: {len(headers)} blocks", path, headers)


def _archive(path: Path, headers: Sequence[bytes]) -> None:
    path.write_bytes(_era1(headers))
    _print(f"era1: {len(headers)} blocks", path, headers)


def _print(title: str, path: Path, headers: Sequence[bytes]) -> None:
    hashes = median_s(lambda: [keccak(each) for each in headers])
    inside = median_s(lambda: _check(path))
    whole = median_s(lambda: _verify(path))
    say(
        f"{title}, one core: hashes of headers alone {hashes:.3f} s; everything "
        f"checked {inside:.3f} s ({inside / hashes:.1f} x); with the case file "
        f"{whole:.3f} s"
    )


def _sealed(path: Path) -> None:
    validators = [account(f"bench {each}") for each in range(4)]
    plan = ChainPlan(1337, validators, 1_700_000_000)
    calls = [[Call(validators[0], bytes(20), value=1)] * 4] * SEALED_BLOCKS
    path.write_bytes(b"".join(each.encoded for each in qbft_chain(plan, calls)))
    parcels = _parcels(path)
    raw = median_s(lambda: verify_parcels(parcels, fast=True))
    whole = median_s(lambda: _verify(path))
    say(
        f"qbft: {SEALED_BLOCKS} blocks, {len(parcels)} signatures, one core: "
        f"signatures alone {raw:.2f} s; everything {whole:.2f} s ({whole / raw:.1f} x)"
    )


def _headers(count: int) -> list[bytes]:
    """Return linked headers like those of mainnet's first blocks."""
    found: list[bytes] = []
    parent, state = bytes(32), keccak(b"state")
    for number in range(count):
        fields: list[Encodable] = [
            parent,
            keccak(b"\xc0"),
            bytes(range(20)),
            state,
            list_root((), HashAlgorithm.KECCAK256),
            list_root((), HashAlgorithm.KECCAK256),
            bytes(256),
            from_int(_DIFFICULTY),
            from_int(number),
            from_int(5_000),
            b"",
            from_int(1_438_269_988 + 13 * number),
            b"Geth/v1.0.0/linux/go1.4.2",
            bytes(range(32)),
            bytes(8),
        ]
        found.append(encode(fields))
        parent = keccak(found[-1])
    return found


def _list(content: bytes) -> bytes:
    size = from_int(len(content))
    return bytes((0xF7 + len(size),)) + size + content


def _era1(headers: Sequence[bytes]) -> bytes:
    out = [_record(0x3265, b"")]
    at, starts, leaves = len(out[0]), list[int](), list[bytes]()
    for index, header in enumerate(headers):
        total = (_DIFFICULTY * (index + 1)).to_bytes(32, "little")
        records = (
            *map(_record, (3, 4, 5), map(_snappy, (header, b"\xc2\xc0\xc0", b"\xc0"))),
            _record(6, total),
        )
        starts.append(at)
        out += records
        at += sum(map(len, records))
        leaves.append(keccak(header) + total)
    out.append(_record(7, list_of_pairs_root(leaves, HashAlgorithm.SHA256)))
    at += len(out[-1])
    places = b"".join((e - at).to_bytes(8, "little", signed=True) for e in starts)
    index_record = bytes(8) + places + len(starts).to_bytes(8, "little")
    return b"".join([*out, _record(0x3266, index_record)])


def _record(kind: int, data: bytes) -> bytes:
    return kind.to_bytes(2, "little") + len(data).to_bytes(4, "little") + b"\0\0" + data


def _snappy(data: bytes) -> bytes:
    return bytes(cramjam.snappy.compress(data))


def _check(path: Path) -> None:
    """Read, resolve, check and replay, without a case file."""
    trust = TrustStore()
    failed = 0
    with open_evidence((path,)) as files:
        for pipeline in open_ledgers(files, ReadingOptions(trust)):
            runner = ClaimRunner(trust, Here(fast=True))
            for parsed in pipeline.read():
                batch = pipeline.resolve(parsed)
                answers = runner.start(batch).result()
                pipeline.replay(parsed, batch, answers.outcomes)
                failed += len(batch.damage) + len(answers.results)
    if failed:
        raise SystemExit(f"{failed} answers other than passed")


def _verify(path: Path) -> None:
    options = VerifyOptions(TrustStore(), jobs=1)
    Engine(None).verify((path,), options, create_case(None), NullContext())


def _parcels(path: Path) -> list[Parcel]:
    found: list[Parcel] = []
    with open_evidence((path,)) as files:
        for pipeline in open_ledgers(files, ReadingOptions(TrustStore())):
            for parsed in pipeline.read():
                found += [
                    (
                        claim.scheme.value,
                        claim.key.kind.value,
                        claim.key.raw,
                        claim.message,
                        claim.signature,
                        claim.low_s,
                    )
                    for claim in pipeline.resolve(parsed).claims
                    if isinstance(claim, SignatureClaim)
                ]
    return found
