"""Made blocks in the JSON of ``eth_getBlockByNumber`` and ``eth_getBlockReceipts``."""

from collections.abc import Mapping

from explorer.crypto.secp256k1 import address_of, recover
from explorer.encodings.rlp import Plain, decode_plain, encode
from explorer.formats.ethereum.receipts import receipt_from_rlp
from explorer.lab.ethereum_writer import MadeBlock, keccak

_HEADER = (
    ("parentHash", False),
    ("sha3Uncles", False),
    ("miner", False),
    ("stateRoot", False),
    ("transactionsRoot", False),
    ("receiptsRoot", False),
    ("logsBloom", False),
    ("difficulty", True),
    ("number", True),
    ("gasLimit", True),
    ("gasUsed", True),
    ("timestamp", True),
    ("extraData", False),
    ("mixHash", False),
    ("nonce", False),
    ("baseFeePerGas", True),
)
"""Name and whether it is a quantity."""
_TRANSACTION = (
    ("chainId", True),
    ("nonce", True),
    ("maxPriorityFeePerGas", True),
    ("maxFeePerGas", True),
    ("gas", True),
    ("to", False),
    ("value", True),
    ("input", False),
)
Json = dict[str, object]


def block_json(block: MadeBlock) -> Json:
    """Return the block with its transactions in full."""
    fields = _fields(decode_plain(block.header))
    found: Json = {"hash": _hex(block.hash), "size": hex(len(block.encoded))}
    for (name, is_number), value in zip(_HEADER, fields, strict=True):
        found[name] = _number(value) if is_number else _hex(value)
    found["uncles"] = []
    found["transactions"] = [
        _transaction_json(each, position, block.hash, fields[8])
        for position, each in enumerate(block.transactions)
    ]
    return found


def receipts_json(block: MadeBlock) -> list[Json]:
    """Return the receipts of a block."""
    number = _number(_fields(decode_plain(block.header))[8])
    found: list[Json] = []
    used = 0
    for position, encoded in enumerate(block.receipts):
        receipt = receipt_from_rlp(encoded)
        where = {
            "blockHash": _hex(block.hash),
            "blockNumber": number,
            "transactionHash": _hex(keccak(block.transactions[position])),
            "transactionIndex": hex(position),
        }
        logs = [
            {
                "address": _hex(log.address),
                "topics": [_hex(each) for each in log.topics],
                "data": _hex(log.data),
                **where,
            }
            for log in receipt.logs
        ]
        found.append(
            {
                **where,
                "type": hex(receipt.type),
                "status": "0x0" if receipt.has_failed else "0x1",
                "cumulativeGasUsed": hex(receipt.cumulative_gas),
                "gasUsed": hex(receipt.cumulative_gas - used),
                "logsBloom": _hex(receipt.bloom),
                "logs": logs,
            }
        )
        used = receipt.cumulative_gas
    return found


def _transaction_json(
    envelope: bytes, position: int, block_hash: bytes, number: bytes
) -> Json:
    items = decode_plain(envelope, 1)
    fields = items if isinstance(items, list) else []
    parity, r, s = _fields(fields[-3:])
    digest = keccak(envelope[:1] + encode(fields[:-3]))
    numbers = (int.from_bytes(each, "big") for each in (r, s, parity))
    sender = address_of(recover(digest, *numbers))
    found: Json = {
        "blockHash": _hex(block_hash),
        "blockNumber": _number(number),
        "from": _hex(sender),
        "hash": _hex(keccak(envelope)),
        "transactionIndex": hex(position),
        "type": "0x2",
        "accessList": [],
    }
    for (name, is_number), value in zip(_TRANSACTION, _fields(fields[:8]), strict=True):
        found[name] = _number(value) if is_number else _hex(value)
    if found["to"] == "0x":
        found["to"] = None
    rest: Mapping[str, bytes] = {"v": parity, "yParity": parity, "r": r, "s": s}
    found.update({name: _number(value) for name, value in rest.items()})
    return found


def _fields(items: Plain) -> list[bytes]:
    """Return the items that are byte strings, which those of a header all are."""
    return [each for each in items if isinstance(each, bytes)]


def _hex(value: bytes) -> str:
    return f"0x{value.hex()}"


def _number(value: bytes) -> str:
    return hex(int.from_bytes(value, "big"))
