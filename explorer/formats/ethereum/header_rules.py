"""Static rules of headers: what a header and its parent show without running contracts.

Yellow Paper, section 4.3.4; EIP-1559 (gas limit, base fee), EIP-3675 (constants after
the merge), EIP-4844 and EIP-7691 (blob gas), the difficulty formulas of EIP-2, EIP-100,
EIP-649, EIP-1234, EIP-2384, EIP-3554, EIP-4345 and EIP-5133, EIP-779 (DAO).

A rule answers with a ``Breach``. Universal rules hold on every chain of the family. The
others depend on the network: where it is not known, not following them is no fault but
something that could not be judged. Left out: requests (EIP-7685), which blocks do not
hold, and blob parameters after Prague.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

from explorer.formats.ethereum.forks import Fork, Reach, fields_of
from explorer.formats.ethereum.headers import EMPTY_LIST_HASH, Header

MAX_GAS_LIMIT = 2**63 - 1
MIN_GAS_LIMIT = 5_000
MAX_EXTRA_BYTES = 32
GAS_PER_BLOB = 131_072
INITIAL_BASE_FEE = 10**9
DAO_BLOCKS = 10
DAO_MARK = b"dao-hard-fork"
MIN_DIFFICULTY = 131_072

_TARGETS: Mapping[Fork, tuple[int, int]] = MappingProxyType(
    {Fork.CANCUN: (3, 6), Fork.PRAGUE: (6, 9)}
)
"""Fork → target and most blobs of a block."""
_UPDATE_FRACTIONS: Mapping[Fork, int] = MappingProxyType(
    {Fork.CANCUN: 3_338_477, Fork.PRAGUE: 5_007_716}
)
_BOMB_DELAYS = (
    (Fork.GRAY_GLACIER, 11_400_000),
    (Fork.ARROW_GLACIER, 10_700_000),
    (Fork.LONDON, 9_700_000),
    (Fork.MUIR_GLACIER, 9_000_000),
    (Fork.CONSTANTINOPLE, 5_000_000),
    (Fork.BYZANTIUM, 3_000_000),
)


class Breach(msgspec.Struct, frozen=True, gc=False):
    """A rule that does not hold."""

    reason: str
    expected: str = ""
    found: str = ""
    is_universal: bool = False
    """Whether no chain of the family has another rule."""


class Setting(msgspec.Struct, frozen=True, gc=False):
    """What decides which rules apply to a header."""

    reach: Reach
    is_sealed: bool = False
    """Validators seal the blocks: extra data and difficulty follow other rules."""
    dao_number: int = -1


def header_breaches(header: Header, setting: Setting) -> Iterator[Breach]:
    """Yield the rules that one header breaks by itself."""
    reach = setting.reach
    if header.gas_used > header.gas_limit:
        yield Breach(
            "gas-used-above-limit",
            f"<= {header.gas_limit}",
            str(header.gas_used),
            is_universal=True,
        )
    if header.gas_limit > MAX_GAS_LIMIT:
        yield Breach("gas-limit-out-of-range", "< 2^63", str(header.gas_limit))
    if not setting.is_sealed and len(header.extra) > MAX_EXTRA_BYTES:
        yield Breach("extra-data-too-long", "<= 32 bytes", f"{len(header.extra)} bytes")
    wanted = fields_of(reach.low) if reach.is_exact else 0
    if wanted and header.field_count != wanted:
        yield Breach("field-count-mismatch", str(wanted), str(header.field_count))
    if reach.surely(Fork.PARIS) and not setting.is_sealed:
        yield from _after_merge(header)
    elif reach.surely_before(Fork.PARIS) and not header.difficulty:
        yield Breach("difficulty-mismatch", "> 0", "0")
    yield from _dao(header, setting)
    yield from _blob_gas(header, reach)


def _after_merge(header: Header) -> Iterator[Breach]:
    if header.difficulty:
        yield Breach("difficulty-after-merge", "0", str(header.difficulty))
    if header.nonce != bytes(8):
        yield Breach("nonce-after-merge", bytes(8).hex(), header.nonce.hex())
    if header.uncles_hash != EMPTY_LIST_HASH:
        yield Breach(
            "uncles-after-merge", EMPTY_LIST_HASH.hex(), header.uncles_hash.hex()
        )


def _dao(header: Header, setting: Setting) -> Iterator[Breach]:
    first = setting.dao_number
    is_marked = 0 <= first <= header.number < first + DAO_BLOCKS
    if is_marked and header.extra != DAO_MARK:
        yield Breach("extra-data-not-dao", DAO_MARK.hex(), header.extra.hex())


def _blob_gas(header: Header, reach: Reach) -> Iterator[Breach]:
    if header.blob_gas_used < 0:
        return
    if header.blob_gas_used % GAS_PER_BLOB:
        yield Breach(
            "blob-gas-mismatch", f"n x {GAS_PER_BLOB}", str(header.blob_gas_used)
        )
    if reach.is_exact and reach.low in _TARGETS:
        most = _TARGETS[reach.low][1] * GAS_PER_BLOB
        if header.blob_gas_used > most:
            found = str(header.blob_gas_used)
            yield Breach("blob-gas-above-limit", f"<= {most}", found)


def parent_breaches(
    header: Header, parent: Header, setting: Setting, before: Reach
) -> Iterator[Breach]:
    """Yield the rules that a header breaks together with its parent.

    ``before`` is what may have been in force at the parent.
    """
    if header.number != parent.number + 1:
        yield Breach(
            "number-mismatch",
            str(parent.number + 1),
            str(header.number),
            is_universal=True,
        )
    if header.time <= parent.time:
        yield Breach(
            "time-not-later",
            f"> {parent.time}",
            str(header.time),
            is_universal=header.time < parent.time,
        )
    reach = setting.reach
    starts_london = reach.surely(Fork.LONDON) and before.surely_before(Fork.LONDON)
    yield from _gas_limit(header, parent, is_doubled=starts_london)
    if header.base_fee >= 0:
        yield from _base_fee(header, parent)
    if header.excess_blob_gas >= 0 and reach.is_exact and reach.low in _TARGETS:
        wanted = next_excess(parent, _TARGETS[reach.low][0])
        if header.excess_blob_gas != wanted:
            found = str(header.excess_blob_gas)
            yield Breach("excess-blob-gas-mismatch", str(wanted), found)
    if not setting.is_sealed and reach.surely_before(Fork.PARIS) and reach.is_exact:
        wanted = next_difficulty(header, parent, reach.low)
        if header.difficulty != wanted:
            yield Breach("difficulty-mismatch", str(wanted), str(header.difficulty))


def _gas_limit(header: Header, parent: Header, *, is_doubled: bool) -> Iterator[Breach]:
    base = parent.gas_limit * 2 if is_doubled else parent.gas_limit
    most = base // 1024
    is_near = abs(header.gas_limit - base) < most
    if header.gas_limit != base and not is_near:
        wanted = f"{base} +- {max(most - 1, 0)}"
        yield Breach("gas-limit-step", wanted, str(header.gas_limit))
    if header.gas_limit < MIN_GAS_LIMIT:
        yield Breach("gas-limit-too-low", f">= {MIN_GAS_LIMIT}", str(header.gas_limit))


def _base_fee(header: Header, parent: Header) -> Iterator[Breach]:
    if header.base_fee == 0 == max(parent.base_fee, 0):
        return  # a network without fees
    wanted = next_base_fee(parent)
    if header.base_fee != wanted:
        yield Breach("base-fee-mismatch", str(wanted), str(header.base_fee))


def next_base_fee(parent: Header) -> int:
    """Return the base fee that follows ``parent`` (EIP-1559)."""
    if parent.base_fee < 0:
        return INITIAL_BASE_FEE
    target = parent.gas_limit // 2
    if parent.gas_used == target or not target:
        return parent.base_fee
    distance = abs(parent.gas_used - target)
    change = parent.base_fee * distance // target // 8
    if parent.gas_used > target:
        return parent.base_fee + max(change, 1)
    return parent.base_fee - change


def next_excess(parent: Header, target_blobs: int) -> int:
    """Return the excess blob gas that follows ``parent`` (EIP-4844)."""
    total = max(parent.excess_blob_gas, 0) + max(parent.blob_gas_used, 0)
    return max(total - target_blobs * GAS_PER_BLOB, 0)


def blob_base_fee(excess: int, fork: Fork) -> int:
    """Return the price of blob gas; 0 where the fork's parameters are not known.

    The series ends by itself; the exponent is bounded, since a hostile header may state
    any excess.
    """
    fraction = _UPDATE_FRACTIONS.get(fork, 0)
    if not fraction or excess > 200 * fraction:
        return 0
    step, total, index = fraction, 0, 1
    while step > 0:
        total += step
        step = step * excess // (fraction * index)
        index += 1
    return total // fraction


def next_difficulty(header: Header, parent: Header, fork: Fork) -> int:
    """Return the difficulty that follows ``parent``."""
    elapsed = header.time - parent.time
    unit = parent.difficulty // 2048
    number = header.number
    if fork < Fork.HOMESTEAD:
        sign = 1 if elapsed < 13 else -1
        value = max(parent.difficulty + sign * unit, MIN_DIFFICULTY)
    elif fork < Fork.BYZANTIUM:
        value = parent.difficulty + unit * max(1 - elapsed // 10, -99)
        value = max(value, MIN_DIFFICULTY)
    else:
        uncles = 1 if parent.uncles_hash == EMPTY_LIST_HASH else 2
        value = parent.difficulty + unit * max(uncles - elapsed // 9, -99)
        value = max(value, MIN_DIFFICULTY)
        delay = next(blocks for since, blocks in _BOMB_DELAYS if fork >= since)
        number = max(number - delay, 0)
    period = number // 100_000
    if period <= 1:
        return value
    bomb = 1 << min(period - 2, 512)
    return max(value + bomb, MIN_DIFFICULTY)
