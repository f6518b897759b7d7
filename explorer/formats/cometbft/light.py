"""Light-client verification: may this header be believed, coming from that one?

CometBFT specification v0.38, "Light client verification", ``verifySingle``: the trusted
header is within its trusting period, the new one is later and not from the future, its
sets and commit fit; next to each other the announced validators must be the same,
otherwise more than a third of those must have signed; and more than two thirds of its
own validators always.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from explorer.formats.cometbft.records import BlockRecord, Header, ValidatorSet
from explorer.formats.cometbft.sets import address_of


class StepVerdict(StrEnum):
    """The answers of a light client, named as its test vectors name them."""

    SUCCESS = "SUCCESS"
    NOT_ENOUGH_TRUST = "NOT_ENOUGH_TRUST"
    INVALID = "INVALID"


@dataclass(frozen=True, slots=True)
class Trusted:
    """What a light client holds for true."""

    header: Header
    next_validators: ValidatorSet


@dataclass(frozen=True, slots=True)
class Offered:
    """A light block that is offered, with what was found out about it."""

    record: BlockRecord
    is_sound: bool
    """Hashes of header and sets agree; every vote is by a member, none twice."""
    signers: frozenset[bytes]
    """Addresses whose signatures for the block hold."""
    has_false_vote: bool
    """A member's signature does not hold."""


def signed_power(validators: ValidatorSet, signers: Iterable[bytes]) -> int:
    """Return the power of those members who signed."""
    powers: Mapping[bytes, int] = {
        address_of(each): each.power for each in validators.members
    }
    return sum(powers.get(each, 0) for each in set(signers))


def has_third(validators: ValidatorSet, signers: Iterable[bytes]) -> bool:
    """Return whether more than a third of the power signed."""
    total = sum(each.power for each in validators.members)
    return signed_power(validators, signers) * 3 > total


def has_two_thirds(validators: ValidatorSet, signers: Iterable[bytes]) -> bool:
    """Return whether more than two thirds of the power signed."""
    total = sum(each.power for each in validators.members)
    return signed_power(validators, signers) * 3 > total * 2


def judge_step(
    trusted: Trusted, offered: Offered, period_ns: int, now_ns: int
) -> StepVerdict:
    """Return the light client's answer, without any tolerance for clocks."""
    old, new = trusted.header, offered.record.header
    validators = offered.record.validators
    is_in_time = old.time_ns + period_ns > now_ns and new.time_ns < now_ns
    is_later = (
        new.chain_id == old.chain_id
        and new.time_ns > old.time_ns
        and new.height > old.height
    )
    if not (is_in_time and is_later and offered.is_sound) or validators is None:
        return StepVerdict.INVALID
    if new.height == old.height + 1:
        announced = old.hash_of("next_validators_hash")
        if new.hash_of("validators_hash") != announced:
            return StepVerdict.INVALID
    elif not has_third(trusted.next_validators, offered.signers):
        return StepVerdict.NOT_ENOUGH_TRUST
    if offered.has_false_vote or not has_two_thirds(validators, offered.signers):
        return StepVerdict.INVALID
    return StepVerdict.SUCCESS
