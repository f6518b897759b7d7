"""Demonstration keys sign what the verifier accepts, and always alike."""

import hashlib

import pytest

from explorer.crypto.signatures import SignatureReason, SignatureVerifier
from explorer.lab.demonstration_keys import SEED_LABEL, demonstration_key
from explorer.model.keys import KeyKind, SignatureScheme

SCHEMES = {
    SignatureScheme.ED25519: KeyKind.ED25519,
    SignatureScheme.ECDSA_P256_SHA256: KeyKind.P256,
    SignatureScheme.SM2_SM3: KeyKind.SM2,
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_key_follows_from_its_seed(scheme: SignatureScheme) -> None:
    one, other = demonstration_key(scheme, "a"), demonstration_key(scheme, "b")
    assert one.public_key == demonstration_key(scheme, "a").public_key
    assert one.public_key != other.public_key
    assert one.public_key.kind is SCHEMES[scheme]
    assert one.scheme is scheme


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_it_signs_is_accepted_for_this_key_and_message(
    scheme: SignatureScheme,
) -> None:
    verifier = SignatureVerifier(fast=False)
    one, other = demonstration_key(scheme, "a"), demonstration_key(scheme, "b")
    for number in range(8):  # half of all s values would be high by chance
        message = b"message %d" % number
        signature = one.sign(message)
        assert signature == one.sign(message)
        verify = verifier.verify
        assert verify(scheme, one.public_key, message, signature, True) == (
            SignatureReason.VALID
        )
        assert verify(scheme, other.public_key, message, signature, True) == (
            SignatureReason.MISMATCH
        )


def test_the_readme_describes_how_a_key_is_made() -> None:
    secret = hashlib.sha256(
        b"provenance-explorer demonstration key, not secret\npears/orchard"
    ).digest()
    assert secret == hashlib.sha256(SEED_LABEL + b"pears/orchard").digest()


def test_other_schemes_are_refused() -> None:
    with pytest.raises(ValueError, match="no demonstration keys for rsa-pss-sha256"):
        demonstration_key(SignatureScheme.RSA_PSS_SHA256, "a")
