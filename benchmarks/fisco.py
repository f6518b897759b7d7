"""A FISCO BCOS chain with SM2 and SM3: the sample, its blocks 20 times in a row.

Goal: at least 2,500 SM2 signatures a second on one core; printed beside the time of
everything in the same run. The blocks repeat, so nothing but speed is judged here.
"""

import json
import tempfile
from pathlib import Path

from benchmarks.measuring import ROOT, median_s, say
from explorer.checks.signatures import Parcel, verify_parcels
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.formats.fisco import open_ledgers
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.claims import SignatureClaim
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

SAMPLE = ROOT / "sample_chains" / "fisco-prison"
CHAIN = SAMPLE / "sample_prison_fisco3_sm_chain.json"
GROUPS = 20


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = _many(Path(folder))
        parcels = _parcels(path)
        count = len(parcels)
        say(f"fisco: {count} signatures, {path.stat().st_size / 1e6:.1f} MB")
        raw = median_s(lambda: verify_parcels(parcels, fast=True))
        reading = median_s(lambda: _parcels(path))
        whole = median_s(lambda: _verify(path))
        say(
            f"  one core: signatures alone {raw:.2f} s ({count / raw:.0f} a second); "
            f"reading and claims {reading:.2f} s; everything {whole:.2f} s "
            f"({whole / raw:.2f} x, {count / whole:.0f} signatures a second)"
        )


def _many(folder: Path) -> Path:
    """Write the blocks of the sample again and again with rising numbers."""
    blocks = json.loads(CHAIN.read_text("utf-8"))["blocks"][1:]
    path = folder / "chain.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for group in range(GROUPS):
            for block in blocks:
                number = block["number"] + group * len(blocks)
                out.write(json.dumps({**block, "number": number}) + "\n")
    return path


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


def _verify(path: Path) -> None:
    options = VerifyOptions(TrustStore(), jobs=1)
    Engine(None).verify((path,), options, create_case(None), NullContext())
