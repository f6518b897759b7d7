"""Tests of the commands for secp256k1: what openssl can check, it is made to check."""

import shutil
import subprocess
from pathlib import Path

import pytest

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto import sm2_sign
from explorer.crypto.hashes import digest
from explorer.crypto.public_keys import spki_of
from explorer.crypto.secp256k1_sign import public_key_of, sign_digest
from explorer.model.claims import SignatureClaim
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme
from explorer.session.commands import ByteSource, signature_command

MESSAGE = digest(HashAlgorithm.SHA256, b"pears")
PLACE = ByteSpan(0, 0, 1)
SOURCE = ByteSource((), "ledger.bin", b"", PLACE)


def _claim(scheme: SignatureScheme, key: PublicKey, signature: bytes) -> SignatureClaim:
    return SignatureClaim(
        "x.signature",
        0,
        0,
        scheme,
        key,
        MESSAGE,
        signature,
        PLACE,
        PLACE,
        decisive=True,
        signer="somebody",
        role="author",
    )


def test_bytes_that_begin_in_the_file_are_cut_out_of_it(tmp_path: Path) -> None:
    if not shutil.which("xxd"):
        pytest.skip("xxd is not installed")
    ledger = bytes(range(256)) * 20
    (tmp_path / "ledger.bin").write_bytes(ledger)
    place = ByteSpan(0, 100, 4_100)
    raw = ledger[100:4_100]
    command = ByteSource((), "ledger.bin", raw, place).command(raw + b"signer")
    bash = shutil.which("bash") or "bash"
    done = subprocess.run(
        [bash, "-c", command], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout == raw + b"signer"


@pytest.mark.parametrize(
    ("scheme", "hashed"),
    [
        (SignatureScheme.SECP256K1_SHA256, HashAlgorithm.SHA256),
        (SignatureScheme.SECP256K1_SHA256D, HashAlgorithm.SHA256D),
        (SignatureScheme.SECP256K1_DIGEST, None),
    ],
)
def test_openssl_verifies(
    tmp_path: Path, scheme: SignatureScheme, hashed: HashAlgorithm | None
) -> None:
    if not (shutil.which("openssl") and shutil.which("xxd")):
        pytest.skip("openssl and xxd are not installed")
    signed = MESSAGE if hashed is None else digest(hashed, MESSAGE)
    key = public_key_of(5)
    claim = _claim(scheme, key, sign_digest(5, signed)[:64])
    command = signature_command(claim, spki_of(key), SOURCE)
    bash = shutil.which("bash") or "bash"
    done = subprocess.run(
        [bash, "-c", command], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert b"Verified" in done.stdout


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        (SignatureScheme.SCHNORR_SECP256K1, "BIP-340"),
        (SignatureScheme.SECP256K1_KECCAK256_ADDRESS, "recovered"),
        (SignatureScheme.SECP256K1_DIGEST_ADDRESS, "recovered"),
    ],
)
def test_what_openssl_cannot_do_is_said(scheme: SignatureScheme, words: str) -> None:
    key = PublicKey(KeyKind.SECP256K1_ADDRESS, bytes(20))
    command = signature_command(_claim(scheme, key, b"\x07" * 65), b"", SOURCE)
    assert command.startswith("# openssl cannot check this")
    assert words in command
    assert "07" * 65 in command


def test_openssl_verifies_sm2_written_as_two_numbers(tmp_path: Path) -> None:
    if not (shutil.which("openssl") and shutil.which("xxd")):
        pytest.skip("openssl and xxd are not installed")
    key = sm2_sign.public_key_of(5)
    claim = _claim(SignatureScheme.SM2_SM3, key, sm2_sign.sign(5, MESSAGE))
    command = signature_command(claim, spki_of(key), SOURCE)
    bash = shutil.which("bash") or "bash"
    done = subprocess.run(
        [bash, "-c", command], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
