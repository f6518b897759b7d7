"""Static rules of what a block holds: transactions, uncles, withdrawals, gas.

Yellow Paper, sections 6.2 and 11.1; EIP-2 and EIP-1559 (senders and fees), EIP-2028,
EIP-2930, EIP-3860, EIP-7623 and EIP-7702 (intrinsic gas), EIP-2681 (nonces), EIP-4844
(blobs), EIP-4895 (withdrawals), EIP-3675 (no uncles). Left out: whatever the state of
accounts decides (balances, code, the first nonce of a sender in the export).
"""

from collections.abc import Iterator, Sequence

from explorer.formats.ethereum.forks import Fork, Reach
from explorer.formats.ethereum.header_rules import (
    GAS_PER_BLOB,
    Breach,
    blob_base_fee,
)
from explorer.formats.ethereum.headers import EMPTY_ROOT, Header
from explorer.formats.ethereum.transactions import (
    BLOB,
    LEGACY,
    SECP256K1_ORDER,
    SET_CODE,
    Transaction,
)

MAX_INITCODE_BYTES = 49_152
MAX_NONCE = 2**64 - 2
_TYPE_SINCE = (Fork.FRONTIER, Fork.BERLIN, Fork.LONDON, Fork.CANCUN, Fork.PRAGUE)
"""Type of transaction → fork that brought it."""


def transaction_breaches(
    tx: Transaction, header: Header, reach: Reach, chain_id: int
) -> Iterator[Breach]:
    """Yield the rules that one transaction breaks; ``chain_id`` is -1 if unknown."""
    if reach.surely_before(_TYPE_SINCE[tx.type]):
        yield Breach("transaction-type-too-early", "", str(tx.type))
    if chain_id >= 0 and tx.chain_id not in {-1, chain_id}:
        yield Breach("chain-id-mismatch", str(chain_id), str(tx.chain_id))
    if tx.gas > header.gas_limit:
        yield Breach("gas-above-block-limit", f"<= {header.gas_limit}", str(tx.gas))
    if tx.nonce > MAX_NONCE:
        yield Breach("nonce-out-of-range", "< 2^64 - 1", str(tx.nonce))
    least = intrinsic_gas(tx, reach)
    if tx.gas < least:
        yield Breach("intrinsic-gas-too-low", f">= {least}", str(tx.gas))
    yield from _signature(tx, reach)
    yield from _fees(tx, header)
    if tx.type == BLOB:
        yield from _blobs(tx, header, reach)
    yield from _recipient(tx, reach)


def _recipient(tx: Transaction, reach: Reach) -> Iterator[Breach]:
    if tx.type == SET_CODE and not tx.authorizations:
        yield Breach("authorizations-missing")
    if tx.to:
        return
    if len(tx.data) > MAX_INITCODE_BYTES and reach.surely(Fork.SHANGHAI):
        yield Breach("initcode-too-long", f"<= {MAX_INITCODE_BYTES}", str(len(tx.data)))
    if tx.type in {BLOB, SET_CODE}:
        yield Breach("contract-creation-refused")


def _signature(tx: Transaction, reach: Reach) -> Iterator[Breach]:
    if tx.recovery < 0:
        yield Breach("signature-out-of-range", "", "v")
    elif not (0 < tx.r < SECP256K1_ORDER and 0 < tx.s < SECP256K1_ORDER):
        yield Breach("signature-out-of-range", "", "r, s")
    elif tx.s > SECP256K1_ORDER // 2 and reach.surely(Fork.HOMESTEAD):
        yield Breach("signature-high-s", "", f"{tx.s:064x}")
    is_replay_safe = tx.type == LEGACY and tx.chain_id >= 0
    if is_replay_safe and reach.surely_before(Fork.EIP158):
        yield Breach("signature-out-of-range", "", "v")


def _fees(tx: Transaction, header: Header) -> Iterator[Breach]:
    if tx.max_priority > tx.max_fee:
        yield Breach("priority-above-fee", f"<= {tx.max_fee}", str(tx.max_priority))
    if header.base_fee > tx.max_fee:
        yield Breach("fee-below-base-fee", f">= {header.base_fee}", str(tx.max_fee))
    if tx.gas * tx.max_fee + tx.value >= 2**256:
        yield Breach("cost-out-of-range")


def _blobs(tx: Transaction, header: Header, reach: Reach) -> Iterator[Breach]:
    if not tx.blob_hashes:
        yield Breach("blobs-missing")
    if any(each[:1] != b"\x01" for each in tx.blob_hashes):
        yield Breach("blob-hash-version", "01")
    if reach.is_exact and header.excess_blob_gas >= 0:
        price = blob_base_fee(header.excess_blob_gas, reach.low)
        if tx.max_blob_fee < price:
            yield Breach("blob-fee-too-low", f">= {price}", str(tx.max_blob_fee))


def intrinsic_gas(tx: Transaction, reach: Reach) -> int:
    """Return the least gas a transaction must offer, by the cheapest rules possible."""
    zeros = tx.data.count(0)
    others = len(tx.data) - zeros
    gas = 21_000 + 4 * zeros
    gas += others * (68 if reach.surely_before(Fork.ISTANBUL) else 16)
    if not tx.to and reach.surely(Fork.HOMESTEAD):
        gas += 32_000
        if reach.surely(Fork.SHANGHAI):
            gas += 2 * ((len(tx.data) + 31) // 32)
    keys = sum(count for _, count in tx.access_list)
    gas += 2_400 * len(tx.access_list) + 1_900 * keys + 25_000 * tx.authorizations
    if reach.surely(Fork.PRAGUE):
        gas = max(gas, 21_000 + 10 * (zeros + 4 * others))
    return gas


def block_breaches(
    header: Header, transactions: Sequence[Transaction], reach: Reach
) -> Iterator[Breach]:
    """Yield the rules that all transactions of a block break together."""
    offered = sum(each.gas for each in transactions)
    if header.gas_used > offered:
        yield Breach("gas-used-above-offered", f"<= {offered}", str(header.gas_used))
    if not transactions:
        if header.receipts_root != EMPTY_ROOT:
            found = header.receipts_root.hex()
            yield Breach("receipts-without-transactions", EMPTY_ROOT.hex(), found)
        if any(header.bloom):
            yield Breach("bloom-without-transactions")
    elif reach.is_exact:
        yield from _gas_used(header, transactions, reach)
    blobs = sum(len(each.blob_hashes) for each in transactions)
    if header.blob_gas_used >= 0 and header.blob_gas_used != blobs * GAS_PER_BLOB:
        wanted = str(blobs * GAS_PER_BLOB)
        yield Breach("blob-gas-mismatch", wanted, str(header.blob_gas_used))


def _gas_used(
    header: Header, transactions: Sequence[Transaction], reach: Reach
) -> Iterator[Breach]:
    """Compare the gas used with the least that these can have used.

    Each must also fit into what those before it have left of the block's limit.
    """
    used = 0
    for each in transactions:
        if used + each.gas > header.gas_limit >= each.gas:
            left = header.gas_limit - used
            yield Breach("gas-above-block-limit", f"<= {left}", str(each.gas))
        used += _least_used(each, reach)
    if header.gas_used < used:
        yield Breach("gas-used-too-low", f">= {used}", str(header.gas_used))


def _least_used(tx: Transaction, reach: Reach) -> int:
    """Return the least gas that one can have used: refunds give back a part."""
    least = intrinsic_gas(tx, reach)
    return least - least // (5 if reach.surely(Fork.LONDON) else 2)
