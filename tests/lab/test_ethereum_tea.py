"""The shipped tea chain is what the lab writes, and says what its README says."""

from pathlib import Path

from explorer.crypto.trust import TrustStore
from explorer.formats.ethereum import checks
from explorer.lab.ethereum_tea import tea_files
from explorer.lab.ethereum_writer import account
from explorer.session.trust_reading import load_trust
from tests.formats.ethereum.driving import run_one

ROOT = Path(__file__).parents[2] / "sample_chains" / "qbft-tea"


def test_the_shipped_files_are_what_the_lab_writes() -> None:
    files = tea_files()
    shipped = {
        each.relative_to(ROOT).as_posix() for each in ROOT.rglob("*") if each.is_file()
    }
    assert shipped - {"README.md"} == set(files)
    for name, content in files.items():
        assert (ROOT / name).read_bytes() == content, name


def test_the_chain_is_attributed_to_its_members() -> None:
    trust = load_trust([ROOT / "validators.json"])
    for name in ("chain.rlp", "rpc"):
        run = run_one(ROOT / name, trust=trust)
        assert run.faults == run.open == []
        assert run.unattributed == []
        assert run.authorities == 1
        assert run.closing.is_fictional


def test_one_digit_shows_in_its_block() -> None:
    run = run_one(ROOT / "chain_one-digit.rlp", trust=TrustStore())
    assert run.faults == [(checks.TRANSACTIONS_ROOT, "root-mismatch", 4)]


def test_the_second_block_twelve_is_told() -> None:
    run = run_one(ROOT / "chain_fork.rlp")
    assert run.faults == []
    assert run.open == [(checks.QUORUM, "sealed-twice", 12)]
    assert sum(each.is_aside for each in run.blocks) == 1


def test_everything_is_marked_as_fictional() -> None:
    assert "虚构演示数据" in (ROOT / "README.md").read_text("utf-8")
    assert account("tea garden") == account("tea garden")
