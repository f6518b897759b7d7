"""Which rules are in force at a block: the forks of Ethereum up to Prague.

A network is named by the user, recognised by its chain id, or not known at all. Names
follow the public test suites (``Cancun``, ``BerlinToLondonAt5``,
``ShanghaiToCancunAtTime15k``, ``ArrowGlacierToParisAtDiffC0000``); ``mainnet``,
``sepolia``, ``holesky`` and ``hoodi`` have their published schedules (EIP-2387 and the
"hardfork meta" EIPs). Where no network is known, the number of header fields bounds the
fork. Left out: rules of forks after Prague; Osaka and later are judged as far as Prague
decides.
"""

import re
from collections.abc import Mapping, Sequence
from enum import IntEnum
from types import MappingProxyType

import msgspec

from explorer.core.errors import ReadError


class Fork(IntEnum):
    """A fork, in order of time."""

    FRONTIER = 0
    HOMESTEAD = 1
    EIP150 = 2
    EIP158 = 3
    BYZANTIUM = 4
    CONSTANTINOPLE = 5
    ISTANBUL = 6
    MUIR_GLACIER = 7
    BERLIN = 8
    LONDON = 9
    ARROW_GLACIER = 10
    GRAY_GLACIER = 11
    PARIS = 12
    SHANGHAI = 13
    CANCUN = 14
    PRAGUE = 15
    LATER = 16
    """Osaka and what follows: known to exist, its own rules are not judged."""


_NAMES: Mapping[str, Fork] = MappingProxyType(
    {
        "frontier": Fork.FRONTIER,
        "homestead": Fork.HOMESTEAD,
        "dao": Fork.HOMESTEAD,
        "eip150": Fork.EIP150,
        "tangerinewhistle": Fork.EIP150,
        "eip158": Fork.EIP158,
        "spuriousdragon": Fork.EIP158,
        "byzantium": Fork.BYZANTIUM,
        "constantinople": Fork.CONSTANTINOPLE,
        "constantinoplefix": Fork.CONSTANTINOPLE,
        "petersburg": Fork.CONSTANTINOPLE,
        "istanbul": Fork.ISTANBUL,
        "muirglacier": Fork.MUIR_GLACIER,
        "berlin": Fork.BERLIN,
        "london": Fork.LONDON,
        "arrowglacier": Fork.ARROW_GLACIER,
        "grayglacier": Fork.GRAY_GLACIER,
        "paris": Fork.PARIS,
        "merge": Fork.PARIS,
        "shanghai": Fork.SHANGHAI,
        "cancun": Fork.CANCUN,
        "prague": Fork.PRAGUE,
        "osaka": Fork.LATER,
        "bpo1": Fork.LATER,
        "bpo2": Fork.LATER,
        "amsterdam": Fork.LATER,
    }
)
_TRANSITION = re.compile(
    r"([a-z0-9]+?)to([a-z0-9]+?)at(?:(time)|(diff))?([0-9a-f]{1,16}?)(k?)\Z"
)
_FIELDS = (
    (15, Fork.FRONTIER, Fork.BERLIN),
    (16, Fork.LONDON, Fork.PARIS),
    (17, Fork.SHANGHAI, Fork.SHANGHAI),
    (20, Fork.CANCUN, Fork.CANCUN),
    (21, Fork.PRAGUE, Fork.LATER),
)
"""(number of header fields, first fork and last fork that writes so many)."""


class Step(msgspec.Struct, frozen=True):
    """A fork with what brings it into force; -1 where that does not."""

    fork: Fork
    number: int = -1
    time: int = -1
    difficulty: int = -1
    """Total difficulty that the parent must have reached."""


class Reach(msgspec.Struct, frozen=True):
    """The forks that may be in force at one block."""

    low: Fork
    high: Fork

    def surely(self, fork: Fork) -> bool:
        """Return whether the rules of ``fork`` are in force."""
        return self.low >= fork

    def surely_before(self, fork: Fork) -> bool:
        """Return whether the rules of ``fork`` are not yet in force."""
        return self.high < fork

    @property
    def is_exact(self) -> bool:
        """Return whether there is only one."""
        return self.low == self.high


class Network(msgspec.Struct, frozen=True):
    """A chain whose schedule of forks is known, or the unknown one."""

    name: str
    """Empty where it is not known."""
    steps: tuple[Step, ...] = ()
    dao_number: int = -1
    """First of ten blocks that carry the mark of the DAO fork (EIP-779)."""
    chain_id: int = -1
    """-1 where it does not follow from the name."""

    @property
    def is_known(self) -> bool:
        """Return whether rules that depend on the network can be decided."""
        return bool(self.steps)

    def reach(self, field_count: int, number: int, time: int, total: int) -> Reach:
        """Return the forks that may be in force at a block.

        ``total`` is the total difficulty of the parent, -1 if unknown.
        """
        if not self.steps:
            return by_fields(field_count)
        low = high = Fork.FRONTIER
        for step in self.steps:
            answer = _is_in_force(step, number, time, total)
            low = step.fork if answer > 0 else low
            high = step.fork if answer >= 0 else high
        return Reach(low, high)


def _is_in_force(step: Step, number: int, time: int, total: int) -> int:
    """Return 1 if it is, -1 if it is not, 0 if that cannot be told."""
    if step.difficulty >= 0:
        if total < 0:
            return 0
        return 1 if total >= step.difficulty else -1
    reached = number >= step.number if step.number >= 0 else time >= step.time
    return 1 if reached else -1


def by_fields(count: int) -> Reach:
    """Return the forks that write headers of ``count`` fields."""
    for fields, low, high in _FIELDS:
        if count == fields:
            return Reach(low, high)
    return Reach(Fork.FRONTIER if count < 21 else Fork.PRAGUE, Fork.LATER)


def fields_of(fork: Fork) -> int:
    """Return how many fields a header has at ``fork``; 0 where not known."""
    if fork is Fork.LATER:
        return 0
    return next(count for count, low, high in _FIELDS if low <= fork <= high)


def _public(
    numbers: Sequence[tuple[Fork, int]], times: Sequence[tuple[Fork, int]]
) -> tuple[Step, ...]:
    by_number = [Step(fork, number=number) for fork, number in numbers]
    return (*by_number, *(Step(fork, time=time) for fork, time in times))


UNKNOWN = Network("")
MAINNET = Network(
    "mainnet",
    _public(
        (
            (Fork.HOMESTEAD, 1_150_000),
            (Fork.EIP150, 2_463_000),
            (Fork.EIP158, 2_675_000),
            (Fork.BYZANTIUM, 4_370_000),
            (Fork.CONSTANTINOPLE, 7_280_000),
            (Fork.ISTANBUL, 9_069_000),
            (Fork.MUIR_GLACIER, 9_200_000),
            (Fork.BERLIN, 12_244_000),
            (Fork.LONDON, 12_965_000),
            (Fork.ARROW_GLACIER, 13_773_000),
            (Fork.GRAY_GLACIER, 15_050_000),
            (Fork.PARIS, 15_537_394),
        ),
        (
            (Fork.SHANGHAI, 1_681_338_455),
            (Fork.CANCUN, 1_710_338_135),
            (Fork.PRAGUE, 1_746_612_311),
            (Fork.LATER, 1_764_798_551),
        ),
    ),
    dao_number=1_920_000,
    chain_id=1,
)
MAINNET_GENESIS = bytes.fromhex(
    "d4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3"
)
_SINCE_START = ((Fork.BERLIN, 0),)
_TESTNETS = {
    "sepolia": Network(
        "sepolia",
        _public(
            (*_SINCE_START, (Fork.LONDON, 0), (Fork.PARIS, 1_450_409)),
            (
                (Fork.SHANGHAI, 1_677_557_088),
                (Fork.CANCUN, 1_706_655_072),
                (Fork.PRAGUE, 1_741_159_776),
                (Fork.LATER, 1_760_427_360),
            ),
        ),
        chain_id=11_155_111,
    ),
    "holesky": Network(
        "holesky",
        _public(
            ((Fork.PARIS, 0),),
            (
                (Fork.SHANGHAI, 1_696_000_704),
                (Fork.CANCUN, 1_707_305_664),
                (Fork.PRAGUE, 1_740_434_112),
                (Fork.LATER, 1_759_308_480),
            ),
        ),
        chain_id=17_000,
    ),
    "hoodi": Network(
        "hoodi",
        _public(
            ((Fork.PARIS, 0), (Fork.CANCUN, 0)),
            ((Fork.PRAGUE, 1_742_999_832), (Fork.LATER, 1_761_677_592)),
        ),
        chain_id=560_048,
    ),
}
_BY_CHAIN_ID = {each.chain_id: each for each in (MAINNET, *_TESTNETS.values())}
_MAINNET_SIGNED_FROM = 2_675_000
"""Block of mainnet from which a transaction can name its chain (EIP-155)."""


def network_by_name(text: str) -> Network:
    """Return the network that the user named.

    Raises:
        ReadError: ``network-unknown`` if there is none of this name.
    """
    name = re.sub(r"[^a-z0-9]", "", text.lower())
    if not name:
        return UNKNOWN
    if name == "mainnet":
        return MAINNET
    if name in _TESTNETS:
        return _TESTNETS[name]
    if name in _NAMES:
        return Network(text, (Step(_NAMES[name], number=0),))
    found = _TRANSITION.match(name)
    if found is None or found[1] not in _NAMES or found[2] not in _NAMES:
        raise ReadError(f"there is no network called {text}", "network-unknown")
    return _transition(text, found)


def _transition(text: str, found: re.Match[str]) -> Network:
    before, after = _NAMES[found[1]], _NAMES[found[2]]
    base = 16 if found[4] else 10
    try:
        at = int(found[5], base) * (1_000 if found[6] else 1)
    except ValueError as error:
        raise ReadError(
            f"there is no network called {text}", "network-unknown"
        ) from error
    first = Step(before, number=0)
    if found[4]:
        step = Step(after, difficulty=at)
        return Network(text, (first, step))
    step = Step(after, time=at) if found[3] else Step(after, number=at)
    return Network(text, (first, step), dao_number=at if found[2] == "dao" else -1)


def network_by_chain(chain_id: int, number: int) -> Network:
    """Return the public network with this chain id; unknown if it is none.

    Many test chains call themselves 1, too: an early block is not taken for mainnet's.
    """
    found = _BY_CHAIN_ID.get(chain_id, UNKNOWN)
    is_too_early = found is MAINNET and number < _MAINNET_SIGNED_FROM
    return UNKNOWN if is_too_early else found
