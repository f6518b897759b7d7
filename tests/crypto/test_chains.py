"""Tests of certificate chains, one attack after the other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

from explorer.core.absent import Absent
from explorer.crypto import chains
from explorer.crypto.certificates import Certificate, parse_certificate
from explorer.crypto.chains import Authority, ChainAnswer, validate_chain
from explorer.crypto.public_keys import spki_of
from explorer.crypto.sm2_sign import public_key_of, sign
from explorer.encodings.der import (
    TAG_OCTET_STRING,
    encode_bit_string,
    encode_element,
    encode_integer,
    encode_sequence,
)
from tests.crypto.conftest import END, START, Maker, PrivateKey

MIDDLE = datetime(2026, 6, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def _reason(
    leaf: Certificate,
    roots: tuple[Certificate, ...],
    *others: Certificate,
    at: datetime | None = MIDDLE,
) -> str:
    return validate_chain(leaf, Authority(roots, others), at).reason


def test_a_leaf_under_a_root(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    leaf = maker.certificate("peer", "CA")
    answer = validate_chain(leaf, Authority((root,)), MIDDLE)
    assert answer == ChainAnswer(chains.ChainReason.VALID, (leaf, root), root)


def test_intermediates_in_any_order(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    upper = maker.certificate("upper", "CA", is_ca=True)
    lower = maker.certificate("lower", "upper", is_ca=True)
    leaf = maker.certificate("peer", "lower")
    for others in ((upper, lower), (lower, upper)):
        answer = validate_chain(leaf, Authority((root,), others), MIDDLE)
        assert answer.chain == (leaf, lower, upper, root)
    assert _reason(leaf, (root,), lower) == "issuer-unknown"
    assert _reason(leaf, (root,), upper) == "issuer-unknown"


def test_the_root_itself_is_under_the_root(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    answer = validate_chain(root, Authority((root,)), MIDDLE)
    assert (answer.reason, answer.chain) == ("chain-valid", (root,))


def test_a_renewed_root_is_the_same_by_name_and_key(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    renewed = maker.certificate("CA", is_ca=True)
    leaf = maker.certificate("peer", "CA")
    answer = validate_chain(leaf, Authority((root,), (renewed,)), MIDDLE)
    assert answer.root == root
    assert _reason(renewed, (root,)) == "chain-valid"


def test_without_any_authority(maker: Maker) -> None:
    leaf = maker.certificate("peer", "CA")
    answer = validate_chain(leaf, Authority(()), MIDDLE)
    assert answer.reason == "issuer-unknown"
    assert answer.chain == (leaf,)
    assert answer.root is Absent.NOT_IN_EXPORT


def test_an_authority_made_by_somebody_else_with_the_same_name(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    impostor_key = ec.generate_private_key(ec.SECP256R1())
    impostor = maker.certificate("CA", is_ca=True, key=impostor_key)
    leaf = maker.certificate("peer", "CA", issuer_key=impostor_key)
    assert _reason(leaf, (root,)) == "issuer-signature-mismatch"
    # Brought along as an intermediate it leads nowhere either.
    answer = validate_chain(leaf, Authority((root,), (impostor,)), MIDDLE)
    assert answer.reason == "issuer-signature-mismatch"
    assert _reason(impostor, (root,)) == "issuer-signature-mismatch"


def test_self_signed_leaves_and_loops(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    alone = maker.certificate("alone", is_ca=True)
    assert _reason(alone, (root,)) == "issuer-unknown"
    assert _reason(alone, (root,), alone) == "issuer-unknown"
    one = maker.certificate("one", "two", is_ca=True)
    two = maker.certificate("two", "one", is_ca=True)
    leaf = maker.certificate("peer", "one")
    assert _reason(leaf, (root,), one, two) == "issuer-unknown"


def test_an_ordinary_certificate_used_as_issuer(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    peer = maker.certificate("peer", "CA")
    made_by_peer = maker.certificate("forged", "peer")
    assert _reason(made_by_peer, (root,), peer) == "issuer-not-ca"
    assert _reason(made_by_peer, (peer,)) == "issuer-not-ca"
    bare = maker.certificate("bare", bare=True)
    under_bare = maker.certificate("under", "bare")
    assert _reason(under_bare, (bare,)) == "issuer-not-ca"


def test_an_issuer_whose_key_may_not_sign_certificates(maker: Maker) -> None:
    usage = x509.KeyUsage(*[True] + [False] * 8)
    root = maker.certificate("CA", is_ca=True, extensions=((usage, True),))
    assert _reason(maker.certificate("peer", "CA"), (root,)) == "issuer-not-ca"


def test_validity_is_judged_only_if_a_time_is_given(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True, end=END + timedelta(days=1))
    leaf = maker.certificate("peer", "CA")
    assert _reason(leaf, (root,), at=START) == "chain-valid"
    assert _reason(leaf, (root,), at=END) == "chain-valid"
    assert _reason(leaf, (root,), at=END + SECOND) == "expired"
    assert _reason(leaf, (root,), at=START - SECOND) == "not-yet-valid"
    assert _reason(leaf, (root,), at=None) == "chain-valid"


def test_validity_of_the_root_counts_too(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True, end=MIDDLE)
    leaf = maker.certificate("peer", "CA")
    assert _reason(leaf, (root,), at=MIDDLE + SECOND) == "expired"
    assert _reason(root, (root,), at=MIDDLE + SECOND) == "expired"
    renewed = maker.certificate("CA", is_ca=True)
    assert _reason(leaf, (root, renewed), at=MIDDLE + SECOND) == "chain-valid"


def test_a_time_without_a_zone_is_refused(maker: Maker) -> None:
    naive = MIDDLE.replace(tzinfo=None)
    with pytest.raises(ValueError, match="no zone"):
        validate_chain(maker.certificate("a"), Authority(()), naive)


def test_revocation(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    gone, kept = maker.certificate("gone", "CA"), maker.certificate("kept", "CA")
    lists = (maker.revocation_list("CA", gone, at=MIDDLE),)
    authority = Authority((root,), (), lists)
    assert validate_chain(gone, authority, MIDDLE).reason == "revoked"
    assert validate_chain(gone, authority, MIDDLE - SECOND).reason == "chain-valid"
    assert validate_chain(gone, authority, None).reason == "revoked"
    assert validate_chain(kept, authority, MIDDLE).reason == "chain-valid"


def test_a_revoked_intermediate_stops_what_stands_below(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    middle = maker.certificate("middle", "CA", is_ca=True)
    leaf = maker.certificate("peer", "middle")
    lists = (maker.revocation_list("CA", middle),)
    answer = validate_chain(leaf, Authority((root,), (middle,), lists), None)
    assert answer.reason == "revoked"


def test_revocation_lists_of_others_do_not_count(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    other = maker.certificate("Other", is_ca=True)
    leaf = maker.certificate("peer", "CA")
    by_other_name = maker.revocation_list("Other", leaf)
    by_other_key = maker.revocation_list("CA", leaf, key=_elliptic())
    authority = Authority((root, other), (), (by_other_name, by_other_key))
    assert validate_chain(leaf, authority, MIDDLE).reason == "chain-valid"


def _elliptic() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _tower(maker: Maker, height: int) -> list[Certificate]:
    """Return a root and ``height`` authorities below it, and a leaf at the end."""
    tower = [maker.certificate("0", is_ca=True)]
    tower += [
        maker.certificate(str(level), str(level - 1), is_ca=True)
        for level in range(1, height + 1)
    ]
    return [*tower, maker.certificate("leaf", str(height))]


def test_the_longest_chain(maker: Maker) -> None:
    tower = _tower(maker, chains.MAX_CHAIN - 2)
    answer = validate_chain(tower[-1], Authority((tower[0],), tuple(tower[1:-1])))
    assert (answer.reason, len(answer.chain)) == ("chain-valid", chains.MAX_CHAIN)
    tower = _tower(Maker(), chains.MAX_CHAIN - 1)
    answer = validate_chain(tower[-1], Authority((tower[0],), tuple(tower[1:-1])))
    assert answer.reason == "chain-too-long"


def test_the_length_that_an_issuer_allows(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True, path_length=0)
    middle = maker.certificate("middle", "CA", is_ca=True)
    assert _reason(maker.certificate("peer", "CA"), (root,)) == "chain-valid"
    leaf = maker.certificate("leaf", "middle")
    assert _reason(leaf, (root,), middle) == "chain-too-long"
    longer = maker.certificate("CA", is_ca=True, path_length=1)
    assert _reason(leaf, (longer,), middle) == "chain-valid"


def test_a_bundle_made_to_try_every_path(maker: Maker) -> None:
    """Forty cross-signed twins at each of six levels: 40^6 paths, few checks."""
    levels = [
        [maker.certificate(str(level), str(level + 1), is_ca=True) for _ in range(40)]
        for level in range(6)
    ]
    leaf = maker.certificate("leaf", "0")
    others = tuple(each for level in levels for each in level)
    answer = validate_chain(leaf, Authority((), others), None)
    assert answer.reason in {"chain-too-long", "issuer-unknown"}


def test_the_better_of_two_paths_is_found(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    old = maker.certificate("middle", "CA", is_ca=True, end=MIDDLE - SECOND)
    new = maker.certificate("middle", "CA", is_ca=True)
    leaf = maker.certificate("peer", "middle")
    answer = validate_chain(leaf, Authority((root,), (old, new)), MIDDLE)
    assert answer.chain == (leaf, new, root)
    assert _reason(leaf, (root,), old) == "expired"


def test_other_kinds_of_issuers(maker: Maker, rsa_key: rsa.RSAPrivateKey) -> None:
    keys: dict[str, PrivateKey] = {
        "rsa": rsa_key,
        "edwards": ed25519.Ed25519PrivateKey.generate(),
        "p384": ec.generate_private_key(ec.SECP384R1()),
    }
    for name, key in keys.items():
        root = maker.certificate(name, is_ca=True, key=key)
        leaf = maker.certificate("peer", name, issuer_key=key)
        assert _reason(leaf, (root,)) == "chain-valid"
        # The same name, but a key of another kind.
        other = maker.certificate(name, is_ca=True, key=_elliptic())
        assert _reason(leaf, (other,)) == "issuer-signature-mismatch"
        twin = maker.certificate("peer", name, issuer_key=_elliptic())
        assert _reason(twin, (root,)) == "issuer-signature-mismatch"


def test_issuers_too_weak_or_unknown(maker: Maker) -> None:
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505  # too weak, on purpose
    curve = ec.generate_private_key(ec.SECP521R1())
    keys: dict[str, PrivateKey] = {"weak": weak, "curve": curve}
    for name, key in keys.items():
        root = maker.certificate(name, is_ca=True, key=key)
        leaf = maker.certificate("peer", name, issuer_key=key)
        assert _reason(leaf, (root,)) == "unsupported-key"
    # An unreadable key still equals itself as a whole certificate.
    alone = maker.certificate("alone", is_ca=True, key=curve)
    assert _reason(alone, (alone,)) == "chain-valid"
    again = maker.certificate("alone", is_ca=True, key=curve)
    assert _reason(again, (alone,)) == "unsupported-key"


def test_hash_functions_that_are_not_taken(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    leaf = maker.certificate("peer", "CA", hash_used=hashes.SHA224())
    assert _reason(leaf, (root,)) == "unsupported-key"


def test_critical_extensions_stop_a_chain(maker: Maker) -> None:
    names = x509.NameConstraints([x509.DNSName("example")], None)
    root = maker.certificate("CA", is_ca=True)
    middle = maker.certificate("middle", "CA", is_ca=True, extensions=((names, True),))
    leaf = maker.certificate("peer", "middle")
    assert _reason(leaf, (root,), middle) == "unsupported-key"


# SM2: no library signs such certificates, so they are put together here.

_SM2_WITH_SM3 = bytes.fromhex("300a06082a811ccf55018375")
_ECDSA_WITH_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_VALIDITY = encode_sequence(
    encode_element(0x17, b"260101000000Z"), encode_element(0x17, b"270101000000Z")
)
_CA_EXTENSION = encode_element(
    0xA3,
    encode_sequence(
        encode_sequence(
            bytes.fromhex("0603551d13"),
            bytes.fromhex("0101ff"),
            encode_element(TAG_OCTET_STRING, bytes.fromhex("30030101ff")),
        )
    ),
)


def _name(text: str) -> bytes:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]).public_bytes()


def _sm2_certificate(
    name: str,
    private: int,
    issuer: str,
    issuer_private: int,
    algorithm: bytes = _SM2_WITH_SM3,
) -> Certificate:
    tbs = encode_sequence(
        encode_element(0xA0, encode_integer(2)),
        encode_integer(private),
        algorithm,
        _name(issuer),
        _VALIDITY,
        _name(name),
        spki_of(public_key_of(private)),
        _CA_EXTENSION,
    )
    raw = sign(issuer_private, tbs)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    signature = encode_sequence(encode_integer(r), encode_integer(s))
    return parse_certificate(
        encode_sequence(tbs, algorithm, encode_bit_string(signature))
    )


def test_sm2_chains() -> None:
    root = _sm2_certificate("国密CA", 101, "国密CA", 101)
    leaf = _sm2_certificate("peer", 102, "国密CA", 101)
    assert leaf.public_key == public_key_of(102)
    assert _reason(leaf, (root,)) == "chain-valid"
    forged = _sm2_certificate("peer", 102, "国密CA", 666)
    assert _reason(forged, (root,)) == "issuer-signature-mismatch"


def test_sm2_and_other_keys_do_not_mix(maker: Maker) -> None:
    root = _sm2_certificate("CA", 101, "CA", 101)
    claims_ecdsa = _sm2_certificate("peer", 102, "CA", 101, _ECDSA_WITH_SHA256)
    assert _reason(claims_ecdsa, (root,)) == "issuer-signature-mismatch"
    other = maker.certificate("CA", is_ca=True)
    claims_sm2 = _sm2_certificate("peer", 102, "CA", 101)
    assert _reason(claims_sm2, (other,)) == "issuer-signature-mismatch"


def test_a_revocation_list_with_an_unknown_algorithm(maker: Maker) -> None:
    root = maker.certificate("CA", is_ca=True)
    leaf = maker.certificate("peer", "CA")
    made = maker.revocation_list("CA", leaf)
    known, unknown = (
        bytes.fromhex("2a8648ce3d040302"),
        bytes.fromhex("2a8648ce3d04037f"),
    )
    broken = replace(made, der=made.der.replace(known, unknown))
    authority = Authority((root,), (), (broken,))
    assert validate_chain(leaf, authority, None).reason == "chain-valid"
