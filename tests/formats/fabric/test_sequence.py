"""Blocks deleted, repeated, reordered, renumbered; links; snapshots; several files."""

from pathlib import Path

import pytest

from explorer.encodings.protobuf import encode_bytes, encode_integer
from tests.formats.fabric.driver import Run, run_all
from tests.formats.fabric.network import CHANNEL, Block, Chain, Network, put

NUMBER = "fabric.block-number"
LINK = "fabric.block-link"


@pytest.fixture
def chain(network: Network) -> Chain:
    chain = network.chain()
    for number in range(2, 8):
        chain.add([network.call(number, put(f"lot/{number}"))])
    return chain


def look(chain: Chain, folder: Path, blocks: list[Block]) -> Run:
    return run_all(chain.write(folder, blocks))[0]


def numbers(run: Run) -> list[tuple[str, int]]:
    return [(each.reason, each.block) for each in run.failed if each.check == NUMBER]


def test_a_block_deleted(chain: Chain, tmp_path: Path) -> None:
    blocks = chain.blocks[:4] + chain.blocks[5:]
    run = look(chain, tmp_path, blocks)
    assert run.faults == [(NUMBER, "blocks-missing", 4)]
    assert [each.height for each in run.blocks] == [0, 1, 2, 3, 5, 6, 7]
    reasons = {(each.reason, each.block) for each in run.results}
    assert ("parent-unreadable", 5) in reasons


def test_the_first_block_deleted(chain: Chain, tmp_path: Path) -> None:
    run = look(chain, tmp_path, chain.blocks[1:])
    assert run.faults[0] == (NUMBER, "first-block-missing", 0)


def test_a_block_repeated(chain: Chain, tmp_path: Path) -> None:
    blocks = [*chain.blocks[:4], chain.blocks[3], *chain.blocks[4:]]
    run = look(chain, tmp_path, blocks)
    assert run.faults == [(NUMBER, "block-repeated", 3)]
    assert len(run.blocks) == 8


def test_two_blocks_with_one_number(
    chain: Chain, network: Network, tmp_path: Path
) -> None:
    other = network.chain()
    for number in range(12, 16):
        other.add([network.call(number, put("other"))])
    blocks = [*chain.blocks[:4], other.blocks[3], *chain.blocks[4:]]
    run = look(chain, tmp_path, blocks)
    assert (NUMBER, "blocks-conflict", 3) in run.faults


def test_two_blocks_exchanged(chain: Chain, tmp_path: Path) -> None:
    blocks = chain.blocks.copy()
    blocks[4], blocks[5] = blocks[5], blocks[4]
    run = look(chain, tmp_path, blocks)
    assert numbers(run) == [("blocks-missing", 4), ("block-out-of-order", 4)]


def test_a_number_altered(chain: Chain, tmp_path: Path) -> None:
    chain.blocks[4].number = 9
    run = look(chain, tmp_path, chain.blocks)
    assert run.faults[0][2] == 4
    assert numbers(run) == [("number-mismatch", 4)]
    found = next(each for each in run.failed if each.check == NUMBER)
    assert (found.expected, found.computed) == ("4", "9")
    assert [each.height for each in run.blocks] == list(range(8))


def test_the_first_number_altered(chain: Chain, tmp_path: Path) -> None:
    chain.blocks[0].number = 4
    run = look(chain, tmp_path, chain.blocks)
    assert numbers(run) == [("number-mismatch", 0)]


def test_a_parent_of_the_first_block(chain: Chain, tmp_path: Path) -> None:
    chain.blocks[0].previous_hash = b"\x07" * 32
    run = look(chain, tmp_path, chain.blocks)
    assert (LINK, "first-block-names-parent", 0) in run.faults


def test_a_store_begun_from_a_snapshot(chain: Chain, tmp_path: Path) -> None:
    info = encode_integer(1, 3) + encode_bytes(2, chain.blocks[3].hash)
    chain.write(tmp_path, chain.blocks[4:])
    folder = tmp_path / "chains" / CHANNEL
    (folder / "bootstrappingSnapshot.info").write_bytes(info)
    run = run_all(tmp_path)[0]
    assert run.faults == []
    assert run.passed["fabric.snapshot-link"] == 1
    assert run.passed[LINK] == 3
    assert run.passed["fabric.commit-hash"] == 3
    remarks = {each.code for each in run.closing.not_checked}
    assert "fabric-snapshot-started" in remarks
    assert run.closing.is_partial
    assert not any(each.enforced for each in run.contents)


def test_a_store_that_does_not_follow_its_snapshot(
    chain: Chain, tmp_path: Path
) -> None:
    info = encode_integer(1, 3) + encode_bytes(2, chain.blocks[2].hash)
    chain.write(tmp_path, chain.blocks[4:])
    folder = tmp_path / "chains" / CHANNEL
    (folder / "bootstrappingSnapshot.info").write_bytes(info)
    run = run_all(tmp_path)[0]
    assert run.faults == [("fabric.snapshot-link", "snapshot-hash-mismatch", 4)]


def test_a_snapshot_file_that_cannot_be_read(chain: Chain, tmp_path: Path) -> None:
    chain.write(tmp_path, chain.blocks[4:])
    folder = tmp_path / "chains" / CHANNEL
    (folder / "bootstrappingSnapshot.info").write_bytes(b"\xff\xff")
    run = run_all(tmp_path)[0]
    assert ("fabric.snapshot-link", "snapshot-malformed", -1) in run.faults


def test_several_block_files_are_one_ledger(chain: Chain, tmp_path: Path) -> None:
    folder = tmp_path / "chains" / CHANNEL
    folder.mkdir(parents=True)
    for number, part in enumerate((chain.blocks[:3], chain.blocks[3:])):
        data = b"".join(each.record() for each in part)
        (folder / f"blockfile_{number:06d}").write_bytes(data)
    runs = run_all(tmp_path)
    assert [(run.faults, len(run.blocks)) for run in runs] == [([], 8)]
    assert {each.span.source for each in runs[0].blocks} == {0, 1}


def test_a_later_file_alone_is_partial(chain: Chain, tmp_path: Path) -> None:
    folder = tmp_path / CHANNEL
    folder.mkdir()
    data = b"".join(each.record() for each in chain.blocks[3:])
    (folder / "blockfile_000001").write_bytes(data)
    run = run_all(tmp_path)[0]
    assert run.faults == []
    assert run.closing.is_partial


def test_several_channels_are_several_ledgers(
    chain: Chain, network: Network, tmp_path: Path
) -> None:
    chain.write(tmp_path / "a")
    network.chain().write(tmp_path / "b")
    assert [len(run.blocks) for run in run_all(tmp_path)] == [8, 2]


def test_a_folder_of_single_blocks(chain: Chain, tmp_path: Path) -> None:
    for block in (chain.blocks[0], chain.blocks[3], chain.blocks[4]):
        (tmp_path / f"b{9 - block.number}.block").write_bytes(block.message())
    (tmp_path / "copy.block").write_bytes(chain.blocks[3].message())
    runs = run_all(tmp_path)
    assert len(runs) == 1
    run = runs[0]
    assert [each.height for each in run.blocks] == [0, 3, 4]
    assert run.faults == []
    assert run.passed[LINK] == 1
    assert run.passed["fabric.block-quorum"] == 2
    assert run.closing.is_partial


def test_single_blocks_that_contradict_each_other(
    chain: Chain, network: Network, tmp_path: Path
) -> None:
    other = network.chain()
    other.add([network.call(30, put("other"))])
    (tmp_path / "a.block").write_bytes(chain.blocks[2].message())
    (tmp_path / "b.block").write_bytes(other.blocks[2].message())
    assert (NUMBER, "blocks-conflict", 2) in run_all(tmp_path)[0].faults


def test_a_copy_beside_its_store(
    chain: Chain, network: Network, tmp_path: Path
) -> None:
    chain.write(tmp_path)
    (tmp_path / "b2.block").write_bytes(chain.blocks[2].message())
    runs = run_all(tmp_path)
    assert [(run.faults, len(run.blocks)) for run in runs] == [([], 8)]
    other = network.chain()
    other.add([network.call(30, put("other"))])
    (tmp_path / "b2.block").write_bytes(other.blocks[2].message())
    assert run_all(tmp_path)[0].faults == [(NUMBER, "blocks-conflict", 2)]


@pytest.mark.parametrize("number", [2**62 + 1, 2**63, 2**64 - 1])
@pytest.mark.parametrize("at", [0, 4, 7])
def test_a_number_that_no_ledger_reaches(
    chain: Chain, tmp_path: Path, number: int, at: int
) -> None:
    chain.blocks[at].number = number
    run = look(chain, tmp_path, chain.blocks)
    assert numbers(run) == [("number-mismatch", at)]
    assert [each.height for each in run.blocks] == list(range(8))
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.block").write_bytes(chain.blocks[at].message())
    run = run_all(tmp_path / "one")[0]
    assert numbers(run) == [("number-mismatch", 0)]


@pytest.mark.parametrize("last", [5, 90_000, 2**62 - 1])
def test_a_snapshot_that_says_too_much(chain: Chain, tmp_path: Path, last: int) -> None:
    chain.write(tmp_path)
    info = encode_integer(1, last) + encode_bytes(2, b"\x01" * 32)
    path = tmp_path / "chains" / CHANNEL / "bootstrappingSnapshot.info"
    path.write_bytes(info)
    run = run_all(tmp_path)[0]
    assert [each.height for each in run.blocks] == list(range(8))
    assert numbers(run) == [("number-mismatch", 0)]
    found = next(each for each in run.failed if each.check == NUMBER)
    assert (found.expected, found.computed) == (str(last + 1), "0")


@pytest.mark.parametrize("last", [2**63, 2**64 - 1])
def test_a_snapshot_that_no_ledger_reaches(
    chain: Chain, tmp_path: Path, last: int
) -> None:
    chain.write(tmp_path)
    info = encode_integer(1, last) + encode_bytes(2, b"\x01" * 32)
    path = tmp_path / "chains" / CHANNEL / "bootstrappingSnapshot.info"
    path.write_bytes(info)
    run = run_all(tmp_path)[0]
    assert run.faults == [("fabric.snapshot-link", "snapshot-malformed", -1)]


def parts(folder: Path, *groups: list[Block]) -> Run:
    target = folder / "chains" / CHANNEL
    target.mkdir(parents=True)
    for number, part in enumerate(groups):
        data = b"".join(each.record() for each in part)
        (target / f"blockfile_{number:06d}").write_bytes(data)
    return run_all(folder)[0]


def test_files_in_the_wrong_order(chain: Chain, tmp_path: Path) -> None:
    blocks = chain.blocks
    run = parts(tmp_path, blocks[:2], blocks[5:], blocks[2:5])
    wanted = [("blocks-missing", 2)] + [("block-out-of-order", n) for n in (2, 3, 4)]
    assert numbers(run) == wanted
    assert [each.height for each in run.blocks] == [0, 1, 5, 6, 7, 2, 3, 4]


def test_bytes_before_a_block_are_no_block(chain: Chain, tmp_path: Path) -> None:
    folder = chain.write(tmp_path)
    file = folder / "chains" / CHANNEL / "blockfile_000000"
    data, first = file.read_bytes(), chain.blocks[0].record()
    for at in (0, len(first)):
        file.write_bytes(data[:at] + b"\x00" + data[at:])
        run = run_all(tmp_path)[0]
        assert [each[:2] for each in run.faults] == [
            ("fabric.block-framing", "record-malformed")
        ]
        assert [each.height for each in run.blocks] == list(range(8))


def test_a_block_that_was_lost_may_come_late(chain: Chain, tmp_path: Path) -> None:
    folder = chain.write(tmp_path)
    file = folder / "chains" / CHANNEL / "blockfile_000000"
    records = [each.record() for each in chain.blocks]
    damaged = records[3][:2] + b"\xff" * 66 + records[3][68:]
    file.write_bytes(b"".join([*records[:3], damaged, *records[4:], records[3]]))
    run = run_all(tmp_path)[0]
    assert ("block-out-of-order", 3) in numbers(run)
    assert sorted(each.height for each in run.blocks) == list(range(8))
