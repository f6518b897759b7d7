"""Runs all claims of a batch: cheap ones here, signatures through an executor.

One of the two places where every exception is caught: a check that breaks is reported
as ``broken`` and takes nothing else with it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, Protocol

from explorer.checks.identities import MembershipCheck, NamedAuthorityCheck
from explorer.checks.quorum import QuorumCheck
from explorer.checks.structure import (
    PASSED,
    BlockDigests,
    Failure,
    HashCheck,
    ParentLinkCheck,
    ProofCheck,
    TreeRootCheck,
    WorkCheck,
)
from explorer.core.absent import Absent
from explorer.crypto.trust import TrustStore
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import (
    AuthorityClaim,
    Claim,
    HashClaim,
    IdentityClaim,
    LinkClaim,
    ProofClaim,
    QuorumClaim,
    SignatureClaim,
    TreeClaim,
    WorkClaim,
)
from explorer.model.ledgers import Batch

SIGNATURES_PER_TASK = 400
"""Signatures handed over at once; fewer cost more in handing over."""

_CHECK_OF = attrgetter("check")
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

    authorities: int = 0
    """How many organisations have exactly the authorities that the user named."""

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
        quorums: Sequence[int],
    ) -> None:
        """Wait for ``tasks``, each with the indices of its claims, then for quorums."""
        self._claims = claims
        self._answers = answers
        self._tasks = tasks
        self._quorums = quorums
        self._check = QuorumCheck()

    def done(self) -> bool:
        """Return whether ``result`` would not have to wait."""
        return all(task.done() for _, task in self._tasks)

    def result(self) -> Answers:
        """Wait for the signatures, count the quorums, return everything."""
        for indices, task in self._tasks:
            self._take_reasons(indices, task.result())
        for index in self._quorums:
            claim = self._claims[index]
            if isinstance(claim, QuorumClaim):
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
        answer = self._check.examine(claim, answers.outcomes)
        if answer.result is PASSED:
            answers.outcomes[index] = Outcome.PASSED
            answers.passed[claim.check] += 1
        else:
            answers.add(index, answer.result)
        if not answer.is_attributed and claim.decisive:
            answers.unattributed.append(claim.block)


class ClaimRunner:
    """Checks the claims of one ledger, batch by batch in order."""

    def __init__(
        self,
        trust: TrustStore,
        signatures: SignatureService,
        as_of: datetime | Absent = Absent.NOT_IN_EXPORT,
    ) -> None:
        """Judge authorities by ``trust``; have ``signatures`` verify signatures.

        Certificates are judged at ``as_of``; absent: by the rule of the family.
        """
        self._signatures = signatures
        self._refused = frozenset(trust.refused_algorithms)
        self._digests = BlockDigests()
        # Each check takes exactly the claim type it stands under.
        self._checks: dict[type, Callable[[Any], Iterator[Failure]]] = {
            HashClaim: HashCheck(self._digests).failures,
            LinkClaim: ParentLinkCheck(self._digests).failures,
            TreeClaim: TreeRootCheck().failures,
            ProofClaim: ProofCheck().failures,
            WorkClaim: WorkCheck(self._digests).failures,
            IdentityClaim: MembershipCheck(as_of).failures,
            AuthorityClaim: NamedAuthorityCheck(trust).failures,
        }

    def start(self, batch: Batch) -> PendingAnswers:
        """Check everything but signatures and quorums now, and start signatures."""
        answers = Answers(bytearray(len(batch.claims)))
        answers.hashes = self._digests.load(batch.blocks)
        by_type: dict[type, list[int]] = {}
        for index, claim in enumerate(batch.claims):
            by_type.setdefault(type(claim), []).append(index)
        if self._refused:
            by_type = self._refuse(batch.claims, by_type, answers)
        for kind, indices in by_type.items():
            if kind in self._checks:
                self._examine(kind, batch.claims, indices, answers)
        signatures = by_type.get(SignatureClaim, [])
        tasks = self._submit(batch.claims, signatures)
        quorums = by_type.get(QuorumClaim, [])
        return PendingAnswers(batch.claims, answers, tasks, quorums)

    def _examine(
        self, kind: type, claims: Sequence[Claim], indices: list[int], answers: Answers
    ) -> None:
        """Check all claims of one kind; if the check breaks, each alone."""
        chosen = [claims[index] for index in indices]
        try:
            failures = list(self._checks[kind](chosen))
        except Exception:  # noqa: BLE001 - the check runner's border
            failures = self._one_by_one(kind, chosen)
        for position, result in failures:
            answers.add(indices[position], result)
        if kind is AuthorityClaim:
            answers.authorities += len(chosen) - len(failures)
        answers.passed.update(map(_CHECK_OF, chosen))
        answers.passed.subtract(result.check for _, result in failures)

    def _one_by_one(self, kind: type, claims: Sequence[Claim]) -> list[Failure]:
        failures: list[Failure] = []
        for position, claim in enumerate(claims):
            try:
                failures += [
                    (position, result) for _, result in self._checks[kind]([claim])
                ]
            except Exception as error:  # noqa: BLE001 - the check runner's border
                failures.append((position, _broken(claim, error)))
        return failures

    def _refuse(
        self,
        claims: Sequence[Claim],
        by_type: dict[type, list[int]],
        answers: Answers,
    ) -> dict[type, list[int]]:
        kept: dict[type, list[int]] = {}
        for kind, indices in by_type.items():
            kept[kind] = []
            for index in indices:
                if _algorithm_of(claims[index]) in self._refused:
                    answers.add(index, _refused(claims[index]))
                else:
                    kept[kind].append(index)
        return kept

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
        case ProofClaim():
            return claim.steps[-1].algorithm.value if claim.steps else ""
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
