"""A FISCO BCOS chain with SM2 and SM3: the sample, its blocks written 20 times.

Goal: at least 2,500 signatures a second on one core, everything checked; printed beside
the cost of the signatures alone in the same run.
"""

import json
import tempfile
from pathlib import Path

from benchmarks.measuring import ROOT, median_s, once_s, say
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
        size = sum(each.stat().st_size for each in path.rglob("*.jsonl"))
        say(f"fisco: {len(parcels)} signatures, {size / 1e6:.1f} MB")
        raw = median_s(lambda: verify_parcels(parcels, fast=True))
        structure = median_s(lambda: _read(path))
        whole = median_s(lambda: _verify(path))
        say(
            f"  one core: signatures alone {raw:.2f} s; reading and claims "
            f"{structure:.2f} s; everything {whole:.2f} s ({whole / raw:.2f} x, "
            f"{len(parcels) / whole:.0f} signatures a second)"
        )
        say(f"  again: {once_s(lambda: _verify(path)):.2f} s")


def _many(folder: Path) -> Path:
    """Write the sample as so many groups, each a folder with a file of JSON Lines."""
    blocks = json.loads(CHAIN.read_text("utf-8"))["blocks"]
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in blocks)
    path = folder / "chains"
    for number in range(GROUPS):
        group = path / f"group{number}"
        group.mkdir(parents=True)
        # a block less each time, or equal folders would be one ledger
        cut = lines.splitlines(keepends=True)[: len(blocks) - number]
        (group / "blocks.jsonl").write_text("".join(cut), encoding="utf-8")
    return path


def _parcels(path: Path) -> list[Parcel]:
    found: list[Parcel] = []
    for each in sorted(path.rglob("*.jsonl")):
        with open_evidence((each,)) as files:
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


def _read(path: Path) -> None:
    for each in sorted(path.rglob("*.jsonl")):
        with open_evidence((each,)) as files:
            for pipeline in open_ledgers(files, ReadingOptions(TrustStore())):
                for parsed in pipeline.read():
                    pipeline.resolve(parsed)


def _verify(path: Path) -> None:
    options = VerifyOptions(TrustStore(), jobs=1)
    for each in sorted(path.rglob("*.jsonl")):
        engine = Engine(None)
        engine.verify((each,), options, create_case(None), NullContext())
