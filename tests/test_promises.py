"""The six promises: files unchanged, no network, the same answer under ``-O``."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from explorer.main import main

SAMPLES = Path(__file__).resolve().parents[1] / "sample_chains"
FABRIC = SAMPLES / "fabric-pear-trace"
PEARS = SAMPLES / "pears" / "pears.jsonl"
EVIDENCE = [FABRIC / "ledgersData", PEARS, SAMPLES / "pears" / "pears_one-digit.jsonl"]

NO_SOCKETS = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(refuse)
from explorer.main import main
sys.exit(main(sys.argv[1:]))
"""


def state_of(path: Path) -> list[tuple[str, int, int, str]]:
    """Return name, size, modification time and digest of everything below ``path``."""
    files = sorted(path.rglob("*")) if path.is_dir() else sorted(path.parent.iterdir())
    return [
        (
            str(each),
            each.stat().st_size,
            each.stat().st_mtime_ns,
            hashlib.sha256(each.read_bytes()).hexdigest() if each.is_file() else "",
        )
        for each in files
    ]


def run_python(*words: str, script: str = "") -> subprocess.CompletedProcess[bytes]:
    start = ["-c", script] if script else ["-m", "explorer"]
    flags = [word for word in words if word == "-O"]
    rest = [word for word in words if word != "-O"]
    command = [sys.executable, *flags, *start, *rest]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, check=False, env=environment)


def verify(capsys: pytest.CaptureFixture[str], words: Sequence[str]) -> object:
    main(["verify", "--json", *words])
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("path", EVIDENCE, ids=lambda path: path.name)
def test_evidence_is_left_as_it_was(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state_of(path)
    verify(capsys, [str(path)])
    main(["show", str(path), "3"])
    main(["trace", str(path), "--item", "nothing"])
    assert state_of(path) == before


def test_a_read_only_folder_is_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "pears.jsonl"
    copy.write_bytes(PEARS.read_bytes())
    copy.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        assert main(["verify", str(copy)]) == 0
    finally:
        tmp_path.chmod(0o700)
    capsys.readouterr()
    assert [each.name for each in tmp_path.iterdir()] == ["pears.jsonl"]


@pytest.mark.parametrize("path", EVIDENCE, ids=lambda path: path.name)
def test_no_socket_is_opened(path: Path) -> None:
    done = run_python("verify", "--json", "--jobs", "2", str(path), script=NO_SOCKETS)
    assert b"socket" not in done.stderr
    assert json.loads(done.stdout)["results"][0]["blocks"] > 0


@pytest.mark.parametrize("path", EVIDENCE, ids=lambda path: path.name)
def test_the_answer_is_the_same_without_assertions(path: Path) -> None:
    usual = run_python("verify", "--json", str(path))
    optimised = run_python("-O", "verify", "--json", str(path))
    assert usual.returncode == optimised.returncode
    assert usual.stdout == optimised.stdout


def test_the_answer_does_not_depend_on_what_was_opened_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [str(each) for each in EVIDENCE]
    together = verify(capsys, words)
    alone = [verify(capsys, [each]) for each in words]
    assert isinstance(together, dict)
    results = [each["results"][0] for each in alone if isinstance(each, dict)]
    assert together["results"] == results
