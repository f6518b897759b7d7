"""The enforcement ledger: 402,460 blocks, 51,947 signed records.

Goals: at most 1.3 times the sum of the primitives, at most 4 s on two cores with the
index, at most 300 MB.
"""

import hashlib
import json
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec

from benchmarks.measuring import command_cost, median_s, say
from explorer.checks.signatures import Parcel, verify_parcels
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.formats.chain_jsonl import open_ledgers
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.lab.samples import write_sample
from explorer.model.claims import SignatureClaim
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

CHUNK = 400


class _Line(msgspec.Struct):
    block: msgspec.Raw = msgspec.Raw()
    entries: list[msgspec.Raw] = []
    hash: str = ""


def main() -> None:
    """Write the ledger once, measure the primitives and the whole."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_sample("enforcement", Path(folder), full=True)
        size = path.stat().st_size
        say(f"enforcement --full: {size / 1e6:.0f} MB")
        parcels = _parcels(path)
        parse = median_s(lambda: _parse(path))
        insert = median_s(_insert)
        with ProcessPoolExecutor(2, mp_context=get_context("fork")) as executor:
            _signatures(parcels, executor)
            verify = median_s(lambda: _signatures(parcels, executor))
            options = VerifyOptions(TrustStore(), jobs=2)
            whole = median_s(
                lambda: Engine(executor).verify(
                    (path,), options, create_case(None), NullContext()
                )
            )
        total = parse + insert + verify
        say(
            f"  primitives: read, decode, hash {parse:.2f} s; insert {insert:.2f} s; "
            f"{len(parcels)} signatures on two cores {verify:.2f} s; sum {total:.2f} s"
        )
        say(f"  in process, two cores: {whole:.2f} s ({whole / total:.2f} x the sum)")
        words = [sys.executable, "-m", "explorer", "verify", "--json", str(path)]
        output, command, peak = command_cost(words)
        (result,) = json.loads(output)["results"]
        if result["blocks"] != 402_460:
            raise SystemExit(f"only {result['blocks']} blocks were read")
        say(f"  whole process: {command:.2f} s, at most {peak:.0f} MB")


def _parcels(path: Path) -> list[Parcel]:
    found: list[Parcel] = []
    with open_evidence((path,)) as files:
        for pipeline in open_ledgers(files, ReadingOptions(TrustStore())):
            for parsed in pipeline.read():
                for claim in pipeline.resolve(parsed).claims:
                    if isinstance(claim, SignatureClaim):
                        key, scheme = claim.key, claim.scheme.value
                        found.append(
                            (
                                scheme,
                                key.kind.value,
                                key.raw,
                                claim.message,
                                claim.signature,
                                claim.low_s,
                            )
                        )
    return found


def _parse(path: Path) -> None:
    """Read, decode and hash each line: the block's hash and one for each entry."""
    decode = msgspec.json.Decoder(_Line).decode
    sha256 = hashlib.sha256
    with path.open("rb") as file:
        for line in file:
            found = decode(line)
            sha256(found.block).digest()
            for entry in found.entries:
                sha256(entry).digest()


def _insert() -> None:
    """Insert as many rows of the same shape as the case file gets."""
    database = create_case(None)
    block = (0, 0, 5, 6, b"h" * 32, b"p" * 32, 7, 0, 0, 0, 0)
    _fill(database, "block", [(n, 0, *block) for n in range(402_460)])
    entry = (0, 5, 0, "id-000000", "kind", "author", 7, 0, 5, 6, "", "a summary")
    _fill(database, "entry", [(n, *entry) for n in range(51_947)])


def _fill(
    database: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    marks = ",".join("?" * 13)
    database.executemany(f"INSERT INTO {table} VALUES({marks})", rows)
    database.commit()


def _signatures(parcels: Sequence[Parcel], executor: ProcessPoolExecutor) -> None:
    tasks = [
        executor.submit(verify_parcels, list(parcels[at : at + CHUNK]), fast=True)
        for at in range(0, len(parcels), CHUNK)
    ]
    for task in tasks:
        task.result()
