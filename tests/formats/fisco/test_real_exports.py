"""Real exports of both generations, and what was altered in them."""

from pathlib import Path

from explorer.model.verdicts import Verdict
from tests.formats.fisco.writing import verify


def test_real_exports_are_never_accused_and_altered_ones_are(corpora: Path) -> None:
    for path in sorted((corpora / "fisco").glob("*.json")):
        if "expected" in path.name or path.stat().st_size > 100_000:
            continue
        is_altered = path.name.startswith("t_") or "INCONSISTENT" in path.name
        verdict = verify(path).verdict
        if is_altered:
            assert verdict is Verdict.FAILED, path.name
        else:
            assert verdict in {Verdict.CONSISTENT, Verdict.INDETERMINATE}, path.name


def test_headers_and_proofs_of_one_block_fit_together(corpora: Path) -> None:
    folder = corpora / "fisco"
    for names in (
        ("fisco3_keccak_b60_header", "fisco3_keccak_b60_tx_proof"),
        ("fisco3_keccak_b60_header", "fisco3_keccak_b60_receipt_proof"),
        ("fisco3_sm_b2_header", "fisco3_sm_b2_receipt"),
    ):
        report = verify(*(folder / f"{each}.json" for each in names))
        assert report.verdict is Verdict.CONSISTENT, names
    report = verify(
        folder / "fisco2_keccak_b9.json", folder / "fisco2_keccak_receipt_proof_b9.json"
    )
    rows = {row.spec.id: row.counts for row in report.ledgers[0].checks}
    assert rows["fisco.receipt-proof"]
    assert report.verdict is Verdict.INDETERMINATE  # the signatures are not there
