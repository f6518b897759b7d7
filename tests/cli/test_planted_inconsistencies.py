"""Every rule finds what is planted in fresh data, in its place, and nothing beyond."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.planting import PLANTS, Chain
from tests.cli.running import Runner


def told(run: Runner, chain: Chain, folder: Path, form: str) -> list[dict[str, Any]]:
    ran = run("verify", "--json", "--together", str(chain.write(folder, form)))
    result = ran.result
    assert result["entries"] == len(chain.events)
    assert not [each for each in result["findings"] if each["outcome"] == "failed"]
    found: list[dict[str, Any]] = result["inconsistencies"]
    return found


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("seed", range(3))
def test_intact_chains_raise_nothing(
    run: Runner, tmp_path: Path, seed: int, form: str
) -> None:
    assert told(run, Chain(seed), tmp_path, form) == []


@pytest.mark.parametrize("rule", PLANTS)
def test_what_is_planted_is_found_and_nothing_else(
    run: Runner, tmp_path: Path, rule: str
) -> None:
    seed = len(rule)
    chain = Chain(seed)
    lot = chain.random.choice(chain.steps)
    expected = PLANTS[rule](chain, lot)
    found = told(run, chain, tmp_path, ("json", "xml")[seed % 2])
    assert [(each["rule"], set(each["events"])) for each in found] == [(rule, expected)]
