"""A throw-away Fabric network for tests: organisations, configuration, blocks, stores.

Written from the format alone and without the package under test, except for the wire
encoding of single fields; hashes and update bytes are worked out here a second time.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from explorer.encodings.protobuf import encode_bytes, encode_integer, encode_varint

_ORDERS = {
    "secp256r1": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "secp384r1": (
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973
    ),
}
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
CHANNEL = "test-channel"
Key = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def _name(common: str, unit: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if unit:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    return x509.Name(parts)


def _digest(key: Key) -> hashes.SHA256 | None:
    return None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()


@dataclass
class Authority:
    """A certificate authority."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def issue(
        self,
        name: x509.Name,
        key: Key,
        *,
        is_ca: bool = False,
        begin: datetime = BEGIN,
        end: datetime = BEGIN + 10 * YEAR,
    ) -> x509.Certificate:
        builder = x509.CertificateBuilder(
            self.certificate.subject, name, key.public_key(), _serial(), begin, end
        )
        return _signed(builder, key, self.key, is_ca=is_ca)

    def intermediate(self, common: str) -> "Authority":
        key = ec.generate_private_key(ec.SECP256R1())
        return Authority(self.issue(_name(common), key, is_ca=True), key)

    def revoke(self, *certificates: x509.Certificate) -> bytes:
        """Return a revocation list as PEM."""
        builder = x509.CertificateRevocationListBuilder(
            self.certificate.subject, BEGIN, BEGIN + YEAR
        ).add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
            critical=False,
        )
        for each in certificates:
            revoked = x509.RevokedCertificateBuilder(each.serial_number, BEGIN + YEAR)
            builder = builder.add_revoked_certificate(revoked.build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)


def _serial() -> int:
    return x509.random_serial_number()


def _signed(
    builder: x509.CertificateBuilder, key: Key, signer: Key, *, is_ca: bool
) -> x509.Certificate:
    public = key.public_key()
    builder = builder.add_extension(
        x509.BasicConstraints(ca=is_ca, path_length=None), critical=True
    ).add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    return builder.sign(signer, _digest(signer))


def new_authority(common: str) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(common)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), _serial(), BEGIN, BEGIN + 20 * YEAR
    )
    return Authority(_signed(builder, key, key, is_ca=True), key)


@dataclass
class Signer:
    """An identity that signs."""

    msp_id: str
    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def identity(self) -> bytes:
        """``SerializedIdentity``."""
        return encode_bytes(1, self.msp_id.encode()) + encode_bytes(2, self.pem)

    def sign(self, message: bytes, *, high_s: bool = False) -> bytes:
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return self.key.sign(message)
        made = self.key.sign(message, ec.ECDSA(hashes.SHA256()))
        order = _ORDERS.get(self.key.curve.name)
        if order is None:
            return made
        r, s = decode_dss_signature(made)
        if (s > order // 2) is not high_s:
            s = order - s
        return encode_dss_signature(r, s)


@dataclass
class Org:
    """An organisation with its authority."""

    name: str
    authority: Authority
    intermediates: list[Authority] = field(default_factory=list)
    revocation_lists: list[bytes] = field(default_factory=list)
    admins: list[Signer] = field(default_factory=list)
    has_node_units: bool = True
    extra_roots: list[bytes] = field(default_factory=list)

    @property
    def msp_id(self) -> str:
        return f"{self.name}MSP"

    def signer(
        self,
        common: str,
        unit: str = "peer",
        *,
        issuer: Authority | None = None,
        key: Key | None = None,
        end: datetime = BEGIN + 10 * YEAR,
    ) -> Signer:
        own = key if key is not None else ec.generate_private_key(ec.SECP256R1())
        chosen = issuer if issuer is not None else self.authority
        certificate = chosen.issue(_name(common, unit), own, end=end)
        return Signer(self.msp_id, certificate, own)

    def msp(self) -> bytes:
        """Return the ``MSPConfig`` of the organisation."""
        config = encode_bytes(1, self.msp_id.encode())
        for pem in (self.authority.pem, *self.extra_roots):
            config += encode_bytes(2, pem)
        config += b"".join(encode_bytes(3, each.pem) for each in self.intermediates)
        config += b"".join(encode_bytes(4, each.pem) for each in self.admins)
        config += b"".join(encode_bytes(5, each) for each in self.revocation_lists)
        if self.has_node_units:
            units = encode_integer(1, 1)
            for number, unit in enumerate(("client", "peer", "admin", "orderer"), 2):
                units += encode_bytes(number, encode_bytes(2, unit.encode()))
            config += encode_bytes(11, units)
        return encode_bytes(2, config)


def new_org(name: str) -> Org:
    return Org(name, new_authority(f"ca.{name}"))


# ---- policies ---------------------------------------------------------------


def role(msp_id: str, number: int) -> bytes:
    """Return a principal; 0 member, 1 admin, 2 client, 3 peer, 4 orderer."""
    inner = encode_bytes(1, msp_id.encode()) + encode_integer(2, number)
    return encode_bytes(2, inner)


def exactly(signer: Signer) -> bytes:
    """Return the principal of one identity."""
    return encode_integer(1, 2) + encode_bytes(2, signer.identity)


def signed_by(index: int) -> bytes:
    return encode_varint(1 << 3) + encode_varint(index)


def n_out_of(n: int, *rules: bytes) -> bytes:
    inner = encode_integer(1, n) + b"".join(encode_bytes(2, each) for each in rules)
    return encode_bytes(2, inner)


def envelope_of(rule: bytes, *principals: bytes) -> bytes:
    """Return a ``SignaturePolicyEnvelope``."""
    return encode_bytes(2, rule) + b"".join(
        encode_bytes(3, each) for each in principals
    )


def of_each(n: int, *principals: bytes) -> bytes:
    """Return an envelope that ``n`` of the principals satisfy."""
    rules = [signed_by(index) for index in range(len(principals))]
    return envelope_of(n_out_of(n, *rules), *principals)


def signature_policy(envelope: bytes) -> bytes:
    return encode_integer(1, 1) + encode_bytes(2, envelope)


def meta_policy(sub_policy: str, rule: int) -> bytes:
    inner = encode_bytes(1, sub_policy.encode()) + encode_integer(2, rule)
    return encode_integer(1, 3) + encode_bytes(2, inner)


ANY, ALL, MAJORITY = range(3)


# ---- configuration ----------------------------------------------------------


@dataclass
class Group:
    """A configuration group; values and policies are (version, bytes)."""

    groups: dict[str, "Group"] = field(default_factory=dict)
    values: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    policies: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    version: int = 0
    mod_policy: str = "Admins"

    def encode(self) -> bytes:
        out = encode_integer(1, self.version)
        for name, group in self.groups.items():
            out += _map_entry(2, name, group.encode())
        for number, items in ((3, self.values), (4, self.policies)):
            for name, (version, value) in items.items():
                item = encode_integer(1, version) + encode_bytes(2, value)
                item += encode_bytes(3, b"Admins")
                out += _map_entry(number, name, item)
        return out + encode_bytes(5, self.mod_policy.encode())


def _map_entry(number: int, key: str, value: bytes) -> bytes:
    return encode_bytes(number, encode_bytes(1, key.encode()) + encode_bytes(2, value))


def capabilities(name: str) -> bytes:
    return encode_bytes(1, encode_bytes(1, name.encode()) + encode_bytes(2, b""))


def org_group(org: Org, *, runs_peers: bool) -> Group:
    group = Group(values={"MSP": (0, org.msp())})
    member, admin, peer = (role(org.msp_id, each) for each in (0, 1, 3))
    for name in ("Readers", "Writers"):
        group.policies[name] = (0, signature_policy(of_each(1, member)))
    group.policies["Admins"] = (0, signature_policy(of_each(1, admin)))
    if runs_peers:
        group.policies["Endorsement"] = (0, signature_policy(of_each(1, peer)))
    return group


def consenter(number: int, signer: Signer) -> bytes:
    inner = encode_integer(1, number) + encode_bytes(4, signer.msp_id.encode())
    return encode_bytes(1, inner + encode_bytes(5, signer.pem))


def channel_group(
    peers: Sequence[Org],
    orderers: Sequence[Org],
    consenters: Sequence[Signer] = (),
    block_policy: bytes = b"",
) -> Group:
    """Return a channel; with consenters it is a BFT channel."""
    application = Group(values={"Capabilities": (0, capabilities("V2_5"))})
    ordering = Group()
    for org in peers:
        application.groups[org.name] = org_group(org, runs_peers=True)
    for org in orderers:
        ordering.groups[org.name] = org_group(org, runs_peers=False)
    channel = Group(groups={"Application": application, "Orderer": ordering})
    for group in (application, ordering, channel):
        for name, rule in (("Readers", ANY), ("Writers", ANY), ("Admins", MAJORITY)):
            group.policies[name] = (0, meta_policy(name, rule))
    for name in ("Endorsement", "LifecycleEndorsement"):
        application.policies[name] = (0, meta_policy("Endorsement", MAJORITY))
    accepted = meta_policy("Writers", ANY)
    kind = "etcdraft"
    if consenters:
        kind = "BFT"
        least = _bft_quorum(len(consenters))
        principals = [exactly(each) for each in consenters]
        accepted = signature_policy(of_each(least, *principals))
        mapping = [consenter(number, each) for number, each in enumerate(consenters, 1)]
        ordering.values["Orderers"] = (0, b"".join(mapping))
    ordering.policies["BlockValidation"] = (0, block_policy or accepted)
    ordering.values["ConsensusType"] = (0, encode_bytes(1, kind.encode()))
    return channel


def _bft_quorum(n: int) -> int:
    f = (n - 1) // 3
    return -(-(n + f + 1) // 2)


# ---- envelopes --------------------------------------------------------------


def timestamp(seconds: int) -> bytes:
    return encode_integer(1, seconds)


def channel_header(
    kind: int, channel: str, tx_id: str = "", chaincode: str = ""
) -> bytes:
    header = encode_integer(1, kind) + encode_bytes(3, timestamp(1_767_225_600))
    header += encode_bytes(4, channel.encode())
    header += encode_bytes(5, tx_id.encode()) if tx_id else b""
    if chaincode:
        named = encode_bytes(2, encode_bytes(2, chaincode.encode()))
        header += encode_bytes(7, named)
    return header


def signature_header(creator: bytes, nonce: bytes) -> bytes:
    return (encode_bytes(1, creator) if creator else b"") + encode_bytes(2, nonce)


def envelope(
    header: tuple[bytes, bytes], data: bytes, signer: Signer | None = None
) -> bytes:
    both = encode_bytes(1, header[0]) + encode_bytes(2, header[1])
    payload = encode_bytes(1, both) + encode_bytes(2, data)
    out = encode_bytes(1, payload)
    return out if signer is None else out + encode_bytes(2, signer.sign(payload))


def config_envelope(
    sequence: int, group: Group, update: bytes = b"", signer: Signer | None = None
) -> bytes:
    config = encode_integer(1, sequence) + encode_bytes(2, group.encode())
    data = encode_bytes(1, config) + (encode_bytes(2, update) if update else b"")
    creator = signer.identity if signer is not None else b""
    header = channel_header(1, CHANNEL), signature_header(creator, b"n" * 24)
    return envelope(header, data, signer)


def config_update(
    read_set: Group, write_set: Group, admins: Sequence[Signer], channel: str = CHANNEL
) -> bytes:
    """Return the ``last_update`` envelope, signed by ``admins``."""
    update = encode_bytes(1, channel.encode()) + encode_bytes(2, read_set.encode())
    update += encode_bytes(3, write_set.encode())
    body = encode_bytes(1, update)
    for admin in admins:
        header = signature_header(admin.identity, b"a" * 24)
        signature = admin.sign(header + update)
        body += encode_bytes(2, encode_bytes(1, header) + encode_bytes(2, signature))
    head = channel_header(2, channel), signature_header(admins[0].identity, b"b" * 24)
    return envelope(head, body, admins[0])


@dataclass
class Writes:
    """What a transaction does in one namespace."""

    space: str
    reads: dict[str, tuple[int, int] | None] = field(default_factory=dict)
    writes: dict[str, bytes | None] = field(default_factory=dict)
    metadata: dict[str, bytes] = field(default_factory=dict)
    """Key → its own endorsement policy."""
    ranges: list[bytes] = field(default_factory=list)
    hashed: dict[str, dict[bytes, bytes]] = field(default_factory=dict)
    """Collection → key hash → value hash."""
    hashed_reads: dict[str, dict[bytes, tuple[int, int] | None]] = field(
        default_factory=dict
    )

    def encode(self) -> bytes:
        rwset = b""
        for key, version in self.reads.items():
            read = encode_bytes(1, key.encode())
            read += encode_bytes(2, version_of(version)) if version else b""
            rwset += encode_bytes(1, read)
        rwset += b"".join(encode_bytes(2, each) for each in self.ranges)
        for key, value in self.writes.items():
            write = encode_bytes(1, key.encode())
            write += encode_integer(2, 1) if value is None else encode_bytes(3, value)
            rwset += encode_bytes(3, write)
        for key, policy in self.metadata.items():
            entry = encode_bytes(1, b"VALIDATION_PARAMETER") + encode_bytes(2, policy)
            rwset += encode_bytes(
                4, encode_bytes(1, key.encode()) + encode_bytes(2, entry)
            )
        out = encode_bytes(1, self.space.encode()) + encode_bytes(2, rwset)
        for name in {**self.hashed, **self.hashed_reads}:
            inner = b"".join(
                encode_bytes(
                    1,
                    encode_bytes(1, seen)
                    + (encode_bytes(2, version_of(at)) if at else b""),
                )
                for seen, at in self.hashed_reads.get(name, {}).items()
            )
            inner += b"".join(
                encode_bytes(2, encode_bytes(1, made) + encode_bytes(3, digest))
                for made, digest in self.hashed.get(name, {}).items()
            )
            part = encode_bytes(1, name.encode()) + encode_bytes(2, inner)
            out += encode_bytes(3, part)
        return out


def version_of(version: tuple[int, int]) -> bytes:
    return encode_integer(1, version[0]) + encode_integer(2, version[1])


def range_query(
    start: str, end: str, reads: dict[str, tuple[int, int]], *, exhausted: bool = True
) -> bytes:
    raw = b"".join(
        encode_bytes(1, encode_bytes(1, key.encode()) + encode_bytes(2, version_of(at)))
        for key, at in reads.items()
    )
    out = encode_bytes(1, start.encode()) + encode_bytes(2, end.encode())
    return out + encode_integer(3, exhausted) + encode_bytes(4, raw)


@dataclass
class Call:
    """A transaction that calls a chaincode; every part can be made wrong."""

    creator: Signer
    endorsers: Sequence[Signer]
    spaces: Sequence[Writes]
    chaincode: str = "pear"
    function: str = "Register"
    nonce: bytes = b"\x01" * 24
    channel: str = CHANNEL
    tx_id: str = ""
    proposal_hash: bytes = b""
    high_s_endorsement: bool = False
    wrong_signature: bool = False

    def encode(self) -> bytes:
        creator = self.creator.identity
        made = hashlib.sha256(self.nonce + creator).hexdigest()
        signed = signature_header(creator, self.nonce)
        header = channel_header(3, self.channel, self.tx_id or made, self.chaincode)
        arguments = encode_bytes(1, self.function.encode())
        spec = encode_integer(1, 1) + encode_bytes(3, arguments)
        proposal = encode_bytes(1, encode_bytes(1, spec))
        digest = hashlib.sha256(header + signed + proposal).digest()
        results = b"".join(encode_bytes(2, each.encode()) for each in self.spaces)
        named = encode_bytes(2, self.chaincode.encode()) + encode_bytes(3, b"1.0")
        action = encode_bytes(1, results) + encode_bytes(3, encode_integer(1, 200))
        action += encode_bytes(4, named)
        response = encode_bytes(1, self.proposal_hash or digest)
        response += encode_bytes(2, action)
        endorsed = encode_bytes(1, response)
        for each in self.endorsers:
            signature = each.sign(
                response + each.identity, high_s=self.high_s_endorsement
            )
            endorsed += encode_bytes(
                2, encode_bytes(1, each.identity) + encode_bytes(2, signature)
            )
        body = encode_bytes(1, proposal) + encode_bytes(2, endorsed)
        data = encode_bytes(1, encode_bytes(1, signed) + encode_bytes(2, body))
        signer = self.creator
        if self.wrong_signature:
            key = ec.generate_private_key(ec.SECP256R1())
            signer = Signer(signer.msp_id, signer.certificate, key)
        return envelope((header, signed), data, signer)


def definition(
    chaincode: str,
    policy: bytes,
    collections: dict[str, bytes] | None = None,
    blocks_to_live: int = 0,
) -> Writes:
    """Return the writes that commit a chaincode definition."""
    fields = f"namespaces/fields/{chaincode}"
    validation = encode_bytes(1, b"vscc") + encode_bytes(2, policy)
    package = b""
    for name, own in (collections or {}).items():
        static = encode_bytes(1, name.encode())
        static += encode_integer(5, blocks_to_live)
        static += encode_bytes(8, own) if own else b""
        package += encode_bytes(1, encode_bytes(1, static))
    return Writes(
        "_lifecycle",
        writes={
            f"namespaces/metadata/{chaincode}": encode_bytes(1, b"ChaincodeDefinition"),
            f"{fields}/Sequence": encode_integer(1, 1),
            f"{fields}/ValidationInfo": encode_bytes(2, validation),
            f"{fields}/Collections": encode_bytes(2, package),
        },
    )


def channel_reference(name: str) -> bytes:
    """Return an ``ApplicationPolicy`` that names a policy of the channel."""
    return encode_bytes(2, name.encode())


# ---- blocks -----------------------------------------------------------------


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


@dataclass
class Block:
    """One block; change anything before ``record``."""

    number: int
    previous_hash: bytes
    envelopes: list[bytes]
    value: bytes
    signatures: list[bytes] = field(default_factory=list)
    flags: bytes = b""
    commit_hash: bytes = b""
    data_hash: bytes = b""
    slot_1: bytes = b""

    @property
    def header(self) -> bytes:
        number = self.number.to_bytes(self.number.bit_length() // 8 + 1, "big")
        parts = _der(2, number) + _der(4, self.previous_hash) + _der(4, self.data_hash)
        return _der(0x30, parts)

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(self.header).digest()

    def slots(self) -> list[bytes]:
        first = encode_bytes(1, self.value)
        first += b"".join(encode_bytes(2, each) for each in self.signatures)
        last = encode_bytes(1, self.commit_hash) if self.commit_hash else b""
        return [first, self.slot_1, self.flags, b"", last]

    def record(self) -> bytes:
        body = encode_varint(self.number) + _sized(self.data_hash)
        body += _sized(self.previous_hash) + encode_varint(len(self.envelopes))
        body += b"".join(_sized(each) for each in self.envelopes)
        slots = self.slots()
        body += encode_varint(len(slots)) + b"".join(_sized(each) for each in slots)
        return _sized(body)

    def message(self) -> bytes:
        """Return the ``common.Block``."""
        header = encode_integer(1, self.number)
        header += encode_bytes(2, self.previous_hash) if self.previous_hash else b""
        header += encode_bytes(3, self.data_hash)
        data = b"".join(encode_bytes(1, each) for each in self.envelopes)
        slots = b"".join(encode_bytes(1, each) for each in self.slots())
        return encode_bytes(1, header) + encode_bytes(2, data) + encode_bytes(3, slots)


def _sized(value: bytes) -> bytes:
    return encode_varint(len(value)) + value


def raft_signature(block: Block, signer: Signer, *, high_s: bool = False) -> bytes:
    header = signature_header(signer.identity, b"o" * 24)
    signature = signer.sign(block.value + header + block.header, high_s=high_s)
    return encode_bytes(1, header) + encode_bytes(2, signature)


def bft_signature(block: Block, number: int, signer: Signer) -> bytes:
    header = encode_integer(1, number) + encode_bytes(2, b"i" * 24)
    signature = signer.sign(block.value + header + block.header)
    return encode_bytes(2, signature) + encode_bytes(3, header)


class Chain:
    """A ledger as a peer would store it, block by block."""

    def __init__(self, group: Group, orderer: Signer | None = None) -> None:
        self.orderer = orderer
        self.consenters: list[Signer] = []
        self.group = group
        self.sequence = 0
        self.last_config = 0
        self.commit = b""
        self.blocks: list[Block] = []
        genesis = self._new([config_envelope(0, group)], b"\x00")
        self.blocks.append(genesis)

    def _new(self, envelopes: list[bytes], flags: bytes) -> Block:
        number = len(self.blocks)
        previous = self.blocks[-1].hash if self.blocks else b""
        value = encode_bytes(1, encode_integer(1, self.last_config))
        block = Block(number, previous, envelopes, value, flags=flags)
        block.data_hash = hashlib.sha256(b"".join(envelopes)).digest()
        return block

    def sign(self, block: Block) -> None:
        block.signatures = []
        if self.consenters:
            for number, signer in enumerate(self.consenters, 1):
                block.signatures.append(bft_signature(block, number, signer))
        elif self.orderer is not None:
            block.signatures.append(raft_signature(block, self.orderer))

    def add(
        self, calls: Sequence[Call | bytes], flags: Sequence[int] | None = None
    ) -> Block:
        """Add a block; ``flags`` are all valid unless given."""
        envelopes = [
            each if isinstance(each, bytes) else each.encode() for each in calls
        ]
        given = bytes(flags) if flags is not None else bytes(len(envelopes))
        block = self._new(envelopes, given)
        valid = [
            (position, each.spaces)
            for position, each in enumerate(calls)
            if isinstance(each, Call) and given[position] == 0
        ]
        self._finish(block, update_bytes(block.number, valid))
        return block

    def add_config(self, group: Group, update: bytes) -> Block:
        assert self.orderer is not None
        self.sequence += 1
        self.last_config = len(self.blocks)
        outer = config_envelope(self.sequence, group, update, self.orderer)
        block = self._new([outer], b"\x00")
        self._finish(block, b"")
        self.group = group
        return block

    def _finish(self, block: Block, updates: bytes) -> None:
        head = encode_varint(len(block.flags)) + block.flags
        self.commit = hashlib.sha256(head + updates + self.commit).digest()
        block.commit_hash = self.commit
        self.sign(block)
        self.blocks.append(block)

    def write(self, folder: Path, blocks: Sequence[Block] | None = None) -> Path:
        """Write the store and return its folder."""
        target = folder / "chains" / CHANNEL
        target.mkdir(parents=True, exist_ok=True)
        chosen = self.blocks if blocks is None else blocks
        data = b"".join(each.record() for each in chosen)
        (target / "blockfile_000000").write_bytes(data)
        return folder


def update_bytes(number: int, valid: Sequence[tuple[int, Sequence[Writes]]]) -> bytes:
    """Return the updates of simple write sets (no metadata-only writes)."""
    public: dict[str, dict[bytes, tuple[bytes | None, int]]] = {}
    hashed: dict[str, dict[str, dict[bytes, tuple[bytes | None, int]]]] = {}
    for position, spaces in valid:
        for each in spaces:
            for key, value in each.writes.items():
                public.setdefault(each.space, {})[key.encode()] = (value, position)
            for name, pairs in each.hashed.items():
                part = hashed.setdefault(each.space, {}).setdefault(name, {})
                part.update({each: (made, position) for each, made in pairs.items()})
    out = b""
    for space in sorted({*public, *hashed}):
        head = encode_bytes(1, space.encode())
        parts = [("", public.get(space, {}))]
        parts += sorted(hashed.get(space, {}).items())
        for name, changes in parts:
            inner = encode_bytes(2, name.encode()) if name else b""
            for hashed_key in sorted(changes):
                value, position = changes[hashed_key]
                update = head + inner + encode_bytes(3, hashed_key)
                update += encode_integer(4, value is None)
                update += b"" if value is None else encode_bytes(5, value)
                update += encode_bytes(6, _height(number) + _height(position))
                out += encode_bytes(1, update)
                head = inner = b""
    return out


def _height(value: int) -> bytes:
    octets = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return bytes((len(octets),)) + octets


@dataclass
class Network:
    """Two organisations with peers, one that orders, chaincode ``pear`` committed."""

    farm: Org
    shop: Org
    order: Org
    farm_peer: Signer
    shop_peer: Signer
    farmer: Signer
    admins: list[Signer]
    orderer: Signer

    def chain(self, policy: bytes = b"", **collections: bytes) -> Chain:
        """Return a ledger: block 0 configuration, block 1 the definition."""
        group = channel_group([self.farm, self.shop], [self.order])
        chain = Chain(group, self.orderer)
        chosen = policy or channel_reference("/Channel/Application/Endorsement")
        chain.add([self.define(chosen, collections)])
        return chain

    def define(self, policy: bytes, collections: dict[str, bytes]) -> Call:
        return Call(
            self.farmer,
            self.both,
            [definition("pear", policy, collections)],
            "_lifecycle",
            "CommitChaincodeDefinition",
            b"\x00" * 24,
        )

    @property
    def both(self) -> list[Signer]:
        return [self.farm_peer, self.shop_peer]

    def call(self, nonce: int, *spaces: Writes, **changes: object) -> Call:
        """Return a call by the farmer, endorsed by both peers unless changed."""
        made = Call(self.farmer, self.both, spaces, nonce=bytes([nonce]) * 24)
        for name, value in changes.items():
            setattr(made, name, value)
        return made


def put(key: str, value: str = "v", *, read: tuple[int, int] | None = None) -> Writes:
    """Return one read and write of a key of ``pear``."""
    return Writes("pear", reads={key: read}, writes={key: value.encode()})


def new_network() -> Network:
    farm, shop, order = (new_org(name) for name in ("Farm", "Shop", "Order"))
    return Network(
        farm,
        shop,
        order,
        farm.signer("peer0.farm"),
        shop.signer("peer0.shop"),
        farm.signer("farmer", "client"),
        [farm.signer("admin.farm", "admin"), shop.signer("admin.shop", "admin")],
        order.signer("orderer0", "orderer"),
    )
