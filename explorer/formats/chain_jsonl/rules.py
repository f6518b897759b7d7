"""What the header line puts in force: parties, their keys, and who must sign.

docs/formats/chain-jsonl.md version 1, section 2. Whether a key is a point of its curve
is answered by the signature checks, not here.
"""

from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.limits import MAX_CERTIFICATES
from explorer.core.spans import ByteSpan
from explorer.crypto.public_keys import key_fingerprint
from explorer.crypto.trust import TrustStore
from explorer.formats.chain_jsonl.exact import Refused
from explorer.formats.chain_jsonl.lines import (
    BLOCK_DOMAIN,
    ENTRY_DOMAIN,
    ChainValue,
    EveryRule,
    PartyValue,
    RulesValue,
)
from explorer.formats.chain_jsonl.specs import LINE_FORM
from explorer.model.claims import NOutOf, SignedBy
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme
from explorer.model.ledgers import Party

_KEYS = {
    "ed25519": (SignatureScheme.ED25519, KeyKind.ED25519, 32),
    "ecdsa-p256-sha256": (SignatureScheme.ECDSA_P256_SHA256, KeyKind.P256, 65),
    "sm2-sm3": (SignatureScheme.SM2_SM3, KeyKind.SM2, 65),
}
_ENTRY_RULES = frozenset({"required", "optional", "none"})


@dataclass(frozen=True, slots=True)
class Signer:
    """A party with its key."""

    party: Party
    scheme: SignatureScheme
    key: PublicKey
    low_s: bool
    anchored: bool
    principals: frozenset[str]


@dataclass(frozen=True, slots=True)
class ChainRules:
    """The header line, ready to be used for every block."""

    chain_id: str
    title: str
    algorithm: HashAlgorithm
    signers: dict[str, Signer]
    """Party id → signer."""
    producers: frozenset[str]
    every: int
    """Blocks at multiples of it are signed; 0: none must be."""
    entries_must_be_signed: bool
    quorum: NOutOf
    """Satisfied by the signature of one producer."""
    entry_prefix: bytes
    block_prefix: bytes
    slice: bytes
    """The exact value of ``chain``."""
    place: ByteSpan
    is_fictional: bool


def read_rules(
    value: ChainValue, exact: bytes, place: ByteSpan, trust: TrustStore
) -> ChainRules | Refused:
    """Return what the header puts in force; ``exact`` is its value as it stands."""
    signers = _signers(value, place, trust)
    if isinstance(signers, Refused):
        return signers
    rules = value.rules
    fault = _rules_fault(rules, signers)
    if fault:
        return fault
    every = rules.block_signatures
    ends = f"{value.id}\n".encode()
    return ChainRules(
        chain_id=value.id,
        title=value.title,
        algorithm=value.hash,
        signers=signers,
        producers=frozenset(rules.producers),
        every=every.every if isinstance(every, EveryRule) else 0,
        entries_must_be_signed=rules.entry_signatures == "required",
        quorum=NOutOf(1, tuple(SignedBy(each) for each in rules.producers)),
        entry_prefix=ENTRY_DOMAIN + ends,
        block_prefix=BLOCK_DOMAIN + ends,
        slice=exact,
        place=place,
        is_fictional=value.fictional,
    )


def octets_of(text: str, size: int) -> bytes:
    """Return the bytes of lower-case hex, or nothing if it is not that.

    ``size`` is the number of bytes demanded; 0 takes any but none.
    """
    try:
        value = bytes.fromhex(text)
    except ValueError:
        return b""
    fits = len(value) == size if size else bool(value)
    return value if fits and value.hex() == text else b""


def _signers(
    value: ChainValue, place: ByteSpan, trust: TrustStore
) -> dict[str, Signer] | Refused:
    signers: dict[str, Signer] = {}
    if len(value.parties) > MAX_CERTIFICATES:
        return Refused(LINE_FORM, "wrong-form", f"{len(value.parties)} parties")
    for each in value.parties:
        signer = _signer(each, place, trust)
        if isinstance(signer, Refused):
            return signer
        if each.id in signers:
            return Refused(LINE_FORM, "party-repeated", each.id)
        signers[each.id] = signer
    return signers


def _rules_fault(rules: RulesValue, signers: dict[str, Signer]) -> Refused | None:
    if isinstance(rules.block_signatures, str) and rules.block_signatures != "none":
        return Refused(LINE_FORM, "wrong-form", "block_signatures")
    if rules.entry_signatures not in _ENTRY_RULES:
        return Refused(LINE_FORM, "wrong-form", "entry_signatures")
    for name in rules.producers:
        if name not in signers:
            return Refused(LINE_FORM, "unknown-producer", name)
    return None


def _signer(value: PartyValue, place: ByteSpan, trust: TrustStore) -> Signer | Refused:
    known = _KEYS.get(value.scheme)
    if known is None:
        return Refused(LINE_FORM, "unsupported-scheme", value.scheme[:80])
    scheme, kind, size = known
    raw = octets_of(value.public_key, size)
    if not raw:
        return Refused(LINE_FORM, "wrong-hex", f"public key of {value.id}")
    key = PublicKey(kind, raw)
    anchored = trust.covers_key(key, value.id)
    party = Party(
        id=value.id,
        name=value.name,
        organisation=value.id,
        role=value.role,
        key=key,
        certificate=Absent.NOT_IN_FORMAT,
        fingerprint=key_fingerprint(key).hex(),
        place=place,
        anchored=anchored,
    )
    is_ecdsa = scheme is SignatureScheme.ECDSA_P256_SHA256
    principals = frozenset({value.id})
    return Signer(party, scheme, key, is_ecdsa, anchored, principals)
