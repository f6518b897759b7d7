"""Who signed a block, and whether that was enough: Raft and BFT channels."""

from datetime import timedelta
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
from explorer.formats.fabric.family import open_ledgers
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.checks import Outcome
from explorer.model.claims import SignatureClaim
from tests.formats.fabric.driver import Run, run_all
from tests.formats.fabric.network import (
    BEGIN,
    Authority,
    Chain,
    Network,
    Signer,
    bft_signature,
    channel_group,
    new_authority,
    new_org,
    of_each,
    put,
    raft_signature,
    signature_policy,
)

QUORUM = "fabric.block-quorum"
METADATA = "fabric.canonical-metadata"
SIGNATURE = "fabric.orderer-signature"


def look(chain: Chain, folder: Path, trust: TrustStore | None = None) -> Run:
    return run_all(chain.write(folder), trust)[0]


def anchors(*orgs: tuple[str, Authority]) -> TrustStore:
    found = []
    for name, authority in orgs:
        certificate = parse_certificate(authority.pem)
        assert not isinstance(certificate.public_key, Absent)
        found.append(
            IdentityAnchor(
                AnchorKind.CA,
                name or Absent.NOT_IN_EXPORT,
                certificate,
                certificate.public_key,
                name,
                AnchorOrigin.FROM_PARTY,
                "test",
            )
        )
    return TrustStore(tuple(found))


class TestRaft:
    def test_wrong_signature(self, network: Network, tmp_path: Path) -> None:
        chain = network.chain()
        block = chain.add([network.call(1, put("lot/1"))])
        block.signatures = chain.blocks[1].signatures  # valid, but of another block
        run = look(chain, tmp_path)
        assert run.faults == [(QUORUM, "quorum-not-met", 2)]
        premise = [each for each in run.results if each.check == SIGNATURE]
        assert [(each.reason, each.decisive) for each in premise] == [
            ("signature-mismatch", False)
        ]

    def test_no_signature(self, network: Network, tmp_path: Path) -> None:
        chain = network.chain()
        chain.add([network.call(1, put("lot/1"))]).signatures = []
        assert look(chain, tmp_path).faults == [(QUORUM, "quorum-not-met", 2)]

    def test_high_s(self, network: Network, tmp_path: Path) -> None:
        chain = network.chain()
        block = chain.add([network.call(1, put("lot/1"))])
        block.signatures = [raft_signature(block, network.orderer, high_s=True)]
        run = look(chain, tmp_path)
        assert run.faults == [(QUORUM, "quorum-not-met", 2)]
        assert "high-s" in {str(each.reason) for each in run.results}

    def test_a_peer_may_not_order(self, network: Network, tmp_path: Path) -> None:
        chain = network.chain()
        block = chain.add([network.call(1, put("lot/1"))])
        block.signatures = [raft_signature(block, network.farm_peer)]
        assert look(chain, tmp_path).faults == [(QUORUM, "quorum-not-met", 2)]

    def test_a_signature_twice(self, network: Network, tmp_path: Path) -> None:
        chain = network.chain()
        block = chain.add([network.call(1, put("lot/1"))])
        block.signatures *= 2
        assert look(chain, tmp_path).faults == [(METADATA, "signature-repeated", 2)]

    def test_a_wrong_one_beside_a_right_one(
        self, network: Network, tmp_path: Path
    ) -> None:
        chain = network.chain()
        block = chain.add([network.call(1, put("lot/1"))])
        other = network.order.signer("orderer1", "orderer")
        block.signatures.append(raft_signature(chain.blocks[1], other))
        assert look(chain, tmp_path).faults == [
            (SIGNATURE, "surplus-signature-mismatch", 2)
        ]

    def test_expired_certificates_are_accepted_at_commit(
        self, network: Network, tmp_path: Path
    ) -> None:
        # msp/mspimplvalidate.go judges at the certificate's own beginning.
        chain = network.chain()
        chain.orderer = network.order.signer(
            "old", "orderer", end=BEGIN + timedelta(days=1)
        )
        chain.add([network.call(1, put("lot/1"))])
        assert look(chain, tmp_path).faults == []

    def test_an_intermediate_authority(self, tmp_path: Path, network: Network) -> None:
        order = new_org("Order")
        middle = order.authority.intermediate("middle")
        order.intermediates = [middle]
        orderer = order.signer("orderer0", "orderer", issuer=middle)
        group = channel_group([network.farm, network.shop], [order])
        chain = Chain(group, orderer)
        chain.add([network.define(b"\x12\x00", {})])
        assert look(chain, tmp_path).faults == []
        # A root that issued an authority may not issue members any more.
        chain = Chain(group, order.signer("orderer1", "orderer"))
        chain.add([network.define(b"\x12\x00", {})])
        run = look(chain, tmp_path / "second")
        assert (QUORUM, "quorum-not-met", 1) in run.faults
        assert "issuer-not-leaf" in {each.reason for each in run.results}


class TestBft:
    @pytest.fixture
    def orderers(self, network: Network) -> list[Signer]:
        return [network.order.signer(f"bft{each}", "orderer") for each in range(4)]

    @pytest.fixture
    def chain(self, network: Network, orderers: list[Signer]) -> Chain:
        group = channel_group([network.farm, network.shop], [network.order], orderers)
        chain = Chain(group)
        chain.consenters = orderers
        chain.add([network.define(b"\x12\x00", {})])
        return chain

    def test_four_of_four(self, chain: Chain, tmp_path: Path) -> None:
        assert look(chain, tmp_path).faults == []

    def test_three_are_enough(self, chain: Chain, tmp_path: Path) -> None:
        del chain.blocks[1].signatures[0]
        assert look(chain, tmp_path).faults == []

    def test_two_are_not(self, chain: Chain, tmp_path: Path) -> None:
        del chain.blocks[1].signatures[:2]
        run = look(chain, tmp_path)
        assert run.faults == [(QUORUM, "quorum-not-met", 1)]

    def test_one_of_them_twice_counts_once(self, chain: Chain, tmp_path: Path) -> None:
        block = chain.blocks[1]
        block.signatures = [*block.signatures[:2], block.signatures[1]]
        faults = look(chain, tmp_path).faults
        assert (QUORUM, "quorum-not-met", 1) in faults
        assert (METADATA, "signature-repeated", 1) in faults

    def test_an_unknown_consenter_is_skipped(
        self, chain: Chain, tmp_path: Path, orderers: list[Signer]
    ) -> None:
        block = chain.blocks[1]
        block.signatures[3] = bft_signature(block, 9, orderers[3])
        run = look(chain, tmp_path)
        assert run.faults == []
        unknown = [each for each in run.results if each.reason == "consenter-unknown"]
        assert [(each.detail, each.decisive) for each in unknown] == [("9", False)]

    def test_a_consenter_under_the_number_of_another(
        self, chain: Chain, tmp_path: Path, orderers: list[Signer]
    ) -> None:
        block = chain.blocks[1]
        block.signatures = [
            bft_signature(block, 1, orderers[0]),
            bft_signature(block, 2, orderers[1]),
            bft_signature(block, 3, orderers[3]),
        ]
        assert look(chain, tmp_path).faults == [(QUORUM, "quorum-not-met", 1)]

    def test_alone_the_signers_are_not_known(
        self, chain: Chain, tmp_path: Path
    ) -> None:
        path = tmp_path / "one.block"
        path.write_bytes(chain.blocks[1].message())
        run = run_all(path)[0]
        assert run.faults == []
        reasons = {each.reason for each in run.results}
        assert "consenters-not-in-evidence" in reasons
        assert "configuration-not-in-evidence" in reasons


class TestAnchors:
    def test_covered_organisations_attribute(
        self, network: Network, tmp_path: Path
    ) -> None:
        chain = network.chain()
        chain.add([network.call(1, put("lot/1"))])
        orgs = (network.farm, network.shop, network.order)
        trust = anchors(*((each.msp_id, each.authority) for each in orgs))
        run = look(chain, tmp_path, trust)
        assert run.faults == []
        assert run.unattributed == []
        assert list(run.closing.uncovered) == []
        assert run.passed["fabric.organisation-authority"] == 3
        assert {each.id.split("#")[0] for each in run.closing.parties} >= {
            "OrderMSP/orderer0",
            "FarmMSP/peer0.farm",
        }
        assert all(each.anchored for each in run.closing.parties)

    def test_same_name_other_key(self, network: Network, tmp_path: Path) -> None:
        chain = network.chain()
        forged = new_authority("ca.Farm")
        trust = anchors(("FarmMSP", forged))
        run = look(chain, tmp_path, trust)
        assert run.faults == [("fabric.organisation-authority", "authority-differs", 0)]

    def test_uncovered_organisation_is_listed(
        self, network: Network, tmp_path: Path
    ) -> None:
        chain = network.chain()
        trust = anchors(("FarmMSP", network.farm.authority))
        run = look(chain, tmp_path, trust)
        assert run.faults == []
        assert list(run.closing.uncovered) == ["OrderMSP", "ShopMSP"]
        assert run.unattributed

    def test_a_trusted_authority_copied_into_another_ledger_helps_nobody(
        self, network: Network, tmp_path: Path
    ) -> None:
        # The forger copies the real authority beside his own and signs with his own.
        forger = new_org("Order")
        forger.extra_roots = [network.order.authority.pem]
        group = channel_group([network.farm, network.shop], [forger])
        chain = Chain(group, forger.signer("orderer0", "orderer"))
        chain.add([network.define(b"\x12\x00", {})])
        orgs = (network.farm, network.shop, network.order)
        trust = anchors(*(("", each.authority) for each in orgs))
        run = look(chain, tmp_path, trust)
        assert run.faults == []
        assert 1 in run.unattributed
        orderers = [each for each in run.closing.parties if each.role == "orderer"]
        assert [each.anchored for each in orderers] == [False]

    def test_a_rule_that_demands_nothing_attributes_nothing(
        self, network: Network, tmp_path: Path
    ) -> None:
        nobody = signature_policy(of_each(0))
        orgs = (network.farm, network.shop, network.order)
        group = channel_group([network.farm, network.shop], [network.order], (), nobody)
        chain = Chain(group)
        chain.add([network.define(b"\x12\x00", {})])
        trust = anchors(*((each.msp_id, each.authority) for each in orgs))
        run = look(chain, tmp_path, trust)
        assert 1 in run.unattributed


def test_what_is_signed_is_exact(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    block = chain.blocks[1]
    with open_evidence((chain.write(tmp_path),)) as files:
        pipeline = open_ledgers(files, ReadingOptions(TrustStore()))[0]
        batch = pipeline.resolve(next(iter(pipeline.read())))
    claims = [each for each in batch.claims if isinstance(each, SignatureClaim)]
    found = next(each for each in claims if each.role == "orderer")
    assert found.message.startswith(block.value)
    assert found.message.endswith(block.header)
    assert found.low_s
    store = (tmp_path / "chains/test-channel/blockfile_000000").read_bytes()
    place = found.signature_place
    assert store[place.start : place.end] == found.signature


def test_no_rule_for_blocks(network: Network, tmp_path: Path) -> None:
    group = channel_group([network.farm, network.shop], [network.order])
    del group.groups["Orderer"].policies["BlockValidation"]
    chain = Chain(group, network.orderer)
    chain.add([network.define(b"\x12\x00", {})])
    assert look(chain, tmp_path).faults == [(QUORUM, "policy-missing", 1)]


def test_first_block_is_not_applicable(network: Network, tmp_path: Path) -> None:
    run = look(network.chain(), tmp_path)
    assert [
        (each.block, each.outcome, each.reason)
        for each in run.results
        if each.check == QUORUM
    ] == [(0, Outcome.NOT_APPLICABLE, "first-block")]


@pytest.mark.parametrize("declared", [3, 6, 99_999, 2**64 - 1])
@pytest.mark.parametrize("is_store", [True, False])
def test_a_configuration_that_never_was_is_no_excuse(
    network: Network, tmp_path: Path, declared: int, *, is_store: bool
) -> None:
    chain = network.chain()
    for number in range(2, 6):
        chain.add([network.call(number, put(f"k{number}"))])
    chain.last_config, chain.orderer = declared, None
    chain.add([network.call(50, put("z"))])
    if is_store:
        chain.write(tmp_path)
    else:
        for number, block in enumerate(chain.blocks):
            (tmp_path / f"{number}.block").write_bytes(block.message())
    (run,) = run_all(tmp_path)
    assert (METADATA, "last-config-mismatch", 6) in run.faults
    assert (QUORUM, "quorum-not-met", 6) in run.faults
    assert {each[2] for each in run.faults} == {6}


@pytest.mark.parametrize(("declared", "is_said"), [(3, False), (4, True), (9, True)])
def test_behind_a_gap_a_configuration_may_be_missing(
    network: Network, tmp_path: Path, declared: int, *, is_said: bool
) -> None:
    chain = network.chain()
    for number in range(2, 6):
        chain.add([network.call(number, put(f"k{number}"))])
    chain.last_config, chain.orderer = declared, None
    chain.add([network.call(50, put("z"))])
    for number, block in enumerate(chain.blocks):
        if number != 3:
            (tmp_path / f"{number}.block").write_bytes(block.message())
    (run,) = run_all(tmp_path)
    wanted = [(METADATA, "last-config-mismatch", 6)] if is_said else []
    assert run.faults == wanted
    assert (QUORUM, "configuration-not-in-evidence", 6) in {
        (each.check, each.reason, each.block) for each in run.results
    }
