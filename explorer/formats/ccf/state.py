"""Who the service, its nodes and its members are, as its own tables say.

Tables of CCF 1 to 6: ``public:ccf.gov.service.info``, ``…nodes.endorsed_certificates``,
``…nodes.info`` (which held the certificate in CCF 1), ``…members.certs``. What stands
in a table is what the ledger claims; that a node's certificate is the service's is
checked by its own claim.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_CERTIFICATES
from explorer.core.spans import ByteSpan
from explorer.crypto.certificates import Certificate, parse_certificate
from explorer.crypto.public_keys import key_fingerprint
from explorer.formats.ccf.chunks import RawEntry
from explorer.formats.ccf.tables import PublicPart, Table
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

SERVICE_INFO = "public:ccf.gov.service.info"
ENDORSED = "public:ccf.gov.nodes.endorsed_certificates"
NODES = "public:ccf.gov.nodes.info"
MEMBERS = "public:ccf.gov.members.certs"
IDENTITIES = frozenset({SERVICE_INFO, ENDORSED, NODES, MEMBERS})

MAX_JSON_BYTES = 16 * 2**20
DIGEST_SCHEMES: Mapping[KeyKind, SignatureScheme] = MappingProxyType(
    {
        KeyKind.P256: SignatureScheme.ECDSA_P256_DIGEST,
        KeyKind.P384: SignatureScheme.ECDSA_P384_DIGEST,
    }
)
"""Nodes sign the root itself, without hashing it again."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a certificate."""

    id: str
    certificate: Certificate
    key: PublicKey
    place: ByteSpan


class ServiceState:
    """The tables about identities, as far as the ledger was read."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self.services: dict[str, Holder] = {}
        """Every identity that the service had, by the hash of its key in hex."""
        self.service: Holder | None = None
        """The identity in force."""
        self.nodes: dict[str, Holder] = {}
        self.statuses: dict[str, str] = {}
        self.members: dict[str, Holder] = {}

    def apply(self, entry: RawEntry, part: PublicPart) -> None:
        """Take over what an entry writes about identities."""
        if part.tables.keys().isdisjoint(IDENTITIES):
            return
        for name, table in part.tables.items():
            if name == SERVICE_INFO:
                self._take_service(entry, table)
            elif name == ENDORSED:
                self._take(self.nodes, entry, table)
            elif name == NODES:
                self._take_nodes(entry, table)
            elif name == MEMBERS:
                self._take(self.members, entry, table)

    def _take_service(self, entry: RawEntry, table: Table) -> None:
        for _, value in table.writes:
            pem = text_member(entry.data[slice(*value)], "cert")
            found = holder_of("", pem, entry.place(*value))
            if found is not None and len(self.services) < MAX_CERTIFICATES:
                name = key_fingerprint(found.key).hex()
                self.service = Holder(name, found.certificate, found.key, found.place)
                self.services.setdefault(name, self.service)

    def _take(self, known: dict[str, Holder], entry: RawEntry, table: Table) -> None:
        for key, value in table.writes:
            data = entry.data[slice(*value)]
            is_json = data[:1] == b'"'
            pem = text_of(data) if is_json else data.decode("utf-8", "replace")
            self._keep(known, _name(entry.data[slice(*key)]), pem, entry.place(*value))

    def _take_nodes(self, entry: RawEntry, table: Table) -> None:
        for key, value in table.writes:
            data, name = entry.data[slice(*value)], _name(entry.data[slice(*key)])
            self.statuses[name] = text_member(data, "status")
            pem = text_member(data, "cert")
            if pem:
                self._keep(self.nodes, name, pem, entry.place(*value))
        for key in table.removals:
            self.statuses.pop(_name(entry.data[slice(*key)]), None)

    def _keep(
        self, known: dict[str, Holder], name: str, pem: str, place: ByteSpan
    ) -> None:
        found = holder_of(name, pem, place)
        if found is not None and len(known) < MAX_CERTIFICATES:
            known[name] = found


def holder_of(name: str, pem: str, place: ByteSpan) -> Holder | None:
    """Return who holds the certificate in ``pem``; ``None`` if it cannot be used."""
    try:
        certificate = parse_certificate(pem.encode())
    except ReadError:
        return None
    key = certificate.public_key
    if isinstance(key, Absent):
        return None
    return Holder(name, certificate, key, place)


def members_of(data: bytes) -> Mapping[str, object]:
    """Return the members of a JSON object; none if it is anything else."""
    if len(data) > MAX_JSON_BYTES:
        return {}
    try:
        value = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def text_member(data: bytes, name: str) -> str:
    """Return one text of a JSON object, empty if it is not there."""
    value = members_of(data).get(name)
    return value if isinstance(value, str) else ""


def text_of(data: bytes) -> str:
    """Return a JSON text, empty if it is anything else."""
    try:
        value = msgspec.json.decode(data, type=str)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ""
    return value


def _name(key: bytes) -> str:
    return key.decode("utf-8", "replace")


def all_holders(state: ServiceState) -> Iterator[tuple[str, Holder]]:
    """Yield everybody with the role that the tables give."""
    for role, known in (
        ("service", state.services),
        ("node", state.nodes),
        ("member", state.members),
    ):
        for each in known.values():
            yield role, each
