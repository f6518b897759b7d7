"""Trust material as values: what the user brings from outside the evidence.

Implements "identity anchor" and "history anchor" of ``docs/trust-profile.md``. Nothing
here reads a file or the clock: ``crypto.trust_files`` and ``crypto.trust_profile``
parse, and whoever walks folders does it elsewhere.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from explorer.core.absent import Absent
from explorer.crypto.certificates import Certificate
from explorer.crypto.public_keys import key_fingerprint
from explorer.model.keys import PublicKey

_Item = TypeVar("_Item")


class AnchorOrigin(StrEnum):
    """Where an anchor comes from; what came with the evidence is not independent."""

    INSIDE_EVIDENCE = "inside-evidence"
    SAME_SENDER = "same-sender"
    """Came with the evidence, from whoever sent it."""
    FROM_PARTY = "from-party"
    """From the party that the anchor is about, on another way."""
    PUBLISHED = "published"
    UNSTATED = "unstated"


class AnchorKind(StrEnum):
    """What an identity anchor holds."""

    CA = "ca"
    """A certificate authority: everyone it issued a certificate to may sign."""
    KEY = "key"
    """A single signer."""


@dataclass(frozen=True, slots=True)
class IdentityAnchor:
    """Who may sign, in the user's judgement."""

    kind: AnchorKind
    organisation: str | Absent
    """The name the ledger uses, such as an MSP id; ``Absent`` matches by key alone."""
    certificate: Certificate | Absent
    key: PublicKey
    label: str
    """For people: a subject, a file name, or what the user wrote."""
    origin: AnchorOrigin
    source: str
    """Name of the file that the anchor was read from, as the user gave it."""
    vouched_by: str = ""
    """Who vouches for it, in the user's words."""


@dataclass(frozen=True, slots=True)
class HistoryAnchor:
    """What existed when: the hash of the block at a height."""

    height: int
    block_hash: bytes
    """Raw bytes in the order the hash function produced them."""
    origin: AnchorOrigin
    label: str
    source: str
    ledger: str = ""
    """Title of the ledger it is about; empty for the only one."""
    vouched_by: str = ""


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Everything the user trusts, given as an argument to whoever needs it."""

    identities: tuple[IdentityAnchor, ...] = ()
    history: tuple[HistoryAnchor, ...] = ()
    refused_algorithms: tuple[str, ...] = ()
    """Hash algorithms and signature schemes that shall prove nothing."""
    sources: tuple[str, ...] = ()
    """Names of the files read, in order."""

    def anchors_for(self, organisation: str) -> tuple[IdentityAnchor, ...]:
        """Return the identity anchors that name this organisation."""
        return tuple(
            each
            for each in self.identities
            if not isinstance(each.organisation, Absent)
            and each.organisation == organisation
        )

    def covers_key(self, key: PublicKey, organisation: str = "") -> bool:
        """Return whether an anchor has this key and may speak for the organisation.

        An anchor without an organisation matches by key alone; one that names an
        organisation covers the key only for that organisation.
        """
        return any(
            each.key == key
            and (
                isinstance(each.organisation, Absent)
                or each.organisation == organisation
            )
            for each in self.identities
        )

    def named_organisations(self) -> tuple[str, ...]:
        """Return the organisations that anchors name, sorted."""
        named = {
            str(each.organisation)
            for each in self.identities
            if not isinstance(each.organisation, Absent)
        }
        return tuple(sorted(named))

    def merge(self, other: "TrustStore") -> "TrustStore":
        """Return both stores in one; what both hold is kept once, the first way."""
        return TrustStore(
            _joined(self.identities, other.identities),
            _joined(self.history, other.history),
            _joined(self.refused_algorithms, other.refused_algorithms),
            _joined(self.sources, other.sources),
        )

    def fingerprint(self) -> bytes:
        """Return SHA-256 over all that can change a result; file names cannot."""
        lines = [
            f"identity {each.kind} {_name(each.organisation)!r} "
            f"{key_fingerprint(each.key).hex()} {each.origin}"
            for each in self.identities
        ]
        lines += [
            f"history {each.ledger!r} {each.height} "
            f"{each.block_hash.hex()} {each.origin}"
            for each in self.history
        ]
        lines += [f"refuse {each!r}" for each in self.refused_algorithms]
        return hashlib.sha256("\n".join(sorted(lines)).encode()).digest()


def _joined(first: tuple[_Item, ...], second: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _name(organisation: str | Absent) -> str:
    return "" if isinstance(organisation, Absent) else organisation
