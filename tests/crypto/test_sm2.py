"""Tests of SM2: the standard's example, the group law, and refusals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.crypto import sm2
from explorer.crypto.sm2 import (
    BASE,
    INFINITY,
    USES_BEFORE_TABLE,
    Affine,
    N,
    P,
    Sm2Verifier,
    add_affine,
    add_multiple,
    build_table,
    decode_point,
    decode_signature,
    double,
    message_scalar,
    to_affine,
)
from explorer.crypto.sm2_sign import public_key_of, sign, sign_with_nonces
from explorer.encodings.der import encode_signature

KEY = bytes.fromhex(
    "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)
MESSAGE = b"message digest"
"""GB/T 32918.5-2017, A.2."""
PRIVATE = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
NONCE = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21

scalars = st.integers(1, N - 1)


def _multiple(scalar: int, width: int = 4) -> Affine:
    total = add_multiple(INFINITY, build_table(BASE, width), width, scalar)
    return to_affine([total])[0]


def test_the_example_of_the_standard_with_and_without_tables() -> None:
    verifier = Sm2Verifier()
    for _ in range(USES_BEFORE_TABLE + 3):
        assert verifier.verify(KEY, MESSAGE, SIGNATURE)
        assert not verifier.verify(KEY, MESSAGE + b"!", SIGNATURE)
    assert len(verifier._tables) == 2


def test_the_example_of_the_standard_is_signed_again() -> None:
    e = message_scalar(KEY, MESSAGE, b"1234567812345678")
    assert e == 0xF0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640
    assert sign_with_nonces(PRIVATE, e, iter([NONCE])) == SIGNATURE
    assert public_key_of(PRIVATE).raw == KEY


def test_der_is_read_too() -> None:
    r, s = decode_signature(SIGNATURE)
    assert Sm2Verifier().verify(KEY, MESSAGE, encode_signature(r, s))


def test_another_identity_does_not_match() -> None:
    verifier = Sm2Verifier()
    signature = sign(PRIVATE, MESSAGE, b"ALICE123@YAHOO.COM")
    assert verifier.verify(KEY, MESSAGE, signature, b"ALICE123@YAHOO.COM")
    assert not verifier.verify(KEY, MESSAGE, signature)


@given(st.integers(1, N - 2), st.binary(max_size=80))
@settings(max_examples=15, deadline=None)
def test_what_is_signed_is_verified(private: int, message: bytes) -> None:
    verifier = Sm2Verifier()
    key = public_key_of(private).raw
    signature = sign(private, message)
    assert signature == sign(private, message)
    assert verifier.verify(key, message, signature)
    assert not verifier.verify(key, message + b"\x00", signature)
    assert not verifier.verify(key, message, signature[32:] + signature[:32])


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(bytes(32) + SIGNATURE[32:], id="r-zero"),
        pytest.param(SIGNATURE[:32] + bytes(32), id="s-zero"),
        pytest.param(N.to_bytes(32, "big") + SIGNATURE[32:], id="r-is-order"),
        pytest.param(SIGNATURE[:32] + N.to_bytes(32, "big"), id="s-is-order"),
        pytest.param(b"\xff" * 64, id="all-ones"),
        pytest.param(b"", id="empty"),
        pytest.param(SIGNATURE[:63], id="cut"),
        pytest.param(SIGNATURE + b"\x00", id="longer"),
    ],
)
def test_signatures_out_of_range(signature: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        Sm2Verifier().verify(KEY, MESSAGE, signature)
    assert caught.value.reason in {"malformed", "truncated", "trailing-data"}


def test_r_plus_s_equal_to_the_order_is_refused() -> None:
    r = int.from_bytes(SIGNATURE[:32], "big")
    signature = SIGNATURE[:32] + (N - r).to_bytes(32, "big")
    assert not Sm2Verifier().verify(KEY, MESSAGE, signature)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\x00", "weak-key"),
        (b"", "key-malformed"),
        (b"\x02" + KEY[1:33], "key-malformed"),
        (b"\x05" + KEY[1:], "key-malformed"),
        (KEY[:-1] + b"\x14", "key-malformed"),
        (b"\x04" + P.to_bytes(32, "big") + KEY[33:], "key-malformed"),
        (KEY[:33] + P.to_bytes(32, "big"), "key-malformed"),
    ],
)
def test_points_that_are_none(raw: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode_point(raw)
    assert caught.value.reason == reason


@given(scalars, scalars)
@settings(max_examples=25, deadline=None)
def test_multiples_add_up(one: int, other: int) -> None:
    if (one + other) % N == 0:
        return
    left = add_affine((*_multiple(one), 1), *_multiple(other))
    assert to_affine([left])[0] == _multiple((one + other) % N)


@pytest.mark.parametrize("width", [2, 4, 6, 8])
def test_tables_of_every_width_give_the_same_point(width: int) -> None:
    for scalar in (1, 2, 3, 127, 128, 129, 255, 256, N - 1, N // 2):
        assert _multiple(scalar, width) == _multiple(scalar, 5)


def test_special_cases_of_addition() -> None:
    base = (*BASE, 1)
    mirrored = (BASE[0], P - BASE[1])
    assert add_affine(INFINITY, *BASE) == base
    assert add_affine(base, *mirrored)[2] == 0
    assert to_affine([add_affine(base, *BASE)]) == to_affine([double(base)])
    assert _multiple(N - 1) == mirrored


def test_the_sum_at_infinity_matches_nothing() -> None:
    """With e chosen so that sG + tP vanishes, no residue may be accepted."""
    key = public_key_of(5).raw
    t = 7
    s = (-5 * t) % N
    r = (t - s) % N
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    assert not Sm2Verifier().verify(key, b"anything", signature)


def test_an_abscissa_above_the_order_is_reduced() -> None:
    point = (N + 5, 1, 1)
    assert sm2._abscissa_is(point, 5)
    assert not sm2._abscissa_is(point, 6)
    assert sm2._abscissa_is((P - 1, 1, 1), P - 1 - N)


def test_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sm2, "MAX_KEYS", 2)
    monkeypatch.setattr(sm2, "MAX_TABLES", 1)
    monkeypatch.setattr(sm2, "USES_BEFORE_TABLE", 1)
    verifier = Sm2Verifier()
    for private in (2, 3, 4, 5):
        key = public_key_of(private).raw
        for _ in range(3):
            assert verifier.verify(key, b"m", sign(private, b"m"))
    assert len(verifier._tables) == 1
    assert len(verifier._points) <= 2
