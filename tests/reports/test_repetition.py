import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

from explorer.model.checks import Kind
from explorer.model.verdicts import Finding, Place
from explorer.reports.repetition import repetition


def _command(finding: Finding) -> str:
    given = repetition(finding)
    assert given is not None
    return given.command


def test_the_command_prints_the_hash_of_the_place(
    tmp_path: Path, make_finding: Callable[..., Finding]
) -> None:
    path = tmp_path / "a 'b' $(touch x) 梨.jsonl"
    path.write_bytes(bytes(range(100)))
    wanted = hashlib.sha256(bytes(range(10, 42))).hexdigest()
    finding = make_finding(places=(Place(str(path), 10, 42),), computed=wanted)
    ran = subprocess.run(
        ["/bin/sh", "-c", _command(finding)],
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    assert ran.stdout.decode().split()[0] == wanted
    assert ran.stderr == b""
    assert not (tmp_path / "x").exists()


def test_other_kinds_show_the_bytes(make_finding: Callable[..., Finding]) -> None:
    finding = make_finding(kind=Kind.MALFORMED)
    assert _command(finding) == (
        "tail -c +4101 -- case/pears.jsonl | head -c 142 | od -A d -t x1z"
    )
    longer = make_finding(computed="ab" * 64)  # not SHA-256: no wrong command
    assert "sha256sum" not in _command(longer)


def test_a_path_that_cannot_be_shown(make_finding: Callable[..., Finding]) -> None:
    finding = make_finding(places=(Place("a\u202eb", 0, 4),))
    given = repetition(finding)
    assert given is not None
    assert given.command == "tail -c +1 -- FILE | head -c 4 | sha256sum"
    assert given.explained_by == ("repeat-hash", "repeat-path")


def test_no_place_no_command(make_finding: Callable[..., Finding]) -> None:
    assert repetition(make_finding(places=())) is None
    assert repetition(make_finding(places=(Place("a", 7, 7),))) is None
