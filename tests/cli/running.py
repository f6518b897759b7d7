"""Runs the command line in this process and keeps what it printed."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from explorer.main import main

SAMPLES = Path(__file__).resolve().parents[2] / "sample_chains"
FABRIC = SAMPLES / "fabric-pear-trace"
STORE = FABRIC / "ledgersData"
PEARS = SAMPLES / "pears"
TIP = "29=5d9cf3023efa84b4782e466b617ddba0ea32724ca98c61a69bed87a921b29f16"
FABRIC_TIP = "193=f296b75e6775b86105c836aebf49c204ea2bc54f9ecab8d3fc405ae2d3b5fdb2"


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document

    @property
    def result(self) -> dict[str, Any]:
        (result,) = self.json["results"]
        assert isinstance(result, dict)
        return result


class Runner:
    """Calls the program; made by the fixture ``run``."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> Ran:
        self._capsys.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as stop:  # argparse ends so
            status = stop.code if isinstance(stop.code, int) else 1
        captured = self._capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    def verify(self, *words: str | Path) -> Ran:
        return self("verify", "--json", *words)
