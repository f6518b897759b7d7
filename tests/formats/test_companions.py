"""Tests of the files that are opened beside a given one."""

from pathlib import Path

import pytest

from explorer.formats.companions import companions
from explorer.formats.opening import open_evidence


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("report.pdf.ots", ["report.pdf", "report.pdf.ots.header"]),
        ("blk00012.dat", ["xor.dat", "rev00012.dat"]),
        ("rev00012.dat", ["xor.dat", "blk00012.dat"]),
        ("block7.raw", ["block7-prevouts.bin", "block7-utxos.bin"]),
        ("block7-utxos.bin", ["block7.raw"]),
        ("pears.jsonl", []),
        (".ots", []),
    ],
)
def test_names_that_belong_together(
    tmp_path: Path, name: str, beside: list[str]
) -> None:
    (tmp_path / "stranger.txt").write_text("x")
    for each in [name, *beside]:
        (tmp_path / each).write_text("x")
    assert [each.name for each in companions(tmp_path / name)] == beside


def test_links_and_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.ots").write_text("x")
    (tmp_path / "secret").write_text("x")
    (tmp_path / "a").symlink_to(tmp_path / "secret")
    assert companions(tmp_path / "a.ots") == ()
    (tmp_path / "b").mkdir()
    assert companions(tmp_path / "b.ots") == ()


def test_an_evidence_holds_each_file_once(tmp_path: Path) -> None:
    for name in ("xor.dat", "blk00000.dat"):
        (tmp_path / name).write_text("x")
    paths = (tmp_path / "blk00000.dat", tmp_path / "xor.dat")
    with open_evidence(paths) as files:
        names = [Path(each.path).name for each in files.evidence.sources]
    assert names == ["blk00000.dat", "xor.dat"]
