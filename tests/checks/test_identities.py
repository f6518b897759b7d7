"""Whose authorities are they: the user's anchors against what a ledger names."""

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from explorer.checks.runner import ClaimRunner
from explorer.checks.signatures import Here
from explorer.core.absent import Absent
from explorer.crypto.certificates import parse_certificate
from explorer.crypto.trust import AnchorKind, AnchorOrigin, IdentityAnchor, TrustStore
from explorer.model.checks import Outcome
from explorer.model.claims import AuthorityClaim, IdentityClaim
from explorer.model.ledgers import Batch
from tests.checks.claims import PLACE

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
Key = ec.EllipticCurvePrivateKey


def certificate(
    name: str, key: Key, issuer: str, issuer_key: Key, *, ca: bool
) -> bytes:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    made = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(START + dt.timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.DER)


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def root(name: str = "CA") -> tuple[bytes, Key]:
    key = new_key()
    return certificate(name, key, name, key, ca=True), key


def anchor(der: bytes, organisation: str | Absent) -> IdentityAnchor:
    parsed = parse_certificate(der)
    key = parsed.public_key
    assert not isinstance(key, Absent)
    unstated = AnchorOrigin.UNSTATED
    return IdentityAnchor(
        AnchorKind.CA, organisation, parsed, key, "ca", unstated, "ca.pem"
    )


def judge(trust: TrustStore, *certificates: bytes) -> tuple[Outcome, str, int]:
    claim = AuthorityClaim("t.authority", 3, "OrgMSP", certificates, (), PLACE)
    runner = ClaimRunner(trust, Here(fast=False))
    answers = runner.start(Batch([], [], [claim])).result()
    reason = answers.results[0].reason if answers.results else ""
    return Outcome(answers.outcomes[0]), reason, answers.authorities


def test_a_named_organisation_may_use_no_other_root() -> None:
    mine, other = root()[0], root()[0]
    trust = TrustStore((anchor(mine, "OrgMSP"),))
    assert judge(trust, mine) == (Outcome.PASSED, "", 1)
    failed = (Outcome.FAILED, "authority-differs", 0)
    assert judge(trust, other) == failed
    assert judge(trust, mine, other) == failed
    assert judge(trust) == failed
    assert judge(trust, b"no certificate") == failed
    renewed = TrustStore((anchor(mine, "OrgMSP"), anchor(other, "OrgMSP")))
    assert judge(renewed, mine) == (Outcome.PASSED, "", 1)


def test_anchors_for_others_are_ignored() -> None:
    mine = root()[0]
    not_covered = (Outcome.NOT_APPLICABLE, "authority-not-anchored", 0)
    assert judge(TrustStore((anchor(mine, "OtherMSP"),)), mine) == not_covered
    assert judge(TrustStore(), mine) == not_covered


def test_a_bare_anchor_matches_by_key() -> None:
    mine, other = root()[0], root()[0]
    trust = TrustStore((anchor(mine, Absent.NOT_IN_FORMAT),))
    assert judge(trust, other, mine) == (Outcome.PASSED, "", 1)
    assert judge(trust, other)[1] == "authority-not-anchored"


def test_intermediates_beside_a_named_root_do_not_count_as_roots() -> None:
    top, top_key = root("Top")
    below = certificate("Below", new_key(), "Top", top_key, ca=True)
    trust = TrustStore((anchor(top, "OrgMSP"), anchor(below, "OrgMSP")))
    assert judge(trust, top)[0] is Outcome.PASSED


@pytest.mark.parametrize(
    ("day", "reason"),
    [(-1, ""), (10, ""), (400, "expired"), (-10, "not-yet-valid")],
)
def test_membership_is_judged_at_the_time_given(day: int, reason: str) -> None:
    top, top_key = root()
    leaf = certificate("Leaf", new_key(), "CA", top_key, ca=False)
    at = START + dt.timedelta(days=day)
    at_us = -1 if day == -1 else int(at.timestamp() * 1_000_000)
    claim = IdentityClaim(
        "t.member", 3, "leaf", "OrgMSP", leaf, (top,), (), (), at_us, PLACE
    )
    runner = ClaimRunner(TrustStore(), Here(fast=False))
    answers = runner.start(Batch([], [], [claim])).result()
    assert [each.reason for each in answers.results] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (10, []),
        (400, [(Outcome.INCONCLUSIVE, "expired")]),
        (-10, [(Outcome.INCONCLUSIVE, "not-yet-valid")]),
    ],
)
@pytest.mark.parametrize("at_us", [-1, 0])
def test_a_time_given_replaces_the_rule_of_the_family(
    at_us: int, day: int, found: list[tuple[Outcome, str]]
) -> None:
    top, top_key = root()
    leaf = certificate("Leaf", new_key(), "CA", top_key, ca=False)
    claim = IdentityClaim(
        "t.member", 3, "leaf", "OrgMSP", leaf, (top,), (), (), at_us, PLACE
    )
    as_of = START + dt.timedelta(days=day)
    runner = ClaimRunner(TrustStore(), Here(fast=False), as_of)
    answers = runner.start(Batch([], [], [claim])).result()
    assert [(each.outcome, each.reason) for each in answers.results] == found


def test_membership_under_another_or_a_broken_root_fails() -> None:
    leaf = certificate("Leaf", new_key(), "CA", root()[1], ca=False)
    for roots, reason in (
        ((root()[0],), "issuer-signature-mismatch"),
        ((root("Other")[0],), "issuer-unknown"),
        ((b"broken",), "certificate-malformed"),
    ):
        claim = IdentityClaim(
            "t.member", 3, "leaf", "OrgMSP", leaf, roots, (), (), -1, PLACE
        )
        runner = ClaimRunner(TrustStore(), Here(fast=False))
        (result,) = runner.start(Batch([], [], [claim])).result().results
        assert (result.outcome, result.reason) == (Outcome.FAILED, reason)
