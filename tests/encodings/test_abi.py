"""Tests of the Solidity ABI: published examples, hostile offsets, what is refused."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.crypto.hashes import hash_function
from explorer.encodings import abi
from explorer.encodings.abi import (
    AbiItem,
    AbiParameter,
    AbiType,
    AbiValue,
    decode_event,
    decode_values,
    named_values,
    parse_abi,
    parse_type,
)
from explorer.encodings.abi_encoding import encode_values

KECCAK = hash_function(HashAlgorithm.KECCAK256)
SM3 = hash_function(HashAlgorithm.SM3)


def word(number: int) -> str:
    return f"{number:064x}"


def parameters(*types: str) -> tuple[AbiParameter, ...]:
    return tuple(
        AbiParameter(f"p{index}", parse_type(each)) for index, each in enumerate(types)
    )


EXAMPLES: list[tuple[str, tuple[str, ...], list[AbiValue], str]] = [
    (
        "cdcd77c0",
        ("uint32", "bool"),
        [69, True],
        word(0x45) + word(1),
    ),
    (
        "fce353f6",
        ("bytes3[2]",),
        [[b"abc", b"def"]],
        "616263".ljust(64, "0") + "646566".ljust(64, "0"),
    ),
    (
        "a5643bf2",
        ("bytes", "bool", "uint256[]"),
        [b"dave", True, [1, 2, 3]],
        word(0x60)
        + word(1)
        + word(0xA0)
        + word(4)
        + "64617665".ljust(64, "0")
        + word(3)
        + word(1)
        + word(2)
        + word(3),
    ),
    (
        "8be65246",
        ("uint256", "uint32[]", "bytes10", "bytes"),
        [0x123, [0x456, 0x789], b"1234567890", b"Hello, world!"],
        word(0x123)
        + word(0x80)
        + b"1234567890".hex().ljust(64, "0")
        + word(0xE0)
        + word(2)
        + word(0x456)
        + word(0x789)
        + word(13)
        + b"Hello, world!".hex().ljust(64, "0"),
    ),
    (
        "2289b18c",
        ("uint256[][]", "string[]"),
        [[[1, 2], [3]], ["one", "two", "three"]],
        word(0x40)
        + word(0x140)
        + word(2)
        + word(0x40)
        + word(0xA0)
        + word(2)
        + word(1)
        + word(2)
        + word(1)
        + word(3)
        + word(3)
        + word(0x60)
        + word(0xA0)
        + word(0xE0)
        + word(3)
        + b"one".hex().ljust(64, "0")
        + word(3)
        + b"two".hex().ljust(64, "0")
        + word(5)
        + b"three".hex().ljust(64, "0"),
    ),
]
"""Contract ABI Specification, "Examples" and "Use of Dynamic Types"."""
NAMES = ("baz", "bar", "sam", "f", "g")


@pytest.mark.parametrize(
    ("name", "example"), list(zip(NAMES, EXAMPLES, strict=True)), ids=NAMES
)
def test_the_examples_of_the_specification(
    name: str, example: tuple[str, tuple[str, ...], list[AbiValue], str]
) -> None:
    selector, types, values, encoded = example
    item = AbiItem(name, parameters(*types))
    assert KECCAK(item.signature.encode())[:4].hex() == selector
    assert decode_values(item.inputs, bytes.fromhex(encoded)) == values
    kinds = [each.type for each in item.inputs]
    assert encode_values(kinds, values).hex() == encoded


def test_selectors_of_a_national_cryptography_chain() -> None:
    """``get()``: 299f7f9d by SM3, 6d4ce63c by Keccak-256 (facts, FISCO BCOS)."""
    declared = parse_abi([{"type": "function", "name": "get", "inputs": []}])
    (by_sm3,) = declared.by_selector(SM3)
    (by_keccak,) = declared.by_selector(KECCAK)
    assert (by_sm3.hex(), by_keccak.hex()) == ("299f7f9d", "6d4ce63c")


TRANSFER = {
    "type": "event",
    "name": "Transfer",
    "inputs": [
        {"name": "from", "type": "address", "indexed": True},
        {"name": "note", "type": "string", "indexed": True},
        {"name": "value", "type": "uint256"},
    ],
}


def test_events_with_indexed_values() -> None:
    declared = parse_abi([TRANSFER, {**TRANSFER, "anonymous": True}])
    (topic, event), *others = declared.by_topic(KECCAK).items()
    assert not others
    assert topic == KECCAK(b"Transfer(address,string,uint256)")
    topics = [topic, bytes(12) + b"\x11" * 20, b"\x22" * 32]
    values = decode_event(event, topics, bytes.fromhex(word(7)))
    assert values == [b"\x11" * 20, b"\x22" * 32, 7]
    assert named_values(event.inputs, values) == {
        "from": "0x" + "11" * 20,
        "note": "0x" + "22" * 32,
        "value": 7,
    }
    for wrong in (topics[:2], [*topics[:2], b"short"]):
        with pytest.raises(ReadError) as caught:
            decode_event(event, wrong, b"")
        assert caught.value.reason == "abi-truncated"


def test_tuples_have_names_and_canonical_signatures() -> None:
    members = [{"name": "id", "type": "uint"}, {"name": "", "type": "bytes"}]
    entry = {"name": "put", "inputs": [{"type": "tuple[]", "components": members}]}
    (function,) = parse_abi([entry]).functions
    assert function.signature == "put((uint256,bytes)[])"
    values: list[AbiValue] = [[[2**60, b"\xff"], [1, b""]]]
    data = encode_values([function.inputs[0].type], values)
    assert decode_values(function.inputs, data) == values
    assert named_values(function.inputs, values) == {
        "0": [{"id": str(2**60), "1": "0xff"}, {"id": 1, "1": "0x"}]
    }


def test_names_that_are_used_twice_are_replaced_by_their_position() -> None:
    kind = parse_type("bool")
    twice = (AbiParameter("a", kind), AbiParameter("a", kind))
    assert named_values(twice, [True, False]) == {"a": True, "1": False}


@pytest.mark.parametrize(
    ("kind", "data", "reason"),
    [
        ("uint8", word(256), "abi-out-of-range"),
        ("int8", word(128), "abi-out-of-range"),
        ("bool", word(2), "abi-out-of-range"),
        ("address", word(1 << 160), "abi-out-of-range"),
        ("bytes4", "ff" * 32, "abi-out-of-range"),
        ("uint256", "ff" * 31, "abi-truncated"),
        ("bytes", word(32) + word(33) + "00" * 32, "abi-truncated"),
        ("bytes", word(2**255), "abi-truncated"),
        ("uint256[]", word(32) + word(2**200), "too-many-values"),
        ("uint256[4000000000]", word(1), "too-many-values"),
        ("uint256[0][]", word(32) + word(2**32), "too-many-values"),
    ],
)
def test_values_that_are_refused(kind: str, data: str, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode_values(parameters(kind), bytes.fromhex(data))
    assert caught.value.reason == reason


def test_negative_numbers_keep_their_sign() -> None:
    kind = parse_type("int16")
    data = encode_values([kind], [-2])
    assert decode_values((AbiParameter("", kind),), data) == [-2]
    assert decode_values(parameters("function"), b"\1" * 24 + bytes(8)) == [b"\1" * 24]


def test_many_offsets_to_one_place_cost_no_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(abi, "MAX_DECODED_BYTES", 1_000)
    count = 40
    heads = word(32) + word(count) + word(count * 32) * count
    data = bytes.fromhex(heads + word(320) + "61" * 320)
    with pytest.raises(ReadError) as caught:
        decode_values(parameters("string[]"), data)
    assert caught.value.reason == "too-many-values"


def test_arrays_of_arrays_of_one_place_end() -> None:
    """Every level holds the next one 32 times: 32^20 values if nobody counted."""
    with pytest.raises(ReadError) as caught:
        decode_values(parameters("uint256" + "[]" * 20), bytes.fromhex(word(32)) * 100)
    assert caught.value.reason == "too-many-values"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("text", "abi-malformed"),
        ({"type": 1}, "abi-malformed"),
        ({"name": 1}, "abi-malformed"),
        ({"name": "a", "inputs": 1}, "abi-malformed"),
        ({"name": "a", "inputs": [1]}, "abi-malformed"),
        ({"name": "a", "inputs": [{"name": "b"}]}, "abi-malformed"),
        ({"name": "a", "inputs": [{"type": "uint]"}]}, "abi-malformed"),
        ({"name": "a", "inputs": [{"type": "uint7"}]}, "abi-unsupported"),
        ({"name": "a", "inputs": [{"type": "bytes33"}]}, "abi-unsupported"),
        ({"name": "a", "inputs": [{"type": "bool8"}]}, "abi-unsupported"),
        ({"name": "a", "inputs": [{"type": "fixed"}]}, "abi-unsupported"),
        ({"name": "a", "inputs": [{"type": "bool[9999999999]"}]}, "abi-unsupported"),
        ({"name": "a", "inputs": [{"type": "bool" + "[]" * 99}]}, "too-deep"),
    ],
)
def test_abis_that_are_refused(entry: object, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        parse_abi([entry])
    assert caught.value.reason == reason


def test_an_abi_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    nested: dict[str, object] = {"type": "bool"}
    for _ in range(MAX_NESTING + 1):
        nested = {"type": "tuple", "components": [nested]}
    wrongs: list[object] = [{}, [{"name": "a", "inputs": [nested]}]]
    for wrong in wrongs:
        with pytest.raises(ReadError):
            parse_abi(wrong)
    monkeypatch.setattr(abi, "MAX_ABI_ITEMS", 2)
    with pytest.raises(ReadError, match="more than 2"):
        parse_abi([{"name": "a", "inputs": [{"type": "bool"}] * 3}])


def test_constructors_and_other_entries() -> None:
    entries = [
        {"type": "constructor", "inputs": [{"name": "a", "type": "bool"}]},
        {"type": "fallback"},
        {"type": "receive"},
        {"type": "error", "name": "E", "inputs": []},
    ]
    declared = parse_abi(json.loads(json.dumps(entries)))
    assert declared.functions == declared.events == ()
    assert declared.constructor is not None
    assert [each.name for each in declared.constructor.inputs] == ["a"]


def test_a_wrong_number_of_elements_is_not_encoded() -> None:
    with pytest.raises(ReadError):
        encode_values([parse_type("bool[2]")], [[True]])


kinds = st.recursive(
    st.sampled_from(["uint256", "int64", "address", "bool", "bytes4", "bytes"]),
    lambda inner: st.builds(
        lambda kind, suffix: kind + suffix, inner, st.sampled_from(["[]", "[2]"])
    ),
    max_leaves=3,
).map(parse_type)


def values_of(kind: AbiType) -> st.SearchStrategy[AbiValue]:
    if kind.element is not None:
        least, most = (0, 3) if kind.length < 0 else (kind.length, kind.length)
        return st.lists(values_of(kind.element), min_size=least, max_size=most)
    match kind.text:
        case "uint256":
            return st.integers(0, 2**256 - 1)
        case "int64":
            return st.integers(-(2**63), 2**63 - 1)
        case "bool":
            return st.booleans()
        case "bytes":
            return st.binary(max_size=70)
        case _:
            size = 20 if kind.text == "address" else 4
            return st.binary(min_size=size, max_size=size)


@given(st.data(), st.lists(kinds, max_size=4))
@settings(max_examples=60)
def test_what_is_encoded_decodes_to_itself(
    data: st.DataObject, chosen: list[AbiType]
) -> None:
    values = [data.draw(values_of(each)) for each in chosen]
    encoded = encode_values(chosen, values)
    named = [AbiParameter("", each) for each in chosen]
    assert decode_values(named, encoded) == values


@given(kinds, st.binary(max_size=300))
@settings(max_examples=100)
def test_no_bytes_raise_anything_else(kind: AbiType, data: bytes) -> None:
    with suppress(ReadError):
        decode_values((AbiParameter("", kind),), data)
