"""Tests of the rules around Ed25519."""

import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from explorer.crypto.ed25519 import (
    fast_opener,
    is_well_formed,
    key_fault,
    library_accepts,
)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=50))
def test_real_keys_and_signatures_keep_the_rules(seed: bytes, message: bytes) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key()
    signature = private.sign(message)
    assert key_fault(public.public_bytes_raw()) == ""
    assert is_well_formed(signature)
    assert library_accepts(public, message, signature)
    assert not library_accepts(public, message + b"!", signature)


@given(st.binary(max_size=70))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert key_fault(data) in {"", "weak-key", "key-malformed"}
    assert is_well_formed(data) in {True, False}


def test_the_identity_key_fits_any_message_for_the_library_alone() -> None:
    """Why keys of small order are refused before a library is asked."""
    identity = (1).to_bytes(32, "little")
    assert key_fault(identity) == "weak-key"
    assert not is_well_formed(identity + bytes(32))


def test_the_fast_library_answers_yes_and_no() -> None:
    pytest.importorskip("nacl")
    opener = fast_opener()
    assert opener is not None
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    key = private.public_key().public_bytes_raw()
    assert opener(key, private.sign(b"pears") + b"pears") is True
    assert opener(key, private.sign(b"pears") + b"apples") is False


def test_without_the_fast_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nacl.bindings", None)
    assert fast_opener() is None
