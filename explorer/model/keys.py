"""Public keys and signature schemes as plain values; nothing here computes.

Points are written as SEC 1 v2.0, section 2.3.3, describes; Ed25519 keys as RFC 8032,
section 5.1.5; RSA keys as the SubjectPublicKeyInfo of RFC 5280, section 4.1. Left out:
private keys, which this program never needs to read a ledger.
"""

from enum import StrEnum

import msgspec


class KeyKind(StrEnum):
    """The family of a public key."""

    P256 = "p256"
    """NIST P-256, also called secp256r1 and prime256v1."""
    P384 = "p384"
    """NIST P-384, also called secp384r1."""
    ED25519 = "ed25519"
    RSA = "rsa"
    SM2 = "sm2"
    """The curve sm2p256v1 of GB/T 32918.5-2017."""
    SECP256K1 = "secp256k1"
    SECP256K1_XONLY = "secp256k1-xonly"
    """Only the x coordinate of a point with even y (BIP-340)."""
    SECP256K1_ADDRESS = "secp256k1-address"
    """Only a hash of the point: the last 20 bytes of Keccak-256 over X and Y."""


class SignatureScheme(StrEnum):
    """A way to sign: the arithmetic together with the hash of the message."""

    ECDSA_P256_SHA256 = "ecdsa-p256-sha256"
    ECDSA_P384_SHA384 = "ecdsa-p384-sha384"
    ECDSA_P384_SHA256 = "ecdsa-p384-sha256"
    """A P-384 key with the shorter hash, as Hyperledger Fabric uses it."""
    ECDSA_P256_DIGEST = "ecdsa-p256-digest"
    """The message is a digest already (32, 48 or 64 bytes) and not hashed again."""
    ECDSA_P384_DIGEST = "ecdsa-p384-digest"
    """The same with a P-384 key, as nodes of CCF sign Merkle roots."""
    ED25519 = "ed25519"
    RSA_PKCS1_SHA256 = "rsa-pkcs1-sha256"
    RSA_PKCS1_SHA384 = "rsa-pkcs1-sha384"
    RSA_PSS_SHA256 = "rsa-pss-sha256"
    """MGF1 with SHA-256 and a salt of 32 bytes, as PS256 of RFC 7518 demands."""
    SM2_SM3 = "sm2-sm3"
    """With the default identity 1234567812345678 of GM/T 0009-2012."""
    SECP256K1_SHA256 = "secp256k1-sha256"
    SECP256K1_SHA256D = "secp256k1-sha256d"
    SECP256K1_DIGEST = "secp256k1-digest"
    """The message is the digest itself, 32 bytes."""
    SECP256K1_KECCAK256 = "secp256k1-keccak256"
    SECP256K1_KECCAK256_ADDRESS = "secp256k1-keccak256-address"
    """Signature ``r || s || recovery id``; the recovered key must have the address."""
    SECP256K1_DIGEST_ADDRESS = "secp256k1-digest-address"
    """The same over a message that is the digest itself, 32 bytes."""
    SCHNORR_SECP256K1 = "schnorr-secp256k1"
    """BIP-340."""


class PublicKey(msgspec.Struct, frozen=True, gc=False):
    """A public key in the one form used everywhere in the program."""

    kind: KeyKind
    raw: bytes
    """P-256, P-384, SM2, secp256k1: uncompressed point ``04 || X || Y``, big-endian.
    Ed25519: the 32 bytes of RFC 8032. RSA: DER of the SubjectPublicKeyInfo.
    secp256k1 otherwise: 32 bytes of x, or an address of 20 bytes."""


class SignatureRules(msgspec.Struct, frozen=True, gc=False):
    """What a ledger family demands of a signature beyond the arithmetic."""

    low_s: bool = False
    """ECDSA only: ``s`` may not exceed half the group order."""
