"""Claims to test checks with; keys are made anew in each run."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.model.blocks import Block
from explorer.model.claims import HashClaim, LinkClaim, SignatureClaim
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

PLACE = ByteSpan(0, 10, 20)
DECLARED = ByteSpan(0, 30, 62)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def hash_claim(covered: bytes, declared: bytes, block: int = 5) -> HashClaim:
    return HashClaim(
        "t.hash", block, 1, HashAlgorithm.SHA256, covered, declared, PLACE, DECLARED
    )


def link_claim(parent: bytes, declared: bytes, block: int = 6) -> LinkClaim:
    return LinkClaim(
        "t.link", block, HashAlgorithm.SHA256, parent, declared, PLACE, DECLARED
    )


def block(height: int, header: bytes) -> Block:
    return Block(height, PLACE, HashAlgorithm.SHA256, header, b"", 0)


class Signer:
    """An Ed25519 key that makes signature claims."""

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.generate()
        raw = self._private.public_key().public_bytes_raw()
        self.key = PublicKey(KeyKind.ED25519, raw)

    def claim(
        self, message: bytes, signed: bytes | None = None, *, decisive: bool = False
    ) -> SignatureClaim:
        signature = self._private.sign(message if signed is None else signed)
        return SignatureClaim(
            "t.signature",
            5,
            2,
            SignatureScheme.ED25519,
            self.key,
            message,
            signature,
            PLACE,
            DECLARED,
            decisive,
            "somebody",
            "author",
        )
