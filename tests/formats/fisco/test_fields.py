"""Numbers, bytes and texts as 2.x, 3.x, SDKs and WeBASE write them."""

import pytest

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.formats.fisco.fields import fields_at
from tests.formats.fisco.writing import fields_of


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (5, 5),
        ("5", 5),
        ("0x5", 5),
        ("0X1f", 31),
        ("0x", 0),
        ("1619424150450", 1619424150450),
    ],
)
def test_numbers_in_every_notation(value: object, wanted: int) -> None:
    assert fields_of({"n": value}).number("n") == wanted


@pytest.mark.parametrize(
    "value", [-1, True, 1.5, "", "x", "1_0", " 5", "٣", [], "9" * 81]
)
def test_what_is_no_number(value: object) -> None:
    with pytest.raises(ReadError) as caught:
        fields_of({"n": value}).number("n")
    assert caught.value.reason == "field-malformed"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("0xAb01", b"\xab\x01"), ("ab", b"\xab"), ("0x", b""), ("", b"")],
)
def test_bytes_in_hex(value: str, wanted: bytes) -> None:
    assert fields_of({"b": value}).octets("b") == wanted


@pytest.mark.parametrize("value", ["0xa", "zz", "ab cd", 5, {}])
def test_what_is_no_hex(value: object) -> None:
    with pytest.raises(ReadError) as caught:
        fields_of({"b": value}).octets("b")
    assert caught.value.reason == "field-malformed"


def test_missing_null_and_other_kinds() -> None:
    fields = fields_of({"a": None, "l": {}, "t": False, "o": [1]})
    for name in ("a", "z"):
        assert not fields.has(name)
        with pytest.raises(ReadError) as caught:
            fields.need(name)
        assert (caught.value.reason, str(caught.value)) == ("field-missing", name)
    for work in (
        lambda: fields.items("l"),
        lambda: fields.text("t"),
        lambda: list(fields.objects("o")),
        lambda: fields.fixed("o", 1),
    ):
        with pytest.raises(ReadError):
            work()
    assert fields.span("z") == fields.span()
    with pytest.raises(ReadError):
        fields_at(b"[]", ByteSpan(0, 0, 2))
