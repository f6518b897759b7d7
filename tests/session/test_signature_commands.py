"""Commands that repeat what was computed, run with the tools themselves."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.crypto.public_keys import key_from_library, spki_of
from explorer.model.claims import SignatureClaim
from explorer.model.keys import PublicKey, SignatureScheme
from explorer.session.commands import ByteSource, signature_command

SPAN = ByteSpan(0, 0, 1)
ROOT = digest(HashAlgorithm.SHA256, b"root")


def by_digest() -> tuple[PublicKey, bytes]:
    key = ec.generate_private_key(ec.SECP384R1())
    signature = key.sign(ROOT, ec.ECDSA(Prehashed(hashes.SHA256())))
    return key_from_library(key.public_key()), signature


def by_rsa() -> tuple[PublicKey, bytes]:
    key = rsa.generate_private_key(65_537, 2_048)
    signature = key.sign(ROOT, padding.PKCS1v15(), hashes.SHA384())
    return key_from_library(key.public_key()), signature


@pytest.mark.skipif(
    not (shutil.which("openssl") and shutil.which("xxd")), reason="no openssl or xxd"
)
@pytest.mark.parametrize(
    ("scheme", "made"),
    [
        (SignatureScheme.ECDSA_P384_DIGEST, by_digest()),
        (SignatureScheme.RSA_PKCS1_SHA384, by_rsa()),
    ],
)
def test_the_command_verifies_the_signature(
    tmp_path: Path, scheme: SignatureScheme, made: tuple[PublicKey, bytes]
) -> None:
    key, signature = made
    claim = SignatureClaim(
        "x", 0, 0, scheme, key, ROOT, signature, SPAN, SPAN, True, "x", "x"
    )
    command = signature_command(claim, spki_of(key), ByteSource((), "", b"", SPAN))
    done = subprocess.run(
        ["sh", "-c", command],  # noqa: S607 - the shell that people use
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
