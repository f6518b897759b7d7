"""Fixtures of the Fabric tests."""

from pathlib import Path

import pytest

from tests.formats.fabric.network import Network, new_network


@pytest.fixture(scope="session")
def network() -> Network:
    return new_network()


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Real ledgers, where they are at hand."""
    found = Path(__file__).parents[4] / "shared" / "corpora" / "fabric"
    if not found.is_dir():
        pytest.skip("the corpora of real ledgers are not on this machine")
    return found
