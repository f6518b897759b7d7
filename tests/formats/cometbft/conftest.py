"""A chain of four blocks with transactions, and a way to run what is made of it."""

import copy
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from explorer.crypto.trust import TrustStore
from explorer.formats.cometbft import open_ledgers
from tests.formats.cometbft.chain import Chain, event, result
from tests.formats.running import Ran, run_all

Runner = Callable[..., Ran]


@pytest.fixture(scope="session")
def original() -> Chain:
    chain = Chain()
    chain.grow([b"genesis=1"], [result()])
    moved = event("transfer", sender="alice", recipient="bob", amount="5pear,7apple")
    chain.grow([b"a=1", b"b=2", b"c=3"], [result(), result(5), result(0, [moved])])
    chain.grow([b"d=4"], [result()], nil=[3])
    chain.grow(absent=[1])
    return chain


@pytest.fixture
def chain(original: Chain) -> Chain:
    """Return a copy to change."""
    return copy.deepcopy(original)


@pytest.fixture
def run(tmp_path: Path) -> Runner:
    def go(
        documents: Sequence[object],
        trust: TrustStore | None = None,
        show: Sequence[int] = (),
    ) -> Ran:
        from tests.formats.cometbft.chain import write  # noqa: PLC0415 - no cycle

        folder = write(tmp_path / "evidence", documents)
        (ran,) = run_all(open_ledgers, folder, trust, show=show)
        return ran

    return go
