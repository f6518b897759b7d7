"""A made-up tea that is traced on a QBFT chain: fields, blends, boxes, owners.

All of it is fictional (虚构演示数据), and so are its keys: no secret. Four members
seal the blocks. One contract tells events of batches and boxes; a second one holds a
token for each box, a third pays in points.
"""

import json
from collections.abc import Sequence

from explorer.encodings.abi import Abi, AbiItem, AbiValue, parse_abi
from explorer.encodings.abi_encoding import encode_values
from explorer.encodings.rlp import encode, from_int
from explorer.formats.ethereum.contents import TRANSFER
from explorer.lab.ethereum_json import block_json, receipts_json
from explorer.lab.ethereum_writer import (
    Account,
    Call,
    ChainPlan,
    MadeBlock,
    account,
    keccak,
    made_block,
    qbft_chain,
)

CHAIN_ID = 20_260
START = 1_789_000_000
MARK = "虚构演示数据".encode()
MEMBERS = ("garden", "blender", "carrier", "shop")
BOXES = 6
EVENTS: list[dict[str, object]] = [
    {
        "type": "event",
        "name": name,
        "inputs": [
            {"name": each, "type": kind, "indexed": False} for each, kind in inputs
        ],
    }
    for name, inputs in (
        ("BatchPicked", (("batchId", "string"), ("place", "string"))),
        ("Blended", (("inputBatches", "string[]"), ("outputBatch", "string"))),
        ("BoxPacked", (("sourceBatch", "string"), ("resultBox", "string"))),
        ("Inspected", (("itemId", "string"), ("moisturePermille", "uint256"))),
    )
]
"""The ABI of the tracing contract, as it lies beside the blocks."""

Log = tuple[bytes, tuple[bytes, ...], bytes]


class _Story:
    """Makes the calls of the story with their logs."""

    def __init__(self) -> None:
        self.members = {name: account(f"tea {name}") for name in MEMBERS}
        self.customer = account("tea customer")
        abi: Abi = parse_abi(EVENTS)
        self._events = {each.name: each for each in abi.events}
        owner = self.members["garden"].address
        self.trace, self.boxes, self.points = (
            keccak(encode([owner, from_int(nonce)]))[12:] for nonce in range(3)
        )

    def tell(self, member: str, event: str, values: Sequence[AbiValue]) -> Call:
        """Return a call after which the tracing contract tells an event."""
        item: AbiItem = self._events[event]
        kinds = [each.type for each in item.inputs]
        data = encode_values(kinds, values)
        log: Log = (self.trace, (keccak(item.signature.encode()),), data)
        call = keccak(f"{event}()".encode())[:4] + data
        return Call(self.members[member], self.trace, call, logs=(log,))

    def give(self, sender: Account, source: bytes, target: bytes, box: int) -> Call:
        """Return a call that moves the token of a box; none of it is a new one."""
        topics = (TRANSFER, _word(source), _word(target), box.to_bytes(32, "big"))
        log: Log = (self.boxes, topics, b"")
        data = bytes.fromhex("23b872dd") + b"".join(topics[1:])
        return Call(sender, self.boxes, data, logs=(log,))

    def pay(self, sender: Account, target: bytes, amount: int) -> Call:
        """Return a call that pays with points."""
        topics = (TRANSFER, _word(sender.address), _word(target))
        log: Log = (self.points, topics, amount.to_bytes(32, "big"))
        data = bytes.fromhex("a9059cbb") + topics[2] + log[2]
        return Call(sender, self.points, data, logs=(log,))


def _word(address: bytes) -> bytes:
    return address.rjust(32, b"\0")


def tea_chain() -> list[MadeBlock]:
    """Return the chain: its first block and what happened in twelve more."""
    story = _Story()
    garden, blender, carrier, shop = (story.members[each] for each in MEMBERS)
    made = [
        Call(garden, b"", b"\x60\x80\x60\x40" + each) for each in (b"T", b"B", b"P")
    ]
    nobody = bytes(20)
    boxes = range(1, BOXES + 1)
    days: list[list[Call]] = [
        made,
        [story.tell("garden", "BatchPicked", [f"M-{n}", f"field {n}"]) for n in (1, 2)],
        [story.tell("garden", "BatchPicked", ["M-3", "field 3"])],
        [story.tell("blender", "Inspected", ["M-2", 71])],
        [story.tell("blender", "Blended", [["M-1", "M-2"], "B-7"])],
        [story.tell("blender", "BoxPacked", ["B-7", f"BOX-{n}"]) for n in boxes],
        [story.give(blender, nobody, blender.address, n) for n in boxes],
        [story.give(blender, blender.address, carrier.address, n) for n in boxes],
        [Call(carrier, story.boxes, b"\x23\xb8\x72\xdd" + bytes(96), has_failed=True)],
        [story.give(carrier, carrier.address, shop.address, n) for n in boxes],
        [
            story.pay(story.customer, shop.address, 120),
            story.give(shop, shop.address, story.customer.address, 3),
        ],
        [Call(shop, carrier.address, value=5 * 10**15)],
    ]
    validators = [story.members[each] for each in MEMBERS]
    plan = ChainPlan(CHAIN_ID, validators, START, vanity=MARK)
    return qbft_chain(plan, days)


def tea_files() -> dict[str, bytes]:
    """Return the files of the sample, by their path in its folder."""
    chain = tea_chain()
    blocks = [block_json(each) for each in chain]
    receipts = [
        {"jsonrpc": "2.0", "id": number, "result": receipts_json(each)}
        for number, each in enumerate(chain)
    ]
    members = sorted(f"0x{account(f'tea {each}').address.hex()}" for each in MEMBERS)
    return {
        "chain.rlp": b"".join(each.encoded for each in chain),
        "chain_one-digit.rlp": _one_digit(chain),
        "chain_fork.rlp": _forked(chain),
        "rpc/blocks.jsonl": _lines(blocks),
        "rpc/receipts.jsonl": _lines(receipts),
        "rpc/TeaTrace.abi.json": json.dumps(EVENTS, indent=1).encode() + b"\n",
        "validators.json": json.dumps(members, indent=1).encode() + b"\n",
    }


def _lines(values: Sequence[object]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in values)


def _one_digit(chain: Sequence[MadeBlock]) -> bytes:
    """Return the chain with the moisture of batch M-2 changed from 71 to 70."""
    data = b"".join(each.encoded for each in chain)
    return data.replace((71).to_bytes(32, "big"), (70).to_bytes(32, "big"))


def _forked(chain: Sequence[MadeBlock]) -> bytes:
    """Return the chain with another block 12 before the last: a branch left aside."""
    story = _Story()
    validators = [story.members[each] for each in MEMBERS]
    plan = ChainPlan(CHAIN_ID, validators, START, vanity=MARK)
    shop = story.members["shop"]
    plan.nonces[shop.address] = 1
    other = Call(shop, story.customer.address, value=10**15)
    side = made_block(plan, len(chain) - 1, chain[-2].hash, [other])
    blocks = [*chain[:-1], side, chain[-1]]
    return b"".join(each.encoded for each in blocks)
