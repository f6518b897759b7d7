"""Tests of the structure alone, as benchmarks measure it."""

from pathlib import Path

from explorer.formats.bitcoin.networks import REGTEST
from explorer.formats.bitcoin.store import StoreFile
from explorer.formats.bitcoin.structure import Shape, structure_only
from explorer.formats.opening import open_evidence
from tests.formats.bitcoin.making import Chain, framed

GOOD = Shape(1, is_whole=True, is_worked=True, has_root=True)
BAD = Shape(0, is_whole=False, is_worked=False, has_root=False)


def test_blocks_and_damage(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(2)
    broken = chain.blocks[1][:90]
    path = tmp_path / "blk00000.dat"
    path.write_bytes(framed([chain.blocks[0], broken]) + b"junk" + framed(chain.blocks))
    with open_evidence((path,)) as files:
        shapes = list(structure_only(StoreFile(files, 0, REGTEST.magic, b"")))
    assert shapes.count(GOOD) == 4
    assert Shape(0, is_whole=False, is_worked=True, has_root=False) in shapes
