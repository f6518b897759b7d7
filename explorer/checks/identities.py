"""Checks of who may sign: certificates and the user's identity anchors.

Certificate chains: RFC 5280 section 6, reduced as ``crypto.certificates`` says.
Anchors: DESIGN, "Identity anchors, exactly".
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from explorer.checks.structure import PASSED, Failure
from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.crypto.certificates import parse_certificate, parse_revocation_list
from explorer.crypto.chains import Authority, ChainReason, validate_chain
from explorer.crypto.public_keys import key_fingerprint
from explorer.crypto.trust import IdentityAnchor, TrustStore
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import AuthorityClaim, IdentityClaim
from explorer.model.keys import PublicKey

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ABOUT_TIME = frozenset({ChainReason.EXPIRED, ChainReason.NOT_YET_VALID})


class MembershipCheck:
    """A certificate belongs to the authority that the ledger names for it.

    A time given by the user replaces the family's own rule about validity. That the
    certificate did not hold at this time is then a doubt about the question asked, not
    a failure of the ledger: ``inconclusive``.
    """

    def __init__(self, as_of: datetime | Absent = Absent.NOT_IN_EXPORT) -> None:
        """Judge validity at ``as_of``; absent: by the rule of the family."""
        self._as_of = as_of

    def failures(self, claims: Sequence[IdentityClaim]) -> Iterator[Failure]:
        """Yield the certificates that do not belong there."""
        for index, claim in enumerate(claims):
            result = self._examine(claim)
            if result is not PASSED:
                yield index, result

    def _examine(self, claim: IdentityClaim) -> CheckResult:
        at = None if claim.at_us < 0 else _EPOCH + timedelta(microseconds=claim.at_us)
        if not isinstance(self._as_of, Absent):
            at = self._as_of
        try:
            authority = Authority(
                tuple(parse_certificate(each) for each in claim.roots),
                tuple(parse_certificate(each) for each in claim.intermediates),
                tuple(parse_revocation_list(each) for each in claim.revocation_lists),
            )
            answer = validate_chain(parse_certificate(claim.certificate), authority, at)
        except ReadError as error:
            return _identity_result(claim, "certificate-malformed", str(error))
        if answer.reason == "chain-valid":
            return PASSED
        is_doubt = answer.reason in _ABOUT_TIME and not isinstance(self._as_of, Absent)
        outcome = Outcome.INCONCLUSIVE if is_doubt else Outcome.FAILED
        return _identity_result(claim, answer.reason, claim.organisation, outcome)


def _identity_result(
    claim: IdentityClaim,
    reason: str,
    detail: str,
    outcome: Outcome = Outcome.FAILED,
) -> CheckResult:
    return CheckResult(
        claim.check,
        outcome,
        reason,
        claim.block,
        spans=(claim.place,),
        decisive=claim.decisive,
        detail=detail,
    )


class NamedAuthorityCheck:
    """The ledger's authorities for an organisation are those the user named."""

    def __init__(self, trust: TrustStore) -> None:
        """Compare with the identity anchors of ``trust``, and nothing else."""
        self._trust = trust

    def failures(self, claims: Sequence[AuthorityClaim]) -> Iterator[Failure]:
        """Yield the organisations that differ from the anchors or have none.

        Where anchors name roots of the organisation, the ledger may use these and no
        others. Without one, a bare anchor that matches one of its keys covers it.
        Otherwise it is not covered.
        """
        for index, claim in enumerate(claims):
            result = self._examine(claim)
            if result is not PASSED:
                yield index, result

    def _examine(self, claim: AuthorityClaim) -> CheckResult:
        stated = {key_fingerprint(key).hex() for key in _keys(claim)}
        named = _root_fingerprints(self._trust.anchors_for(claim.organisation))
        if named:
            if stated and stated <= named:
                return PASSED
            return _authority_result(claim, "authority-differs", named, stated)
        covers = self._trust.covers_key
        if any(covers(key, claim.organisation) for key in _keys(claim)):
            return PASSED
        return CheckResult(
            claim.check,
            Outcome.NOT_APPLICABLE,
            "authority-not-anchored",
            claim.block,
            spans=(claim.place,),
            decisive=False,
            detail=claim.organisation,
        )


def _root_fingerprints(anchors: Sequence[IdentityAnchor]) -> set[str]:
    """Return the keys to compare: roots, not intermediates or single signers."""
    return {key_fingerprint(each.key).hex() for each in anchors if _is_root(each)}


def _is_root(anchor: IdentityAnchor) -> bool:
    certificate = anchor.certificate
    if isinstance(certificate, Absent):
        return True
    return certificate.subject == certificate.issuer


def _keys(claim: AuthorityClaim) -> list[PublicKey]:
    keys = list(claim.keys)
    for each in claim.certificates:
        try:
            key = parse_certificate(each).public_key
        except ReadError:
            continue  # an unreadable root can equal no anchor
        if not isinstance(key, Absent):
            keys.append(key)
    return keys


def _authority_result(
    claim: AuthorityClaim, reason: str, named: set[str], stated: set[str]
) -> CheckResult:
    return CheckResult(
        claim.check,
        Outcome.FAILED,
        reason,
        claim.block,
        expected=" ".join(sorted(named)),
        computed=" ".join(sorted(stated)),
        spans=(claim.place,),
        decisive=claim.decisive,
        detail=claim.organisation,
    )
