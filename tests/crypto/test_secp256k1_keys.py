"""Tests of secp256k1 through the signature verifier: every scheme, every refusal."""

import hashlib

import pytest

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import digest as hash_of
from explorer.crypto.secp256k1 import HALF_N, N, address_of
from explorer.crypto.secp256k1_keys import prepared_key
from explorer.crypto.secp256k1_library import OWN, Secp256k1Library
from explorer.crypto.secp256k1_sign import (
    public_key_of,
    sign_digest,
    sign_schnorr,
)
from explorer.crypto.signatures import SignatureVerifier
from explorer.encodings.der import encode_signature
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

SECRET = 0xC0FFEE
KEY = public_key_of(SECRET)
ADDRESS = PublicKey(KeyKind.SECP256K1_ADDRESS, address_of(KEY.raw))
X_ONLY = PublicKey(KeyKind.SECP256K1_XONLY, KEY.raw[1:33])
MESSAGE = b"a box of pears"
SHA256 = SignatureScheme.SECP256K1_SHA256
BY_ADDRESS = SignatureScheme.SECP256K1_KECCAK256_ADDRESS
SCHNORR = SignatureScheme.SCHNORR_SECP256K1


@pytest.fixture(params=[True, False], ids=["fast", "slow"])
def verifier(request: pytest.FixtureRequest) -> SignatureVerifier:
    return SignatureVerifier(fast=bool(request.param))


def _raw(r: int, s: int) -> bytes:
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _made() -> bytes:
    return sign_digest(SECRET, hashlib.sha256(MESSAGE).digest())


def _numbers() -> tuple[int, int]:
    made = _made()
    return int.from_bytes(made[:32], "big"), int.from_bytes(made[32:64], "big")


@pytest.mark.parametrize(
    ("scheme", "algorithm"),
    [
        (SHA256, HashAlgorithm.SHA256),
        (SignatureScheme.SECP256K1_SHA256D, HashAlgorithm.SHA256D),
        (SignatureScheme.SECP256K1_KECCAK256, HashAlgorithm.KECCAK256),
    ],
)
def test_each_hash(
    verifier: SignatureVerifier, scheme: SignatureScheme, algorithm: HashAlgorithm
) -> None:
    signature = sign_digest(SECRET, hash_of(algorithm, MESSAGE))[:64]
    assert verifier.verify(scheme, KEY, MESSAGE, signature) == "signature-valid"
    other = verifier.verify(scheme, KEY, MESSAGE + b"!", signature)
    assert other == "signature-mismatch"


def test_a_digest_is_taken_as_it_stands(verifier: SignatureVerifier) -> None:
    scheme = SignatureScheme.SECP256K1_DIGEST
    digest = hashlib.sha256(MESSAGE).digest()
    signature = _made()[:64]
    assert verifier.verify(scheme, KEY, digest, signature) == "signature-valid"
    short = verifier.verify(scheme, KEY, digest[:31], signature)
    assert short == "signature-malformed"


def test_both_encodings_and_both_halves(verifier: SignatureVerifier) -> None:
    r, s = _numbers()
    for signature in (_raw(r, s), encode_signature(r, s), _raw(r, N - s)):
        assert verifier.verify(SHA256, KEY, MESSAGE, signature) == "signature-valid"
    high = verifier.verify(SHA256, KEY, MESSAGE, _raw(r, N - s), low_s=True)
    assert high == "high-s"
    low = verifier.verify(SHA256, KEY, MESSAGE, _raw(r, s), low_s=True)
    assert low == "signature-valid"


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        bytes(64),
        _raw(1, 0),
        _raw(0, 1),
        _raw(N, 1),
        _raw(1, N),
        _made(),
        _made()[:63],
        encode_signature(N + 1, 1),
        encode_signature(1 << 300, 1),
        encode_signature(*_numbers()) + b"\x00",
    ],
)
def test_signatures_out_of_range_or_form(
    verifier: SignatureVerifier, signature: bytes
) -> None:
    answer = verifier.verify(SHA256, KEY, MESSAGE, signature)
    assert answer == "signature-malformed"


def test_wrong_keys(verifier: SignatureVerifier) -> None:
    signature = _made()[:64]
    stranger = public_key_of(SECRET + 1)
    answer = verifier.verify(SHA256, stranger, MESSAGE, signature)
    assert answer == "signature-mismatch"
    bad = PublicKey(KeyKind.SECP256K1, KEY.raw[:-1] + b"\x00")
    assert verifier.verify(SHA256, bad, MESSAGE, signature) == "key-malformed"
    nothing = PublicKey(KeyKind.SECP256K1, b"\x00")
    assert verifier.verify(SHA256, nothing, MESSAGE, signature) == "weak-key"
    other = verifier.verify(BY_ADDRESS, KEY, MESSAGE, signature)
    assert other == "key-scheme-mismatch"


def test_signatures_by_address(verifier: SignatureVerifier) -> None:
    signature = sign_digest(SECRET, hash_of(HashAlgorithm.KECCAK256, MESSAGE))
    assert verifier.verify(BY_ADDRESS, ADDRESS, MESSAGE, signature) == "signature-valid"
    wrong_id = signature[:64] + bytes((signature[64] ^ 1,))
    answers = [
        verifier.verify(BY_ADDRESS, ADDRESS, MESSAGE + b"!", signature),
        verifier.verify(BY_ADDRESS, ADDRESS, MESSAGE, wrong_id),
        verifier.verify(BY_ADDRESS, ADDRESS, MESSAGE, signature[:64] + b"\x02"),
    ]
    assert answers == ["signature-mismatch"] * 3
    for bad in (signature[:64], signature[:64] + b"\x04", bytes(65)):
        answer = verifier.verify(BY_ADDRESS, ADDRESS, MESSAGE, bad)
        assert answer == "signature-malformed"
    s = N - int.from_bytes(signature[32:64], "big")
    assert s > HALF_N
    high = signature[:32] + s.to_bytes(32, "big") + wrong_id[64:]
    assert verifier.verify(BY_ADDRESS, ADDRESS, MESSAGE, high) == "signature-valid"
    strict = verifier.verify(BY_ADDRESS, ADDRESS, MESSAGE, high, low_s=True)
    assert strict == "high-s"
    short = PublicKey(KeyKind.SECP256K1_ADDRESS, bytes(19))
    assert verifier.verify(BY_ADDRESS, short, MESSAGE, signature) == "key-malformed"


def test_schnorr(verifier: SignatureVerifier) -> None:
    signature = sign_schnorr(SECRET, MESSAGE)
    assert verifier.verify(SCHNORR, X_ONLY, MESSAGE, signature) == "signature-valid"
    other = verifier.verify(SCHNORR, X_ONLY, MESSAGE + b"!", signature)
    assert other == "signature-mismatch"
    cut = verifier.verify(SCHNORR, X_ONLY, MESSAGE, signature[:63])
    assert cut == "signature-malformed"
    for raw in (KEY.raw, b"\xff" * 32, (5).to_bytes(32, "big")):
        bad = PublicKey(KeyKind.SECP256K1_XONLY, raw)
        assert verifier.verify(SCHNORR, bad, MESSAGE, signature) == "key-malformed"


def test_what_the_first_library_alone_refuses_is_a_disagreement() -> None:
    library = Secp256k1Library(
        lambda *_: False, lambda *_: KEY.raw, lambda *_: False, bytes
    )
    by_address = sign_digest(SECRET, hash_of(HashAlgorithm.KECCAK256, MESSAGE))
    stranger = public_key_of(1).raw
    wrong = Secp256k1Library(
        library.verify, lambda *_: stranger, OWN.verify_schnorr, bytes
    )
    answers = [
        prepared_key(KEY, library).verify(SHA256, MESSAGE, _made()[:64], low_s=False),
        prepared_key(X_ONLY, library).verify(
            SCHNORR, MESSAGE, sign_schnorr(SECRET, MESSAGE), low_s=False
        ),
        prepared_key(ADDRESS, wrong).verify(
            BY_ADDRESS, MESSAGE, by_address, low_s=False
        ),
    ]
    assert answers == ["verifier-disagreement"] * 3


def test_an_address_over_a_digest() -> None:
    digest = bytes(range(32))
    signature = sign_digest(7, digest)
    address = PublicKey(KeyKind.SECP256K1_ADDRESS, address_of(public_key_of(7).raw))
    verify = SignatureVerifier().verify
    scheme = SignatureScheme.SECP256K1_DIGEST_ADDRESS
    assert verify(scheme, address, digest, signature) == "signature-valid"
    assert verify(scheme, address, bytes(32), signature) == "signature-mismatch"
    assert verify(scheme, address, digest[:31], signature) == "signature-malformed"
    other = signature[:64] + bytes((signature[64] ^ 1,))
    assert verify(scheme, address, digest, other) == "signature-mismatch"
