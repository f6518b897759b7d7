"""``verify``: verdicts, JSON and exit status on samples and what is made of them."""

import io
import shutil
from pathlib import Path

import pytest

from explorer.lab.pears import plan, write_pears
from tests.cli.running import FABRIC, FABRIC_TIP, PEARS, STORE, TIP, Runner

KEYS = PEARS / "pears.keys.json"
INTACT = PEARS / "pears.jsonl"
CONTRACT = {
    "path",
    "format",
    "title",
    "verdict",
    "anchors",
    "attributed",
    "anchored_to",
    "sources",
    "blocks",
    "entries",
    "signatures",
    "first",
    "last",
    "checks",
    "findings",
    "findings_total",
    "inconsistencies",
    "not_checked",
    "ledgers",
}


def kinds(result: dict[str, object]) -> set[str]:
    findings = result["findings"]
    assert isinstance(findings, list)
    return {each["kind"] for each in findings if each["outcome"] == "failed"}


@pytest.mark.parametrize(
    ("words", "status", "verdict"),
    [
        ([INTACT], 0, "consistent"),
        (["--trust", KEYS, INTACT], 0, "attributed"),
        (["--checkpoint", TIP, INTACT], 0, "anchored"),
        (["--trust", KEYS, "--checkpoint", TIP, INTACT], 0, "anchored"),
        ([PEARS / "pears_one-digit.jsonl"], 1, "failed"),
        ([PEARS / "pears_rehashed.jsonl"], 1, "failed"),
        ([PEARS / "pears_resigned.jsonl"], 0, "consistent"),
        (["--trust", KEYS, PEARS / "pears_resigned.jsonl"], 0, "attributed"),
        (["--checkpoint", TIP, PEARS / "pears_resigned.jsonl"], 1, "failed"),
        ([STORE], 0, "consistent"),
        (["--trust", FABRIC / "trust_anchors", STORE], 0, "attributed"),
        (["--checkpoint", FABRIC_TIP, STORE], 0, "anchored"),
        (["--require", "attributed", STORE], 2, "consistent"),
        (["--require", "anchored", "--checkpoint", FABRIC_TIP, STORE], 0, "anchored"),
    ],
)
def test_the_samples_get_the_verdict_that_their_readme_says(
    run: Runner, words: list[str | Path], status: int, verdict: str
) -> None:
    ran = run.verify(*words)
    assert (ran.status, ran.result["verdict"]) == (status, verdict)
    assert set(ran.result) >= CONTRACT


def test_anchored_says_beside_it_whether_it_is_attributed(run: Runner) -> None:
    alone = run.verify("--checkpoint", TIP, INTACT).result
    both = run.verify("--checkpoint", TIP, "--trust", KEYS, INTACT).result
    assert (alone["attributed"], both["attributed"]) == (False, True)
    assert alone["anchored_to"]["height"] == 29


def test_a_tail_above_the_anchor_keeps_the_lower_verdict(run: Runner) -> None:
    middle = run("show", "--json", INTACT, "10").json["hash"]
    ran = run.verify("--checkpoint", f"10={middle}", INTACT)
    assert ran.result["verdict"] == "consistent"
    assert ran.result["anchored_to"]["height"] == 10


def test_a_chain_re_made_with_other_keys_is_never_above_consistent(
    run: Runner, tmp_path: Path
) -> None:
    made = io.BytesIO()
    write_pears(made, plan(owner="forger"))
    path = tmp_path / "pears.jsonl"
    path.write_bytes(made.getvalue())
    assert run.verify(path).result["verdict"] == "consistent"
    named = run.verify("--trust", KEYS, path)
    assert (named.status, named.result["verdict"]) == (1, "failed")
    assert "identity" in kinds(named.result)
    tied = run.verify("--checkpoint", TIP, path)
    assert kinds(tied.result) == {"anchor"}


def test_one_named_organisation_is_not_enough(run: Runner) -> None:
    one = FABRIC / "trust_anchors" / "OrchardMSP"
    ran = run.verify("--trust", one, STORE)
    assert (ran.result["verdict"], ran.result["attributed"]) == ("consistent", False)


def test_a_named_organisation_with_another_authority_fails(
    run: Runner, tmp_path: Path
) -> None:
    folder = tmp_path / "OrchardMSP" / "cacerts"
    folder.mkdir(parents=True)
    (source,) = (FABRIC / "trust_anchors" / "PackerMSP" / "cacerts").iterdir()
    (folder / "ca.pem").write_bytes(source.read_bytes())
    ran = run.verify("--trust", tmp_path / "OrchardMSP", STORE)
    assert (ran.status, kinds(ran.result)) == (1, {"identity"})


def test_an_independent_copy_ties_what_both_share(run: Runner, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(b"".join(INTACT.read_bytes().splitlines(keepends=True)[:12]))
    ran = run.verify("--copy", copy, INTACT)
    assert ran.result["anchored_to"]["height"] == 10
    assert ran.result["verdict"] == "consistent"
    shutil.copyfile(INTACT, copy)
    whole = run.verify("--copy", copy, INTACT)
    assert whole.result["verdict"] == "anchored"
    itself = run.verify("--copy", INTACT, INTACT).result
    assert (itself["verdict"], itself["anchored_to"]) == ("consistent", None)
    assert [each["reason"] for each in itself["findings"]] == ["copy-is-evidence"]
    other = run.verify("--copy", PEARS / "pears_resigned.jsonl", INTACT)
    assert (other.status, kinds(other.result)) == (1, {"anchor"})
    first = [each for each in other.result["findings"] if each["kind"] == "anchor"]
    assert first[0]["block"] == 1


def test_a_copy_that_cannot_be_read_ties_nothing(run: Runner, tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    odd.write_bytes(b"no ledger")
    for copy in (odd, tmp_path / "missing"):
        ran = run.verify("--copy", copy, INTACT)
        assert (ran.result["verdict"], ran.result["anchored_to"]) == (
            "consistent",
            None,
        )
        assert any(each["kind"] == "anchor" for each in ran.result["findings"])


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"\0" * 1000, b"{}", b"[]", b"not a ledger at all", b"\x80" * 50],
)
def test_what_is_no_ledger_is_unreadable_and_still_json(
    run: Runner, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "evidence"
    path.write_bytes(content)
    ran = run.verify(path)
    assert (ran.status, ran.result["verdict"]) == (3, "unreadable")
    assert ran.result["blocks"] == 0
    assert ran.result["findings"]


def test_a_missing_path_does_not_hide_the_others(run: Runner, tmp_path: Path) -> None:
    ran = run.verify(tmp_path / "missing", INTACT)
    verdicts = [each["verdict"] for each in ran.json["results"]]
    assert (ran.status, verdicts) == (3, ["unreadable", "consistent"])


def test_an_empty_chain_is_never_consistent(run: Runner, tmp_path: Path) -> None:
    lines = INTACT.read_bytes().splitlines(keepends=True)
    path = tmp_path / "empty.jsonl"
    path.write_bytes(lines[0])
    assert run.verify(path).result["verdict"] not in {"consistent", "attributed"}


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--checkpoint", "5", INTACT],
        ["--trust", "/no/such/file", INTACT],
        ["--as-of", "yesterday", INTACT],
        ["--require", "perfect", INTACT],
        ["--jobs", "-1", INTACT],
        ["--no-such-option", INTACT],
    ],
)
def test_wrong_usage_ends_with_three_and_prints_no_json(
    run: Runner, words: list[str | Path]
) -> None:
    ran = run.verify(*words)
    assert (ran.status, ran.out) == (3, "")
    assert ran.err


def test_a_time_that_nothing_is_judged_at_is_said(run: Runner) -> None:
    words: list[str | Path] = [
        "verify",
        "--json",
        "--as-of",
        "2030-01-01T00:00:00Z",
        INTACT,
    ]
    assert any(each.startswith("No certificate") for each in not_checked(run, words))
    assert not not_checked(run, ["verify", "--json", INTACT])


def not_checked(run: Runner, words: list[str | Path]) -> list[str]:
    found = run(*words).result["not_checked"]
    assert isinstance(found, list)
    return found


def test_an_unknown_format_is_said(run: Runner) -> None:
    ran = run.verify("--format", "abacus", INTACT)
    assert ran.status == 3
    assert "abacus" in ran.result["findings"][0]["message"]


def test_together_makes_one_evidence_of_several_paths(run: Runner) -> None:
    ran = run.verify("--together", INTACT, PEARS / "pears_one-digit.jsonl")
    assert ran.result["verdict"] == "failed"
    assert len(ran.result["ledgers"]) == 2
    assert len(ran.result["sources"]) == 2


def test_text_says_the_same_without_json(run: Runner) -> None:
    ran = run("verify", PEARS / "pears_one-digit.jsonl")
    assert ran.status == 1
    assert "root-mismatch" in ran.out
    assert "\033" not in ran.out
