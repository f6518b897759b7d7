"""Tests of files that say what inputs spend."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.crypto.secp256k1_sign import public_key_of
from explorer.formats.bitcoin.networks import COIN, REGTEST
from explorer.formats.bitcoin.parsing import write_size
from explorer.formats.bitcoin.undo import (
    amount_of,
    keyed_outputs,
    listed_outputs,
    read_number,
)
from explorer.model.verdicts import Verdict
from tests.formats.bitcoin.making import (
    Chain,
    Input,
    covered_with,
    failures,
    framed,
    key_of,
    output_of,
    p2pk,
    p2pkh,
    p2sh,
    p2wpkh,
    passed,
    push,
    serialise,
    sha256d,
    sign,
    verified,
)


def varint(number: int) -> bytes:
    out = [number & 0x7F]
    while number > 0x7F:
        number = (number >> 7) - 1
        out.append(number & 0x7F | 0x80)
    return bytes(reversed(out))


def compressed_amount(value: int) -> int:
    if not value:
        return 0
    exponent = 0
    while value % 10 == 0 and exponent < 9:
        value //= 10
        exponent += 1
    if exponent < 9:
        value, digit = divmod(value, 10)
        return 1 + (value * 9 + digit - 1) * 10 + exponent
    return 1 + (value - 1) * 10 + 9


def compressed_script(script: bytes) -> bytes:
    if script[:1] == b"\x76":
        return b"\x00" + script[3:23]
    if script[:1] == b"\xa9":
        return b"\x01" + script[2:22]
    if script[:1] == b"\x21":
        return script[1:34]
    if script[:1] == b"\x41":
        return bytes((4 + (script[65] & 1),)) + script[2:34]
    return varint(len(script) + 6) + script


def coin(value: int, script: bytes, height: int) -> bytes:
    version = b"\x00" if height else b""
    amount = varint(compressed_amount(value))
    return varint(2 * height) + version + amount + compressed_script(script)


def undo_record(parent: bytes, spent: list[list[Input]]) -> bytes:
    body = write_size(len(spent))
    for inputs in spent:
        body += write_size(len(inputs))
        body += b"".join(coin(each.value, each.script, 1) for each in inputs)
    frame = REGTEST.magic + struct.pack("<I", len(body)) + body
    return frame + sha256d(parent + body)


@given(st.integers(0, 1 << 62))
def test_numbers_and_amounts_there_and_back(number: int) -> None:
    data = varint(number)
    assert read_number(data + b"\x00", 0) == (number, len(data))
    value = number % (21_000_000 * COIN)
    assert amount_of(compressed_amount(value)) == value


def test_numbers_without_end() -> None:
    with pytest.raises(ReadError):
        read_number(b"\x80" * 20, 0)
    with pytest.raises(ReadError):
        read_number(b"", 0)


SCRIPTS = (
    p2pkh(5),
    p2sh(b"x"),
    push(key_of(5)) + b"\xac",
    p2pk(5),
    p2pk(6),
    p2wpkh(5),
)


def _last_block() -> tuple[Chain, list[Input]]:
    chain = Chain()
    kinds = [(p2pkh(5), [5]), (p2pk(6), [6]), (p2wpkh(7), [7])]
    made = chain.matured([script for script, _ in kinds])
    inputs = [output_of(m, 0, *kind) for m, kind in zip(made, kinds, strict=True)]
    chain.add([sign(inputs, [(150 * COIN, b"\x51")])])
    return chain, inputs


@pytest.mark.parametrize("key", [b"", bytes(range(1, 9))])
def test_a_rev_file_beside_its_blocks(tmp_path: Path, key: bytes) -> None:
    chain, inputs = _last_block()
    blocks = [chain.blocks[-1]]
    record = undo_record(blocks[0][4:36], [inputs])
    stray = undo_record(bytes(32), [inputs])  # of another block
    path = tmp_path / "blk00003.dat"
    rev = tmp_path / "rev00003.dat"
    if key:
        (tmp_path / "xor.dat").write_bytes(key)
    cover = (lambda data: covered_with(data, key)) if key else bytes
    path.write_bytes(cover(framed(blocks)))
    rev.write_bytes(cover(stray + record + bytes(40)))
    (ledger,) = verified(path).ledgers
    assert failures(ledger) == set()
    assert ledger.signatures == 3
    assert passed(ledger)["block-reward"] == 1
    assert "files-not-read" not in {each.code for each in ledger.not_checked}
    rev.write_bytes(cover(stray))
    (ledger,) = verified(path).ledgers
    said = {each.code: each.detail for each in ledger.not_checked}
    assert said["spent-outputs-missing"] == "3"


def test_every_form_of_script(tmp_path: Path) -> None:
    chain = Chain()
    chain.add()
    inputs = [Input(bytes((n,)) * 36, 5, each) for n, each in enumerate(SCRIPTS)]
    chain.add([serialise(inputs, [(30, b"\x51")])])
    block = chain.blocks[-1]
    path = tmp_path / "blk00000.dat"
    path.write_bytes(framed([block]))
    (tmp_path / "rev00000.dat").write_bytes(undo_record(block[4:36], [inputs]))
    (ledger,) = verified(path).ledgers
    reasons = {each.reason for each in ledger.findings}
    assert reasons == {"signature-missing", "script-not-the-owner"}
    assert passed(ledger)["value-balance"] == 1


@pytest.mark.parametrize("keyed", [True, False])
def test_lists_beside_a_block(tmp_path: Path, keyed: bool) -> None:
    chain, inputs = _last_block()
    path = tmp_path / "last.raw"
    path.write_bytes(chain.blocks[-1])
    if keyed:
        entries = []
        for each in inputs:
            amount = varint(compressed_amount(each.value))
            body = varint(2) + amount + compressed_script(each.script)
            entries.append(each.outpoint + struct.pack("<I", len(body)) + body)
        beside = tmp_path / "last-utxos.bin"
        beside.write_bytes(b"".join(reversed(entries)))
    else:
        entries = [
            struct.pack("<q", each.value) + write_size(len(each.script)) + each.script
            for each in inputs
        ]
        beside = tmp_path / "last-prevouts.bin"
        beside.write_bytes(b"".join(entries))
    for opened in (path, beside):
        (ledger,) = verified(opened).ledgers
        assert failures(ledger) == set()
        assert ledger.signatures == 3
        assert ledger.verdict is Verdict.CONSISTENT


@given(st.binary(max_size=120))
def test_any_bytes_are_a_list_or_refused(data: bytes) -> None:
    for read in (listed_outputs, keyed_outputs):
        try:
            read(data)
        except ReadError:
            continue


def test_keys_as_points() -> None:
    assert len(public_key_of(5).raw) == 65
