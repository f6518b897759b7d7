"""Tests of Base58 with a checksum against published addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.base58 import encode_check

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        (
            "0062e907b15cbf27d5425399ebf6f0fb50ebb88f18",
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",  # the first block
        ),
        (
            "00751e76e8199196d454941c45d1b3a323f1433bd6",
            "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH",  # the key 1
        ),
        ("00" * 21, "1111111111111111111114oLvT2"),
    ],
)
def test_published_addresses(payload: str, text: str) -> None:
    assert encode_check(bytes.fromhex(payload)) == text


@given(st.binary(max_size=60))
def test_what_is_written_can_be_read_back(payload: bytes) -> None:
    text = encode_check(payload)
    number = 0
    for character in text:
        number = number * 58 + ALPHABET.index(character)
    zeros = len(text) - len(text.lstrip("1"))
    body = number.to_bytes((number.bit_length() + 7) // 8, "big")
    assert (bytes(zeros) + body)[:-4] == payload
