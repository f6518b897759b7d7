"""Packs on the command line: ``--pack``, ``formats``, ``export --alerts``."""

import csv
import json
from pathlib import Path

from tests.cli.running import SAMPLES, Runner

CARBON = SAMPLES / "carbon" / "carbon-flawed.jsonl"


def test_alerts_are_in_the_document_and_the_status_stays(run: Runner) -> None:
    ran = run("verify", "--json", "--pack", "carbon-accounts", str(CARBON))
    assert ran.status == 0
    alerts = ran.result["inconsistencies"]
    truth = json.loads(CARBON.with_suffix(".truth.json").read_bytes())["must_find"]
    assert len(alerts) == ran.result["inconsistencies_total"] == len(truth)
    first = alerts[0]
    assert first["pack"] == "carbon-accounts"
    assert first["known_at"]["entry_id"] == truth[0]["entry_id"]
    assert first["area"] == "capture"
    assert first["month"] == "2026-03"
    assert first["message_zh"] == "同一原始记录被重复计算，记录不一致。"


def test_alerts_are_exported_as_a_table(run: Runner, tmp_path: Path) -> None:
    for end in ("csv", "xlsx", "jsonl"):
        out = tmp_path / f"alerts.{end}"
        ran = run("export", "--alerts", "-o", str(out), str(CARBON))
        assert ran.status == 0
        assert out.stat().st_size
    text = (tmp_path / "alerts.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 7
    assert {row["pack"] for row in rows} == {"carbon-accounts"}
    assert all(row["known_at_block"] and row["organisation"] for row in rows)


def test_formats_lists_packs(run: Runner) -> None:
    assert "pack receivables" in run("formats").out


def test_a_wrong_pack_is_wrong_usage(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("version = 1\n", encoding="utf-8")
    ran = run("verify", "--pack", str(path), str(CARBON))
    assert ran.status == 3
    assert "wrong.toml, line 1" in ran.err
