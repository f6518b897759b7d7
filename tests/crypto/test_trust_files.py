"""Tests of PEM files, lists of keys and folders as trust material."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.core.errors import TrustError
from explorer.crypto import trust_files
from explorer.crypto.public_keys import key_from_library, spki_of
from explorer.crypto.secp256k1_sign import public_key_of as secp256k1_key
from explorer.crypto.sm2_sign import public_key_of
from explorer.crypto.trust import AnchorKind, AnchorOrigin
from explorer.crypto.trust_files import (
    MspPlace,
    MspRole,
    anchors_from_json,
    anchors_from_pem,
    msp_place,
    parse_key,
)
from explorer.encodings.pem import encode_pem
from explorer.model.keys import KeyKind, PublicKey
from tests.crypto.conftest import Maker

ABSENT = Absent.NOT_IN_FORMAT
EDWARDS = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
ELLIPTIC = key_from_library(ec.derive_private_key(5, ec.SECP256R1()).public_key())


@pytest.mark.parametrize(
    ("path", "role", "organisation"),
    [
        ("OrchardMSP/cacerts/ca.pem", "authority", "OrchardMSP"),
        ("trust/OrchardMSP/cacerts/ca.pem", "authority", "OrchardMSP"),
        ("OrchardMSP/CACerts/ca.pem", "authority", "OrchardMSP"),
        ("OrchardMSP/intermediatecerts/sub/ca.pem", "authority", "OrchardMSP"),
        ("cacerts/ca.pem", "authority", ABSENT),
        ("./cacerts/ca.pem", "authority", ABSENT),
        ("orchard.example/msp/cacerts/ca.pem", "authority", ABSENT),
        ("OrchardMSP/tlscacerts/ca.pem", "ignored", ABSENT),
        ("OrchardMSP/tlsintermediatecerts/ca.pem", "ignored", ABSENT),
        ("tlscacerts/OrchardMSP/cacerts/ca.pem", "ignored", ABSENT),
        ("OrchardMSP/signcerts/peer.pem", "ignored", ABSENT),
        ("OrchardMSP/admincerts/admin.pem", "ignored", ABSENT),
        ("OrchardMSP/keystore/key.pem", "ignored", ABSENT),
        ("OrchardMSP/crls/list.pem", "ignored", ABSENT),
        ("peer/tls/ca.crt", "ignored", ABSENT),
        ("ca.pem", "plain", ABSENT),
        ("folder/ca.pem", "plain", ABSENT),
        ("cacerts", "plain", ABSENT),
        ("tlscacerts", "plain", ABSENT),
    ],
)
def test_places_in_an_msp(path: str, role: str, organisation: str | Absent) -> None:
    assert msp_place(path.split("/")) == MspPlace(MspRole(role), organisation)


def test_certificates_and_keys_of_a_pem_text(maker: Maker) -> None:
    ca = maker.certificate("Orchard CA", is_ca=True)
    leaf = maker.certificate("", "Orchard CA", units=("peer",))
    text = b"\n".join(
        (
            encode_pem("CERTIFICATE", ca.der),
            encode_pem("CERTIFICATE", leaf.der),
            encode_pem("PUBLIC KEY", spki_of(ELLIPTIC)),
            encode_pem("X509 CRL", b"left aside"),
        )
    )
    anchors = anchors_from_pem(
        text, "OrchardMSP", "orchard.pem", AnchorOrigin.PUBLISHED
    )
    assert [each.kind for each in anchors] == ["ca", "key", "key"]
    assert [each.label for each in anchors] == [
        "Orchard CA",
        leaf.subject,
        "orchard.pem",
    ]
    assert [each.certificate for each in anchors] == [ca, leaf, ABSENT]
    assert anchors[2].key == ELLIPTIC
    assert {each.organisation for each in anchors} == {"OrchardMSP"}
    assert {each.origin for each in anchors} == {AnchorOrigin.PUBLISHED}
    assert {each.source for each in anchors} == {"orchard.pem"}


def _private_pem() -> bytes:
    key = ec.derive_private_key(5, ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _weak_rsa() -> bytes:
    key = rsa.generate_private_key(3, 2048).public_key()
    return encode_pem("PUBLIC KEY", spki_of(key_from_library(key)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no certificate and no public key"),
        (b"no pem at all", "no certificate and no public key"),
        (encode_pem("X509 CRL", b"x"), "no certificate and no public key"),
        (_private_pem(), "private key"),
        (encode_pem("CERTIFICATE", b"x"), "not a certificate"),
        (encode_pem("PUBLIC KEY", b"x"), "not a public key"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA", "does not end"),
        (_weak_rsa(), "proves nothing"),
    ],
)
def test_pem_texts_that_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(TrustError, match=f"^given.pem: .*{words}"):
        anchors_from_pem(data, ABSENT, "given.pem")


def test_a_certificate_with_a_key_that_is_not_handled(maker: Maker) -> None:
    made = maker.certificate("a", key=ec.generate_private_key(ec.SECP521R1()))
    with pytest.raises(TrustError, match="not supported"):
        anchors_from_pem(encode_pem("CERTIFICATE", made.der), ABSENT, "given.pem")


def test_files_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust_files, "MAX_TRUST_FILE_BYTES", 10)
    with pytest.raises(TrustError, match="over 10 bytes"):
        anchors_from_pem(bytes(11), ABSENT, "given.pem")
    with pytest.raises(TrustError, match="over 10 bytes"):
        anchors_from_json(bytes(11), "given.json")


def _list(*entries: dict[str, str]) -> bytes:
    return json.dumps(entries).encode()


def test_a_list_of_keys() -> None:
    pem = encode_pem("PUBLIC KEY", spki_of(ELLIPTIC)).decode()
    data = _list(
        {"party": "orchard", "algorithm": "ed25519", "public_key": EDWARDS},
        {"name": "packer", "public_key": pem, "label": "the packing house"},
        {"organisation": "shop", "algorithm": "p256", "public_key": ELLIPTIC.raw.hex()},
        {"algorithm": "sm2", "public_key": public_key_of(5).raw.hex()},
    )
    anchors = anchors_from_json(data, "keys.json", AnchorOrigin.FROM_PARTY)
    assert [each.organisation for each in anchors] == [
        "orchard",
        "packer",
        "shop",
        ABSENT,
    ]
    assert [each.label for each in anchors] == [
        "orchard ed25519 key",
        "the packing house",
        "shop p256 key",
        "sm2 key",
    ]
    assert anchors[0].key == PublicKey(KeyKind.ED25519, bytes.fromhex(EDWARDS))
    assert anchors[1].key == anchors[2].key == ELLIPTIC
    assert {each.kind for each in anchors} == {AnchorKind.KEY}
    assert {each.origin for each in anchors} == {AnchorOrigin.FROM_PARTY}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a list of keys"),
        (b"{}", "not a list of keys"),
        (b'"\xff"', "not a list of keys"),
        (b"[" * 100_000, "not a list of keys"),
        (b"[]", "empty"),
        (b"[1]", "not a list of keys"),
        (_list({"party": "a"}), "public_key"),
        (_list({"party": "a", "public_key": EDWARDS, "x": "y"}), "unknown field"),
        (_list({"public_key": EDWARDS}), "key 1: algorithm '' is not known"),
        (_list({"public_key": EDWARDS, "algorithm": "rot13"}), "'rot13' is not known"),
        (_list({"public_key": "00", "algorithm": "ed25519"}), "key 1: 1 bytes are no"),
        (_list({"public_key": "00" * 32, "algorithm": "ed25519"}), "weak-key"),
        (_list({"public_key": "?", "algorithm": "ed25519"}), "neither hex nor base64"),
        (_list({"public_key": "é", "algorithm": "ed25519"}), "neither hex nor base64"),
        (
            _list(
                {"public_key": EDWARDS, "algorithm": "ed25519"},
                {"public_key": "", "algorithm": "p256"},
            ),
            "key 2: exactly one of",
        ),
        (
            _list(
                {
                    "public_key": EDWARDS,
                    "algorithm": "ed25519",
                    "party": "a",
                    "name": "b",
                }
            ),
            "two names for one key: a, b",
        ),
    ],
)
def test_lists_that_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(TrustError, match=f"^keys.json.*{words}"):
        anchors_from_json(data, "keys.json")


@pytest.mark.parametrize(
    "text",
    [
        ELLIPTIC.raw.hex(),
        "0x" + ELLIPTIC.raw.hex().upper(),
        ELLIPTIC.raw[1:].hex(),
        spki_of(ELLIPTIC).hex(),
        base64.b64encode(ELLIPTIC.raw).decode(),
        base64.b64encode(spki_of(ELLIPTIC)).decode(),
        base64.urlsafe_b64encode(ELLIPTIC.raw).decode().rstrip("="),
        f"  {ELLIPTIC.raw.hex()}\n",
        encode_pem("PUBLIC KEY", spki_of(ELLIPTIC)).decode(),
    ],
)
def test_ways_to_write_one_key(text: str) -> None:
    for algorithm in ("p256", "P-256", "prime256v1", "secp256r1"):
        assert parse_key(text, algorithm, "here") == ELLIPTIC


def test_an_algorithm_that_is_not_the_key_s() -> None:
    for text in (spki_of(ELLIPTIC).hex(), encode_pem("PUBLIC KEY", spki_of(ELLIPTIC))):
        written = text if isinstance(text, str) else text.decode()
        with pytest.raises(TrustError, match="here: the key is p256, not ed25519"):
            parse_key(written, "ed25519", "here")


@given(st.text(max_size=90), st.sampled_from(["", "p256", "ed25519", "rsa", "sm2"]))
def test_no_text_makes_anything_but_a_trust_error(text: str, algorithm: str) -> None:
    try:
        key = parse_key(text, algorithm, "here")
    except TrustError:
        return
    assert key.kind == algorithm


def test_lists_of_validators_and_sealers() -> None:
    secp256k1 = spki_of(secp256k1_key(6))[-64:]
    address = "0x" + "ab" * 20
    members: list[object] = [
        address,
        secp256k1.hex(),
        public_key_of(5).raw[1:].hex(),
        {"address": address, "name": "validator 1"},
        {"public_key": secp256k1.hex(), "algorithm": "secp256k1"},
    ]
    anchors = anchors_from_json(json.dumps(members).encode(), "validators.json")
    assert [each.key.kind for each in anchors] == [
        "secp256k1-address",
        "secp256k1",
        "sm2",
        "secp256k1-address",
        "secp256k1",
    ]
    assert anchors[0].label == address
    assert anchors[3].organisation == "validator 1"


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("pears!", "neither hex nor base64"),
        ("00" * 64, "neither an address nor a point"),
        ({"name": "nobody"}, "exactly one of"),
        ({"address": "ab" * 20, "public_key": "ab"}, "exactly one of"),
        ({"address": "ab" * 19}, "19 bytes"),
    ],
)
def test_members_of_lists_that_are_refused(member: object, words: str) -> None:
    with pytest.raises(TrustError, match=f"^v.json, key 1: .*{words}"):
        anchors_from_json(json.dumps([member]).encode(), "v.json")


def test_a_bare_key_that_begins_like_a_sequence_is_a_key() -> None:
    text = "306097c8c0f2c59dc99bc95728411766701cc6246c39d01a9034d5a524325fd3"
    assert parse_key(text, "ed25519", "here").raw == bytes.fromhex(text)
