"""``reconcile``: a party's list against the sample ledger."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.running import STORE, Runner

HEAD = "批次号,重量,单位,日期\n"
GOOD = HEAD + "PC20260000,64,kg,2026-09-01\nPC20260001,65000,g,2026-09-01\n"
OTHER = GOOD + "PC20260002,63,kg,2026-09-01\nPC9999,1,kg,2026-09-01\n"


def sheet(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, "utf-8")
    return path


def test_every_line_is_told(run: Runner, tmp_path: Path) -> None:
    ran = run("reconcile", "--json", STORE, sheet(tmp_path, OTHER))
    assert ran.status == 1
    found = json.loads(ran.out)["reconciliation"]
    counts = found["counts"]
    assert (counts["matched"], counts["differs"], counts["only-here"]) == (2, 1, 1)
    assert counts["only-there"] > 100
    third = found["lines"][2]
    assert (third["status"], third["differs"]) == ("differs", ["amount"])
    assert (third["here"]["amount"], third["there"]["amount"]) == ("63", "62")
    assert (third["there"]["block"], third["there"]["entry"]) == (6, 2)
    assert found["totals"]["here"]["amounts"] == {"KGM": "193.000"}


def test_lines_that_only_one_side_has_are_no_contradiction(
    run: Runner, tmp_path: Path
) -> None:
    ran = run("reconcile", STORE, sheet(tmp_path, GOOD))
    assert ran.status == 2
    assert "2 the same on both sides" in ran.out
    assert "only in the ledger: pear/lot/PC20260002" in ran.out


def test_tolerances_are_settings(run: Runner, tmp_path: Path) -> None:
    path = sheet(tmp_path, OTHER)
    ran = run("reconcile", "--json", "--percent", "2", STORE, path)
    assert json.loads(ran.out)["reconciliation"]["counts"]["differs"] == 0


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx", "out.jsonl", "out.json"])
def test_the_comparison_is_exported(run: Runner, tmp_path: Path, name: str) -> None:
    output = tmp_path / "results" / name
    output.parent.mkdir()
    run("reconcile", "-o", output, STORE, sheet(tmp_path, OTHER))
    assert output.stat().st_size > 100
    if name.endswith(".csv"):
        with output.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert rows[2]["status"] == "differs"
        assert rows[2]["differs_in"] == "amount"


def test_wrong_use_is_told(run: Runner, tmp_path: Path) -> None:
    path = sheet(tmp_path, GOOD)
    assert run("reconcile", path).status == 3
    assert run("reconcile", STORE, tmp_path / "absent.csv").status == 3
    assert run("reconcile", STORE, sheet(tmp_path, "x,y\n1,2\n")).status == 3
    assert run("reconcile", "--profile", "none", STORE, path).status == 3
    assert run("reconcile", "-o", path, STORE, path).status == 3
