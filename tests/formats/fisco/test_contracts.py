"""Calls and events decoded by an ABI that is known, or one that fits."""

import json

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.encodings.abi import parse_abi
from explorer.encodings.abi_encoding import encode_values
from explorer.formats.fisco.contracts import (
    Contracts,
    arguments_of,
    documents_of,
    summary_of,
)
from explorer.formats.fisco.receipts import LogEntry
from tests.formats.fisco.writing import ABI, TEXT

SM3, KECCAK = HashAlgorithm.SM3, HashAlgorithm.KECCAK256
SPAN = ByteSpan(0, 0, 1)
HOME = "c0" * 20


def data(algorithm: HashAlgorithm) -> bytes:
    selector = digest(algorithm, b"record(string,string)")[:4]
    return selector + encode_values([TEXT, TEXT], ["box", "{}"])


def entry(algorithm: HashAlgorithm, address: str = HOME) -> LogEntry:
    topic = digest(algorithm, b"Recorded(string)")
    return LogEntry(address, (topic,), encode_values([TEXT], ["box"]), SPAN)


def test_an_abi_beside_the_evidence_fits_by_selector() -> None:
    contracts = Contracts([parse_abi(ABI)])
    for algorithm in (SM3, KECCAK):
        call = contracts.call(HOME, data(algorithm), algorithm)
        assert (call.name, call.arguments) == (
            "record",
            {"item": "box", "payload": "{}"},
        )
        assert contracts.event(entry(algorithm), algorithm) == (
            "Recorded",
            {"item": "box"},
        )
    assert contracts.call(HOME, data(SM3), KECCAK).name == f"0x{data(SM3)[:4].hex()}"
    assert contracts.event(entry(SM3), KECCAK) is None
    assert contracts.event(LogEntry(HOME, (), b"", SPAN), SM3) is None


def test_a_deployed_abi_is_used_at_its_address() -> None:
    contracts = Contracts([])
    assert not contracts.deploy("", HOME)
    assert not contracts.deploy("no JSON", HOME)
    assert contracts.deploy(json.dumps(ABI), HOME)
    assert contracts.call(HOME, data(SM3), SM3).name == "record"
    assert contracts.call(HOME, b"\1\2\3\4", SM3).name == "0x01020304"
    assert contracts.call(HOME, data(SM3)[:40], SM3).is_decoded is False
    assert contracts.call("", b"\x60", SM3).name == "deploy"
    assert contracts.event(entry(SM3), SM3) is not None
    bad = LogEntry(HOME, (digest(SM3, b"Recorded(string)"),), b"", SPAN)
    assert contracts.event(bad, SM3) is None


def test_values_become_documents() -> None:
    assert documents_of({}, SPAN) == []
    found = documents_of({"a": '{"item": 1}', "b": "{broken", "c": [1]}, SPAN, "E")
    assert [each.media_type for each in found] == [
        "application/json;event=E",
        "application/json",
    ]
    assert arguments_of({"a": "x", "b": 1, "c": ["y"]}) == ("x", "1", '["y"]')
    assert summary_of(("x", "", "y")) == "x · y"
    assert len(summary_of(("x" * 500,))) == 200
