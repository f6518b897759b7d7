"""Tests of recognising scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.formats.bitcoin.networks import MAIN, TESTNET3
from explorer.formats.bitcoin.scripts import (
    address_of_script,
    kind_of,
    multisig_of,
    notarised,
    pushed_height,
    pushes_of,
    without_code_separators,
    witness_program,
)
from tests.formats.bitcoin.making import (
    key_of,
    multisig,
    p2pk,
    p2pkh,
    p2sh,
    p2tr,
    p2wpkh,
    p2wsh,
    push,
)


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (p2pk(3), "p2pk"),
        (push(key_of(3)) + b"\xac", "p2pk"),
        (p2pkh(3), "p2pkh"),
        (p2sh(b"x"), "p2sh"),
        (p2wpkh(3), "p2wpkh"),
        (p2wsh(b"x"), "p2wsh"),
        (p2tr(3), "p2tr"),
        (multisig(1, (3,)), "multisig"),
        (multisig(2, (3, 4, 5)), "multisig"),
        (b"\x6a\x04pear", "op-return"),
        (b"", "other"),
        (b"\x51", "other"),
        (p2pkh(3)[:-1] + b"\xad", "other"),
        (b"\x76\xa9\x13" + p2pkh(3)[3:], "other"),
        (b"\x52" + multisig(1, (3,))[1:], "other"),
        (b"\x52\x20" + bytes(32), "other"),
        (b"\x00\x15" + bytes(21), "other"),
    ],
)
def test_kinds(script: bytes, kind: str) -> None:
    assert kind_of(script) == kind


def test_addresses() -> None:
    assert address_of_script(p2pkh(1), MAIN) == "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"
    shown = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    assert address_of_script(p2wpkh(1), MAIN) == shown
    assert address_of_script(p2sh(b"x"), MAIN)[0] == "3"
    assert address_of_script(p2sh(b"x"), TESTNET3)[0] == "2"
    assert address_of_script(p2tr(1), TESTNET3).startswith("tb1p")
    assert address_of_script(b"\x60\x02\x75\x1e", MAIN) == "bc1sw50qgdz25j"
    compressed = push(key_of(1)) + b"\xac"
    assert address_of_script(compressed, MAIN) == address_of_script(p2pkh(1), MAIN)
    assert address_of_script(b"\x6a", MAIN) == ""


def test_pushes() -> None:
    script = b"\x00\x02ab\x51\x4f\x4c\x01c\x4d\x01\x00d"
    pushes = pushes_of(script)
    assert pushes is not None
    assert [script[a:b] for a, b in pushes] == [
        b"",
        b"ab",
        b"\x51",
        b"\x4f",
        b"c",
        b"d",
    ]
    assert pushes_of(b"") == []
    for bad in (b"\xac", b"\x02a", b"\x50", b"\x4d\x05\x00ab"):
        assert pushes_of(bad) is None


def test_notarised_data() -> None:
    assert notarised(b"\x6a\x02ab\x01c") == b"abc"
    assert notarised(b"\x6a\xac") == b"\xac"


def test_code_separators_are_taken_out_but_not_from_values() -> None:
    script = b"\xab\x01\xab\xab\x4c\x01\xab\xac\xab"
    assert without_code_separators(script) == b"\x01\xab\x4c\x01\xab\xac"


@pytest.mark.parametrize(
    ("script", "height"),
    [
        (b"", -1),
        (b"\x51", 1),
        (b"\x60", 16),
        (b"\x01\x11", 17),
        (b"\x02\x80\x00", 128),
        (b"\x03\x5b\x79\x03x", 227_675),
        (b"\x02\x11\x00", -1),
        (b"\x01\x00", -1),
        (b"\x01\x80", -1),
        (b"\x04\x01", -1),
        (b"\x06abcdef", -1),
    ],
)
def test_heights_in_a_coinbase(script: bytes, height: int) -> None:
    assert pushed_height(script) == height


@given(st.binary(max_size=90))
def test_any_script_gets_an_answer(script: bytes) -> None:
    kind_of(script)
    multisig_of(script)
    pushes_of(script)
    witness_program(script)
    without_code_separators(script)
    notarised(script)
    pushed_height(script)
    address_of_script(script, MAIN)
