import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.gui.canvases.byte_spans import (
    ByteRange,
    LitSpan,
    SpanKind,
    glyphs,
    inspected_values,
)


def test_a_chinese_character_lies_over_its_three_bytes() -> None:
    found = glyphs("a合b".encode())
    assert [(each.at, each.size_bytes, each.text) for each in found] == [
        (0, 1, "a"),
        (1, 3, "合"),
        (4, 1, "b"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"\xe5\x90",  # cut off
        b"\xc0\x80",  # overlong
        b"\xed\xa0\x80",  # half of a surrogate pair
        b"\xf8\x88\x80\x80",
        "\u202e".encode(),  # right-to-left override
        "\u200b".encode(),  # zero width
        "\u0301".encode(),  # an accent without a letter
        b"\x00\x1f\x7f\xff",
    ],
)
def test_what_is_no_visible_character_is_left_out(data: bytes) -> None:
    assert not [each for each in glyphs(data) if each.size_bytes > 1]


@given(st.binary(max_size=64))
def test_glyphs_never_overlap_and_stay_inside(data: bytes) -> None:
    end = 0
    for glyph in glyphs(data):
        assert glyph.at >= end
        end = glyph.at + glyph.size_bytes
        assert data[glyph.at : end].decode() == glyph.text
    assert end <= len(data)


@given(st.text(max_size=20))
def test_every_ordinary_text_is_readable(text: str) -> None:
    shown = "".join(glyph.text for glyph in glyphs(text.encode("utf-8", "ignore")))
    plain = [each for each in text if each.isascii() and each.isprintable()]
    assert [each for each in shown if each.isascii()] == plain


def _values(data: bytes, offset: int = 0) -> dict[str, str]:
    return {each.name: each.text for each in inspected_values(data, offset)}


def test_numbers_are_read_in_both_orders() -> None:
    values = _values(bytes(range(1, 9)), 0x7F312)
    assert values["offset"] == "0x7f312 · 520978"
    assert values["size"] == "8"
    assert values["hex"] == "0102 0304 0506 0708"
    assert values["base64"] == "AQIDBAUGBwg="
    assert values["u8"] == "1"
    assert values["u16-be"] == "258"
    assert values["u16-le"] == "513"
    assert values["u32-be"] == "16909060"
    assert values["u64-le"] == str(0x0807060504030201)


def test_short_data_has_no_long_numbers_and_none_has_none() -> None:
    assert set(_values(b"\xff\xfe")) == {
        "offset", "size", "hex", "base64", "u8", "u16-be", "u16-le"
    }  # fmt: skip
    assert set(_values(b"")) == {"offset", "size"}


def test_text_is_shown_only_if_it_is_utf_8_and_made_visible() -> None:
    assert _values("合格".encode())["utf-8"] == "合格"
    assert _values("a\u202eb".encode())["utf-8"] == "a<U+202E>b"
    assert "utf-8" not in _values(b"\xff\xff")


def test_long_data_is_cut_with_a_count() -> None:
    data = ("合" * 40).encode()
    values = _values(data)
    assert values["hex"].endswith(" … (+56)")
    assert values["utf-8"] == "合" * 21 + " … (+56)"


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        LitSpan(4, 3, SpanKind.LINKED, "x")
    with pytest.raises(ValueError, match="ends before"):
        LitSpan(-1, 3, SpanKind.LINKED, "x")
    assert ByteRange(3, 9).size_bytes == 6
