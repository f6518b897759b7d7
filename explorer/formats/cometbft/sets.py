"""Which validators decide at a height, from whatever the evidence holds about them.

A set is stated beside a header, in pages of ``/validators``, or for another height with
the same hash: sets seldom change. Which one is taken is only a choice; that it is the
right one is shown by the claim about its hash.
"""

import hashlib
from collections.abc import Iterable

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.public_keys import key_fingerprint, key_from_point
from explorer.crypto.secp256k1 import hash160
from explorer.crypto.trees import tree_hash
from explorer.crypto.trust import TrustStore
from explorer.formats.cometbft.encoding import can_encode, validator_leaf
from explorer.formats.cometbft.records import (
    ED25519,
    SECP256K1,
    Validator,
    ValidatorPage,
    ValidatorSet,
)
from explorer.model.keys import KeyKind, PublicKey
from explorer.model.ledgers import Party

MAX_SETS = 1_000
"""Different sets remembered; a later height finds its set by hash among them."""

MAX_PARTIES = 10_000
_KINDS = {ED25519: KeyKind.ED25519, SECP256K1: KeyKind.SECP256K1}


def set_of_pages(pages: Iterable[ValidatorPage]) -> ValidatorSet | None:
    """Return the set that pages of one height make together."""
    members: dict[bytes, Validator] = {}
    total = -1
    span: ByteSpan | None = None
    for page in pages:
        span = span or page.span
        total = max(total, page.total)
        for each in page.members:
            members.setdefault(each.key, each)
    if span is None:
        return None
    found = tuple(members.values())
    return ValidatorSet(found, is_complete=total in {-1, len(found)}, span=span)


def address_of(validator: Validator) -> bytes:
    """Return the address of a key; the one that is stated for other kinds of key.

    Ed25519: the first 20 bytes of SHA-256; secp256k1: as Bitcoin makes it.
    """
    if validator.key_kind == ED25519:
        return hashlib.sha256(validator.key).digest()[:20]
    if validator.key_kind == SECP256K1:
        return hash160(validator.key)
    return validator.address


def key_of(validator: Validator) -> PublicKey | None:
    """Return the key to verify with; ``None`` for a kind that is not known here."""
    return key_from(validator.key_kind, validator.key)


def key_from(kind: str, raw: bytes) -> PublicKey | None:
    """Return a key; ``None`` for a kind that is not known here, or no key."""
    known = _KINDS.get(kind)
    if known is None:
        return None
    try:
        return key_from_point(known, raw)
    except ReadError:
        return None


def leaves_of(validators: ValidatorSet) -> tuple[bytes, ...] | None:
    """Return the leaves of the set's hash; ``None`` if a key cannot be encoded.

    Most power first, then by address, as every node orders them.
    """
    if not all(map(can_encode, validators.members)):
        return None
    ordered = sorted(
        validators.members, key=lambda each: (-each.power, address_of(each))
    )
    return tuple(map(validator_leaf, ordered))


class SetBook:
    """Remembers validator sets by hash, and everybody who was in one."""

    def __init__(self, trust: TrustStore) -> None:
        """Know nobody yet."""
        self._by_hash: dict[bytes, ValidatorSet] = {}
        self._parties: dict[bytes, Party] = {}
        self._trust = trust

    def learn(self, validators: ValidatorSet) -> None:
        """Remember a set that is complete."""
        leaves = leaves_of(validators)
        if validators.is_complete and leaves and len(self._by_hash) < MAX_SETS:
            self._by_hash.setdefault(tree_hash(leaves), validators)

    def find(self, set_hash: bytes) -> ValidatorSet | None:
        """Return a set with this hash, if one was learnt."""
        return self._by_hash.get(set_hash)

    def is_anchored(self, validator: Validator) -> bool:
        """Return whether the user named this validator's key."""
        key = key_of(validator)
        return key is not None and self._trust.covers_key(key, party_id(validator))

    def meet(self, validators: ValidatorSet) -> list[Validator]:
        """Remember the members as parties; return those not met before."""
        new = [
            each
            for each in validators.members
            if each.key not in self._parties and len(self._parties) < MAX_PARTIES
        ]
        for each in new:
            self._parties[each.key] = self._party(each)
        return new

    def parties(self) -> tuple[Party, ...]:
        """Return everybody met."""
        return tuple(self._parties.values())

    def _party(self, validator: Validator) -> Party:
        key = key_of(validator)
        return Party(
            party_id(validator),
            party_id(validator),
            "",
            "validator",
            Absent.NOT_IN_FORMAT if key is None else key,
            Absent.NOT_IN_FORMAT,
            "" if key is None else key_fingerprint(key).hex(),
            validator.span,
            anchored=self.is_anchored(validator),
        )


def party_id(validator: Validator) -> str:
    """Return the address in the hex that CometBFT shows."""
    return address_of(validator).hex().upper()
