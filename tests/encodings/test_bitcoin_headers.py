"""Tests of headers from fields; targets and work are tested with the networks."""

import pytest

from explorer.core.errors import ReadError
from explorer.crypto.bitcoin_headers import is_worked
from explorer.encodings.bitcoin_headers import (
    bits_in,
    hash_from_text,
    header_from_fields,
    time_in,
)

ROOT = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"


def test_the_first_header() -> None:
    header = header_from_fields(1, "", ROOT, (1231006505, 2083236893), "1d00ffff")
    assert (bits_in(header), time_in(header)) == (0x1D00FFFF, 1231006505)
    assert is_worked(header)
    assert not is_worked(header[:79])
    assert not is_worked(header[:72] + bytes(8))
    assert not is_worked(header[:76] + bytes(4))


@pytest.mark.parametrize(
    ("parent", "root", "moment", "bits"),
    [
        ("zz", ROOT, (1, 1), "1d00ffff"),
        ("", ROOT[:-2], (1, 1), "1d00ffff"),
        ("", ROOT, (-1, 1), "1d00ffff"),
        ("", ROOT, (1, 1 << 32), "1d00ffff"),
        ("", ROOT, (1, 1), "1d00ff"),
    ],
)
def test_fields_that_are_none(
    parent: str, root: str, moment: tuple[int, int], bits: str
) -> None:
    with pytest.raises(ReadError) as caught:
        header_from_fields(1, parent, root, moment, bits)
    assert caught.value.reason == "malformed"


def test_hashes_are_written_backwards() -> None:
    assert hash_from_text(ROOT) == bytes.fromhex(ROOT)[::-1]
    with pytest.raises(ReadError):
        hash_from_text("00")
