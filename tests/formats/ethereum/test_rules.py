"""Static rules: each fails for its own reason, and only where its fork is in force."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.patricia import list_root
from explorer.encodings.rlp import Encodable, decode_plain, encode, from_int
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.forks import (
    MAINNET,
    UNKNOWN,
    Fork,
    Reach,
    by_fields,
    network_by_chain,
    network_by_name,
)
from explorer.formats.ethereum.header_rules import (
    blob_base_fee,
    next_base_fee,
    next_difficulty,
    next_excess,
)
from explorer.formats.ethereum.headers import Header, header_of
from tests.formats.ethereum.chains import (
    ALICE,
    BOB,
    GAS_LIMIT,
    HIGH_ORDER,
    Made,
    child,
    export,
    genesis,
    legacy,
    merged,
    numbered,
    typed,
    work_chain,
    write,
)
from tests.formats.ethereum.driving import run_one

_KECCAK = HashAlgorithm.KECCAK256
GIGA = 10**9


def header(made: Made) -> Header:
    fields = decode_plain(made.header)
    assert isinstance(fields, list)
    return header_of(fields, made.header)


def frontier(count: int = 2, **last: int | bytes) -> list[Made]:
    """Return a chain whose difficulties follow the first formula."""
    chain = [genesis()]
    for number in range(count):
        before = header(chain[-1])
        made = child(chain[-1], (), last if number == count - 1 else {})
        if "difficulty" not in last or number < count - 1:
            wanted = next_difficulty(header(made), before, Fork.FRONTIER)
            made.values |= numbered(difficulty=wanted)
        chain.append(made)
    return chain


HEADER_CASES: list[tuple[str, str, dict[str, int | bytes], bool]] = [
    ("gas-used-above-limit", "Frontier", {"gas_used": GAS_LIMIT + 1}, False),
    ("gas-limit-out-of-range", "Frontier", {"gas_limit": 2**63}, False),
    ("gas-limit-step", "Frontier", {"gas_limit": GAS_LIMIT + GAS_LIMIT // 1024}, False),
    ("gas-limit-step", "Frontier", {"gas_limit": GAS_LIMIT * 2}, False),
    ("extra-data-too-long", "Frontier", {"extra": bytes(33)}, False),
    ("time-not-later", "Frontier", {"time": 1_500_000_000}, False),
    ("difficulty-mismatch", "Frontier", {"difficulty": 5}, False),
    ("field-count-mismatch", "London", {}, False),
    ("difficulty-after-merge", "Cancun", {"difficulty": 1}, True),
    ("nonce-after-merge", "Cancun", {"nonce": bytes(7) + b"\x01"}, True),
    ("uncles-after-merge", "Cancun", {"ommers": bytes(32)}, True),
    ("base-fee-mismatch", "Cancun", {"base_fee": 8}, True),
    ("excess-blob-gas-mismatch", "Cancun", {"excess": 5}, True),
    ("blob-gas-mismatch", "Cancun", {"blob_gas": 131_071}, True),
    ("blob-gas-above-limit", "Cancun", {"blob_gas": 7 * 131_072}, True),
]


@pytest.mark.parametrize(("reason", "network", "values", "is_merged"), HEADER_CASES)
def test_each_rule_of_headers_fails_for_its_own_reason(
    reason: str,
    network: str,
    values: dict[str, int | bytes],
    is_merged: bool,
    tmp_path: Path,
) -> None:
    if is_merged:
        first = merged()
        chain = [first, child(first, (), values)]
    else:
        chain = frontier(1, **values)
    path = write(tmp_path, chain)
    run = run_one(path, network)
    assert (checks.HEADER_RULES, reason, 1) in run.faults
    unnamed = run_one(path)
    assert (checks.HEADER_RULES, "network-not-named", 1) not in run.faults
    universal = {"gas-used-above-limit"}
    found = {each for each in unnamed.faults if each[0] == checks.HEADER_RULES}
    assert {each[1] for each in found} == universal & {reason}


def test_rules_that_hold_are_counted(tmp_path: Path) -> None:
    run = run_one(write(tmp_path, frontier(3)), "Frontier")
    assert run.faults == []
    assert run.passed[checks.HEADER_RULES] == 4


def test_a_gas_limit_may_not_be_tiny(tmp_path: Path) -> None:
    chain = [genesis(gas_limit=5_000)]
    chain.append(child(chain[-1], gas_limit=4_997))
    run = run_one(write(tmp_path, chain), "Homestead")
    assert (checks.HEADER_RULES, "gas-limit-too-low", 1) in run.faults


def test_an_earlier_time_is_wrong_on_every_chain(tmp_path: Path) -> None:
    chain = [genesis()]
    chain.append(child(chain[-1], time=1_499_999_999))
    run = run_one(write(tmp_path, chain))
    assert run.faults == [(checks.HEADER_RULES, "time-not-later", 1)]


def test_the_dao_fork_is_marked(tmp_path: Path) -> None:
    chain = [genesis()]
    for number in range(1, 7):
        mark = b"dao-hard-fork" if number == 5 else b""
        made = child(chain[-1], extra=mark)
        fork = Fork.HOMESTEAD
        wanted = next_difficulty(header(made), header(chain[-1]), fork)
        made.values |= numbered(difficulty=wanted)
        chain.append(made)
    run = run_one(write(tmp_path, chain), "HomesteadToDaoAt5")
    assert run.faults == [(checks.HEADER_RULES, "extra-data-not-dao", 6)]


def test_the_merge_comes_with_the_total_difficulty(tmp_path: Path) -> None:
    first = genesis(difficulty=0x20000, base_fee=GIGA)
    late = child(first, difficulty=0x20000)
    network = "ArrowGlacierToParisAtDiff20000"
    run = run_one(write(tmp_path, [first, late]), network)
    assert (checks.HEADER_RULES, "difficulty-after-merge", 1) in run.faults
    right = child(first, difficulty=0)
    assert run_one(write(tmp_path, [first, right]), network).faults == []


def test_the_base_fee_begins_with_london(tmp_path: Path) -> None:
    first = genesis()
    wanted = next_difficulty(header(child(first)), header(first), Fork.LONDON)
    right = child(first, base_fee=GIGA, gas_limit=2 * GAS_LIMIT, difficulty=wanted)
    network = "BerlinToLondonAt1"
    assert run_one(write(tmp_path, [first, right]), network).faults == []
    wrong = child(first, base_fee=GIGA + 1, gas_limit=GAS_LIMIT, difficulty=wanted)
    run = run_one(write(tmp_path, [first, wrong]), network)
    assert [each[1] for each in run.faults] == ["base-fee-mismatch", "gas-limit-step"]


Bodies = Callable[[], Sequence[bytes]]
AUTHORIZATION: list[Encodable] = [b"\x01", bytes(20), b"", b"", b"\x01", b"\x01"]
BLOB_HASH = b"\x01" + bytes(31)


def blob(hashes: Sequence[bytes], price: int = 1, **more: bytes) -> bytes:
    return typed(ALICE, 3, extra=[from_int(price), list(hashes)], **more)  # type: ignore[arg-type] # only `to`


def high_s() -> bytes:
    fields = decode_plain(legacy(ALICE))
    assert isinstance(fields, list)
    v, s = fields[6], fields[8]
    assert isinstance(v, bytes)
    assert isinstance(s, bytes)
    flipped = from_int(HIGH_ORDER - int.from_bytes(s, "big"))
    return encode([*fields[:6], bytes((55 - v[0],)), fields[7], flipped])


def broken(position: int, value: bytes) -> bytes:
    fields = decode_plain(legacy(ALICE))
    assert isinstance(fields, list)
    fields[position] = value
    return encode(fields)


BODY_CASES: list[tuple[str, str, Bodies]] = [
    ("transaction-type-too-early", "Istanbul", lambda: [typed(ALICE, 1)]),
    ("transaction-type-too-early", "Berlin", lambda: [typed(ALICE, 2)]),
    ("gas-above-block-limit", "Berlin", lambda: [legacy(ALICE, gas=GAS_LIMIT + 1)]),
    (
        "gas-above-block-limit",
        "Berlin",
        lambda: [legacy(ALICE, gas=GAS_LIMIT), legacy(ALICE, 1, gas=GAS_LIMIT)],
    ),
    ("nonce-out-of-range", "Berlin", lambda: [legacy(ALICE, 2**64 - 1)]),
    ("intrinsic-gas-too-low", "Berlin", lambda: [legacy(ALICE, gas=20_999)]),
    ("intrinsic-gas-too-low", "Berlin", lambda: [legacy(ALICE, data=b"\x01")]),
    ("intrinsic-gas-too-low", "Berlin", lambda: [legacy(ALICE, to=b"")]),
    ("signature-high-s", "Berlin", lambda: [high_s()]),
    ("signature-out-of-range", "Berlin", lambda: [broken(6, b"\x05")]),
    ("signature-out-of-range", "Berlin", lambda: [broken(7, b"")]),
    (
        "signature-out-of-range",
        "Homestead",
        lambda: [legacy(ALICE, chain_id=1)],
    ),
    (
        "priority-above-fee",
        "London",
        lambda: [typed(ALICE, 2, fee=GIGA, priority=2 * GIGA)],
    ),
    ("fee-below-base-fee", "London", lambda: [typed(ALICE, 2, fee=1)]),
    ("cost-out-of-range", "Berlin", lambda: [legacy(ALICE, price=2**255)]),
    (
        "chain-id-mismatch",
        "Berlin",
        lambda: [legacy(ALICE, chain_id=5), legacy(ALICE, 1, chain_id=6)],
    ),
    ("nonce-repeated", "Berlin", lambda: [legacy(ALICE), legacy(ALICE)]),
    ("gas-used-above-offered", "Berlin", lambda: [legacy(ALICE)]),
]


@pytest.mark.parametrize(("reason", "network", "bodies"), BODY_CASES)
def test_each_rule_of_transactions_fails_for_its_own_reason(
    reason: str, network: str, bodies: Bodies, tmp_path: Path
) -> None:
    more = {"base_fee": GIGA} if network == "London" else {}
    first = genesis(**more)
    used: dict[str, int | bytes] = {}
    if reason == "gas-used-above-offered":
        used["gas_used"] = 50_000
    made = child(first, bodies(), used)
    run = run_one(write(tmp_path, [first, made]), network)
    assert (checks.BODY_RULES, reason, 1) in run.faults


LATER_CASES: list[tuple[str, str, Bodies]] = [
    ("blobs-missing", "Cancun", lambda: [blob([])]),
    ("blob-hash-version", "Cancun", lambda: [blob([bytes(32)])]),
    ("blob-fee-too-low", "Cancun", lambda: [blob([BLOB_HASH], price=0)]),
    ("contract-creation-refused", "Cancun", lambda: [blob([BLOB_HASH], to=b"")]),
    ("blob-gas-mismatch", "Cancun", lambda: [blob([BLOB_HASH])]),
    (
        "initcode-too-long",
        "Cancun",
        lambda: [typed(ALICE, 2, to=b"", data=bytes(49_153), gas=600_000)],
    ),
    ("authorizations-missing", "Prague", lambda: [typed(ALICE, 4, extra=[[]])]),
    (
        "contract-creation-refused",
        "Prague",
        lambda: [typed(ALICE, 4, to=b"", extra=[[AUTHORIZATION]])],
    ),
    (
        "transaction-type-too-early",
        "Cancun",
        lambda: [typed(ALICE, 4, extra=[[AUTHORIZATION]])],
    ),
    (
        "intrinsic-gas-too-low",
        "Prague",
        lambda: [typed(ALICE, 2, data=b"\x01" * 3_000, gas=100_000)],
    ),
]


@pytest.mark.parametrize(("reason", "network", "bodies"), LATER_CASES)
def test_each_rule_after_the_merge_fails_for_its_own_reason(
    reason: str, network: str, bodies: Bodies, tmp_path: Path
) -> None:
    first = merged(network)
    made = child(first, bodies(), gas_used=60_000)
    run = run_one(write(tmp_path, [first, made]), network)
    assert (checks.BODY_RULES, reason, 1) in run.faults


def test_transactions_of_every_type_hold(tmp_path: Path) -> None:
    first = merged("Prague")
    bodies = [
        legacy(ALICE, 0),
        legacy(ALICE, 1, chain_id=1),
        typed(ALICE, 1, 2, access=[[bytes(20), [bytes(32)]]]),
        typed(ALICE, 2, 3),
        blob([BLOB_HASH]).replace(b"", b""),
        typed(BOB, 4, 0, extra=[[AUTHORIZATION]]),
    ]
    bodies[4] = typed(BOB, 3, 1, extra=[b"\x01", [BLOB_HASH]])
    bodies[4], bodies[5] = bodies[5], bodies[4]
    made = child(first, bodies, gas_used=200_000, blob_gas=131_072)
    run = run_one(write(tmp_path, [first, made]), "Prague")
    assert run.faults == []
    assert run.passed[checks.SENDER] == 6
    authors = [each.author for each in run.entries]
    alice, bob = f"0x{ALICE.address.hex()}", f"0x{BOB.address.hex()}"
    assert authors == [alice] * 4 + [bob] * 2


def test_an_empty_block_used_nothing(tmp_path: Path) -> None:
    first = genesis()
    made = child(first, receipts=[b"x"], bloom=b"\x01" * 256, gas_used=5)
    run = run_one(write(tmp_path, [first, made]), "Berlin")
    found = {reason for check, reason, _ in run.faults if check == checks.BODY_RULES}
    assert found == {
        "receipts-without-transactions",
        "bloom-without-transactions",
        "gas-used-above-offered",
    }


def test_gas_used_has_a_least_value(tmp_path: Path) -> None:
    first = genesis()
    made = child(first, [legacy(ALICE)], gas_used=10_499)
    run = run_one(write(tmp_path, [first, made]), "Istanbul")
    assert (checks.BODY_RULES, "gas-used-too-low", 1) in run.faults


def uncle_chain(depth: int) -> tuple[list[Made], Made]:
    """Return a chain and a side block whose parent lies ``depth`` blocks back."""
    chain = frontier(8)
    parent = chain[-depth]
    made = child(parent, time=_time(parent) + 20, extra=b"side")
    wanted = next_difficulty(header(made), header(parent), Fork.FRONTIER)
    made.values |= numbered(difficulty=wanted)
    return chain, made


def _time(made: Made) -> int:
    value = made.values["time"]
    assert isinstance(value, bytes)
    return int.from_bytes(value, "big")


def with_uncles(chain: list[Made], uncles: Sequence[Made]) -> Made:
    made = child(chain[-1], uncles=uncles)
    wanted = next_difficulty(header(made), header(chain[-1]), Fork.FRONTIER)
    made.values |= numbered(difficulty=wanted)
    return made


@pytest.mark.parametrize("depth", range(2, 8))
def test_uncles_up_to_six_generations_are_fine(depth: int, tmp_path: Path) -> None:
    chain, uncle = uncle_chain(depth)
    chain.append(with_uncles(chain, [uncle]))
    run = run_one(write(tmp_path, chain), "Frontier")
    assert run.faults == []
    assert run.passed[checks.UNCLE_RULES] == 1


@pytest.mark.parametrize("depth", [1, 8])
def test_uncles_too_near_or_too_far_are_not(depth: int, tmp_path: Path) -> None:
    chain, uncle = uncle_chain(depth)
    chain.append(with_uncles(chain, [uncle]))
    run = run_one(write(tmp_path, chain), "Frontier")
    assert run.faults == [(checks.UNCLE_RULES, "uncle-parent-mismatch", 9)]


def test_uncles_are_named_once_and_two_at_most(tmp_path: Path) -> None:
    chain, uncle = uncle_chain(2)
    others = [uncle, uncle, chain[-1]]
    chain.append(with_uncles(chain, others))
    run = run_one(write(tmp_path, chain), "Frontier")
    found = {reason for check, reason, _ in run.faults if check == checks.UNCLE_RULES}
    assert found >= {"too-many-uncles", "uncle-repeated", "uncle-is-ancestor"}


def test_an_uncle_follows_the_rules_itself(tmp_path: Path) -> None:
    chain, uncle = uncle_chain(3)
    uncle.values |= numbered(gas_used=GAS_LIMIT + 1, number=3)
    chain.append(with_uncles(chain, [uncle]))
    run = run_one(write(tmp_path, chain), "Frontier")
    found = [reason for check, reason, _ in run.faults if check == checks.UNCLE_RULES]
    assert set(found) == {"uncle-rule"}
    assert len(found) >= 2


def test_an_uncle_from_before_the_export_is_left_open(tmp_path: Path) -> None:
    chain, uncle = uncle_chain(5)
    chain.append(with_uncles(chain, [uncle]))
    run = run_one(write(tmp_path, chain[-3:]), "Frontier")
    assert run.faults == []
    codes = {each.code: each.detail for each in run.closing.not_checked}
    assert codes["ethereum-uncles"] == "1"


def test_the_base_fee_formula() -> None:
    first = header(genesis(base_fee=1_000, gas_used=GAS_LIMIT))
    assert next_base_fee(first) == 1_125
    assert next_base_fee(header(genesis(base_fee=1_000))) == 875
    half = header(genesis(base_fee=1_000, gas_used=GAS_LIMIT // 2))
    assert next_base_fee(half) == 1_000
    assert next_base_fee(header(genesis())) == GIGA


def test_blob_gas_has_its_price() -> None:
    # EIP-4844: the price doubles about every 2,314,061 of excess
    assert blob_base_fee(0, Fork.CANCUN) == 1
    assert blob_base_fee(2_314_058, Fork.CANCUN) == 2
    assert blob_base_fee(2_314_057, Fork.CANCUN) == 1
    assert blob_base_fee(10 * 2**20, Fork.CANCUN) == 23
    assert blob_base_fee(2**64 - 1, Fork.CANCUN) == 0
    assert blob_base_fee(5, Fork.LATER) == 0
    first = header(merged())
    assert next_excess(first, 3) == 0


def test_difficulty_bombs_are_delayed() -> None:
    parent = header(genesis(difficulty=10**15, number=9_199_999))
    made = header(child(genesis(difficulty=10**15, number=9_199_999), number=9_200_000))
    frozen = 10**15 // 2048 * (1 - 13 // 9)
    plain = 10**15 + frozen + 1  # block 200,000 without the delay
    assert next_difficulty(made, parent, Fork.MUIR_GLACIER) == plain
    assert next_difficulty(made, parent, Fork.ISTANBUL) == plain - 1 + 2**40
    assert next_difficulty(made, parent, Fork.HOMESTEAD) > plain + 2**89


MERGE = "ArrowGlacierToParisAtDiffC0000"


def only(fork: Fork) -> Reach:
    return Reach(fork, fork)


@pytest.mark.parametrize(
    ("name", "number", "time", "total", "reach"),
    [
        ("Cancun", 5, 0, -1, only(Fork.CANCUN)),
        ("constantinople-fix", 5, 0, -1, only(Fork.CONSTANTINOPLE)),
        ("FrontierToHomesteadAt5", 4, 0, -1, only(Fork.FRONTIER)),
        ("FrontierToHomesteadAt5", 5, 0, -1, only(Fork.HOMESTEAD)),
        ("ShanghaiToCancunAtTime15k", 9, 14_999, -1, only(Fork.SHANGHAI)),
        ("ShanghaiToCancunAtTime15k", 9, 15_000, -1, only(Fork.CANCUN)),
        (MERGE, 9, 0, 0xC0000, only(Fork.PARIS)),
        (MERGE, 9, 0, -1, Reach(Fork.ARROW_GLACIER, Fork.PARIS)),
        ("mainnet", 12_965_000, 1_628_166_822, -1, only(Fork.LONDON)),
        ("mainnet", 19_426_587, 1_710_338_135, -1, only(Fork.CANCUN)),
    ],
)  # fmt: skip
def test_names_tell_what_is_in_force(
    name: str, number: int, time: int, total: int, reach: Reach
) -> None:
    assert network_by_name(name).reach(15, number, time, total) == reach


@pytest.mark.parametrize("name", ["nonsense", "LondonToNowhereAt5", "CancunAt5"])
def test_unknown_names_are_refused(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        network_by_name(name)
    assert caught.value.reason == "network-unknown"


def test_chains_are_recognised_by_their_number() -> None:
    assert network_by_chain(1, 19_000_000) is MAINNET
    assert network_by_chain(1, 5) is UNKNOWN
    assert network_by_chain(1337, 19_000_000) is UNKNOWN
    assert network_by_chain(11_155_111, 5).name == "sepolia"


def test_fields_bound_the_fork() -> None:
    assert by_fields(15) == Reach(Fork.FRONTIER, Fork.BERLIN)
    assert by_fields(22) == Reach(Fork.PRAGUE, Fork.LATER)
    assert UNKNOWN.reach(17, 0, 0, -1) == Reach(Fork.SHANGHAI, Fork.SHANGHAI)


def test_withdrawals_must_be_there(tmp_path: Path) -> None:
    first = merged("Shanghai")
    made = child(first)
    made.withdrawals = None
    run = run_one(write(tmp_path, [first, made]))
    assert (checks.WITHDRAWALS_ROOT, "withdrawals-mismatch", 1) in run.faults
    old = child(genesis())
    old.withdrawals = []
    run = run_one(write(tmp_path, [old]))
    assert (checks.WITHDRAWALS_ROOT, "withdrawals-mismatch", 1) in run.faults


def test_withdrawals_have_the_root_of_the_header(tmp_path: Path) -> None:
    first = merged("Shanghai")
    item: list[Encodable] = [b"", b"\x07", b"\x22" * 20, b"\x05"]
    made = child(first, withdrawals=list_root([encode(item)], _KECCAK))
    made.withdrawals = [item]
    assert run_one(write(tmp_path, [first, made]), "Shanghai").faults == []
    made.withdrawals = [[b"", b"\x08", b"\x22" * 20, b"\x05"]]
    run = run_one(write(tmp_path, [first, made]), "Shanghai")
    assert run.faults == [(checks.WITHDRAWALS_ROOT, "root-mismatch", 1)]
    made.withdrawals = [[b"", b"\x01" * 9, b"\x22" * 20, b"\x05"]]
    run = run_one(write(tmp_path, [first, made]), "Shanghai")
    assert run.faults == [(checks.FRAMING, "withdrawal-malformed", 1)]


def test_mainnet_is_recognised_by_its_first_block(corpora: Path) -> None:
    path = corpora / "ethereum" / "ethereum-rlp" / "mainnet-0-999.rlp"
    run = run_one(path)
    assert run.faults == []
    assert run.passed[checks.HEADER_RULES] == 1_000
    codes = {each.code for each in run.closing.not_checked}
    assert "ethereum-network" not in codes
    assert "ethereum-work" in codes


def test_an_unknown_network_is_said(tmp_path: Path) -> None:
    run = run_one(write(tmp_path, work_chain()))
    codes = {each.code for each in run.closing.not_checked}
    assert {"ethereum-network", "ethereum-receipts", "ethereum-senders"} <= codes
    assert len(export(work_chain())) > 0
