"""Tests of PEM."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings import pem
from explorer.encodings.pem import PemBlock, encode_pem, pem_blocks


@given(st.lists(st.binary(max_size=200), max_size=4))
def test_there_and_back(values: list[bytes]) -> None:
    text = b"words\n".join(encode_pem("PUBLIC KEY", each) for each in values)
    assert [each.der for each in pem_blocks(text)] == values


def test_places_and_labels() -> None:
    first, second = encode_pem("CERTIFICATE", b"a"), encode_pem("X509 CRL", b"b")
    blocks = pem_blocks(b"#\n" + first + second)
    start = 2 + len(first)
    assert blocks == (
        PemBlock("CERTIFICATE", b"a", ByteSpan(0, 2, start - 1)),
        PemBlock("X509 CRL", b"b", ByteSpan(0, start, start + len(second) - 1)),
    )


def test_lines_have_64_characters() -> None:
    lines = encode_pem("X", bytes(100)).splitlines()
    assert [len(each) for each in lines[1:-1]] == [64, 64, 8]


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"", b" \n\t"])
def test_line_ends_do_not_matter(line_end: bytes) -> None:
    text = encode_pem("X", bytes(range(100))).replace(b"\n", line_end)
    assert pem_blocks(text)[0].der == bytes(range(100))


def test_text_without_blocks() -> None:
    assert pem_blocks(b"") == ()
    assert pem_blocks(b"no block") == ()


@pytest.mark.parametrize(
    "text",
    [
        b"-----BEGIN X-----\nAAAA\n",
        b"-----BEGIN X-----\nAAAA\n-----END Y-----\n",
        b"-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END X-----\n",
        b"-----BEGIN X-----\nA*AA\n-----END X-----\n",
        b"-----BEGIN X-----\nAAA\n-----END X-----\n",
        b"-----BEGIN X-----\nAA==AAAA\n-----END X-----\n",
        b"-----BEGIN lower-----\nAAAA\n-----END lower-----\n",
    ],
)
def test_broken_blocks(text: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        pem_blocks(text)
    assert caught.value.reason == "malformed"


def test_too_many_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pem, "MAX_BLOCKS", 2)
    assert len(pem_blocks(encode_pem("X", b"a") * 2)) == 2
    with pytest.raises(ReadError) as caught:
        pem_blocks(encode_pem("X", b"a") * 3)
    assert caught.value.reason == "too-many"


def test_long_texts_end_soon() -> None:
    assert pem_blocks(b"A" * 1_000_000) == ()
    with pytest.raises(ReadError) as caught:
        pem_blocks(b"-----BEGIN X-----" * 50_000)
    assert caught.value.reason == "too-many"
    with pytest.raises(ReadError) as caught:
        pem_blocks((b"-----BEGIN X-----" + b"A" * 200) * 9_000)
    assert caught.value.reason == "malformed"
