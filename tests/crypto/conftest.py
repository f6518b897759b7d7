"""Makers of certificates and revocation lists for the tests of this folder."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from explorer.crypto.certificates import (
    Certificate,
    RevocationList,
    parse_certificate,
    parse_revocation_list,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


class Maker:
    """Makes certificates; each name has its own P-256 key unless one is given."""

    def __init__(self) -> None:
        self.keys: dict[str, PrivateKey] = {}
        self._serial = 1000

    def key(self, name: str) -> PrivateKey:
        return self.keys.setdefault(name, ec.generate_private_key(ec.SECP256R1()))

    def certificate(
        self,
        name: str,
        issuer: str = "",
        *,
        key: PrivateKey | None = None,
        issuer_key: PrivateKey | None = None,
        is_ca: bool = False,
        path_length: int | None = None,
        start: datetime = START,
        end: datetime = END,
        extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (),
        hash_used: hashes.SHA256 | hashes.SHA224 | None = None,
        units: tuple[str, ...] = (),
        bare: bool = False,
    ) -> Certificate:
        own = key or self.key(name)
        signer = issuer_key or (self.key(issuer) if issuer else own)
        self._serial += 1
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(name, units))
            .issuer_name(_name(issuer or name, () if issuer else units))
            .public_key(own.public_key())
            .serial_number(self._serial)
            .not_valid_before(start)
            .not_valid_after(end)
        )
        if not bare:
            constraints = x509.BasicConstraints(is_ca, path_length)
            builder = builder.add_extension(constraints, critical=True)
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        is_edwards = isinstance(signer, ed25519.Ed25519PrivateKey)
        algorithm = None if is_edwards else hash_used or hashes.SHA256()
        signed = builder.sign(signer, algorithm)
        return parse_certificate(signed.public_bytes(Encoding.DER))

    def revocation_list(
        self,
        issuer: str,
        *certificates: Certificate,
        key: PrivateKey | None = None,
        at: datetime = START,
    ) -> RevocationList:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(_name(issuer, ()))
            .last_update(START)
            .next_update(END)
        )
        for each in certificates:
            entry = x509.RevokedCertificateBuilder()
            entry = entry.serial_number(each.serial).revocation_date(at)
            builder = builder.add_revoked_certificate(entry.build())
        signed = builder.sign(key or self.key(issuer), hashes.SHA256())
        return parse_revocation_list(signed.public_bytes(Encoding.DER))


def _name(name: str, units: tuple[str, ...]) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, each) for each in units
    ]
    if name:
        parts.append(x509.NameAttribute(NameOID.COMMON_NAME, name))
    return x509.Name(parts)


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture(scope="session")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)
