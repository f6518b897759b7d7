"""Tests of the signer for samples."""

import pytest

from explorer.crypto.sm2 import BASE, N, Sm2Verifier
from explorer.crypto.sm2_sign import _nonces, public_key_of, sign, sign_with_nonces
from explorer.model.keys import KeyKind


@pytest.mark.parametrize("scalar", [0, -1, N - 1, N, 2 * N])
def test_scalars_out_of_range(scalar: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        public_key_of(scalar)
    with pytest.raises(ValueError, match="out of range"):
        sign(scalar, b"")


def test_the_key_of_one_is_the_base_point() -> None:
    key = public_key_of(1)
    assert key.kind is KeyKind.SM2
    assert key.raw == b"\x04" + b"".join(each.to_bytes(32, "big") for each in BASE)


def test_signatures_are_the_same_each_time_and_differ_by_message() -> None:
    assert sign(9, b"a") == sign(9, b"a")
    assert len({sign(9, b"a"), sign(9, b"b"), sign(8, b"a")}) == 3


def test_nonces_that_the_standard_forbids_are_passed_over() -> None:
    private, good = 11, 12345
    x = int.from_bytes(public_key_of(77).raw[1:33], "big")
    key = public_key_of(private).raw
    # With e = -x the nonce 77 gives r = 0; with e = -x - 77 it gives r + k = n.
    for e in (-x % N, (-x - 77) % N):
        assert sign_with_nonces(private, e, iter([77, good])) == sign_with_nonces(
            private, e, iter([good])
        )
    # With r = k / d the signature would have s = 0.
    e = (77 * pow(private, -1, N) - x) % N
    assert sign_with_nonces(private, e, iter([77, good])) == sign_with_nonces(
        private, e, iter([good])
    )
    with pytest.raises(ValueError, match="no nonce is left"):
        sign_with_nonces(private, e, iter([77]))
    assert Sm2Verifier().verify(key, b"m", sign(private, b"m"))


def test_nonces_differ_and_are_in_range(monkeypatch: pytest.MonkeyPatch) -> None:
    made = _nonces(3, 1)
    first, second = next(made), next(made)
    assert first != second
    assert 0 < first < N
    assert 0 < second < N
    # A candidate that is not below the order is passed over (RFC 6979, step h).
    monkeypatch.setattr("explorer.crypto.sm2_sign.N", first)
    passed = next(_nonces(3, 1))
    assert passed != first
    assert 0 < passed < first
