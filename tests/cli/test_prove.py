"""``prove`` and ``check-proof``: what holds, what does not, and what has no proof."""

import json
from pathlib import Path

import pytest

from tests.cli.running import PEARS, STORE, Runner

INTACT = PEARS / "pears.jsonl"


@pytest.fixture
def proof(run: Runner, tmp_path: Path) -> Path:
    path = tmp_path / "proof.json"
    assert run("prove", "-o", path, INTACT, "3:1").status == 0
    return path


def changed(path: Path, name: str, value: object) -> Path:
    document = json.loads(path.read_text("utf-8"))
    document[name] = value
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_a_proof_holds_without_the_ledger(run: Runner, proof: Path) -> None:
    done = run("check-proof", "--json", proof)
    assert done.status == 0
    assert done.json["reason"] == "proof-valid"
    assert done.json["not_checked"]
    shown = run("show", "--json", INTACT, "3").json
    assert done.json["block_hash"] == shown["hash"]
    assert "another way" in run("check-proof", proof).out


def test_an_entry_is_found_by_its_id(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    assert run("prove", "-o", path, INTACT, "E0004").status == 0
    assert json.loads(path.read_text("utf-8"))["entry_id"] == "E0004"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("leaf", "00", "path-leads-elsewhere"),
        ("root", "11" * 32, "path-leads-elsewhere"),
        ("steps", [], "nothing-proven"),
        ("header", "00" * 40, "root-not-in-header"),
        ("block_hash", "22" * 32, "hash-mismatch"),
    ],
)
def test_a_changed_proof_fails_for_its_reason(
    run: Runner, proof: Path, name: str, value: object, reason: str
) -> None:
    done = run("check-proof", "--json", changed(proof, name, value))
    assert (done.status, done.json["reason"]) == (1, reason)


@pytest.mark.parametrize(
    ("name", "value"),
    [("leaf", "xx"), ("kind", "other"), ("steps", 5), ("more", 1), ("version", 9)],
)
def test_what_is_no_proof_is_refused(
    run: Runner, proof: Path, name: str, value: object
) -> None:
    assert run("check-proof", changed(proof, name, value)).status == 3


def test_fabric_has_no_short_proof(run: Runner, tmp_path: Path) -> None:
    done = run("prove", "-o", tmp_path / "p.json", STORE, "20:0")
    assert done.status == 3
    assert "whole block" in done.err


@pytest.mark.parametrize("entry", ["9999:0", "nothing", "3:99"])
def test_an_unknown_entry_is_said(run: Runner, tmp_path: Path, entry: str) -> None:
    done = run("prove", "-o", tmp_path / "p.json", INTACT, entry)
    assert done.status == 3
    assert not (tmp_path / "p.json").exists()
