"""Text from a ledger is shown with nothing hidden."""

import pytest

from explorer.core.text import printable, short_hex


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("砀山酥梨 5 kg", "砀山酥梨 5 kg"),
        ("a\u202eb", "a<U+202E>b"),
        ("\u200bzero", "<U+200B>zero"),
        ("line\nbreak\t", "line<U+000A>break<U+0009>"),
        ("\x1b[32mgreen", "<U+001B>[32mgreen"),
        ("\ud800", "<U+D800>"),
        ("\u3164blank", "<U+3164>blank"),
        ("a\ufe0f", "a<U+FE0F>"),
        ("\U000e0100", "<U+E0100>"),
        ("<b>✔ VALID</b>", "<b>✔ VALID</b>"),
    ],
)
def test_what_hides_is_made_visible(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_stacked_marks_are_cut_to_a_few() -> None:
    shown = printable("e" + "\u0301" * 7)
    assert shown == "e" + "\u0301" * 4 + "<U+0301>" * 3


def test_a_long_text_says_how_much_is_missing() -> None:
    assert printable("x" * 12, limit=10) == "x" * 10 + "… (+2 characters)"


def test_short_hex_keeps_both_ends() -> None:
    assert short_hex(bytes(range(32))) == "00010203…1c1d1e1f"
    assert short_hex(b"\x01\x02") == "0102"
