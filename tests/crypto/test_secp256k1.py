"""Tests of the arithmetic of secp256k1 against published values and the library."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.crypto.secp256k1 import (
    BASE,
    N,
    P,
    address_of,
    decode_point,
    encode_point,
    hash160,
    lift,
    recover,
    times_base,
    verify,
    verify_schnorr,
)
from explorer.crypto.secp256k1_library import OWN, best_library
from explorer.crypto.secp256k1_sign import (
    public_key_of,
    sign_digest,
    sign_schnorr,
)

SCHNORR = [
    (
        "F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9",
        "00" * 32,
        (
            "E907831F80848D1069A5371B402410364BDF1C5F8307B0084C55F1CE2DCA8215"
            "25F66A4A85EA8B71E482A74F382D2CE5EBEEE8FDB2172F477DF4900D310536C0"
        ),
        True,
    ),
    (
        "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
        "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
        (
            "6896BD60EEAE296DB48A229FF71DFE071BDE413E6D43F917DC8DCF8C78DE3341"
            "8906D11AC976ABCCB20B091292BFF4EA897EFCB639EA871CFA95F6DE339E4B0A"
        ),
        True,
    ),
    (
        "D69C3509BB99E412E68B0FE8544E72837DFA30746D8BE2AA65975F29D22DC7B9",
        "4DF3C3F68FCC83B27E9D42C90431A72499F17875C81A599B566C9889B9696703",
        (
            "00000000000000000000003B78CE563F89A0ED9414F5AA28AD0D96D6795F9C63"
            "76AFB1548AF603B3EB45C9F8207DEE1060CB71C04E80F593060B07D28308D7F4"
        ),
        True,
    ),
    (
        "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
        "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
        (
            "FFF97BD5755EEEA420453A14355235D382F6472F8568A18B2F057A1460297556"
            "3CC27944640AC607CD107AE10923D9EF7A73C643E166BE5EBEAFA34B1AC553E2"
        ),
        False,  # the nonce point has an odd y
    ),
    (
        "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
        "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
        (
            "1FA62E331EDBC21C394792D2AB1100A7B432B013DF3F6FF4F99FCB33E0E1515F"
            "28890B3EDB6E7189B630448B515CE4F8622A954CFE545735AAEA5134FCCDB2BD"
        ),
        False,  # made over the negated message
    ),
    (
        "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
        "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
        (
            "0000000000000000000000000000000000000000000000000000000000000000"
            "123DDA8328AF9C23A94C1FEECFD123BA4FB73476F0D594DCB65C6425BD186051"
        ),
        False,  # sG - eP is the point at infinity
    ),
    (
        "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
        "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
        f"{P:064X}69E89B4C5564D00349106B8497785DD7D1D713A8AE82B32FA79D5F7FC407D39B",
        False,  # r is the size of the field
    ),
    (
        "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
        "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
        f"6CFF5C3BA86C69EA4B7376F31A9BCB4F74C1976089B2D9963DA2E5543E177769{N:064X}",
        False,  # s is the order
    ),
]
"""BIP-340, test vectors 0, 1, 4, 6, 7, 9, 12 and 13."""

EIP155_HASH = "daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53"
EIP155_R = 0x28EF61340BD939BC2195FE537567866003E1A15D3C71FF63E1590620AA636276
EIP155_S = 0x67CBE9D8997F761AECB703304B3800CCF555C9F3DC64214B297FB1966A3B6D83
EIP155_ADDRESS = "9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f"
"""EIP-155, example."""


@pytest.mark.parametrize(("key", "message", "signature", "wanted"), SCHNORR)
def test_schnorr_vectors(key: str, message: str, signature: str, wanted: bool) -> None:
    arguments = (bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature))
    assert verify_schnorr(*arguments) is wanted
    assert best_library().verify_schnorr(*arguments) is wanted


@pytest.mark.parametrize(
    "key",
    ["EEFDEA4CDB677750A420FEE807EACF21EB9898AE79B9768766E4FAA04A2D4A34", f"{P:064X}"],
)
def test_schnorr_keys_that_are_no_point(key: str) -> None:
    with pytest.raises(ReadError) as caught:
        verify_schnorr(bytes.fromhex(key), b"", bytes(64))
    assert caught.value.reason == "key-malformed"


def test_the_first_schnorr_vector_is_signed_again() -> None:
    assert sign_schnorr(3, bytes(32)).hex().upper() == SCHNORR[0][2]


def test_a_published_deterministic_signature() -> None:
    """Key 1 over the creator's name, as many libraries test RFC 6979 with."""
    digest = hashlib.sha256(b"Satoshi Nakamoto").digest()
    signature = sign_digest(1, digest)
    assert signature[:64].hex() == (
        "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
        "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"
    )
    r, s = (int.from_bytes(signature[at : at + 32], "big") for at in (0, 32))
    key = public_key_of(1).raw
    assert verify(key, digest, r, s)
    assert verify(key, digest, r, N - s)
    assert not verify(key, hashlib.sha256(b"another").digest(), r, s)
    assert not verify(public_key_of(2).raw, digest, r, s)
    assert recover(digest, r, s, signature[64]) == key
    assert recover(digest, r, N - s, signature[64] ^ 1) == key


def test_the_sender_of_a_published_transaction() -> None:
    digest = bytes.fromhex(EIP155_HASH)
    for library in (OWN, best_library(), best_library(fast=False)):
        found = library.recover(digest, EIP155_R, EIP155_S, 0)
        assert address_of(found).hex() == EIP155_ADDRESS


def test_published_addresses_of_the_key_one() -> None:
    key = public_key_of(1).raw
    assert address_of(key).hex() == "7e5f4552091a69125d5dfcb7b8c2659029395bdf"
    compressed = b"\x02" + key[1:33]
    assert hash160(compressed).hex() == "751e76e8199196d454941c45d1b3a323f1433bd6"


def test_points() -> None:
    raw = encode_point(BASE)
    assert decode_point(raw) == decode_point(b"\x02" + raw[1:33]) == BASE
    assert decode_point(b"\x03" + raw[1:33]) == (BASE[0], P - BASE[1])
    assert times_base(1) == BASE
    assert times_base(N - 1) == (BASE[0], P - BASE[1])


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\x00", "weak-key"),
        (b"", "key-malformed"),
        (b"\x04" + bytes(64), "key-malformed"),
        (b"\x05" + encode_point(BASE)[1:], "key-malformed"),
        (b"\x06" + encode_point(BASE)[1:], "key-malformed"),
        (encode_point((BASE[0], BASE[1] ^ 1)), "key-malformed"),
        (b"\x04" + P.to_bytes(32, "big") + bytes(32), "key-malformed"),
        (b"\x02" + (5).to_bytes(32, "big"), "key-malformed"),  # not on the curve
        (b"\x02" + (P + 1).to_bytes(32, "big"), "key-malformed"),
    ],
)
def test_points_that_are_none(raw: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode_point(raw)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("r", "s", "recovery_id"),
    [
        (0, 1, 0),
        (1, 0, 0),
        (N, 1, 0),
        (1, N, 0),
        (EIP155_R, EIP155_S, 4),
        (EIP155_R, EIP155_S, 2),  # r + N is beyond the field
        (5, EIP155_S, 0),  # no point has this x
    ],
)
def test_signatures_that_no_key_made(r: int, s: int, recovery_id: int) -> None:
    for library in (OWN, best_library()):
        with pytest.raises(ReadError) as caught:
            library.recover(bytes(32), r, s, recovery_id)
        assert caught.value.reason == "not-recoverable"


def test_a_key_at_infinity_is_not_recovered() -> None:
    """With R = kG, s = 1 and e = k the two products cancel out."""
    nonce = 7
    x, y = times_base(nonce)
    with pytest.raises(ReadError, match="infinity"):
        recover(nonce.to_bytes(32, "big"), x, 1, y & 1)


def test_a_sum_at_infinity_is_no_signature() -> None:
    x = times_base(2)[0]
    e = (-x * 3 % N).to_bytes(32, "big")  # e/s G + r/s Q with Q = 3 G is nothing
    assert not verify(public_key_of(3).raw, e, x, 9)
    assert not best_library().verify(public_key_of(3).raw, e, x, 9)


@settings(max_examples=25)
@given(st.integers(1, N - 1), st.binary(min_size=32, max_size=32), st.integers(0, 511))
def test_both_implementations_agree(secret: int, digest: bytes, bit: int) -> None:
    fast = best_library()
    key = public_key_of(secret).raw
    made = sign_digest(secret, digest)
    changed = bytearray(made)
    changed[bit >> 3] ^= 1 << (bit & 7)
    for signature in (made, bytes(changed)):
        r, s = (int.from_bytes(signature[at : at + 32], "big") for at in (0, 32))
        if 0 < r < N and 0 < s < N:
            answer = verify(key, digest, r, s)
            assert answer is (signature == made)
            assert fast.verify(key, digest, r, s) is answer
    x_only = key[1:33]
    schnorr = sign_schnorr(secret, digest)
    broken = bytearray(schnorr)
    broken[bit >> 3] ^= 1 << (bit & 7)
    for signature in (schnorr, bytes(broken)):
        answer = verify_schnorr(x_only, digest, signature)
        assert answer is (signature == schnorr)
        assert fast.verify_schnorr(x_only, digest, signature) is answer


def test_lift_takes_the_parity_that_is_asked_for() -> None:
    assert lift(BASE[0], 0) == BASE
    assert lift(BASE[0], 1) == (BASE[0], P - BASE[1])
