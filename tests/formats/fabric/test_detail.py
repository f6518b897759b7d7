"""The detail tree: every field with its place, whatever the block holds."""

from pathlib import Path

import pytest

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.encodings.protobuf import encode_bytes
from explorer.formats.fabric import differences
from explorer.formats.fabric.detail import block_fields
from explorer.formats.fabric.family import open_ledgers
from explorer.formats.fabric.records import RawBlock, parse_block_message
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.ledgers import Field
from tests.formats.fabric.network import (
    Chain,
    Network,
    Signer,
    channel_group,
    put,
)


def tree(data: bytes) -> list[Field]:
    return _all(block_fields(parse_block_message(data)))


def _all(fields: tuple[Field, ...]) -> list[Field]:
    found: list[Field] = []
    for each in fields:
        found += [each, *_all(each.children)]
    return found


@pytest.fixture
def genesis(network: Network) -> bytes:
    orderers: list[Signer] = [network.order.signer("bft0", "orderer")]
    group = channel_group([network.farm], [network.order], orderers)
    return Chain(group).blocks[0].message()


def test_configuration_is_read_down_to_principals(genesis: bytes) -> None:
    fields = tree(genesis)
    names = {each.name for each in fields}
    assert {"Application", "Farm", "MSP", "root_certs", "msp_identifier"} <= names
    assert {"consenter_mapping", "sub_policy", "V2_5"} <= names
    assert "unreadable" not in names
    farm = next(each for each in fields if each.name == "Farm")
    assert not farm.is_ours
    assert next(e for e in fields if e.name == "header").is_ours


def test_children_lie_inside_their_field(network: Network) -> None:
    chain = network.chain()
    block = chain.add([network.call(1, put("lot/1"))])

    def check(field: Field) -> None:
        assert isinstance(field.span, ByteSpan)
        for child in field.children:
            assert isinstance(child.span, ByteSpan)
            assert field.span.start <= child.span.start
            assert child.span.end <= field.span.end
            check(child)

    for each in block_fields(parse_block_message(block.message())):
        check(each)


def test_times_values_and_keys_are_text(network: Network) -> None:
    chain = network.chain()
    block = chain.add([network.call(1, put("lot/梨", "果"))])
    fields = tree(block.message())
    found = {(each.name, each.value) for each in fields}
    assert ("timestamp", "2026-01-01T00:00:00.000000000Z") in found
    assert ("writes", "lot/梨") in found
    assert ("value", "果") in found
    assert ("transaction 0", "VALID") in found


def test_damage_is_shown_where_it_is(network: Network) -> None:
    chain = network.chain()
    block = chain.add([encode_bytes(1, b"\xff\xff") + encode_bytes(2, b"s")])
    block.slot_1 = b"\xff"
    fields = tree(block.message())
    assert [each.name for each in fields].count("unreadable") == 2


def test_a_block_without_transactions(network: Network) -> None:
    chain = network.chain()
    block = chain.add([])
    data = next(each for each in tree(block.message()) if each.name == "data")
    assert data.span is Absent.NOT_IN_FORMAT


def test_where_honest_copies_may_differ() -> None:
    may_differ = differences.may_differ
    assert may_differ("metadata/orderer signatures", b"a", b"b")
    assert may_differ("metadata/validation flags", b"", b"\x00")
    assert not may_differ("metadata/validation flags", b"\x0b", b"\x00")
    assert not may_differ("data/transaction 0", b"a", b"b")


def test_the_pipeline_reads_one_block_alone(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    with open_evidence((chain.write(tmp_path),)) as files:
        options = ReadingOptions(TrustStore())
        fresh = open_ledgers(files, options)[0]
        block = next(iter(fresh.read())).items[2]
        assert isinstance(block, RawBlock)
        place = block.whole
        alone = open_ledgers(files, options)[0].detail(2, place)
        assert alone.block.entry_count == 1
        assert {type(each).__name__ for each in alone.claims} == {
            "HashClaim",
            "SignatureClaim",
        }
        for parsed in (reader := open_ledgers(files, options)[0]).read():
            reader.resolve(parsed)
        known = reader.detail(2, place)
        assert {"LinkClaim", "QuorumClaim"} <= {
            type(each).__name__ for each in known.claims
        }
