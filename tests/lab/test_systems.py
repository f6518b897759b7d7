"""In each system's ledger everything planted is found, and nothing beyond."""

import json
from pathlib import Path

import pytest

from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.lab.samples import write_sample
from explorer.lab.systems.all import SYSTEMS
from explorer.model.verdicts import EvidenceReport, Inconsistency, Verdict
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

SHIPPED = Path(__file__).parents[2] / "sample_chains"
LEDGERS = [
    f"{name}{end}" for name in (*SYSTEMS, "enforcement") for end in ("", "-flawed")
]


def verified(path: Path) -> EvidenceReport:
    options = VerifyOptions(TrustStore())
    return Engine(None).verify((path,), options, create_case(None), NullContext())


def completed(each: Inconsistency) -> tuple[str, str, int, int]:
    block, entry = each.entries[-1]
    if each.known_at is not None:
        block, entry = each.known_at.block, each.known_at.entry
    return each.rule, each.reason, block, entry


@pytest.mark.parametrize("name", LEDGERS)
def test_all_that_is_planted_is_found_and_nothing_else(
    name: str, tmp_path: Path
) -> None:
    path = write_sample(name, tmp_path)
    truth = json.loads(path.with_suffix(".truth.json").read_bytes())["must_find"]
    report = verified(path)
    (ledger,) = report.ledgers
    assert ledger.verdict is Verdict.CONSISTENT
    assert ledger.is_fictional
    wanted = sorted(
        (each["rule"], each["reason"], each["block"], each["entry"]) for each in truth
    )
    assert sorted(map(completed, ledger.inconsistencies)) == wanted
    assert bool(wanted) is name.endswith("-flawed")
    assert any(row.judged and row.title for row in ledger.rules)


@pytest.mark.parametrize("name", sorted(SYSTEMS))
def test_a_ledger_has_entries_enough_and_several_parties(
    name: str, tmp_path: Path
) -> None:
    lines = write_sample(name, tmp_path).read_bytes().splitlines()
    header = json.loads(lines[0])["chain"]
    assert "虚构演示数据" in header["title"]
    assert len({each["public_key"] for each in header["parties"]}) >= 4
    assert 50 <= json.loads(lines[-1])["trailer"]["entries"] <= 500


@pytest.mark.parametrize("name", sorted(SYSTEMS))
def test_the_shipped_ledgers_are_what_the_lab_writes(name: str, tmp_path: Path) -> None:
    write_sample(f"{name}-flawed", tmp_path)
    shipped = {each.name for each in (SHIPPED / name).iterdir()}
    assert shipped == {"README.md"} | {each.name for each in tmp_path.iterdir()}
    for each in tmp_path.iterdir():
        assert (SHIPPED / name / each.name).read_bytes() == each.read_bytes()


def test_the_four_areas_of_the_enforcement_ledger_have_alerts(tmp_path: Path) -> None:
    report = verified(write_sample("enforcement-flawed", tmp_path))
    known = [each.known_at for each in report.inconsistencies if each.known_at]
    assert {each.area for each in known} == {
        "job-assignment",
        "sentence-execution",
        "points-assessment",
        "prison-spending",
    }
    assert all(each.checkpoint and each.month and each.organisation for each in known)
