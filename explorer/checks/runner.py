"""Runs all claims of a batch: cheap ones here, signatures through an executor.

One of the two places where every exception is caught: a check that breaks is reported
as ``broken`` and takes nothing else with it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from explorer.checks.identities import MembershipCheck, NamedAuthorityCheck
from explorer.checks.quorum import QuorumCheck
from explorer.checks.structure import (
    PASSED,
    BlockDigests,
    HashCheck,
    ParentLinkCheck,
    TreeRootCheck,
    WorkCheck,
)
from explorer.crypto.trust import TrustStore
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import (
    AuthorityClaim,
    Claim,
    HashClaim,
    IdentityClaim,
    LinkClaim,
    QuorumClaim,
    SignatureClaim,
    TreeClaim,
    WorkClaim,
)
from explorer.model.ledgers import Batch

SIGNATURES_PER_TASK = 400
"""Signatures handed over at once; fewer cost more in handing over."""

_WAITING = 255
_VALID = "signature-valid"
_NO_ANSWER = frozenset({"unsupported-scheme", "verifier-disagreement"})


class Reasons(Protocol):
    """One reason for each signature claim, when they are there (a future)."""

    def done(self) -> bool:
        """Return whether ``result`` would not have to wait."""

    def result(self) -> list[str]:
        """Wait for the reasons; ``signature-valid`` where the signature holds."""


class SignatureService(Protocol):
    """Verifies signatures, here or in other processes."""

    def submit(self, claims: Sequence[SignatureClaim]) -> Reasons:
        """Start on ``claims``."""


@dataclass(slots=True)
class Answers:
    """What the checks of one batch said."""

    outcomes: bytearray
    """One ``Outcome`` value for each claim of the batch, in order."""
    hashes: list[bytes] = field(default_factory=list)
    """The hash of each block of the batch, in order."""
    passed: Counter[str] = field(default_factory=Counter)
    """Check id → how often it passed."""
    results: list[CheckResult] = field(default_factory=list)
    """Everything that did not pass, premises included."""
    claim_indices: list[int] = field(default_factory=list)
    """For each of ``results`` the index of its claim."""
    unattributed: list[int] = field(default_factory=list)
    """Heights whose quorum was not met by identities under the user's anchors."""
    signatures: int = 0
    """How many signatures hold, premises included."""

    def add(self, index: int, result: CheckResult) -> None:
        """Take an answer other than passed."""
        self.outcomes[index] = result.outcome
        self.results.append(result)
        self.claim_indices.append(index)


class PendingAnswers:
    """Answers of a batch whose signatures are still being verified."""

    def __init__(
        self,
        claims: Sequence[Claim],
        answers: Answers,
        tasks: list[tuple[list[int], Reasons]],
        quorum: QuorumCheck,
    ) -> None:
        """Wait for ``tasks``, each with the indices of its claims."""
        self._claims = claims
        self._answers = answers
        self._tasks = tasks
        self._quorum = quorum

    def done(self) -> bool:
        """Return whether ``result`` would not have to wait."""
        return all(task.done() for _, task in self._tasks)

    def result(self) -> Answers:
        """Wait for the signatures, count the quorums, return everything."""
        for indices, task in self._tasks:
            self._take_reasons(indices, task.result())
        for index, claim in enumerate(self._claims):
            if type(claim) is QuorumClaim:
                self._count_quorum(index, claim)
        return self._answers

    def _take_reasons(self, indices: list[int], reasons: list[str]) -> None:
        answers = self._answers
        for index, reason in zip(indices, reasons, strict=True):
            claim = self._claims[index]
            if reason == _VALID:
                answers.signatures += 1
                answers.outcomes[index] = Outcome.PASSED
                answers.passed[claim.check] += 1
            elif isinstance(claim, SignatureClaim):
                result = _signature_result(claim, reason)
                answers.add(index, result)

    def _count_quorum(self, index: int, claim: QuorumClaim) -> None:
        answers = self._answers
        answer = self._quorum.examine(claim, answers.outcomes)
        if answer.result is PASSED:
            answers.outcomes[index] = Outcome.PASSED
            answers.passed[claim.check] += 1
        else:
            answers.add(index, answer.result)
        if not answer.is_attributed and claim.decisive:
            answers.unattributed.append(claim.block)


class ClaimRunner:
    """Checks the claims of one ledger, batch by batch in order."""

    def __init__(self, trust: TrustStore, signatures: SignatureService) -> None:
        """Judge authorities by ``trust``; have ``signatures`` verify signatures."""
        self._signatures = signatures
        self._refused = frozenset(trust.refused_algorithms)
        self._digests = BlockDigests()
        self._quorum = QuorumCheck()
        # Each check takes exactly the claim type it stands under.
        self._examine: dict[type, Callable[[Any], CheckResult]] = {
            HashClaim: HashCheck(self._digests).examine,
            LinkClaim: ParentLinkCheck(self._digests).examine,
            TreeClaim: TreeRootCheck().examine,
            WorkClaim: WorkCheck(self._digests).examine,
            IdentityClaim: MembershipCheck().examine,
            AuthorityClaim: NamedAuthorityCheck(trust).examine,
        }

    def start(self, batch: Batch) -> PendingAnswers:
        """Check everything but signatures and quorums now, and start signatures."""
        answers = Answers(bytearray(len(batch.claims)))
        answers.hashes = self._digests.load(batch.blocks)
        signatures: list[int] = []
        outcomes, passed = answers.outcomes, answers.passed
        examiners = self._examine
        for index, claim in enumerate(batch.claims):
            examine = examiners.get(type(claim))
            if self._refused and _algorithm_of(claim) in self._refused:
                answers.add(index, _refused(claim))
                continue
            if examine is None:
                outcomes[index] = _WAITING
                if type(claim) is SignatureClaim:
                    signatures.append(index)
                continue
            try:
                result = examine(claim)
            except Exception as error:  # noqa: BLE001 - the check runner's border
                result = _broken(claim, error)
            if result is PASSED:
                passed[claim.check] += 1
            else:
                answers.add(index, result)
        tasks = self._submit(batch.claims, signatures)
        return PendingAnswers(batch.claims, answers, tasks, self._quorum)

    def _submit(
        self, claims: Sequence[Claim], indices: list[int]
    ) -> list[tuple[list[int], Reasons]]:
        tasks: list[tuple[list[int], Reasons]] = []
        for start in range(0, len(indices), SIGNATURES_PER_TASK):
            part = indices[start : start + SIGNATURES_PER_TASK]
            chosen = [
                claim
                for claim in (claims[index] for index in part)
                if isinstance(claim, SignatureClaim)
            ]
            tasks.append((part, self._signatures.submit(chosen)))
        return tasks


def _signature_result(claim: SignatureClaim, reason: str) -> CheckResult:
    code, _, detail = reason.partition(": ")
    outcome = Outcome.FAILED
    if code == "check-broken":
        outcome = Outcome.BROKEN
    elif code in _NO_ANSWER:
        outcome = Outcome.INCONCLUSIVE
    return CheckResult(
        claim.check,
        outcome,
        code,
        claim.block,
        claim.entry,
        spans=(claim.place, claim.signature_place),
        decisive=claim.decisive,
        detail=detail or claim.signer,
    )


def _algorithm_of(claim: Claim) -> str:
    match claim:
        case HashClaim() | LinkClaim() | TreeClaim() | WorkClaim():
            return claim.algorithm.value
        case SignatureClaim():
            return claim.scheme.value
        case _:
            return ""


def _refused(claim: Claim) -> CheckResult:
    return CheckResult(
        claim.check,
        Outcome.INCONCLUSIVE,
        "algorithm-refused",
        claim.block,
        spans=(claim.place,),
        decisive=claim.decisive,
        detail=_algorithm_of(claim),
    )


def _broken(claim: Claim, error: Exception) -> CheckResult:
    return CheckResult(
        claim.check,
        Outcome.BROKEN,
        "check-broken",
        claim.block,
        spans=(claim.place,),
        detail=f"{type(error).__name__}: {error}",
    )
