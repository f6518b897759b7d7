"""The samples are reproducible, marked as fictional, and what their README says."""

import hashlib
from pathlib import Path

import pytest

from explorer.lab.pear_lessons import lesson_files, write_lessons
from explorer.lab.samples import SAMPLES, write_sample

ROOT = Path(__file__).parents[2]
PEARS = ROOT / "sample_chains" / "pears"
FABRIC = ROOT / "sample_chains" / "fabric-pear-trace"


def test_the_shipped_pears_are_what_the_lab_writes() -> None:
    files = lesson_files()
    shipped = {each.name for each in PEARS.iterdir()} - {"README.md"}
    assert shipped == set(files)
    for name, content in files.items():
        assert (PEARS / name).read_bytes() == content, name


def test_lessons_are_written_over_older_ones(tmp_path: Path) -> None:
    (tmp_path / "pears.jsonl").write_bytes(b"older")
    write_lessons(tmp_path)
    assert (tmp_path / "pears.jsonl").read_bytes() == lesson_files()["pears.jsonl"]


def test_the_readme_prints_the_hash_of_the_last_block() -> None:
    last = (PEARS / "pears.jsonl").read_bytes().splitlines()[-2]
    header = last[len(b'{"block":') : last.index(b',"entries":[')]
    printed = f"29 = {hashlib.sha256(header).hexdigest()}"
    assert printed in (PEARS / "README.md").read_text("utf-8")


def test_one_digit_is_all_that_differs() -> None:
    intact = (PEARS / "pears.jsonl").read_bytes()
    edited = (PEARS / "pears_one-digit.jsonl").read_bytes()
    pairs = zip(intact, edited, strict=True)
    assert sum(one != other for one, other in pairs) == 1


@pytest.mark.parametrize("folder", [PEARS, FABRIC])
def test_all_is_marked_as_fictional(folder: Path) -> None:
    assert "虚构演示数据" in (folder / "README.md").read_text("utf-8")
    for each in folder.glob("*.json*"):
        assert "虚构演示数据" in each.read_text("utf-8")


def test_the_samples_stay_small() -> None:
    files = [each for each in (ROOT / "sample_chains").rglob("*") if each.is_file()]
    assert sum(each.stat().st_size for each in files) < 6_500_000


@pytest.mark.parametrize(
    ("name", "blocks", "entries"),
    [("pears", 30, 59), ("pears-sm", 30, 59), ("enforcement", 3_000, 387)],
)
def test_every_sample_is_written_alike_twice(
    name: str, blocks: int, entries: int, tmp_path: Path
) -> None:
    one = write_sample(name, tmp_path / "one").read_bytes()
    other = write_sample(name, tmp_path / "other").read_bytes()
    assert one == other
    assert b'"fictional":true' in one.splitlines()[0]
    trailer = b'{"trailer":{"blocks":%d,"entries":%d,' % (blocks, entries)
    assert one.splitlines()[-1].startswith(trailer)


def test_a_sample_never_overwrites_a_file(tmp_path: Path) -> None:
    write_sample("pears", tmp_path)
    with pytest.raises(FileExistsError):
        write_sample("pears", tmp_path)


def test_an_unknown_sample_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no sample 'apples'; there are pears"):
        write_sample("apples", tmp_path)
    assert "apples" not in SAMPLES
