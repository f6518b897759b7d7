"""CBOR with limits, and COSE messages with one signer."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.encodings import cbor
from explorer.encodings.cbor import MAX_CBOR_BYTES, MAX_CBOR_DEPTH, load_cbor
from explorer.encodings.cose import ES384, read_sign1
from explorer.encodings.der import encode_signature

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.binary(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(VALUES)
def test_what_is_written_is_read(value: object) -> None:
    assert load_cbor(cbor2.dumps(value)) == value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "malformed"),
        (b"\x18", "malformed"),
        (b"\x1c", "malformed"),
        (b"\x42\x01", "malformed"),
        (b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff", "malformed"),
        (b"\x82\x01", "malformed"),
        (b"\x62\xff\xff", "malformed"),
        (b"\xff", "malformed"),
        (b"\x01\x01", "trailing-data"),
        (b"\xc1\x01", "tag-not-expected"),
        (b"\x81" * (MAX_CBOR_DEPTH + 1) + b"\x01", "too-deep"),
        (b"\x9b\x00\x00\x00\x01\x00\x00\x00\x00" + b"\x01" * 20, "malformed"),
    ],
)
def test_each_fault_has_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        load_cbor(data)
    assert caught.value.reason == reason


def test_lengths_that_only_a_break_ends() -> None:
    assert load_cbor(b"\x9f\x01\x02\xff") == [1, 2]
    assert load_cbor(b"\xbf\x61a\x01\xff") == {"a": 1}
    assert load_cbor(b"\x5f\x41a\x41b\xff") == b"ab"
    assert load_cbor(b"\x82\x80\xa0") == [[], {}]


def test_limits_of_size_and_count(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError, match="over"):
        load_cbor(bytes(MAX_CBOR_BYTES + 1))
    monkeypatch.setattr(cbor, "MAX_CBOR_ITEMS", 3)
    with pytest.raises(ReadError) as caught:
        load_cbor(b"\x84\x01\x01\x01\x01")
    assert caught.value.reason == "too-many-values"


def test_only_tags_that_are_asked_for() -> None:
    found = load_cbor(b"\xd2\x01", tags={18})
    assert isinstance(found, cbor2.CBORTag)


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for read in (load_cbor, read_sign1):
        try:
            read(data)
        except ReadError:
            continue


def message(*parts: object, tag: bool = True) -> bytes:
    listed = list(parts)
    return cbor2.dumps(cbor2.CBORTag(18, listed) if tag else listed)


def test_what_a_message_signs() -> None:
    protected = cbor2.dumps({1: ES384, 4: b"key"})
    found = read_sign1(message(protected, {}, None, b"\x01" * 48 + b"\x02" * 48))
    assert (found.algorithm(), found.key_id()) == (ES384, b"key")
    signed = cbor2.dumps(["Signature1", protected, b"", b"root"])
    assert found.signed_bytes(b"root") == signed
    one, two = (int.from_bytes(bytes([n]) * 48, "big") for n in (1, 2))
    assert found.der_signature() == encode_signature(one, two)
    attached = read_sign1(message(b"", {}, b"text", b"\x01", tag=False))
    assert attached.signed_bytes(b"x") == cbor2.dumps(["Signature1", b"", b"", b"text"])
    assert attached.der_signature() == b""
    assert (attached.algorithm(), attached.key_id()) == (0, b"")


@pytest.mark.parametrize(
    "data",
    [
        message(b"", {}, b""),
        message("", {}, b"", b""),
        message(b"", [], b"", b""),
        message(b"", {}, 5, b""),
        message(b"\x01", {}, b"", b""),
        b"\x01",
    ],
)
def test_what_is_no_message(data: bytes) -> None:
    with pytest.raises(ReadError):
        read_sign1(data)
