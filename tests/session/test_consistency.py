"""Inconsistencies end to end: what ``verify`` says of real and made-up records."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.model.verdicts import EvidenceReport, Inconsistency, Verdict
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case


def verified(path: Path) -> EvidenceReport:
    options = VerifyOptions(TrustStore(), jobs=1)
    return Engine(None).verify([path], options, create_case(None), NullContext())


@pytest.fixture(scope="module")
def pears(corpora: Path) -> EvidenceReport:
    return verified(corpora / "synthetic-pears")


@pytest.fixture(scope="module")
def fabric(corpora: Path) -> EvidenceReport:
    return verified(corpora / "fabric" / "raw_peer_Orchard")


def test_everything_planted_is_found_and_nothing_else(
    pears: EvidenceReport, corpora: Path
) -> None:
    manifest = json.loads((corpora / "synthetic-pears/manifest.json").read_text())
    planted = {
        each["kind"].replace("_", "-"): set(each["events"])
        for each in manifest[0]["planted"]
    }
    found = {each.rule: set(each.events) for each in pears.inconsistencies}
    assert len(pears.inconsistencies) == len(planted)
    assert found.keys() == planted.keys()
    missing = {"missing-origin"}
    assert [r for r in planted if r not in missing and not planted[r] & found[r]] == []


def test_intact_records_raise_nothing(corpora: Path, tmp_path: Path) -> None:
    document = json.loads((corpora / "synthetic-pears/pears.jsonld").read_text("utf-8"))
    events = document["epcisBody"]["eventList"]
    lots = ("L007a", "L009a", "L014a")  # nothing is planted in these
    pallets = {
        event["parentID"]
        for event in events
        if any(lot in str(event.get("childEPCs")) for lot in lots)
    }
    document["epcisBody"]["eventList"] = [
        event
        for event in events
        if any(name in json.dumps(event) for name in (*lots, *pallets))
    ]
    (tmp_path / "pears.jsonld").write_text(json.dumps(document), "utf-8")
    master = (corpora / "synthetic-pears/masterdata.json").read_bytes()
    (tmp_path / "masterdata.json").write_bytes(master)
    report = verified(tmp_path)
    assert report.ledgers[0].entries > 30
    assert report.inconsistencies == ()


def places(report: EvidenceReport, reason: str) -> list[tuple[tuple[int, int], ...]]:
    return [each.entries for each in report.inconsistencies if each.reason == reason]


def _pairs(listed: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    return [(block, entry) for block, entry in listed]


def test_the_flaws_of_the_pear_ledger_are_found_where_they_are(
    fabric: EvidenceReport, corpora: Path
) -> None:
    facts = json.loads((corpora / "fabric/facts.json").read_text("utf-8"))
    planted = {each["kind"]: each for each in facts["planted"]}
    at = {kind: _pairs(each.get("at", ())) for kind, each in planted.items()}
    assert places(fabric, "more-out-than-in") == [tuple(at["mass_excess"])]
    assert places(fabric, "too-fast") == [tuple(at["scan_two_places"])]
    assert places(fabric, "gap-in-readings") == [tuple(at["cold_chain_gap"])]
    assert places(fabric, "too-warm") == [tuple(at["cold_chain_gap"])]
    assert places(fabric, "never-received") == [(p,) for p in at["never_received"]]
    late = [(tuple(each["at"]),) for each in planted["late_entry"]["entries"]]
    assert places(fabric, "recorded-late") == late
    (recall,) = (e for e in fabric.inconsistencies if e.reason == "sold-before-recall")
    assert recall.entries[0] == at["recall_after_sale"][0]
    assert recall.detail == "recalled: 24"


def test_correctly_handled_cases_raise_nothing(fabric: EvidenceReport) -> None:
    expected = {
        "mass-balance", "impossible-travel", "custody-gap", "disposition-conflict",
        "backdated-record", "sensor-limit",
    }  # fmt: skip
    assert {each.rule for each in fabric.inconsistencies} == expected
    assert len(fabric.inconsistencies) == 15
    items = {item for each in fabric.inconsistencies for item in each.items}
    assert "pear/lot/PC20260022" not in items


def test_inconsistencies_never_change_the_verdict(fabric: EvidenceReport) -> None:
    assert fabric.verdict is Verdict.CONSISTENT
    assert fabric.ledgers[0].inconsistencies == fabric.inconsistencies


def test_each_rule_says_what_it_judged(pears: EvidenceReport) -> None:
    rows = {row.rule: row for row in pears.ledgers[0].rules}
    assert len(rows) == 21
    assert rows["mass-balance"].settings == (("mass_tolerance", "0.02"),)
    assert [each.code for each in rows["volume-plausibility"].unjudged] == ["limit"]


def test_paths_are_those_of_the_files(pears: EvidenceReport) -> None:
    (one,) = {each.path for each in pears.inconsistencies}
    assert one.endswith("pears.jsonld")
    assert all(isinstance(each, Inconsistency) for each in pears.inconsistencies)
