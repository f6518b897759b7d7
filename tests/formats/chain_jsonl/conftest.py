"""Puts bytes where a chain can be driven from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.crypto.trust import TrustStore
from tests.formats.chain_jsonl.driving import Driven, drive

Look = Callable[..., Driven]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Return what a file with these bytes shows."""

    def look_at(data: bytes, trust: TrustStore | None = None) -> Driven:
        path = tmp_path / "chain.jsonl"
        path.write_bytes(data)
        return drive(path, trust)

    return look_at
