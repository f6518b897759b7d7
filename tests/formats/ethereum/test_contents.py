"""What transactions say: value, contracts, tokens, events."""

import json

import pytest

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.encodings.abi import parse_abi
from explorer.encodings.abi_encoding import encode_values
from explorer.encodings.rlp import encode, from_int
from explorer.formats.ethereum.contents import (
    TRANSFER,
    TRANSFER_BATCH,
    TRANSFER_SINGLE,
    contents_of,
    event_document,
    token_transfers,
)
from explorer.formats.ethereum.draft import Plan
from explorer.formats.ethereum.headers import header_of
from explorer.formats.ethereum.receipts import Log, receipt_from_rlp
from explorer.formats.ethereum.records import RawBlock, RawReceipts
from explorer.formats.ethereum.rlp_reader import read_envelope
from explorer.model.content import EntryContent, Transfer
from tests.formats.ethereum.chains import ALICE, BOB, genesis, legacy, receipt, typed

SPAN = ByteSpan(0, 3, 9)
TOKEN = b"\x22" * 20
NAME = f"0x{TOKEN.hex()}"
KECCAK = HashAlgorithm.KECCAK256


def word(value: int | bytes) -> bytes:
    return (
        value.to_bytes(32, "big") if isinstance(value, int) else value.rjust(32, b"\0")
    )


def party(each: bytes) -> str:
    return f"0x{each.hex()}"


ENDS = (word(ALICE.address), word(BOB.address))
NAMES = (party(ALICE.address), party(BOB.address))


def moved(topics: tuple[bytes, ...], data: bytes = b"") -> list[tuple[str, int, bool]]:
    found = list(token_transfers(Log(TOKEN, topics, data), SPAN))
    for each in found:
        assert (each.source, each.target, each.span) == (*NAMES, SPAN)
    return [(each.asset, each.amount, each.is_unique) for each in found]


def test_tokens_of_each_standard_move() -> None:
    assert moved((TRANSFER, *ENDS), word(7)) == [(NAME, 7, False)]
    assert moved((TRANSFER, *ENDS, word(9))) == [(f"{NAME} #9", 1, True)]
    operator = word(b"\x33" * 20)
    single = moved((TRANSFER_SINGLE, operator, *ENDS), word(5) + word(6))
    assert single == [(f"{NAME} #5", 6, False)]
    arrays = [64, 160, 2, 1, 2, 2, 10, 20]
    batch = b"".join(map(word, arrays))
    assert moved((TRANSFER_BATCH, operator, *ENDS), batch) == [
        (f"{NAME} #1", 10, False),
        (f"{NAME} #2", 20, False),
    ]


@pytest.mark.parametrize(
    ("topics", "data"),
    [
        ((), b""),
        ((bytes(32),), b""),
        ((TRANSFER, *ENDS), b"short"),
        ((TRANSFER_SINGLE, word(1), *ENDS), b"short"),
        ((TRANSFER_BATCH, word(1), *ENDS), b""),
        ((TRANSFER_BATCH, word(1), *ENDS), b"".join(map(word, [2**255, 0]))),
        ((TRANSFER_BATCH, word(1), *ENDS), b"".join(map(word, [64, 64, 2**70]))),
        ((TRANSFER_BATCH, word(1), *ENDS), b"".join(map(word, [64, 96, 0, 1, 5]))),
        ((TRANSFER_BATCH, word(1), *ENDS), b"".join(map(word, [33, 64, 0]))),
    ],
)
def test_other_logs_move_nothing(topics: tuple[bytes, ...], data: bytes) -> None:
    assert moved(topics, data) == []


def said(envelope: bytes, outcome: bytes | None = None, **more: object) -> EntryContent:
    made = genesis(number=5)
    fields = [made.values[each] for each in made.values]
    header = header_of(fields, made.header)
    raw = RawBlock(5, SPAN, header, SPAN, bytes(32), 1_500_000_000)
    raw.transactions = [read_envelope(envelope, SPAN)]
    if outcome is not None:
        raw.receipts = RawReceipts([receipt_from_rlp(outcome)], SPAN, [SPAN])
    plan = Plan(raw, senders=[ALICE.address])
    events = more.get("events", {})
    (found,) = contents_of(plan, is_bound=True, holds=[True], events=events)  # type: ignore[arg-type] # of the case
    return found


def test_value_moves_with_the_transaction() -> None:
    found = said(legacy(ALICE, value=5))
    target = f"0x{'11' * 20}"
    assert found.transfers == (
        Transfer("ether", 5, NAMES[0], target, is_unique=False, span=SPAN),
    )
    assert (found.author, found.author_verified, found.kind) == (
        *(NAMES[0], True),
        "transfer",
    )
    assert not found.enforced  # without receipts nobody knows that it succeeded
    assert said(legacy(ALICE, value=5), receipt(21_000)).enforced


def test_a_reverted_transaction_is_refused() -> None:
    logs = [(TOKEN, (TRANSFER, *ENDS), word(7))]
    found = said(legacy(ALICE, value=0), receipt(21_000, logs, status=b""))
    assert not found.accepted
    assert found.transfers == ()


def test_a_new_contract_has_its_address() -> None:
    found = said(typed(ALICE, 2, 3, to=b"", data=b"\x60\x00"))
    (made,) = found.transfers
    assert made.is_unique
    assert made.asset == f"contract {made.target}"
    assert len(made.target) == 42
    assert found.kind == "create contract"


def test_known_contract_addresses() -> None:
    # the example of the Ethereum wiki: sender 0x6ac7…, nonces 0 and 1
    sender = bytes.fromhex("6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0")
    known = (
        "cd234a471b72ba2f1ccf0a70fcaba648a5eecd8d",
        "343c43a37d37dff08ae8c4a11544c718abb4fcf8",
    )
    for nonce, address in enumerate(known):
        made = digest(KECCAK, encode([sender, from_int(nonce)]))[12:]
        assert made.hex() == address


ABI = parse_abi(
    [
        {
            "type": "event",
            "name": "Packed",
            "inputs": [
                {"name": "sourceLots", "type": "string[]"},
                {"name": "resultBox", "type": "string"},
            ],
        }
    ]
)


def test_events_are_decoded_by_the_abi() -> None:
    (event,) = ABI.events
    topic = digest(KECCAK, event.signature.encode())
    kinds = [each.type for each in event.inputs]
    data = encode_values(kinds, [["L1", "L2"], "B1"])
    logs = [(TOKEN, (topic,), data), (TOKEN, (topic,), b"short")]
    found = said(
        legacy(ALICE, data=b"\x01\x02\x03\x04"),
        receipt(21_000, logs),
        events={topic: event},
    )
    (document,) = found.documents
    assert json.loads(document.data) == {
        "what": "Packed",
        "inputs": ["L1", "L2"],
        "outputs": ["B1"],
    }
    assert found.kind == "Packed"


def test_names_of_arguments_decide() -> None:
    assert event_document("E", {"_batchId": "x", "place": "y", "amount": 3}) == {
        "what": "E",
        "items": ["x"],
    }
    assert event_document("E", {"place": "y"}) == {}
