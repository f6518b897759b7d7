"""Fabric ``large``: 1,305 blocks, 5,208 transactions, 16,923 signatures.

Goals: complete in process at most 1.4 times, as a whole process at most 1.8 times the
raw P-256 time on the same cores; framing, links and data hashes alone at most 0.1 s.
"""

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.measuring import CORPORA, median_s, say
from explorer.checks.signatures import Parcel, verify_parcels
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.formats.fabric import open_ledgers
from explorer.formats.fabric.structure import structure_only
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.claims import SignatureClaim
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

LARGE = CORPORA / "fabric" / "large" / "raw_peer_Orchard"
CHUNK = 400


def main() -> None:
    """Print the figures, or say that the ledger is not at hand."""
    if not LARGE.is_dir():
        say("fabric: the ledger `large` is not at hand")
        return
    parcels = _parcels()
    say(f"fabric large: {len(parcels)} signatures")
    one = median_s(lambda: _raw(parcels, None))
    whole_one = median_s(lambda: _command(1))
    inside_one = median_s(lambda: _verify(None))
    _print("one core", one, inside_one, whole_one)
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as executor:
        _raw(parcels, executor)
        two = median_s(lambda: _raw(parcels, executor))
        inside_two = median_s(lambda: _verify(executor))
    whole_two = median_s(lambda: _command(2))
    _print("two cores", two, inside_two, whole_two)
    say(f"  framing, links, data hashes alone: {median_s(_structure):.3f} s")


def _print(cores: str, raw: float, inside: float, whole: float) -> None:
    say(
        f"  {cores}: raw P-256 {raw:.2f} s; complete in process {inside:.2f} s "
        f"({inside / raw:.2f} x); whole process {whole:.2f} s ({whole / raw:.2f} x)"
    )


def _parcels() -> list[Parcel]:
    found: list[Parcel] = []
    with open_evidence((LARGE,)) as files:
        for pipeline in open_ledgers(files, ReadingOptions(TrustStore())):
            for parsed in pipeline.read():
                found += [
                    _parcel(claim)
                    for claim in pipeline.resolve(parsed).claims
                    if isinstance(claim, SignatureClaim)
                ]
    return found


def _parcel(claim: SignatureClaim) -> Parcel:
    key = claim.key
    scheme, kind = claim.scheme.value, key.kind.value
    return scheme, kind, key.raw, claim.message, claim.signature, claim.low_s


def _raw(parcels: Sequence[Parcel], executor: Executor | None) -> None:
    chunks = [
        list(parcels[start : start + CHUNK]) for start in range(0, len(parcels), CHUNK)
    ]
    if executor is None:
        for chunk in chunks:
            verify_parcels(chunk, fast=False)
        return
    for task in [executor.submit(verify_parcels, each, fast=False) for each in chunks]:
        task.result()


def _verify(executor: Executor | None) -> None:
    options = VerifyOptions(TrustStore(), jobs=1 if executor is None else 2)
    Engine(executor).verify((LARGE,), options, create_case(None), NullContext())


def _command(jobs: int) -> None:
    words = [sys.executable, "-m", "explorer", "verify", "--json", "--jobs", str(jobs)]
    subprocess.run([*words, str(LARGE)], check=True, stdout=subprocess.DEVNULL)


def _structure() -> None:
    with open_evidence((LARGE,)) as files:
        sources = [source.index for source in files.evidence.sources]
        shapes = sum(1 for _ in structure_only(files, sources))
    if shapes != 1_305:
        raise SystemExit(f"only {shapes} blocks were read")
