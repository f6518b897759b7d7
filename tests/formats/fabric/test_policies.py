"""Policies as rules: what Fabric refuses to build is satisfied by nobody."""

import pytest

from explorer.crypto.policies import satisfied
from explorer.encodings.protobuf import encode_bytes, encode_integer
from explorer.formats.fabric.config import ChannelConfig, parse_group
from explorer.formats.fabric.policies import (
    NOMINAL,
    REJECT,
    PolicyReader,
    unit_principal,
)
from explorer.model.claims import EachAlone, NOutOf, SignedBy, Voter
from tests.formats.fabric.network import (
    ALL,
    ANY,
    MAJORITY,
    Group,
    Network,
    channel_group,
    envelope_of,
    meta_policy,
    n_out_of,
    of_each,
    role,
    signature_policy,
    signed_by,
)

PEER = role("FarmMSP", 3)


def rule_of(envelope: bytes) -> object:
    return PolicyReader().signature_rule(envelope)


def principal_of(principal: bytes) -> str:
    found = PolicyReader().signature_rule(of_each(1, principal))
    assert isinstance(found, NOutOf)
    (inner,) = found.rules
    assert isinstance(inner, SignedBy)
    return inner.principal


def test_a_tree_of_rules() -> None:
    inner = n_out_of(1, signed_by(0), signed_by(1))
    found = rule_of(envelope_of(n_out_of(2, inner, signed_by(1)), PEER, role("B", 0)))
    farm, other = SignedBy("FarmMSP.PEER"), SignedBy("B.MEMBER")
    assert found == NOutOf(2, (NOutOf(1, (farm, other)), other))


@pytest.mark.parametrize(
    "envelope",
    [
        b"",
        b"\xff",
        encode_integer(1, 1) + of_each(1, PEER),  # another version
        envelope_of(signed_by(1), PEER),  # names a principal that is not there
        envelope_of(b"", PEER),
        envelope_of(encode_bytes(3, b""), PEER),
        envelope_of(n_out_of(1, b""), PEER),
        of_each(1, encode_bytes(2, b"\xff")),
    ],
)
def test_refused(envelope: bytes) -> None:
    assert rule_of(envelope) == REJECT
    assert not satisfied(REJECT, [Voter(0, "a", frozenset({"FarmMSP.PEER"}), True)])


def test_too_deep_is_refused() -> None:
    rule = signed_by(0)
    for _ in range(200):
        rule = n_out_of(1, rule)
    assert rule_of(envelope_of(rule, PEER)) == REJECT


def test_too_large_is_refused() -> None:
    many = n_out_of(1, *([signed_by(0)] * 10_001))
    assert rule_of(envelope_of(many, PEER)) == REJECT


def test_a_negative_number_is_always_met() -> None:
    rule = encode_bytes(2, b"\x08" + b"\xff" * 9 + b"\x01")
    assert rule_of(envelope_of(rule, PEER)) == NOutOf(-1, ())


def test_kinds_of_principals() -> None:
    unit = encode_bytes(1, b"FarmMSP") + encode_bytes(2, b"cellar")
    unit += encode_bytes(3, b"\x01")
    found = principal_of(encode_integer(1, 1) + encode_bytes(2, unit))
    assert found == unit_principal("FarmMSP", "cellar", b"\x01")
    assert principal_of(encode_integer(1, 3)) == NOMINAL
    anonymous = encode_integer(1, 3) + encode_bytes(2, encode_integer(1, 1))
    assert principal_of(anonymous) == "anonymous"
    assert principal_of(encode_integer(1, 9)) == "principal 9"
    assert principal_of(role("FarmMSP", 9)) == "FarmMSP.role 9"
    nobody = encode_integer(1, 2) + encode_bytes(2, encode_bytes(2, b"no PEM"))
    assert principal_of(nobody).startswith("unreadable identity")


class TestChannelPolicies:
    def config(self, network: Network, **policies: bytes) -> ChannelConfig:
        group = channel_group([network.farm, network.shop], [network.order])
        for name, policy in policies.items():
            group.groups["Application"].policies[name] = (0, policy)
        data = group.encode()
        return ChannelConfig(0, 0, parse_group(data, (0, len(data))))

    @pytest.mark.parametrize(("rule", "least"), [(ANY, 1), (ALL, 2), (MAJORITY, 2)])
    def test_implicit_meta(self, network: Network, rule: int, least: int) -> None:
        config = self.config(network, Test=meta_policy("Endorsement", rule))
        found = config.rule("/Channel/Application/Test")
        assert isinstance(found, EachAlone)
        assert found.n == least
        assert len(found.rules) == 2

    def test_a_missing_sub_policy_counts_as_refused(self, network: Network) -> None:
        config = self.config(network, Test=meta_policy("Nothing", ALL))
        found = config.rule("/Channel/Application/Test")
        assert found == EachAlone(2, (REJECT, REJECT))

    @pytest.mark.parametrize(
        "policy",
        [
            b"\xff",
            meta_policy("Endorsement", 7),
            encode_integer(1, 2),
            encode_integer(1, 3) + encode_bytes(2, b"\xff"),
        ],
    )
    def test_unreadable_policies(self, network: Network, policy: bytes) -> None:
        config = self.config(network, Test=policy)
        assert config.rule("/Channel/Application/Test") == REJECT

    @pytest.mark.parametrize(
        "reference",
        ["", "Test", "/Other/Test", "/Channel", "/Channel/Nowhere/Test"],
    )
    def test_references_to_nothing(self, network: Network, reference: str) -> None:
        assert self.config(network).rule(reference) is None

    def test_without_groups_nothing_is_demanded(self) -> None:
        group = Group(policies={"Any": (0, meta_policy("Admins", ANY))})
        data = group.encode()
        config = ChannelConfig(0, 0, parse_group(data, (0, len(data))))
        assert config.rule("/Channel/Any") == EachAlone(0, ())

    def test_defaults_where_a_channel_sets_none(self, network: Network) -> None:
        group = channel_group([network.farm, network.shop], [network.order])
        application = group.groups["Application"]
        del application.policies["LifecycleEndorsement"]
        del application.groups["Farm"].policies["Endorsement"]
        data = group.encode()
        config = ChannelConfig(0, 0, parse_group(data, (0, len(data))))
        member = SignedBy("FarmMSP.MEMBER")
        both = NOutOf(2, (member, SignedBy("ShopMSP.MEMBER")))
        assert config.lifecycle_rule() == both
        assert config.lifecycle_rule() is config.lifecycle_rule()
        assert config.organisation_rule("FarmMSP") == NOutOf(1, (member,))
        assert config.organisation_rule("NobodyMSP") is None

    def test_signature_policies(self, network: Network) -> None:
        config = self.config(network, Test=signature_policy(of_each(1, PEER)))
        found = config.rule("/Channel/Application/Test")
        assert found == NOutOf(1, (SignedBy("FarmMSP.PEER"),))
