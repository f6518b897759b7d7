"""Tests of the choice between the binding, ``cryptography`` and our own code."""

import hashlib
import sys

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec

from explorer.core.errors import ReadError
from explorer.crypto.secp256k1 import N, recover, verify_schnorr
from explorer.crypto.secp256k1_library import best_library
from explorer.crypto.secp256k1_sign import public_key_of, sign_digest

DIGEST = hashlib.sha256(b"pears").digest()
KEY = public_key_of(77).raw


def _numbers() -> tuple[int, int]:
    made = sign_digest(77, DIGEST)
    return int.from_bytes(made[:32], "big"), int.from_bytes(made[32:64], "big")


@pytest.mark.parametrize("fast", [True, False])
def test_low_and_high_s_are_both_ecdsa(fast: bool) -> None:
    r, s = _numbers()
    library = best_library(fast=fast)
    assert library.verify(KEY, DIGEST, r, s)
    assert library.verify(KEY, DIGEST, r, N - s)
    assert not library.verify(KEY, DIGEST, r, s ^ 1)


def test_without_the_binding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "btclib_secp256k1.dsa", None)
    library = best_library()
    assert library.recover is recover
    assert library.verify_schnorr is verify_schnorr
    assert library.verify(KEY, DIGEST, *_numbers())


def test_an_openssl_without_the_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise UnsupportedAlgorithm("no such curve")

    monkeypatch.setattr(ec.EllipticCurvePublicKey, "from_encoded_point", refuse)
    assert best_library(fast=False).verify(KEY, DIGEST, *_numbers())


@pytest.mark.parametrize("fast", [True, False])
def test_every_form_of_a_point(fast: bool) -> None:
    library = best_library(fast=fast)
    parity = KEY[64] & 1
    forms = [KEY, bytes((2 + parity,)) + KEY[1:33], bytes((6 + parity,)) + KEY[1:]]
    for form in forms:
        assert library.uncompressed(form) == KEY
    for bad in (b"", bytes(33), bytes((7 - parity,)) + KEY[1:], KEY[1:]):
        with pytest.raises(ReadError):
            library.uncompressed(bad)
