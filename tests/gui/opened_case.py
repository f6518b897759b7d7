"""Cases that are verified in this process and answered at once, for page tests."""

from pathlib import Path

from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.gui.viewmodels.case import CaseModel
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.session.showing import BlockShower
from explorer.session.trust_reading import load_trust
from explorer.store.queries import CaseReader
from explorer.store.schema import create_case
from explorer.store.writer import CaseWriter
from tests.gui.direct_query import DirectQuery

SAMPLES = Path(__file__).resolve().parents[2] / "sample_chains"
FABRIC = SAMPLES / "fabric-pear-trace"
PEARS = SAMPLES / "pears"


def opened(path: Path, *trust: Path) -> CaseModel:
    """Return the case of a path, verified to its end."""
    store = load_trust(list(trust)) if trust else TrustStore()
    options = VerifyOptions(store, keep_statements=True)
    database = create_case(None)
    report = Engine(None).verify((path,), options, database, NullContext())
    CaseWriter(database).index_words()
    shower = BlockShower((path,), store)
    case = CaseModel(DirectQuery(CaseReader(database), shower))
    case.begin((path,), options)
    case.conclude(report)
    case.note_words()
    return case
