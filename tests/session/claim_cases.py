"""The sample ledgers, verified once, and sheets made from them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.model.claim_sheets import ClaimRow, ClaimSheet, Topic, TypedClaim
from explorer.model.verdicts import EvidenceReport
from explorer.session.claims_desk import Checked, check_claim
from explorer.session.claims_rows import SheetAsk
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.session.showing import BlockShower
from explorer.session.tracing import Tracer
from explorer.session.trust_reading import checkpoint, load_trust
from explorer.store.queries import CaseReader
from explorer.store.schema import create_case

SAMPLES = Path(__file__).resolve().parents[2] / "sample_chains"
FABRIC = SAMPLES / "fabric-pear-trace"
PEARS = SAMPLES / "pears" / "pears.jsonl"
BOX = "pear/box/X00012"
CODE = "https://trace.pear.example/q/X00012"
FABRIC_TIP = "193=f296b75e6775b86105c836aebf49c204ea2bc54f9ecab8d3fc405ae2d3b5fdb2"


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """One verified evidence that claims are checked against."""

    reader: CaseReader
    shower: BlockShower
    report: EvidenceReport

    def check(self, asked: str, *claims: TypedClaim) -> Checked:
        """Return the sheet about what ``asked`` names in the first ledger."""
        return check_claim(
            SheetAsk(asked, claims),
            self.reader,
            Tracer(self.reader, 0),
            self.report.ledgers[0],
            self.report,
            self.shower.read,
        )


@contextmanager
def claim_case(path: Path, *trust: Path, tip: str = "") -> Iterator[ClaimCase]:
    """Yield an evidence, verified; ``tip`` is a printed hash, ``HEIGHT=HASH``."""
    store = load_trust(list(trust)) if trust else TrustStore()
    checkpoints = (checkpoint(tip),) if tip else ()
    options = VerifyOptions(store, checkpoints=checkpoints, keep_statements=True)
    database = create_case(None)
    report = Engine(None).verify((path,), options, database, NullContext())
    shower = BlockShower((path,), store)
    try:
        yield ClaimCase(CaseReader(database), shower, report)
    finally:
        shower.close()
        database.close()


def row(sheet: ClaimSheet, topic: Topic, claimed: str = "") -> ClaimRow:
    """Return the one row about a topic."""
    rows = [e for e in sheet.rows if e.topic is topic and e.claimed == claimed]
    assert len(rows) == 1
    return rows[0]


def altered_grade(folder: Path) -> Path:
    """Return a copy of the Fabric store in which the grade of a lot was changed.

    The lot is the one that box X00012 was packed from.
    """
    source = next((FABRIC / "ledgersData").rglob("blockfile_000000"))
    data = bytearray(source.read_bytes())
    start = data.index(b'"id":"FJ20261A"')
    at = data.index("特级".encode(), start)
    data[at : at + 6] = "一级".encode()
    target = folder / source.name
    target.write_bytes(data)
    return target
