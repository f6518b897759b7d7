"""Blocks that nobody signed are tied to the anchors only by links to signed ones."""

from pathlib import Path

import pytest

from explorer.core.absent import Absent
from explorer.crypto.certificates import parse_certificate
from explorer.crypto.trust import (
    AnchorKind,
    AnchorOrigin,
    IdentityAnchor,
    TrustStore,
)
from tests.formats.fabric.driver import Run, run_all
from tests.formats.fabric.network import Chain, Network, channel_group, put


@pytest.fixture
def trust(network: Network) -> TrustStore:
    found = []
    for org in (network.farm, network.shop, network.order):
        certificate = parse_certificate(org.authority.pem)
        assert not isinstance(certificate.public_key, Absent)
        found.append(
            IdentityAnchor(
                AnchorKind.CA,
                org.msp_id,
                certificate,
                certificate.public_key,
                org.msp_id,
                AnchorOrigin.FROM_PARTY,
                "test",
            )
        )
    return TrustStore(tuple(found))


@pytest.fixture
def chain(network: Network) -> Chain:
    chain = network.chain()
    for number in range(2, 7):
        chain.add([network.call(number, put(f"lot/{number}"))])
    return chain


def files(chain: Chain, folder: Path, numbers: list[int], trust: TrustStore) -> Run:
    for number in numbers:
        path = folder / f"{number}.block"
        path.write_bytes(chain.blocks[number].message())
    return run_all(folder, trust)[0]


def test_a_whole_store_is_attributed(
    chain: Chain, trust: TrustStore, tmp_path: Path
) -> None:
    assert run_all(chain.write(tmp_path), trust)[0].unattributed == []


def test_a_first_block_alone_is_not(
    network: Network, trust: TrustStore, tmp_path: Path
) -> None:
    group = channel_group([network.farm, network.shop], [network.order])
    run = run_all(Chain(group).write(tmp_path), trust)[0]
    assert run.faults == []
    assert run.unattributed == [0]


@pytest.mark.parametrize(
    ("numbers", "loose"),
    [([0, 1, 2, 3], []), ([0, 2, 3, 4], [0]), ([0, 1, 3, 4], []), ([0], [0])],
)
def test_a_gap_breaks_the_tie(
    chain: Chain,
    trust: TrustStore,
    tmp_path: Path,
    numbers: list[int],
    loose: list[int],
) -> None:
    run = files(chain, tmp_path, numbers, trust)
    assert run.faults == []
    assert run.unattributed == loose


def test_blocks_without_their_configuration_are_not(
    chain: Chain, trust: TrustStore, tmp_path: Path
) -> None:
    assert files(chain, tmp_path, [3, 4], trust).unattributed == [3, 4]


def test_a_link_that_does_not_hold_ties_nothing(
    chain: Chain, trust: TrustStore, tmp_path: Path
) -> None:
    chain.blocks[1].previous_hash = b"\x05" * 32
    assert 0 in run_all(chain.write(tmp_path), trust)[0].unattributed


def test_without_anchors_nothing_is_counted(chain: Chain, tmp_path: Path) -> None:
    assert files(chain, tmp_path, [3, 4], TrustStore()).unattributed == []
