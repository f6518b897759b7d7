"""Tests of recognising, of details, of contents, and that no bytes do harm."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.core.resources import samples_folder
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.formats.bitcoin import may_differ, open_ledgers, outputs, probe
from explorer.formats.bitcoin.networks import COIN
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.blocks import Block
from explorer.model.content import EntryContent
from explorer.model.ledgers import PREVIOUS_HASH, Batch, Field, Match
from explorer.model.verdicts import Verdict
from tests.formats.bitcoin.making import (
    Chain,
    Input,
    failures,
    framed,
    getblock,
    ledger_of,
    output_of,
    p2pkh,
    p2wpkh,
    serialise,
    sign,
    verified,
)
from tests.session.flipping import coverage_and_blocks, flips

OPTIONS = ReadingOptions(TrustStore())


def _chain() -> Chain:
    chain = Chain()
    (made,) = chain.matured([p2wpkh(5)])
    one = output_of(made, 0, p2wpkh(5), [5])
    words = b"\x6a\x05pears"
    chain.add([sign([one], [(50 * COIN, p2pkh(6)), (0, words)])])
    return chain


def _contents(path: Path) -> list[EntryContent]:
    found: list[EntryContent] = []
    with open_evidence((path,)) as files:
        for pipeline in open_ledgers(files, OPTIONS):
            for parsed in pipeline.read():
                batch = pipeline.resolve(parsed)
                outcomes = bytes(len(batch.claims))
                found += pipeline.replay(parsed, batch, outcomes).contents
    return found


def test_contents_tie_outputs_to_inputs(tmp_path: Path) -> None:
    chain = _chain()
    path = tmp_path / "blk00000.dat"
    path.write_bytes(framed(chain.blocks))
    contents = _contents(path)
    last = contents[-1]
    assert (last.kind, last.enforced, last.author_verified) == ("payment", True, True)
    (read,) = last.reads
    assert read.version == (1, 0)
    made = next(each for each in contents if each.block == 1)
    assert made.kind == "coinbase"
    assert made.writes[0].key == read.key
    assert b'"amount":"50 BTC"' in last.writes[0].value
    assert b'"address":"mh' in last.writes[0].value or b'"address"' in (
        last.writes[0].value
    )
    assert b'"text":"pears"' in last.writes[1].value
    single = tmp_path / "last.raw"
    single.write_bytes(chain.blocks[-1])
    alone = _contents(single)[-1]
    assert (alone.enforced, alone.reads[0].version) == (False, (-1, 0))


def _texts(fields: tuple[Field, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in fields:
        found[each.name] = each.value
        found |= _texts(each.children)
    return found


@pytest.mark.parametrize("form", ["store", "hex", "json", "ids"])
def test_details_have_places(tmp_path: Path, form: str) -> None:
    chain = _chain()
    top = len(chain.blocks) - 1
    path = tmp_path / "blocks.dat"
    block = chain.blocks[top]
    path.write_bytes(
        {
            "store": framed(chain.blocks),
            "hex": b"\n".join(each.hex().encode() for each in chain.blocks[-2:]),
            "json": getblock(block, top).encode(),
            "ids": getblock(block, top, 1).encode(),
        }[form]
    )
    with open_evidence((path,)) as files:
        (pipeline,) = open_ledgers(files, OPTIONS)
        batches: list[Batch] = [pipeline.resolve(each) for each in pipeline.read()]
        blocks: list[Block] = [each for batch in batches for each in batch.blocks]
        detail = pipeline.detail(top, blocks[-1].span)
        again = open_ledgers(files, OPTIONS)[0].detail(top, blocks[-1].span)
        assert again.fields == detail.fields
        assert b"".join(each.data for each in detail.header_parts) == block[:80]
        assert PREVIOUS_HASH in {each.name for each in detail.header_parts}
        texts = _texts(detail.fields)
        assert texts["hash"] == blocks[-1].declared_parent.hex() or texts["hash"]
        if form != "ids":
            assert texts["output 1"].startswith("0 BTC")
            assert "witness item 1" in texts
            (script,) = [
                each
                for each in _all(detail.fields)
                if each.name == "script" and each.value == "6a057065617273"
            ]
            assert isinstance(script.span, ByteSpan)
            read = files.read(script.span)
            assert read in {b"\x6a\x05pears", b"6a057065617273"}
        with pytest.raises(ReadError, match="no block"):
            pipeline.detail(top, ByteSpan(0, 1, 2))


def _all(fields: tuple[Field, ...]) -> list[Field]:
    found: list[Field] = []
    for each in fields:
        found += [each, *_all(each.children)]
    return found


def test_what_is_recognised(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(1)
    cases = {
        "a": (framed(chain.blocks), Match.STRUCTURE),
        "b": (chain.blocks[1], Match.STRUCTURE),
        "c": (chain.blocks[1].hex().encode(), Match.STRUCTURE),
        "d": (getblock(chain.blocks[1], 1).encode(), Match.STRUCTURE),
        "blk00001.dat": (bytes(100), Match.POSSIBLE),
        "e": (b"", Match.NO),
        "f": (b"pears " * 100, Match.NO),
        "g": (b'{"merkleroot": 1}', Match.NO),
    }
    for name, (data, match) in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        with open_evidence((path,)) as files:
            assert probe(files) is match, name
    assert not may_differ("hash", b"", b"")


NEEDED = ("version", "previousblockhash", "merkleroot", "time", "nonce", "bits")


@pytest.mark.parametrize("name", NEEDED)
def test_a_field_that_the_export_leaves_out_is_no_fault(
    tmp_path: Path, name: str
) -> None:
    chain = Chain()
    chain.grow(3)
    values = [json.loads(getblock(each, at)) for at, each in enumerate(chain.blocks)]
    del values[2][name]
    path = tmp_path / "blocks.json"
    path.write_text(json.dumps(values))
    (ledger,) = verified(path).ledgers
    assert ledger.verdict is Verdict.INDETERMINATE
    (found,) = [each for each in ledger.findings if each.reason == "field-missing"]
    assert found.detail == name


def test_a_list_of_transactions_that_was_emptied(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(1)
    path = tmp_path / "block.json"
    path.write_text(getblock(chain.blocks[1], 1, changes={"tx": [], "nTx": 1}))
    (ledger,) = verified(path).ledgers
    assert ledger.verdict is Verdict.FAILED
    assert "count-differs" in {each.reason for each in ledger.findings}


def test_no_text_is_taken_for_a_header(tmp_path: Path) -> None:
    """Four letters make so easy a target that one text in eight seems worked."""
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<梨:EPCISDocument xmlns:梨="urn:'
    for number in range(50):
        path = tmp_path / f"{number}.xml"
        path.write_text(f'{start}{number}{" " * 40}"/>', encoding="utf-8")
        with open_evidence((path,)) as files:
            assert probe(files) is Match.NO


def test_headers_in_hex_may_follow_without_a_space(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(3)
    path = tmp_path / "headers.hex"
    path.write_text("".join(each[:80].hex() for each in chain.blocks))
    (ledger,) = verified(path).ledgers
    assert ledger.blocks == 4
    assert ledger.verdict is Verdict.CONSISTENT


def test_a_block_with_a_changed_header_is_still_one(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(1)
    block = bytearray(chain.blocks[1])
    path = tmp_path / "block.raw"
    for at in (5, 40, 70, 77):
        changed = bytearray(block)
        changed[at] ^= 0x40
        path.write_bytes(changed)
        (ledger,) = verified(path).ledgers
        assert ledger.format == "bitcoin"
        if at == 40:
            assert ledger.verdict is Verdict.FAILED


@settings(max_examples=40)
@given(st.binary(max_size=600), st.sampled_from(["blk00000.dat", "x.json", "x.hex"]))
def test_no_bytes_make_the_reader_raise(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    chain = Chain()
    for body in (data, framed(chain.blocks) + data, data + framed(chain.blocks)):
        path.write_bytes(body)
        with open_evidence((path,)) as files:
            for pipeline in open_ledgers(files, OPTIONS):
                for parsed in pipeline.read():
                    batch = pipeline.resolve(parsed)
                    pipeline.replay(parsed, batch, bytes(len(batch.claims)))
                pipeline.finish()


@pytest.mark.slow
def test_mutated_files_never_break_the_program(tmp_path: Path) -> None:
    chain = _chain()
    forms = {
        "blk00000.dat": framed(chain.blocks[-4:]),
        "block.raw": chain.blocks[-1],
        "block.hex": chain.blocks[-1].hex().encode(),
        "block.json": getblock(chain.blocks[-1], 102).encode(),
    }
    chosen = random.Random(5)  # noqa: S311 - repeatable, nothing secret
    for name, data in forms.items():
        path = tmp_path / name
        for _ in range(60):
            changed = bytearray(data)
            for _ in range(chosen.choice((1, 1, 3, 20))):
                changed[chosen.randrange(len(changed))] = chosen.randrange(256)
            if chosen.random() < 0.3:
                del changed[chosen.randrange(len(changed)) :]
            path.write_bytes(changed)
            report = verified(path)
            broken = [
                row.spec.id
                for each in report.ledgers
                for row in each.checks
                if any(reason == "check-broken" for reason in row.reasons)
            ]
            assert not broken


@pytest.mark.slow
def test_flips_in_real_blocks_are_found_where_they_are(
    corpora: Path, tmp_path: Path
) -> None:
    """Real work makes sure that a changed header is found at its own block."""
    whole = (corpora / "bitcoin" / "bitcoin-blk" / "mainnet-0-255.blk.dat").read_bytes()
    path = tmp_path / "whole" / "blk00000.dat"
    path.parent.mkdir()
    path.write_bytes(whole[: whole.index(whole[:4], 8000)])
    for flip in flips(path, tmp_path, 60, seed=3):
        assert flip.is_covered, flip
        assert flip.verdict is Verdict.FAILED, flip
        if flip.block >= 0 and flip.first_failed is not None:
            assert flip.first_failed == flip.block, flip


def test_every_byte_is_covered_with_witnesses_too(tmp_path: Path) -> None:
    path = tmp_path / "blk00000.dat"
    path.write_bytes(framed(_chain().blocks))
    covered, _ = coverage_and_blocks(path)
    assert 0 not in covered.sizes()


def test_a_stranger_list_is_left_aside(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(1)
    (tmp_path / "block.raw").write_bytes(chain.blocks[1])
    (tmp_path / "notes.txt").write_text("pears")
    ledger = ledger_of(tmp_path)
    assert failures(ledger) == set()
    said = {each.code: each.detail for each in ledger.not_checked}
    assert "notes.txt" in said["files-not-read"]


def test_forgotten_outputs_are_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "MAX_OUTPUTS", 10)
    monkeypatch.setattr(outputs, "MAX_SPENT", 1)
    path = tmp_path / "blk00000.dat"
    path.write_bytes(framed(_chain().blocks))
    ledger = ledger_of(path)
    assert failures(ledger) == set()
    said = {each.code: each.detail for each in ledger.not_checked}
    assert said["spent-outputs-missing"] == "1"


def test_inputs_are_copied_not_shared() -> None:
    one = Input(bytes(36), 1, p2pkh(5))
    assert replace(one, value=2) != one
    assert serialise([one], [(1, b"")])


@pytest.mark.slow
def test_flips_in_json_are_found_where_they_are_covered(tmp_path: Path) -> None:
    """Real work again: the sample. Words that nothing covers may change.

    So may the case of hex digits (bit 5), which changes no value.
    """
    whole = samples_folder() / "bitcoin-first-blocks" / "first-blocks.jsonl"
    covered, _ = coverage_and_blocks(whole)
    assert covered.sizes()[0] < whole.stat().st_size / 3
    for flip in flips(whole, tmp_path, 150, seed=4):
        if flip.is_covered and flip.bit != 5:
            assert flip.verdict in {Verdict.FAILED, Verdict.UNREADABLE}, flip
