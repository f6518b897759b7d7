"""Tests of keys read from and written as SubjectPublicKeyInfo."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.crypto.public_keys import (
    key_fingerprint,
    key_from_point,
    public_key_from_pem,
    public_key_from_spki,
    spki_of,
)
from explorer.crypto.sm2_sign import public_key_of
from explorer.encodings.pem import encode_pem
from explorer.model.keys import KeyKind, PublicKey

Any25519 = ed25519.Ed25519PublicKey | x25519.X25519PublicKey
LibraryKey = (
    ec.EllipticCurvePublicKey | Any25519 | ed448.Ed448PublicKey | rsa.RSAPublicKey
)


def _spki(key: LibraryKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture(scope="module")
def library_keys(rsa_key: rsa.RSAPrivateKey) -> dict[KeyKind, LibraryKey]:
    return {
        KeyKind.P256: ec.derive_private_key(5, ec.SECP256R1()).public_key(),
        KeyKind.P384: ec.derive_private_key(5, ec.SECP384R1()).public_key(),
        KeyKind.ED25519: ed25519.Ed25519PrivateKey.generate().public_key(),
        KeyKind.RSA: rsa_key.public_key(),
    }


def test_what_is_read_is_written_again(
    library_keys: dict[KeyKind, LibraryKey],
) -> None:
    for kind, key in library_keys.items():
        der = _spki(key)
        read = public_key_from_spki(der)
        assert read.kind is kind
        assert spki_of(read) == der
        assert key_fingerprint(read) == hashlib.sha256(der).digest()
        assert public_key_from_pem(encode_pem("PUBLIC KEY", der)) == read


def test_sm2_there_and_back() -> None:
    key = public_key_of(99)
    der = spki_of(key)
    assert der[:2] == b"\x30\x59"
    assert len(der) == 91
    assert public_key_from_spki(der) == key
    assert public_key_from_pem(encode_pem("PUBLIC KEY", der)) == key


def test_keys_can_be_compared_and_kept_in_sets() -> None:
    one = PublicKey(KeyKind.P256, b"\x04" + bytes(64))
    assert one == PublicKey(KeyKind.P256, b"\x04" + bytes(64))
    assert one != PublicKey(KeyKind.SM2, b"\x04" + bytes(64))
    assert len({one, PublicKey(KeyKind.P256, b"\x04" + bytes(64))}) == 1


def test_compressed_points_become_uncompressed() -> None:
    key = ec.derive_private_key(7, ec.SECP256R1()).public_key()
    full = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    short = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    wanted = PublicKey(KeyKind.P256, full)
    assert key_from_point(KeyKind.P256, full) == wanted
    assert key_from_point(KeyKind.P256, full[1:]) == wanted
    assert key_from_point(KeyKind.P256, short) == wanted


def test_bare_points_of_the_other_kinds() -> None:
    sm2 = public_key_of(5)
    assert key_from_point(KeyKind.SM2, sm2.raw) == sm2
    assert key_from_point(KeyKind.SM2, sm2.raw[1:]) == sm2
    edwards = PublicKey(KeyKind.ED25519, b"\x07" * 32)
    assert key_from_point(KeyKind.ED25519, b"\x07" * 32) == edwards


@pytest.mark.parametrize(
    ("kind", "octets", "reason"),
    [
        (KeyKind.P256, b"", "key-malformed"),
        (KeyKind.P256, bytes(64), "key-malformed"),
        (KeyKind.P384, b"\x04" + bytes(64), "key-malformed"),
        (KeyKind.ED25519, bytes(31), "key-malformed"),
        (KeyKind.RSA, bytes(256), "key-malformed"),
        (KeyKind.SM2, bytes(64), "key-malformed"),
        (KeyKind.SM2, b"\x00", "weak-key"),
    ],
)
def test_bare_points_that_are_none(kind: KeyKind, octets: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        key_from_point(kind, octets)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "key",
    [
        ec.derive_private_key(5, ec.SECP521R1()).public_key(),
        x25519.X25519PrivateKey.generate().public_key(),
        ed448.Ed448PrivateKey.generate().public_key(),
    ],
    ids=["p521", "x25519", "ed448"],
)
def test_kinds_that_are_left_out(key: LibraryKey) -> None:
    with pytest.raises(ReadError) as caught:
        public_key_from_spki(_spki(key))
    assert caught.value.reason == "unsupported-key"


def test_an_unknown_curve_is_unsupported() -> None:
    der = bytearray(spki_of(public_key_of(5)))
    der[22] ^= 1  # the last byte of the curve's object identifier
    with pytest.raises(ReadError) as caught:
        public_key_from_spki(bytes(der))
    assert caught.value.reason == "unsupported-key"


def test_damaged_keys() -> None:
    good = spki_of(public_key_of(5))
    off_curve = good[:-1] + bytes((good[-1] ^ 1,))
    p256 = _spki(ec.derive_private_key(5, ec.SECP256R1()).public_key())
    wrong = [b"", b"\x30", off_curve, good[:-1], good + b"\x00", p256 + b"\x00"]
    for each in (*wrong, p256[:-1], p256[:-1] + bytes((p256[-1] ^ 1,))):
        with pytest.raises(ReadError) as caught:
            public_key_from_spki(each)
        assert caught.value.reason == "key-malformed"


@given(st.binary(max_size=100))
def test_no_bytes_make_anything_but_a_read_error(data: bytes) -> None:
    allowed = {"", "key-malformed", "unsupported-key", "weak-key"}
    for each in (data, b"\x30" + data, spki_of(public_key_of(1))[:26] + data):
        assert _reason(each) in allowed


def _reason(der: bytes) -> str:
    try:
        public_key_from_spki(der)
    except ReadError as error:
        return error.reason
    return ""


def test_a_pem_text_must_hold_one_key() -> None:
    block = encode_pem("PUBLIC KEY", spki_of(public_key_of(5)))
    for text in (b"", b"no key here", block + block, encode_pem("CERTIFICATE", b"")):
        with pytest.raises(ReadError) as caught:
            public_key_from_pem(text)
        assert caught.value.reason == "no-public-key"


def test_secp256k1_there_and_back() -> None:
    library = ec.derive_private_key(9, ec.SECP256K1()).public_key()
    full = library.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    key = PublicKey(KeyKind.SECP256K1, full)
    assert public_key_from_spki(_spki(library)) == key
    assert spki_of(key) == _spki(library)
    short = library.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    for octets in (full, full[1:], short):
        assert key_from_point(KeyKind.SECP256K1, octets) == key
    address = key_from_point(KeyKind.SECP256K1_ADDRESS, bytes(20))
    assert address == PublicKey(KeyKind.SECP256K1_ADDRESS, bytes(20))
    with pytest.raises(ReadError, match="no secp256k1-address key"):
        key_from_point(KeyKind.SECP256K1_ADDRESS, bytes(21))
