"""Trust profiles: TOML files in which a user writes down what is trusted, and why.

Implements ``docs/trust-profile.md``, schema 1, over TOML 1.0. Unknown fields are
refused, so that a misspelt one cannot silently weaken a profile. Files that a profile
names are handed back as references; reading them is the caller's work.
"""

import tomllib
from dataclasses import dataclass

import msgspec

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import TrustError
from explorer.core.limits import MAX_TRUST_FILE_BYTES
from explorer.crypto.trust import (
    AnchorKind,
    AnchorOrigin,
    HistoryAnchor,
    IdentityAnchor,
    TrustStore,
)
from explorer.crypto.trust_files import anchors_from_pem, parse_key
from explorer.model.keys import SignatureScheme

MIN_BLOCK_HASH_BYTES = 28
"""Shorter hashes are cut ones and anchor nothing."""

_ALGORITHMS = frozenset({*map(str, HashAlgorithm), *map(str, SignatureScheme)})

SCHEMA = 1
"""The version of the profile that this module reads."""


@dataclass(frozen=True, slots=True)
class FileReference:
    """A file of trust material that a profile names, still to be read."""

    path: str
    """As written: absolute, or relative to the folder of the profile."""
    organisation: str | Absent
    origin: AnchorOrigin
    vouched_by: str
    label: str
    ledger: str = ""
    """Title of the ledger that a time stamp is about; empty for the only one."""


@dataclass(frozen=True, slots=True)
class TrustProfile:
    """What a profile says."""

    store: TrustStore
    files: tuple[FileReference, ...]


class _Identity(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="identity",
):
    organisation: str = ""
    pem: str = ""
    key: str = ""
    algorithm: str = ""
    file: str = ""
    origin: AnchorOrigin = AnchorOrigin.UNSTATED
    vouched_by: str = ""
    label: str = ""


class _History(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="history",
):
    height: int = -1
    hash: str = ""
    file: str = ""
    ledger: str = ""
    origin: AnchorOrigin = AnchorOrigin.UNSTATED
    vouched_by: str = ""
    label: str = ""


class _Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    refuse_algorithms: list[str] = []


class _Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: int
    anchor: list[_Identity | _History] = []
    policy: _Policy = _Policy()


def profile_from_toml(data: bytes, source: str) -> TrustProfile:
    """Return what the profile ``data`` says; ``source`` is its name for messages.

    Raises:
        TrustError: Naming the line (broken TOML) or the field (anything else).
    """
    profile = _decode(data, source)
    identities: list[IdentityAnchor] = []
    history: list[HistoryAnchor] = []
    files: list[FileReference] = []
    for number, anchor in enumerate(profile.anchor, 1):
        place = f"{source}, anchor {number}"
        if isinstance(anchor, _History) and anchor.file:
            files.append(_stamp_reference(anchor, place))
        elif isinstance(anchor, _History):
            history.append(_history_anchor(anchor, source, place))
        elif _only_given(anchor, place) == "file":
            files.append(_reference(anchor))
        else:
            identities.extend(_identity_anchors(anchor, source, place))
    for name in profile.policy.refuse_algorithms:
        if name not in _ALGORITHMS:
            known = ", ".join(sorted(_ALGORITHMS))
            raise TrustError(f"{source}: no algorithm {name}; there are {known}")
    store = TrustStore(
        tuple(identities),
        tuple(history),
        tuple(profile.policy.refuse_algorithms),
        (source,),
    )
    return TrustProfile(store, tuple(files))


def _decode(data: bytes, source: str) -> _Profile:
    if len(data) > MAX_TRUST_FILE_BYTES:
        raise TrustError(f"{source}: over {MAX_TRUST_FILE_BYTES} bytes")
    try:
        profile = msgspec.convert(tomllib.loads(data.decode()), _Profile)
    except msgspec.ValidationError as error:
        raise TrustError(f"{source}: {error}") from error
    except (ValueError, RecursionError) as error:  # also integers of 5,000 digits
        raise TrustError(f"{source}: not TOML: {error}") from error
    if profile.schema != SCHEMA:
        raise TrustError(f"{source}: schema {profile.schema} instead of {SCHEMA}")
    return profile


def _only_given(anchor: _Identity, place: str) -> str:
    given = [each for each in ("pem", "key", "file") if getattr(anchor, each)]
    if len(given) != 1:
        raise TrustError(f"{place}: exactly one of pem, key and file is needed")
    if anchor.algorithm and given != ["key"]:
        raise TrustError(f"{place}: algorithm belongs to key only")
    return given[0]


def _reference(anchor: _Identity) -> FileReference:
    return FileReference(
        anchor.file,
        anchor.organisation or Absent.NOT_IN_FORMAT,
        anchor.origin,
        anchor.vouched_by,
        anchor.label,
    )


def _stamp_reference(anchor: _History, place: str) -> FileReference:
    """Return the time stamp that stands for height and hash."""
    if anchor.hash or anchor.height >= 0 or not anchor.file.lower().endswith(".ots"):
        raise TrustError(f"{place}: file is a time stamp (.ots) instead of a hash")
    return FileReference(
        anchor.file,
        Absent.NOT_IN_FORMAT,
        anchor.origin,
        anchor.vouched_by,
        anchor.label,
        anchor.ledger,
    )


def _identity_anchors(
    anchor: _Identity, source: str, place: str
) -> tuple[IdentityAnchor, ...]:
    organisation = anchor.organisation or Absent.NOT_IN_FORMAT
    if anchor.pem:
        try:
            found = anchors_from_pem(
                anchor.pem.encode(), organisation, source, anchor.origin
            )
        except TrustError as error:
            raise TrustError(f"{place}: {error}") from error
        return tuple(
            _relabelled(each, anchor.label, anchor.vouched_by) for each in found
        )
    key = parse_key(anchor.key, anchor.algorithm, place)
    label = anchor.label or anchor.organisation or f"{key.kind} key"
    return (
        IdentityAnchor(
            kind=AnchorKind.KEY,
            organisation=organisation,
            certificate=Absent.NOT_IN_FORMAT,
            key=key,
            label=label,
            origin=anchor.origin,
            source=source,
            vouched_by=anchor.vouched_by,
        ),
    )


def _relabelled(anchor: IdentityAnchor, label: str, vouched_by: str) -> IdentityAnchor:
    return IdentityAnchor(
        anchor.kind,
        anchor.organisation,
        anchor.certificate,
        anchor.key,
        label or anchor.label,
        anchor.origin,
        anchor.source,
        vouched_by,
    )


def _history_anchor(anchor: _History, source: str, place: str) -> HistoryAnchor:
    if not anchor.hash:
        raise TrustError(f"{place}: missing required field `hash`")
    if anchor.height < 0:
        raise TrustError(f"{place}: field height is missing or negative")
    try:
        block_hash = bytes.fromhex(anchor.hash.removeprefix("0x"))
    except ValueError as error:
        raise TrustError(f"{place}: field hash is not hex") from error
    if not MIN_BLOCK_HASH_BYTES <= len(block_hash) <= 64:
        raise TrustError(f"{place}: field hash has {len(block_hash)} bytes")
    return HistoryAnchor(
        height=anchor.height,
        block_hash=block_hash,
        origin=anchor.origin,
        label=anchor.label or f"block {anchor.height}",
        source=source,
        ledger=anchor.ledger,
        vouched_by=anchor.vouched_by,
    )
