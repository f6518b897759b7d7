"""The runner answers every claim, in order, whatever a check does."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

import pytest

from explorer.checks import signatures, structure
from explorer.checks.runner import Answers, ClaimRunner
from explorer.checks.signatures import Elsewhere, Here
from explorer.crypto.trust import TrustStore
from explorer.model.blocks import Block
from explorer.model.checks import Outcome
from explorer.model.claims import Claim, HashClaim, NOutOf, QuorumClaim, SignedBy, Voter
from explorer.model.ledgers import Batch
from tests.checks.claims import PLACE, Signer, block, hash_claim, link_claim, sha256


def run(claims: Sequence[Claim], blocks: Sequence[Block] = ()) -> Answers:
    checks = ClaimRunner(TrustStore(), Here(fast=False))
    return checks.start(Batch(blocks, [], claims)).result()


def test_outcomes_stand_in_the_order_of_the_claims() -> None:
    signer = Signer()
    claims: list[Claim] = [
        hash_claim(b"a", sha256(b"a")),
        signer.claim(b"m", signed=b"other"),
        link_claim(b"h", sha256(b"h")),
        signer.claim(b"m"),
        hash_claim(b"a", sha256(b"b")),
    ]
    answers = run(claims)
    passed, failed = Outcome.PASSED, Outcome.FAILED
    assert list(answers.outcomes) == [passed, failed, passed, passed, failed]
    assert answers.passed == {"t.hash": 1, "t.link": 1, "t.signature": 1}
    assert answers.signatures == 1
    assert [each.reason for each in answers.results] == [
        "hash-mismatch",
        "signature-mismatch",
    ]
    assert answers.claim_indices == [4, 1]


def test_a_premise_keeps_that_it_is_one() -> None:
    result = run([Signer().claim(b"m", signed=b"x")]).results[0]
    assert not result.decisive
    assert result.spans[0] == PLACE
    assert result.detail == "somebody"


def test_hashes_of_blocks_come_back_in_order() -> None:
    blocks = [block(1, b"one"), block(2, b"two")]
    assert run([], blocks).hashes == [sha256(b"one"), sha256(b"two")]


def test_a_quorum_waits_for_its_signatures() -> None:
    signer = Signer()
    vote = Voter(1, "a", frozenset({"A"}), anchored=True)
    quorum = QuorumClaim("t.quorum", 5, -1, NOutOf(1, (SignedBy("A"),)), (vote,), PLACE)
    good = run([quorum, signer.claim(b"m")])
    assert list(good.outcomes) == [Outcome.PASSED, Outcome.PASSED]
    assert good.unattributed == []
    bad = run([quorum, signer.claim(b"m", signed=b"x")])
    assert list(bad.outcomes) == [Outcome.FAILED, Outcome.FAILED]
    assert bad.unattributed == [5]


def test_a_check_that_breaks_is_broken_and_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = structure.HashCheck.failures

    def explode(
        self: structure.HashCheck, claims: Sequence[HashClaim]
    ) -> Iterator[structure.Failure]:
        if any(claim.covered == b"odd" for claim in claims):
            raise RuntimeError("defect at odd")
        return right(self, claims)

    monkeypatch.setattr(structure.HashCheck, "failures", explode)
    claims = [hash_claim(each, sha256(b"a")) for each in (b"odd", b"a", b"b")]
    answers = run([*claims, link_claim(b"h", sha256(b"h"))])
    assert [Outcome(each).word for each in answers.outcomes] == [
        "broken",
        "passed",
        "failed",
        "passed",
    ]
    assert answers.passed["t.hash"] == 1
    assert answers.results[0].reason == "check-broken"
    assert "defect at odd" in answers.results[0].detail


def test_an_algorithm_that_the_user_refuses_proves_nothing() -> None:
    trust = TrustStore(refused_algorithms=("sha256", "ed25519"))
    checks = ClaimRunner(trust, Here(fast=False))
    signature = Signer().claim(b"m", decisive=True)
    claims: list[Claim] = [hash_claim(b"a", sha256(b"a")), signature]
    answers = checks.start(Batch([], [], claims)).result()
    assert {each.reason for each in answers.results} == {"algorithm-refused"}
    assert list(answers.outcomes) == [Outcome.INCONCLUSIVE] * 2
    assert not +answers.passed


def test_other_processes_give_the_same_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signatures, "INLINE_SIGNATURES", 0)
    signer = Signer()
    claims = [
        signer.claim(b"%d" % n, signed=None if n % 3 else b"x") for n in range(30)
    ]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        checks = ClaimRunner(TrustStore(), Elsewhere(executor, fast=False))
        there = checks.start(Batch([], [], claims)).result()
    here = run(claims)
    assert there.outcomes == here.outcomes
    assert there.results == here.results
    assert there.signatures == here.signatures == 20
