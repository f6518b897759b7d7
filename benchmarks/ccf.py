"""A CCF ledger of 20,000 entries, signed every 20: read, tree, signatures, index.

Goal: faster than the ``ccf`` package of its makers on the same ledger. That package is
no dependency; a Python that has it (``pip install ccf``), named by the environment
variable ``CCF_PYTHON``, is run beside.
"""

import hashlib
import os
import subprocess
import tempfile
from pathlib import Path

from benchmarks.measuring import median_s, once_s, say
from explorer.checks.signatures import Parcel, verify_parcels
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.formats.ccf import open_ledgers
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.claims import SignatureClaim
from explorer.session.engine import Engine, worker_processes
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case
from tests.formats.ccf.ledger import Ledger

ENTRIES = 20_000
SIGNED_EVERY = 20
CHUNK = 1_000
_PEER = """
import sys, ccf.ledger
validator = ccf.ledger.LedgerValidator()
for chunk in ccf.ledger.Ledger([sys.argv[1]], committed_only=False):
    for each in chunk:
        validator.add_transaction(each)
"""
"""What its makers' package does to validate a ledger: the same tree and signatures."""


def main() -> None:
    """Write the ledger once, measure the primitives, the whole and the peer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = _ledger()
        ledger.write(folder, *range(CHUNK, ENTRIES + 1, CHUNK))
        size = sum(each.stat().st_size for each in folder.iterdir())
        say(f"ccf, {len(ledger.entries)} entries: {size / 1e6:.1f} MB")
        parcels = _parcels(folder)
        hashing = median_s(lambda: _hash(ledger))
        verify = median_s(lambda: verify_parcels(parcels, fast=True))
        total = hashing + verify
        say(
            f"  primitives: leaves and tree {hashing:.2f} s; {len(parcels)} "
            f"signatures {verify:.2f} s; sum {total:.2f} s"
        )
        options = VerifyOptions(TrustStore(), jobs=1)
        whole = median_s(
            lambda: Engine(None).verify(
                (folder,), options, create_case(None), NullContext()
            )
        )
        say(f"  in process, one core: {whole:.2f} s ({whole / total:.2f} x the sum)")
        _peer(folder, min(whole, _on_two_cores(folder)))


def _on_two_cores(folder: Path) -> float:
    """Return the time with signatures in worker processes, as the command line does."""
    options = VerifyOptions(TrustStore(), jobs=2)
    with worker_processes(2) as executor:
        taken = median_s(
            lambda: Engine(executor).verify(
                (folder,), options, create_case(None), NullContext()
            )
        )
    say(f"  in process, two cores: {taken:.2f} s")
    return taken


def _ledger() -> Ledger:
    ledger = Ledger(has_cose=False)
    ledger.begin()
    while ledger.next <= ENTRIES:
        if ledger.next % SIGNED_EVERY == 0:
            ledger.sign()
        else:
            ledger.record(f"lot/{ledger.next % 997}", "x" * 200)
    return ledger


def _parcels(folder: Path) -> list[Parcel]:
    found: list[Parcel] = []
    with open_evidence((folder,)) as files:
        for pipeline in open_ledgers(files, ReadingOptions(TrustStore())):
            for parsed in pipeline.read():
                for claim in pipeline.resolve(parsed).claims:  # type: ignore[arg-type]
                    if isinstance(claim, SignatureClaim):
                        key, scheme = claim.key, claim.scheme.value
                        signed = (claim.message, claim.signature, claim.low_s)
                        found.append((scheme, key.kind.value, key.raw, *signed))
    return found


def _hash(ledger: Ledger) -> None:
    """Hash each entry and what is above it: leaf and, on average, one inner node."""
    for entry in ledger.entries:
        digest = hashlib.sha256(entry).digest()
        leaf = hashlib.sha256(digest + bytes(64)).digest()
        hashlib.sha256(leaf + leaf).digest()


def _peer(folder: Path, whole: float) -> None:
    python = os.environ.get("CCF_PYTHON")
    if not python:
        say("  CCF_PYTHON is not set: no peer to compare with")
        return
    command = [python, "-c", _PEER, str(folder)]
    taken = once_s(lambda: subprocess.run(command, check=True))
    say(f"  the ccf package: {taken:.2f} s ({taken / whole:.1f} x ours)")
