"""Shared by all tests: offscreen windows, no network, hypothesis profiles."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("usual", max_examples=60, deadline=None)
settings.register_profile("soak", max_examples=2_000, deadline=None)
settings.load_profile("soak" if os.environ.get("SOAK") else "usual")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail every test in which anything opens a socket."""

    class Refused(socket.socket):
        def __init__(self, *_: object, **__: object) -> None:
            raise AssertionError("a network socket was opened")

    monkeypatch.setattr(socket, "socket", Refused)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Return the folder of real and altered ledgers, or skip visibly."""
    folder = SHARED / "corpora"
    if not folder.is_dir():
        pytest.skip("the corpora are not at hand")
    return folder
