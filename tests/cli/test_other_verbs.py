"""``show``, ``compare``, ``export``, ``report``, ``sample``, ``formats``."""

import csv
import html
import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import FABRIC, PEARS, STORE, Runner

INTACT = PEARS / "pears.jsonl"


@pytest.mark.parametrize(("path", "height"), [(INTACT, "5"), (STORE, "20")])
def test_show_gives_commands_that_repeat_every_hash(
    run: Runner, path: Path, height: str
) -> None:
    block = run("show", "--json", path, height).json
    repeated = 0
    for claim in block["claims"]:
        assert claim["outcome"] == "passed", claim
        explained = claim["explanation"]
        command = explained["command"] if explained else ""
        if "sha256sum" in command and claim["kind"] != "tree":
            done = subprocess.run(  # noqa: S602 - the command we tell users to run
                command, shell=True, capture_output=True, check=True
            )
            assert done.stdout.split()[0].decode() == explained["computed"]
            repeated += 1
    assert repeated >= 2


def test_show_checks_signatures_with_openssl_like_we_do(
    run: Runner, tmp_path: Path
) -> None:
    block = run("show", "--json", STORE, "20").json
    signatures = [
        each["explanation"]["command"]
        for each in block["claims"]
        if each["kind"] == "signature" and each["outcome"] == "passed"
    ]
    whole = [each for each in signatures if "parts.hex" not in each]
    assert len(whole) > 10
    for command in whole:
        done = subprocess.run(  # noqa: S602 - the command we tell users to run
            command, shell=True, capture_output=True, check=False, cwd=tmp_path
        )
        assert done.stdout.strip() == b"Verified OK", command


def test_show_of_one_entry_is_a_part_of_the_block(run: Runner) -> None:
    whole = run("show", "--json", STORE, "20").json
    entry = run("show", "--json", STORE, "20", "1").json
    assert {each["entry"] for each in entry["claims"]} == {1}
    assert 0 < len(entry["claims"]) < len(whole["claims"])
    assert run("show", STORE, "20", "99").status == 3
    assert run("show", STORE, "9999").status == 3


def test_compare_finds_the_first_difference(run: Runner) -> None:
    ran = run("compare", "--json", INTACT, PEARS / "pears_resigned.jsonl")
    found = ran.json["comparison"]
    assert ran.status == 1
    assert (found["first_difference"], found["common_to"]) == (1, 0)
    same = run("compare", "--json", INTACT, INTACT)
    assert same.status == 0
    assert same.json["comparison"]["identical"] == 30


def test_compare_sees_a_value_edited_under_the_same_hashes(run: Runner) -> None:
    found = run("compare", "--json", INTACT, PEARS / "pears_one-digit.jsonl").json
    comparison = found["comparison"]
    assert comparison["first_difference"] == 1
    assert [each["is_honest"] for each in comparison["slots"]] == [False]


def test_compare_knows_where_honest_copies_differ(run: Runner, corpora: Path) -> None:
    orderer = corpora / "fabric" / "raw_orderer_o1"
    ran = run("compare", "--json", STORE, orderer)
    found = ran.json["comparison"]
    assert (ran.status, found["first_difference"], found["shared"]) == (0, None, 194)
    assert set(found["slots_total"]) == {
        "metadata/commit hash",
        "metadata/validation flags",
    }
    cut = run("compare", "--json", STORE, corpora / "fabric" / "tampered" / "_base")
    assert (cut.status, cut.json["comparison"]["only_first"]) == (0, 124)


def test_compare_finds_a_flipped_flag(run: Runner, corpora: Path) -> None:
    flipped = corpora / "fabric" / "tampered" / "flag_invalid_to_valid"
    ran = run("compare", "--json", STORE, flipped)
    assert (ran.status, ran.json["comparison"]["first_difference"]) == (1, 34)


def test_compare_refuses_different_families(run: Runner) -> None:
    assert run("compare", INTACT, STORE).status == 3


@pytest.mark.parametrize(
    ("table", "rows"), [("blocks", 194), ("entries", 525), ("signers", 12)]
)
def test_export_writes_every_row_and_says_where_it_is_from(
    run: Runner, tmp_path: Path, table: str, rows: int
) -> None:
    path = tmp_path / f"{table}.csv"
    assert run("export", f"--{table}", "-o", path, STORE).status == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == rows
    about = json.loads((tmp_path / f"{table}.csv.about.json").read_text())
    assert about["sources"][0]["bytes"] == 2_951_413


def test_export_cuts_a_period_and_draws_a_sample_that_can_be_repeated(
    run: Runner, tmp_path: Path
) -> None:
    day = ["--from", "2026-09-01", "--to", "2026-09-30T23:59:59Z"]
    paths = [tmp_path / f"{n}.jsonl" for n in range(3)]
    for path in paths[:2]:
        words = ["export", "--entries", *day, "--sample", "20", "--seed", "7"]
        assert run(*words, "-o", path, STORE).status == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    lines = paths[0].read_text(encoding="utf-8").splitlines()
    times = [json.loads(line).get("time_utc", "") for line in lines]
    assert sum(bool(each) for each in times) == 20
    assert all(each.startswith("2026-09") for each in times if each)
    other: list[str | Path] = ["--sample", "20", "--seed", "8", "-o", paths[2], STORE]
    run("export", "--entries", *day, *other)
    assert paths[2].read_bytes() != paths[0].read_bytes()


def test_export_refuses_what_makes_no_sense(run: Runner, tmp_path: Path) -> None:
    signers = ["export", "--signers", "--from", "2026-01-01", "-o"]
    assert run(*signers, tmp_path / "s.csv", STORE).status == 3
    assert run("export", "--blocks", "-o", tmp_path / "b.txt", STORE).status == 3
    backwards = ["--from", "2026-02-01", "--to", "2026-01-01", "-o"]
    assert run("export", "--blocks", *backwards, tmp_path / "b.csv", STORE).status == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_opens_with_the_case_and_ends_with_its_own_digest(
    run: Runner, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "report.html"
    words = ["--case", "2026-17", "--examiner", "王<b>", "--language", language]
    trust: list[str | Path] = [
        "--trust",
        FABRIC / "trust_anchors",
        "--time-zone",
        "Asia/Shanghai",
    ]
    assert run("report", *words, *trust, "-o", path, STORE).status == 0
    page = path.read_text(encoding="utf-8")
    assert "2026-17" in page
    assert "王&lt;b&gt;" in page
    assert "4137f5bdfc996581" in page.replace(" ", "")


def test_a_report_says_how_to_repeat_what_failed(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    run("report", "-o", path, PEARS / "pears_one-digit.jsonl")
    page = html.unescape(path.read_text(encoding="utf-8"))
    assert "openssl pkeyutl -verify" in page
    assert "each leaf: (printf '\\000'; cat LEAF) | sha256sum" in page


def test_a_report_as_json_is_what_verify_prints(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    run("report", "-o", path, INTACT)
    assert json.loads(path.read_text()) == run.verify(INTACT).json
    assert run("report", "-o", tmp_path / "report.doc", INTACT).status == 3
    assert run("report", "-o", tmp_path / "no" / "r.html", INTACT).status == 3
    zone = ["--time-zone", "Middle/Earth"]
    assert run("report", *zone, "-o", tmp_path / "r.html", INTACT).status == 3


def test_a_sample_verifies(run: Runner, tmp_path: Path) -> None:
    for name in ("pears", "pears-sm", "enforcement"):
        ran = run("sample", name, tmp_path / name)
        assert ran.status == 0
        assert run.verify(ran.out.strip()).result["verdict"] == "consistent"
    assert run("sample", "unicorns", tmp_path).status == 3


def test_formats_lists_what_can_be_read(run: Runner) -> None:
    out = run("formats").out
    assert "fabric" in out
    assert "chain-jsonl" in out


def test_a_filter_chooses_the_rows_of_an_export(run: Runner, tmp_path: Path) -> None:
    output = tmp_path / "chosen.jsonl"
    condition = 'entry.kind == "harvest" and block.height < 3'
    done = run(
        "export",
        "--entries",
        "--filter",
        condition,
        "-o",
        output,
        PEARS / "pears.jsonl",
    )
    assert done.status == 0
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert rows
    about, *rows, _ = rows
    assert about["about"]["filter"] == condition
    assert {row["kind"] for row in rows} == {"harvest"}


def test_a_filter_that_is_not_understood_says_where(
    run: Runner, tmp_path: Path
) -> None:
    output = tmp_path / "chosen.csv"
    done = run(
        "export",
        "--entries",
        "--filter",
        "sgner == 1",
        "-o",
        output,
        PEARS / "pears.jsonl",
    )
    assert done.status == 3
    assert "there is no field sgner" in done.err
    assert "character 1" in done.err
    assert not output.exists()


def test_findings_have_no_filter(run: Runner, tmp_path: Path) -> None:
    output = tmp_path / "chosen.csv"
    done = run(
        "export",
        "--findings",
        "--filter",
        "time > 2026-01-01",
        "-o",
        output,
        PEARS / "pears.jsonl",
    )
    assert done.status == 3


def test_the_fields_of_filters_are_listed(run: Runner) -> None:
    assert "check.failed" in run("formats", "--fields").out
