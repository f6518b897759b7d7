"""Signature policies: are these signers enough?

The order of evaluation is part of the rule and follows Hyperledger Fabric's
``common/cauthdsl`` (version 3.1): identities are tried in the order given, each
identity is used at most once within one ``NOutOf`` tree, and a rule that fails gives
back the identities it had taken. ``EachAlone`` is Fabric's implicit meta policy: each
sub-policy is judged with all signers. ``Weighted`` counts distinct identities.
"""

from collections.abc import Sequence

from explorer.core.limits import MAX_NESTING
from explorer.model.claims import EachAlone, NOutOf, Rule, SignedBy, Voter, Weighted


def satisfied(rule: Rule, voters: Sequence[Voter]) -> bool:
    """Return whether the voters, whose signatures all hold, satisfy the rule.

    Two voters with the same identity count once. A rule nested deeper than
    ``MAX_NESTING`` is satisfied by nobody.
    """
    distinct = list({voter.identity: voter for voter in reversed(voters)}.values())
    distinct.reverse()
    return _holds(rule, distinct, [False] * len(distinct), MAX_NESTING)


def principals_of(rule: Rule) -> frozenset[str]:
    """Return every principal that the rule names."""
    found: set[str] = set()
    open_rules: list[Rule] = [rule]
    while open_rules:
        each = open_rules.pop()
        if isinstance(each, SignedBy):
            found.add(each.principal)
        elif isinstance(each, NOutOf | EachAlone):
            open_rules.extend(each.rules)
    return frozenset(found)


def _holds(rule: Rule, voters: list[Voter], used: list[bool], depth: int) -> bool:
    if depth == 0:
        return False
    match rule:
        case SignedBy(principal):
            return _take_signer(principal, voters, used)
        case NOutOf(n, rules):
            return _take_enough(n, rules, voters, used, depth)
        case EachAlone(n, rules):
            alone = [False] * len(voters)
            held = sum(_holds(each, voters, list(alone), depth - 1) for each in rules)
            return held >= n
        case Weighted(least):
            return sum(voter.weight for voter in voters) >= least


def _take_signer(principal: str, voters: list[Voter], used: list[bool]) -> bool:
    for index, voter in enumerate(voters):
        if not used[index] and principal in voter.principals:
            used[index] = True
            return True
    return False


def _take_enough(
    n: int, rules: Sequence[Rule], voters: list[Voter], used: list[bool], depth: int
) -> bool:
    held = 0
    for each in rules:
        trial = list(used)
        if _holds(each, voters, trial, depth - 1):
            held += 1
            used[:] = trial
    return held >= n
