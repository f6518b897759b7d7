"""Who is a member: units, roles, admins, authorities, kinds of key."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.encodings.protobuf import encode_bytes, encode_integer
from explorer.formats.fabric.config import ChannelConfig, parse_group
from explorer.formats.fabric.identities import IdentityBook
from explorer.formats.fabric.membership import Membership, Standing
from explorer.formats.fabric.policies import PolicyReader
from explorer.model.checks import Outcome
from explorer.model.claims import NOutOf, SignedBy
from tests.formats.fabric.driver import run_all
from tests.formats.fabric.network import (
    BEGIN,
    YEAR,
    Authority,
    Chain,
    Key,
    Network,
    Org,
    Signer,
    channel_group,
    exactly,
    new_authority,
    new_org,
    of_each,
    put,
    role,
)

PLACE = ByteSpan(0, 0, 1)


def configure(org: Org) -> ChannelConfig:
    data = channel_group([org], []).encode()
    return ChannelConfig(0, 0, parse_group(data, (0, len(data))))


def standing(org: Org, signer: Signer) -> Standing:
    membership = Membership(configure(org), TrustStore())
    identity = IdentityBook().identity(signer.identity, PLACE, "creator")
    return membership.standing(identity)


@pytest.fixture
def farm() -> Org:
    return new_org("Farm")


@pytest.mark.parametrize("unit", ["client", "peer", "admin", "orderer"])
def test_a_unit_gives_its_role(farm: Org, unit: str) -> None:
    found = standing(farm, farm.signer("one", unit))
    assert found.is_valid
    assert {"FarmMSP.MEMBER", f"FarmMSP.{unit.upper()}"} <= found.principals
    roles = {each for each in found.principals if each.startswith("FarmMSP.")}
    assert len({each for each in roles if "OU=" not in each}) == 2


@pytest.mark.parametrize(
    ("unit", "reason"), [("", "unit-missing"), ("cook", "unit-missing")]
)
def test_a_unit_is_needed(farm: Org, unit: str, reason: str) -> None:
    found = standing(farm, farm.signer("one", unit))
    assert (found.is_valid, found.reason) == (False, reason)
    assert found.principals == frozenset()


def test_without_node_units_listed_administrators_count(farm: Org) -> None:
    farm.has_node_units = False
    admin, other = farm.signer("admin", ""), farm.signer("other", "")
    farm.admins = [admin]
    assert "FarmMSP.ADMIN" in standing(farm, admin).principals
    assert "FarmMSP.ADMIN" not in standing(farm, other).principals
    assert "FarmMSP.MEMBER" in standing(farm, other).principals


def test_another_authority_with_the_same_name(farm: Org) -> None:
    forger = Org("Farm", new_authority("ca.Farm"))
    found = standing(farm, forger.signer("one"))
    assert (found.is_valid, found.reason) == (False, "issuer-signature-mismatch")


def test_an_authority_may_not_sign_as_member(farm: Org) -> None:
    root = Signer("FarmMSP", farm.authority.certificate, farm.authority.key)
    assert standing(farm, root).reason == "signer-is-authority"


def test_an_unknown_organisation(farm: Org) -> None:
    other = new_org("Other").signer("one")
    assert standing(farm, other).reason == "organisation-unknown"


def test_revoked(farm: Org) -> None:
    signer = farm.signer("one")
    farm.revocation_lists = [farm.authority.revoke(signer.certificate)]
    assert standing(farm, signer).reason == "revoked"
    assert standing(farm, farm.signer("two")).is_valid


def test_an_authority_that_was_not_in_force_yet(farm: Org) -> None:
    late = farm.authority
    key = ec.generate_private_key(ec.SECP256R1())
    middle = Authority(
        late.issue(
            new_authority("late").certificate.subject,
            key,
            is_ca=True,
            begin=BEGIN + YEAR,
        ),
        key,
    )
    farm.intermediates = [middle]
    found = standing(farm, farm.signer("one", issuer=middle))
    assert found.reason == "authority-not-in-force"


def test_expired_members_stay_members(farm: Org) -> None:
    signer = farm.signer("one", end=BEGIN + timedelta(days=1))
    assert standing(farm, signer).is_valid


def test_an_identity_principal_is_a_certificate_not_its_text(farm: Org) -> None:
    signer = farm.signer("one")
    rule = PolicyReader().signature_rule(of_each(1, exactly(signer)))
    assert isinstance(rule, NOutOf)
    (inner,) = rule.rules
    assert isinstance(inner, SignedBy)
    assert inner.principal in standing(farm, signer).principals
    assert inner.principal not in standing(farm, farm.signer("two")).principals


def test_a_combined_principal_needs_all_of_it(farm: Org) -> None:
    both = b"".join(encode_bytes(1, role("FarmMSP", each)) for each in (0, 3))
    combined = encode_integer(1, 4) + encode_bytes(2, both)
    config = configure(farm)
    membership = Membership(config, TrustStore())
    book = IdentityBook()
    peer = book.identity(farm.signer("p", "peer").identity, PLACE, "creator")
    client = book.identity(farm.signer("c", "client").identity, PLACE, "creator")
    assert "all of" not in " ".join(membership.standing(peer).principals)
    rule = config.reader.signature_rule(of_each(1, combined))
    assert isinstance(rule, NOutOf)
    (inner,) = rule.rules
    assert isinstance(inner, SignedBy)
    assert inner.principal in membership.standing(peer).principals
    assert inner.principal not in membership.standing(client).principals


@pytest.mark.parametrize(
    "key",
    [ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP384R1())],
)
def test_other_kinds_of_key(network: Network, tmp_path: Path, key: Key) -> None:
    farmer = network.farm.signer("modern", "client", key=key)
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"), creator=farmer)])
    run = run_all(chain.write(tmp_path))[0]
    assert run.faults == []
    assert run.contents[-1].author == "FarmMSP/modern"


def test_a_kind_of_key_that_is_not_judged(network: Network, tmp_path: Path) -> None:
    farmer = network.farm.signer(
        "odd", "client", key=ec.generate_private_key(ec.SECP521R1())
    )
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"), creator=farmer)])
    run = run_all(chain.write(tmp_path))[0]
    assert run.faults == []
    reasons = {(each.reason, each.outcome) for each in run.results if each.block == 2}
    assert ("signer-not-judged", Outcome.INCONCLUSIVE) in reasons
    assert ("not-judged", Outcome.INCONCLUSIVE) in reasons
    assert "fabric-rules-not-judged" in {e.code for e in run.closing.not_checked}


def test_idemix_organisations_are_said(network: Network, tmp_path: Path) -> None:
    group = channel_group([network.farm, network.shop], [network.order])
    idemix = encode_integer(1, 1) + encode_bytes(2, encode_bytes(1, b"AnonMSP"))
    farm = group.groups["Application"].groups["Farm"]
    group.groups["Application"].groups["Anon"] = type(farm)(values={"MSP": (0, idemix)})
    chain = Chain(group, network.orderer)
    chain.add([network.define(b"\x12\x00", {})])
    run = run_all(chain.write(tmp_path))[0]
    remarks = {each.code: each.detail for each in run.closing.not_checked}
    assert remarks["fabric-idemix"] == "AnonMSP"
