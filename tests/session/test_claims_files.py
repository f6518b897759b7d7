"""Which dropped files begin a claim check."""

from pathlib import Path

import pytest

from explorer.session.claims_files import is_document, is_photo


@pytest.mark.parametrize("name", ["a.JPG", "b.png", "c.webp"])
def test_photos(name: str) -> None:
    assert is_photo(Path(name))
    assert is_document(Path(name))


@pytest.mark.parametrize("name", ["report.pdf", "page.html", "证书.ofd"])
def test_documents(name: str) -> None:
    assert is_document(Path(name))
    assert not is_photo(Path(name))


@pytest.mark.parametrize("name", ["blockfile_000000", "pears.jsonl", "e.xml", "a.csv"])
def test_ledgers_are_neither(name: str) -> None:
    assert not is_document(Path(name))
