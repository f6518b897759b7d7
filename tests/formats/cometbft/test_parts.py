"""Small parts: transactions, events, paths, Merkle sides, times."""

import pytest

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.protobuf import encode_bytes
from explorer.formats.cometbft import may_differ
from explorer.formats.cometbft.entries import path_sides
from explorer.formats.cometbft.parsing import base64_bytes, hash_bytes, time_of
from explorer.formats.cometbft.records import Event
from explorer.formats.cometbft.transactions import told_by
from explorer.formats.cometbft.transfers import transfers_of
from tests.formats.cometbft.chain import node_of, text64

SPAN = ByteSpan(0, 0, 1)


def cosmos_tx(type_url: str, value: bytes) -> bytes:
    message = encode_bytes(1, type_url.encode()) + encode_bytes(2, value)
    return encode_bytes(1, encode_bytes(1, message)) + encode_bytes(2, b"\x0a\x00")


def test_a_plain_transfer_of_coins() -> None:
    coin = encode_bytes(1, b"pear") + encode_bytes(2, b"12")
    value = encode_bytes(1, b"alice") + encode_bytes(2, b"bob") + encode_bytes(3, coin)
    told = told_by(cosmos_tx("/cosmos.bank.v1beta1.MsgSend", value), SPAN)
    assert (told.kind, told.author) == ("MsgSend", "alice")
    (moved,) = told.transfers
    assert (moved.asset, moved.amount, moved.target) == ("pear", 12, "bob")
    assert told.summary == "12 pear alice → bob"


def test_a_token_of_the_sdk() -> None:
    fields = (b"boxes", b"X12", b"alice", b"bob")
    value = b"".join(encode_bytes(n, each) for n, each in enumerate(fields, 1))
    told = told_by(cosmos_tx("/cosmos.nft.v1beta1.MsgSend", value), SPAN)
    (moved,) = told.transfers
    assert moved.is_unique
    assert moved.asset == "boxes/X12"


@pytest.mark.parametrize("tx", [b"", b"key=value", b"\xff\xff", b"\x0a\x02\x0a\x00"])
def test_other_transactions_stay_bytes(tx: bytes) -> None:
    assert told_by(tx, SPAN).kind == "transaction"


def test_a_message_of_another_kind_only_gives_its_name() -> None:
    told = told_by(cosmos_tx("/cosmos.gov.v1.MsgVote", b"\x08\x01"), SPAN)
    assert (told.kind, told.transfers) == ("MsgVote", ())


def moved(kind: str, **attributes: str) -> list[tuple[str, int, str, str, bool]]:
    event = Event(kind, tuple(attributes.items()), SPAN)
    return [
        (each.asset, each.amount, each.source, each.target, each.is_unique)
        for each in transfers_of((event,))
    ]


def test_events_of_every_kind() -> None:
    assert moved("coinbase", minter="m", amount="3pear") == [
        ("pear", 3, "", "m", False)
    ]
    assert moved("burn", burner="m", amount="3pear") == [("pear", 3, "m", "", False)]
    assert moved("transfer", sender="a", recipient="b", amount="broken") == []
    sent = "cosmos.nft.v1beta1.EventSend"
    assert moved(sent, class_id='"c"', id='"7"', sender='"a"', receiver='"b"') == [
        ("c/7", 1, "a", "b", True)
    ]
    assert moved(sent, class_id='"c"') == []
    token = {"_contract_address": "w", "action": "transfer_nft", "token_id": "7"}
    assert moved("wasm", sender="a", recipient="b", **token) == [
        ("w/7", 1, "a", "b", True)
    ]
    coin = {"_contract_address": "w", "action": "transfer", "amount": "9"}
    assert moved("wasm", **{"from": "a", "to": "b"}, **coin) == [
        ("w", 9, "a", "b", False)
    ]
    assert moved("wasm", action="other") == []
    assert moved("message", action="x") == []


def test_names_and_values_in_base64() -> None:
    pairs = {"sender": "a", "recipient": "b", "amount": "4pear"}
    hidden = {text64(k.encode()): text64(v.encode()) for k, v in pairs.items()}
    assert moved("transfer", **hidden) == [("pear", 4, "a", "b", False)]
    assert moved("transfer", odd="%%") == []


def test_sides_of_a_path() -> None:
    assert path_sides(0, 1) == []
    assert path_sides(2, 3) == [True]
    assert path_sides(4, 6) == [False, True]
    assert path_sides(3, 3) is None


def test_bytes_have_one_form() -> None:
    assert hash_bytes(node_of("0aff")) == b"\x0a\xff"
    assert hash_bytes(node_of(None)) == b""
    assert hash_bytes(node_of("0aFF")) != b"\x0a\xff"  # no tool mixes the letters
    for odd in ("%", 7, "QQ="):
        with pytest.raises(ReadError):
            hash_bytes(node_of(odd))
    with pytest.raises(ReadError, match="one form"):
        base64_bytes(node_of("QR=="))


def test_times() -> None:
    assert time_of(node_of("1970-01-01T00:00:01.5Z")) == 1_500_000_000
    assert time_of(node_of("1970-01-01T01:00:00+01:00")) == 0
    assert time_of(node_of("0001-01-01T00:00:00Z")) == -62_135_596_800 * 10**9
    for odd in ("1970-01-01", "1970-13-01T00:00:00Z", 5):
        with pytest.raises(ReadError, match=r"not a time|text is missing"):
            time_of(node_of(odd))


def test_where_honest_copies_differ() -> None:
    assert may_differ("001.json/commit", b"a", b"b")
    assert not may_differ("001.json/header", b"a", b"b")
