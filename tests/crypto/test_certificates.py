"""Tests of certificates and revocation lists as values."""

import hashlib
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.crypto import certificates
from explorer.crypto.certificates import (
    Certificate,
    parse_certificate,
    parse_certificates,
    parse_revocation_list,
)
from explorer.encodings.der import TAG_SEQUENCE, encode_element
from explorer.encodings.pem import encode_pem
from explorer.model.keys import KeyKind
from tests.crypto.conftest import END, START, Maker, PrivateKey


def _pem(certificate: Certificate) -> bytes:
    return encode_pem("CERTIFICATE", certificate.der)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def test_every_field(maker: Maker) -> None:
    own_id = x509.SubjectKeyIdentifier(b"own")
    issuer_id = x509.AuthorityKeyIdentifier(b"issuer", None, None)
    made = maker.certificate(
        "peer0",
        "OrchardCA",
        units=("peer", "packing"),
        extensions=((own_id, False), (issuer_id, False)),
    )
    assert made.subject == "CN=peer0,OU=packing,OU=peer"
    assert made.issuer == "CN=OrchardCA"
    assert made.common_name == "peer0"
    assert made.organizational_units == ("peer", "packing")
    assert made.serial == 1001
    assert (made.not_before, made.not_after) == (START, END)
    assert made.subject_key_id == b"own"
    assert made.authority_key_id == b"issuer"
    assert made.fingerprint == hashlib.sha256(made.der).digest()
    assert not made.is_ca
    assert made.path_length == -1
    assert made.unknown_critical == ()
    assert made.signature_algorithm == "1.2.840.10045.4.3.2"
    assert made.tbs in made.der
    assert made.signature in made.der
    assert not isinstance(made.public_key, Absent)
    assert made.public_key.kind is KeyKind.P256


def test_what_a_bare_certificate_lacks(maker: Maker) -> None:
    made = maker.certificate("bare", bare=True)
    assert made.subject_key_id is Absent.NOT_IN_FORMAT
    assert made.authority_key_id is Absent.NOT_IN_FORMAT
    assert not made.is_ca
    assert made.path_length == -1


def test_an_authority_key_id_without_an_id(maker: Maker) -> None:
    other = x509.AuthorityKeyIdentifier(None, [x509.DNSName("issuer")], 5)
    made = maker.certificate("a", extensions=((other, False),))
    assert made.authority_key_id is Absent.NOT_IN_FORMAT


@pytest.mark.parametrize(
    ("is_ca", "signs", "wanted"),
    [(True, True, True), (True, False, False), (False, False, False)],
)
def test_who_may_issue(maker: Maker, is_ca: bool, signs: bool, wanted: bool) -> None:
    made = maker.certificate(
        "a", is_ca=is_ca, extensions=((_usage(signs=signs), True),)
    )
    assert made.is_ca is wanted


def test_the_length_of_a_path(maker: Maker) -> None:
    assert maker.certificate("a", is_ca=True, path_length=2).path_length == 2
    assert maker.certificate("b", is_ca=True).path_length == -1


def test_critical_extensions_that_are_not_understood(maker: Maker) -> None:
    names = x509.NameConstraints([x509.DNSName("example")], None)
    server = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    made = maker.certificate(
        "a", is_ca=True, extensions=((names, True), (server, True))
    )
    assert made.unknown_critical == ("2.5.29.30",)
    harmless = maker.certificate("b", is_ca=True, extensions=((names, False),))
    assert harmless.unknown_critical == ()


def test_kinds_of_keys(maker: Maker, rsa_key: rsa.RSAPrivateKey) -> None:
    kinds: dict[KeyKind, PrivateKey] = {
        KeyKind.RSA: rsa_key,
        KeyKind.ED25519: ed25519.Ed25519PrivateKey.generate(),
        KeyKind.P384: ec.generate_private_key(ec.SECP384R1()),
    }
    for kind, key in kinds.items():
        made = maker.certificate(f"{kind}", key=key)
        assert not isinstance(made.public_key, Absent)
        assert made.public_key.kind is kind
    unread = maker.certificate("k1", key=ec.generate_private_key(ec.SECP521R1()))
    assert unread.public_key is Absent.UNREADABLE


def test_pem_and_der_are_the_same(maker: Maker) -> None:
    made = maker.certificate("a")
    assert parse_certificate(_pem(made)) == made
    assert parse_certificate(b"text before\n" + _pem(made) + b"text after") == made


def test_bundles(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = maker.certificate("a"), maker.certificate("b")
    bundle = _pem(one) + encode_pem("PUBLIC KEY", b"x") + _pem(two)
    assert parse_certificates(bundle) == (one, two)
    assert parse_certificates(b"") == ()
    with pytest.raises(ReadError) as caught:
        parse_certificate(bundle)
    assert caught.value.reason == "no-certificate"
    monkeypatch.setattr(certificates, "MAX_BUNDLE", 1)
    with pytest.raises(ReadError) as caught:
        parse_certificates(bundle)
    assert caught.value.reason == "too-many"


@pytest.mark.parametrize("data", [b"", b"words", b"\x31\x00"])
def test_text_without_a_certificate(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        parse_certificate(data)
    assert caught.value.reason == "no-certificate"


def test_damaged_certificates(maker: Maker) -> None:
    der = maker.certificate("a").der
    for wrong in (b"\x30", b"\x30\x00", der[:-1], der + b"\x00", der[:100]):
        with pytest.raises(ReadError) as caught:
            parse_certificate(wrong)
        assert caught.value.reason == "certificate-malformed"


def test_serial_numbers_that_are_not_positive(maker: Maker) -> None:
    der = maker.certificate("a").der
    serial = bytes.fromhex("020203e9")
    for wrong in ("020283e9", "02020000"):
        changed = der.replace(serial, bytes.fromhex(wrong))
        with pytest.raises(ReadError) as caught:
            parse_certificate(changed)
        assert caught.value.reason == "certificate-malformed"


@given(st.integers(0, 400), st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_no_changed_byte_makes_anything_but_a_read_error(at: int, change: int) -> None:
    data = bytearray(_SAMPLE.der)
    data[at % len(data)] ^= change
    assert _reason(bytes(data)) in {"", "certificate-malformed", "no-certificate"}


_SAMPLE = Maker().certificate(
    "sample", is_ca=True, extensions=((x509.SubjectKeyIdentifier(b"own"), False),)
)


def _reason(data: bytes) -> str:
    try:
        parse_certificate(data)
    except ReadError as error:
        return error.reason
    return ""


def test_a_name_that_is_no_text(maker: Maker) -> None:
    made = maker.certificate("a")
    assert certificates._text(b"\x01\x02") == "0102"
    assert certificates._text(made.common_name) == "a"


def test_version_1_has_its_key_one_field_earlier(maker: Maker) -> None:
    tbs = maker.certificate("a", bare=True).tbs
    version = bytes.fromhex("a003020102")
    content = tbs[tbs.index(version) + len(version) :]
    rebuilt = encode_element(TAG_SEQUENCE, content)
    assert certificates._public_key(rebuilt) == certificates._public_key(tbs)


def test_revocation_lists(maker: Maker) -> None:
    gone = maker.certificate("gone", "CA")
    when = datetime(2026, 5, 1, tzinfo=UTC)
    made = maker.revocation_list("CA", gone, at=when)
    assert made.issuer == "CN=CA"
    assert made.issuer_der == gone.issuer_der
    assert made.this_update == START
    assert [(each.serial, each.revoked_at) for each in made.entries] == [
        (gone.serial, when)
    ]
    assert parse_revocation_list(encode_pem("X509 CRL", made.der)) == made
    assert maker.revocation_list("CA").entries == ()


def test_damaged_revocation_lists(maker: Maker) -> None:
    made = maker.revocation_list("CA")
    block = encode_pem("X509 CRL", made.der)
    for wrong in (b"", b"words", made.der[:-1], b"\x30\x00", block + block):
        with pytest.raises(ReadError) as caught:
            parse_revocation_list(wrong)
        assert caught.value.reason == "revocation-list-malformed"
