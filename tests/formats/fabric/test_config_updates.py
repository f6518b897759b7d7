"""Configuration blocks: updates, their signers, and who is a member afterwards."""

import copy
from pathlib import Path

import pytest

from tests.formats.fabric.driver import Run, run_all
from tests.formats.fabric.network import (
    Chain,
    Group,
    Network,
    Org,
    Signer,
    channel_group,
    channel_header,
    channel_reference,
    config_update,
    envelope,
    new_org,
    org_group,
    put,
    signature_header,
)

CONTENT = "fabric.config-content"
UPDATE = "fabric.config-update"
QUORUM = "fabric.block-quorum"
FLAG = "fabric.validation-flag"


def look(chain: Chain, folder: Path) -> Run:
    return run_all(chain.write(folder))[0]


def at(group: Group, *path: str) -> Group:
    for name in path:
        group = group.groups[name]
    return group


def bare(group: Group, *path: str) -> Group:
    """Return the groups on a path with their versions and nothing else."""
    found = Group(version=group.version, mod_policy="")
    if path:
        found.groups[path[0]] = bare(group.groups[path[0]], *path[1:])
    return found


def new_msp(chain: Chain, org: Org, section: str) -> tuple[Group, Group, Group]:
    """Return new configuration, read set and write set for a changed MSP."""
    group = copy.deepcopy(chain.group)
    version = at(group, section, org.name).values["MSP"][0] + 1
    at(group, section, org.name).values["MSP"] = (version, org.msp())
    reads = bare(chain.group, section, org.name)
    writes = copy.deepcopy(reads)
    at(writes, section, org.name).values["MSP"] = (version, org.msp())
    return group, reads, writes


@pytest.fixture
def orders() -> Org:
    return new_org("Order")


@pytest.fixture
def chain(network: Network, orders: Org) -> Chain:
    group = channel_group([network.farm, network.shop], [orders])
    chain = Chain(group, orders.signer("orderer0", "orderer"))
    policy = channel_reference("/Channel/Application/Endorsement")
    chain.add([network.define(policy, {})])
    return chain


def revoke(chain: Chain, org: Org, section: str, admin: Signer, *who: Signer) -> None:
    org.revocation_lists = [org.authority.revoke(*(each.certificate for each in who))]
    group, reads, writes = new_msp(chain, org, section)
    chain.add_config(group, config_update(reads, writes, [admin]))


def test_a_genuine_update(chain: Chain, orders: Org, tmp_path: Path) -> None:
    admin = orders.signer("admin", "admin")
    revoke(chain, orders, "Orderer", admin)
    run = look(chain, tmp_path)
    assert run.faults == []
    assert run.passed[CONTENT] == 1
    assert run.passed[UPDATE] == 2  # the signature, and that it is enough
    assert run.blocks[2].is_configuration


def test_a_later_revocation_does_not_undo_earlier_blocks(
    chain: Chain, orders: Org, network: Network, tmp_path: Path
) -> None:
    assert chain.orderer is not None
    chain.add([network.call(1, put("lot/1"))])
    old = chain.orderer
    revoke(chain, orders, "Orderer", orders.signer("admin", "admin"), old)
    assert look(chain, tmp_path).faults == []
    # From the next block on he may not sign any more.
    chain.add([network.call(2, put("lot/2"))])
    assert look(chain, tmp_path / "after").faults == [(QUORUM, "quorum-not-met", 4)]


def test_a_revoked_creator_is_refused_from_then_on(
    chain: Chain, network: Network, tmp_path: Path
) -> None:
    farm = copy.copy(network.farm)
    chain.add([network.call(1, put("lot/1"))])
    revoke(chain, farm, "Application", network.admins[0], network.farmer)
    chain.add([network.call(2, put("lot/2"))], [4])
    assert look(chain, tmp_path).faults == []


def test_a_list_that_the_issuer_did_not_sign_is_ignored(
    chain: Chain, orders: Org, network: Network, tmp_path: Path
) -> None:
    assert chain.orderer is not None
    forger = new_org("Order")  # the same names, another key
    orders.revocation_lists = [forger.authority.revoke(chain.orderer.certificate)]
    group, reads, writes = new_msp(chain, orders, "Orderer")
    admin = orders.signer("admin", "admin")
    chain.add_config(group, config_update(reads, writes, [admin]))
    chain.add([network.call(1, put("lot/1"))])
    assert look(chain, tmp_path).faults == []


def test_an_update_signed_by_no_administrator(
    chain: Chain, orders: Org, tmp_path: Path
) -> None:
    revoke(chain, orders, "Orderer", orders.signer("somebody", "client"))
    assert look(chain, tmp_path).faults == [(UPDATE, "quorum-not-met", 2)]


def test_an_update_signed_by_another_organisations_administrator(
    chain: Chain, orders: Org, network: Network, tmp_path: Path
) -> None:
    revoke(chain, orders, "Orderer", network.admins[0])
    assert look(chain, tmp_path).faults == [(UPDATE, "quorum-not-met", 2)]


def test_a_configuration_that_the_update_does_not_make(
    chain: Chain, orders: Org, tmp_path: Path
) -> None:
    group, reads, writes = new_msp(chain, orders, "Orderer")
    intruder = new_org("Intruder")
    group.groups["Application"].groups["Intruder"] = org_group(
        intruder, runs_peers=True
    )
    admin = orders.signer("admin", "admin")
    chain.add_config(group, config_update(reads, writes, [admin]))
    assert look(chain, tmp_path).faults == [(CONTENT, "result-mismatch", 2)]


def test_a_sequence_that_skips(chain: Chain, orders: Org, tmp_path: Path) -> None:
    chain.sequence = 6
    revoke(chain, orders, "Orderer", orders.signer("admin", "admin"))
    assert look(chain, tmp_path).faults == [(CONTENT, "sequence-mismatch", 2)]


def test_an_update_for_another_channel(
    chain: Chain, orders: Org, tmp_path: Path
) -> None:
    group, reads, writes = new_msp(chain, orders, "Orderer")
    admin = orders.signer("admin", "admin")
    chain.add_config(group, config_update(reads, writes, [admin], "other"))
    assert look(chain, tmp_path).faults == [(CONTENT, "update-other-channel", 2)]


def test_an_update_of_an_older_configuration(
    chain: Chain, orders: Org, tmp_path: Path
) -> None:
    group, reads, writes = new_msp(chain, orders, "Orderer")
    at(reads, "Orderer").version = at(writes, "Orderer").version = 5
    at(group, "Orderer").version = 5
    admin = orders.signer("admin", "admin")
    chain.add_config(group, config_update(reads, writes, [admin]))
    reasons = {reason for _, reason, _ in look(chain, tmp_path).faults}
    assert "update-stale" in reasons


def test_an_update_without_effect(chain: Chain, orders: Org, tmp_path: Path) -> None:
    reads = bare(chain.group, "Orderer")
    admin = orders.signer("admin", "admin")
    chain.add_config(chain.group, config_update(reads, copy.deepcopy(reads), [admin]))
    assert look(chain, tmp_path).faults == [(CONTENT, "update-without-effect", 2)]


def test_a_version_that_skips(chain: Chain, orders: Org, tmp_path: Path) -> None:
    group, reads, writes = new_msp(chain, orders, "Orderer")
    for each in (group, writes):
        org = at(each, "Orderer", "Order")
        org.values["MSP"] = (7, org.values["MSP"][1])
    admin = orders.signer("admin", "admin")
    chain.add_config(group, config_update(reads, writes, [admin]))
    assert look(chain, tmp_path).faults == [(CONTENT, "version-mismatch", 2)]


def test_a_block_that_names_an_older_configuration(
    chain: Chain, orders: Org, network: Network, tmp_path: Path
) -> None:
    # Whoever lost his rights could sign under the rules of before.
    assert chain.orderer is not None
    old = chain.orderer
    revoke(chain, orders, "Orderer", orders.signer("admin", "admin"), old)
    chain.last_config = 0
    chain.add([network.call(1, put("lot/1"))])
    faults = look(chain, tmp_path).faults
    assert (QUORUM, "quorum-not-met", 3) in faults
    assert ("fabric.canonical-metadata", "last-config-mismatch", 3) in faults


def test_a_configuration_that_cannot_be_read(
    chain: Chain, network: Network, tmp_path: Path
) -> None:
    assert chain.orderer is not None
    head = (
        channel_header(1, "test-channel"),
        signature_header(chain.orderer.identity, b"n" * 24),
    )
    chain.last_config = 2
    chain.add([envelope(head, b"\x0a\x05nope!", chain.orderer)])
    chain.add([network.call(1, put("lot/1"))])
    run = look(chain, tmp_path)
    assert (CONTENT, "config-malformed", 2) in run.faults
    reasons = {(each.reason, each.block) for each in run.results}
    assert ("configuration-not-in-evidence", 3) in reasons


def test_a_configuration_beside_another_transaction(
    chain: Chain, orders: Org, network: Network, tmp_path: Path
) -> None:
    revoke(chain, orders, "Orderer", orders.signer("admin", "admin"))
    block = chain.blocks[2]
    assert len(block.envelopes) == 1
    block.envelopes.append(network.call(1, put("lot/1")).encode())
    block.flags = b"\x00\x00"
    faults = look(chain, tmp_path).faults
    assert ("fabric.canonical-envelope", "config-not-alone", 2) in faults
