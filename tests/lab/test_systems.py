"""In each system's ledger everything planted is found, and nothing beyond."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.lab.cases import ED25519, write_system
from explorer.lab.enforcement import FULL
from explorer.lab.enforcement_flows import FLOWS
from explorer.lab.samples import write_sample
from explorer.lab.systems.all import SYSTEMS
from explorer.model.verdicts import EvidenceReport, Inconsistency, Verdict
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.session.packs import shipped_packs
from explorer.store.schema import create_case

SHIPPED = Path(__file__).parents[2] / "sample_chains"


def verified(path: Path) -> EvidenceReport:
    options = VerifyOptions(TrustStore())
    return Engine(None).verify((path,), options, create_case(None), NullContext())


def completed(each: Inconsistency) -> tuple[str, str, int, int]:
    block, entry = each.entries[-1]
    if each.known_at is not None:
        block, entry = each.known_at.block, each.known_at.entry
    return each.rule, each.reason, block, entry


@pytest.mark.parametrize("name", list(SYSTEMS))
def test_nothing_is_found_in_an_intact_ledger(name: str, tmp_path: Path) -> None:
    path = tmp_path / "intact.jsonl"
    with path.open("wb") as out:
        # SM2 takes a second for ten signatures; the shipped twins have it
        system = replace(SYSTEMS[name], scheme=ED25519)
        assert write_system(out, system, flawed=False) == []
    (ledger,) = verified(path).ledgers
    assert ledger.verdict is Verdict.CONSISTENT
    assert ledger.is_fictional
    assert ledger.inconsistencies == ()
    assert any(row.judged for row in ledger.rules)
    lines = path.read_bytes().splitlines()
    header = json.loads(lines[0])["chain"]
    assert "虚构演示数据" in header["title"]
    assert len({each["public_key"] for each in header["parties"]}) >= 4
    assert 50 <= ledger.entries <= 500


@pytest.mark.parametrize("name", list(SYSTEMS))
def test_all_that_is_planted_is_found_and_nothing_else(name: str) -> None:
    truth = json.loads((SHIPPED / name / f"{name}-flawed.truth.json").read_bytes())
    (ledger,) = verified(SHIPPED / name / f"{name}-flawed.jsonl").ledgers
    assert ledger.verdict is Verdict.CONSISTENT
    wanted = sorted(
        (each["rule"], each["reason"], each["block"], each["entry"])
        for each in truth["must_find"]
    )
    assert len(wanted) >= 7
    assert sorted(map(completed, ledger.inconsistencies)) == wanted


@pytest.mark.parametrize("name", ["carbon", "pears-box", "receivables", "credit"])
def test_the_shipped_ledgers_are_what_the_lab_writes(name: str, tmp_path: Path) -> None:
    write_sample(f"{name}-flawed", tmp_path)
    shipped = {each.name for each in (SHIPPED / name).iterdir()}
    assert shipped == {"README.md"} | {each.name for each in tmp_path.iterdir()}
    for each in tmp_path.iterdir():
        assert (SHIPPED / name / each.name).read_bytes() == each.read_bytes()


def test_nothing_is_found_in_the_intact_enforcement_ledger(tmp_path: Path) -> None:
    (ledger,) = verified(write_sample("enforcement", tmp_path)).ledgers
    assert ledger.inconsistencies == ()
    assert any(row.rule == "cap-exceeded" and row.judged for row in ledger.rules)


def test_the_flawed_enforcement_ledger_raises_its_alerts(tmp_path: Path) -> None:
    path = write_sample("enforcement-flawed", tmp_path)
    truth = json.loads(path.with_suffix(".truth.json").read_bytes())
    (ledger,) = verified(path).ledgers
    wanted = sorted(
        (each["rule"], each["reason"], each["block"], each["entry"])
        for each in truth["must_find"]
    )
    assert sorted(map(completed, ledger.inconsistencies)) == wanted
    known = [each.known_at for each in ledger.inconsistencies if each.known_at]
    assert {each.area for each in known} == set(FLOWS)
    assert all(each.checkpoint and each.month and each.organisation for each in known)


def test_the_full_ledger_has_the_published_figures() -> None:
    assert sum(FULL.alerts.values()) == 228
    assert (FULL.blocks, FULL.records) == (402_460, 51_947)
    (pack,) = (each.pack for each in shipped_packs() if each.pack.name == "enforcement")
    assert len({each.checkpoint for each in pack.activities}) == 55
