"""What the user trusts, while it is being chosen; ``options`` turns it into arguments.

What was found inside the evidence is offered with full fingerprints, to be compared
with what somebody printed or said elsewhere. Ticking it records where the comparison
came from: an anchor is only as independent as its origin.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.crypto.certificates import Certificate, parse_certificate
from explorer.crypto.public_keys import key_fingerprint
from explorer.crypto.trust import (
    AnchorKind,
    AnchorOrigin,
    IdentityAnchor,
    TrustStore,
)
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.claims import AuthorityClaim
from explorer.model.keys import PublicKey
from explorer.model.ledgers import Party
from explorer.session.catalogue import recognise
from explorer.session.options import VerifyOptions
from explorer.session.trust_reading import checkpoint, load_trust

FOUND_HERE = "found in the evidence"
"""Source of an anchor that was ticked."""

LOOKING_S = 1.5
"""How long the ledger is read for authorities; they stand at its beginning."""


@dataclass(frozen=True, slots=True)
class FoundAuthority:
    """An authority or key that the evidence itself names."""

    kind: AnchorKind
    organisation: str
    label: str
    certificate: Certificate | Absent
    key: PublicKey
    fingerprint: str
    """SHA-256 in hex: of the certificate, or of the key's SubjectPublicKeyInfo."""
    block: int
    """Where it is named first; -1 if outside any block."""

    def anchor(self, origin: AnchorOrigin, vouched_by: str) -> IdentityAnchor:
        """Return the anchor that ticking it makes."""
        return IdentityAnchor(
            self.kind,
            self.organisation or Absent.NOT_IN_FORMAT,
            self.certificate,
            self.key,
            self.label,
            origin,
            FOUND_HERE,
            vouched_by,
        )


def found_authorities(
    files: EvidenceFiles, format_name: str, ledger: int, parties: Sequence[Party]
) -> list[FoundAuthority]:
    """Return what the ledger itself names as authorities; runs in the query thread.

    Authorities as the reader claims them, as far as ``LOOKING_S`` lets one read, else
    the keys of the parties.
    """
    found: dict[str, FoundAuthority] = {}
    began = time.monotonic()
    family = recognise(files, format_name)
    pipeline = family.open_ledgers(files, ReadingOptions(TrustStore()))[ledger]
    for parsed in pipeline.read():
        for claim in pipeline.resolve(parsed).claims:
            if isinstance(claim, AuthorityClaim):
                for each in _authorities_of(claim):
                    found.setdefault(each.fingerprint, each)
        if time.monotonic() - began > LOOKING_S:
            break
    return list(found.values()) or _keys_of(parties)


def _authorities_of(claim: AuthorityClaim) -> Iterable[FoundAuthority]:
    for der in claim.certificates:
        try:
            certificate = parse_certificate(der)
        except ReadError:
            continue
        if not isinstance(certificate.public_key, Absent):
            yield FoundAuthority(
                AnchorKind.CA,
                claim.organisation,
                certificate.subject,
                certificate,
                certificate.public_key,
                certificate.fingerprint.hex(),
                claim.block,
            )
    for key in claim.keys:
        yield _key(claim.organisation, claim.organisation, key, claim.block)


def _keys_of(parties: Iterable[Party]) -> list[FoundAuthority]:
    keys = {
        key_fingerprint(party.key): _key(
            party.organisation or party.id, party.name or party.id, party.key, -1
        )
        for party in parties
        if not isinstance(party.key, Absent)
    }
    return list(keys.values())


def _key(organisation: str, label: str, key: PublicKey, block: int) -> FoundAuthority:
    return FoundAuthority(
        AnchorKind.KEY,
        organisation,
        label,
        Absent.NOT_IN_FORMAT,
        key,
        key_fingerprint(key).hex(),
        block,
    )


@dataclass(frozen=True, slots=True)
class TrustLine:
    """Something that is trusted, for the list of the panel."""

    title: str
    fingerprint: str
    origin: AnchorOrigin
    source: str
    key: object
    """What ``TrustModel.remove`` takes."""
    is_history: bool = False
    """It says what existed, not only who signed."""


class TrustModel(QObject):
    """The trust of one case while it is edited."""

    changed = Signal()

    def __init__(self, options: VerifyOptions, parent: QObject | None = None) -> None:
        """Begin with what ``options`` trust."""
        super().__init__(parent)
        self._options = options
        self._identities = list(options.trust.identities)
        self._history = [*options.trust.history, *options.checkpoints]
        self._copies = list(options.copies)
        self._rest = replace(options.trust, identities=(), history=())

    def is_trusted(self, found: FoundAuthority) -> bool:
        """Return whether something found is among what is trusted."""
        return self._anchor_of(found) is not None

    def origin_of(self, found: FoundAuthority) -> AnchorOrigin:
        """Return the origin recorded for something found."""
        anchor = self._anchor_of(found)
        return AnchorOrigin.UNSTATED if anchor is None else anchor.origin

    def trust(
        self, found: FoundAuthority, origin: AnchorOrigin, vouched_by: str = ""
    ) -> None:
        """Trust something found, for a reason that the origin names."""
        self._drop(found)
        self._identities.append(found.anchor(origin, vouched_by))
        self.changed.emit()

    def distrust(self, found: FoundAuthority) -> None:
        """Take it back."""
        self._drop(found)
        self.changed.emit()

    def add_store(self, store: TrustStore, origin: AnchorOrigin) -> int:
        """Trust what files hold; return how many anchors were new."""
        known = {(each.key, each.organisation) for each in self._identities}
        new = [
            _with_origin(each, origin)
            for each in store.identities
            if (each.key, each.organisation) not in known
        ]
        self._identities += new
        history = [each for each in store.history if each not in self._history]
        self._history += history
        bare = replace(store, identities=(), history=())
        self._rest = self._rest.merge(bare)
        self.changed.emit()
        return len(new) + len(history)

    def add_printed_hash(
        self, height: str, block_hash: str, origin: AnchorOrigin, ledger: str
    ) -> None:
        """Trust a hash that was printed or said for a height.

        Raises:
            TrustError: If either is not written as it should be.
        """
        digits = "".join(block_hash.split()).replace(":", "")
        anchor = checkpoint(f"{height}={digits}")
        self._history.append(
            replace(
                anchor, origin=origin, label="printed hash", source="", ledger=ledger
            )
        )
        self.changed.emit()

    def add_copy(self, path: Path) -> None:
        """Compare with another copy of the ledger."""
        if path not in self._copies:
            self._copies.append(path)
            self.changed.emit()

    def remove(self, key: object) -> None:
        """Remove what a ``TrustLine`` stands for."""
        self._identities = [each for each in self._identities if each is not key]
        self._history = [each for each in self._history if each is not key]
        self._copies = [each for each in self._copies if each is not key]
        self.changed.emit()

    def lines(self) -> list[TrustLine]:
        """Return everything trusted, in the order it was added."""
        lines = [
            TrustLine(
                each.label
                if isinstance(each.organisation, Absent)
                else each.organisation,
                _fingerprint(each),
                each.origin,
                each.source,
                each,
            )
            for each in self._identities
        ]
        lines += [
            TrustLine(
                str(each.height),
                each.block_hash.hex(),
                each.origin,
                each.source,
                each,
                is_history=True,
            )
            for each in self._history
        ]
        lines += [
            TrustLine(path.name, "", AnchorOrigin.FROM_PARTY, str(path), path)
            for path in self._copies
        ]
        return lines

    def options(self) -> VerifyOptions:
        """Return the arguments to judge with."""
        store = replace(
            self._rest,
            identities=tuple(self._identities),
            history=tuple(self._history),
        )
        return replace(
            self._options, trust=store, checkpoints=(), copies=tuple(self._copies)
        )

    def is_changed(self) -> bool:
        """Return whether judging again could give another answer."""
        mine, before = self.options(), self._options
        history = (*before.trust.history, *before.checkpoints)
        return (
            mine.trust.identities != before.trust.identities
            or mine.trust.history != history
            or tuple(mine.copies) != tuple(before.copies)
        )

    def _anchor_of(self, found: FoundAuthority) -> IdentityAnchor | None:
        for each in self._identities:
            same_name = isinstance(each.organisation, Absent) or (
                each.organisation == found.organisation
            )
            if each.key == found.key and same_name:
                return each
        return None

    def _drop(self, found: FoundAuthority) -> None:
        anchor = self._anchor_of(found)
        self._identities = [each for each in self._identities if each is not anchor]


def read_trust(path: Path) -> TrustStore:
    """Return what a file or folder of trust material holds; runs in the query thread.

    Raises:
        TrustError: If it cannot be read or understood.
    """
    return load_trust((path,))


def _with_origin(anchor: IdentityAnchor, origin: AnchorOrigin) -> IdentityAnchor:
    stated = anchor.origin is not AnchorOrigin.UNSTATED
    return anchor if stated else replace(anchor, origin=origin)


def _fingerprint(anchor: IdentityAnchor) -> str:
    if isinstance(anchor.certificate, Absent):
        return key_fingerprint(anchor.key).hex()
    return anchor.certificate.fingerprint.hex()
