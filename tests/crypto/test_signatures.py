"""Tests of signature verification: published vectors, and refusals one by one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.crypto import signatures
from explorer.crypto.public_keys import key_from_library
from explorer.crypto.signatures import SignatureReason, SignatureVerifier
from explorer.crypto.sm2_sign import public_key_of, sign
from explorer.encodings.der import encode_element, encode_signature, read_signature
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
P384_ORDER = int(
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
    "C7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973",
    16,
)
P256_KEY = PublicKey(
    KeyKind.P256,
    bytes.fromhex(
        "0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
        "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"
    ),
)
P256_R = 0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716
P256_S = 0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8
P384_KEY = PublicKey(
    KeyKind.P384,
    bytes.fromhex(
        "04EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64"
        "DEF8F0EA9055866064A254515480BC13"
        "8015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA84B3F1C9DB1"
        "288B231C3AE0D4FE7344FD2533264720"
    ),
)
P384_R = int(
    "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA7"
    "3D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46",
    16,
)
P384_S = int(
    "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526"
    "203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8",
    16,
)
MESSAGE = b"sample"
"""RFC 6979, A.2.5 with SHA-256 and A.2.6 with SHA-384."""

ED25519_VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
"""RFC 8032, section 7.1, tests 1 to 3."""
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493

P256 = SignatureScheme.ECDSA_P256_SHA256
P384 = SignatureScheme.ECDSA_P384_SHA384
ED25519 = SignatureScheme.ED25519
PKCS1 = SignatureScheme.RSA_PKCS1_SHA256
PSS = SignatureScheme.RSA_PSS_SHA256
SM2 = SignatureScheme.SM2_SM3


@pytest.fixture(params=[True, False], ids=["fast", "slow"])
def verifier(request: pytest.FixtureRequest) -> SignatureVerifier:
    return SignatureVerifier(fast=bool(request.param))


@pytest.mark.parametrize(
    ("scheme", "key", "r", "s"),
    [(P256, P256_KEY, P256_R, P256_S), (P384, P384_KEY, P384_R, P384_S)],
)
def test_ecdsa_vectors(scheme: str, key: PublicKey, r: int, s: int) -> None:
    verifier = SignatureVerifier()
    signature = encode_signature(r, s)
    assert verifier.verify(scheme, key, MESSAGE, signature) == "signature-valid"
    other = verifier.verify(scheme, key, b"Sample", signature)
    assert other == "signature-mismatch"


@pytest.mark.parametrize(
    ("scheme", "key", "r", "s", "order"),
    [
        (P256, P256_KEY, P256_R, P256_S, P256_ORDER),
        (P384, P384_KEY, P384_R, P384_S, P384_ORDER),
    ],
)
def test_low_s_takes_one_of_the_two_equivalent_signatures(
    scheme: str, key: PublicKey, r: int, s: int, order: int
) -> None:
    verifier = SignatureVerifier()
    high = encode_signature(r, max(s, order - s))
    low = encode_signature(r, min(s, order - s))
    for signature in (high, low):
        assert verifier.verify(scheme, key, MESSAGE, signature) == "signature-valid"
    assert verifier.verify(scheme, key, MESSAGE, high, low_s=True) == "high-s"
    assert verifier.verify(scheme, key, MESSAGE, low, low_s=True) == "signature-valid"


def test_half_of_the_order_is_still_low() -> None:
    verifier = SignatureVerifier()
    edge = encode_signature(P256_R, P256_ORDER // 2)
    above = encode_signature(P256_R, P256_ORDER // 2 + 1)
    answers = [
        verifier.verify(P256, P256_KEY, b"", each, True) for each in (edge, above)
    ]
    assert answers == ["signature-mismatch", "high-s"]


def _signature() -> bytes:
    return encode_signature(P256_R, P256_S)


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x30", id="only-a-tag"),
        pytest.param(b"\x30\x00", id="no-integers"),
        pytest.param(encode_signature(0, P256_S), id="r-zero"),
        pytest.param(encode_signature(P256_R, 0), id="s-zero"),
        pytest.param(encode_signature(0, 0), id="both-zero"),
        pytest.param(encode_signature(P256_ORDER, P256_S), id="r-is-order"),
        pytest.param(encode_signature(P256_R, P256_ORDER), id="s-is-order"),
        pytest.param(encode_signature(P256_R + P256_ORDER, P256_S), id="r-plus-order"),
        pytest.param(encode_signature(P256_R, P256_S + P256_ORDER), id="s-plus-order"),
        pytest.param(encode_signature(1 << 4096, 1), id="huge-r"),
        pytest.param(_signature() + b"\x00", id="trailing-zero"),
        pytest.param(_signature()[:-1], id="truncated"),
        pytest.param(b"\x31" + _signature()[1:], id="set-instead-of-sequence"),
        pytest.param(
            b"\x30\x81" + bytes((len(_signature()) - 2,)) + _signature()[2:],
            id="long-form-length",
        ),
        pytest.param(
            b"\x30\x82\x00" + bytes((len(_signature()) - 2,)) + _signature()[2:],
            id="padded-length",
        ),
        pytest.param(b"\x30\x80" + _signature()[2:] + b"\0\0", id="indefinite-length"),
        pytest.param(
            encode_element(
                0x30,
                encode_element(2, b"\x00\x00" + P256_R.to_bytes(32, "big"))
                + encode_element(2, b"\x00" + P256_S.to_bytes(32, "big")),
            ),
            id="padded-integer",
        ),
        pytest.param(
            encode_element(
                0x30,
                encode_element(2, P256_R.to_bytes(32, "big"))
                + encode_element(2, b"\x00" + P256_S.to_bytes(32, "big")),
            ),
            id="negative-integer",
        ),
        pytest.param(
            encode_element(0x30, _signature()[2:] + b"\x02\x01\x01"), id="third-integer"
        ),
        pytest.param(
            encode_element(0x30, _signature()[2:] + b"\x05\x00"), id="null-appended"
        ),
        pytest.param(
            P256_R.to_bytes(32, "big") + P256_S.to_bytes(32, "big"), id="raw-r-s"
        ),
    ],
)
def test_ecdsa_encodings_outside_der_or_range(signature: bytes) -> None:
    answer = SignatureVerifier().verify(P256, P256_KEY, MESSAGE, signature)
    assert answer == "signature-malformed"


def test_the_library_alone_would_accept_r_s_and_r_minus_s() -> None:
    mirrored = encode_signature(P256_R, P256_ORDER - P256_S)
    verifier = SignatureVerifier()
    assert verifier.verify(P256, P256_KEY, MESSAGE, mirrored) == "signature-valid"


@given(st.integers(0, 71), st.integers(1, 255))
@settings(max_examples=60)
def test_no_changed_byte_keeps_a_signature(position: int, change: int) -> None:
    signature = bytearray(_signature())
    position %= len(signature)
    signature[position] ^= change
    answer = SignatureVerifier().verify(P256, P256_KEY, MESSAGE, bytes(signature))
    assert answer in {"signature-mismatch", "signature-malformed"}


@pytest.mark.parametrize(
    ("kind", "raw", "reason"),
    [
        pytest.param(KeyKind.P256, b"\x00", "weak-key", id="infinity"),
        pytest.param(KeyKind.P256, b"", "key-malformed", id="empty"),
        pytest.param(
            KeyKind.P256, b"\x04" + bytes(64), "key-malformed", id="off-curve"
        ),
        pytest.param(
            KeyKind.P256, P256_KEY.raw[:-1] + b"\x00", "key-malformed", id="changed"
        ),
        pytest.param(KeyKind.P256, P256_KEY.raw[:-1], "key-malformed", id="cut"),
        pytest.param(
            KeyKind.P256, b"\x03" + P256_KEY.raw[1:33], "key-malformed", id="compressed"
        ),
        pytest.param(KeyKind.P256, P384_KEY.raw, "key-malformed", id="wrong-curve"),
        pytest.param(KeyKind.P384, b"\x00", "weak-key", id="p384-infinity"),
        pytest.param(KeyKind.P384, P256_KEY.raw, "key-malformed", id="p384-wrong"),
    ],
)
def test_ecdsa_keys_that_prove_nothing(kind: KeyKind, raw: bytes, reason: str) -> None:
    verifier = SignatureVerifier()
    key = PublicKey(kind, raw)
    scheme = P256 if kind is KeyKind.P256 else P384
    assert verifier.verify(scheme, key, MESSAGE, _signature()) == reason
    assert verifier.key_fault(key) == reason


def test_schemes_and_kinds_of_keys() -> None:
    verifier = SignatureVerifier()
    for scheme in (P384, ED25519, PKCS1, PSS, SM2):
        answer = verifier.verify(scheme, P256_KEY, MESSAGE, _signature())
        assert answer == "key-scheme-mismatch"
    for unknown in ("", "ecdsa-p256-sha1", "none", "p256"):
        answer = verifier.verify(unknown, P256_KEY, MESSAGE, _signature())
        assert answer == "unsupported-scheme"
    assert verifier.verify("ecdsa-p256-sha256", P256_KEY, MESSAGE, _signature()) == (
        "signature-valid"
    )


@pytest.mark.parametrize(("key", "message", "signature"), ED25519_VECTORS)
def test_ed25519_vectors(
    verifier: SignatureVerifier, key: str, message: str, signature: str
) -> None:
    parsed = PublicKey(KeyKind.ED25519, bytes.fromhex(key))
    octets, signed = bytes.fromhex(message), bytes.fromhex(signature)
    assert verifier.verify(ED25519, parsed, octets, signed) == "signature-valid"
    answer = verifier.verify(ED25519, parsed, octets + b"!", signed)
    assert answer == "signature-mismatch"
    assert verifier.key_fault(parsed) == ""


def _ed25519() -> tuple[PublicKey, bytes]:
    key, _, signature = ED25519_VECTORS[0]
    return PublicKey(KeyKind.ED25519, bytes.fromhex(key)), bytes.fromhex(signature)


def _ed25519_malformed() -> list[bytes]:
    _, signature = _ed25519()
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    identity = (1).to_bytes(32, "little")
    not_reduced = (2**255 - 19 + 5).to_bytes(32, "little")
    return [
        b"",
        signature[:-1],
        signature + b"\x00",
        r + (s + ED25519_ORDER).to_bytes(32, "little"),
        r + ED25519_ORDER.to_bytes(32, "little"),
        r + b"\xff" * 32,
        not_reduced + signature[32:],
        identity + bytes(32),
        identity + signature[32:],
    ]


@pytest.mark.parametrize("signature", _ed25519_malformed())
def test_ed25519_signatures_out_of_range(
    verifier: SignatureVerifier, signature: bytes
) -> None:
    key, _ = _ed25519()
    assert verifier.verify(ED25519, key, b"", signature) == "signature-malformed"


@pytest.mark.parametrize(
    "key",
    [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ],
)
def test_ed25519_keys_of_small_order(verifier: SignatureVerifier, key: str) -> None:
    """The eight points, and their six encodings that are not canonical."""
    weak = PublicKey(KeyKind.ED25519, bytes.fromhex(key))
    identity_signature = (1).to_bytes(32, "little") + bytes(32)
    assert verifier.verify(ED25519, weak, b"anything", identity_signature) == "weak-key"


def test_ed25519_keys_that_are_no_canonical_point(verifier: SignatureVerifier) -> None:
    no_point = (2).to_bytes(32, "little")
    not_reduced = (2**255 - 19 + 3).to_bytes(32, "little")
    for raw in (b"", bytes(31), no_point, not_reduced):
        key = PublicKey(KeyKind.ED25519, raw)
        assert verifier.verify(ED25519, key, b"", bytes(64)) == "key-malformed"


@given(st.binary(max_size=64), st.integers(0, 511))
@settings(max_examples=40)
def test_ed25519_with_and_without_the_fast_library(message: bytes, bit: int) -> None:
    private = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
    key = key_from_library(private.public_key())
    signature = private.sign(message)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    fast, slow = SignatureVerifier(fast=True), SignatureVerifier(fast=False)
    for each in (signature, bytes(changed)):
        answers = {one.verify(ED25519, key, message, each) for one in (fast, slow)}
        assert len(answers) == 1
        assert (answers == {SignatureReason.VALID}) is (each == signature)


def test_what_the_fast_library_refuses_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signatures, "fast_opener", lambda: lambda _key, _signed: False)
    key, signature = _ed25519()
    verifier = SignatureVerifier(fast=True)
    assert verifier.verify(ED25519, key, b"", signature) == "verifier-disagreement"
    assert verifier.verify(ED25519, key, b"x", signature) == "signature-mismatch"


def _rsa_signatures(key: rsa.RSAPrivateKey, message: bytes) -> dict[str, bytes]:
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    return {
        PKCS1: key.sign(message, padding.PKCS1v15(), hashes.SHA256()),
        PSS: key.sign(message, pss, hashes.SHA256()),
    }


def test_rsa_both_paddings(rsa_key: rsa.RSAPrivateKey) -> None:
    verifier = SignatureVerifier()
    key = key_from_library(rsa_key.public_key())
    made = _rsa_signatures(rsa_key, b"pears")
    for scheme, other in ((PKCS1, PSS), (PSS, PKCS1)):
        assert verifier.verify(scheme, key, b"pears", made[scheme]) == "signature-valid"
        answer = verifier.verify(scheme, key, b"apples", made[scheme])
        assert answer == "signature-mismatch"
        answer = verifier.verify(scheme, key, b"pears", made[other])
        assert answer == "signature-mismatch"
        for wrong in (b"", made[scheme][:-1], made[scheme] + b"\x00"):
            answer = verifier.verify(scheme, key, b"pears", wrong)
            assert answer == "signature-malformed"
        answer = verifier.verify(scheme, key, b"pears", b"\xff" * 256)
        assert answer == "signature-mismatch"


def test_pss_with_another_salt_length(rsa_key: rsa.RSAPrivateKey) -> None:
    key = key_from_library(rsa_key.public_key())
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 20)
    signature = rsa_key.sign(b"pears", pss, hashes.SHA256())
    answer = SignatureVerifier().verify(PSS, key, b"pears", signature)
    assert answer == "signature-mismatch"


@pytest.mark.parametrize(("exponent", "bits"), [(65537, 1024), (3, 2048)])
def test_rsa_keys_that_prove_nothing(exponent: int, bits: int) -> None:
    private = rsa.generate_private_key(exponent, bits)
    key = key_from_library(private.public_key())
    made = _rsa_signatures(private, b"pears")
    for scheme in (PKCS1, PSS):
        answer = SignatureVerifier().verify(scheme, key, b"pears", made[scheme])
        assert answer == "weak-key"


def _rsa_spki(modulus: int, exponent: int) -> bytes:
    numbers = encode_signature(modulus, exponent)  # the same two integers in a row
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    return encode_element(0x30, algorithm + encode_element(3, b"\x00" + numbers))


def test_rsa_keys_that_are_none(rsa_key: rsa.RSAPrivateKey) -> None:
    modulus = rsa_key.public_key().public_numbers().n
    elliptic = ec.generate_private_key(ec.SECP256R1()).public_key()
    other_kind = elliptic.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    oversized = _rsa_spki((1 << 16_500) + 1, 65537)
    for raw in (b"", b"\x30\x00", _rsa_spki(modulus, 1), other_kind, oversized):
        key = PublicKey(KeyKind.RSA, raw)
        answer = SignatureVerifier().verify(PKCS1, key, b"", bytes(256))
        assert answer == "key-malformed"


def test_sm2() -> None:
    verifier = SignatureVerifier()
    key = public_key_of(77)
    raw = sign(77, b"pears")
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    for signature in (raw, encode_signature(r, s)):
        assert verifier.verify(SM2, key, b"pears", signature) == "signature-valid"
        answer = verifier.verify(SM2, key, b"apples", signature)
        assert answer == "signature-mismatch"
    assert verifier.verify(SM2, key, b"pears", raw[:-1]) == "signature-malformed"
    for scalar, reason in (
        (b"\x00", "weak-key"),
        (b"\x04" + bytes(64), "key-malformed"),
    ):
        weak = PublicKey(KeyKind.SM2, scalar)
        assert verifier.verify(SM2, weak, b"pears", raw) == reason


def test_prepared_keys_do_not_grow_without_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signatures, "MAX_CERTIFICATES", 3)
    verifier = SignatureVerifier()
    for scalar in range(1, 9):
        key = public_key_of(scalar)
        answer = verifier.verify(SM2, key, b"m", sign(scalar, b"m"))
        assert answer == "signature-valid"
    assert len(verifier._prepared) <= 3


def test_one_verifier_serves_many_threads() -> None:
    verifier = SignatureVerifier()
    good, bad = _signature(), encode_signature(P256_R, P256_S - 1)

    def work(number: int) -> str:
        signature = bad if number % 3 == 0 else good
        return verifier.verify(P256, P256_KEY, MESSAGE, signature)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(work, range(200)))
    wanted = [
        "signature-valid" if each % 3 else "signature-mismatch" for each in range(200)
    ]
    assert answers == wanted


def test_reading_back_a_signature() -> None:
    assert read_signature(_signature()) == (P256_R, P256_S)


@pytest.mark.parametrize(
    ("scheme", "curve"),
    [
        (SignatureScheme.ECDSA_P256_DIGEST, ec.SECP256R1()),
        (SignatureScheme.ECDSA_P384_DIGEST, ec.SECP384R1()),
    ],
)
def test_a_digest_is_not_hashed_again(
    scheme: SignatureScheme, curve: ec.EllipticCurve
) -> None:
    private = ec.generate_private_key(curve)
    key = key_from_library(private.public_key())
    message = b"tree root"
    digest = hashes.Hash(hashes.SHA256())
    digest.update(message)
    signature = private.sign(message, ec.ECDSA(hashes.SHA256()))
    verify = SignatureVerifier(fast=False).verify
    value = digest.finalize()
    assert verify(scheme, key, value, signature) is SignatureReason.VALID
    assert verify(scheme, key, message, signature) is SignatureReason.MALFORMED
    assert verify(scheme, key, bytes(32), signature) is SignatureReason.MISMATCH


def test_rsa_with_sha384() -> None:
    private = rsa.generate_private_key(65_537, 2_048)
    key = key_from_library(private.public_key())
    signature = private.sign(MESSAGE, padding.PKCS1v15(), hashes.SHA384())
    verify = SignatureVerifier(fast=False).verify
    scheme = SignatureScheme.RSA_PKCS1_SHA384
    assert verify(scheme, key, MESSAGE, signature) is SignatureReason.VALID
    assert verify(scheme, key, b"other", signature) is SignatureReason.MISMATCH
    other = SignatureScheme.RSA_PKCS1_SHA256
    assert verify(other, key, MESSAGE, signature) is SignatureReason.MISMATCH
