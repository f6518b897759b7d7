"""Evidence is opened read-only, in order, within limits."""

import os
from pathlib import Path

import pytest

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.formats import opening
from explorer.formats.opening import open_evidence


def test_files_of_a_folder_come_in_order_without_links(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.bin").write_bytes(b"22")
    (tmp_path / "a.bin").write_bytes(b"1")
    (tmp_path / "中文.bin").write_bytes(b"333")
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "folder-link").symlink_to("/etc")
    with open_evidence((tmp_path,)) as files:
        names = [Path(each.path).name for each in files.evidence.sources]
        assert names == ["a.bin", "中文.bin", "2.bin"]
        assert files.read(ByteSpan(1, 1, 3)) == b"33"
        assert files.read(ByteSpan(1, 1, 10**15)) == b"33"
        assert files.head(2, 1) == b"2"


def test_chunks_follow_each_other_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "blocks"
    path.write_bytes(bytes(range(10)))
    with open_evidence((path,)) as files:
        assert list(files.chunks(0, 4)) == [
            (0, bytes(range(4))),
            (4, bytes(range(4, 8))),
            (8, b"\x08\x09"),
        ]
        assert list(files.chunks(0, 4, start=9)) == [(9, b"\x09")]


def open_files() -> set[str]:
    folder = Path("/proc/self/fd")
    return {each.name for each in folder.iterdir()} if folder.is_dir() else set()


def test_closing_leaves_no_file_open(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x")
    before = open_files()
    with open_evidence((tmp_path / "f",)) as files:
        files.head(0, 1)
    assert open_files() == before


@pytest.mark.parametrize("name", ["missing", "pipe"])
def test_what_is_no_file_or_folder_is_refused(tmp_path: Path, name: str) -> None:
    if name == "pipe":
        os.mkfifo(tmp_path / name)
    with pytest.raises(ReadError) as caught:
        open_evidence((tmp_path / name,))
    assert caught.value.reason == "cannot-read"


def test_too_many_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MAX_FILES", 2)
    for number in range(3):
        (tmp_path / str(number)).touch()
    with pytest.raises(ReadError) as caught:
        open_evidence((tmp_path,))
    assert caught.value.reason == "too-many-files"


def test_a_file_that_vanishes_gives_a_read_error(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"x")
    files = open_evidence((path,))
    path.unlink()
    with pytest.raises(ReadError) as caught:
        files.head(0, 1)
    assert caught.value.reason == "cannot-read"
