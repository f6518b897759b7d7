"""Metadata slots of today's and older blocks, and everything that does not belong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.core.limits import MAX_SIGNATURES_PER_BLOCK
from explorer.encodings.protobuf import encode_bytes, encode_integer
from explorer.formats.fabric.metadata import BlockMetadata, read_metadata
from explorer.formats.fabric.records import parse_block_message
from tests.formats.fabric.driver import run_all
from tests.formats.fabric.network import Block, Network, put, raft_signature

METADATA = "fabric.canonical-metadata"


def look(slots: list[bytes], height: int = 1) -> BlockMetadata:
    header = encode_bytes(1, encode_integer(1, height) + encode_bytes(3, bytes(32)))
    body = encode_bytes(2, encode_bytes(1, b"\x0a\x01p\x12\x01s"))
    body += encode_bytes(3, b"".join(encode_bytes(1, each) for each in slots))
    return read_metadata(parse_block_message(header + body), height)


def last_config(number: int) -> bytes:
    """Return the value of slot 0."""
    return encode_bytes(1, encode_integer(1, number))


SIGNATURE = encode_bytes(2, encode_bytes(1, b"header") + encode_bytes(2, b"made"))


def reasons(found: BlockMetadata) -> list[str]:
    return [reason for reason, _ in found.faults]


def test_todays_slots() -> None:
    found = look(
        [
            encode_bytes(1, last_config(5)) + SIGNATURE,
            encode_bytes(1, encode_integer(1, 5)),
            b"\x00",
            b"",
            encode_bytes(1, bytes(32)),
        ]
    )
    assert reasons(found) == []
    assert (found.last_config, len(found.signatures)) == (5, 1)
    assert found.commit_hash == bytes(32)
    assert not found.has_legacy_slot


def test_slots_before_1_4_1() -> None:
    # The number of the configuration block stands in slot 1, signed on its own.
    old = encode_bytes(1, encode_integer(1, 5)) + SIGNATURE
    found = look([SIGNATURE, old, b"\x00", encode_bytes(1, b"raft")])
    assert reasons(found) == []
    assert found.last_config == 5
    assert found.has_legacy_slot


def test_no_slots() -> None:
    found = look([])
    assert reasons(found) == []
    assert found.last_config == -1


@pytest.mark.parametrize(
    ("slots", "reason"),
    [
        ([b"\xff"], "metadata-not-canonical"),
        ([SIGNATURE + encode_bytes(1, b"late")], "metadata-not-canonical"),
        ([encode_bytes(1, last_config(1)) + b"\x18\x01"], "metadata-not-canonical"),
        ([encode_bytes(1, b"\x12\x00")], "metadata-not-canonical"),
        ([b"", b"\xff"], "metadata-not-canonical"),
        ([b"", encode_bytes(1, b"\x08\x85\x00")], "metadata-not-canonical"),
        ([b""] * 4 + [encode_bytes(1, bytes(31))], "metadata-not-canonical"),
        ([b""] * 4 + [encode_bytes(2, bytes(32))], "metadata-not-canonical"),
        (
            [encode_bytes(1, last_config(5)) + SIGNATURE, last_config(6)],
            "last-config-mismatch",
        ),
        ([SIGNATURE * (MAX_SIGNATURES_PER_BLOCK + 1)], "too-many-signatures"),
    ],
)
def test_what_does_not_belong(slots: list[bytes], reason: str) -> None:
    assert reasons(look(slots)) == [reason]


def test_the_first_block_names_itself() -> None:
    assert reasons(look([encode_bytes(1, last_config(0))], 0)) == []
    assert reasons(look([encode_bytes(1, last_config(4))], 0)) == [
        "last-config-mismatch"
    ]


def test_a_slot_of_the_future_is_said() -> None:
    assert look([b""] * 5 + [b"new"]).has_legacy_slot


def spoil_slot(block: Block) -> None:
    block.slot_1 = encode_bytes(1, encode_integer(1, 1))


def spoil_value(block: Block) -> None:
    block.value += encode_bytes(2, b"")


@pytest.mark.parametrize("spoil", [spoil_slot])
def test_a_store_with_a_wrong_slot(
    network: Network, tmp_path: Path, spoil: Callable[[Block], None]
) -> None:
    chain = network.chain()
    block = chain.add([network.call(1, put("lot/1"))])
    spoil(block)
    run = run_all(chain.write(tmp_path))[0]
    assert run.faults == [(METADATA, "last-config-mismatch", 2)]


def test_a_value_changed_is_a_signature_that_does_not_hold(
    network: Network, tmp_path: Path
) -> None:
    chain = network.chain()
    spoil_value(chain.add([network.call(1, put("lot/1"))]))
    run = run_all(chain.write(tmp_path))[0]
    assert ("fabric.block-quorum", "quorum-not-met", 2) in run.faults


def test_a_commit_hash_on_the_first_block(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.blocks[0].commit_hash = bytes(32)
    run = run_all(chain.write(tmp_path))[0]
    assert run.faults == [("fabric.commit-hash", "commit-hash-mismatch", 0)]


def test_an_unreadable_signer(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    block = chain.add([network.call(1, put("lot/1"))])
    good = raft_signature(block, network.orderer)
    block.signatures = [good, encode_bytes(1, b"\xff") + encode_bytes(2, b"s")]
    run = run_all(chain.write(tmp_path))[0]
    assert run.faults == [("fabric.orderer-signature", "signer-unreadable", 2)]


def test_ledgers_without_commit_hashes(network: Network, tmp_path: Path) -> None:
    # Begun before Fabric 2.0; a changed flag is still one finding.
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    chain.add(
        [
            network.call(2, put("lot/1", "w", read=(2, 0))),
            network.call(3, put("lot/1", "x", read=(2, 0))),
        ],
        [0, 11],
    )
    chain.add([network.call(4, put("lot/1", "y", read=(3, 0)))])
    for block in chain.blocks:
        block.commit_hash = b""
    run = run_all(chain.write(tmp_path / "whole"))[0]
    assert run.faults == []
    remarks = {each.code for each in run.closing.not_checked}
    assert "fabric-no-commit-hashes" in remarks
    chain.blocks[3].flags = b"\x00\x00"
    run = run_all(chain.write(tmp_path / "flipped"))[0]
    found = [("fabric.validation-flag", "validation-flag-mismatch", 3)]
    assert run.faults == found
    assert "state-uncertain" not in {each.reason for each in run.results}
