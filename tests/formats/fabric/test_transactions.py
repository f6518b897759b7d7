"""Envelopes that are not as they should be, and the code a peer gives for each."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.protobuf import encode_bytes, encode_integer
from explorer.formats.fabric.transactions import EnvelopeParser, Transaction, call_of
from tests.formats.fabric.driver import run_all
from tests.formats.fabric.network import (
    Network,
    Signer,
    channel_header,
    envelope,
    put,
    signature_header,
)

NONCE = b"\x05" * 24


def parse(data: bytes) -> Transaction:
    return EnvelopeParser().parse(data, 0, len(data))


def signed(creator: Signer, action: bytes, extension: str = "pear") -> bytes:
    """Return an envelope around the body of an action, with the right number."""
    header = signature_header(creator.identity, NONCE)
    tx_id = hashlib.sha256(NONCE + creator.identity).hexdigest()
    head = channel_header(3, "test-channel", tx_id, extension), header
    return envelope(head, action, creator)


def action(creator: Signer, network: Network, **parts: bytes) -> bytes:
    """Return a ``Transaction`` whose chaincode action has the given parts."""
    given = {
        "results": b"",
        "events": b"",
        "response": encode_integer(1, 200),
        "chaincode": encode_bytes(2, b"pear") + encode_bytes(3, b"1.0"),
        **parts,
    }
    numbers = {"results": 1, "events": 2, "response": 3, "chaincode": 4}
    inner = b"".join(
        encode_bytes(number, given[name])
        for name, number in numbers.items()
        if given[name] or name == "chaincode"
    )
    header = signature_header(creator.identity, NONCE)
    tx_id = hashlib.sha256(NONCE + creator.identity).hexdigest()
    channel = channel_header(3, "test-channel", tx_id, parts_name(parts))
    proposal = encode_bytes(1, encode_bytes(1, encode_integer(1, 1)))
    digest = hashlib.sha256(channel + header + proposal).digest()
    response = encode_bytes(1, digest) + encode_bytes(2, parts.get("whole", inner))
    endorsed = encode_bytes(1, response)
    for each in network.both:
        signature = each.sign(response + each.identity)
        endorsed += encode_bytes(
            2, encode_bytes(1, each.identity) + encode_bytes(2, signature)
        )
    body = encode_bytes(1, proposal) + encode_bytes(2, endorsed)
    return encode_bytes(1, encode_bytes(1, header) + encode_bytes(2, body))


def parts_name(parts: dict[str, bytes]) -> str:
    return "plum" if "plum" in parts else "pear"


def code(network: Network, folder: Path, data: bytes) -> list[str]:
    chain = network.chain()
    chain.add([data])
    chain.blocks[2].commit_hash = b""
    run = run_all(chain.write(folder))[0]
    return [
        each.computed
        for each in run.results
        if each.reason == "validation-flag-mismatch"
    ]


SPACE = encode_bytes(1, b"pear") + encode_bytes(
    2, encode_bytes(3, encode_bytes(1, b"k") + encode_bytes(3, b"v"))
)


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"results": encode_bytes(2, SPACE)}, []),
        ({"results": b"\xff"}, ["BAD_RWSET"]),
        ({"results": encode_bytes(2, encode_bytes(1, b"\xff"))}, ["BAD_RWSET"]),
        ({"results": encode_bytes(2, encode_bytes(2, b"\x0a\x05"))}, ["BAD_RWSET"]),
        ({"results": 2 * encode_bytes(2, SPACE)}, ["ILLEGAL_WRITESET"]),
        ({"response": encode_bytes(2, b"\xff")}, ["BAD_RESPONSE_PAYLOAD"]),
        ({"whole": b""}, ["BAD_RESPONSE_PAYLOAD"]),
        ({"whole": b"\xff"}, ["BAD_RESPONSE_PAYLOAD"]),
        ({"whole": encode_integer(9, 1)}, ["INVALID_OTHER_REASON"]),
        ({"chaincode": encode_bytes(2, b"plum")}, ["INVALID_CHAINCODE"]),
        ({"chaincode": encode_bytes(2, b"pear")}, ["INVALID_CHAINCODE"]),
        ({"chaincode": encode_bytes(2, b"\xff")}, ["BAD_RESPONSE_PAYLOAD"]),
        ({"events": encode_bytes(1, b"plum")}, ["INVALID_OTHER_REASON"]),
        ({"events": b"\xff\xff"}, ["INVALID_OTHER_REASON"]),
        ({"events": encode_bytes(1, b"pear")}, []),
    ],
)
def test_the_dispatchers_codes(
    network: Network, tmp_path: Path, parts: dict[str, bytes], wanted: list[str]
) -> None:
    data = signed(network.farmer, action(network.farmer, network, **parts))
    assert code(network, tmp_path, data) == wanted


def test_the_bodys_codes(network: Network, tmp_path: Path) -> None:
    one = action(network.farmer, network)
    for number, body in enumerate(
        (
            b"",
            one + one,
            b"\xff",
            encode_bytes(1, b"\xff"),
            encode_bytes(1, encode_bytes(1, b"x")),
        )
    ):
        found = code(network, tmp_path / str(number), signed(network.farmer, body))
        assert found == ["INVALID_ENDORSER_TRANSACTION"]


def test_the_heads_codes(network: Network, tmp_path: Path) -> None:
    creator = network.farmer.identity
    good = channel_header(3, "test-channel", "t", "pear")
    who = signature_header(creator, NONCE)
    cases = {
        b"\xff": "INVALID_OTHER_REASON",
        encode_bytes(1, b"\xff") + encode_bytes(2, b"s"): "BAD_PAYLOAD",
        encode_bytes(2, b"s"): "BAD_COMMON_HEADER",
        envelope((good, b"\xff"), b"", network.farmer): "BAD_COMMON_HEADER",
        envelope((b"\xff", who), b"", network.farmer): "BAD_COMMON_HEADER",
        envelope((good, encode_bytes(1, creator)), b"", network.farmer): (
            "BAD_COMMON_HEADER"
        ),
        envelope((good + encode_integer(6, 1), who), b"", network.farmer): (
            "BAD_COMMON_HEADER"
        ),
        envelope((channel_header(5, "test-channel"), who), b"", network.farmer): (
            "BAD_COMMON_HEADER"
        ),
        envelope((good + encode_bytes(4, b"\xff"), who), b"", network.farmer): (
            "BAD_COMMON_HEADER"
        ),
        envelope((channel_header(2, "test-channel"), who), b"", network.farmer): (
            "UNSUPPORTED_TX_PAYLOAD"
        ),
    }
    for number, (data, wanted) in enumerate(cases.items()):
        assert code(network, tmp_path / str(number), data) == [wanted]


def test_an_unreadable_extension(network: Network, tmp_path: Path) -> None:
    creator = network.farmer
    header = signature_header(creator.identity, NONCE)
    tx_id = hashlib.sha256(NONCE + creator.identity).hexdigest()
    channel = channel_header(3, "test-channel", tx_id) + encode_bytes(7, b"\xff")
    proposal = encode_bytes(1, encode_bytes(1, encode_integer(1, 1)))
    digest = hashlib.sha256(channel + header + proposal).digest()
    endorsed = encode_bytes(1, encode_bytes(1, digest) + encode_bytes(2, b"\x18\x01"))
    body = encode_bytes(1, proposal) + encode_bytes(2, endorsed)
    data = encode_bytes(1, encode_bytes(1, header) + encode_bytes(2, body))
    made = envelope((channel, header), data, creator)
    assert code(network, tmp_path, made) == ["BAD_HEADER_EXTENSION"]


class TestCanonical:
    """``VerifyTransactionsAreWellFormed``: one encoding, nothing glued behind."""

    PARTS = (encode_bytes(1, b"payload"), encode_bytes(2, b"signature"))

    @pytest.mark.parametrize(
        ("data", "wanted"),
        [
            (PARTS[0] + PARTS[1], True),
            (PARTS[0] + PARTS[1] + encode_bytes(9, b"new"), True),
            (PARTS[1] + PARTS[0], False),
            (2 * (PARTS[0] + PARTS[1]), False),
            (PARTS[0] + encode_bytes(9, b"new") + PARTS[1], False),
            (b"\x0a\x87\x00payload" + PARTS[1], False),
            (b"\x8a\x00\x07payload" + PARTS[1], False),
            (PARTS[0] + b"\x12\x89\x00signature", False),
        ],
    )
    def test_forms(self, data: bytes, wanted: bool) -> None:
        assert parse(data).is_canonical is wanted

    def test_an_envelope_without_signature(
        self, network: Network, tmp_path: Path
    ) -> None:
        chain = network.chain()
        whole = network.call(1, put("lot/1")).encode()
        bare = whole[: whole.rindex(b"\x12", 0, len(whole) - 60)]
        chain.add([bare], [4])
        run = run_all(chain.write(tmp_path))[0]
        found = [each[1] for each in run.faults if each[0].endswith("envelope")]
        assert found in (["envelope-incomplete"], ["envelope-not-canonical"])

    def test_an_empty_block(self, network: Network, tmp_path: Path) -> None:
        chain = network.chain()
        chain.add([])
        run = run_all(chain.write(tmp_path))[0]
        assert ("fabric.canonical-envelope", "block-empty", 2) in run.faults


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    tx = parse(data)
    assert 0 <= tx.head_code <= 255
    assert isinstance(call_of(data, (0, len(data))), tuple)


def test_arguments_that_are_no_text() -> None:
    arguments = encode_bytes(1, b"Register") + encode_bytes(1, b"\xff\x00")
    spec = encode_integer(1, 1) + encode_bytes(3, arguments)
    data = encode_bytes(1, encode_bytes(1, spec))
    assert call_of(data, (0, len(data))) == ("Register", "0xff00")


def test_very_many_alike_are_told_as_a_number(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add([network.call(2, put("a"))])
    block = chain.blocks[2]
    block.envelopes, block.flags = [b""] * 1_000, bytes(1_000)
    (run,) = run_all(chain.write(tmp_path))
    counts = Counter((each.check, each.reason) for each in run.failed)
    assert counts["fabric.canonical-envelope", "envelope-incomplete"] == 101
    assert max(counts.values()) == 101
    details = [each.detail for each in run.failed if each.detail]
    assert "900 more in this block" in details
