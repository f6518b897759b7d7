"""Quorums: who is counted, how often, and what the user's anchors add."""

from explorer.checks.quorum import QuorumCheck
from explorer.checks.structure import PASSED
from explorer.crypto.policies import principals_of, satisfied
from explorer.model.checks import Outcome
from explorer.model.claims import (
    EachAlone,
    NOutOf,
    QuorumClaim,
    Rule,
    SignedBy,
    Voter,
    Weighted,
)
from tests.checks.claims import PLACE

PEER_A, PEER_B = SignedBy("A.PEER"), SignedBy("B.PEER")


def voter(
    claim: int, identity: str, *principals: str, anchored: bool = False, weight: int = 1
) -> Voter:
    return Voter(claim, identity, frozenset(principals), anchored, weight)


def examine(rule: Rule, voters: list[Voter], held: list[bool]) -> tuple[bool, bool]:
    outcomes = [Outcome.PASSED if each else Outcome.FAILED for each in held]
    claim = QuorumClaim("t.quorum", 9, -1, rule, tuple(voters), PLACE)
    answer = QuorumCheck().examine(claim, outcomes)
    if answer.result is not PASSED:
        assert answer.result.reason == "quorum-not-met"
        assert answer.result.block == 9
    return answer.result is PASSED, answer.is_attributed


def test_enough_distinct_signers_are_enough() -> None:
    rule = NOutOf(2, (PEER_A, PEER_B))
    both = [voter(0, "a", "A.PEER"), voter(1, "b", "B.PEER")]
    assert examine(rule, both, [True, True]) == (True, False)
    assert examine(rule, both, [True, False]) == (False, False)


def test_one_signer_counts_once() -> None:
    rule = NOutOf(2, (PEER_A, PEER_A))
    twice = [voter(0, "a", "A.PEER"), voter(1, "a", "A.PEER")]
    assert examine(rule, twice, [True, True]) == (False, False)
    other = [voter(0, "a", "A.PEER"), voter(1, "a2", "A.PEER")]
    assert examine(rule, other, [True, True])[0]


def test_a_voter_without_signature_is_not_counted() -> None:
    assert examine(PEER_A, [voter(-1, "a", "A.PEER")], []) == (False, False)


def test_a_failed_branch_gives_its_signers_back() -> None:
    inner = NOutOf(2, (PEER_A, PEER_B))
    rule = NOutOf(1, (inner, PEER_A))
    assert satisfied(rule, [voter(0, "a", "A.PEER")])


def test_each_alone_judges_every_policy_with_all_signers() -> None:
    one = [voter(0, "a", "A.PEER", "B.PEER")]
    assert satisfied(EachAlone(2, (PEER_A, PEER_B)), one)
    assert not satisfied(NOutOf(2, (PEER_A, PEER_B)), one)


def test_weights_of_distinct_signers_are_added() -> None:
    voters = [voter(0, "a", weight=2), voter(1, "a", weight=2), voter(2, "b")]
    assert satisfied(Weighted(3), voters)
    assert not satisfied(Weighted(4), voters)


def test_only_anchored_signers_attribute() -> None:
    rule = NOutOf(1, (PEER_A, PEER_B))
    mixed = [
        voter(0, "a", "A.PEER", anchored=True),
        voter(1, "b", "B.PEER", anchored=False),
    ]
    assert examine(rule, mixed, [True, True]) == (True, True)
    assert examine(rule, mixed, [False, True]) == (True, False)


def test_a_rule_that_demands_nobody_attributes_nothing() -> None:
    assert examine(NOutOf(0, ()), [], []) == (True, False)
    anybody = [voter(0, "a", "A.PEER", anchored=True)]
    assert examine(NOutOf(0, (PEER_A,)), anybody, [True]) == (True, False)


def test_a_rule_nested_too_deep_is_satisfied_by_nobody() -> None:
    rule: Rule = PEER_A
    for _ in range(100):
        rule = NOutOf(1, (rule,))
    assert not satisfied(rule, [voter(0, "a", "A.PEER")])
    assert principals_of(rule) == {"A.PEER"}
